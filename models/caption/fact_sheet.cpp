#include "models/caption/fact_sheet.h"

#include "city/polygon.h"
#include "editor/sun.h"
#include "models/caption/seen_objects.h"
#include "models/caption/seen_relations.h"
#include "models/language/interpreter/palette.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kStraightDown = -80, kSteep = -45, kSlanting = -12, kUp = 12, kStreetPitch = -35;  // degrees
constexpr double kStreetHeight = 6;                                                                 // metres

constexpr double kLeastMain = 0.003, kLeastSecond = 0.0015, kLeastSetting = 0.03;  // shares of the picture
constexpr std::size_t kMostCandidates = 12;

void read_camera(const core::Camera& camera, std::optional<double> ground, FactSheet& sheet) {
  const glm::dvec3 forward = -camera.rotation[2], up = camera.rotation[1];
  sheet.pitch_deg = std::asin(std::clamp(forward.z, -1.0, 1.0)) / kDegree;
  const glm::dvec3 level = sheet.pitch_deg < kStraightDown ? up : forward;
  sheet.heading_deg = std::fmod(std::atan2(level.x, level.y) / kDegree + 360, 360.0);
  if (ground) sheet.height = camera.position.z - *ground;
  sheet.kind = sheet.pitch_deg < kStraightDown ? ViewKind::kStraightDown
               : sheet.pitch_deg < kSteep      ? ViewKind::kBirdsEye
               : sheet.pitch_deg < kSlanting   ? ViewKind::kOblique
               : sheet.pitch_deg <= kUp        ? ViewKind::kLevel
                                               : ViewKind::kUpward;
  if (sheet.height && *sheet.height <= kStreetHeight && sheet.pitch_deg > kStreetPitch) sheet.kind = ViewKind::kStreet;
}

// How much a class stands out among others of the same size in the picture: landmarks before what every street has.
double weight_of(city::ObjectClass object_class) {
  switch (object_class) {
    case kSkyscraper:
    case kTower:
    case kChurch:
    case kStadium:
      return 3;
    case kStation:
    case kMuseum:
    case kMonument:
    case kCrane:
      return 2.5;
    case kBridge:
      return 2.2;
    case kHospital:
    case kRiver:
    case kCanal:
    case kLake:
    case kSea:
      return 2;
    case kSchool:
    case kHotel:
    case kFactory:
      return 1.8;
    case kOffice:
    case kSquare:
    case kPark:
      return 1.6;
    case kShop:
    case kWarehouse:
    case kPond:
    case kRailway:
      return 1.2;
    case kHouse:
      return 0.8;
    case kGarden:
    case kParking:
    case kStreet:
      return 0.6;
    case kField:
      return 0.4;
    case kVehicle:
    case kCar:
    case kBus:
    case kTruck:
    case kWall:
    case kTree:
    case kOther:
      return 0.1;
    default:
      return 1;
  }
}

bool shapes_the_picture(city::ObjectClass object_class) {
  return city::is_a(object_class, kRoad) || city::is_a(object_class, kWater) || city::is_a(object_class, kGreen) ||
         object_class == kRailway || object_class == kSquare || object_class == kParking;
}

bool is_minor(city::ObjectClass object_class) {
  return object_class == kTree || city::is_a(object_class, kVehicle) || object_class == kWall || object_class == kOther;
}

double notability(const SeenObject& seen, bool tallest) {
  const double named = seen.subject.name.empty() && seen.subject.name_zh.empty() ? 1 : 1.5;
  const double central = 1 - 0.6 * std::abs(seen.middle - 0.5);
  const double whole = 0.2 + 0.8 * seen.inside * seen.inside;  // what an edge cuts off is not what the picture is about
  return weight_of(seen.subject.object_class) * named * central * whole * (tallest ? 1.8 : 1) * std::sqrt(seen.share);
}

// A single pixel of a higher one takes the word away.
std::optional<std::size_t> find_tallest(const std::vector<SeenObject>& seen) {
  constexpr double kClearly = 0.5;  // metres
  std::optional<std::size_t> tallest;
  double second = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!city::is_a(seen[i].subject.object_class, kBuilding)) continue;
    const double height = seen[i].subject.height;
    if (!tallest || height > seen[*tallest].subject.height) {
      second = tallest ? seen[*tallest].subject.height : 0;
      tallest = i;
    } else {
      second = std::max(second, height);
    }
  }
  if (tallest && seen[*tallest].subject.height < second + kClearly) return std::nullopt;
  return tallest;
}

