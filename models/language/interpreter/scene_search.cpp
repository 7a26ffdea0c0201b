#include "models/language/interpreter/scene_search.h"

#include "models/language/interpreter/resolver.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace skyline::models {
namespace {

constexpr double kPointerReach_m = 15;
constexpr double kClearly = 1.5;  // so many times closer than the next one
constexpr double kCentreReach_deg = 30;

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto first = result.find_first_not_of(' '), last = result.find_last_not_of(' ');
  return first == std::string::npos ? std::string() : result.substr(first, last - first + 1);
}

glm::dvec3 direction_of(const Viewpoint& camera) {
  const double yaw = camera.yaw_deg * std::numbers::pi / 180, pitch = camera.pitch_deg * std::numbers::pi / 180;
  return {-std::sin(yaw) * std::cos(pitch), std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
}

}  // namespace

bool is_of_class(const city::Object& object, const Query& query) {
  if (query.classes.empty()) return true;
  for (const city::ObjectClass wanted : query.classes) {
    if (city::is_a(object.object_class, wanted)) return true;
    if (query.also_named.empty()) continue;
    const auto parent = city::parent_class(wanted);
    const bool named =
        object.name.find(query.also_named) != std::string::npos || object.name_zh.find(query.also_named) != std::string::npos;
    if (named && parent && city::is_a(object.object_class, *parent)) return true;
  }
  return false;
}

Places class_members(const SceneView& scene, const Query& query) {
  Places places;
  const auto& objects = scene.catalogue().objects();
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    if (is_of_class(objects[i], query)) places.push_back(i);
  }
  return places;
}

Places objects_named(const SceneView& scene, std::string_view name) {
  const std::string wanted = folded(name);
  Places exact, partial;
  if (wanted.empty()) return exact;
  const auto& objects = scene.catalogue().objects();
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    bool is_exact = false, is_partial = false;
    for (const std::string* const own : {&objects[i].name, &objects[i].name_zh}) {
      if (own->size() < wanted.size()) continue;
      const std::string known = folded(*own);
      is_exact = is_exact || known == wanted;
      is_partial = is_partial || known.find(wanted) != std::string::npos;
    }
    if (is_exact) exact.push_back(i);
    if (is_partial) partial.push_back(i);
  }
  return exact.empty() ? partial : exact;
}

// As a word of its own: "mill" is no part of "Miller".
bool holds_word(const std::string& text, std::string_view word) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_letter(text[at - 1]) || !is_letter(word.front());
    if (begins && (end == text.size() || !is_letter(text[end]) || !is_letter(word.back()))) return true;
  }
  return false;
}

bool has_tag(const city::Object& object, std::string_view tag) {
  if (std::find(object.tags.begin(), object.tags.end(), tag) != object.tags.end()) return true;
  const std::string word = folded(tag);
  return !word.empty() && (holds_word(folded(object.name), word) || holds_word(folded(object.name_zh), word));
}

std::optional<std::uint32_t> object_at_point(const SceneView& scene, glm::dvec2 point, const Query& query) {
  const auto& objects = scene.catalogue().objects();
  std::optional<std::uint32_t> best;
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const bool a_stands = objects[a].height > 0, b_stands = objects[b].height > 0;
    return a_stands != b_stands ? a_stands : scene.measured()[a].area < scene.measured()[b].area;
  };
  for (const std::uint32_t place : scene.index().containing(point)) {
    if (scene.hidden(objects[place].id) || !is_of_class(objects[place], query)) continue;
    if (!best || before(place, *best)) best = place;
  }
  if (best) return best;
  const auto near =
      scene.index().nearest(point, 2, [&](const city::Object& object) { return !scene.hidden(object.id) && is_of_class(object, query); });
  if (near.empty()) return std::nullopt;
  const double gap = city::gap(objects[near[0]], point);
  const bool clearly = near.size() < 2 || city::gap(objects[near[1]], point) >= kClearly * gap;
  return gap <= kPointerReach_m && clearly ? std::optional(near[0]) : std::nullopt;
}

std::optional<std::uint32_t> closest_to_centre(const SceneView& scene, const Viewpoint& camera, const Places& places) {
  const glm::dvec3 forward = direction_of(camera);
  std::array<double, 2> least{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::optional<std::uint32_t> best;
  for (const std::uint32_t place : places) {
    const city::Object& object = scene.catalogue().objects()[place];
    const glm::dvec3 to = glm::dvec3(scene.measured()[place].centroid, object.base + object.height / 2) - camera.position;
    const double length = glm::length(to);
    if (length == 0) continue;
    const double angle = std::acos(std::clamp(glm::dot(to, forward) / length, -1.0, 1.0)) * 180 / std::numbers::pi;
    if (angle < least[0]) {
      least = {angle, least[0]};
      best = place;
    } else {
      least[1] = std::min(least[1], angle);
    }
  }
  if (least[0] > kCentreReach_deg || least[1] < kClearly * least[0] + 1) return std::nullopt;
  return best;
}

std::optional<glm::dvec2> view_centre(const Viewpoint& camera) {
  const glm::dvec3 forward = direction_of(camera);
  if (forward.z > -0.02 || camera.position.z <= 0) return std::nullopt;
  return glm::dvec2(camera.position + forward * (camera.position.z / -forward.z));
}

double percentile(std::vector<double>& values, double share) {
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), middle, values.end());
  if (below + 1 >= values.size()) return *middle;
  const double next = *std::min_element(middle + 1, values.end());
  return *middle + (next - *middle) * (at - static_cast<double>(below));
}

std::vector<std::pair<city::ObjectClass, std::size_t>> classes_present(const SceneView& scene) {
  std::vector<std::pair<city::ObjectClass, std::size_t>> counts;
  for (const city::ObjectClass c : city::all_classes()) counts.emplace_back(c, 0);
  for (const city::Object& object : scene.catalogue().objects()) ++counts[static_cast<std::size_t>(object.object_class)].second;
  std::erase_if(counts, [](const auto& count) { return count.second == 0; });
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return counts;
}

}  // namespace skyline::models
