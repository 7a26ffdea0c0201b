// Pixels that light, season and weather change.
#include "nerf/cpu/renderer_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace skyline::nerf {

// Of what a surface is at large: over some texels, and over more of them, since the field follows every leaf and every grain of noise.
// Where both scales disagree the sum is between them, so that a grain does not turn a roof into a wall.
glm::vec3 Renderer::State::broad_normal(const glm::vec3& position) const {
  constexpr int kScales = 2, kPoints = 6 * kScales;
  constexpr double kReach[kScales] = {3, 8};  // texels
  float x[kPoints], y[kPoints], z[kPoints], s[kPoints];
  std::uint8_t use[kPoints];
  std::int32_t index[kPoints];
  for (int k = 0; k < kPoints; ++k) {
    const auto h = static_cast<float>(kReach[k / 6] * field.finest_texel);
    const int axis = k % 6 / 2;
    glm::vec3 p = position;
    p[axis] += k % 2 == 0 ? h : -h;
    x[k] = p.x;
    y[k] = p.y;
    z[k] = p.z;
    use[k] = static_cast<std::uint8_t>(levels);
    index[k] = k;
  }
  density_sums(view, {x, y, z, use}, index, kPoints, s);
  glm::vec3 sum(0.0F);
  for (int scale = 0; scale < kScales; ++scale) {
    const float* const v = s + 6 * static_cast<std::ptrdiff_t>(scale);
    const glm::vec3 fall(v[1] - v[0], v[3] - v[2], v[5] - v[4]);
    const float length = std::sqrt(fall.x * fall.x + fall.y * fall.y + fall.z * fall.z);
    if (length > 1e-12F) sum += fall / length;
  }
  const float length = std::sqrt(sum.x * sum.x + sum.y * sum.y + sum.z * sum.z);
  return length > 1e-6F ? sum / length : glm::vec3(0.0F);
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
