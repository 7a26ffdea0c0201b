// Showing the NeRF branch: the grid places the samples, the branch gives their density and colour. Depth, normals and opacity of a picture
// stay the grid's.
#include "nerf/cpu/renderer_state.h"
#include "nerf/model/directions.h"

#include <algorithm>

namespace skyline::nerf {
void Renderer::State::shade_nerf(RenderWorker& w, const float* code, ChunkColours& out) {
  const RayChunk& chunk = w.chunk;
  const auto features = static_cast<std::size_t>(view.feature_count());
  float direction[3 + 6 * kMostFrequencies];

  // What lies behind each ray, in the grid's colours.
  std::fill_n(w.decoder.features(), static_cast<std::ptrdiff_t>(chunk.count) * w.decoder.feature_stride(), 0.0F);
  for (int r = 0; r < chunk.count; ++r) {
    encode_view(field, chunk.rays[r].direction, 1, direction);
    w.decoder.set_view(r, direction, code);
    background_features(field, background_tap(field, chunk.rays[r]),
                        w.decoder.background() + static_cast<std::ptrdiff_t>(r) * field.decoder_features());
  }
  w.decoder.forward(field, chunk.count);
  for (int r = 0; r < chunk.count; ++r) std::copy_n(w.decoder.colours() + static_cast<std::ptrdiff_t>(r) * 3, 3, out.colour[r]);

  // Whole rays, as many at a time as the branch takes.
  struct BranchRay {
    int ray, first, count;
    bool opaque_last;
  };
  std::vector<BranchRay> rays;
  int rows = 0;
  const auto flush = [&] {
    w.nerf->forward(field, rows);
    float weights[NerfLayout::kSamplesPerRay];
    for (const BranchRay& ray : rays) {
      const float passes = composite_branch(w.nerf->densities() + ray.first, ray.count, chunk.step[ray.ray], ray.opaque_last, weights);
      const float* colours = w.nerf->colours() + static_cast<std::ptrdiff_t>(ray.first) * 3;
      for (int c = 0; c < 3; ++c) {
        out.colour[ray.ray][c] *= passes;
        for (int k = 0; k < ray.count; ++k) out.colour[ray.ray][c] += weights[k] * colours[k * 3 + c];
      }
    }
    rows = 0;
    rays.clear();
  };
  for (std::size_t begin = 0, end = 0; begin < w.shaded.size(); begin = end) {
    const int r = w.shaded[begin] / RayChunk::kMaxSamples;
    while (end < w.shaded.size() && w.shaded[end] / RayChunk::kMaxSamples == r) ++end;
    const int count = std::min(static_cast<int>(end - begin), NerfLayout::kSamplesPerRay);
    if (rows + count > NerfBranch::kRows) flush();
    encode_view(field, chunk.rays[r].direction, 1, direction);
    rays.push_back({r, rows, count, chunk.opaque_last[r] || static_cast<std::size_t>(count) < end - begin});
    for (int k = 0; k < count; ++k) {
      const std::size_t s = begin + static_cast<std::size_t>(k), i = static_cast<std::size_t>(w.shaded[s]);
      w.nerf->set_row(rows++, {chunk.x[i], chunk.y[i], chunk.z[i]}, chunk.s[i], chunk.features_of(i, features), direction, code);
    }
  }
  if (rows > 0) flush();
}

}  // namespace skyline::nerf
