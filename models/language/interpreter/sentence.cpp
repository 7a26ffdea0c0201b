#include "models/language/interpreter/sentence.h"

#include "models/language/interpreter/step_builder.h"

#include <algorithm>
#include <array>

namespace skyline::models {
namespace {

constexpr double kSplitWeight = -0.3;     // a stop or "then"
constexpr double kAndWeight = -0.55;      // "and" may join things as well
constexpr double kUnmarkedWeight = -0.8;  // 把 without a stop before it
constexpr double kGoesOnWeight = -0.7;    // a clause without a verb
constexpr std::size_t kMostSplitsWithin = 5;
constexpr std::size_t kMostSequences = 4;

// Where a clause may end: tokens [left, right) are neither side's.
struct Split {
  int left = 0, right = 0;
  double weight = 0;
};

// 和谐大厦, "First Avenue": the conjunction is a piece of a name
bool begins_a_name(const Sentence& sentence, int node, int end) {
  const auto edges = sentence.lattice.from(static_cast<std::size_t>(node));
  return std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
    return (edge.type == Edge::Type::kName || edge.type == Edge::Type::kQuoted) && static_cast<int>(edge.to) > end;
  });
}

bool separates(const Sentence& sentence, int node, int& end, double& weight) {
  bool found = false;
  for (const Edge& edge : sentence.lattice.from(static_cast<std::size_t>(node))) {
    double here = -10;
    if (edge.type == Edge::Type::kPunctuation && (edge.text == "," || edge.text == ";" || edge.text == "." || edge.text == "!" ||
                                                  edge.text == "?" || edge.text == ":" || edge.text == "、" || edge.text == "-"))
      here = kSplitWeight;
    if (edge.type == Edge::Type::kEntry && edge.entry->kind == "conjunction")
      here = edge.entry->value == "and" || edge.entry->value == "or" ? kAndWeight : kSplitWeight;
    if (here > -5 && static_cast<int>(edge.to) > end && !begins_a_name(sentence, node, static_cast<int>(edge.to))) {
      end = static_cast<int>(edge.to);
      weight = std::max(found ? weight : -10.0, here);
      found = true;
    }
  }
  return found;
}

std::vector<Split> find_splits(const Sentence& sentence) {
  const int count = static_cast<int>(sentence.lattice.tokens.size());
  std::vector<Split> splits{{0, 0, 0}};
  for (int node = 0; node < count;) {
    int end = node;
    double weight = -10;
    if (separates(sentence, node, end, weight)) {
      Split split{node, end, weight};
      while (end < count) {
        int further = end;
        double more = -10;
        if (!separates(sentence, end, further, more)) break;
        end = further;
        split.right = end;
        split.weight = std::max(split.weight, more);
      }
      if (node == 0)
        splits.front().right = split.right;
      else
        splits.push_back(split);
      node = end;
      continue;
    }
    const std::string& text = sentence.lattice.tokens[static_cast<std::size_t>(node)].text;
    if (node > 0 && (text == "把" || text == "将") && splits.back().right != node) splits.push_back({node, node, kUnmarkedWeight});
    ++node;
  }
  if (splits.back().right >= count && splits.size() > 1)
    splits.back().right = count;
  else
    splits.push_back({count, count, 0});
  if (splits.back().left != count) {
    // the sentence ends with a stop
    splits.back().weight = 0;
  }
  return splits;
}

bool says_nothing(const ClauseReading& clause) {
  return !clause.has_step && clause.unknown.empty() && std::all_of(clause.tiles.begin(), clause.tiles.end(), [](const Tile& tile) {
    return tile.role == Role::kVerb || tile.role == Role::kParticle || tile.role == Role::kDialogue || tile.role == Role::kNegation ||
           tile.role == Role::kQuestion || tile.role == Role::kHypothetical || tile.role == Role::kSmalltalk || tile.role == Role::kAll;
  });
}

}  // namespace

