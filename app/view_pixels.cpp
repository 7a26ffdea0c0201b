#include "app/view_pixels.h"

#include "app/backend_choice.h"
#include "core/parallel.h"
#include "renderer/objects_below.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace skyline::app {
namespace {

constexpr float kSolid = 0.5F;  // a ray of less opacity has met nothing
constexpr float kFarthest = 1e6F;

// Those that can be met, as a catalogue of their own: hidden ones are not drawn. Nothing: all of them.
std::optional<city::Catalogue> without_hidden(const models::SceneView& city) {
  const auto& objects = city.catalogue().objects();
  if (std::none_of(objects.begin(), objects.end(), [&](const city::Object& object) { return city.hidden(object.id); })) return std::nullopt;
  city::Catalogue shown;
  for (const city::Object& object : objects) {
    // Every object was accepted by a catalogue before.
    if (!city.hidden(object.id)) (void)shown.add(object);
  }
  return shown;
}

void find_objects(const models::SceneView& city, models::ViewPixels& pixels) {
  pixels.object.assign(pixels.depth.size(), 0);
  if (city.catalogue().size() == 0) return;
  const std::optional<city::Catalogue> shown = without_hidden(city);
  const renderer::ObjectsBelow objects(shown ? *shown : city.catalogue());
  const core::RayGenerator rays(pixels.camera);
  const auto width = static_cast<std::size_t>(pixels.camera.width);
  core::parallel_for(pixels.camera.height, [&](std::int64_t row) {
    for (std::size_t column = 0; column < width; ++column) {
      const std::size_t at = static_cast<std::size_t>(row) * width + column;
      if (!(pixels.depth[at] > 0)) continue;
      const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
      pixels.object[at] = objects.at(glm::dvec3(ray.origin) + static_cast<double>(pixels.depth[at]) * glm::dvec3(ray.direction));
    }
  });
}

}  // namespace

core::Camera caption_camera(const core::Camera& camera) {
  if (camera.width <= kCaptionWidth) return camera;
  return camera.resized(kCaptionWidth,
                        std::max(1, static_cast<int>(std::lround(static_cast<double>(camera.height) * kCaptionWidth / camera.width))));
}

core::Result<models::ViewPixels> field_pixels(const EditedScene& edited, const models::SceneView& city, const core::Camera& camera,
                                              const std::string& backend, core::Progress& progress) {
  models::ViewPixels pixels;
  pixels.camera = caption_camera(camera);
  PictureSource source(backend, edited.scene.field, {});
  nerf::RenderRequest request;
  request.camera = pixels.camera;
  request.depth = true;
  request.opacity = true;
  request.code = edited.code;
  request.layers = edited.layers.get();
  request.appearance = edited.appearance.get();
  nerf::Picture picture;
  nerf::RenderStats stats;
  if (auto status = source.render(request, picture, stats, progress); !status) return status.error();
  edited.grader.grade(picture.colour);
  pixels.colour = core::to_image(picture.colour).pixels;
  pixels.depth = std::move(picture.depth.pixels);
  for (std::size_t i = 0; i < pixels.depth.size(); ++i) {
    if (picture.opacity.pixels[i] < kSolid) pixels.depth[i] = 0;
  }
  find_objects(city, pixels);
  return pixels;
}

models::ViewPixels depth_pixels(const models::SceneView& city, const core::Camera& depth_camera, std::span<const float> depth,
                                std::span<const std::uint8_t> rgba) {
  models::ViewPixels pixels;
  pixels.camera = caption_camera(depth_camera);
  const int width = pixels.camera.width, height = pixels.camera.height;
  pixels.depth.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int row = 0; row < height; ++row) {
    const int from = (2 * row + 1) * depth_camera.height / (2 * height);
    for (int column = 0; column < width; ++column) {
      const int across = (2 * column + 1) * depth_camera.width / (2 * width);
      const auto source = static_cast<std::size_t>(from * depth_camera.width + across);
      pixels.depth[static_cast<std::size_t>(row * width + column)] = depth[source];
      if (!rgba.empty()) pixels.colour.insert(pixels.colour.end(), {rgba[4 * source], rgba[4 * source + 1], rgba[4 * source + 2]});
    }
  }
  find_objects(city, pixels);
  return pixels;
}

models::ViewPixels traced_pixels(const city::CityTracer& tracer, const core::Camera& camera) {
  models::ViewPixels pixels;
  pixels.camera = caption_camera(camera);
  const auto width = static_cast<std::size_t>(pixels.camera.width);
  pixels.depth.assign(width * static_cast<std::size_t>(pixels.camera.height), 0.0F);
  pixels.object.assign(pixels.depth.size(), 0);
  const core::RayGenerator rays(pixels.camera);
  core::parallel_for(pixels.camera.height, [&](std::int64_t row) {
    for (std::size_t column = 0; column < width; ++column) {
      const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
      city::CityHit hit;
      if (!tracer.intersect(ray.origin, ray.direction, kFarthest, hit)) continue;
      const std::size_t at = static_cast<std::size_t>(row) * width + column;
      pixels.depth[at] = hit.distance;
      pixels.object[at] = tracer.placement(hit).object;
    }
  });
  return pixels;
}

}  // namespace skyline::app
