#include "models/language/interpreter/clause.h"

#include "models/language/interpreter/colours.h"
#include "models/language/interpreter/step_builder.h"
#include "models/language/interpreter/tiling.h"

#include <algorithm>
#include <array>
#include <utility>

namespace skyline::models {
namespace {

constexpr double kUnusedWeight = -4;     // a phrase that the operation has no place for
constexpr double kGuessedWeight = -1.0;  // no word names the operation
constexpr double kPieceWeight = 1.5;     // of a piece that no operation takes
constexpr double kWeakWeight = -0.3;     // "do", "get", 弄

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

bool has_aspect(const ClauseReading& reading) {
  return std::any_of(reading.tiles.begin(), reading.tiles.end(), [](const Tile& tile) { return tile.role == Role::kAspect; });
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
    op = as_meant(op, word);
    const bool adds = op != Op::kRemove;
    if (selection_tile >= 0) op = Op::kSelect;
    StepBuilder builder(op, selection_tile >= 0 || (word != nullptr && find_op(word->value) != op) ? nullptr : word);
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
      if (static_cast<int>(i) == op_tile || (tile.role != Role::kAsked && tile.role != Role::kView && tile.role != Role::kInstead))
        continue;
      // 距离是多少: what is asked for stands beside it
      if (tile.role == Role::kAsked && std::get<Word>(*tile.meaning).value == "count" && has_aspect(reading_)) {
        reading_.used.push_back(static_cast<int>(i));
        continue;
      }
      if (builder.take(tile)) reading_.used.push_back(static_cast<int>(i));
    }
    const std::size_t taken_first = reading_.used.size();
    if (selection_tile >= 0) word = nullptr;
    bool particle_needed = word != nullptr && !word->feature("particle").empty();
    if (particle_needed && word->feature("particle") == "off") {
      particle_needed =
          std::none_of(reading_.tiles.begin(), reading_.tiles.end(), [](const Tile& tile) { return tile.role == Role::kFrom; });
    }
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
      if (tile.role == Role::kVerb || tile.role == Role::kOnly) continue;
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
        // "bring back what I undid"
        if (op == Op::kRedo && (other.value == "show" || other.value == "undo")) continue;
        // "undo undo"
        if ((op == Op::kUndo || op == Op::kRedo) && other.value == op_name(op)) builder.step().count = builder.step().count.value_or(1) + 1;
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
    // "show it at dusk" shows nothing that was hidden
    if (op == Op::kShow && !reading_.further.empty() && builder.step().targets != nullptr &&
        builder.step().targets->kind == Query::Kind::kIt)
      reading_.score -= 2;
    if (has_role(Role::kOnly) && op != Op::kIsolate) reading_.score -= 0.5;
    if (op == Op::kCamera && op_tile >= 0 && lets_others(op_tile)) {
      reading_.unknown.push_back(op_tile);
      reading_.score += kUnusedWeight;
    }
    reading_.step = builder.step();
    reading_.has_step = true;
    paint_other_surfaces();
  }

  // Without an operation: what was said around it, and the pieces.
  void mark_all() {
    for (std::size_t i = 0; i < reading_.tiles.size(); ++i) {
      const Tile& tile = reading_.tiles[i];
      if (mark(tile) || tile.role == Role::kVerb || tile.role == Role::kParticle || tile.role == Role::kAll || tile.role == Role::kOnly)
        continue;
      if (tile.role == Role::kUnknown) reading_.unknown.push_back(static_cast<int>(i));
      // Any words may be a name, but only where something is renamed.
      if (tile.role == Role::kName && !reading_.is_kept(tile.meaning)) continue;
      if (tile.role == Role::kName) {
        reading_.unknown.push_back(static_cast<int>(i));
        reading_.score += kUnknownWeight;
      }
    }
  }

 private:
  bool has_role(Role role) const {
    return std::any_of(reading_.tiles.begin(), reading_.tiles.end(), [&](const Tile& tile) { return tile.role == role; });
  }

