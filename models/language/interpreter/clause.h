// From phrases to steps: a clause is laid out as tiles (phrases of the chart, words that need no phrase, words that nobody knows), and the
// tiles are put into the places that an operation has. Word order matters little; what fits where does the work.
//
//   std::vector<ClauseReading> readings = read_clause(chart, lattice, from, to, context);   // best first
//
// Pure; safe from any thread.
#pragma once

#include "models/language/interpreter/chart.h"
#include "models/language/interpreter/tokens.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace skyline::models {

// What a tile is to a step.
enum class Role : std::uint8_t {
  kOp,
  kRef,
  kPart,
  kPlace,
  kWith,
  kQuantity,
  kCount,
  kWay,
  kSpin,
  kFacing,
  kTowards,
  kCloser,
  kAway,
  kPredicate,  // "taller than 50 m" apart from its noun
  kSun,        // azimuth or elevation of the sun, height of a camera
  kFrom,       // "from the river": where a distance is measured to
  kUpTo,       // "(how far) to the river", "and the station"
  kOf,         // "clear the square of cars": what is taken out of it
  kFor,        // "swap it for a museum", "a red roof for the church"
  kInstead,    // "in place of the cannery": what something else is put for
  kCopies,     // "two more of the red crane": copies by number
  kSize,
  kPaint,
  kSurface,
  kAspect,
  kName,
  kSeason,
  kWeather,
  kTime,
  kStyle,
  kAsked,
  kView,
  kStrength,
  kKind,
  kPixels,
  kOrdinal,
  kSetting,
  kAll,       // 都, "all" apart from its noun
  kHalf,      // "away", "off": the other half of a verb, if the verb wants it
  kParticle,  // "out" of "take ... out"
  kOnly,      // "delete only the trees"; with "show": nothing else
  kDialogue,
  kNegation,
  kHypothetical,
  kQuestion,
  kSmalltalk,
  kVerb,  // come, make, let: says nothing by itself
  kSkip,  // understood, without content here
  kUnknown,
};

struct Tile {
  Role role = Role::kSkip;
  int begin = 0, end = 0;  // nodes
  double score = 0;
  const Meaning* meaning = nullptr;  // of the chart or of a lattice word; null for skips and unknown words
};

// What was said around the step.
struct Marks {
  bool negated = false, hypothetical = false, question = false, smalltalk = false;
  std::set<std::string, std::less<>> dialogue;  // correction, again, same, also, more, ...
};

struct ClauseReading {
  bool has_step = false;
  Step step;
  // Looks said beside it, each with the node that it begins at.
  struct Further {
    Step step;
    int begin = 0;
  };
  std::vector<Further> further;
  std::vector<Tile> tiles;
  std::vector<int> used;     // what of `tiles` became a member of the step
  std::vector<int> unknown;  // tiles with content that did not
  Marks marks;
  bool named_op = false;  // an operation was said, not only guessed
  double score = 0;
  bool is_kept(const Meaning* meaning) const {
    return std::any_of(keep.begin(), keep.end(), [&](const auto& kept) { return kept.get() == meaning; });
  }
  std::vector<std::shared_ptr<const Meaning>> keep;  // meanings of tiles that are no phrase of the chart
};

// Words of a sentence as the chart and the tiles see them.
struct Sentence {
  Lattice lattice;
  std::set<std::string> kinds;  // that no rule speaks of
  std::vector<LatticeWord> words;
  Chart chart;
  std::string text;                               // as written
  std::vector<std::size_t> offsets;               // byte of each code point of `text`, and its length
  bool too_long = false;                          // more tokens than are read; there is no chart then
  std::string written(int begin, int end) const;  // tokens [begin, end)
};
Sentence read_sentence(std::string_view text, const Lexicon& lexicon, const Gazetteer* names, const Grammar& grammar,
                       std::size_t most_tokens);

// `from`, `to`: nodes. The best `kMostClauseReadings` readings.
inline constexpr std::size_t kMostClauseReadings = 6;
std::vector<ClauseReading> read_clause(const Sentence& sentence, int from, int to, const Grammar& grammar);

// A step with members of another one changed: "and the church by 45", "actually blue". None where nothing of the tiles fits.
std::optional<ClauseReading> patched(const Step& step, const ClauseReading& fragment, bool replaces_targets);

}  // namespace skyline::models
