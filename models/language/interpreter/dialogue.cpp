#include "models/language/interpreter/dialogue.h"

#include "models/language/interpreter/choice.h"
#include "models/language/interpreter/heads.h"
#include "models/language/interpreter/resolver.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace skyline::models {
namespace {

std::string_view meaning_name(Role role) {
  switch (role) {
    case Role::kOp:
      return "op";
    case Role::kRef:
      return "targets";
    case Role::kPart:
    case Role::kSurface:
      return "part";
    case Role::kPlace:
    case Role::kCloser:
    case Role::kAway:
      return "place";
    case Role::kWith:
      return "asset";
    case Role::kQuantity:
    case Role::kCount:
      return "amount";
    case Role::kWay:
    case Role::kSpin:
    case Role::kFacing:
    case Role::kTowards:
      return "direction";
    case Role::kSize:
      return "size";
    case Role::kPaint:
      return "color";
    case Role::kAspect:
      return "property";
    case Role::kPredicate:
      return "condition";
    case Role::kSun:
      return "time";
    case Role::kFrom:
    case Role::kUpTo:
    case Role::kOf:
    case Role::kInstead:
    case Role::kFor:
    case Role::kCopies:
      return "targets";

    case Role::kName:
      return "name";
    case Role::kSeason:
      return "season";
    case Role::kWeather:
      return "weather";
    case Role::kTime:
      return "time";
    case Role::kStyle:
      return "style";
    case Role::kAsked:
      return "question";
    case Role::kView:
    case Role::kSetting:
      return "view";
    case Role::kStrength:
      return "strength";
    case Role::kKind:
    case Role::kPixels:
      return "kind";
    default:
      return "ignored";
  }
}

QueryPtr query_of(const Tile& tile, const Step& step) {
  switch (tile.role) {
    case Role::kRef: {
      const Query& said = std::get<Query>(*tile.meaning);
      if (step.targets != nullptr && step.targets->kind == said.kind && step.targets->classes == said.classes) return step.targets;
      if (step.second != nullptr && step.second->classes == said.classes) return step.second;
      return nullptr;
    }
    case Role::kPart:
    case Role::kAspect:
      return step.targets;
    case Role::kPlace:
      if (step.place) return step.place->anchor;
      return step.op == Op::kCamera ? step.targets : nullptr;
    case Role::kTowards:
      return step.facing_target;
    case Role::kCloser:
    case Role::kAway:
      return step.displacement ? step.displacement->anchor : nullptr;
    default:
      return nullptr;
  }
}

Query it() {
  Query query;
  query.kind = Query::Kind::kIt;
  query.plural = true;
  query.quantity = Quantity::kAll;
  return query;
}

const Tile* find(const ClauseReading& clause, Role role) {
  const auto found = std::find_if(clause.tiles.begin(), clause.tiles.end(), [&](const Tile& tile) { return tile.role == role; });
  return found == clause.tiles.end() ? nullptr : &*found;
}

// Builds one reading from the clauses.
class ContextReader {
 public:
  ContextReader(const ClauseSequence& sequence, const Sentence& sentence, const Situation& situation)
      : sequence_(sequence), sentence_(sentence), situation_(situation) {
    reading_.score = sequence.score;
    for (const ClauseReading& clause : sequence.clauses) {
      marks_.insert(clause.marks.dialogue.begin(), clause.marks.dialogue.end());
      // 不，秋天: a "no" that stands alone corrects
      const bool alone =
          clause.marks.negated && ((!clause.has_step && !has_pieces(clause) && sequence.clauses.size() > 1) || begins_with_no(clause));
      if (alone) marks_.insert("correction");
      negated_ = negated_ || (clause.marks.negated && !alone);
      hypothetical_ = hypothetical_ || clause.marks.hypothetical;
      smalltalk_ = smalltalk_ || clause.marks.smalltalk;
    }
    find_former();
  }

