#include "models/language/interpreter/lexicon_file.h"

#include "city/taxonomy.h"
#include "models/language/interpreter/table_file.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>
#include <system_error>

namespace skyline::models {
namespace {

namespace fs = std::filesystem;

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}
bool is_share(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= 1;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_clock(std::string_view text) {
  return text.size() == 5 && text[2] == ':' && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[3]) && is_digit(text[4]) &&
         text.substr(0, 2) < "24" && text.substr(3) < "60";
}
bool is_size(std::string_view text) {
  const std::size_t x = text.find('x');
  return x != std::string_view::npos && is_number(text.substr(0, x)) && is_number(text.substr(x + 1));
}
bool is_free(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || is_digit(c); });
}
bool is_class(std::string_view text) { return text == "any" || city::find_class(text).has_value(); }

using Check = std::function<bool(std::string_view)>;

Check one_of(std::string_view values) {
  std::set<std::string, std::less<>> allowed;
  for (std::string& value : split_columns(values, ' ')) allowed.insert(std::move(value));
  return [allowed](std::string_view value) { return allowed.contains(value); };
}

// The values that each kind may have, as lexicon.h lists them.
const std::map<std::string, Check, std::less<>>& kinds() {
  static const std::map<std::string, Check, std::less<>> checks{
      {"op", one_of("select remove move rotate scale duplicate insert replace recolor style light season weather hide show isolate camera "
                    "rename query "
                    "undo redo export")},
      {"dialogue", one_of("correction again same also more less confirm cancel choose instead still")},
      {"class", is_class},
      {"attribute", one_of("tall short big small wide narrow long old new")},
      {"superlative", one_of("height area width length distance")},
      {"comparative", one_of("height area width length distance any")},
      {"color", one_of("red orange yellow green blue purple pink brown black white grey")},
      {"shade", one_of("dark light")},
      {"part", one_of("all wall roof")},
      {"relation",
       one_of("beside near within beyond along inside outside between around left right front behind across facing nearest of away on at "
              "to from with without by towards above below over through")},
      {"heading", one_of("north northeast east southeast south southwest west northwest left right forward back up down clockwise "
                         "counterclockwise towards away")},
      {"season", one_of("spring summer autumn winter")},
      {"weather", one_of("clear cloud fog rain snow storm")},
      {"time", is_clock},
      {"style", one_of("watercolor oil ink sketch pixel comic cyberpunk vintage blackwhite sepia van_gogh ukiyo_e")},
      {"asked", one_of("count list height area distance describe where width length color")},
      {"view", one_of("goto orbit top street look_from fly")},
      {"strength", is_share},
      {"amount", is_number},
      {"unit", one_of("m m2 degree storey percent second times step")},
      {"number", is_number},
      {"ordinal", is_number},
      {"approximate", one_of("about atleast atmost exactly")},
      {"quantifier", one_of("the any all both each other only except count none few most")},
      {"pronoun", one_of("it them this these that those here there selection scene one me you we self")},
      {"state", one_of("selected hidden edited inserted visible")},
      {"conjunction", one_of("and then or but comma")},
      {"kind", one_of("image video mesh points depth")},
      {"resolution", is_size},
      {"setting", one_of("height distance duration direction speed")},
      {"aspect", one_of("height size angle position color name width length area distance shape number azimuth elevation strength")},
      {"smalltalk", one_of("greeting thanks praise help bye out_of_domain")},
  };
  return checks;
}
// Kinds whose values are free words.
bool has_free_value(std::string_view kind) {
  static const Check check = one_of("negation hypothetical question polite filler reason measure_word particle verb_be function verb");
  return check(kind);
}

