#include "models/language/interpreter/clause.h"

#include "models/language/interpreter/colours.h"
#include "models/language/interpreter/step_builder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace skyline::models {
namespace {

constexpr double kTileWeight = -0.5;      // fewer and longer tiles say more
constexpr double kUnknownWeight = -5;     // a word that nobody knows
constexpr double kUnusedWeight = -4;      // a phrase that the operation has no place for
constexpr double kGuessedWeight = -1.0;   // no word names the operation
constexpr double kPieceWeight = 1.5;      // of a piece that no operation takes
constexpr double kWeakWeight = -0.3;      // "do", "get", 弄
constexpr std::size_t kMostLayouts = 48;  // kept at each node

// Phrases of the grammar that are tiles.
constexpr std::array kPhraseRoles{std::pair{std::string_view("REF"), Role::kRef},
                                  std::pair{std::string_view("PARTOF"), Role::kPart},
                                  std::pair{std::string_view("PLACE"), Role::kPlace},
                                  std::pair{std::string_view("WITH"), Role::kWith},
                                  std::pair{std::string_view("QTY"), Role::kQuantity},
                                  std::pair{std::string_view("WAY"), Role::kWay},
                                  std::pair{std::string_view("SPIN"), Role::kSpin},
                                  std::pair{std::string_view("FACING"), Role::kFacing},
                                  std::pair{std::string_view("TOWARDS"), Role::kTowards},
                                  std::pair{std::string_view("CLOSER"), Role::kCloser},
                                  std::pair{std::string_view("AWAY"), Role::kAway},
                                  std::pair{std::string_view("FROM"), Role::kFrom},
                                  std::pair{std::string_view("SIZE"), Role::kSize},
                                  std::pair{std::string_view("PAINT"), Role::kPaint},
                                  std::pair{std::string_view("SURFACE"), Role::kSurface},
                                  std::pair{std::string_view("ASPECT"), Role::kAspect},
                                  std::pair{std::string_view("PREDICATE"), Role::kPredicate},
                                  std::pair{std::string_view("NOWHERE"), Role::kSkip},
                                  std::pair{std::string_view("SUN"), Role::kSun},
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
    std::vector<std::vector<Layout>> at(starting_.size());
    at[0].push_back({});
    for (std::size_t node = 0; node + 1 < starting_.size(); ++node) {
      auto& layouts = at[node];
      std::stable_sort(layouts.begin(), layouts.end(), [](const Layout& a, const Layout& b) { return a.score > b.score; });
      if (layouts.size() > kMostLayouts) layouts.resize(kMostLayouts);
      for (const Layout& layout : layouts) {
        for (const int tile : starting_[node]) {
          Layout longer = layout;
          longer.score += tiles_[static_cast<std::size_t>(tile)].score;
          if (tiles_[static_cast<std::size_t>(tile)].role != Role::kSkip) longer.tiles.push_back(tile);
          at[static_cast<std::size_t>(tiles_[static_cast<std::size_t>(tile)].end - from_)].push_back(std::move(longer));
        }
      }
    }
    auto& whole = at.back();
    std::stable_sort(whole.begin(), whole.end(), [](const Layout& a, const Layout& b) { return a.score > b.score; });
    if (whole.size() > kMostLayouts) whole.resize(kMostLayouts);
    return std::move(whole);
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
    const bool narrows =
        word.kind == "quantifier" && said != nullptr &&
        (said->value == "except" || said->value == "other" || said->value == "only" || said->value == "none" || said->value == "count");
    if (narrows) {
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
    static constexpr std::array<std::string_view, 14> kMarks{"to", "as",   "叫",   "为",     "成",    "作", "做",
                                                             "it", "them", "name", "called", "named", "is", "名字"};
    const bool renames = std::any_of(sentence_.words.begin(), sentence_.words.end(), [&](const LatticeWord& word) {
      return word.begin >= from_ && word.end <= to_ && word.kind == "op" && word.value == "rename";
    });
    if (!renames) return;
    for (int node = from_ + 1; node < to_; ++node) {
      const std::string& before = sentence_.lattice.tokens[static_cast<std::size_t>(node) - 1].text;
      const bool marked = std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return mark == before; });
      int end = to_;
      while (end > node && sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].kind == Token::Kind::kSymbol) --end;
      while (end > node && (sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].text == "吧" ||
                            sentence_.lattice.tokens[static_cast<std::size_t>(end) - 1].text == "please"))
        --end;
      if (end <= node) continue;
      names_.push_back(std::make_shared<const Meaning>(Text{sentence_.written(node, end), {}}));
      add({Role::kName, node, end, marked ? -0.9 : -2.5, names_.back().get()});
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

