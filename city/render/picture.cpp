#include "city/render/picture.h"

#include "city/render/noise.h"
#include "core/parallel.h"

#include <glm/common.hpp>
#include <glm/exponential.hpp>
#include <glm/geometric.hpp>
#include <glm/matrix.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace skyline::city {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kFar = 1e5F;
constexpr float kSkyRayReach = 60;       // metres within which walls and trees keep skylight away
constexpr int kSkyRays = 4;              // a pixel
constexpr int kBlock = 4;                // pixels that share a set of sky rays, each way
constexpr float kSunRadius = 0.00465F;   // of the disc, radians
constexpr float kHazeScaleHeight = 250;  // metres (boundary layer in the morning)
constexpr int kTile = 32;

// What the ray through a pixel's centre meets.
struct Centre {
  CityHit hit;
  glm::vec3 normal{0.0F};  // towards the camera; 0: sky
  float sky_share = 1;     // of the upward rays that reach the sky, raw
  float filtered = 1;
};

// Orthonormal basis around a unit normal (Duff et al. 2017, "Building an Orthonormal Basis, Revisited").
struct Basis {
  glm::vec3 x, y;
  explicit Basis(glm::vec3 n) {
    const float sign = std::copysign(1.0F, n.z), a = -1 / (sign + n.z), b = n.x * n.y * a;
    x = {1 + sign * n.x * n.x * a, sign * b, -sign * n.x};
    y = {b, sign + n.y * n.y * a, -n.y};
  }
};

// Point i of the R2 sequence (Roberts 2018, additive recurrence with the plastic number).
glm::vec2 low_discrepancy(int i, glm::vec2 start) {
  const glm::vec2 p = start + static_cast<float>(i) * glm::vec2(0.75487767F, 0.56984029F);
  return p - glm::floor(p);
}