const std::map<std::string, Check, std::less<>>& features() {
  static const Check yes_no = one_of("yes no");
  static const Check measure = one_of("height area width length distance");
  static const std::map<std::string, Check, std::less<>> checks{
      {"sense", one_of("up down in out clockwise counterclockwise away closer back on off towards")},
      {"axes", one_of("height all width length")},
      {"factor", is_number},
      {"scale", is_number},
      {"angle", is_number},
      {"strength", is_share},
      {"mode", one_of("set add remove")},
      {"heading", is_free},
      {"part", one_of("all wall roof")},
      {"particle", [](std::string_view text) { return !text.empty(); }},
      {"asset", is_class},
      {"view", one_of("goto orbit top street look_from fly")},
      {"asked", one_of("count list height area distance describe where width length color")},
      {"kind", one_of("image video mesh points depth")},
      {"measure", measure},
      {"large", yes_no},
      {"plain", yes_no},
      {"than", yes_no},
      {"weak", yes_no},
      {"mass", yes_no},
      {"post", yes_no},
      {"side", yes_no},
      {"visible", yes_no},
      {"material", yes_no},
      {"named", yes_no},
      {"needs", one_of("line water area")},
      {"number", one_of("plural singular")},
      {"comparison", one_of("greater less atleast atmost equal")},
      {"inflect", one_of("verb noun adjective none first_noun")},
      {"hex",
       [](std::string_view text) {
         return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
       }},
  };
  return checks;
}

core::Status read_features(const TableLine& line, std::string_view text, LexiconEntry& entry) {
  if (text == "-") return {};
  for (const std::string& feature : split_columns(text, ';')) {
    const std::size_t equals = feature.find('=');
    const std::string name = feature.substr(0, equals);
    const auto known = features().find(name);
    if (equals == std::string::npos || known == features().end()) {
      return line.error("has the unknown feature \"" + feature + "\"", "write features as name=value parted by semicolons, or -");
    }
    std::string value = feature.substr(equals + 1);
    if (!known->second(value)) return line.error("has a wrong value in the feature \"" + feature + "\"", "see the list in lexicon.h");
    entry.features.emplace(name, std::move(value));
  }
  return {};
}

core::Result<LexiconEntry> read_entry(const TableLine& line) {
  const auto& columns = line.columns;
  if (columns.size() != 6) {
    return line.error("has " + std::to_string(columns.size()) + " columns",
                      "write kind, value, language, surface, features and example, parted by tabs");
  }
  LexiconEntry entry;
  entry.kind = columns[0];
  entry.value = columns[1];
  const auto kind = kinds().find(entry.kind);
  const bool free = has_free_value(entry.kind);
  if (kind == kinds().end() && !free) return line.error("has the unknown kind \"" + entry.kind + "\"", "see the list in lexicon.h");
  if (free ? !is_free(entry.value) : !kind->second(entry.value)) {
    return line.error("has the value \"" + entry.value + "\", which a " + entry.kind + " cannot have", "see the list in lexicon.h");
  }
  if (columns[2] != "en" && columns[2] != "zh") return line.error("has the unknown language \"" + columns[2] + "\"", "write en or zh");
  entry.chinese = columns[2] == "zh";
  entry.surface = columns[3];
  if (entry.surface.empty()) return line.error("has no word", "write the word in the fourth column");
  if (const core::Status status = read_features(line, columns[4], entry); !status) return status.error();
  entry.example = columns[5];
  if (entry.example.empty())
    return line.error("has no example", "write a whole sentence that uses \"" + entry.surface + "\" in the last column");
  return entry;
}

}  // namespace

core::Result<std::vector<LexiconEntry>> read_lexicon_entries(const fs::path& folder) {
  const core::Error missing{"the lexicon was not read: there are no words", folder.string(), "install the folder assets/lexicon again"};
  std::error_code code;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    const std::string name = at->path().filename().string();
    const bool is_table = name == kPinyinFile || name == kCommonWordsFile || name == kIrregularFile;
    if (at->path().extension() == ".tsv" && !is_table) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());

  std::vector<LexiconEntry> entries;
  std::set<std::string> seen;
  for (const fs::path& file : files) {
    const auto lines = read_table(file);
    if (!lines) return lines.error();
    for (const TableLine& line : *lines) {
      auto entry = read_entry(line);
      if (!entry) return entry.error();
      if (!seen.insert(entry->kind + '\t' + entry->value + '\t' + entry->surface + '\t' + line.columns[4]).second) {
        return line.error("holds \"" + entry->surface + "\" as " + entry->kind + " " + entry->value + " a second time", "delete the line");
      }
      entries.push_back(std::move(*entry));
    }
  }
  if (entries.empty()) return missing;
  return entries;
}

}  // namespace skyline::models
