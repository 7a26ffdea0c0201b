#include "models/language/interpreter/lexicon.h"

#include "models/language/interpreter/homophones.h"
#include "models/language/interpreter/inflection.h"
#include "models/language/interpreter/lexicon_file.h"
#include "models/language/interpreter/table_file.h"
#include "models/language/interpreter/word_trie.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <unordered_set>

namespace skyline::models {
namespace {

namespace fs = std::filesystem;

constexpr double kCostOfJoining = 0.8;
constexpr double kCostOfCapital = 1.0;     // within a sentence a word with a capital is rather a name than a slip
constexpr std::size_t kLongestEntry = 12;  // tokens that a match may look at

std::vector<std::string> words_of(std::string_view surface) {
  std::vector<std::string> words;
  for (Token& token : split(normalise(surface))) words.push_back(std::move(token.text));
  return words;
}

bool is_capitalised(const Token& token) { return !token.shown.empty() && token.shown.front() >= 'A' && token.shown.front() <= 'Z'; }

// Small words of Chinese are too short and too many to be found by their sound.
bool is_found_by_sound(const LexiconEntry& entry) {
  constexpr std::array<std::string_view, 20> kKinds{"op",       "class",   "color",       "season",      "weather",   "time",   "style",
                                                    "relation", "heading", "superlative", "asked",       "part",      "aspect", "view",
                                                    "kind",     "setting", "unit",        "comparative", "attribute", "state"};
  return entry.feature("weak") != "yes" && std::find(kKinds.begin(), kKinds.end(), entry.kind) != kKinds.end();
}

// What is inflected of an entry when it does not say so itself.
std::string_view inflection_of(const LexiconEntry& entry) {
  if (entry.chinese) return "none";
  if (const std::string_view said = entry.feature("inflect"); !said.empty()) return said;
  if (entry.kind == "op" || entry.kind == "verb") return "verb";
  if (entry.kind == "class" || entry.kind == "unit" || entry.kind == "aspect" || entry.kind == "kind" || entry.kind == "part")
    return "noun";
  return "none";
}

}  // namespace

std::string_view LexiconEntry::feature(std::string_view name) const {
  const auto found = features.find(name);
  return found == features.end() ? std::string_view() : std::string_view(found->second);
}

struct Lexicon::Tables {
  explicit Tables(std::shared_ptr<const PinyinTable> sounds) : pinyin(std::move(sounds)), homophones(pinyin) {}

  std::vector<LexiconEntry> entries;
  WordTrie words;
  std::shared_ptr<const PinyinTable> pinyin;
  HomophoneIndex homophones;
  std::unordered_set<std::string> common;     // in every form
  std::unordered_set<std::string> functions;  // words without content