namespace {

// "..., red roofs": of the ones before, not of the whole city
bool paints_all_by_guess(const ClauseReading& clause) {
  if (!clause.has_step || clause.named_op || clause.step.op != Op::kRecolor || clause.step.targets == nullptr) return false;
  Query every;
  every.classes = {city::ObjectClass::kBuilding};
  every.quantity = Quantity::kAll;
  return *clause.step.targets == every;
}

// "look at the hotel from the north, 200 m away": a piece that the step before has room for
bool completes(const ClauseReading& former, const ClauseReading& clause) {
  const Op op = former.step.op;
  if (clause.has_step || clause.marks.negated || !clause.marks.dialogue.empty()) return false;
  if (op != Op::kCamera && op != Op::kInsert && op != Op::kDuplicate && op != Op::kExport && !is_look(op)) return false;
  bool any = false;
  for (const Tile& tile : clause.tiles) {
    if (tile.role == Role::kVerb || tile.role == Role::kParticle || tile.role == Role::kSkip) continue;
    // "200 m away"
    if (tile.role == Role::kWay && op == Op::kCamera && std::get<Heading>(*tile.meaning) >= Heading::kLeft) continue;
    const bool piece = tile.role == Role::kQuantity || tile.role == Role::kSetting || tile.role == Role::kStrength ||
                       tile.role == Role::kSun || tile.role == Role::kPixels || tile.role == Role::kWay;
    const bool said = std::any_of(former.tiles.begin(), former.tiles.end(), [&](const Tile& other) { return other.role == tile.role; });
    if (!piece || said) return false;
    any = true;
  }
  return any;
}

void complete(ClauseReading& former, const ClauseReading& patched) {
  former.step = patched.step;
  for (std::size_t i = 0; i < patched.tiles.size(); ++i) {
    if (std::find(patched.used.begin(), patched.used.end(), static_cast<int>(i)) != patched.used.end())
      former.used.push_back(static_cast<int>(former.tiles.size()));
    former.tiles.push_back(patched.tiles[i]);
  }
  former.keep.insert(former.keep.end(), patched.keep.begin(), patched.keep.end());
}

}  // namespace

std::vector<ClauseSequence> read_clauses(const Sentence& sentence, const Grammar& grammar) {
  const std::vector<Split> splits = find_splits(sentence);
  std::vector<std::vector<ClauseSequence>> best(splits.size());
  best[0].push_back({});
  for (std::size_t j = 1; j < splits.size(); ++j) {
    for (std::size_t i = j > kMostSplitsWithin ? j - kMostSplitsWithin : 0; i < j; ++i) {
      if (best[i].empty() || splits[i].right >= splits[j].left) continue;
      const std::vector<ClauseReading> clauses = read_clause(sentence, splits[i].right, splits[j].left, grammar);
      for (const ClauseSequence& before : best[i]) {
        for (const ClauseReading& clause : clauses) {
          ClauseSequence longer = before;
          longer.score += clause.score + splits[i].weight;
          longer.clauses.push_back(clause);
          const bool leaves = clause.marks.negated || clause.marks.dialogue.contains("still");
          if ((!clause.has_step && !says_nothing(clause) && !leaves) || paints_all_by_guess(clause)) {
            const auto former =
                std::find_if(before.clauses.rbegin(), before.clauses.rend(), [](const ClauseReading& c) { return c.has_step; });
            if (former != before.clauses.rend()) {
              auto going_on = patched(former->step, clause, true);
              if (going_on && clause.has_step && !going_on->unknown.empty()) going_on.reset();
              if (going_on) {
                longer.score += going_on->score - clause.score + kGoesOnWeight + 1;
                if (former == before.clauses.rbegin() && going_on->unknown.empty() && completes(*former, clause)) {
                  longer.clauses.pop_back();
                  complete(longer.clauses.back(), *going_on);
                } else {
                  longer.clauses.back() = *std::move(going_on);
                }
              } else if (!clause.has_step) {
                longer.score -= 2;
              }
            }
          }
          best[j].push_back(std::move(longer));
        }
      }
    }
    std::stable_sort(best[j].begin(), best[j].end(), [](const ClauseSequence& a, const ClauseSequence& b) { return a.score > b.score; });
    if (best[j].size() > kMostSequences) best[j].resize(kMostSequences);
  }
  if (best.back().empty()) best.back().push_back({});
  return best.back();
}

}  // namespace skyline::models