  Reading read() {
    if (asks_yes_or_no()) {
      reading_.intent = Reading::Intent::kOutOfDomain;
      return finish();
    }
    if (hypothetical_) {
      keep_steps();
      reading_.intent = Reading::Intent::kHypothetical;
      return finish();
    }
    if (read_choice() || read_fragment()) return finish();
    keep_steps();
    // "what is the capital of France": a question about something that is not here
    const bool nobody = std::all_of(reading_.steps.begin(), reading_.steps.end(), [](const Step& step) {
      return step.op == Op::kQuery && step.targets != nullptr && step.targets->kind == Query::Kind::kIt;
    });
    if (!reading_.steps.empty() && nobody && !reading_.unknown.empty()) foreign_ = true;
    if (foreign_) {
      reading_.intent = Reading::Intent::kOutOfDomain;
    } else if (reading_.steps.empty()) {
      read_without_steps();
    } else if (said("correction") && former_ != nullptr && former_acted_) {
      reading_.intent = Reading::Intent::kCorrection;
    }
    return finish();
  }

 private:
  // "is the church taller than 5 m?", "when does it open": a question is never done. "Is there" and "which" have answers, and polite
  // questions are requests.
  bool asks_yes_or_no() const {
    const std::vector<Token>& tokens = sentence_.lattice.tokens;
    if (tokens.empty() || sequence_.clauses.empty()) return false;
    // "is it possible to ..." is a request
    if (std::any_of(sentence_.words.begin(), sentence_.words.end(),
                    [](const LatticeWord& word) { return word.begin == 0 && word.end > 1 && word.kind == "polite"; }))
      return false;
    static constexpr std::array<std::string_view, 14> kFirst{"is",  "are", "does", "do",  "was",  "were",  "has",
                                                             "did", "who", "when", "why", "isnt", "arent", "谁"};
    const bool first = std::find(kFirst.begin(), kFirst.end(), tokens.front().text) != kFirst.end();
    if (!first) return false;
    return std::none_of(sequence_.clauses.begin(), sequence_.clauses.end(), [](const ClauseReading& clause) {
      if (!clause.has_step) return false;
      if (clause.step.op == Op::kQuery) return true;
      const Tile* const op = find(clause, Role::kOp);
      return op != nullptr && op->begin == 0;  // "do the same", "do over"
    });
  }

  bool said(std::string_view mark) const { return marks_.contains(mark); }

  // The last turn that had steps; and whether they were done.
  // 不，秋天
  bool begins_with_no(const ClauseReading& clause) const {
    if (clause.tiles.empty() || clause.tiles.front().role != Role::kNegation) return false;
    const auto after = static_cast<std::size_t>(clause.tiles.front().end);
    return after < sentence_.lattice.tokens.size() && sentence_.lattice.tokens[after].text == ",";
  }

  void find_former() {
    for (auto turn = situation_.turns.rbegin(); turn != situation_.turns.rend(); ++turn) {
      if (turn->reading.steps.empty() || turn->plan.status == Plan::Status::kRefuse) continue;
      former_ = &*turn;
      former_acted_ = turn->plan.status == Plan::Status::kOk;
      return;
    }
  }

  void understand(const ClauseReading& clause, int step) {
    for (std::size_t i = 0; i < clause.tiles.size(); ++i) {
      const Tile& tile = clause.tiles[i];
      Understood understood;
      if (tile.begin >= tile.end) continue;
      understood.start = sentence_.lattice.tokens[static_cast<std::size_t>(tile.begin)].start;
      understood.end = sentence_.lattice.tokens[static_cast<std::size_t>(tile.end) - 1].end;
      const bool piece = !clause.has_step && tile.role < Role::kParticle;
      const bool used = piece || std::find(clause.used.begin(), clause.used.end(), static_cast<int>(i)) != clause.used.end();
      understood.means = used ? meaning_name(tile.role) : "ignored";
      if (std::find(clause.unknown.begin(), clause.unknown.end(), static_cast<int>(i)) != clause.unknown.end()) {
        understood.means = "unknown";
        reading_.unknown.push_back(sentence_.written(tile.begin, tile.end));
      }
      understood.step = used ? step : -1;
      if (used && step >= 0) understood.query = query_of(tile, reading_.steps[static_cast<std::size_t>(step)]);
      if (understood.means != "ignored") reading_.understood.push_back(std::move(understood));
    }
  }