  void add(std::uint32_t index, const Inflection& inflection);
  core::Status read_common_words(const fs::path& file, const Inflection& inflection);
};

void Lexicon::Tables::add(std::uint32_t index, const Inflection& inflection) {
  const LexiconEntry& entry = entries[index];
  std::vector<std::string> base = words_of(entry.surface);
  if (base.empty()) return;
  const std::string_view kind = inflection_of(entry);
  const bool by_first = kind == "verb" || kind == "first_noun";
  std::string& changing = by_first ? base.front() : base.back();
  std::vector<Inflected> forms{{changing, Form::kBase}};
  if (kind == "verb") forms = inflection.verb(changing);
  if (kind == "noun" || kind == "first_noun") forms = inflection.noun(changing);
  for (const Inflected& form : forms) {
    changing = form.text;
    words.add(base, index, static_cast<std::uint32_t>(form.form));
  }
  const std::u32string surface = to_utf32(entry.surface);
  if (entry.chinese && is_found_by_sound(entry) && std::all_of(surface.begin(), surface.end(), is_han)) homophones.add(surface, index);
}

// Lines: word <tab> function|content.
core::Status Lexicon::Tables::read_common_words(const fs::path& file, const Inflection& inflection) {
  const auto lines = read_table(file);
  if (!lines) return lines.error();
  for (const TableLine& line : *lines) {
    const bool is_function = line.columns.size() == 2 && line.columns[1] == "function";
    if (line.columns.size() != 2 || (!is_function && line.columns[1] != "content")) {
      return line.error("is no word with its sort", "write the word, a tab, and function or content");
    }
    const std::string& word = line.columns[0];
    common.insert(word);
    if (is_function) {
      functions.insert(word);
    } else {
      for (std::string& form : inflection.any(word)) common.insert(std::move(form));
    }
  }
  return {};
}

core::Result<Lexicon> Lexicon::load(const fs::path& folder) {
  auto entries = read_lexicon_entries(folder);
  if (!entries) return entries.error();
  const auto inflection = Inflection::load(folder / kIrregularFile);
  if (!inflection) return inflection.error();
  auto pinyin = PinyinTable::load(folder / kPinyinFile);
  if (!pinyin) return pinyin.error();

  auto tables = std::make_shared<Tables>(std::make_shared<const PinyinTable>(std::move(*pinyin)));
  tables->entries = std::move(*entries);
  if (const core::Status status = tables->read_common_words(folder / kCommonWordsFile, *inflection); !status) return status.error();
  for (std::uint32_t i = 0; i < tables->entries.size(); ++i) tables->add(i, *inflection);
  tables->words.finish();
  return Lexicon(std::move(tables));
}

std::span<const LexiconEntry> Lexicon::entries() const { return tables_->entries; }

std::shared_ptr<const PinyinTable> Lexicon::pinyin() const { return tables_->pinyin; }

bool Lexicon::is_word(std::string_view word) const { return tables_->words.knows(word) || tables_->common.contains(std::string(word)); }

bool Lexicon::is_function_word(std::string_view word) const { return tables_->functions.contains(std::string(word)); }

std::vector<std::vector<WordMatch>> Lexicon::match_all(std::span<const Token> tokens) const {
  const Corrections corrections = tables_->words.corrections(tokens, [this](std::string_view word) { return is_word(word); });
  std::vector<std::vector<WordMatch>> all(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    all[i] = matches_at(tokens, i, &corrections);
  }
  return all;
}

std::vector<WordMatch> Lexicon::match(std::span<const Token> tokens, std::size_t at, bool exact) const {
  if (exact) return matches_at(tokens, at, nullptr);
  const std::span<const Token> window = tokens.subspan(at, std::min(kLongestEntry, tokens.size() - at));
  return match_all(window).front();
}

std::vector<WordMatch> Lexicon::matches_at(std::span<const Token> tokens, std::size_t at, const Corrections* corrections) const {
  using Correction = WordMatch::Correction;
  std::vector<WordMatch> found;
  const auto is_new = [&](std::size_t length, const LexiconEntry* entry) {
    return std::none_of(found.begin(), found.end(), [&](const WordMatch& m) { return m.length == length && m.entry == entry; });
  };
  for (const TrieMatch& match : tables_->words.match(tokens, at, corrections)) {
    const LexiconEntry* const entry = &tables_->entries[match.id];
    if (!is_new(match.length, entry)) continue;
    if (match.slips > 0 && entry->kind == "smalltalk") continue;
    // "red one" is no "redone": what is written together or apart is a noun or a base form
    const auto form = static_cast<Form>(match.tag);
    if (match.joined && entry->kind == "op" && form != Form::kBase && !entry->chinese) continue;
    const Correction correction = match.slips > 0 ? Correction::kSpelling : match.joined ? Correction::kJoined : Correction::kNone;
    double cost = match.slips + (match.joined ? kCostOfJoining : 0.0);
    if (match.slips > 0 && at > 0 && is_capitalised(tokens[at])) cost += kCostOfCapital;
    found.push_back({match.length, entry, form, correction, cost});
  }
  if (corrections != nullptr && tokens[at].kind == Token::Kind::kHan) {
    std::u32string text;
    for (std::size_t i = at; i < tokens.size() && tokens[i].kind == Token::Kind::kHan && text.size() < kLongestEntry; ++i) {
      text += to_utf32(tokens[i].text);
    }
    for (const Homophone& sound : tables_->homophones.find(text)) {
      const LexiconEntry* const entry = &tables_->entries[sound.id];
      if (is_new(sound.length, entry)) found.push_back({sound.length, entry, Form::kBase, Correction::kHomophone, sound.cost});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const WordMatch& a, const WordMatch& b) { return a.length != b.length ? a.length > b.length : a.cost < b.cost; });
  return found;
}

fs::path lexicon_folder() {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  if (code) return {};
  for (const char* const place : {"assets", "../assets", "../../assets", "../../../assets", "../share/skyline"}) {
    const fs::path folder = program.parent_path() / place / "lexicon";
    if (fs::is_directory(folder, code)) return fs::weakly_canonical(folder, code);
  }
  return {};
}

}  // namespace skyline::models
