// Fitting an appearance code and exposure to part of a photo: the field stays, only the decoder's code input and three gains move.
#include "nerf/cpu/renderer_state.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr int kMostPixels = 6144;  // of the photo's part; the code has some fifty numbers
constexpr int kIterations = 200;
constexpr float kRate = 0.02F, kFinalShare = 0.1F;
constexpr float kDecay = 1e-4F;  // pulls the code towards the mean: a part of a photo does not see everything

// Pixels of the photo with their accumulated features, ready for the decoder.
struct FitPixels {
  int feature_stride = 0, background_stride = 0;
  std::vector<float> features, background, directions, targets;
  std::vector<float> fall_off;  // of the lens, one a pixel
  int count() const { return static_cast<int>(targets.size() / 3); }
};

struct SmallAdam {
  std::vector<float> m, v;
  explicit SmallAdam(std::size_t n) : m(n), v(n) {}
  void step(int t, float rate, std::vector<float>& value, const std::vector<float>& gradient) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      m[i] = 0.9F * m[i] + 0.1F * gradient[i];
      v[i] = 0.99F * v[i] + 0.01F * gradient[i] * gradient[i];
      const float corrected = m[i] / (1 - std::pow(0.9F, static_cast<float>(t)));
      value[i] -= rate * corrected / (std::sqrt(v[i] / (1 - std::pow(0.99F, static_cast<float>(t)))) + 1e-10F);
    }
  }
};

}  // namespace

core::Result<std::vector<float>> Renderer::fit_code(const Camera& camera, const core::FloatImage& photo, int begin, int end,
                                                    core::Progress& progress) {
  State& s = *state_;
  const Field& field = s.field;
  if (photo.width != camera.width || photo.height != camera.height || photo.channels != 3 || begin < 0 || end > photo.width ||
      begin >= end) {
    return core::Error{"cannot fit the appearance code", camera.name,
                       "the photo must have the camera's size and the columns lie inside it"};
  }
  s.prepare_workers();
  s.march_settings.level_end = level_ends(field, s.settings.footprint, camera);
  RenderWorker& w = *s.workers[0];
  const RayGenerator generator(camera);
  const std::size_t code_size = field.use_codes ? s.mean_code.size() : 0;
  std::vector<float> code = field.use_codes ? s.mean_code : std::vector<float>();
  std::vector<float> values(code_size + 3, 0.0F);
  std::copy(code.begin(), code.end(), values.begin());

  // Whole tiles spread evenly over the part, rendered up to the decoder.
  FitPixels pixels;
  pixels.feature_stride = w.decoder.feature_stride();
  pixels.background_stride = field.decoder_features();
  std::vector<std::pair<int, int>> tiles;
  for (int y = 0; y < camera.height; y += kTileHeight) {
    for (int x = begin; x < end; x += kTileWidth) tiles.emplace_back(x, y);
  }
  const std::size_t wanted = std::max<std::size_t>(1, kMostPixels / RayChunk::kRays);
  const std::size_t stride = std::max<std::size_t>(1, tiles.size() / wanted);
  for (std::size_t t = 0; t < tiles.size(); t += stride) {
    if (progress.stop_requested()) return core::Error{"fitting was stopped", camera.name, "", true};
    const auto [x0, y0] = tiles[t];
    const int width = std::min(kTileWidth, end - x0), height = std::min(kTileHeight, camera.height - y0);
    s.march_tile(w, generator, TilePoints::block(x0, y0, width, height));
    ChunkColours colours;
    s.collect_shaded(w, colours);
    s.accumulate(w, code.empty() ? nullptr : code.data());
    const auto rows = static_cast<std::ptrdiff_t>(w.chunk.count);
    pixels.features.insert(pixels.features.end(), w.decoder.features(), w.decoder.features() + rows * pixels.feature_stride);
    pixels.background.insert(pixels.background.end(), w.decoder.background(), w.decoder.background() + rows * pixels.background_stride);
    for (int r = 0; r < w.chunk.count; ++r) {
      const glm::vec3& d = w.chunk.rays[r].direction;
      pixels.directions.insert(pixels.directions.end(), {d.x, d.y, d.z});
      const std::size_t pixel =
          static_cast<std::size_t>(y0 + r / width) * static_cast<std::size_t>(photo.width) + static_cast<std::size_t>(x0 + r % width);
      for (std::size_t c = 0; c < 3; ++c) pixels.targets.push_back(photo.pixels[pixel * 3 + c]);
      pixels.fall_off.push_back(s.lens_fall_off(camera, x0 + r % width + 0.5, y0 + r / width + 0.5));
    }
  }

  DecoderTransposed transposed;
  transposed.update(field);
  SmallAdam adam(values.size());
  const float normaliser = 1.0F / (3.0F * static_cast<float>(pixels.count()));
  float direction[3 + 6 * kMostFrequencies];
  float colour_gradients[RayChunk::kRays * 3];
  for (int iteration = 1; iteration <= kIterations; ++iteration) {
    if (progress.stop_requested()) return core::Error{"fitting was stopped", camera.name, "", true};
    std::vector<float> gradient(values.size(), 0.0F);
    for (int first = 0; first < pixels.count(); first += RayChunk::kRays) {
      const int rows = std::min(RayChunk::kRays, pixels.count() - first);
      std::copy_n(pixels.features.data() + static_cast<std::ptrdiff_t>(first) * pixels.feature_stride,
                  static_cast<std::ptrdiff_t>(rows) * pixels.feature_stride, w.decoder.features());
      std::copy_n(pixels.background.data() + static_cast<std::ptrdiff_t>(first) * pixels.background_stride,
                  static_cast<std::ptrdiff_t>(rows) * pixels.background_stride, w.decoder.background());
      for (int r = 0; r < rows; ++r) {
        const float* d = pixels.directions.data() + static_cast<std::ptrdiff_t>(first + r) * 3;
        encode_view(field, {d[0], d[1], d[2]}, 1, direction);
        w.decoder.set_view(r, direction, code_size > 0 ? values.data() : nullptr);
      }
      w.decoder.forward(field, rows);
      for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < 3; ++c) {
          const float gain =
              std::exp(values[code_size + static_cast<std::size_t>(c)]) * pixels.fall_off[static_cast<std::size_t>(first + r)];
          const float colour = w.decoder.colours()[r * 3 + c];
          const float g = 2 * normaliser * (gain * colour - pixels.targets[static_cast<std::size_t>((first + r) * 3 + c)]);
          colour_gradients[r * 3 + c] = g * gain;
          gradient[code_size + static_cast<std::size_t>(c)] += g * gain * colour;
        }
      }
      if (code_size == 0) continue;
      w.decoder.backward(field, transposed, rows, colour_gradients, nullptr);
      for (int r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < code_size; ++c) gradient[c] += w.decoder.code_gradient(r)[c];
      }
    }
    for (std::size_t c = 0; c < code_size; ++c) gradient[c] += kDecay * (values[c] - s.mean_code[c]);
    const float share = std::pow(kFinalShare, static_cast<float>(iteration) / kIterations);
    adam.step(iteration, kRate * share, values, gradient);
  }
  return values;
}

}  // namespace skyline::nerf