  // In the order of the words: looks said before the operation come first.
  void add_step(const ClauseReading& clause) {
    int first = clause.tiles.empty() ? 0 : clause.tiles.back().end;
    const Op op = clause.step.op;
    const bool looks = op == Op::kSeason || op == Op::kWeather || op == Op::kLight || op == Op::kStyle;
    for (const int tile : clause.used) {
      const Tile& used = clause.tiles[static_cast<std::size_t>(tile)];
      const bool further_look = std::any_of(clause.further.begin(), clause.further.end(),
                                            [&](const ClauseReading::Further& look) { return look.begin == used.begin; });
      if (further_look) continue;
      if (!looks || used.role != Role::kOp) first = std::min(first, used.begin);
    }
    std::vector<ClauseReading::Further> further = clause.further;
    std::stable_sort(further.begin(), further.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    const int own = first;
    for (const ClauseReading::Further& look : further) {
      if (look.begin < own) reading_.steps.push_back(look.step);
    }
    reading_.steps.push_back(clause.step);
    // "also select X", 再选上X
    if (op == Op::kSelect && reading_.steps.back().mode == "set" &&
        (said("also") || (former_ != nullptr && (said("again") || said("more")))))
      reading_.steps.back().mode = "add";
    understand(clause, static_cast<int>(reading_.steps.size()) - 1);
    for (const ClauseReading::Further& look : further) {
      if (look.begin >= own) reading_.steps.push_back(look.step);
    }
  }

  // Steps as they were said; what must not be done is left out, or excepted from the step before.
  void keep_steps() {
    for (const Tile& tile : all_tiles()) {
      if (tile.role == Role::kSmalltalk && std::get<Word>(*tile.meaning).value == "out_of_domain") foreign_ = true;
    }
    std::size_t acting = 0;
    for (const ClauseReading& clause : sequence_.clauses) acting += clause.has_step && !clause.marks.negated ? 1u : 0u;
    for (const ClauseReading& clause : sequence_.clauses) {
      if (!clause.has_step) {
        // "... but leave the bus": not the bus
        const Tile* const left = find(clause, Role::kRef);
        const bool leaves = clause.marks.dialogue.contains("still") || clause.marks.negated;
        if (leaves && left != nullptr && !reading_.steps.empty()) except(reading_.steps.back(), std::get<Query>(*left->meaning));
        understand(clause, -1);
        if (acting > 0) name_leftovers(clause);
        continue;
      }
      if (!clause.marks.negated) {
        add_step(clause);
        continue;
      }
      if (acting == 0) {
        reading_.intent = Reading::Intent::kNegated;
        add_step(clause);
        continue;
      }
      if (!reading_.steps.empty() && clause.step.targets != nullptr) except(reading_.steps.back(), *clause.step.targets);
      understand(clause, -1);
    }
  }

  // Amounts, colours and looks of a clause that became no step are not left out in silence.
  void name_leftovers(const ClauseReading& clause) {
    for (const Tile& tile : clause.tiles) {
      switch (tile.role) {
        case Role::kPaint:
        case Role::kSurface:
        case Role::kQuantity:
        case Role::kSeason:
        case Role::kWeather:
        case Role::kStyle:
        case Role::kWith:
          reading_.unknown.push_back(sentence_.written(tile.begin, tile.end));
          break;
        default:
          break;
      }
    }
  }

  static void except(Step& step, Query left_out) {
    if (step.targets == nullptr || step.targets->quantity != Quantity::kAll) return;
    if (left_out.bare || left_out.quantity == Quantity::kThe) left_out.quantity = left_out.bare ? Quantity::kAll : left_out.quantity;
    left_out.bare = false;
    Query rest = *step.targets;
    rest.except.push_back(std::make_shared<const Query>(std::move(left_out)));
    step.targets = std::make_shared<const Query>(std::move(rest));
  }

  // "the second one", 第二个, "the red one", after a question with candidates.
  bool read_choice() {
    if (situation_.turns.empty()) return false;
    const Plan& plan = situation_.turns.back().plan;
    if (plan.status != Plan::Status::kAsk || plan.candidates.empty()) return false;
    if (const std::vector<int> chosen = choices_said(sentence_.lattice.tokens, plan.candidates); !chosen.empty()) {
      if (chosen.size() > 1) return choose_some(plan, chosen);
      reading_.intent = Reading::Intent::kChoose;
      reading_.choice = chosen.front();
      reading_.steps = situation_.turns.back().reading.steps;
      return true;
    }
    const ClauseReading* only = nullptr;
    for (const ClauseReading& said_clause : sequence_.clauses) {
      if (!said_clause.has_step && !has_pieces(said_clause) && !find(said_clause, Role::kAll) &&
          !said_clause.marks.dialogue.contains("choose"))
        continue;
      // 两座都拆 answers with the verb
      const bool repeats = said_clause.has_step && !situation_.turns.back().reading.steps.empty() &&
                           said_clause.step.op == situation_.turns.back().reading.steps.front().op &&
                           find(said_clause, Role::kAll) != nullptr &&
                           (find(said_clause, Role::kRef) == nullptr || find(said_clause, Role::kCount) != nullptr);
      if (only != nullptr || (said_clause.has_step && said_clause.named_op && !repeats)) return false;
      only = &said_clause;
    }
    if (only == nullptr) {
      if (!said("confirm") || plan.candidates.size() != 1) return false;
      only = &sequence_.clauses.front();
    }
    const ClauseReading& clause = *only;
    if (find(clause, Role::kAll) != nullptr && find(clause, Role::kRef) == nullptr) return choose_all(plan);
    const int count = static_cast<int>(plan.candidates.size());
    int choice = 0;
    if (const int said_so = chosen_by_word(clause, count); said_so != 0) {
      choice = said_so;
    } else if (const Tile* const tile = find(clause, Role::kOrdinal)) {
      const double value = std::get<Amount>(*tile->meaning).value;
      choice = value < 0 ? count + 1 + static_cast<int>(value) : static_cast<int>(value);
    } else if (const Tile* const amount = find(clause, Role::kQuantity);
               amount != nullptr && std::get<Amount>(*amount->meaning).unit == Amount::Unit::kPlain) {
      choice = static_cast<int>(std::get<Amount>(*amount->meaning).value);
    } else if (const Tile* const reference = find(clause, Role::kRef)) {
      choice = chosen_by(std::get<Query>(*reference->meaning), plan);
    } else if (said("confirm") && count == 1) {
      choice = 1;
    }
    if (choice < 1 || choice > count) return false;
    reading_.intent = Reading::Intent::kChoose;
    reading_.choice = choice;
    reading_.steps = situation_.turns.back().reading.steps;
    return true;
  }

  // "the second one", 第二个, 最后一个, 后者: entries of their own in the lexicon
  static int chosen_by_word(const ClauseReading& clause, int count) {
    static constexpr std::array<std::pair<std::string_view, int>, 18> kWords{{{"the first", 1},
                                                                              {"the first one", 1},
                                                                              {"number one", 1},
                                                                              {"the former", 1},
                                                                              {"第一个", 1},
                                                                              {"前者", 1},
                                                                              {"一号", 1},
                                                                              {"the second one", 2},
                                                                              {"number two", 2},
                                                                              {"the latter", -1},
                                                                              {"第二个", 2},
                                                                              {"后者", -1},
                                                                              {"二号", 2},
                                                                              {"the third one", 3},
                                                                              {"number three", 3},
                                                                              {"第三个", 3},
                                                                              {"the last one", -1},
                                                                              {"最后一个", -1}}};
    for (const Tile& tile : clause.tiles) {
      if (tile.role != Role::kDialogue) continue;
      const Word& word = std::get<Word>(*tile.meaning);
      if (word.value != "choose") continue;
      for (const auto& [surface, number] : kWords) {
        if (word.surface == surface) return number < 0 ? count : number;
      }
    }
    return 0;
  }

  // "all of them", 两座都: everybody in question.
  bool choose_all(const Plan& plan) {
    std::vector<int> all(plan.candidates.size());
    std::iota(all.begin(), all.end(), 1);
    return choose_some(plan, all);
  }

  bool choose_some(const Plan& plan, const std::vector<int>& chosen) {
    const Turn& turn = situation_.turns.back();
    if (turn.reading.steps.size() != 1 || turn.reading.steps.front().targets == nullptr) return false;
    Query all;
    all.kind = Query::Kind::kIds;
    all.quantity = Quantity::kAll;
    for (const int choice : chosen) {
      const Candidate& candidate = plan.candidates[static_cast<std::size_t>(choice) - 1];
      all.ids.insert(all.ids.end(), candidate.ids.begin(), candidate.ids.end());
    }
    reading_.steps = turn.reading.steps;
    reading_.steps.front().targets = std::make_shared<const Query>(std::move(all));
    return true;
  }

  int chosen_by(Query query, const Plan& plan) const {
    query.quantity = Quantity::kAll;
    query.bare = false;
    // 蓝色的那栋: one of those in question
    if (query.kind == Query::Kind::kIt && (!query.colours.empty() || !query.relations.empty() || !query.measures.empty() ||
                                           !query.tags.empty() || !query.sizes.empty() || query.order)) {
      query.kind = Query::Kind::kClass;
    }
    if (query.kind == Query::Kind::kIt || query.kind == Query::Kind::kScene || query.kind == Query::Kind::kOther) return 0;
    Query restricted = query;
    if (query.order) {
      // "the tallest one": among the candidates
      std::vector<QueryPtr> none;
      restricted.order.reset();
    }
    std::vector<std::int32_t> candidates;
    for (const Candidate& candidate : plan.candidates) candidates.insert(candidates.end(), candidate.ids.begin(), candidate.ids.end());
    if (query.order) {
      Query among = query;
      among.kind = Query::Kind::kIds;
      among.ids = candidates;
      among.quantity = Quantity::kThe;
      const Resolution who = resolve(among, situation_);
      return who.status == Resolution::Status::kOk ? index_of(who.ids, plan) : 0;
    }
    const Resolution who = resolve_all(restricted, situation_);
    std::vector<std::int32_t> fitting;
    for (const std::int32_t id : who.ids) {
      if (std::find(candidates.begin(), candidates.end(), id) != candidates.end()) fitting.push_back(id);
    }
    return fitting.size() == 1 ? index_of(fitting, plan) : 0;
  }

  static int index_of(const std::vector<std::int32_t>& ids, const Plan& plan) {
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) {
      if (plan.candidates[i].ids == ids) return static_cast<int>(i) + 1;
    }
    return 0;
  }