constexpr double kAskedWeight = -2.5;  // an operation although something is asked

// "which", "how many", 哪座, 有没有: more than a polite 吗.
bool asks_strongly(const ClauseReading& reading) {
  static constexpr std::array<std::string_view, 12> kWeak{"?",      "吗",  "呢",   "is",    "are",  "does",
                                                          "do you", "has", "when", "whose", "能否", "是否"};
  for (const Tile& tile : reading.tiles) {
    if (tile.role == Role::kAsked) return true;
    if (tile.role != Role::kQuestion) continue;
    const Word& word = std::get<Word>(*tile.meaning);
    if (std::find(kWeak.begin(), kWeak.end(), word.surface) == kWeak.end()) return true;
  }
  return false;
}

// Puts one layout's tiles into one operation.
class Composer {
 public:
  explicit Composer(ClauseReading& reading) : reading_(reading) {}

  void compose(Op op, int op_tile) {
    const Word* word = op_tile < 0 ? nullptr : &std::get<Word>(*reading_.tiles[static_cast<std::size_t>(op_tile)].meaning);
    // "add the houses to the selection", "take the church out of the selection"
    int selection_tile = -1;
    if (op == Op::kInsert || op == Op::kMove || op == Op::kRemove) {
      for (std::size_t i = 0; i < reading_.tiles.size(); ++i) {
        if (names_selection(reading_.tiles[i])) selection_tile = static_cast<int>(i);
      }
    }
    const bool adds = op != Op::kRemove;
    if (selection_tile >= 0) op = Op::kSelect;
    StepBuilder builder(op, selection_tile >= 0 ? nullptr : word);
    if (selection_tile >= 0) {
      builder.step().mode = adds ? "add" : "remove";
      reading_.used.push_back(selection_tile);
      reading_.score += 0.5;
    }
    if (op_tile >= 0) {
      reading_.used.push_back(op_tile);
      reading_.named_op = true;
      if (word->feature("weak") == "yes") reading_.score += kWeakWeight;
    } else {
      reading_.score += kGuessedWeight;
    }
    if (asks_strongly(reading_) && op != Op::kQuery && op != Op::kCamera && op != Op::kSelect) reading_.score += kAskedWeight;
    // "are parked there" says how things are
    if (word != nullptr && word->past && asks_strongly(reading_)) reading_.score += kAskedWeight;
    // What is asked decides what the rest is for.
    for (std::size_t i = 0; i < reading_.tiles.size(); ++i) {
      const Tile& tile = reading_.tiles[i];
      if (static_cast<int>(i) == op_tile || (tile.role != Role::kAsked && tile.role != Role::kView)) continue;
      if (builder.take(tile)) reading_.used.push_back(static_cast<int>(i));
    }
    const std::size_t taken_first = reading_.used.size();
    if (selection_tile >= 0) word = nullptr;
    bool particle_needed = word != nullptr && !word->feature("particle").empty();
    if (particle_needed && word->feature("particle") == "into") {
      // "into a park" and "into the red one" hold it already.
      particle_needed = std::none_of(reading_.tiles.begin(), reading_.tiles.end(), [](const Tile& tile) {
        return tile.role == Role::kWith || tile.role == Role::kPaint || tile.role == Role::kStyle;
      });
    }
    for (std::size_t i = 0; i < reading_.tiles.size(); ++i) {
      if (static_cast<int>(i) == op_tile) continue;
      const Tile& tile = reading_.tiles[i];
      if (mark(tile)) {
        builder.ask(tile);
        continue;
      }
      if (std::find(reading_.used.begin(), reading_.used.begin() + static_cast<std::ptrdiff_t>(taken_first), static_cast<int>(i)) !=
          reading_.used.begin() + static_cast<std::ptrdiff_t>(taken_first))
        continue;
      if (tile.role == Role::kHalf && !(particle_needed && std::get<Word>(*tile.meaning).surface == word->feature("particle"))) {
        reading_.unknown.push_back(static_cast<int>(i));
        reading_.score += kUnusedWeight;
        continue;
      }
      if (tile.role == Role::kParticle || tile.role == Role::kHalf) {
        const Word* const said = tile.meaning == nullptr ? nullptr : std::get_if<Word>(tile.meaning);
        if (particle_needed && said != nullptr && (said->surface == word->feature("particle") || said->text == word->feature("particle"))) {
          particle_needed = false;
          reading_.score += 0.8;
        }
        continue;
      }
      if (tile.role == Role::kVerb) continue;
      if (tile.role == Role::kSurface) {
        take_surface(builder, static_cast<int>(i));
        continue;
      }
      if (builder.take(tile)) {
        reading_.used.push_back(static_cast<int>(i));
        continue;
      }
      if (tile.role == Role::kOp) {
        // "how many cars are parked there": the verb only says where
        const bool look = op == Op::kSeason || op == Op::kWeather || op == Op::kLight || op == Op::kStyle;
        if (op == Op::kQuery || (look && std::get<Word>(*tile.meaning).value == "show")) {
          reading_.score -= 0.8;
          continue;
        }
        // A second verb of the same thing ("go ahead and remove", 给删掉了去掉) is nothing new.
        const Word& other = std::get<Word>(*tile.meaning);
        if (other.value == "camera") builder.refine_view(other.feature("view"));
        if (other.feature("weak") == "yes" || other.value == op_name(op) || (op == Op::kCamera && other.value == "rotate")) {
          reading_.score -= other.feature("weak") == "yes" ? 0.2 : 0.5;
          continue;
        }
      }
      if (tile.role == Role::kAll) continue;
      if (further(op, tile)) {
        reading_.used.push_back(static_cast<int>(i));
        continue;
      }
      reading_.unknown.push_back(static_cast<int>(i));
      if (tile.role != Role::kUnknown) reading_.score += kUnusedWeight;
    }
    if (particle_needed) reading_.score -= 3;
    builder.finish();
    if (builder.impossible()) reading_.score -= 3;
    reading_.score += builder.score();
    reading_.step = builder.step();
    reading_.has_step = true;
  }