glm::vec2 disc_point(glm::vec2 unit) {
  const float radius = std::sqrt(unit.x), angle = 2 * kPi * unit.y;
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

// From scene values to display values. "photo": linear up to a shoulder at 0.6 that reaches 1 at infinity. "filmic": the curve that
// Narkowicz fitted to the ACES reference, 2015.
float respond(float value, const std::string& response) {
  if (response == "filmic") {
    const float x = 0.9F * value;
    value = x * (2.51F * x + 0.03F) / (x * (2.43F * x + 0.59F) + 0.14F);
  } else if (response == "photo") {
    constexpr float kKnee = 0.6F;
    if (value > kKnee) value = 1 - (1 - kKnee) * std::exp((kKnee - value) / (1 - kKnee));
  }
  value = glm::clamp(value, 0.0F, 1.0F);
  return value <= 0.0031308F ? 12.92F * value : 1.055F * std::pow(value, 1 / 2.4F) - 0.055F;
}

glm::vec3 photo_gain(const RenderSettings& settings, std::uint32_t photo) {
  const auto spread = static_cast<float>(settings.response_variation);
  if (spread <= 0) return glm::vec3(1);
  // Sums of uniform numbers are close to normal ones (Irwin-Hall), sd 1 after scaling.
  const auto normal = [&](std::uint32_t which) {
    float sum = 0;
    for (std::uint32_t i = 0; i < 6; ++i) sum += hash_unit(photo, which, i + 100);
    return (sum - 3) * std::numbers::sqrt2_v<float>;
  };
  const float white = 0.4F * spread * normal(2);
  return glm::exp(glm::vec3(spread * normal(1)) + glm::vec3(white, 0, -white));
}

// One picture in the making.
class Frame {
 public:
  Frame(const CityTracer& tracer, const RenderSettings& settings, const Sky& sky, const Surfaces& surfaces, const core::Camera& camera,
        std::uint32_t photo)
      : tracer_(tracer),
        settings_(settings),
        sky_(sky),
        surfaces_(surfaces),
        rays_(camera),
        width_(camera.width),
        height_(camera.height),
        pixel_angle_(static_cast<float>(2 / (camera.fl_x + camera.fl_y))),
        gain_(photo_gain(settings, photo)),
        sun_basis_(sky.sun_direction),
        sunny_(sky.sun_irradiance.g > 0),
        haze_(static_cast<float>(settings.haze) * 2.3F / 600) {
    const auto pixels = static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
    centres_.resize(pixels);
    picture_.width = width_;
    picture_.height = height_;
    picture_.linear = {width_, height_, 3, std::vector<float>(3 * pixels)};
    picture_.colour = {width_, height_, std::vector<std::uint8_t>(3 * pixels)};
    picture_.depth = {width_, height_, 1, std::vector<float>(pixels)};
    picture_.normal = {width_, height_, 3, std::vector<float>(3 * pixels)};
    picture_.sun = {width_, height_, 1, std::vector<float>(pixels)};
    picture_.object.resize(pixels);
    picture_.object_class.assign(pixels, kNoClass);
    picture_.part.resize(pixels);
    for (const Object& object : tracer.model().catalogue.objects()) classes_[object.id] = static_cast<std::uint8_t>(object.object_class);
  }

  // Calls visit(column, row) for all pixels, tile by tile. False when stopped.
  template <class Visit>
  bool for_pixels(const core::Progress& progress, const Visit& visit) {
    const int tiles_x = (width_ + kTile - 1) / kTile, tiles_y = (height_ + kTile - 1) / kTile;
    std::atomic<bool> stopped{false};
    core::parallel_for(std::int64_t{tiles_x} * tiles_y, [&](std::int64_t tile) {
      if (stopped.load(std::memory_order_relaxed)) return;
      if (progress.stop_requested()) {
        stopped.store(true, std::memory_order_relaxed);
        return;
      }
      const int left = static_cast<int>(tile % tiles_x) * kTile, top = static_cast<int>(tile / tiles_x) * kTile;
      for (int row = top; row < std::min(top + kTile, height_); ++row) {
        for (int column = left; column < std::min(left + kTile, width_); ++column) visit(column, row);
      }
    });
    return !stopped.load();
  }

  void trace_centre(int column, int row);
  void filter_skylight(int column, int row);
  void shade_pixel(int column, int row);
  CityPicture take() { return std::move(picture_); }

 private:
  struct Shaded {
    glm::vec3 colour{0.0F};
    float sun = 0;
    Part part = Part::kNone;
  };

  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(column);
  }
  glm::vec3 place(int column, int row) const {
    const core::Ray ray = rays_.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
    return ray.origin + centres_[index(column, row)].hit.distance * ray.direction;
  }
  // Start of a ray that leaves a surface: a little off it, growing with the coordinates' rounding.
  static glm::vec3 lifted(glm::vec3 position, glm::vec3 normal) {
    const float size = std::max({std::abs(position.x), std::abs(position.y), std::abs(position.z), 100.0F});
    return position + normal * (2e-5F * size);
  }
  // The normal towards the viewer; straight to the viewer for triangles without area.
  glm::vec3 facing_normal(const CityHit& hit, glm::vec3 direction) const {
    const glm::vec3 normal = tracer_.normal(hit);
    if (normal == glm::vec3(0)) return -direction;
    return glm::dot(normal, direction) > 0 ? -normal : normal;
  }

  float sky_share_near(int column, int row, glm::vec3 normal, std::uint32_t placement) const;
  Shaded shade(const core::Ray& ray, const CityHit& hit, glm::vec3 normal, float sky_share, glm::vec2 sun_point, bool at_centre) const;
  glm::vec3 mirrored(const SurfaceLook& look, glm::vec3 direction) const;
  glm::vec3 through_haze(glm::vec3 colour, const core::Ray& ray, float distance) const;
  glm::vec3 sky_colour(const core::Ray& ray) const;

  const CityTracer& tracer_;
  const RenderSettings& settings_;
  const Sky& sky_;
  const Surfaces& surfaces_;
  core::RayGenerator rays_;
  int width_, height_;
  float pixel_angle_;
  glm::vec3 gain_;
  Basis sun_basis_;
  bool sunny_;
  float haze_;
  std::vector<Centre> centres_;
  std::unordered_map<std::int32_t, std::uint8_t> classes_;
  CityPicture picture_;
};