  // A sentence without an operation of its own, after one that had some.
  bool read_fragment() {
    if (former_ == nullptr) return false;
    const ClauseReading* fragment = nullptr;
    if (goes_on() || gives_name() || leaves_out()) return true;
    for (const ClauseReading& clause : sequence_.clauses) {
      if (clause.has_step) {
        if (clause.named_op && !only_follows(clause)) return false;
        if (!clause.named_op && !follows(clause)) return false;
        if (fragment != nullptr) return false;
        fragment = &clause;
      } else if (clause.tiles.size() > clause.marks.dialogue.size() && has_pieces(clause)) {
        if (fragment != nullptr) return false;
        fragment = &clause;
      }
    }
    if (fragment == nullptr) return repeat_plainly();
    return patch(*fragment);
  }

  // "rename the church" - "Old Minster": the answer is the name, whatever its words mean
  bool gives_name() {
    if (former_acted_ || former_ != &situation_.turns.back() || former_->reading.steps.back().op != Op::kRename ||
        !former_->reading.steps.back().name.empty())
      return false;
    if (std::any_of(sequence_.clauses.begin(), sequence_.clauses.end(), [&](const ClauseReading& clause) {
          return (clause.has_step && clause.named_op) || clause.marks.dialogue.contains("cancel") || clause.marks.question;
        }))
      return false;
    const std::vector<Token>& tokens = sentence_.lattice.tokens;
    if (tokens.empty()) return false;
    reading_.steps = former_->reading.steps;
    Step& step = reading_.steps.back();
    step.name = sentence_.written(0, static_cast<int>(tokens.size()));
    std::erase(step.missing, "name");
    Understood understood;
    understood.start = tokens.front().start;
    understood.end = tokens.back().end;
    understood.means = "name";
    understood.step = static_cast<int>(reading_.steps.size()) - 1;
    reading_.understood.push_back(std::move(understood));
    return true;
  }

