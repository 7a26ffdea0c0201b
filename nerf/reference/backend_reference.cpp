#include "nerf/backend.h"
#include "nerf/backend_check.h"
#include "nerf/cpu/march.h"
#include "nerf/reference/reference_ray.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace skyline::nerf {
namespace {

using Vector = std::array<float, 3>;

// Pictures above this would take minutes.
constexpr std::int64_t kMostPixels = 65536;
// Nanoseconds of one item, as in backend_cpu.cpp.
constexpr double kDensityNs = 2000, kFeaturesNs = 4000, kDecodeNs = 20000;
constexpr double kSamplesPerRay = 40, kShadedPerRay = 8;

Vector vector_at(std::span<const float> values, std::size_t i) { return {values[i * 3], values[i * 3 + 1], values[i * 3 + 2]}; }

core::Status run_operation(const DensityOperation& o) {
  const ReferenceField<float> field(*o.field);
  for (std::size_t i = 0; i < o.density.size(); ++i) o.density[i] = field.density(vector_at(o.positions, i), o.field->settings.levels);
  return {};
}

core::Status run_operation(const FeaturesOperation& o) {
  const ReferenceField<float> field(*o.field);
  const auto columns = static_cast<std::ptrdiff_t>(o.field->feature_count());
  for (std::size_t i = 0; i < o.positions.size() / 3; ++i) {
    const std::vector<float> row = field.features(vector_at(o.positions, i), o.field->settings.levels);
    std::copy(row.begin(), row.end(), o.features.begin() + static_cast<std::ptrdiff_t>(i) * columns);
  }
  return {};
}

core::Status run_operation(const DecodeOperation& o) {
  const ReferenceField<float> field(*o.field);
  const std::vector<float> mean = field.code(-1);
  const std::span<const float> code = o.code.empty() ? std::span<const float>(mean) : o.code;
  const auto columns = static_cast<std::size_t>(o.field->feature_count());
  for (std::size_t i = 0; i < o.colours.size() / 3; ++i) {
    const Vector colour = field.decode(o.features.subspan(i * columns, columns), {}, vector_at(o.directions, i), code);
    std::copy(colour.begin(), colour.end(), o.colours.begin() + static_cast<std::ptrdiff_t>(i) * 3);
  }
  return {};
}

// Samples of a ray by the marcher's rules: occupied cells only, ended when little light is left.
RaySamples<float> walk(const ReferenceField<float>& field, const Ray& ray, float step, int levels,
                       const std::array<float, kMaxLevels>& level_end, float stop_transmittance) {
  RaySamples<float> samples;
  samples.step = step;
  samples.levels = levels;
  samples.level_end = level_end;
  const Occupancy& occupancy = field.field().occupancy;
  LatticeWalk way(occupancy, ray, step, 0.5F);
  float transmittance = 1;
  while (way.hits_box() && static_cast<int>(samples.distances.size()) < RayChunk::kMaxSamples) {
    const float t = way.next(occupancy);
    if (t < 0) break;
    const glm::vec3 p = ray.origin + ray.direction * t;
    samples.distances.push_back(t);
    transmittance -= transmittance * interval_opacity(field.density({p.x, p.y, p.z}, samples.levels_at(t)), step);
    if (transmittance < stop_transmittance) {
      samples.opaque_last = true;
      break;
    }
  }
  const bool full = static_cast<int>(samples.distances.size()) == RayChunk::kMaxSamples;
  if (!samples.distances.empty() && (full || way.leaves_by_floor())) samples.opaque_last = true;
  return samples;
}

core::FloatImage blank(const Camera& camera, int channels, bool wanted) {
  core::FloatImage image;
  image.channels = channels;
  if (!wanted) return image;
  image.width = camera.width;
  image.height = camera.height;
  image.pixels.assign(static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height) * static_cast<std::size_t>(channels),
                      0.0F);
  return image;
}

