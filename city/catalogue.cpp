#include "city/catalogue.h"

#include "city/polygon.h"
#include "core/file.h"
#include "core/json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace skyline::city {
namespace {

using core::Error;
using core::Status;
using nlohmann::json;

constexpr int kVersion = 1;
constexpr double kFarthest_m = 1e7;  // half a meridian; beyond it millimetres are lost
constexpr const char* kWhat = "cannot read the object catalogue";

std::string object_label(std::int32_t id) { return fmt::format("object {}", id); }

Error broken(const std::string& label, std::string_view rule, std::string advice) {
  return {"cannot take an object into the catalogue", fmt::format("{}: {}", label, rule), std::move(advice)};
}

bool is_usable(double value) { return std::isfinite(value) && std::abs(value) <= kFarthest_m; }

Status check_numbers(const Object& object, const std::string& label) {
  const auto usable = [](glm::dvec2 p) { return is_usable(p.x) && is_usable(p.y); };
  constexpr const char* kAdvice = "give metres, at most 10,000 km from the origin";
  if (!std::all_of(object.footprint.begin(), object.footprint.end(), usable))
    return broken(label, "a corner of its footprint is not a finite place", kAdvice);
  if (!std::all_of(object.path.begin(), object.path.end(), usable))
    return broken(label, "a point of its path is not a finite place", kAdvice);
  for (const auto& [name, value] : {std::pair{"width", object.width}, {"base", object.base}, {"height", object.height}}) {
    if (!is_usable(value)) return broken(label, fmt::format("its {} is not a finite length", name), kAdvice);
  }
  if (object.width < 0) return broken(label, "its width is negative", "give metres from 0 up");
  if (object.height < 0) return broken(label, "its height is negative", "give metres above the base, from 0 up");
  return {};
}

// Minus zero is written as it stands and read back as zero, so it is made zero at once.
void drop_signs_of_zero(Object& object) {
  for (double* value : {&object.width, &object.base, &object.height}) *value += 0.0;
  for (glm::dvec2& p : object.footprint) p += 0.0;
  for (glm::dvec2& p : object.path) p += 0.0;
}

// What stands there once, as the catalogue keeps it: counter-clockwise, no corner twice.
Status settle_shape(Object& object, const std::string& label) {
  if (object.footprint.empty() == object.path.empty())
    return object.path.empty() ? broken(label, "it has neither a footprint nor a path", "give one of the two")
                               : broken(label, "it has a footprint and a path", "give one of the two");
  if (!object.path.empty()) {
    object.path.erase(std::unique(object.path.begin(), object.path.end()), object.path.end());
    if (object.path.size() < 2) return broken(label, "its path has fewer than two different points", "give at least two");
    if (!(object.width > 0)) return broken(label, "its path has no width", "give \"width\" in metres, above 0");
    return {};
  }
  object.footprint = without_repeats(object.footprint);
  if (object.footprint.size() < 3) return broken(label, "its footprint has fewer than three different corners", "give at least three");
  if (convex_hull(object.footprint).size() < 3) return broken(label, "its footprint has no area", "give corners that are not on one line");
  if (!is_simple(object.footprint)) return broken(label, "its footprint crosses or touches itself", "give a simple polygon");
  if (signed_area(object.footprint) < 0) std::reverse(object.footprint.begin(), object.footprint.end());
  return {};
}

// Reads the members of one object; each `take` removes what it understands, and the rest is kept as unknown.
class ObjectReader {
 public:
  ObjectReader(json& source, std::size_t index) : source_(source), label_(fmt::format("object number {}", index + 1)) {}

  core::Result<Object> read() {
    if (!source_.is_object()) return fail("it is not a JSON object", "write {\"id\": ..., \"class\": ...}");
    Object object;
    if (const Status read = read_members(object); !read) return read.error();
    if (!source_.empty()) object.further = source_.dump();
    return object;
  }

 private:
  Error fail(std::string_view rule, std::string advice) const { return broken(label_, rule, std::move(advice)); }

  Status read_members(Object& object) {
    if (const Status read = read_id(object.id); !read) return read;
    if (const Status read = read_class(object.object_class); !read) return read;
    for (const auto& [name, target] : {std::pair{"name", &object.name}, {"name_zh", &object.name_zh}}) {
      if (const Status read = read_text(name, *target); !read) return read;
    }
    for (const auto& [name, target] : {std::pair{"footprint", &object.footprint}, {"path", &object.path}}) {
      if (const Status read = read_points(name, *target); !read) return read;
    }
    for (const auto& [name, target] : {std::pair{"width", &object.width}, {"base", &object.base}, {"height", &object.height}}) {
      if (const Status read = read_number(name, *target); !read) return read;
    }
    for (const auto& [name, target] : {std::pair{"wall", &object.wall}, {"roof", &object.roof}}) {
      if (const Status read = read_color(name, *target); !read) return read;
    }
    return read_tags(object.tags);
  }