  // What the pieces make of a verb: "show only the towers" isolates, "show the church from the west" moves the camera, "bring the tower
  // down to 40 m" scales.
  Op as_meant(Op op, const Word* word) const {
    const bool shows = op == Op::kShow || (op == Op::kCamera && word != nullptr && word->feature("view") == "goto" && !word->chinese);
    if (shows && has_role(Role::kOnly)) return Op::kIsolate;
    const bool from_somewhere = std::any_of(reading_.tiles.begin(), reading_.tiles.end(), [](const Tile& tile) {
      if (tile.role == Role::kView) return true;
      const Heading* const heading = tile.role == Role::kWay ? std::get_if<Heading>(tile.meaning) : nullptr;
      return heading != nullptr && *heading <= Heading::kNorthWest;
    });
    if (op == Op::kShow && from_somewhere && has_role(Role::kRef)) return Op::kCamera;
    const bool up_or_down = std::any_of(reading_.tiles.begin(), reading_.tiles.end(), [](const Tile& tile) {
      const Heading* const heading = tile.role == Role::kWay ? std::get_if<Heading>(tile.meaning) : nullptr;
      return heading != nullptr && (*heading == Heading::kUp || *heading == Heading::kDown);
    });
    const bool to_a_size = std::any_of(reading_.tiles.begin(), reading_.tiles.end(), [](const Tile& tile) {
      const Amount* const amount = tile.role == Role::kQuantity ? std::get_if<Amount>(tile.meaning) : nullptr;
      return amount != nullptr && amount->to && (amount->unit == Amount::Unit::kMetre || amount->unit == Amount::Unit::kStorey);
    });
    if (op == Op::kMove && up_or_down && to_a_size && !has_role(Role::kPlace)) return Op::kScale;
    return op;
  }

  // "let the cars drive", "make the bus go down Main Street": what others do is no flight of the camera
  bool lets_others(int op_tile) const {
    bool lets = false;
    for (int i = 0; i < op_tile; ++i) {
      const Tile& tile = reading_.tiles[static_cast<std::size_t>(i)];
      if (tile.role == Role::kRef && lets) return true;
      if (tile.role != Role::kVerb && tile.role != Role::kOp) continue;
      const std::string_view surface = std::get<Word>(*tile.meaning).surface;
      lets = lets || surface == "let" || surface == "make" || surface == "have" || surface == "get" || surface == "让" || surface == "叫";
    }
    return false;
  }

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
    paint(step, query.colours.front());
    surfaces_.assign(query.colours.begin() + 1, query.colours.end());
    reading_.used.push_back(index);
  }

  static void paint(Step& step, const ColourTest& test) {
    step.colour = palette_hex(test.colour);
    step.part = test.surface == Surface::kRoof ? "roof" : test.surface == Surface::kWall ? "wall" : "all";
  }

  // "white walls and a black roof": a step for each
  void paint_other_surfaces() {
    for (const ColourTest& test : surfaces_) {
      Step another = reading_.step;
      paint(another, test);
      reading_.further.push_back({another, reading_.tiles.back().end});
    }
  }

  ClauseReading& reading_;
  std::vector<ColourTest> surfaces_;  // that were named beside the first one
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

// "a tree", 两座塔: any of their kind
bool has_indefinite(const ClauseReading& reading) {
  return std::any_of(reading.tiles.begin(), reading.tiles.end(), [](const Tile& tile) {
    if (tile.role != Role::kRef) return false;
    const Query& query = std::get<Query>(*tile.meaning);
    return query.kind == Query::Kind::kClass && (query.quantity == Quantity::kAny || query.quantity == Quantity::kCount);
  });
}

// Operations that the pieces alone suggest.
std::vector<Op> guesses(const ClauseReading& reading) {
  std::vector<Op> ops;
  const bool someone = has(reading, Role::kRef) || has(reading, Role::kPart);
  const bool asks = has(reading, Role::kQuestion) && asks_strongly(reading);
  if (asks && (someone || has(reading, Role::kPredicate)) && !asks_elsewhere(reading)) ops.push_back(Op::kQuery);
  if (has(reading, Role::kOnly) && has(reading, Role::kRef)) ops.push_back(Op::kIsolate);
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
  if ((has(reading, Role::kCloser) || has(reading, Role::kAway)) && someone) ops.push_back(Op::kMove);
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
    // 让纪念碑站到公园中央 speaks of one that is there
    if (value == "want" || value == "make" || (value == "let" && has_indefinite(reading))) ops.push_back(Op::kInsert);
    if (value == "want" || value == "let") ops.push_back(Op::kMove);
  }
  if (has(reading, Role::kWith) && someone && has(reading, Role::kVerb)) ops.push_back(Op::kReplace);
  if (has(reading, Role::kInstead) && has(reading, Role::kRef)) ops.push_back(Op::kReplace);
  if (has(reading, Role::kCopies)) ops.push_back(Op::kDuplicate);
  return ops;
}

}  // namespace

std::vector<ClauseReading> read_clause(const Sentence& sentence, int from, int to, const Grammar& grammar) {
  std::vector<ClauseReading> readings;
  for (const ClauseReading& plain : lay_out(sentence, from, to, grammar)) {
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
    if (tile.role == Role::kOnly) {
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