void Frame::trace_centre(int column, int row) {
  const core::Ray ray = rays_.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
  Centre& centre = centres_[index(column, row)];
  if (!tracer_.intersect(ray.origin, ray.direction, kFar, centre.hit)) return;
  centre.normal = facing_normal(centre.hit, ray.direction);
  const glm::vec3 start = lifted(ray.origin + centre.hit.distance * ray.direction, centre.normal);
  const Basis basis(centre.normal);
  const int first = ((row % kBlock) * kBlock + column % kBlock) * kSkyRays;
  int upward = 0, open = 0;
  for (int i = 0; i < kSkyRays; ++i) {
    // The set is dealt out so that each pixel's own rays are spread well, too.
    const glm::vec2 disc = disc_point(low_discrepancy(first + i, {0.31F, 0.77F}));
    const float along = std::sqrt(std::max(0.0F, 1 - glm::dot(disc, disc)));
    const glm::vec3 direction = disc.x * basis.x + disc.y * basis.y + along * centre.normal;
    if (direction.z <= 0.01F) continue;
    ++upward;
    if (!tracer_.occluded(start, direction, kSkyRayReach)) ++open;
  }
  centre.sky_share = upward > 0 ? static_cast<float>(open) / static_cast<float>(upward) : 1.0F;
}

void Frame::filter_skylight(int column, int row) {
  Centre& centre = centres_[index(column, row)];
  if (centre.normal == glm::vec3(0)) return;
  const glm::vec3 here = place(column, row);
  const float tolerance = 0.1F + 4 * pixel_angle_ * centre.hit.distance;
  const bool leaves = surfaces_.is_foliage(tracer_.material(centre.hit));
  float sum = 0, weight = 0;
  for (int dy = -kBlock / 2; dy < kBlock / 2; ++dy) {
    for (int dx = -kBlock / 2; dx < kBlock / 2; ++dx) {
      const int x = column + dx, y = row + dy;
      if (x < 0 || y < 0 || x >= width_ || y >= height_) continue;
      const Centre& other = centres_[index(x, y)];
      if (other.normal == glm::vec3(0)) continue;
      const glm::vec3 offset = place(x, y) - here;
      const bool same = leaves ? std::abs(other.hit.distance - centre.hit.distance) < 2.5F
                               : glm::dot(other.normal, centre.normal) > 0.92F && std::abs(glm::dot(offset, centre.normal)) < tolerance;
      if (!same) continue;
      sum += other.sky_share;
      weight += 1;
    }
  }
  centre.filtered = weight > 0 ? sum / weight : centre.sky_share;
}

// Skylight at a point that another ray of the pixel met: that of the nearest centres on the same surface.
float Frame::sky_share_near(int column, int row, glm::vec3 normal, std::uint32_t placement) const {
  const Centre& own = centres_[index(column, row)];
  if (own.normal != glm::vec3(0) && own.hit.placement == placement && glm::dot(own.normal, normal) > 0.95F) return own.filtered;
  float sum = 0, weight = 0;
  for (int y = std::max(0, row - 1); y <= std::min(height_ - 1, row + 1); ++y) {
    for (int x = std::max(0, column - 1); x <= std::min(width_ - 1, column + 1); ++x) {
      const Centre& other = centres_[index(x, y)];
      if (other.normal == glm::vec3(0)) continue;
      const float turned = std::max(0.0F, glm::dot(other.normal, normal));
      const float w = 1e-4F + turned * turned * (other.hit.placement == placement ? 1.0F : 0.2F);
      sum += w * other.filtered;
      weight += w;
    }
  }
  return weight > 0 ? sum / weight : 0.6F;
}

glm::vec3 Frame::mirrored(const SurfaceLook& look, glm::vec3 direction) const {
  const glm::vec3 mirror = direction - 2 * glm::dot(direction, look.normal) * look.normal;
  // Flat reflections in a town end at the buildings across.
  const float town = glm::smoothstep(0.25F, -0.05F, mirror.z);
  return glm::mix(sky_.radiance(mirror), sky_.bounce_irradiance / kPi * 1.4F, town);
}

