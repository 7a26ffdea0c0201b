#include "editor/operation.h"

#include "core/json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <optional>

namespace skyline::editor {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kModes{"set", "add", "remove", "intersect"};
constexpr std::array<std::string_view, 3> kParts{"all", "wall", "roof"};

ordered_json list_of(const glm::dvec3& v) { return {v.x, v.y, v.z}; }

std::string colour_text(const glm::u8vec3& colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b); }

// Writes the members after "command".
struct Writer {
  ordered_json& line;
  void operator()(const Select& o) const {
    line["ids"] = o.targets;
    line["mode"] = kModes[static_cast<std::size_t>(o.mode)];
  }
  void operator()(const SaveSelection& o) const { line["name"] = o.name; }
  void operator()(const Remove& o) const { line["targets"] = o.targets; }
  void operator()(const Move& o) const {
    line["targets"] = o.targets;
    line["offset"] = list_of(o.offset);
    if (!o.lifts.empty()) line["lifts"] = o.lifts;
  }
  void operator()(const Rotate& o) const {
    line["targets"] = o.targets;
    line["angle"] = o.angle_deg;
  }
  void operator()(const Scale& o) const {
    line["targets"] = o.targets;
    line["factor"] = list_of(o.factor);
  }
  void operator()(const Duplicate& o) const {
    line["targets"] = o.targets;
    line["count"] = o.count;
    line["offset"] = list_of(o.offset);
    line["first_id"] = o.first_id;
    if (!o.lifts.empty()) line["lifts"] = o.lifts;
  }
  void operator()(const Recolor& o) const {
    line["targets"] = o.targets;
    line["part"] = kParts[static_cast<std::size_t>(o.part)];
    line["color"] = colour_text(o.colour);
  }
  void operator()(const Hide& o) const { line["targets"] = o.targets; }
  void operator()(const Show& o) const { line["targets"] = o.targets; }
  void operator()(const Isolate& o) const { line["targets"] = o.targets; }
  void operator()(const Rename& o) const {
    line["targets"] = o.targets;
    line["name"] = o.name;
  }
  void operator()(const Look& o) const {
    line["photo"] = o.photo;
    line["other"] = o.other;
    line["blend"] = o.blend;
  }
  void operator()(const Insert& o) const {
    thing(o);
    line["angle"] = o.angle_deg;
    line["scale"] = list_of(o.scale);
    line["first_id"] = o.first_id;
  }
  void operator()(const Replace& o) const {
    line["targets"] = o.targets;
    thing(o);
    line["angles"] = o.angles_deg;
    line["scale"] = list_of(o.scale);
  }
  void operator()(const SoftEdge& o) const {
    line["targets"] = o.targets;
    line["width"] = o.width;
  }
  void operator()(const MarkRegion& o) const {
    line["own"] = json_of(o.own);
    line["id"] = o.id;
  }
  // What an insertion shows, and where.
  void thing(const auto& o) const {
    line["asset"] = o.asset;
    line["source"] = o.source;
    if (o.own) line["own"] = json_of(*o.own);
    line["places"] = ordered_json::array();
    for (const glm::dvec3& place : o.places) line["places"].push_back(list_of(place));
  }
  void operator()(const Grading& o) const {
    line["exposure"] = o.exposure;
    line["temperature"] = o.temperature;
    line["tint"] = o.tint;
    line["saturation"] = o.saturation;
  }
  void operator()(const ChangeLight& o) const {
    line["targets"] = o.targets;
    line["azimuth"] = o.sun.azimuth_deg;
    line["elevation"] = o.sun.elevation_deg;
    extent(o.strength, o.edge);
  }
  void operator()(const ChangeSeason& o) const {
    line["season"] = word_of(o.season);
    line["targets"] = o.targets;
    extent(o.strength, o.edge);
  }
  void operator()(const ChangeWeather& o) const {
    line["weather"] = word_of(o.weather);
    line["targets"] = o.targets;
    extent(o.strength, o.edge);
  }
  void operator()(const ChangeStyle& o) const {
    line["style"] = word_of(o.style);
    line["targets"] = o.targets;
    extent(o.strength, o.edge);
  }
  void operator()(const MuteEffects& o) const {
    line["effects"] = o.effects;
    line["muted"] = o.muted;
  }
  void operator()(const SetEffectStrength& o) const {
    line["effect"] = o.effect;
    line["strength"] = o.strength;
  }
  void operator()(const ReorderEffect& o) const {
    line["effect"] = o.effect;
    line["place"] = o.place;
  }
  void operator()(const GroupEffects& o) const {
    line["effects"] = o.effects;
    line["name"] = o.name;
  }
  void operator()(const DropEffects& o) const { line["effects"] = o.effects; }
  void extent(double strength, double edge) const {
    line["strength"] = strength;
    line["edge"] = edge;
  }
};

