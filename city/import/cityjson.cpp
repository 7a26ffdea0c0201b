#include "city/import/cityjson.h"

#include "city/import/solid_city.h"
#include "city/triangulate.h"
#include "core/file.h"
#include "core/json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <string>

namespace skyline::city {
namespace {

using core::Error;
using core::Result;
using core::Status;
using nlohmann::json;

constexpr const char* kWhat = "cannot read the CityJSON file";

Error broken(const std::string& where, std::string_view rule) {
  return {kWhat, fmt::format("{}: {}", where, rule), "correct it or write the file again"};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// CityJSON 2.0.1, section 2: the types of city objects.
struct TypeClass {
  std::string_view type;
  ObjectClass object_class;
};
constexpr std::array kTypes{
    TypeClass{"Building", ObjectClass::kBuilding},
    TypeClass{"BuildingPart", ObjectClass::kBuilding},
    TypeClass{"BuildingInstallation", ObjectClass::kBuilding},
    TypeClass{"Bridge", ObjectClass::kBridge},
    TypeClass{"BridgePart", ObjectClass::kBridge},
    TypeClass{"Road", ObjectClass::kRoad},
    TypeClass{"Railway", ObjectClass::kRailway},
    TypeClass{"TransportSquare", ObjectClass::kSquare},
    TypeClass{"WaterBody", ObjectClass::kWater},
    TypeClass{"Waterway", ObjectClass::kWater},
    TypeClass{"PlantCover", ObjectClass::kGreen},
    TypeClass{"SolitaryVegetationObject", ObjectClass::kTree},
};

ObjectClass class_of_type(const std::string& type) {
  for (const TypeClass& row : kTypes) {
    if (row.type == type) return row.object_class;
  }
  return ObjectClass::kOther;
}

// "church", "1070 school" and the like; the names of the taxonomy only, since the codes of functions differ from country to country.
ObjectClass class_of_function(const std::string& function, ObjectClass otherwise) {
  const std::string text = lower(function);
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])) != 0) {
      word += text[i];
      continue;
    }
    if (const auto found = find_class(word); found && is_a(*found, ObjectClass::kBuilding)) return *found;
    word.clear();
  }
  return otherwise;
}

Part part_of_surface(const std::string& type) {
  if (type == "WallSurface" || type == "Window" || type == "Door") return Part::kWall;
  if (type == "RoofSurface" || type == "OuterCeilingSurface") return Part::kRoof;
  if (type == "GroundSurface" || type == "OuterFloorSurface") return Part::kGround;
  return Part::kNone;
}

double lod_of(const json& geometry) {
  if (!geometry.is_object() || !geometry.contains("lod")) return 0;
  const json& lod = geometry["lod"];
  if (lod.is_number()) return lod.get<double>();
  return lod.is_string() ? std::strtod(lod.get_ref<const std::string&>().c_str(), nullptr) : 0;
}

class Importer {
 public:
  Importer(const json& file, std::string where) : file_(file), where_(std::move(where)) {}

  Result<std::vector<Solid>> run() {
    if (!file_.is_object() || !file_.contains("type") || file_["type"] != "CityJSON")
      return broken(where_, "it is not CityJSON, whose \"type\" is \"CityJSON\"");
    if (!file_.contains("CityObjects") || !file_["CityObjects"].is_object()) return broken(where_, "it has no \"CityObjects\"");
    if (file_["CityObjects"].empty()) return broken(where_, "it has no city object");
    if (const Status read = read_vertices(); !read) return read.error();
    for (const auto& [id, object] : file_["CityObjects"].items()) {
      if (const Status read = read_object(id, object); !read) return read.error();
    }
    std::vector<Solid> solids;
    for (const std::string& id : order_) {
      if (!solids_[id].indices.empty()) solids.push_back(std::move(solids_[id]));
    }
    if (solids.empty()) return broken(where_, "no city object has a surface");
    return solids;
  }