Frame::Shaded Frame::shade(const core::Ray& ray, const CityHit& hit, glm::vec3 normal, float sky_share, glm::vec2 sun_point,
                           bool at_centre) const {
  const Placement& placement = tracer_.placement(hit);
  const glm::vec3 position = ray.origin + hit.distance * ray.direction;
  const float cosine = std::max(0.15F, std::abs(glm::dot(normal, ray.direction)));
  SurfacePoint point;
  point.position = position;
  point.normal = normal;
  point.uv = tracer_.uv(hit);
  point.footprint = hit.distance * pixel_angle_ / std::sqrt(cosine);
  point.seed = hash_bits(static_cast<std::uint32_t>(placement.object), placement.object == 0 ? 0 : placement.mesh, 3);
  point.tint = placement.tint * placement.tint;
  point.sun = sky_.sun_direction;
  const SurfaceLook look = surfaces_.look(point, tracer_.material(hit));

  Shaded result;
  result.part = look.part;
  const glm::vec3 start = lifted(position, normal);
  const float facing = glm::dot(look.normal, sky_.sun_direction);
  float sunlight = 0;
  if (sunny_ && (facing > 0 || look.translucency > 0)) {
    const glm::vec2 disc = kSunRadius * disc_point(sun_point);
    const glm::vec3 to_sun =
        at_centre ? sky_.sun_direction : glm::normalize(sky_.sun_direction + disc.x * sun_basis_.x + disc.y * sun_basis_.y);
    if (!tracer_.occluded(facing > 0 ? start : lifted(position, -normal), to_sun, kFar)) {
      sunlight = look.translucency > 0 ? std::max(0.35F + 0.65F * facing, look.translucency * (0.4F - 0.6F * facing)) : facing;
      result.sun = 1;
    }
  }
  // The part of the sky's light that the neighbourhood keeps away is replaced by light from streets and walls.
  const float upward = 0.5F * (1 + normal.z);
  const glm::vec3 skylight = sky_share * sky_.irradiance(look.normal);
  const glm::vec3 bounce = (1 - sky_share * upward) * sky_.bounce_irradiance;
  const glm::vec3 irradiance = sunlight * look.sunlit * sky_.sun_irradiance + skylight + bounce;
  glm::vec3 colour = look.albedo * irradiance / kPi + look.emission;
  if (look.mirror > 0) {
    // Schlick's approximation of Fresnel reflectance.
    const float grazing = std::pow(1 - std::min(1.0F, std::abs(glm::dot(look.normal, ray.direction))), 5.0F);
    const float reflectance = look.mirror + (1 - look.mirror) * grazing * std::min(1.0F, look.mirror * 25);
    const float open = 0.35F + 0.65F * sky_share;
    colour = glm::mix(colour, mirrored(look, ray.direction) * open, reflectance);
  }
  result.colour = through_haze(colour, ray, hit.distance);
  return result;
}

// Koschmieder's law with an exponential atmosphere: the optical depth is the integral of density along the ray.
glm::vec3 Frame::through_haze(glm::vec3 colour, const core::Ray& ray, float distance) const {
  if (haze_ <= 0) return colour;
  const float ground = static_cast<float>(tracer_.model().low.z);
  const float start = std::max(0.0F, ray.origin.z - ground) / kHazeScaleHeight, rise = ray.direction.z * distance / kHazeScaleHeight;
  const float mean = std::abs(rise) < 1e-3F ? 1 - 0.5F * rise : (1 - std::exp(-rise)) / rise;
  const float clear = std::exp(-haze_ * distance * std::exp(-start) * mean);
  const glm::vec3 level = glm::normalize(glm::vec3(ray.direction.x, ray.direction.y, 0.04F) + glm::vec3(1e-6F, 0, 0));
  return glm::mix(sky_.radiance(level), colour, clear);
}

glm::vec3 Frame::sky_colour(const core::Ray& ray) const {
  if (ray.direction.z < 0) {  // beyond the edge of the model: meadows and woods, soon lost in the air before them
    const bool white = settings_.season == "winter" && settings_.snow > 0.3;
    const glm::vec3 albedo = white ? glm::vec3(0.5F) : glm::vec3(0.085F, 0.11F, 0.05F);
    const glm::vec3 land = albedo * (sky_.irradiance({0, 0, 1}) + sky_.sun_irradiance * std::max(0.0F, sky_.sun_direction.z)) / kPi;
    const glm::vec3 level = glm::normalize(glm::vec3(ray.direction.x, ray.direction.y, 0.05F) + glm::vec3(1e-6F, 0, 0));
    const float height = std::max(1.0F, ray.origin.z - static_cast<float>(tracer_.model().low.z));
    return through_haze(glm::mix(land, sky_.radiance(level), glm::smoothstep(-0.28F, -0.02F, ray.direction.z)), ray,
                        height / std::max(0.01F, -ray.direction.z));
  }
  glm::vec3 colour = sky_.radiance(ray.direction);
  if (sunny_ && glm::dot(ray.direction, sky_.sun_direction) > std::cos(kSunRadius)) colour += sky_.sun_irradiance * 200.0F;
  return colour;
}