  // Without an operation: what was said around it, and the pieces.
  void mark_all() {
    for (std::size_t i = 0; i < reading_.tiles.size(); ++i) {
      const Tile& tile = reading_.tiles[i];
      if (mark(tile) || tile.role == Role::kVerb || tile.role == Role::kParticle || tile.role == Role::kAll) continue;
      if (tile.role == Role::kUnknown) reading_.unknown.push_back(static_cast<int>(i));
    }
  }

 private:
  static bool names_selection(const Tile& tile) {
    if (tile.meaning == nullptr) return false;
    if (const Place* const place = std::get_if<Place>(tile.meaning))
      return place->anchor != nullptr && place->anchor->kind == Query::Kind::kSelection;
    if (tile.role != Role::kWith && tile.role != Role::kFrom) return false;
    const Query* const query = std::get_if<Query>(tile.meaning);
    return query != nullptr && query->kind == Query::Kind::kSelection;
  }

  // "winter at dusk", "a foggy picture of the church from the east at dusk": looks beside the step are steps of their own.
  bool further(Op op, const Tile& tile) {
    std::optional<Op> look;
    if (tile.role == Role::kSeason) look = Op::kSeason;
    if (tile.role == Role::kWeather) look = Op::kWeather;
    if (tile.role == Role::kTime) look = Op::kLight;
    if (tile.role == Role::kStyle) look = Op::kStyle;
    const bool pictures = op == Op::kSeason || op == Op::kWeather || op == Op::kLight || op == Op::kStyle || op == Op::kCamera ||
                          op == Op::kExport || op == Op::kShow;
    if (!look || *look == op || !pictures) return false;
    StepBuilder builder(*look, nullptr);
    if (!builder.take(tile)) return false;
    for (const Tile& other : reading_.tiles) {
      if ((other.role == Role::kStrength || other.role == Role::kQuantity) && (other.end == tile.begin || other.begin == tile.end))
        builder.take(other);
    }
    builder.finish();
    reading_.further.push_back({builder.step(), tile.begin});
    reading_.score -= 0.4;
    return true;
  }