 private:
  Status read_vertices() {
    if (!file_.contains("vertices") || !file_["vertices"].is_array()) return broken(where_, "it has no \"vertices\"");
    std::array<double, 3> scale{1, 1, 1}, shift{0, 0, 0};
    if (file_.contains("transform")) {
      const json& transform = file_["transform"];
      for (const auto& [name, target] : {std::pair{"scale", &scale}, {"translate", &shift}}) {
        const bool fits = transform.is_object() && transform.contains(name) && transform[name].is_array() && transform[name].size() == 3 &&
                          std::all_of(transform[name].begin(), transform[name].end(), [](const json& v) { return v.is_number(); });
        if (!fits) return broken(where_, fmt::format("its transform has no {} of three numbers", name));
        *target = transform[name].get<std::array<double, 3>>();
      }
    }
    vertices_.reserve(file_["vertices"].size());
    for (const json& vertex : file_["vertices"]) {
      const bool fits = vertex.is_array() && vertex.size() == 3 && vertex[0].is_number() && vertex[1].is_number() && vertex[2].is_number();
      if (!fits) return broken(where_, fmt::format("vertex {} is not three numbers", vertices_.size()));
      glm::dvec3 p(0.0);
      for (int c = 0; c < 3; ++c) {
        const auto at = static_cast<std::size_t>(c);
        p[c] = vertex[at].get<double>() * scale[at] + shift[at];
      }
      if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
        return broken(where_, fmt::format("vertex {} is not finite", vertices_.size()));
      vertices_.push_back(p);
    }
    owner_.resize(vertices_.size(), {nullptr, 0});
    return {};
  }

  // The object that a part belongs to: its outermost parent.
  std::string owner_of(std::string id) const {
    const json& objects = file_["CityObjects"];
    for (int depth = 0; depth < 8; ++depth) {
      const json& object = objects[id];
      if (!object.is_object() || !object.contains("parents") || !object["parents"].is_array() || object["parents"].empty()) break;
      const json& parent = object["parents"][0];
      if (!parent.is_string() || !objects.contains(parent.get_ref<const std::string&>())) break;
      const std::string& type_of_parent = text_of(objects[parent.get_ref<const std::string&>()], "type");
      if (type_of_parent == "CityObjectGroup") break;
      id = parent.get<std::string>();
    }
    return id;
  }

  static const std::string& text_of(const json& object, const char* name) {
    static const std::string kNothing;
    if (!object.is_object() || !object.contains(name) || !object[name].is_string()) return kNothing;
    return object[name].get_ref<const std::string&>();
  }

  Status read_object(const std::string& id, const json& object) {
    const std::string label = fmt::format("{}, city object {}", where_, id);
    if (!object.is_object() || text_of(object, "type").empty()) return broken(label, "it has no \"type\"");
    const std::string owner = owner_of(id);
    const auto [found, fresh] = solids_.try_emplace(owner);
    Solid& solid = found->second;
    if (fresh) {
      order_.push_back(owner);
      describe(owner, file_["CityObjects"][owner], solid);
    }
    if (!object.contains("geometry")) return {};
    if (!object["geometry"].is_array()) return broken(label, "its geometry is not a list");
    const json* best = nullptr;
    for (const json& geometry : object["geometry"]) {
      if (!geometry.is_object() || !is_surface_type(text_of(geometry, "type"))) continue;
      if (best == nullptr || lod_of(geometry) > lod_of(*best)) best = &geometry;
    }
    return best == nullptr ? Status() : read_geometry(*best, label, solid);
  }

  static bool is_surface_type(const std::string& type) {
    return type == "Solid" || type == "MultiSolid" || type == "CompositeSolid" || type == "MultiSurface" || type == "CompositeSurface";
  }

  void describe(const std::string& id, const json& object, Solid& solid) const {
    const std::string& type = text_of(object, "type");
    solid.object_class = class_of_type(type);
    solid.is_terrain = type == "TINRelief" || type == "LandUse";
    solid.name = id;
    json further{{"source_id", id}, {"source_type", type}};
    if (object.is_object() && object.contains("attributes") && object["attributes"].is_object()) {
      const json& attributes = object["attributes"];
      if (const std::string& name = text_of(attributes, "name"); !name.empty()) solid.name = name;
      if (solid.object_class == ObjectClass::kBuilding)
        solid.object_class = class_of_function(text_of(attributes, "class") + " " + text_of(attributes, "function"), solid.object_class);
      if (attributes.contains("measuredHeight") && attributes["measuredHeight"].is_number()) {
        const double height = attributes["measuredHeight"].get<double>();
        if (height > 0 && height < 2000) solid.height = height;
      }
      further["attributes"] = attributes;
    }
    solid.further = further.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  Status read_geometry(const json& geometry, const std::string& label, Solid& solid) {
    if (!geometry.contains("boundaries") || !geometry["boundaries"].is_array()) return broken(label, "a geometry has no \"boundaries\"");
    static const json kNone;
    const json& semantics = geometry.contains("semantics") && geometry["semantics"].is_object() ? geometry["semantics"] : kNone;
    surfaces_.clear();
    if (semantics.is_object() && semantics.contains("surfaces") && semantics["surfaces"].is_array()) {
      for (const json& surface : semantics["surfaces"]) surfaces_.push_back(part_of_surface(text_of(surface, "type")));
    }
    const json& values = semantics.is_object() && semantics.contains("values") ? semantics["values"] : kNone;
    const std::string& type = text_of(geometry, "type");
    const int depth = type == "Solid" ? 1 : type == "MultiSolid" || type == "CompositeSolid" ? 2 : 0;
    return read_surfaces(geometry["boundaries"], values, depth, label, solid);
  }

  // `depth` lists of lists above a list of surfaces; `values` has the same shape, or ends early.
  Status read_surfaces(const json& list, const json& values, int depth, const std::string& label, Solid& solid) {
    static const json kNone;
    if (!list.is_array()) return broken(label, "its boundaries do not nest as its geometry type asks");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const json& value = values.is_array() && i < values.size() ? values[i] : kNone;
      const Status read = depth > 0 ? read_surfaces(list[i], value, depth - 1, label, solid) : read_surface(list[i], value, label, solid);
      if (!read) return read;
    }
    return {};
  }

