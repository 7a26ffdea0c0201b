#include "editor/own_source.h"

#include "city/polygon.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace skyline::editor {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> kKinds{"prop", "mesh", "region"};
constexpr double kFarthest = 1e6, kTallest = 1e4;  // metres
constexpr std::size_t kMostCorners = 4096;

json colour_json(const std::optional<glm::u8vec3>& colour) { return colour ? json{colour->r, colour->g, colour->b} : json(); }

std::optional<glm::u8vec3> colour_of(const json& value) {
  if (!value.is_array()) return std::nullopt;
  return glm::u8vec3(value.at(0).get<std::uint8_t>(), value.at(1).get<std::uint8_t>(), value.at(2).get<std::uint8_t>());
}

}  // namespace

city::Object object_of(const OwnSource& source, std::int32_t id) {
  city::Object object;
  object.id = id;
  object.object_class = source.object_class;
  object.name = object.name_zh = source.name;
  object.footprint = source.footprint;
  object.base = source.base;
  object.height = source.height;
  object.wall = source.wall;
  object.roof = source.roof;
  return object;
}

json json_of(const OwnSource& source) {
  json form{{"kind", kKinds[static_cast<std::size_t>(source.kind)]},
            {"class", city::class_name(source.object_class)},
            {"base", source.base},
            {"height", source.height}};
  for (const glm::dvec2& corner : source.footprint) form["footprint"].push_back({corner.x, corner.y});
  if (source.kind == OwnSource::Kind::kProp) form["variant"] = source.variant;
  if (source.kind == OwnSource::Kind::kMeshFile) {
    form["path"] = source.path;
    form["hash"] = source.content_hash;
  }
  if (!source.name.empty()) form["name"] = source.name;
  if (source.wall) form["wall"] = colour_json(source.wall);
  if (source.roof) form["roof"] = colour_json(source.roof);
  return form;
}

std::optional<OwnSource> own_source_of(const json& form) {
  try {
    OwnSource source;
    const auto kind = std::find(kKinds.begin(), kKinds.end(), form.at("kind").get<std::string>());
    const auto object_class = city::find_class(form.at("class").get<std::string>());
    if (kind == kKinds.end() || !object_class) return std::nullopt;
    source.kind = static_cast<OwnSource::Kind>(kind - kKinds.begin());
    source.object_class = *object_class;
    source.base = form.at("base").get<double>();
    source.height = form.at("height").get<double>();
    for (const json& corner : form.at("footprint")) source.footprint.emplace_back(corner.at(0).get<double>(), corner.at(1).get<double>());
    source.variant = form.value("variant", std::uint32_t{0});
    source.path = form.value("path", std::string());
    source.content_hash = form.value("hash", std::string());
    source.name = form.value("name", std::string());
    if (form.contains("wall")) source.wall = colour_of(form["wall"]);
    if (form.contains("roof")) source.roof = colour_of(form["roof"]);
    if (!check(source)) return std::nullopt;
    return source;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

core::Status check(const OwnSource& source) {
  const auto refuse = [](const char* where, const char* advice) { return core::Error{"there is no such object", where, advice}; };
  if (source.footprint.size() < 3 || source.footprint.size() > kMostCorners)
    return refuse("its outline has not 3 to 4,096 corners", "draw an area");
  for (const glm::dvec2& corner : source.footprint) {
    if (!(std::abs(corner.x) <= kFarthest && std::abs(corner.y) <= kFarthest)) return refuse("its outline is too far away", "");
  }
  if (!(city::area(source.footprint) > 1e-6)) return refuse("its outline has no area", "draw an area");
  if (!(std::abs(source.base) <= kFarthest)) return refuse("its base is no height", "");
  if (!(source.height > 0 && source.height <= kTallest)) return refuse("its height is not more than 0 and at most 10 km", "");
  return {};
}

}  // namespace skyline::editor