  bool mark(const Tile& tile) {
    Marks& marks = reading_.marks;
    switch (tile.role) {
      case Role::kNegation:
        marks.negated = true;
        return true;
      case Role::kHypothetical:
        marks.hypothetical = true;
        return true;
      case Role::kQuestion:
        marks.question = true;
        return true;
      case Role::kSmalltalk:
        marks.smalltalk = true;
        return true;
      case Role::kDialogue:
        marks.dialogue.emplace(std::get<Word>(*tile.meaning).value);
        return true;
      default:
        return false;
    }
  }

  // "give it a red roof": part and colour at once.
  void take_surface(StepBuilder& builder, int index) {
    const Query& query = std::get<Query>(*reading_.tiles[static_cast<std::size_t>(index)].meaning);
    Step& step = builder.step();
    if (step.op != Op::kRecolor || !step.colour.empty() || query.colours.empty()) {
      reading_.unknown.push_back(index);
      reading_.score += kUnusedWeight;
      return;
    }
    const ColourTest& test = query.colours.front();
    step.colour = palette_hex(test.colour);
    step.part = test.surface == Surface::kRoof ? "roof" : test.surface == Surface::kWall ? "wall" : "all";
    reading_.used.push_back(index);
  }

  ClauseReading& reading_;
};

}  // namespace