struct Candidate {
  double score = 0;
  std::size_t place = 0;
};

void sort_candidates(std::vector<Candidate>& candidates) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  if (candidates.size() > kMostCandidates) candidates.resize(kMostCandidates);
}

void choose_second(const CaptionScene& scene, const std::vector<Candidate>& standing, FactSheet& sheet) {
  const bool looks_ahead = sheet.kind != ViewKind::kStraightDown;
  // By SeenRelation::Kind: what says more of the place comes first.
  constexpr std::array<double, 6> kWorth{1.6, 1.3, 1, 1, 0.8, 0.8};
  double best = 0;
  for (const Candidate& candidate : standing) {
    if (candidate.place == *sheet.main || is_minor(sheet.seen[candidate.place].subject.object_class)) continue;
    const auto relation = relation_between(scene, sheet.seen, candidate.place, *sheet.main, looks_ahead);
    if (!relation) continue;
    const double score = candidate.score * kWorth[static_cast<std::size_t>(relation->kind)];
    if (score <= best) continue;
    best = score;
    sheet.second = candidate.place;
    sheet.relation = relation;
  }
}

void choose_subjects(const CaptionScene& scene, FactSheet& sheet) {
  std::vector<Candidate> standing, shaping;
  for (std::size_t i = 0; i < sheet.seen.size(); ++i) {
    const SeenObject& seen = sheet.seen[i];
    const city::ObjectClass object_class = seen.subject.object_class;
    const double score = notability(seen, sheet.tallest == i);
    if (shapes_the_picture(object_class)) {
      if (seen.share >= kLeastSetting) shaping.push_back({score, i});
    } else if (seen.share >= (is_minor(object_class) ? 0.05 : kLeastSecond)) {
      standing.push_back({score, i});
    }
  }
  sort_candidates(standing);
  sort_candidates(shaping);
  if (!shaping.empty()) sheet.setting = shaping.front().place;
  const auto main = std::find_if(standing.begin(), standing.end(),
                                 [&](const Candidate& candidate) { return sheet.seen[candidate.place].share >= kLeastMain; });
  if (main == standing.end()) return;
  sheet.main = main->place;
  choose_second(scene, standing, sheet);
}

void count_objects(FactSheet& sheet) {
  sheet.buildings = count_seen(sheet.seen, kBuilding);
  sheet.trees = count_seen(sheet.seen, kTree);
  sheet.vehicles = count_seen(sheet.seen, kVehicle);
  std::map<city::ObjectClass, std::vector<std::int32_t>> classes;
  for (const SeenObject& seen : sheet.seen) {
    if (seen.share < kLeastShare || !city::is_a(seen.subject.object_class, kBuilding)) continue;
    classes[seen.subject.object_class].push_back(seen.subject.id);
  }
  constexpr std::size_t kFewest = 4;  // below them a majority says nothing
  constexpr double kClearMajority = 0.6;
  for (auto& [object_class, ids] : classes) {
    if (object_class == kBuilding || sheet.buildings.ids.size() < kFewest) continue;
    if (static_cast<double>(ids.size()) < kClearMajority * static_cast<double>(sheet.buildings.ids.size())) continue;
    sheet.most = object_class;
    sheet.most_ids = ids;
  }
}

void measure_shares(const ViewPixels& pixels, FactSheet& sheet) {
  sheet.sky = sky_share(pixels);
  std::map<city::ObjectClass, double> greens;
  for (const SeenObject& seen : sheet.seen) {
    const city::ObjectClass object_class = seen.subject.object_class;
    if (city::is_a(object_class, kWater)) {
      sheet.water += seen.share;
      sheet.water_ids.push_back(seen.subject.id);
    }
    if (object_class == kTree || city::is_a(object_class, kGreen)) {
      sheet.green += seen.share;
      greens[object_class] += seen.share;
      sheet.green_ids.push_back(seen.subject.id);
    }
  }
  constexpr double kPart = 0.12, kNextToNothing = 0.05;  // of the green
  constexpr std::size_t kMostNamed = 3;
  double named = 0;
  std::vector<std::pair<double, city::ObjectClass>> ordered;
  for (const auto& [object_class, share] : greens) ordered.emplace_back(-share, object_class);
  std::sort(ordered.begin(), ordered.end());
  for (const auto& [share, object_class] : ordered) {
    if (-share < kPart * sheet.green || sheet.green_classes.size() == kMostNamed) break;
    sheet.green_classes.push_back(object_class);
    named -= share;
  }
  sheet.green_rest = named < (1 - kNextToNothing) * sheet.green;
}