  // "select the cranes" - "not the red one"
  bool leaves_out() {
    if (!former_acted_ || !negated_ || sequence_.clauses.size() != 1 || former_->reading.steps.back().op != Op::kSelect) return false;
    const ClauseReading& clause = sequence_.clauses.front();
    const Tile* const left_out = find(clause, Role::kRef);
    if (clause.has_step || left_out == nullptr || !clause.unknown.empty()) return false;
    Step step;
    step.op = Op::kSelect;
    step.mode = "remove";
    step.targets = std::make_shared<const Query>(std::get<Query>(*left_out->meaning));
    reading_.steps.push_back(std::move(step));
    understand(clause, 0);
    return true;
  }

  std::vector<Tile> all_tiles() const {
    std::vector<Tile> tiles;
    for (const ClauseReading& clause : sequence_.clauses) tiles.insert(tiles.end(), clause.tiles.begin(), clause.tiles.end());
    return tiles;
  }

  static bool has_pieces(const ClauseReading& clause) {
    return std::any_of(clause.tiles.begin(), clause.tiles.end(),
                       [](const Tile& tile) { return tile.role < Role::kParticle && tile.role != Role::kOp && tile.role != Role::kAll; });
  }

  // A clause that was read as a step by guess may be a fragment all the same: "actually blue".
  bool follows(const ClauseReading& clause) const {
    if (clause.step.op == Op::kIsolate && find(clause, Role::kOnly) != nullptr) return true;
    return (said("correction") || said("same") || said("also") || said("again") || said("instead")) && clause.step.op != Op::kQuery;
  }
  // 再转15度 names its operation and is a step; 改成45度 names a weak one.
  bool only_follows(const ClauseReading& clause) const {
    const Tile* const op = find(clause, Role::kOp);
    if (op == nullptr) return false;
    const Word& word = std::get<Word>(*op->meaning);
    if (word.feature("weak") == "yes") {
      // 改成45度: the verb of a correction, when there is a number or a colour and nobody is named
      const bool corrects = word.surface.starts_with("改") || word.surface.starts_with("换") || word.surface.starts_with("调") ||
                            word.surface == "change" || word.surface == "make";
      const bool piece = find(clause, Role::kQuantity) != nullptr;
      const bool named = find(clause, Role::kRef) != nullptr || find(clause, Role::kWith) != nullptr ||
                         find(clause, Role::kTime) != nullptr || find(clause, Role::kAspect) != nullptr;
      return said("correction") || said("same") || said("again") || (corrects && piece && !named && former_acted_);
    }
    return clause.step.op == Op::kReplace && !clause.step.missing.empty() && said("correction");
  }