namespace {

bool has(const ClauseReading& reading, Role role) {
  return std::any_of(reading.tiles.begin(), reading.tiles.end(), [&](const Tile& tile) { return tile.role == role; });
}

const Tile* find(const ClauseReading& reading, Role role) {
  const auto found = std::find_if(reading.tiles.begin(), reading.tiles.end(), [&](const Tile& tile) { return tile.role == role; });
  return found == reading.tiles.end() ? nullptr : &*found;
}

// "who built it", "when does it open": nothing that the scene knows
bool asks_elsewhere(const ClauseReading& reading) {
  return std::any_of(reading.tiles.begin(), reading.tiles.end(), [](const Tile& tile) {
    if (tile.role != Role::kQuestion) return false;
    const std::string_view text = std::get<Word>(*tile.meaning).surface;
    return text == "who" || text == "when" || text == "why" || text == "whose" || text == "谁" || text == "为什么" || text == "几时";
  });
}

// A reference with a noun, a name or a pronoun: more than 一座.
bool names_something(const ClauseReading& reading) {
  return std::any_of(reading.tiles.begin(), reading.tiles.end(), [](const Tile& tile) {
    if (tile.role != Role::kRef) return false;
    const Query& query = std::get<Query>(*tile.meaning);
    return query.kind != Query::Kind::kClass || !query.classes.empty();
  });
}

// 教堂到医院的距离, "the height of the tower": a property and nothing that changes it.
bool names_only(const ClauseReading& reading) {
  const Tile* const aspect = find(reading, Role::kAspect);
  if (aspect == nullptr || !std::get<PartOf>(*aspect->meaning).owner) return false;
  return std::none_of(reading.tiles.begin(), reading.tiles.end(), [](const Tile& tile) {
    return tile.role == Role::kOp || tile.role == Role::kPaint || tile.role == Role::kSize || tile.role == Role::kWay ||
           tile.role == Role::kPlace || tile.role == Role::kWith || tile.role == Role::kDialogue || tile.role == Role::kUnknown;
  });
}

// Operations that the pieces alone suggest.
std::vector<Op> guesses(const ClauseReading& reading) {
  std::vector<Op> ops;
  const bool someone = has(reading, Role::kRef) || has(reading, Role::kPart);
  const bool asks = has(reading, Role::kQuestion) && asks_strongly(reading);
  if (asks && (someone || has(reading, Role::kPredicate)) && !asks_elsewhere(reading)) ops.push_back(Op::kQuery);
  if (has(reading, Role::kSun)) ops.push_back(Op::kLight);
  if (const Tile* const kind = find(reading, Role::kKind);
      kind != nullptr && has(reading, Role::kVerb) && std::get<Word>(*kind->meaning).surface != "点")
    ops.push_back(Op::kExport);
  if (has(reading, Role::kSeason)) ops.push_back(Op::kSeason);
  if (has(reading, Role::kWeather)) ops.push_back(Op::kWeather);
  // 再来一点 is no time of day
  const Tile* const time = find(reading, Role::kTime);
  const Text* const clock = time == nullptr ? nullptr : std::get_if<Text>(time->meaning);
  if (time != nullptr && !(has(reading, Role::kDialogue) && clock != nullptr && clock->text == "01:00")) ops.push_back(Op::kLight);
  if (has(reading, Role::kStyle)) ops.push_back(Op::kStyle);
  if (has(reading, Role::kPaint) || has(reading, Role::kSurface)) ops.push_back(Op::kRecolor);
  if (has(reading, Role::kSize)) ops.push_back(Op::kScale);
  if (someone && has(reading, Role::kVerb)) {
    if (const Tile* const tile = find(reading, Role::kQuantity); tile != nullptr) {
      const Amount::Unit unit = std::get<Amount>(*tile->meaning).unit;
      if (unit == Amount::Unit::kMetre || unit == Amount::Unit::kStorey || unit == Amount::Unit::kShare) ops.push_back(Op::kScale);
    }
  }
  if (has(reading, Role::kAspect) && has(reading, Role::kQuantity)) ops.push_back(Op::kScale);
  // "the tower needs 6 more metres"
  if (const Tile* const tile = find(reading, Role::kQuantity); tile != nullptr && names_something(reading) && !has(reading, Role::kWay) &&
                                                               !has(reading, Role::kPlace) && !has(reading, Role::kVerb)) {
    const Amount::Unit unit = std::get<Amount>(*tile->meaning).unit;
    if (unit == Amount::Unit::kMetre || unit == Amount::Unit::kStorey) ops.push_back(Op::kScale);
  }
  if (has(reading, Role::kView)) ops.push_back(Op::kCamera);
  if (const Tile* const kind = find(reading, Role::kKind);
      has(reading, Role::kPixels) || (kind != nullptr && std::get<Word>(*kind->meaning).surface != "点"))
    ops.push_back(Op::kExport);
  if (has(reading, Role::kAsked) || (has(reading, Role::kAspect) && !has(reading, Role::kQuantity) && (asks || names_only(reading))))
    ops.push_back(Op::kQuery);
  if (has(reading, Role::kFacing) && someone) ops.push_back(Op::kRotate);
  if (const Tile* const tile = find(reading, Role::kQuantity);
      tile != nullptr && someone && std::get<Amount>(*tile->meaning).unit == Amount::Unit::kDegree)
    ops.push_back(Op::kRotate);
  if (has(reading, Role::kWay) && has(reading, Role::kQuantity) && someone) ops.push_back(Op::kMove);
  if (const Tile* const verb = find(reading, Role::kVerb); verb != nullptr && someone && std::get<Word>(*verb->meaning).value == "see") {
    ops.push_back(Op::kCamera);
  }
  if (const Tile* const verb = find(reading, Role::kVerb); has(reading, Role::kPlace) && verb != nullptr && someone) {
    const std::string_view value = std::get<Word>(*verb->meaning).value;
    if (value == "want" || value == "let" || value == "make") ops.push_back(Op::kInsert);
    if (value == "want" || value == "let") ops.push_back(Op::kMove);
  }
  if (has(reading, Role::kWith) && someone && has(reading, Role::kVerb)) ops.push_back(Op::kReplace);
  return ops;
}

}  // namespace

