#include "city/import/obj.h"

#include "city/import/solid_city.h"
#include "core/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

namespace skyline::city {
namespace {

using core::Error;
using core::Status;

constexpr const char* kWhat = "cannot read the OBJ file";

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

Part part_of_material(std::string_view name) {
  const std::string text = lower(name);
  for (const auto& [word, part] :
       {std::pair{"roof", Part::kRoof}, {"wall", Part::kWall}, {"facade", Part::kWall}, {"ground", Part::kGround}}) {
    if (text.find(word) != std::string::npos) return part;
  }
  return Part::kNone;
}

bool is_terrain_name(std::string_view name) {
  const std::string text = lower(name);
  return text.starts_with("terrain") || text.starts_with("ground");
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The words of one line, left to right.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}
  std::string_view next() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest_.size() && !is_space(rest_[end])) ++end;
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }
  // What is left, without spaces around it.
  std::string_view rest() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    while (!rest_.empty() && is_space(rest_.back())) rest_.remove_suffix(1);
    return rest_;
  }

 private:
  std::string_view rest_;
};

class Parser {
 public:
  Parser(std::string_view text, std::string where) : text_(text), where_(std::move(where)) {}

  core::Result<std::vector<Solid>> parse() {
    while (!text_.empty()) {
      ++line_;
      const std::size_t end = std::min(text_.find('\n'), text_.size());
      const std::string_view line = text_.substr(0, end);
      text_.remove_prefix(std::min(end + 1, text_.size()));
      if (const Status read = read_line(line); !read) return read.error();
    }
    finish_object();
    return std::move(solids_);
  }

 private:
  Error fail(std::string_view rule) const {
    const std::string object = name_.empty() ? std::string() : fmt::format(" (object {})", name_);
    return {kWhat, fmt::format("{}, line {}{}: {}", where_, line_, object, rule), "correct that line or write the file again"};
  }

  Status read_line(std::string_view line) {
    Words words(line);
    const std::string_view keyword = words.next();
    if (keyword == "v") return read_vertex(words);
    if (keyword == "f") return read_face(words);
    if (keyword == "o" || keyword == "g") {
      // Groups count as objects only in files without any.
      if (keyword == "g" && has_objects_) return {};
      if (keyword == "o" && !has_objects_) has_objects_ = true;
      finish_object();
      name_ = words.rest();
    } else if (keyword == "usemtl") {
      part_ = part_of_material(words.rest());
    }
    return {};
  }

  Status read_vertex(Words& words) {
    glm::dvec3 p(0.0);
    for (int c = 0; c < 3; ++c) {
      const std::string_view word = words.next();
      const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), p[c]);
      if (code != std::errc() || end != word.data() + word.size() || !std::isfinite(p[c])) return fail("a vertex is not three numbers");
    }
    vertices_.push_back(p);
    return {};
  }

  Status read_face(Words& words) {
    corners_.clear();
    for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
      word = word.substr(0, word.find('/'));
      std::int64_t index = 0;
      const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), index);
      if (code != std::errc() || end != word.data() + word.size()) return fail("a face names a vertex that is not a number");
      const auto count = static_cast<std::int64_t>(vertices_.size());
      if (index < 0) index += count + 1;  // counted from the last one back
      if (index < 1 || index > count) return fail(fmt::format("a face names vertex {} of {}", word, count));
      corners_.push_back(local_index(static_cast<std::size_t>(index - 1)));
    }
    if (corners_.size() < 3) return fail("a face has fewer than three corners");
    for (std::size_t i = 1; i + 1 < corners_.size(); ++i) {
      solid_.indices.insert(solid_.indices.end(), {corners_[0], corners_[i], corners_[i + 1]});
      solid_.parts.push_back(part_);
    }
    return {};
  }

  // The vertex's number within its object.
  std::uint32_t local_index(std::size_t vertex) {
    if (owner_.size() < vertices_.size()) owner_.resize(vertices_.size(), {-1, 0});
    auto& [object, local] = owner_[vertex];
    if (object != object_number_) {
      object = object_number_;
      local = static_cast<std::uint32_t>(solid_.positions.size());
      solid_.positions.push_back(vertices_[vertex]);
    }
    return local;
  }

  void finish_object() {
    if (!solid_.indices.empty()) {
      solid_.name = name_;
      solid_.is_terrain = is_terrain_name(name_);
      solids_.push_back(std::move(solid_));
    }
    solid_ = {};
    ++object_number_;
  }

  std::string_view text_;
  std::string where_, name_;
  std::int64_t line_ = 0;
  bool has_objects_ = false;
  Part part_ = Part::kNone;
  std::vector<glm::dvec3> vertices_;
  std::vector<std::pair<std::int32_t, std::uint32_t>> owner_;  // of each vertex: the object that last used it, and its number there
  std::int32_t object_number_ = 0;
  std::vector<std::uint32_t> corners_;
  Solid solid_;
  std::vector<Solid> solids_;
};

// A place and a credit that the comments at the head of the file may hold: "lon 14.2870 lat 48.3040", "Attribution: ...".
void read_head(std::string_view text, SolidCityOptions& options) {
  for (int line = 0; line < 20 && text.starts_with('#'); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view comment = text.substr(1, end - 1);
    for (const auto& [word, target, limit] : {std::tuple{"lon ", &options.longitude_deg, 180.0}, {"lat ", &options.latitude_deg, 90.0}}) {
      const std::size_t at = comment.find(word);
      double value = 0;
      if (at == std::string_view::npos) continue;
      const auto [last, code] = std::from_chars(comment.data() + at + 4, comment.data() + comment.size(), value);
      if (code == std::errc() && std::abs(value) <= limit) *target = value;
    }
    constexpr std::string_view kCredit = "Attribution: ";
    if (const std::size_t at = comment.find(kCredit); at != std::string_view::npos) {
      Words words(comment.substr(at + kCredit.size()));
      options.credit = words.rest();
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

core::Result<CityModel> parse_obj(std::string_view text, const std::string& where, const std::string& name) {
  auto solids = Parser(text, where).parse();
  if (!solids) return solids.error();
  if (solids->empty()) return Error{kWhat, where + " has no face", "check that it is a model of a city"};
  SolidCityOptions options;
  options.name = name;
  read_head(text, options);
  return city_from_solids(std::move(*solids), options, where);
}

core::Result<CityModel> import_obj(const std::filesystem::path& path) {
  const auto text = core::read_text_file(path);
  if (!text) return text.error();
  try {
    return parse_obj(*text, path.string(), path.stem().string());
  } catch (const std::bad_alloc&) {
    return Error{kWhat, path.string() + " needs more than the free memory", "close other programs"};
  }
}

}  // namespace skyline::city
