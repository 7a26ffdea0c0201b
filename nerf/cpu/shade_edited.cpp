// Tiles that edit layers touch.
#include "nerf/cpu/renderer_state.h"
#include "nerf/edit/mesh_shadow.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr float kRoofSlope = 0.5F;  // z of a normal from which a surface is a roof

// One row of the decoder: what part of a ray's light it stands for, and how its colour is changed.
struct ShadedRow {
  int ray = 0;
  float share = 0;
  const ColourChange* change = nullptr;
  MeshShade shade{};
};

}  // namespace

TilePoints Renderer::State::part(RenderWorker& w, const RayGenerator& generator, const EditLayers& layers, TilePoints& points,
                                 std::size_t* pixels, std::size_t* edited_pixels) const {
  TilePoints edited;
  if (layers.empty()) return edited;
  if (!w.edited) w.edited = std::make_unique<EditedWorker>();
  int kept = 0;
  for (int r = 0; r < points.count; ++r) {
    const bool touched = w.edited->march.touches(layers, generator.ray(points.column[r], points.row[r]));
    TilePoints& target = touched ? edited : points;
    int& at = touched ? edited.count : kept;
    target.column[at] = points.column[r];
    target.row[at] = points.row[r];
    (touched ? edited_pixels : pixels)[at++] = pixels[r];
  }
  points.count = kept;
  return edited;
}

void Renderer::State::march_edited(RenderWorker& w, const RayGenerator& generator, const TilePoints& points, const EditLayers& layers) {
  RayChunk& chunk = w.edited->chunk;
  set_rays(chunk, generator, points);
  w.edited->march.march(view, field.occupancy, layers, march_settings, chunk);
}

// By the mean over the neighbourhood: normals of a field are noisy, and a roof must be of one colour.
bool Renderer::State::faces_up(const glm::vec3& position) const {
  const auto apart = static_cast<float>(1.5 * field.finest_texel);
  glm::vec3 sum(0.0F);
  for (int k = 0; k < 7; ++k) {
    glm::vec3 at = position;
    if (k > 0) at[(k - 1) / 2] += k % 2 == 0 ? apart : -apart;
    glm::vec3 facing;
    normal(at, &facing.x);
    sum += facing;
  }
  return sum.z > kRoofSlope * std::sqrt(sum.x * sum.x + sum.y * sum.y + sum.z * sum.z);
}

