#include "models/language/interpreter/tiling.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace skyline::models {
namespace {

constexpr double kTileWeight = -0.5;      // fewer and longer tiles say more
constexpr std::size_t kMostLayouts = 48;  // kept at each node

// Phrases of the grammar that are tiles.
constexpr std::array kPhraseRoles{
    std::pair{std::string_view("REF"), Role::kRef},          std::pair{std::string_view("PARTOF"), Role::kPart},
    std::pair{std::string_view("PLACE"), Role::kPlace},      std::pair{std::string_view("WITH"), Role::kWith},
    std::pair{std::string_view("QTY"), Role::kQuantity},     std::pair{std::string_view("WAY"), Role::kWay},
    std::pair{std::string_view("SPIN"), Role::kSpin},        std::pair{std::string_view("FACING"), Role::kFacing},
    std::pair{std::string_view("TOWARDS"), Role::kTowards},  std::pair{std::string_view("CLOSER"), Role::kCloser},
    std::pair{std::string_view("AWAY"), Role::kAway},        std::pair{std::string_view("FROM"), Role::kFrom},
    std::pair{std::string_view("UPTO"), Role::kUpTo},        std::pair{std::string_view("OF"), Role::kOf},
    std::pair{std::string_view("FOR"), Role::kFor},          std::pair{std::string_view("INSTEAD"), Role::kInstead},
    std::pair{std::string_view("COPIES"), Role::kCopies},    std::pair{std::string_view("SIZE"), Role::kSize},
    std::pair{std::string_view("PAINT"), Role::kPaint},      std::pair{std::string_view("SURFACE"), Role::kSurface},
    std::pair{std::string_view("ASPECT"), Role::kAspect},    std::pair{std::string_view("PREDICATE"), Role::kPredicate},
    std::pair{std::string_view("NOWHERE"), Role::kSkip},     std::pair{std::string_view("SUN"), Role::kSun},
    std::pair{std::string_view("STRENGTH"), Role::kStrength}};

// Words that are tiles by themselves, by the kind of their entry.
constexpr std::array kWordRoles{std::pair{std::string_view("op"), Role::kOp},
                                std::pair{std::string_view("season"), Role::kSeason},
                                std::pair{std::string_view("weather"), Role::kWeather},
                                std::pair{std::string_view("time"), Role::kTime},
                                std::pair{std::string_view("n.time"), Role::kTime},
                                std::pair{std::string_view("style"), Role::kStyle},
                                std::pair{std::string_view("asked"), Role::kAsked},
                                std::pair{std::string_view("view"), Role::kView},
                                std::pair{std::string_view("strength"), Role::kStrength},
                                std::pair{std::string_view("kind"), Role::kKind},
                                std::pair{std::string_view("resolution"), Role::kPixels},
                                std::pair{std::string_view("n.size"), Role::kPixels},
                                std::pair{std::string_view("setting"), Role::kSetting},
                                std::pair{std::string_view("n.counted"), Role::kCount},
                                std::pair{std::string_view("n.ordinal"), Role::kOrdinal},
                                std::pair{std::string_view("quoted"), Role::kName},
                                std::pair{std::string_view("dialogue"), Role::kDialogue},
                                std::pair{std::string_view("negation"), Role::kNegation},
                                std::pair{std::string_view("hypothetical"), Role::kHypothetical},
                                std::pair{std::string_view("question"), Role::kQuestion},
                                std::pair{std::string_view("smalltalk"), Role::kSmalltalk},
                                std::pair{std::string_view("verb"), Role::kVerb},
                                std::pair{std::string_view("polite"), Role::kSkip},
                                std::pair{std::string_view("filler"), Role::kSkip},
                                std::pair{std::string_view("reason"), Role::kSkip},
                                std::pair{std::string_view("particle"), Role::kSkip},
                                std::pair{std::string_view("function"), Role::kSkip},
                                std::pair{std::string_view("verb_be"), Role::kSkip},
                                std::pair{std::string_view("measure_word"), Role::kSkip},
                                std::pair{std::string_view("conjunction"), Role::kSkip}};

// Words with content that no phrase took: they are named in the question. Small words of grammar have none.
bool has_content(std::string_view kind, std::string_view value) {
  if (kind.starts_with("n.") || kind == "setting" || kind == "comparative" || kind == "hex") return true;
  if (kind == "pronoun") return value != "me" && value != "you" && value != "we" && value != "one" && value != "self" && value != "scene";
  if (kind == "relation") {
    static constexpr std::array<std::string_view, 14> kSmall{"of",   "at",      "on",   "to",     "from",    "with",   "by",
                                                             "over", "through", "away", "around", "towards", "inside", "nearest"};
    return std::find(kSmall.begin(), kSmall.end(), value) == kSmall.end();
  }
  return kind == "class" || kind == "color" || kind == "attribute" || kind == "superlative" || kind == "comparative" || kind == "part" ||
         kind == "heading" || kind == "unit" || kind == "state" || kind == "name" || kind == "namepart" || kind == "amount" ||
         kind == "n.plain" || kind == "n.length" || kind == "n.angle" || kind == "shade" || kind == "aspect";
}

template <std::size_t kSize>
std::optional<Role> find_role(const std::array<std::pair<std::string_view, Role>, kSize>& table, std::string_view name) {
  for (const auto& [key, role] : table) {
    if (key == name) return role;
  }
  return std::nullopt;
}

struct Layout {
  double score = 0;
  std::vector<int> tiles;  // of the clause's tile list
};

struct Way {
  double score = 0;
  int tile = -1;           // the last one; none at the first node
  std::size_t node = 0;    // that it begins at
  std::size_t before = 0;  // index of the way to there
};

// Every tile of the clause, and the best layouts of tiles from its first node to its last.
class Tiling {
 public:
  Tiling(const Sentence& sentence, int from, int to, const Grammar& grammar) : sentence_(sentence), from_(from), to_(to) {
    starting_.resize(static_cast<std::size_t>(to - from) + 1);
    add_phrases(grammar);
    add_words();
    add_names();
    add_tokens();
  }