void Frame::shade_pixel(int column, int row) {
  const std::size_t at = index(column, row);
  const Centre& centre = centres_[at];
  const std::uint32_t key = hash_bits(static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row), 11);
  const glm::vec2 start{hash_unit(key, 1), hash_unit(key, 2)};
  glm::vec3 sum(0);
  for (int i = 0; i < settings_.samples; ++i) {
    const bool at_centre = i == 0;
    const glm::vec2 offset = at_centre ? glm::vec2(0.5F) : low_discrepancy(i, {0.5F, 0.5F});
    const core::Ray ray = rays_.ray(static_cast<float>(column) + offset.x, static_cast<float>(row) + offset.y);
    CityHit hit = centre.hit;
    const bool met = at_centre ? centre.normal != glm::vec3(0) : tracer_.intersect(ray.origin, ray.direction, kFar, hit);
    Shaded shaded;
    if (met) {
      const glm::vec3 normal = at_centre ? centre.normal : facing_normal(hit, ray.direction);
      const float share = at_centre ? centre.filtered : sky_share_near(column, row, normal, hit.placement);
      shaded = shade(ray, hit, normal, share, low_discrepancy(i, start), at_centre);
    } else {
      shaded.colour = sky_colour(ray);
    }
    // A pixel's mean is that of what the response shows, or one sparkle would outshine its neighbours.
    sum += glm::min(shaded.colour * sky_.exposure, 4.0F);
    if (!at_centre || !met) continue;
    picture_.depth.pixels[at] = hit.distance;
    for (int c = 0; c < 3; ++c) picture_.normal.pixels[3 * at + static_cast<std::size_t>(c)] = centre.normal[c];
    picture_.sun.pixels[at] = shaded.sun;
    picture_.part[at] = static_cast<std::uint8_t>(shaded.part);
    picture_.object[at] = tracer_.placement(hit).object;
    if (const auto found = classes_.find(picture_.object[at]); found != classes_.end()) picture_.object_class[at] = found->second;
  }
  const glm::vec3 mean = sum / static_cast<float>(settings_.samples) * gain_;
  for (int c = 0; c < 3; ++c) {
    const std::size_t channel = 3 * at + static_cast<std::size_t>(c);
    picture_.linear.pixels[channel] = mean[c];
    picture_.colour.pixels[channel] = static_cast<std::uint8_t>(respond(mean[c], settings_.response) * 255.0F + 0.5F);
  }
}

}  // namespace

CityRenderer::CityRenderer(const CityTracer& tracer, const RenderSettings& settings, Sky sky)
    : tracer_(&tracer), settings_(settings), sky_(std::move(sky)), surfaces_(tracer.model(), settings, sky_.lights_on) {}

core::Result<CityRenderer> CityRenderer::make(const CityTracer& tracer, const RenderSettings& settings) {
  core::Result<Sky> sky = make_sky(settings, tracer.model().latitude_deg, tracer.model().longitude_deg);
  if (!sky) return sky.error();
  return CityRenderer(tracer, settings, std::move(*sky));
}

core::Result<CityPicture> CityRenderer::render(const core::Camera& camera, std::uint32_t photo, const core::Progress& progress) const {
  const auto begin = std::chrono::steady_clock::now();
  Frame frame(*tracer_, settings_, sky_, surfaces_, camera, photo);
  const bool done = frame.for_pixels(progress, [&](int column, int row) { frame.trace_centre(column, row); }) &&
                    frame.for_pixels(progress, [&](int column, int row) { frame.filter_skylight(column, row); }) &&
                    frame.for_pixels(progress, [&](int column, int row) { frame.shade_pixel(column, row); });
  if (!done) return core::Error{"stopped", "rendering", "", true};
  CityPicture picture = frame.take();
  picture.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return picture;
}

}  // namespace skyline::city