// Decodes each ray once a group of its samples, since they are seen from different sides.
std::int64_t Renderer::State::shade_edited(RenderWorker& w, const EditLayers& layers, const float* code, ChunkColours& out) {
  const RayChunk& chunk = w.edited->chunk;
  const EditedMarch& marched = w.edited->march;
  const auto threshold = static_cast<float>(settings.colour_threshold);
  const int features = view.feature_count(), stride = w.decoder.feature_stride(), inner = field.decoder_features();
  std::array<ShadedRow, RayChunk::kRays> rows;
  int count = 0;
  std::int64_t shaded_samples = 0;
  const auto flush = [&] {
    w.decoder.forward(field, count);
    for (int row = 0; row < count; ++row) {
      const ShadedRow& row_of = rows[static_cast<std::size_t>(row)];
      const float* decoded = w.decoder.colours() + row * 3;
      glm::vec3 colour(decoded[0], decoded[1], decoded[2]);
      if (row_of.change != nullptr) colour = row_of.change->apply(colour);
      if (row_of.shade.sun > 0 || row_of.shade.sky > 0) colour *= shaded(row_of.shade, layers.light, colour);
      for (int c = 0; c < 3; ++c) out.colour[row_of.ray][c] += row_of.share * colour[c];
    }
    count = 0;
  };
  // An empty row for part of ray r's light, seen along `direction`.
  const auto add_row = [&](int r, float share, const glm::vec3& direction, const ColourChange* change) {
    if (count == RayChunk::kRays) flush();
    std::fill_n(w.decoder.features() + static_cast<std::ptrdiff_t>(count) * stride, stride, 0.0F);
    std::fill_n(w.decoder.background() + static_cast<std::ptrdiff_t>(count) * inner, inner, 0.0F);
    float encoded[3 + 6 * kMostFrequencies];
    encode_view(field, direction, 1, encoded);
    w.decoder.set_view(count, encoded, code);
    rows[static_cast<std::size_t>(count)] = {r, share, change, {}};
    return count++;
  };

  for (int r = 0; r < chunk.count; ++r) {
    std::fill_n(out.colour[r], 3, 0.0F);
    out.shaded[r] = 0;
    const std::vector<SampleGroup>& groups = marched.groups[r];
    std::array<float, EditedMarch::kMaxGroups> weight{};
    std::array<glm::vec3, EditedMarch::kMaxGroups> middle{};
    std::array<float, EditedMarch::kMaxGroups> distance{};
    float total = chunk.transmittance[r];
    const auto of_ray = static_cast<std::size_t>(r) * RayChunk::kMaxSamples;
    const auto samples = static_cast<std::size_t>(chunk.sample_count[r]);
    for (std::size_t i = of_ray; i < of_ray + samples; ++i) {
      if (chunk.weight[i] < threshold) continue;
      weight[marched.group[i]] += chunk.weight[i];
      middle[marched.group[i]] += chunk.weight[i] * glm::vec3(chunk.x[i], chunk.y[i], chunk.z[i]);
      distance[marched.group[i]] += chunk.weight[i] * chunk.t[i];
      total += chunk.weight[i];
      ++out.shaded[r];
      ++shaded_samples;
    }
    if (total <= 0) continue;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (weight[g] <= 0) continue;
      glm::vec3 direction = chunk.rays[r].direction;
      if (groups[g].instance >= 0) {
        direction = glm::vec3(layers.instances[static_cast<std::size_t>(groups[g].instance)].placement.turn_back(glm::dvec3(direction)));
      }
      const ColourChange* change = nullptr;
      if (groups[g].tint >= 0) {
        const Tint& tint = layers.tints[static_cast<std::size_t>(groups[g].tint)];
        change = faces_up(middle[g] / weight[g]) ? &tint.roof : &tint.wall;
      }
      const int row = add_row(r, weight[g] / total, direction, change);
      if (!marched.meshes[r].empty()) {
        const glm::vec3 seen_at = chunk.rays[r].origin + chunk.rays[r].direction * (distance[g] / weight[g]);
        rows[static_cast<std::size_t>(row)].shade = shade_at(layers, marched.meshes[r], seen_at);
      }
      float* sum = w.decoder.features() + static_cast<std::ptrdiff_t>(row) * stride;
      for (std::size_t i = of_ray; i < of_ray + samples; ++i) {
        if (chunk.weight[i] < threshold || marched.group[i] != g) continue;
        add_scaled(features, chunk.weight[i] / weight[g], chunk.features_of(i, static_cast<std::size_t>(features)), sum);
      }
    }
    if (chunk.transmittance[r] <= 0) continue;
    if (const MeshStop& stop = marched.stops[r]; stop.layer >= 0) {
      glm::vec3 colour = layers.mesh_colour(stop, chunk.rays[r], stop.distance * pixel_angle);
      if (marched.stop_tints[r] >= 0) {
        const Tint& tint = layers.tints[static_cast<std::size_t>(marched.stop_tints[r])];
        colour = (layers.mesh_normal(stop).z > kRoofSlope ? tint.roof : tint.wall).apply(colour);
      }
      for (int c = 0; c < 3; ++c) out.colour[r][c] += chunk.transmittance[r] / total * colour[c];
      continue;
    }
    const int row = add_row(r, chunk.transmittance[r] / total, chunk.rays[r].direction, nullptr);
    background_features(field, background_tap(field, chunk.rays[r]), w.background.data());
    std::copy_n(w.background.data(), inner, w.decoder.background() + static_cast<std::ptrdiff_t>(row) * inner);
  }
  if (count > 0) flush();
  return shaded_samples;
}

float Renderer::State::edited_depth(const RenderWorker& w, int ray) const {
  const RayChunk& chunk = w.edited->chunk;
  const MeshStop& stop = w.edited->march.stops[ray];
  if (stop.layer < 0) return depth(chunk, ray);
  float sum = chunk.transmittance[ray] * stop.distance, total = chunk.transmittance[ray];
  for (int j = 0; j < chunk.sample_count[ray]; ++j) {
    const auto i = static_cast<std::size_t>(ray * RayChunk::kMaxSamples + j);
    sum += chunk.weight[i] * chunk.t[i];
    total += chunk.weight[i];
  }
  return total > 0 ? sum / total : 0;
}

// Of the surface where most of the ray's light comes from, in the edited scene.
void Renderer::State::edited_normal(const RenderWorker& w, const EditLayers& layers, int ray, float* out) const {
  const RayChunk& chunk = w.edited->chunk;
  const auto of_ray = static_cast<std::size_t>(ray) * RayChunk::kMaxSamples;
  std::size_t heaviest = of_ray;
  for (std::size_t i = of_ray; i < of_ray + static_cast<std::size_t>(chunk.sample_count[ray]); ++i) {
    if (chunk.weight[i] > chunk.weight[heaviest]) heaviest = i;
  }
  if (const MeshStop& stop = w.edited->march.stops[ray];
      stop.layer >= 0 && (chunk.sample_count[ray] == 0 || chunk.transmittance[ray] > chunk.weight[heaviest])) {
    const glm::vec3 of_mesh = layers.mesh_normal(stop);
    for (int c = 0; c < 3; ++c) out[c] = of_mesh[c];
    return;
  }
  normal({chunk.x[heaviest], chunk.y[heaviest], chunk.z[heaviest]}, out);
  const SampleGroup& group = w.edited->march.groups[ray][w.edited->march.group[heaviest]];
  if (group.instance < 0) return;
  const glm::dvec3 turned = layers.instances[static_cast<std::size_t>(group.instance)].placement.turn({out[0], out[1], out[2]});
  for (int c = 0; c < 3; ++c) out[c] = static_cast<float>(turned[c]);
}

}  // namespace skyline::nerf