  // "again", "the same", "more" with nothing else.
  bool repeat_plainly() {
    if (!(said("again") || said("same") || said("more")) || !former_acted_) return false;
    for (const ClauseReading& clause : sequence_.clauses) {
      if (clause.has_step) return false;
    }
    for (Step step : former_->reading.steps) {
      if (step.targets != nullptr && step.op != Op::kQuery) step.targets = std::make_shared<const Query>(it());
      reading_.steps.push_back(std::move(step));
    }
    for (const ClauseReading& clause : sequence_.clauses) understand(clause, -1);
    return true;
  }

  bool patch(const ClauseReading& fragment) {
    // What the marks lead to expect is likelier.
    constexpr double kExpectedBonus = 1;
    if (!patch_former(fragment)) return false;
    if (said("again") || said("more") || said("correction") || said("same") || said("also")) reading_.score += kExpectedBonus;
    return true;
  }

  bool patch_former(const ClauseReading& fragment) {
    const bool names_somebody = find(fragment, Role::kRef) != nullptr || find(fragment, Role::kPart) != nullptr;
    const std::vector<Step>& steps = former_->reading.steps;
    for (std::size_t back = 0; back < steps.size(); ++back) {
      const std::size_t index = steps.size() - 1 - back;
      const auto changed = patched(steps[index], fragment, true);
      if (!changed || !changed->unknown.empty()) continue;
      ClauseReading with_marks = *changed;
      if (!former_acted_) {
        // the answer to a question: the whole sentence again, completed
        reading_.steps = steps;
        reading_.steps[index] = with_marks.step;
        understand(with_marks, static_cast<int>(index));
        return true;
      }
      const bool more = said("again") || said("more") || amount_says_more(fragment);
      // "no, 45"; "45 degrees" alone; a new season or colour of the sky is a step of its own
      const bool look = with_marks.step.op == Op::kSeason || with_marks.step.op == Op::kWeather || with_marks.step.op == Op::kLight ||
                        with_marks.step.op == Op::kStyle;
      const bool corrects = said("correction") || said("instead") || negated_ ||
                            (with_marks.marks.dialogue.contains("only") && with_marks.step.op != Op::kSelect) ||
                            (!names_somebody && !more && !said("same") && !said("also") && !look);
      if (corrects) {
        reading_.intent = Reading::Intent::kCorrection;
        reading_.steps = steps;
        reading_.steps[index] = with_marks.step;
        understand(with_marks, static_cast<int>(index));
        return true;
      }
      // 汽车也是: as many as before
      if (names_somebody && steps[index].targets != nullptr && steps[index].targets->quantity == Quantity::kAll &&
          with_marks.step.targets != nullptr) {
        const Tile* const tile = find(fragment, Role::kRef);
        if (tile != nullptr && std::get<Query>(*tile->meaning).bare) {
          Query all = *with_marks.step.targets;
          all.quantity = Quantity::kAll;
          with_marks.step.targets = std::make_shared<const Query>(std::move(all));
        }
      }
      if (more && !names_somebody) with_marks.step.targets = std::make_shared<const Query>(it());
      add_step(with_marks);
      return true;
    }
    return false;
  }

