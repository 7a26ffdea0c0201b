#include "nerf/cpu/inspect.h"

#include "nerf/cpu/renderer_state.h"
#include "nerf/maths/field_maths.h"
#include "nerf/model/directions.h"

#include <algorithm>

namespace skyline::nerf {
namespace {

// Colours of single samples, decoded in batches.
class SampleColours {
 public:
  SampleColours(const Field& field, const Ray& ray, const float* code)
      : field_(field), code_(code), batch_(field, RayChunk::kRays), direction_(static_cast<std::size_t>(3 + 6 * kMostFrequencies)) {
    encode_view(field, ray.direction, 1, direction_.data());
  }

  // `features` [feature_count] or null; `background` [decoder_features] or null.
  glm::vec3 decode(const float* features, const float* background) {
    std::fill_n(batch_.features(), batch_.feature_stride(), 0.0F);
    std::fill_n(batch_.background(), field_.decoder_features(), 0.0F);
    if (features != nullptr) std::copy_n(features, field_.feature_count(), batch_.features());
    if (background != nullptr) std::copy_n(background, field_.decoder_features(), batch_.background());
    batch_.set_view(0, direction_.data(), code_);
    batch_.forward(field_, 1);
    return {batch_.colours()[0], batch_.colours()[1], batch_.colours()[2]};
  }

 private:
  const Field& field_;
  const float* code_;
  DecoderBatch batch_;
  std::vector<float> direction_;
};

glm::vec3 shown_pixel(const Picture& picture) { return {picture.colour.pixels[0], picture.colour.pixels[1], picture.colour.pixels[2]}; }

}  // namespace

core::Result<RayInspection> inspect_ray(const Field& field, const RenderSettings& settings, const Camera& camera, glm::vec2 point) {
  core::Result<Renderer> renderer = Renderer::create(field, settings);
  if (!renderer) return renderer.error();
  RenderRequest request;
  request.camera = camera;
  request.points = {&point, 1};
  request.depth = true;
  Picture picture;
  RenderStats stats;
  core::Progress progress;
  if (auto status = renderer->render(request, picture, stats, progress); !status) return status.error();
  return renderer->inspect(camera, point, picture);
}

RayInspection Renderer::inspect(const Camera& camera, glm::vec2 point, const Picture& picture) {
  State& s = *state_;
  s.prepare_workers();
  s.march_settings.level_end = level_ends(s.field, s.settings.footprint, camera);
  RenderWorker& w = *s.workers[0];
  TilePoints points;
  points.count = 1;
  points.column[0] = point.x;
  points.row[0] = point.y;
  s.march_tile(w, RayGenerator(camera), points);

  const RayChunk& chunk = w.chunk;
  RayInspection found;
  found.ray = chunk.rays[0];
  found.step = s.step;
  found.transmittance = chunk.transmittance[0];
  found.opacity = 1 - found.transmittance;
  found.depth = picture.depth.pixels[0];
  found.pixel = shown_pixel(picture);
  const float* code = s.code_for({});
  SampleColours colours(s.field, found.ray, code);
  background_features(s.field, background_tap(s.field, found.ray), w.background.data());
  found.background = colours.decode(nullptr, w.background.data());
  glm::vec3 sum = static_cast<float>(found.transmittance) * found.background;
  double weights = found.transmittance;
  for (std::size_t i = 0; i < static_cast<std::size_t>(chunk.sample_count[0]); ++i) {
    RaySample sample;
    sample.distance = chunk.t[i];
    sample.density = s.view.density_scale * activate_density(s.view.activation, chunk.s[i]);
    sample.opacity = interval_opacity(static_cast<float>(sample.density), s.step);
    sample.transmittance = chunk.before[i];
    sample.weight = chunk.weight[i];
    sample.level = chunk.sample_levels[i];
    sample.colour = colours.decode(chunk.features_of(i, static_cast<std::size_t>(s.view.feature_count())), nullptr);
    if (sample.weight >= s.settings.colour_threshold) {
      sum += static_cast<float>(sample.weight) * sample.colour;
      weights += sample.weight;
    }
    found.samples.push_back(sample);
  }
  found.composed = weights > 0 ? sum / static_cast<float>(weights) : sum;
  return found;
}

}  // namespace skyline::nerf