// Reads members; the first that is missing or of another type makes the whole reading fail.
class Reader {
 public:
  explicit Reader(const json& line) : line_(line) {}
  bool fine() const { return fine_; }

  double number(const char* name) { return of(name, &json::is_number, 0.0); }
  bool flag(const char* name) { return of(name, &json::is_boolean, false); }
  int integer(const char* name) { return of(name, &json::is_number_integer, 0); }
  std::string text(const char* name) { return of(name, &json::is_string, std::string()); }
  ObjectIds targets(const char* name = "targets") {
    ObjectIds ids;
    for (const json& id : list(name)) {
      if (!id.is_number_integer()) {
        fine_ = false;
        return {};
      }
      ids.push_back(id.get<std::int32_t>());
    }
    return ids;
  }
  glm::dvec3 vector(const char* name) { return vector_of(list(name)); }
  std::vector<glm::dvec3> vectors(const char* name) {
    std::vector<glm::dvec3> vectors;
    for (const json& v : list(name)) vectors.push_back(vector_of(v));
    return vectors;
  }
  std::vector<double> numbers(const char* name) {
    std::vector<double> numbers;
    for (const json& number : list(name)) {
      fine_ = fine_ && number.is_number();
      numbers.push_back(fine_ ? number.get<double>() : 0);
    }
    return numbers;
  }
  bool has(const char* name) const { return line_.contains(name); }
  std::optional<OwnSource> own_source(const char* name) {
    if (!has(name)) return std::nullopt;
    auto source = own_source_of(line_[name]);
    fine_ = fine_ && source.has_value();
    return source;
  }
  template <class Word, std::size_t kCount>
  Word word(const char* name, const std::array<std::string_view, kCount>& words) {
    const auto found = std::find(words.begin(), words.end(), text(name));
    fine_ = fine_ && found != words.end();
    return fine_ ? static_cast<Word>(found - words.begin()) : Word{};
  }
  // One of the first `count` values of an enumeration, by its word.
  template <class Word>
  Word named(const char* name, std::size_t count) {
    const std::string value = text(name);
    for (std::size_t i = 0; i < count; ++i) {
      if (word_of(static_cast<Word>(i)) == value) return static_cast<Word>(i);
    }
    fine_ = false;
    return Word{};
  }
  glm::u8vec3 colour(const char* name) {
    const std::string value = text(name);
    unsigned r = 0, g = 0, b = 0;
    fine_ = fine_ && value.size() == 7 && std::sscanf(value.c_str(), "#%2x%2x%2x", &r, &g, &b) == 3;
    return {static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b)};
  }

 private:
  template <class Value>
  Value of(const char* name, bool (json::*is)() const noexcept, Value otherwise) {
    const auto value = line_.find(name);
    fine_ = fine_ && value != line_.end() && ((*value).*is)();
    return fine_ ? value->get<Value>() : otherwise;
  }
  glm::dvec3 vector_of(const json& v) {
    fine_ = fine_ && v.is_array() && v.size() == 3 && v[0].is_number() && v[1].is_number() && v[2].is_number();
    return fine_ ? glm::dvec3(v[0].get<double>(), v[1].get<double>(), v[2].get<double>()) : glm::dvec3(0.0);
  }
  const json& list(const char* name) {
    static const json kNone = json::array();
    const auto value = line_.find(name);
    fine_ = fine_ && value != line_.end() && value->is_array();
    return fine_ ? *value : kNone;
  }
  const json& line_;
  bool fine_ = true;
};

struct Kind {
  std::string_view command;
  Operation (*read)(Reader& line);
};

