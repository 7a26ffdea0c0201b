// From a sentence to the lattice that the chart parser reads: every way in which a stretch of the sentence can be a known word, a number, a
// name of the scene, a quotation, a symbol or a word that nobody knows.
//
//   Lattice lattice = read_tokens("把 the Harbour Towr 转三十度", lexicon, &gazetteer);
//   for (const Edge& edge : lattice.from(0)) ...      // edges that begin at node 0, longest first
//
// Nodes are the gaps between tokens: 0 .. tokens.size(). Every token is covered by at least one edge of its own length, so that a path from
// the first node to the last always exists. Edges point into the lexicon and the gazetteer, which must outlive the lattice. Time is linear
// in the sentence. Safe from any thread.
#pragma once

#include "models/language/interpreter/gazetteer.h"
#include "models/language/interpreter/lexicon.h"
#include "models/language/interpreter/normalise.h"
#include "models/language/interpreter/numbers.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

struct Edge {
  enum class Type : std::uint8_t {
    kEntry,        // `entry`, `form`
    kNumber,       // `number`
    kName,         // `name`: an object of the scene
    kQuoted,       // `text` without the quotation marks
    kUnknown,      // a word that nobody knows; `content` false for function words and stray symbols
    kPunctuation,  // `text`: , . ; : ! ? ( ) " - / and others
  };
  Type type = Type::kUnknown;
  std::uint32_t from = 0, to = 0;    // nodes
  std::uint32_t start = 0, end = 0;  // code points of the original sentence
  const LexiconEntry* entry = nullptr;
  Form form = Form::kBase;
  Number number;
  const Gazetteer::Name* name = nullptr;
  bool part = false;      // kName
  bool content = true;    // kUnknown
  std::string text;       // as written
  std::string corrected;  // what a misspelt word was read as; empty: nothing was corrected
  double cost = 0;        // 0: exactly as in the lexicon; about 1 a slip; of unknown words 3 a word
};

struct Lattice {
  std::vector<Token> tokens;
  std::vector<Edge> edges;  // by `from`, then longest first, then least cost
  bool chinese = false;     // Chinese characters carry the content

  std::span<const Edge> from(std::size_t node) const;
  // The cheapest path in edges: fewest unknown words, then least correction, then fewest edges. For diagnosis and the choice of language.
  std::vector<std::size_t> best_path() const;

  std::vector<std::uint32_t> first;  // of each node its first edge; one more at the end
};
// `gazetteer` may be null.
Lattice read_tokens(std::string_view sentence, const Lexicon& lexicon, const Gazetteer* gazetteer);

}  // namespace skyline::models
