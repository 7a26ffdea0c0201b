// Puts what was said into the places of one operation.
//
//   StepBuilder builder(Op::kRotate, word);
//   for (tile : tiles) if (!builder.take(tile)) ...   // has no place here
//   builder.finish();                                  // defaults, what is missing
#pragma once

#include "models/language/interpreter/clause.h"

namespace skyline::models {

// Season, weather, light, style: they need no target.
bool is_look(Op op);
bool op_acts_on_objects(Op op);

class StepBuilder {
 public:
  // `word`: the entry that named the operation; null when it was guessed.
  StepBuilder(Op op, const Word* word);
  // Goes on with a step that was said before; what is taken then replaces what it held.
  StepBuilder(const Step& former, bool replaces_targets);

  // A question word: "is there" counts, "which" lists.
  void ask(const Tile& tile);
  bool take(const Tile& tile);
  void finish();
  const Step& step() const { return step_; }
  Step& step() { return step_; }
  // How well the operation likes what it was given; the larger the better.
  double score() const { return score_; }
  // "show me ... from above": a view that is more than going there.
  void refine_view(std::string_view view);
  bool impossible() const { return impossible_; }

 private:
  bool take_reference(const Query& query);
  bool take_amount(const Amount& amount);
  bool take_way(Heading heading);
  bool take_asset(const Query& query);
  bool take_size(const Sizing& sizing);
  bool take_aspect(const PartOf& aspect);
  bool take_part(const PartOf& part);
  bool take_place(const Place& place);
  void finish_references();
  void finish_move();
  void finish_rotate();
  void finish_scale();
  void finish_duplicate();
  void finish_insert();
  void finish_replace();
  void finish_recolor();
  void finish_look();
  void finish_camera();
  void finish_query();
  void take_way_of_verb(const Word& word);
  void miss(std::string what);
  bool speaks_of_whole_scene(const Query& query) const;

  Step step_;
  const Word* word_ = nullptr;
  bool fresh_ = true;  // not a patch
  bool replaces_targets_ = false;
  bool chinese_ = false;
  std::vector<Amount> amounts_;
  std::vector<Heading> ways_;
  std::optional<Query> targets_, second_, asset_, predicate_;
  std::optional<Sizing> size_;
  std::optional<Sizing::Axes> axes_;
  std::string setting_;
  std::size_t verb_ways_ = 0;         // of `ways_`, said by the verb
  int turn_ = 0;                      // +1 counter-clockwise, -1 clockwise
  bool all_ = false, whole_ = false;  // 都, 全部
  bool vague_strength_ = false;
  bool asset_said_ = false, impossible_ = false;
  std::string spoken_aspect_;
  double score_ = 0;
};

}  // namespace skyline::models