  std::vector<Layout> best() const {
    // Of each node the best ways to it: the tile that ends there, and the way before it.
    std::vector<std::vector<Way>> at(starting_.size());
    at[0].push_back({});
    for (std::size_t node = 0; node < starting_.size(); ++node) {
      auto& ways = at[node];
      std::stable_sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.score > b.score; });
      if (ways.size() > kMostLayouts) ways.resize(kMostLayouts);
      for (std::size_t i = 0; i < ways.size(); ++i) {
        for (const int index : starting_[node]) {
          const Tile& next = tiles_[static_cast<std::size_t>(index)];
          at[static_cast<std::size_t>(next.end - from_)].push_back({ways[i].score + next.score, index, node, i});
        }
      }
    }
    std::vector<Layout> layouts;
    for (const Way& whole : at.back()) {
      Layout layout{whole.score, {}};
      for (const Way* way = &whole; way->tile >= 0; way = &at[way->node][way->before]) {
        if (tiles_[static_cast<std::size_t>(way->tile)].role != Role::kSkip) layout.tiles.push_back(way->tile);
      }
      std::reverse(layout.tiles.begin(), layout.tiles.end());
      layouts.push_back(std::move(layout));
    }
    return layouts;
  }

  const Tile& tile(int index) const { return tiles_[static_cast<std::size_t>(index)]; }

 private:
  void add(Tile tile) {
    if (tile.begin < from_ || tile.end > to_) return;
    starting_[static_cast<std::size_t>(tile.begin - from_)].push_back(static_cast<int>(tiles_.size()));
    tiles_.push_back(tile);
  }

  void add_phrases(const Grammar& grammar) {
    std::vector<std::optional<Role>> roles(grammar.symbols(), std::nullopt);
    for (const auto& [name, role] : kPhraseRoles) {
      if (const int symbol = grammar.symbol(name); symbol >= 0) roles[static_cast<std::size_t>(symbol)] = role;
    }
    for (int node = from_; node < to_; ++node) {
      for (const int index : sentence_.chart.starting_at(node)) {
        const Phrase& phrase = sentence_.chart.phrase(index);
        const auto role = roles[static_cast<std::size_t>(phrase.symbol)];
        if (role) add({*role, phrase.begin, phrase.end, phrase.score + kTileWeight, &phrase.meaning});
      }
    }
  }

  void add_words() {
    for (const LatticeWord& word : sentence_.words) {
      if (word.begin < from_ || word.end > to_) continue;
      const auto role = find_role(kWordRoles, word.kind);
      if (!role) {
        if (!word.kind.starts_with("en.") && !word.kind.starts_with("zh.") && !word.kind.starts_with("'")) add_loose(word);
        if (word.kind == "zh.quantifier") add_all(word);
        continue;
      }
      double weight = word.weight + kTileWeight;
      if (*role == Role::kHypothetical) weight += 0.3;
      if (*role == Role::kNegation) weight += 0.1;
      // 再来一次 is no 再 and 来
      if (*role == Role::kDialogue && word.value == "again" && std::get<Word>(word.meaning).chinese) weight += 0.35;
      if (*role == Role::kSkip) weight = -0.05 * (word.end - word.begin);
      if (*role == Role::kVerb) weight = word.weight - 0.1;
      if (word.kind == "conjunction") weight = -0.6;
      if (word.kind == "reason") add_reason(word);
      add({*role, word.begin, word.end, weight, &word.meaning});
    }
  }

  // A word outside every phrase.
  void add_loose(const LatticeWord& word) {
    // "take ... away": half of a verb
    if (word.kind == "heading" || word.kind == "relation") {
      static constexpr std::array<std::string_view, 9> kHalves{"out", "away", "down", "up", "off", "over", "around", "back", "on"};
      const std::string_view surface = std::get<Word>(word.meaning).surface;
      if (std::find(kHalves.begin(), kHalves.end(), surface) != kHalves.end())
        add({Role::kHalf, word.begin, word.end, -0.4, &word.meaning});
    }
    const Word* const said = std::get_if<Word>(&word.meaning);
    const bool narrows = word.kind == "quantifier" && said != nullptr &&
                         (said->value == "except" || said->value == "other" || said->value == "none" || said->value == "count");
    if (word.kind == "quantifier" && said != nullptr && said->value == "only") {
      add({Role::kOnly, word.begin, word.end, -0.5, &word.meaning});
    } else if (narrows) {
      add({Role::kUnknown, word.begin, word.end, kUnknownWeight + 1, &word.meaning});
    } else if (has_content(word.kind, word.value)) {
      add({Role::kUnknown, word.begin, word.end, kUnknownWeight, &word.meaning});
    } else {
      const Word* const meaning = std::get_if<Word>(&word.meaning);
      if (word.kind == "quantifier" && meaning != nullptr &&
          (meaning->value == "all" || meaning->value == "both" || meaning->value == "each"))
        add_all(word);
      add({Role::kParticle, word.begin, word.end, -0.5, &word.meaning});
    }
  }

  void add_all(const LatticeWord& word) {
    const Word& meaning = std::get<Word>(word.meaning);
    if (meaning.value == "all" || meaning.value == "both" || meaning.value == "each")
      add({Role::kAll, word.begin, word.end, 0, &word.meaning});
  }

  // "because it blocks the view": up to the next stop.
  void add_reason(const LatticeWord& word) {
    int end = word.end;
    while (end < to_ && sentence_.lattice.tokens[static_cast<std::size_t>(end)].kind != Token::Kind::kSymbol) ++end;
    add({Role::kSkip, word.begin, end, -0.6, nullptr});
  }

  // "rename it to Old Mill": any words after the mark, up to the end.
  void add_names() {
    static constexpr std::array<std::string_view, 16> kMarks{"in", "into", "to",   "as",   "叫",     "为",    "成", "作",
                                                             "做", "it",   "them", "name", "called", "named", "is", "名字"};
    const bool renames = std::any_of(sentence_.words.begin(), sentence_.words.end(), [&](const LatticeWord& word) {
      return word.begin >= from_ && word.end <= to_ && word.kind == "op" && word.value == "rename";
    });
    if (!renames) return;
    for (int node = from_ + 1; node < to_; ++node) {
      const std::string& before = sentence_.lattice.tokens[static_cast<std::size_t>(node) - 1].text;
      // "name the house Mill": the verb is no mark
      const bool verb = node == from_ + 1 && before == "name";
      const bool marked = !verb && std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return mark == before; });
      int end = to_;
      while (end > node && sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].kind == Token::Kind::kSymbol) --end;
      while (end > node && (sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].text == "吧" ||
                            sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].text == "please"))
        --end;
      if (end <= node) continue;
      const std::string& shown = sentence_.lattice.tokens[static_cast<std::size_t>(node)].shown;
      const bool capital = !shown.empty() && shown.front() >= 'A' && shown.front() <= 'Z';
      names_.push_back(std::make_shared<const Meaning>(Text{sentence_.written(node, end), {}}));
      add({Role::kName, node, end, marked ? -0.9 : capital ? -1.0 : -2.5, names_.back().get()});
    }
  }

  void add_tokens() {
    for (const Edge& edge : sentence_.lattice.edges) {
      const int begin = static_cast<int>(edge.from), end = static_cast<int>(edge.to);
      if (begin < from_ || end > to_) continue;
      if (edge.type == Edge::Type::kPunctuation) add({Role::kSkip, begin, end, -0.1, nullptr});
      if (edge.type == Edge::Type::kUnknown) {
        if (edge.content)
          add({Role::kUnknown, begin, end, kUnknownWeight, nullptr});
        else
          add({Role::kParticle, begin, end, -0.5, nullptr});
      }
    }
    // Nothing may block the way.
    for (int node = from_; node < to_; ++node) {
      add({Role::kUnknown, node, node + 1, kUnknownWeight - 2, nullptr});
    }
  }

  const Sentence& sentence_;
  int from_, to_;
  std::vector<Tile> tiles_;
  std::vector<std::vector<int>> starting_;

 public:
  std::vector<std::shared_ptr<const Meaning>> names_;
};

}  // namespace

std::vector<ClauseReading> lay_out(const Sentence& sentence, int from, int to, const Grammar& grammar) {
  const Tiling tiling(sentence, from, to, grammar);
  std::vector<ClauseReading> readings;
  for (const Layout& layout : tiling.best()) {
    ClauseReading reading;
    reading.score = layout.score;
    reading.keep = tiling.names_;
    for (const int tile : layout.tiles) reading.tiles.push_back(tiling.tile(tile));
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace skyline::models