// In the order of the variant.
constexpr Kind kKinds[] = {
    {"select.object",
     [](Reader& r) -> Operation {
       return Select{r.targets("ids"), r.word<SelectMode>("mode", kModes)};
     }},
    {"select.save", [](Reader& r) -> Operation { return SaveSelection{r.text("name")}; }},
    {"edit.remove", [](Reader& r) -> Operation { return Remove{r.targets()}; }},
    {"edit.move",
     [](Reader& r) -> Operation {
       return Move{r.targets(), r.vector("offset"), r.has("lifts") ? r.numbers("lifts") : std::vector<double>()};
     }},
    {"edit.rotate",
     [](Reader& r) -> Operation {
       return Rotate{r.targets(), r.number("angle")};
     }},
    {"edit.scale",
     [](Reader& r) -> Operation {
       return Scale{r.targets(), r.vector("factor")};
     }},
    {"edit.duplicate",
     [](Reader& r) -> Operation {
       return Duplicate{r.targets(), r.integer("count"), r.vector("offset"), r.integer("first_id"),
                        r.has("lifts") ? r.numbers("lifts") : std::vector<double>()};
     }},
    {"edit.recolor",
     [](Reader& r) -> Operation {
       return Recolor{r.targets(), r.word<Part>("part", kParts), r.colour("color")};
     }},
    {"edit.hide", [](Reader& r) -> Operation { return Hide{r.targets()}; }},
    {"edit.show", [](Reader& r) -> Operation { return Show{r.targets()}; }},
    {"edit.isolate", [](Reader& r) -> Operation { return Isolate{r.targets()}; }},
    {"edit.rename",
     [](Reader& r) -> Operation {
       return Rename{r.targets(), r.text("name")};
     }},
    {"edit.look",
     [](Reader& r) -> Operation {
       return Look{r.integer("photo"), r.integer("other"), r.number("blend")};
     }},
    {"edit.grade",
     [](Reader& r) -> Operation {
       return Grading{r.number("exposure"), r.number("temperature"), r.number("tint"), r.number("saturation")};
     }},
    {"edit.light",
     [](Reader& r) -> Operation {
       return ChangeLight{r.targets(), {r.number("azimuth"), r.number("elevation")}, r.number("strength"), r.number("edge")};
     }},
    {"edit.season",
     [](Reader& r) -> Operation {
       return ChangeSeason{r.targets(), r.named<Season>("season", 4), r.number("strength"), r.number("edge")};
     }},
    {"edit.weather",
     [](Reader& r) -> Operation {
       return ChangeWeather{r.targets(), r.named<Weather>("weather", 6), r.number("strength"), r.number("edge")};
     }},
    {"edit.style",
     [](Reader& r) -> Operation {
       return ChangeStyle{r.targets(), r.named<Style>("style", 12), r.number("strength"), r.number("edge")};
     }},
    {"edit.mute",
     [](Reader& r) -> Operation {
       return MuteEffects{r.targets("effects"), r.flag("muted")};
     }},
    {"edit.strength",
     [](Reader& r) -> Operation {
       return SetEffectStrength{r.integer("effect"), r.number("strength")};
     }},
    {"edit.reorder",
     [](Reader& r) -> Operation {
       return ReorderEffect{r.integer("effect"), r.integer("place")};
     }},
    {"edit.group",
     [](Reader& r) -> Operation {
       return GroupEffects{r.targets("effects"), r.text("name")};
     }},
    {"edit.drop", [](Reader& r) -> Operation { return DropEffects{r.targets("effects")}; }},
    {"edit.insert",
     [](Reader& r) -> Operation {
       return Insert{r.text("asset"),   r.integer("source"), r.own_source("own"),  r.vectors("places"),
                     r.number("angle"), r.vector("scale"),   r.integer("first_id")};
     }},
    {"edit.replace",
     [](Reader& r) -> Operation {
       return Replace{r.targets(),         r.text("asset"),     r.integer("source"), r.own_source("own"),
                      r.vectors("places"), r.numbers("angles"), r.vector("scale")};
     }},
    {"select.region",
     [](Reader& r) -> Operation {
       return MarkRegion{r.own_source("own").value_or(OwnSource()), r.integer("id")};
     }},
    {"edit.soft_edge",
     [](Reader& r) -> Operation {
       return SoftEdge{r.targets(), r.number("width")};
     }},
};
static_assert(std::size(kKinds) == std::variant_size_v<Operation>);

}  // namespace

std::string_view command_of(const Operation& operation) { return kKinds[operation.index()].command; }

std::int32_t id_after(const Operation& operation) {
  std::int64_t after = 0;
  if (const auto* const copies = std::get_if<Duplicate>(&operation))
    after = copies->first_id + static_cast<std::int64_t>(copies->targets.size()) * copies->count;
  if (const auto* const inserted = std::get_if<Insert>(&operation))
    after = inserted->first_id + static_cast<std::int64_t>(inserted->places.size());
  if (const auto* const region = std::get_if<MarkRegion>(&operation)) after = std::int64_t{region->id} + 1;
  return static_cast<std::int32_t>(std::min<std::int64_t>(after, std::numeric_limits<std::int32_t>::max()));
}

std::string to_json(const Operation& operation) {
  ordered_json line;
  line["command"] = command_of(operation);
  std::visit(Writer{line}, operation);
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

core::Result<Operation> operation_from_json(std::string_view line) {
  const core::Error error{"cannot read the operation", std::string(line.substr(0, 60)), ""};
  if (!core::is_shallow_json(line)) return error;
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object() || !object.contains("command") || !object["command"].is_string()) return error;
  const auto& command = object["command"].get_ref<const std::string&>();
  for (const Kind& kind : kKinds) {
    if (kind.command != command) continue;
    Reader reader(object);
    Operation operation = kind.read(reader);
    if (!reader.fine()) return error;
    return operation;
  }
  return error;
}

}  // namespace skyline::editor