std::vector<ClauseReading> read_clause(const Sentence& sentence, int from, int to, const Grammar& grammar) {
  const Tiling tiling(sentence, from, to, grammar);
  std::vector<ClauseReading> readings;
  for (const Layout& layout : tiling.best()) {
    ClauseReading plain;
    plain.score = layout.score;
    plain.keep = tiling.names_;
    for (const int tile : layout.tiles) plain.tiles.push_back(tiling.tile(tile));
    bool strong = false;
    for (std::size_t i = 0; i < plain.tiles.size(); ++i) {
      if (plain.tiles[i].role != Role::kOp) continue;
      const Word& word = std::get<Word>(*plain.tiles[i].meaning);
      const auto op = find_op(word.value);
      if (!op) continue;
      ClauseReading reading = plain;
      Composer(reading).compose(*op, static_cast<int>(i));
      readings.push_back(std::move(reading));
      strong = strong || (word.feature("weak") != "yes" && word.value != "show");
    }
    if (!strong || asks_strongly(plain)) {
      for (const Op op : guesses(plain)) {
        ClauseReading reading = plain;
        Composer(reading).compose(op, -1);
        readings.push_back(std::move(reading));
      }
      ClauseReading reading = plain;
      Composer(reading).mark_all();
      reading.score -= 1;
      for (const Tile& tile : reading.tiles) reading.score -= tile.role < Role::kParticle && tile.role != Role::kAll ? kPieceWeight : 0;
      readings.push_back(std::move(reading));
    }
  }
  std::stable_sort(readings.begin(), readings.end(), [](const ClauseReading& a, const ClauseReading& b) { return a.score > b.score; });
  if (readings.size() > kMostClauseReadings) readings.resize(kMostClauseReadings);
  return readings;
}

std::optional<ClauseReading> patched(const Step& step, const ClauseReading& fragment, bool replaces_targets) {
  ClauseReading reading = fragment;
  reading.used.clear();
  reading.unknown.clear();
  StepBuilder builder(step, replaces_targets);
  bool any = false;
  for (std::size_t i = 0; i < fragment.tiles.size(); ++i) {
    const Tile& tile = fragment.tiles[i];
    switch (tile.role) {
      case Role::kNegation:
      case Role::kDialogue:
      case Role::kQuestion:
      case Role::kVerb:
      case Role::kParticle:
      case Role::kHypothetical:
      case Role::kSmalltalk:
        continue;
      default:
        break;
    }
    // "paint it white, with a red roof"
    if (tile.role == Role::kSurface && step.op == Op::kRecolor && !std::get<Query>(*tile.meaning).colours.empty()) {
      const ColourTest& test = std::get<Query>(*tile.meaning).colours.front();
      builder.step().colour = palette_hex(test.colour);
      builder.step().part = test.surface == Surface::kRoof ? "roof" : test.surface == Surface::kWall ? "wall" : "all";
      any = true;
      reading.used.push_back(static_cast<int>(i));
      continue;
    }
    // "only the roof": the rest of the former step stands
    const Word* const narrowing = tile.role == Role::kUnknown && tile.meaning != nullptr ? std::get_if<Word>(tile.meaning) : nullptr;
    if (narrowing != nullptr && narrowing->kind == "quantifier" && narrowing->value == "only") {
      reading.marks.dialogue.emplace("only");
      continue;
    }
    if (builder.take(tile)) {
      any = true;
      reading.used.push_back(static_cast<int>(i));
    } else if (tile.role == Role::kOp) {
      // 改成, "make it", "turn it": the verb of the correction
      const Word& word = std::get<Word>(*tile.meaning);
      if (word.feature("weak") != "yes" && word.value != op_name(step.op) && word.value != "replace")
        reading.unknown.push_back(static_cast<int>(i));
    } else if (tile.role != Role::kAll) {
      reading.unknown.push_back(static_cast<int>(i));
    }
  }
  if (!any) return std::nullopt;
  builder.finish();
  reading.step = builder.step();
  reading.has_step = true;
  reading.score += builder.score();
  for (const int tile : reading.unknown) {
    if (fragment.tiles[static_cast<std::size_t>(tile)].role != Role::kUnknown) reading.score += kUnusedWeight;
  }
  return reading;
}

}  // namespace skyline::models
