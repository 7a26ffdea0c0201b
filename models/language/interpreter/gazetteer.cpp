#include "models/language/interpreter/gazetteer.h"

#include "models/language/interpreter/homophones.h"
#include "models/language/interpreter/word_trie.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace skyline::models {
namespace {

enum Tag : std::uint32_t { kWhole = 0, kPart = 1, kOrdinary = 2 };  // kOrdinary: of words that anybody may use

constexpr double kCostOfPart = 0.2, kCostOfOrdinary = 0.4;
constexpr std::size_t kMostNamesOfAPart = 8;  // what more names than that have in common says nothing

std::vector<std::string> texts(std::span<const Token> tokens) {
  std::vector<std::string> words;
  for (const Token& token : tokens) {
    if (token.kind != Token::Kind::kSymbol) words.push_back(token.text);
  }
  return words;
}

}  // namespace

struct Gazetteer::Tables {
  explicit Tables(const Lexicon& words_) : lexicon(words_), homophones(lexicon.pinyin()) {}

  Lexicon lexicon;
  std::vector<Name> names;
  std::unordered_map<std::string, std::uint32_t> by_text;
  WordTrie words;
  HomophoneIndex homophones;
  struct Part {
    std::vector<Token> tokens;
    std::vector<std::uint32_t> names;
  };
  std::map<std::string, Part> parts;  // while names are being taken

  void take(const std::string& name, std::int32_t id);
  void finish();
  void add(std::span<const Token> tokens, std::uint32_t index, std::uint32_t tag);
  void take_parts(std::span<const Token> tokens, std::uint32_t index);
  void take_part(std::span<const Token> tokens, std::uint32_t index);
  bool says_which(std::span<const Token> tokens) const;
  // Tokens of a class word that ends there, or begins there: "Tower", 大厦.
  std::size_t class_at_end(std::span<const Token> tokens) const;
  std::size_t class_at_start(std::span<const Token> tokens) const;
  bool is_class(std::span<const Token> tokens) const;
};

void Gazetteer::Tables::take(const std::string& name, std::int32_t id) {
  std::vector<Token> tokens = split(normalise(name));
  if (tokens.size() > 1 && tokens.front().text == "the") tokens.erase(tokens.begin());
  if (tokens.empty()) return;
  const auto [known, added] = by_text.try_emplace(name, static_cast<std::uint32_t>(names.size()));
  if (!added) {
    names[known->second].ids.push_back(id);
    return;
  }
  names.push_back({name, {id}});
  const bool ordinary = std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) { return lexicon.is_word(token.text); });
  add(tokens, known->second, ordinary && tokens.size() == 1 ? kOrdinary : kWhole);
  take_parts(tokens, known->second);
}

void Gazetteer::Tables::add(std::span<const Token> tokens, std::uint32_t index, std::uint32_t tag) {
  std::vector<std::string> with_symbols;
  std::u32string han;
  for (const Token& token : tokens) {
    with_symbols.push_back(token.text);
    if (token.kind == Token::Kind::kHan) han += to_utf32(token.text);
  }
  const std::vector<std::string> without = texts(tokens);
  if (!without.empty()) words.add(without, index, tag);
  words.add(with_symbols, index, tag);
  // "st marys church"
  std::vector<std::string> without_apostrophes;
  for (const std::string& word : without) {
    if (word == "'s" && !without_apostrophes.empty())
      without_apostrophes.back() += "s";
    else
      without_apostrophes.push_back(word);
  }
  if (without_apostrophes.size() < without.size()) words.add(without_apostrophes, index, tag);
  if (han.size() == tokens.size()) homophones.add(han, index);
}

void Gazetteer::Tables::take_part(std::span<const Token> tokens, std::uint32_t index) {
  std::string key;
  for (const Token& token : tokens) key += token.text + ' ';
  Part& part = parts[key];
  if (part.names.empty()) part.tokens.assign(tokens.begin(), tokens.end());
  if (part.names.size() <= kMostNamesOfAPart) part.names.push_back(index);
}

void Gazetteer::Tables::finish() {
  for (const auto& [key, part] : parts) {
    if (part.names.size() > kMostNamesOfAPart) continue;
    for (const std::uint32_t index : part.names) add(part.tokens, index, kPart);
  }
  parts.clear();
  words.finish();
}