  // 再移10米: the verb of the last step again, with what it now lacks from there
  bool goes_on() {
    if (sequence_.clauses.size() != 1 || !former_acted_) return false;
    const ClauseReading& clause = sequence_.clauses.front();
    if (!clause.has_step || !clause.named_op || clause.step.missing.empty() || find(clause, Role::kRef) != nullptr) return false;
    const Step& last = former_->reading.steps.back();
    if (last.op != clause.step.op) return false;
    auto again = patched(last, clause, true);
    if (!again && said("again")) {
      again = clause;
      again->step = last;
    }
    if (!again || !again->unknown.empty()) return false;
    // 只刷屋顶: instead of what was done
    if (find(clause, Role::kOnly) != nullptr) {
      reading_.intent = Reading::Intent::kCorrection;
      reading_.steps = former_->reading.steps;
      reading_.steps.back() = again->step;
      understand(*again, static_cast<int>(reading_.steps.size()) - 1);
      return true;
    }
    again->step.targets = std::make_shared<const Query>(it());
    add_step(*again);
    return true;
  }

  static bool amount_says_more(const ClauseReading& fragment) {
    const Tile* const tile = find(fragment, Role::kQuantity);
    return tile != nullptr && std::get<Amount>(*tile->meaning).more;
  }

  bool has_any_piece() const {
    return std::any_of(sequence_.clauses.begin(), sequence_.clauses.end(), [](const ClauseReading& clause) { return has_pieces(clause); });
  }

