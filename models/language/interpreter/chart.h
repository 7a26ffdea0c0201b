// A chart parser for weighted rules over a lattice of words: finds every phrase that the grammar can make of any stretch of a sentence,
// with its typed meaning. It knows nothing of cities; grammar_*.cpp hold the rules.
//
//   Grammar grammar;
//   grammar.add("LENGTH", "number unit:m", -0.1, [](const Arguments& a) -> std::optional<Meaning> { ... });
//   grammar.finish();
//   Chart chart = parse_chart(grammar, words);
//
// Symbols: lower-case names are words by the kind of their lexicon entry ("class"), with a value after the colon ("unit:m"); 'quoted' ones
// are words as written; capitals are phrases. `A|B` is either, `A?` may be missing (its argument is then null). Words marked as skippable
// (politeness, fillers) may stand anywhere inside a phrase.
//
// A grammar is built once and is then constant; charts may be made from many threads. Work is bounded: at most `kMostPhrases` phrases, of
// one stretch and symbol the `kMostReadings` best.
#pragma once

#include "models/language/interpreter/meaning.h"

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace skyline::models {

// One word of the lattice. Nodes are positions in the sentence; a word's end is where the next may begin.
struct LatticeWord {
  int begin = 0, end = 0;
  Meaning meaning;  // Word, or Amount for numbers, Query for names of the scene, Text for quotations
  std::string_view kind, value;
  double weight = 0;  // 0 certain, negative: a corrected spelling and the like
  bool skippable = false;
};

class Arguments {
 public:
  explicit Arguments(std::span<const Meaning* const> values) : values_(values) {}
  bool has(std::size_t i) const { return values_[i] != nullptr; }
  // Of an argument that must be there; a rule that asks for another type makes no phrase.
  template <typename T>
  const T& get(std::size_t i) const {
    if (i >= values_.size() || values_[i] == nullptr) throw std::bad_variant_access();
    return std::get<T>(*values_[i]);
  }
  template <typename T>
  const T* find(std::size_t i) const {
    return values_[i] == nullptr ? nullptr : std::get_if<T>(values_[i]);
  }
  const Meaning& operator[](std::size_t i) const { return *values_[i]; }
  std::size_t size() const { return values_.size(); }

 private:
  std::span<const Meaning* const> values_;
};

using Action = std::function<std::optional<Meaning>(const Arguments&)>;

class Grammar {
 public:
  // Weights are logarithms: 0 is free, -1 a doubt. An action returns nothing where the phrase makes no sense.
  void add(std::string_view symbol, std::string_view parts, double weight, Action action);
  void finish();
  int symbol(std::string_view name) const;  // -1: the grammar does not speak of it
  std::string_view name(int symbol) const { return names_[static_cast<std::size_t>(symbol)]; }
  std::size_t size() const { return rules_.size(); }
  std::size_t symbols() const { return names_.size(); }
  // Words as written that rules ask for, by their first code unit, longest first.
  std::span<const std::string> literals(char first) const;

 private:
  friend class ChartBuilder;
  struct Rule {
    int symbol = 0;
    std::vector<int> parts;
    std::vector<int> slots;  // argument that each part becomes
    std::size_t arguments = 0;
    double weight = 0;
    std::shared_ptr<const Action> action;
  };
  int intern(std::string_view name);
  bool fits(int wanted, int symbol) const;
  void expand(int symbol, std::span<const std::string> parts, std::size_t at, Rule rule);

  std::vector<std::string> names_;
  std::unordered_map<std::string, int> symbols_;
  std::vector<Rule> rules_;
  std::vector<std::vector<int>> starting_with_;  // [symbol] rules
  std::vector<std::vector<int>> choices_;        // [symbol] "A|B" that it is a part of
  std::unordered_map<char, std::vector<std::string>> literals_;
};

struct Phrase {
  int begin = 0, end = 0;
  int symbol = 0;
  double score = 0;
  Meaning meaning;
};

class Chart {
 public:
  int nodes() const { return static_cast<int>(starting_.size()); }
  // Indexes of the phrases and words that begin at a node.
  std::span<const int> starting_at(int node) const { return starting_[static_cast<std::size_t>(node)]; }
  const Phrase& phrase(int index) const { return phrases_[static_cast<std::size_t>(index)]; }
  std::size_t size() const { return phrases_.size(); }

 private:
  friend class ChartBuilder;
  std::vector<Phrase> phrases_;
  std::vector<std::vector<int>> starting_;
};

inline constexpr std::size_t kMostPhrases = 12000;
inline constexpr std::size_t kMostReadings = 4;

Chart parse_chart(const Grammar& grammar, std::span<const LatticeWord> words, int nodes);

}  // namespace skyline::models