std::vector<std::pair<std::string, double>> name_colours(const ViewPixels& pixels) {
  constexpr std::size_t kStep = 5;  // one pixel in so many is enough for shares
  std::map<std::string, double> shares;
  double all = 0;
  for (std::size_t i = 0; i + 2 < pixels.colour.size(); i += 3 * kStep) {
    const int colour = nearest_colour({pixels.colour[i], pixels.colour[i + 1], pixels.colour[i + 2]});
    ++shares[std::string(palette()[static_cast<std::size_t>(colour)].name)];
    ++all;
  }
  std::vector<std::pair<std::string, double>> colours(shares.begin(), shares.end());
  for (auto& [name, share] : colours) share /= all;
  std::stable_sort(colours.begin(), colours.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return colours;
}

std::vector<float> surfaces_of(const ViewPixels& pixels) {
  std::vector<float> surfaces;
  surfaces.reserve(pixels.depth.size());
  std::copy_if(pixels.depth.begin(), pixels.depth.end(), std::back_inserter(surfaces), [](float depth) { return depth > 0; });
  return surfaces;
}

}  // namespace

Conditions conditions_of(const editor::DocumentState& state) {
  constexpr double kPlain = 0.3;  // of its strength: to be seen as what it is called
  Conditions conditions;
  for (const editor::Effect& effect : state.effects) {
    if (effect.muted || !effect.targets.empty() || effect.strength < kPlain) continue;
    if (effect.kind == editor::EffectKind::kLight) conditions.minutes = editor::minute_of(effect.sun);
    if (effect.kind == editor::EffectKind::kSeason) conditions.season = editor::word_of(effect.season);
    if (effect.kind == editor::EffectKind::kWeather) conditions.weather = editor::word_of(effect.weather);
  }
  return conditions;
}

std::optional<double> ground_at(const city::Catalogue& catalogue, glm::dvec2 place) {
  constexpr std::size_t kObjects = 4;
  constexpr double kOwnReach = 5;                  // metres: nearer ones count alike
  std::vector<std::pair<double, double>> nearest;  // distance, base
  nearest.reserve(catalogue.size());
  for (const city::Object& object : catalogue.objects()) {
    // Water lies below the ground, bridges stand in it.
    const bool on_ground = city::is_a(object.object_class, kBuilding) || object.object_class == kTree || object.object_class == kMonument;
    if (on_ground && !object.footprint.empty()) nearest.emplace_back(glm::distance(city::centroid(object.footprint), place), object.base);
  }
  if (nearest.empty()) return std::nullopt;
  const std::size_t count = std::min(kObjects, nearest.size());
  std::partial_sort(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(count), nearest.end());
  double sum = 0, weights = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = 1 / std::pow(nearest[i].first + kOwnReach, 2);
    sum += weight * nearest[i].second;
    weights += weight;
  }
  return sum / weights;
}

FactSheet make_fact_sheet(const CaptionScene& scene, const ViewPixels& pixels) {
  FactSheet sheet;
  sheet.has_catalogue = scene.city.catalogue().size() > 0;
  sheet.conditions = scene.conditions;
  read_camera(pixels.camera, scene.ground ? scene.ground : ground_at(scene.city.catalogue(), glm::dvec2(pixels.camera.position)), sheet);
  sheet.seen = find_seen_objects(scene, pixels);
  if (sheet.kind != ViewKind::kStraightDown) mark_depths(sheet.seen, surfaces_of(pixels));
  measure_shares(pixels, sheet);
  count_objects(sheet);
  sheet.tallest = find_tallest(sheet.seen);
  choose_subjects(scene, sheet);
  sheet.colours = name_colours(pixels);
  return sheet;
}

}  // namespace skyline::models