core::Status run_operation(const RenderOperation& o) {
  const auto start = std::chrono::steady_clock::now();
  const ReferenceField<float> field(*o.field);
  const FieldSettings& shape = o.field->settings;
  const Camera& camera = o.request.camera;
  const int levels = o.settings.levels > 0 ? std::min(o.settings.levels, shape.levels) : shape.levels;
  const double texels = std::max(shape.step_texels, static_cast<double>(1 << (shape.levels - levels)));
  const auto step = static_cast<float>(o.settings.step > 0 ? o.settings.step : o.field->finest_texel * texels);
  const std::array<float, kMaxLevels> level_end = level_ends(*o.field, o.settings.footprint, camera);
  std::vector<float> code(o.request.code.begin(), o.request.code.end());
  if (code.empty()) code = field.code(o.settings.code);
  Vector gain = field.gain(o.settings.code);
  for (std::size_t c = 0; c < o.request.exposure.size(); ++c) gain[c] = std::exp(o.request.exposure[c]);
  const double far_x = std::max(camera.cx, camera.width - camera.cx), far_y = std::max(camera.cy, camera.height - camera.cy);
  const CompositeSettings composite_settings{
      .per_sample = o.settings.decode == "sample", .colour_threshold = o.settings.colour_threshold, .renormalise = true};

  o.picture->colour = blank(camera, 3, true);
  o.picture->depth = blank(camera, 1, o.request.depth);
  o.picture->normal = blank(camera, 3, false);
  o.picture->opacity = blank(camera, 1, o.request.opacity);
  o.picture->cost = blank(camera, 1, o.request.cost);
  const RayGenerator generator(camera);
  std::size_t pixel = 0;
  for (int y = 0; y < camera.height; ++y) {
    if (o.progress->stop_requested()) return core::Error{"rendering was stopped", camera.name, "", true};
    for (int x = 0; x < camera.width; ++x, ++pixel) {
      const Ray ray = generator.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      const RaySamples<float> samples = walk(field, ray, step, levels, level_end, static_cast<float>(o.settings.stop_transmittance));
      const CompositedRay<float> seen = composite(field, ray, samples, code, composite_settings);
      float fall_off = 1;
      if (o.settings.vignetting) {
        const double dx = x + 0.5 - camera.cx, dy = y + 0.5 - camera.cy;
        fall_off = field.fall_off(camera.lens, static_cast<float>((dx * dx + dy * dy) / (far_x * far_x + far_y * far_y)));
      }
      for (std::size_t c = 0; c < 3; ++c)
        o.picture->colour.pixels[pixel * 3 + c] = std::clamp(seen.colour[c] * gain[c] * fall_off, 0.0F, 1.0F);
      const float opacity = 1.0F - seen.transmittance;
      if (o.request.depth) o.picture->depth.pixels[pixel] = opacity < 0.5F ? 0.0F : seen.depth;
      if (o.request.opacity) o.picture->opacity.pixels[pixel] = opacity;
      if (o.request.cost) o.picture->cost.pixels[pixel] = static_cast<float>(samples.distances.size());
      o.stats->density_samples += static_cast<std::int64_t>(samples.distances.size());
      o.stats->shaded_samples += std::count_if(seen.weights.begin(), seen.weights.end(),
                                               [&](float weight) { return weight > static_cast<float>(o.settings.colour_threshold); });
    }
  }
  o.stats->rays += static_cast<std::int64_t>(pixel);
  o.stats->seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {};
}

double nanoseconds(const DensityOperation& o) { return static_cast<double>(o.density.size()) * kDensityNs; }
double nanoseconds(const FeaturesOperation& o) { return static_cast<double>(o.positions.size()) / 3 * kFeaturesNs; }
double nanoseconds(const DecodeOperation& o) { return static_cast<double>(o.colours.size()) / 3 * kDecodeNs; }
double nanoseconds(const RenderOperation& o) {
  const double rays = static_cast<double>(o.request.camera.width) * o.request.camera.height;
  const double decoded = o.settings.decode == "sample" ? kShadedPerRay : 1;
  return rays * (2 * kSamplesPerRay * kDensityNs + kShadedPerRay * kFeaturesNs + decoded * kDecodeNs);
}

class ReferenceBackend : public Backend {
 public:
  std::string_view name() const override { return "reference"; }
  std::string description() const override { return "the plain formulas on one core, to test the other back ends against"; }
  // Small pictures of the grid branch, without normals.
  bool supports(const Operation& operation) const override {
    const RenderOperation* render = std::get_if<RenderOperation>(&operation);
    if (render == nullptr) return true;
    const Camera& camera = render->request.camera;
    return render->settings.branch == "grid" && !render->request.normal && !render->request.level && render->request.points.empty() &&
           render->request.layers == nullptr && render->request.appearance == nullptr && camera.width > 0 && camera.height > 0 &&
           static_cast<std::int64_t>(camera.width) * camera.height <= kMostPixels;
  }
  double cost(const Operation& operation) const override {
    return std::visit([](const auto& o) { return nanoseconds(o); }, operation) * 1e-6;
  }
  core::Status run(const Operation& operation) override {
    if (auto checked = check_operation(operation); !checked) return checked;
    if (!supports(operation)) {
      return core::Error{"the reference back end cannot run this", std::string(operation_name(operation)), "use the cpu back end"};
    }
    return std::visit([](const auto& o) { return run_operation(o); }, operation);
  }
};

}  // namespace

std::unique_ptr<Backend> make_reference_backend() { return std::make_unique<ReferenceBackend>(); }

}  // namespace skyline::nerf
