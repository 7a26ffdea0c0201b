#include "models/caption/caption.h"

#include "models/caption/caption_writer.h"
#include "models/caption/words.h"

#include <array>

namespace skyline::models {
namespace {

bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_han(char lead) { return static_cast<unsigned char>(lead) >= 0xE4 && static_cast<unsigned char>(lead) <= 0xE9; }

// Lead byte of the last character.
char last_lead(std::string_view text) {
  std::size_t i = text.size();
  while (i > 0 && (static_cast<unsigned char>(text[i - 1]) & 0xC0) == 0x80) --i;
  return i > 0 ? text[i - 1] : '\0';
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

}  // namespace

std::string_view fact_name(Fact fact) {
  constexpr std::array<std::string_view, 25> kNames{"view",   "camera_height", "heading",  "light",  "sky",   "place",  "distance",
                                                    "height", "tallest",       "relation", "count",  "most",  "share",  "colours",
                                                    "class",  "rank",          "area",     "length", "width", "colour", "part",
                                                    "street", "neighbour",     "water",    "unseen"};
  static_assert(static_cast<std::size_t>(Fact::kUnseen) + 1 == kNames.size());
  return kNames[static_cast<std::size_t>(fact)];
}

bool scripts_meet(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  const char last = last_lead(before), first = after.front();
  return (is_han(last) && is_latin(first)) || (is_latin(last) && is_han(first));
}

void CaptionWriter::part_scripts(std::string_view words) {
  if (caption_.language == editor::Language::kChinese && scripts_meet(caption_.text, words)) caption_.text += ' ';
}

CaptionWriter& CaptionWriter::say(std::string_view words) {
  part_scripts(words);
  caption_.text += words;
  return *this;
}

CaptionWriter& CaptionWriter::state(std::string_view words, Evidence evidence) {
  part_scripts(words);
  const std::size_t begin = caption_.text.size();
  caption_.text += words;
  caption_.statements.push_back({begin, caption_.text.size(), std::move(evidence)});
  return *this;
}

Evidence evidence_of(Fact fact, const SeenObject& seen) { return {fact, {seen.subject.id}, {}, {}, seen.share}; }

Evidence evidence_of(Fact fact, const Subject& subject, std::optional<double> value, std::string_view unit) {
  return {fact, {subject.id}, value, unit, {}};
}

bool has_height(const Subject& subject) {
  using enum city::ObjectClass;
  constexpr double kLeast = 2;  // metres
  const bool stands = city::is_a(subject.object_class, kBuilding) || subject.object_class == kMonument || subject.object_class == kCrane ||
                      subject.object_class == kTree || subject.object_class == kOther;
  return stands && subject.height >= kLeast;
}

std::string name_in(const Subject& subject, editor::Language language) {
  const bool chinese = language == editor::Language::kChinese;
  return tidy_name(chinese && !subject.name_zh.empty() ? subject.name_zh : subject.name);
}

Caption caption_of_view(const FactSheet& facts, editor::Language language) {
  return language == editor::Language::kChinese ? view_caption_zh(facts) : view_caption_en(facts);
}

Caption caption_of_object(const ObjectSheet& facts, editor::Language language) {
  return language == editor::Language::kChinese ? object_caption_zh(facts) : object_caption_en(facts);
}

nlohmann::json to_json(const Caption& caption) {
  nlohmann::json statements = nlohmann::json::array();
  const std::string_view text = caption.text;
  for (const Statement& statement : caption.statements) {
    const Evidence& evidence = statement.evidence;
    nlohmann::json entry{{"text", text.substr(statement.begin, statement.end - statement.begin)},
                         {"start", code_points(text.substr(0, statement.begin))},
                         {"end", code_points(text.substr(0, statement.end))},
                         {"fact", fact_name(evidence.fact)},
                         {"objects", evidence.ids}};
    if (evidence.value) {
      entry["value"] = *evidence.value;
      entry["unit"] = evidence.unit;
    }
    if (evidence.share) entry["share"] = *evidence.share;
    statements.push_back(std::move(entry));
  }
  return {{"language", caption.language == editor::Language::kChinese ? "zh" : "en"},
          {"text", caption.text},
          {"statements", std::move(statements)}};
}

}  // namespace skyline::models