  // The member, taken out; discarded when it is absent.
  json take(const char* name) {
    const auto found = source_.find(name);
    if (found == source_.end()) return json(json::value_t::discarded);
    json value = std::move(*found);
    source_.erase(found);
    return value;
  }

  Status read_id(std::int32_t& id) {
    const json value = take("id");
    constexpr const char* kAdvice = "give a whole number from 1 to 2147483647";
    if (value.is_discarded()) return fail("it has no id", kAdvice);
    if (!value.is_number_integer()) return fail("its id is not a whole number", kAdvice);
    const bool large = value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int32_t>::max();
    if (large || value.get<std::int64_t>() < 1) {
      label_ = fmt::format("object {}", value.dump());
      return fail("its id is not between 1 and 2147483647", kAdvice);
    }
    id = value.get<std::int32_t>();
    label_ = object_label(id);
    return {};
  }

  Status read_class(ObjectClass& object_class) {
    const json value = take("class");
    if (value.is_discarded()) return fail("it has no class", "give one of the taxonomy, such as \"building\"");
    if (!value.is_string()) return fail("its class is not a text", "give one of the taxonomy, such as \"building\"");
    const auto found = find_class(value.get_ref<const std::string&>());
    if (!found) {
      return fail(fmt::format("its class {} is not in the taxonomy", value.dump(-1, ' ', false, json::error_handler_t::replace)),
                  "take the nearest class, or \"other\"");
    }
    object_class = *found;
    return {};
  }

  Status read_text(const char* name, std::string& target) {
    json value = take(name);
    if (value.is_discarded()) return {};
    if (!value.is_string()) return fail(fmt::format("its {} is not a text", name), "put it in quotes");
    target = std::move(value.get_ref<std::string&>());
    return {};
  }

  Status read_number(const char* name, double& target) {
    const json value = take(name);
    if (value.is_discarded()) return {};
    if (!value.is_number()) return fail(fmt::format("its {} is not a number", name), "give metres");
    target = value.get<double>();
    return {};
  }

  Status read_points(const char* name, std::vector<glm::dvec2>& target) {
    const json value = take(name);
    if (value.is_discarded()) return {};
    if (!value.is_array()) return fail(fmt::format("its {} is not a list", name), "give a list of [x, y]");
    target.reserve(value.size());
    for (const json& point : value) {
      if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number())
        return fail(fmt::format("a point of its {} is not [x, y]", name), "give two numbers a point, in metres");
      target.emplace_back(point[0].get<double>(), point[1].get<double>());
    }
    return {};
  }

  Status read_color(const char* name, std::optional<glm::u8vec3>& target) {
    const json value = take(name);
    if (value.is_discarded()) return {};
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    if (value.is_string()) {
      const std::string& text = value.get_ref<const std::string&>();
      if (text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), is_hex)) {
        const unsigned long rgb = std::stoul(text.substr(1), nullptr, 16);
        target = glm::u8vec3((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);
        return {};
      }
    }
    return fail(fmt::format("its {} colour is not \"#rrggbb\"", name), "give six hexadecimal digits after #");
  }

  Status read_tags(std::vector<std::string>& tags) {
    const json value = take("tags");
    if (value.is_discarded()) return {};
    const bool texts = value.is_array() && std::all_of(value.begin(), value.end(), [](const json& tag) { return tag.is_string(); });
    if (!texts) return fail("its tags are not a list of texts", "give a list such as [\"glass\"]");
    tags = value.get<std::vector<std::string>>();
    return {};
  }

  json& source_;
  std::string label_;
};

std::string quoted(const std::string& text) { return json(text).dump(-1, ' ', false, json::error_handler_t::replace); }

void write_points(std::string& out, const char* name, const std::vector<glm::dvec2>& points) {
  fmt::format_to(std::back_inserter(out), ", \"{}\": [", name);
  for (std::size_t i = 0; i < points.size(); ++i)
    fmt::format_to(std::back_inserter(out), "{}[{}, {}]", i > 0 ? ", " : "", points[i].x, points[i].y);
  out += ']';
}

// The members of a JSON object without its braces, each after ", ".
std::string members_of(const std::string& further) {
  const json object = json::parse(further.empty() ? "{}" : further, nullptr, false);
  std::string text;
  if (!object.is_object()) return text;
  for (const auto& [name, value] : object.items())
    text += ", " + quoted(name) + ": " + value.dump(-1, ' ', false, json::error_handler_t::replace);
  return text;
}

