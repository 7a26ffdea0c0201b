// Sequences of words with what they stand for: shared by the lexicon and by the names of a scene. Words are numbered; a path of numbers
// leads to a node, and a node holds what ends there.
//
//   WordTrie trie;
//   trie.add({"office", "block"}, 12, tag);
//   trie.finish();
//   for (const TrieMatch& m : trie.match(tokens, 3, trie.corrections(tokens, is_word))) ...
//
// Reading is safe from several threads.
#pragma once

#include "models/language/interpreter/normalise.h"
#include "models/language/interpreter/spelling.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace skyline::models {

struct TrieMatch {
  std::size_t length = 0;  // tokens
  std::uint32_t id = 0;
  std::uint32_t tag = 0;
  int slips = 0;        // letters that were wrong
  bool joined = false;  // words were written together or apart
};

// Of each token the words that it may be a slip of, or the two that it may be when they were written together.
struct WordCorrection {
  std::uint32_t word = 0;
  std::uint32_t second = 0;  // kNone: one word
  int slips = 0;
};
using Corrections = std::vector<std::vector<WordCorrection>>;

class WordTrie {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  void add(std::span<const std::string> words, std::uint32_t id, std::uint32_t tag);
  // Makes ready for corrections; once, after the last add.
  void finish();

  bool knows(std::string_view word) const { return number_of(word) != kNone; }
  // `is_word` says of a word that it is none to be corrected. At most `kMostCorrected` words of a text are looked at.
  Corrections corrections(std::span<const Token> tokens, const std::function<bool(std::string_view)>& is_word) const;
  // Longest first, then fewest slips. `corrections` may be null: exact words only.
  std::vector<TrieMatch> match(std::span<const Token> tokens, std::size_t at, const Corrections* corrections) const;

  static constexpr std::size_t kMostCorrected = 64;

 private:
  struct End {
    std::uint32_t id = 0, tag = 0;
  };
  struct Walk {
    std::uint32_t node = 0;
    std::size_t at = 0;
    int slips = 0;
    bool joined = false;
  };
  std::uint32_t number_of(std::string_view word) const;
  std::uint32_t child(std::uint32_t node, std::uint32_t word) const;
  void split_in_two(const std::string& word, std::vector<WordCorrection>& found) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> words_;
  std::unordered_map<std::uint64_t, std::uint32_t> children_;
  std::vector<std::vector<End>> ends_{{}};
  SpellingIndex spelling_;
};

}  // namespace skyline::models
