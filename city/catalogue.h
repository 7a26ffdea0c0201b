// The object catalogue: what stands in a city, one entry an object (docs/objects.md is the written specification of objects.json).
//
//   core::Result<Catalogue> catalogue = load_catalogue("city/objects.json");
//   const Object* tower = catalogue->find(12);
//
// A catalogue is a value; reading one from several threads is safe. Footprints and paths are in metres, x east, y north.
#pragma once

#include "city/taxonomy.h"
#include "core/result.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace skyline::city {

using Polygon = std::vector<glm::dvec2>;  // closed implicitly
using Path = std::vector<glm::dvec2>;     // open

struct Object {
  std::int32_t id = 0;  // positive, unique in its catalogue
  ObjectClass object_class = ObjectClass::kOther;
  std::string name, name_zh;
  Polygon footprint;                      // areas: a simple polygon, counter-clockwise after reading; empty for lines
  Path path;                              // lines (roads, rivers, railways, bridges, walls): the middle line
  double width = 0;                       // of a line, metres
  double base = 0;                        // of the ground below it, metres
  double height = 0;                      // above base, metres
  std::optional<glm::u8vec3> wall, roof;  // display-encoded colours
  std::vector<std::string> tags;
  std::string further;  // unknown members of the object as one JSON object, kept on rewrite; empty: none
};

class Catalogue {
 public:
  std::string units = "m";
  std::string further;  // unknown members of the file, as of an object

  const std::vector<Object>& objects() const { return objects_; }
  std::size_t size() const { return objects_.size(); }
  const Object* find(std::int32_t id) const;  // nullptr: no such object

  // Errors name the object and the rule it breaks: id not positive or taken, footprint of fewer than three different corners, self-crossing
  // or without area, line of fewer than two points or without width, both or neither of footprint and path, number not finite or too large.
  core::Status add(Object object);

 private:
  std::vector<Object> objects_;
  std::unordered_map<std::int32_t, std::size_t> by_id_;
};

// `where` is the file's name in errors. Also: not JSON, not "skyline-objects", newer version, unknown class, colour not "#rrggbb".
core::Result<Catalogue> parse_catalogue(std::string_view json, const std::string& where);
std::string write_catalogue(const Catalogue& catalogue);
core::Result<Catalogue> load_catalogue(const std::filesystem::path& path);
core::Status save_catalogue(const Catalogue& catalogue, const std::filesystem::path& path);

}  // namespace skyline::city