void write_object(std::string& out, const Object& object) {
  const auto put = [&out](const char* name, const std::string& value) { (((out += ", \"") += name) += "\": ") += value; };
  fmt::format_to(std::back_inserter(out), "{{\"id\": {}, \"class\": \"{}\"", object.id, class_name(object.object_class));
  if (!object.name.empty()) put("name", quoted(object.name));
  if (!object.name_zh.empty()) put("name_zh", quoted(object.name_zh));
  if (!object.footprint.empty()) write_points(out, "footprint", object.footprint);
  if (!object.path.empty()) write_points(out, "path", object.path);
  if (object.width != 0) put("width", fmt::format("{}", object.width));
  if (object.base != 0 || object.path.empty()) put("base", fmt::format("{}", object.base));
  if (object.height != 0 || object.path.empty()) put("height", fmt::format("{}", object.height));
  if (object.wall) put("wall", fmt::format("\"#{:02x}{:02x}{:02x}\"", object.wall->x, object.wall->y, object.wall->z));
  if (object.roof) put("roof", fmt::format("\"#{:02x}{:02x}{:02x}\"", object.roof->x, object.roof->y, object.roof->z));
  if (!object.tags.empty()) {
    std::string tags;
    for (const std::string& tag : object.tags) tags += (tags.empty() ? "" : ", ") + quoted(tag);
    put("tags", "[" + tags + "]");
  }
  out += members_of(object.further);
  out += '}';
}

Status check_header(const json& file, const std::string& where) {
  if (!file.is_object() || !file.contains("format") || file["format"] != "skyline-objects")
    return Error{kWhat, where + " is not an object catalogue", "its \"format\" is \"skyline-objects\""};
  if (!file.contains("version") || !file["version"].is_number_integer() || file["version"].get<std::int64_t>() < 1)
    return Error{kWhat, where + " has no version", fmt::format("give \"version\": {}", kVersion)};
  if (file["version"].get<std::int64_t>() > kVersion)
    return Error{kWhat, fmt::format("{} has version {}", where, file["version"].dump()), "read it with a newer Skyline"};
  if (file.contains("units") && file["units"] != "m") return Error{kWhat, where + " is not in metres", "give \"units\": \"m\""};
  if (!file.contains("objects") || !file["objects"].is_array())
    return Error{kWhat, where + " has no list of objects", "give \"objects\": []"};
  return {};
}

}  // namespace

const Object* Catalogue::find(std::int32_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &objects_[found->second];
}

Status Catalogue::add(Object object) {
  const std::string label = object_label(object.id);
  if (object.id < 1) return broken(label, "its id is not positive", "give a whole number from 1 up");
  if (by_id_.contains(object.id)) return broken(label, "its id is taken by another object", "give every object an id of its own");
  if (const Status fine = check_numbers(object, label); !fine) return fine;
  drop_signs_of_zero(object);
  if (const Status fine = settle_shape(object, label); !fine) return fine;
  by_id_.emplace(object.id, objects_.size());
  objects_.push_back(std::move(object));
  return {};
}

core::Result<Catalogue> parse_catalogue(std::string_view text, const std::string& where) {
  if (!core::is_shallow_json(text)) return Error{kWhat, where + " nests too deep", "is it an object catalogue?"};
  try {
    json file = json::parse(text);
    if (const Status fine = check_header(file, where); !fine) return fine.error();
    json list = std::move(file["objects"]);
    Catalogue catalogue;
    for (std::size_t i = 0; i < list.size(); ++i) {
      auto object = ObjectReader(list[i], i).read();
      const Status added = object ? catalogue.add(std::move(*object)) : Status(object.error());
      if (!added) return Error{kWhat, fmt::format("{}, {}", where, added.error().where), added.error().advice};
      list[i] = nullptr;
    }
    for (const char* known : {"format", "version", "units", "objects"}) file.erase(known);
    if (!file.empty()) catalogue.further = file.dump();
    return catalogue;
  } catch (const json::exception& exception) {
    return Error{kWhat, fmt::format("{} is not valid JSON ({})", where, exception.what()), "correct the text at that place"};
  } catch (const std::bad_alloc&) {
    return Error{kWhat, where + " needs more than the free memory", "close other programs"};
  }
}

std::string write_catalogue(const Catalogue& catalogue) {
  std::string out = fmt::format("{{\"format\": \"skyline-objects\", \"version\": {}, \"units\": \"m\"{}, \"objects\": [\n", kVersion,
                                members_of(catalogue.further));
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    write_object(out, catalogue.objects()[i]);
    out += i + 1 < catalogue.size() ? ",\n" : "\n";
  }
  out += "]}\n";
  return out;
}

core::Result<Catalogue> load_catalogue(const std::filesystem::path& path) {
  const auto text = core::read_text_file(path);
  if (!text) return text.error();
  return parse_catalogue(*text, path.string());
}

Status save_catalogue(const Catalogue& catalogue, const std::filesystem::path& path) {
  const std::string text = write_catalogue(catalogue);
  return core::write_file_atomic(path, std::as_bytes(std::span(text)));
}

}  // namespace skyline::city
