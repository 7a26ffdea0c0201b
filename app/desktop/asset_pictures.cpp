#include "app/desktop/asset_pictures.h"

#include "app/desktop/session.h"
#include "city/generate/prop.h"
#include "city/polygon.h"
#include "editor/command_table.h"
#include "editor/navigator.h"
#include "editor/stand_in.h"
#include "nerf/cpu/renderer.h"
#include "nerf/edit/mesh_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace skyline::app::desktop {
namespace {

constexpr std::size_t kOfClass = 3;  // objects of a class on the shelf
constexpr double kPitch_deg = -36, kYaw_deg = 35, kFov_deg = 30;
constexpr glm::vec3 kSky{0.80F, 0.85F, 0.90F}, kFloor{0.55F, 0.56F, 0.55F};

// Sees all of a cylinder on the ground.
core::Camera camera_at(const glm::dvec3& base, double radius, double height, int width, int height_px, double yaw_deg = kYaw_deg) {
  editor::Pose pose;
  pose.yaw_deg = yaw_deg;
  pose.pitch_deg = kPitch_deg;
  pose.fov_deg = kFov_deg;
  const double half = std::hypot(radius, 0.5 * height), aspect = std::min(1.0, static_cast<double>(width) / height_px);
  const double distance = 1.12 * half / (std::sin(0.5 * kFov_deg * M_PI / 180) * aspect);
  core::Camera camera = editor::camera_of(pose, width, height_px);
  camera.position = base + glm::dvec3(0, 0, 0.5 * height) + distance * camera.rotation[2];
  return camera;
}

// Buildings and trees that stand between the camera and an object, from that side.
int hidden_by(const city::Catalogue& catalogue, const city::Object& object, const core::Camera& camera) {
  int count = 0;
  for (const city::Object& other : catalogue.objects()) {
    if (other.id == object.id || other.footprint.empty() || other.height < 3) continue;
    const city::Rectangle around = city::bounds(other);
    for (const double height : {0.3, 0.6, 0.9}) {
      const glm::dvec3 target(city::centroid(object), object.base + height * object.height);
      constexpr int kSteps = 24;
      for (int i = 1; i < kSteps; ++i) {
        const glm::dvec3 at = camera.position + (static_cast<double>(i) / kSteps) * (target - camera.position);
        const bool inside = at.x > around.low.x && at.x < around.high.x && at.y > around.low.y && at.y < around.high.y;
        if (!inside || at.z > other.base + other.height || city::contains(object, glm::dvec2(at))) continue;
        ++count;
        break;
      }
    }
  }
  return count;
}

std::uint8_t byte_of(float value) { return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0F, 1.0F))); }

core::Result<core::Image> drawn(const nerf::Field& field, const nerf::RenderRequest& request) {
  auto renderer = nerf::Renderer::create(field, {});
  if (!renderer) return renderer.error();
  nerf::Picture picture;
  nerf::RenderStats stats;
  core::Progress progress;
  if (const auto done = renderer->render(request, picture, stats, progress); !done) return done.error();
  core::Image image{request.camera.width, request.camera.height, {}};
  for (const float value : picture.colour.pixels) image.pixels.push_back(byte_of(value));
  return image;
}

core::Result<core::Image> picture_of_mesh(const Asset& asset, int width, int height) {
  auto model = city::make_prop(asset.object_class);
  if (!model) return model.error();
  const auto shape = nerf::MeshShape::make(std::move(*model));
  if (!shape) return shape.error();
  const core::Box& box = (*shape)->bounds();
  const double radius = 0.5 * std::hypot(box.high.x - box.low.x, box.high.y - box.low.y);
  const glm::dvec3 base(0.5 * (box.low.x + box.high.x), 0.5 * (box.low.y + box.high.y), 0);
  const core::Camera camera = camera_at(base, radius, box.high.z, width, height);
  const core::RayGenerator generator(camera);
  core::Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const core::Ray ray = generator.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      nerf::MeshHit hit;
      glm::vec3 colour = ray.direction.z < 0 ? kFloor : kSky;
      if ((*shape)->intersect(ray.origin, ray.direction, 1e5F, hit))
        colour = (*shape)->colour(hit, ray.direction, hit.distance / static_cast<float>(camera.fl_x), {});
      for (int c = 0; c < 3; ++c) image.pixels.push_back(byte_of(colour[c]));
    }
  }
  return image;
}

}  // namespace