void Gazetteer::Tables::take_parts(std::span<const Token> tokens, std::uint32_t index) {
  if (const std::size_t n = class_at_end(tokens); n > 0 && n < tokens.size()) {
    const auto rest = tokens.first(tokens.size() - n);
    if (says_which(rest)) take_part(rest, index);
  }
  if (const std::size_t n = class_at_start(tokens); n > 0 && n < tokens.size()) {
    const auto rest = tokens.subspan(n);
    if (says_which(rest)) take_part(rest, index);
  }
  if (tokens.size() < 2) return;
  for (const Token& token : tokens) {  // a word that is nothing but a name
    if (token.kind == Token::Kind::kWord && token.text.size() >= 4 && !lexicon.is_word(token.text)) take_part({&token, 1}, index);
  }
}

// Not "Green" of "Green River", nor 东 of 东河: a description would be taken for a name.
bool Gazetteer::Tables::says_which(std::span<const Token> tokens) const {
  if (tokens.size() == 1 && (tokens.front().kind != Token::Kind::kWord || tokens.front().text.size() < 3)) return false;
  for (std::size_t i = 0; i < tokens.size();) {
    const std::vector<WordMatch> known = lexicon.match(tokens, i, true);
    if (known.empty()) return true;
    i += known.front().length;
  }
  return false;
}

bool Gazetteer::Tables::is_class(std::span<const Token> tokens) const {
  const std::vector<WordMatch> known = lexicon.match(tokens, 0, true);
  return std::any_of(known.begin(), known.end(), [&](const WordMatch& m) { return m.length == tokens.size() && m.entry->kind == "class"; });
}

std::size_t Gazetteer::Tables::class_at_end(std::span<const Token> tokens) const {
  for (std::size_t n = std::min<std::size_t>(4, tokens.size()); n > 0; --n) {
    if (is_class(tokens.last(n))) return n;
  }
  return 0;
}

std::size_t Gazetteer::Tables::class_at_start(std::span<const Token> tokens) const {
  if (tokens.front().kind != Token::Kind::kWord) return 0;
  for (std::size_t n = std::min<std::size_t>(3, tokens.size()); n > 0; --n) {
    if (is_class(tokens.first(n))) return n;
  }
  return 0;
}

Gazetteer::Gazetteer(const city::Catalogue& catalogue, const Lexicon& lexicon) {
  auto tables = std::make_shared<Tables>(lexicon);
  for (const city::Object& object : catalogue.objects()) {
    if (!object.name.empty()) tables->take(object.name, object.id);
    if (!object.name_zh.empty() && object.name_zh != object.name) tables->take(object.name_zh, object.id);
  }
  tables->finish();
  tables_ = std::move(tables);
}

std::span<const Gazetteer::Name> Gazetteer::names() const { return tables_->names; }

std::vector<std::vector<Gazetteer::Match>> Gazetteer::match_all(std::span<const Token> tokens) const {
  const Corrections corrections =
      tables_->words.corrections(tokens, [this](std::string_view word) { return tables_->lexicon.is_word(word); });
  std::vector<std::vector<Match>> all(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    for (const TrieMatch& match : tables_->words.match(tokens, i, &corrections)) {
      Match found;
      found.length = match.length;
      found.name = &tables_->names[match.id];
      found.part = match.tag == kPart;
      found.corrected = match.slips > 0 || match.joined;
      found.cost = match.slips + (match.joined ? 0.5 : 0.0) +
                   (match.tag == kPart       ? kCostOfPart
                    : match.tag == kOrdinary ? kCostOfOrdinary
                                             : 0.0);
      all[i].push_back(found);
    }
    if (tokens[i].kind != Token::Kind::kHan) continue;
    std::u32string text;
    for (std::size_t k = i; k < tokens.size() && tokens[k].kind == Token::Kind::kHan && text.size() < 8; ++k)
      text += to_utf32(tokens[k].text);
    for (const Homophone& sound : tables_->homophones.find(text)) {
      all[i].push_back({sound.length, &tables_->names[sound.id], false, true, sound.cost});
    }
  }
  return all;
}

}  // namespace skyline::models
