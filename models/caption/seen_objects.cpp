#include "models/caption/seen_objects.h"

#include "city/polygon.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace skyline::models {
namespace {

// Pixels of one object as they are come by.
struct Tally {
  std::int64_t pixels = 0;
  double columns = 0;  // sum of column centres
  std::vector<std::uint32_t> by_column;
  std::vector<float> distances;
};

// Column before which `share` of the pixels lie, with the width of the picture as 1.
double column_at(const Tally& tally, double share) {
  const double wanted = share * static_cast<double>(tally.pixels);
  double before = 0;
  for (std::size_t i = 0; i < tally.by_column.size(); ++i) {
    before += tally.by_column[i];
    if (before > wanted) return (static_cast<double>(i) + 0.5) / static_cast<double>(tally.by_column.size());
  }
  return 1;
}

float quantile(std::vector<float>& values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// Bands between the thirds, so that nothing near a border is put on one side of it.
SeenSide side_of(double middle) {
  if (middle < 0.30) return SeenSide::kLeft;
  if (middle < 0.40) return SeenSide::kLeftOfMiddle;
  if (middle <= 0.60) return SeenSide::kMiddle;
  return middle <= 0.70 ? SeenSide::kRightOfMiddle : SeenSide::kRight;
}

// Share of the corners of an object's block that lie in the picture; 1 of a line, which ends somewhere else anyway.
double inside_share(const city::Object& object, const core::Camera& camera) {
  if (object.footprint.empty()) return 1;
  std::size_t inside = 0;
  for (const glm::dvec2& corner : object.footprint) {
    for (const double z : {object.base, object.base + object.height}) {
      glm::dvec2 pixel;
      if (!core::project(camera, {corner, z}, pixel)) continue;
      inside += pixel.x >= 0 && pixel.y >= 0 && pixel.x < camera.width && pixel.y < camera.height ? 1 : 0;
    }
  }
  return static_cast<double>(inside) / static_cast<double>(2 * object.footprint.size());
}

SeenObject seen_object(const city::Object& object, Tally& tally, const core::Camera& camera) {
  SeenObject seen;
  seen.subject = subject_of(object);
  seen.pixels = tally.pixels;
  seen.share = static_cast<double>(tally.pixels) / (static_cast<double>(camera.width) * camera.height);
  seen.middle = tally.columns / static_cast<double>(tally.pixels) / static_cast<double>(tally.by_column.size());
  seen.left = column_at(tally, 0.02);
  seen.right = column_at(tally, 0.98);
  seen.inside = inside_share(object, camera);
  seen.side = side_of(seen.middle);
  if (!tally.distances.empty()) {
    seen.nearest = *std::min_element(tally.distances.begin(), tally.distances.end());
    seen.distance = quantile(tally.distances, 0.5);
  }
  return seen;
}

}  // namespace

Subject subject_of(const city::Object& object) {
  return {object.id, object.object_class, object.name, object.name_zh, object.height, city::area(object.footprint), !object.path.empty()};
}

std::vector<SeenObject> find_seen_objects(const CaptionScene& scene, const ViewPixels& pixels) {
  const auto width = static_cast<std::size_t>(pixels.camera.width);
  std::unordered_map<std::int32_t, Tally> tallies;
  Tally* last = nullptr;
  std::int32_t last_id = 0;
  for (std::size_t i = 0; i < pixels.object.size(); ++i) {
    const std::int32_t id = pixels.object[i];
    if (id == 0) continue;
    if (last == nullptr || id != last_id) {
      last = &tallies[id];
      last_id = id;
      last->by_column.resize(width);
    }
    ++last->pixels;
    last->columns += static_cast<double>(i % width) + 0.5;
    ++last->by_column[i % width];
    if (pixels.depth[i] > 0) last->distances.push_back(pixels.depth[i]);
  }
  std::vector<SeenObject> seen;
  for (auto& [id, tally] : tallies) {
    const city::Object* const object = scene.city.hidden(id) ? nullptr : scene.city.catalogue().find(id);
    if (object != nullptr) seen.push_back(seen_object(*object, tally, pixels.camera));
  }
  std::sort(seen.begin(), seen.end(), [](const SeenObject& a, const SeenObject& b) {
    return a.pixels != b.pixels ? a.pixels > b.pixels : a.subject.id < b.subject.id;
  });
  return seen;
}

void mark_depths(std::vector<SeenObject>& seen, std::vector<float> surfaces) {
  if (surfaces.empty()) return;
  const double near = quantile(surfaces, 0.2), far = quantile(surfaces, 0.8);
  // A picture of one wall has no foreground, and nobody calls a thing across the street the background.
  if (far < 1.5 * near) return;
  constexpr double kFar = 40;  // metres
  for (SeenObject& object : seen) {
    if (object.distance <= near) object.depth = SeenDepth::kForeground;
    if (object.distance >= std::max(far, kFar)) object.depth = SeenDepth::kBackground;
  }
}

SeenCount count_seen(const std::vector<SeenObject>& seen, city::ObjectClass kind) {
  constexpr double kUnsure = 1.6;  // what is near the limit is in one picture and not in another of a slightly finer grid
  constexpr int kMostExact = 12;
  SeenCount result;
  std::vector<city::ObjectClass> classes;
  std::size_t sure = 0, possible = 0;
  for (const SeenObject& object : seen) {
    if (!city::is_a(object.subject.object_class, kind)) continue;
    sure += object.share >= kLeastShare * kUnsure ? 1 : 0;
    possible += object.share >= kLeastShare / kUnsure ? 1 : 0;
    if (object.share < kLeastShare) continue;
    result.ids.push_back(object.subject.id);
    classes.push_back(object.subject.object_class);
  }
  if (result.ids.size() > kMostExact) {
    result.certainty = SeenCount::Certainty::kAbout;
  } else if (sure != possible) {
    result.certainty = SeenCount::Certainty::kAtLeast;
    result.ids.resize(sure);  // the largest ones stand first
    classes.resize(sure);
  }
  result.count = static_cast<int>(result.ids.size());
  const bool alike = !classes.empty() && std::all_of(classes.begin(), classes.end(), [&](auto one) { return one == classes.front(); });
  result.object_class = alike ? classes.front() : kind;
  return result;
}

double sky_share(const ViewPixels& pixels) {
  const core::RayGenerator rays(pixels.camera);
  const auto width = static_cast<std::size_t>(pixels.camera.width);
  std::int64_t sky = 0;
  for (std::size_t i = 0; i < pixels.depth.size(); ++i) {
    if (pixels.depth[i] > 0) continue;
    const auto column = static_cast<float>(i % width) + 0.5F, row = static_cast<float>(i / width) + 0.5F;
    sky += rays.ray(column, row).direction.z > 0 ? 1 : 0;
  }
  return pixels.depth.empty() ? 0 : static_cast<double>(sky) / static_cast<double>(pixels.depth.size());
}

}  // namespace skyline::models