std::vector<Asset> assets_of(const city::Catalogue& catalogue) {
  std::vector<Asset> assets;
  std::map<city::ObjectClass, std::vector<const city::Object*>> standing;
  const auto insertable = editor::choices_of(editor::find_command("edit.insert")->arguments.front());
  for (const city::Object& object : catalogue.objects()) {
    const bool offered = std::any_of(insertable.begin(), insertable.end(),
                                     [&](const editor::Choice& choice) { return choice.value == city::class_name(object.object_class); });
    if (offered && !object.footprint.empty() && object.height >= 0.5) standing[object.object_class].push_back(&object);
  }
  for (auto& [object_class, objects] : standing) {
    // The one that stands for the class, then low, middle and high ones.
    std::vector<std::int32_t> ids;
    if (const auto best = editor::stand_in_for(object_class, std::nullopt, catalogue); best && best->source != 0)
      ids.push_back(best->source);
    std::sort(objects.begin(), objects.end(), [](const city::Object* a, const city::Object* b) { return a->height < b->height; });
    for (const double height : {objects.back()->height, objects.front()->height}) {
      const auto other = editor::stand_in_for(object_class, height, catalogue);
      if (other && other->source != 0 && std::find(ids.begin(), ids.end(), other->source) == ids.end()) ids.push_back(other->source);
    }
    if (ids.size() > kOfClass) ids.resize(kOfClass);
    for (const std::int32_t id : ids) {
      const city::Object& object = *catalogue.find(id);
      assets.push_back({object.object_class, id, object.name, object.name_zh, object.height});
    }
  }
  for (const city::ObjectClass object_class : city::prop_classes()) {
    const bool there = std::any_of(standing.begin(), standing.end(), [&](const auto& s) { return city::is_a(s.first, object_class); });
    if (!there) assets.push_back({object_class, 0, {}, {}, 0});
  }
  return assets;
}

core::Result<core::Image> picture_of(const Asset& asset, const nerf::SharedScene& scene, int width, int height) {
  const city::Object* const object = scene.info.objects.find(asset.object);
  if (object == nullptr) return picture_of_mesh(asset, width, height);
  const city::Rectangle around = city::bounds(*object);
  const double radius = 0.5 * std::hypot(around.high.x - around.low.x, around.high.y - around.low.y);
  const glm::dvec3 base(city::centroid(*object), object->base);
  // From the side from which the least stands in the way.
  core::Camera best = camera_at(base, radius, object->height, width, height);
  int least = hidden_by(scene.info.objects, *object, best);
  for (const double turn : {90.0, 180.0, 270.0}) {
    const core::Camera other = camera_at(base, radius, object->height, width, height, kYaw_deg + turn);
    const int hidden = least > 0 ? hidden_by(scene.info.objects, *object, other) : 0;
    if (hidden >= least) continue;
    least = hidden;
    best = other;
  }
  return drawn(*scene.field, {.camera = best});
}

ShownScene shown_scene_of(const Session& session) {
  return {session.scene, session.edits->document_layers(), session.edits->document_appearance(), session.edits->document_code()};
}

core::Result<core::Image> picture_of(const std::vector<city::Object>& objects, const ShownScene& shown, double yaw_deg, int width,
                                     int height) {
  if (objects.empty()) return core::Error{"there is nothing to draw", "", ""};
  glm::dvec3 low(std::numeric_limits<double>::infinity()), high(-low);
  for (const city::Object& object : objects) {
    const city::Rectangle around = city::bounds(object);
    low = glm::min(low, glm::dvec3(around.low, object.base));
    high = glm::max(high, glm::dvec3(around.high, object.base + object.height));
  }
  const double radius = 0.5 * std::hypot(high.x - low.x, high.y - low.y);
  const glm::dvec3 base(0.5 * (low.x + high.x), 0.5 * (low.y + high.y), low.z);
  nerf::RenderRequest request{.camera = camera_at(base, radius, high.z - low.z, width, height, yaw_deg)};
  request.code = shown.code;
  request.layers = shown.layers.get();
  request.appearance = shown.appearance.get();
  return drawn(*shown.scene->field, request);
}

}  // namespace skyline::app::desktop
