// Pixels that light, season and weather change.
#include "nerf/cpu/renderer_state.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {

// Of what a surface is at large: over some texels, since the field follows every leaf and every grain of noise.
glm::vec3 Renderer::State::broad_normal(const glm::vec3& position) const {
  const auto h = static_cast<float>(3 * field.finest_texel);
  float x[6], y[6], z[6], s[6];
  std::uint8_t use[6];
  std::int32_t index[6];
  for (int k = 0; k < 6; ++k) {
    glm::vec3 p = position;
    p[k / 2] += k % 2 == 0 ? h : -h;
    x[k] = p.x;
    y[k] = p.y;
    z[k] = p.z;
    use[k] = static_cast<std::uint8_t>(levels);
    index[k] = k;
  }
  density_sums(view, {x, y, z, use}, index, 6, s);
  const glm::vec3 fall(s[1] - s[0], s[3] - s[2], s[5] - s[4]);
  const float length = std::sqrt(fall.x * fall.x + fall.y * fall.y + fall.z * fall.z);
  return length > 1e-12F ? fall / length : glm::vec3(0.0F);
}

glm::vec3 Renderer::State::changed_colour(RenderWorker& w, const RayChunk& chunk, const EditLayers* layers, const Appearance& appearance,
                                          int ray, const glm::vec3& colour) const {
  const auto first = static_cast<std::size_t>(ray) * RayChunk::kMaxSamples, count = static_cast<std::size_t>(chunk.sample_count[ray]);
  RayLight light{chunk.rays[ray], {chunk.t.data() + first, count}, {chunk.weight.data() + first, count}};
  // A mesh where the ray ends is one sample more: it has what the field lets through.
  std::array<float, RayChunk::kMaxSamples + 1> t, weight;
  const MeshStop* const stop = layers != nullptr && w.edited->march.stops[ray].layer >= 0 ? &w.edited->march.stops[ray] : nullptr;
  if (stop != nullptr) {
    std::copy_n(light.t.begin(), count, t.begin());
    std::copy_n(light.weight.begin(), count, weight.begin());
    t[count] = stop->distance;
    weight[count] = chunk.transmittance[ray];
    light.t = {t.data(), count + 1};
    light.weight = {weight.data(), count + 1};
  }
  if (!appearance.sees(light, w.seen)) return colour;
  if (stop != nullptr && chunk.transmittance[ray] > 0.5F) {
    edited_normal(w, *layers, ray, &w.seen.normal.x);
  } else if (appearance.reads_normals() && count > 0) {
    std::size_t heaviest = first;
    for (std::size_t i = first; i < first + count; ++i) {
      if (chunk.weight[i] > chunk.weight[heaviest]) heaviest = i;
    }
    w.seen.normal = broad_normal({chunk.x[heaviest], chunk.y[heaviest], chunk.z[heaviest]});
    // What stands elsewhere than in the field is turned with it.
    if (layers != nullptr) {
      const SampleGroup& group = w.edited->march.groups[ray][w.edited->march.group[heaviest]];
      if (group.instance >= 0) {
        const Placement& placement = layers->instances[static_cast<std::size_t>(group.instance)].placement;
        w.seen.normal = glm::vec3(placement.turn(glm::dvec3(w.seen.normal)));
      }
    }
  }
  return appearance.changed(colour, w.seen);
}

}  // namespace skyline::nerf