  Status read_surface(const json& rings, const json& value, const std::string& label, Solid& solid) {
    if (!rings.is_array() || rings.empty()) return broken(label, "a surface has no ring");
    std::vector<std::vector<glm::dvec3>> corners;
    std::vector<std::uint32_t> numbers;  // of the corners in the solid
    for (const json& ring : rings) {
      if (!ring.is_array() || ring.size() < 3) return broken(label, "a ring has fewer than three corners");
      auto& places = corners.emplace_back();
      for (const json& index : ring) {
        if (!index.is_number_integer()) return broken(label, "its boundaries do not nest as its geometry type asks");
        const auto vertex = index.get<std::int64_t>();
        if (vertex < 0 || vertex >= static_cast<std::int64_t>(vertices_.size()))
          return broken(label, fmt::format("it names vertex {} of {}", index.dump(), vertices_.size()));
        places.push_back(vertices_[static_cast<std::size_t>(vertex)]);
        numbers.push_back(local_index(static_cast<std::size_t>(vertex), solid));
      }
    }
    Part part = Part::kNone;
    if (value.is_number_integer() && value.get<std::int64_t>() >= 0 &&
        value.get<std::int64_t>() < static_cast<std::int64_t>(surfaces_.size()))
      part = surfaces_[static_cast<std::size_t>(value.get<std::int64_t>())];
    for (const auto& triangle : triangulate(corners)) {
      for (const std::uint32_t corner : triangle) solid.indices.push_back(numbers[corner]);
      solid.parts.push_back(part);
    }
    return {};
  }

  std::uint32_t local_index(std::size_t vertex, Solid& solid) {
    auto& [owner, local] = owner_[vertex];
    if (owner != &solid) {
      owner = &solid;
      local = static_cast<std::uint32_t>(solid.positions.size());
      solid.positions.push_back(vertices_[vertex]);
    }
    return local;
  }

  const json& file_;
  std::string where_;
  std::vector<glm::dvec3> vertices_;
  std::vector<std::pair<const Solid*, std::uint32_t>> owner_;  // of each vertex: the solid that last used it, and its number there
  std::map<std::string, Solid> solids_;                        // by the id of the outermost parent; places in it do not move
  std::vector<std::string> order_;
  std::vector<Part> surfaces_;
};

}  // namespace

Result<CityModel> parse_cityjson(std::string_view text, const std::string& where, const std::string& name) {
  if (!core::is_shallow_json(text)) return broken(where, "it nests too deep");
  try {
    const json file = json::parse(text);
    auto solids = Importer(file, where).run();
    if (!solids) return solids.error();
    SolidCityOptions options;
    options.name = name;
    if (const auto metadata = file.find("metadata"); metadata != file.end() && metadata->is_object()) {
      if (const auto title = metadata->find("title"); title != metadata->end() && title->is_string())
        options.name = title->get<std::string>();
    }
    return city_from_solids(std::move(*solids), options, where);
  } catch (const json::exception& exception) {
    return broken(where, fmt::format("it is not valid JSON ({})", exception.what()));
  } catch (const std::bad_alloc&) {
    return Error{kWhat, where + " needs more than the free memory", "close other programs"};
  }
}

Result<CityModel> import_cityjson(const std::filesystem::path& path) {
  const auto text = core::read_text_file(path);
  if (!text) return text.error();
  std::string name = path.stem().string();
  if (name.ends_with(".city")) name.resize(name.size() - 5);
  return parse_cityjson(*text, path.string(), name);
}

}  // namespace skyline::city