  void read_without_steps() {
    // "do the same for the church" after nothing: a question
    const bool somebody = std::any_of(sequence_.clauses.begin(), sequence_.clauses.end(),
                                      [](const ClauseReading& clause) { return find(clause, Role::kRef) != nullptr; });
    if ((said("same") || said("also")) && former_ == nullptr && somebody && reading_.unknown.empty()) {
      reading_.intent = Reading::Intent::kOutOfDomain;
      return;
    }
    if (said("cancel") && !has_any_piece())
      reading_.intent = Reading::Intent::kCancel;
    else if (said("confirm") && !has_any_piece())
      reading_.intent = Reading::Intent::kConfirm;
    else if (negated_ || said("still"))
      reading_.intent = Reading::Intent::kNegated;
    else
      reading_.intent = Reading::Intent::kOutOfDomain;
    // "who is the mayor?", "book a table": nothing to be asked about
    const bool asks =
        std::any_of(sequence_.clauses.begin(), sequence_.clauses.end(), [](const ClauseReading& clause) { return clause.marks.question; });
    // "blorp the church": one word that is not known is asked for
    const bool one_word = reading_.unknown.size() == 1 && std::any_of(reading_.understood.begin(), reading_.understood.end(),
                                                                      [](const Understood& u) { return u.means == "targets"; });
    if (reading_.intent == Reading::Intent::kOutOfDomain && !(one_word && !asks) &&
        (asks || !reading_.unknown.empty() || sentence_.text.ends_with("?") || sentence_.text.ends_with("？"))) {
      reading_.understood.clear();
    }
  }

  Reading finish() {
    drop_repeated();
    fill_heads(reading_, former_, situation_);
    return std::move(reading_);
  }

  // "no clouds, blue sky" says it twice
  void drop_repeated() {
    const auto same_look = [](const Step& a, const Step& b) {
      if (a.op != b.op) return false;
      if (a.op == Op::kWeather) return a.weather == b.weather && a.strength == b.strength;
      if (a.op == Op::kSeason) return a.season == b.season && a.strength == b.strength;
      return a.op == Op::kLight && !a.time.empty() && a.time == b.time;
    };
    for (std::size_t i = reading_.steps.size(); i-- > 1;) {
      if (!same_look(reading_.steps[i - 1], reading_.steps[i])) continue;
      reading_.steps.erase(reading_.steps.begin() + static_cast<std::ptrdiff_t>(i));
      for (Understood& understood : reading_.understood) understood.step -= understood.step >= static_cast<int>(i) ? 1 : 0;
    }
  }

  const ClauseSequence& sequence_;
  const Sentence& sentence_;
  const Situation& situation_;
  std::set<std::string, std::less<>> marks_;
  bool negated_ = false, hypothetical_ = false, smalltalk_ = false, foreign_ = false;
  const Turn* former_ = nullptr;
  bool former_acted_ = false;
  Reading reading_;
};

}  // namespace

Reading in_context(const ClauseSequence& sequence, const Sentence& sentence, const Situation& situation) {
  return ContextReader(sequence, sentence, situation).read();
}

std::vector<Reading> read(const Sentence& sentence, const Grammar& grammar, const Situation& situation) {
  std::vector<Reading> readings;
  for (const ClauseSequence& sequence : read_clauses(sentence, grammar)) readings.push_back(in_context(sequence, sentence, situation));
  // An answer to a question is what one expects after it.
  constexpr double kAnswerBonus = 2;
  for (Reading& reading : readings) {
    if (reading.intent == Reading::Intent::kChoose) reading.score += kAnswerBonus;
  }
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) { return a.score > b.score; });
  return readings;
}

}  // namespace skyline::models
