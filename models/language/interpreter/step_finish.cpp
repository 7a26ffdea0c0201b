// What an operation makes of the pieces it was given: defaults, what is missing, whom it means.
#include "models/language/interpreter/grammar.h"
#include "models/language/interpreter/step_builder.h"

#include <cmath>
#include <utility>

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

// Vague amounts: "a bit" is 10 % of a size, 10 degrees, 5 m (docs/assistant.md).
constexpr double kDegreesOfShare = 100, kMetresOfShare = 50;
constexpr double kDefaultStrength = 0.6;

}  // namespace

void StepBuilder::finish() {
  if (step_.op == Op::kMove) finish_move();
  if (step_.op == Op::kRotate) finish_rotate();
  if (step_.op == Op::kScale) finish_scale();
  if (step_.op == Op::kDuplicate) finish_duplicate();
  if (step_.op == Op::kInsert) finish_insert();
  if (step_.op == Op::kReplace) finish_replace();
  if (step_.op == Op::kRecolor) finish_recolor();
  if (is_look(step_.op)) finish_look();
  if (step_.op == Op::kCamera) finish_camera();
  if (step_.op == Op::kQuery) finish_query();
  if (step_.op == Op::kSelect && step_.mode.empty()) step_.mode = "set";
  if (step_.op == Op::kRename && step_.name.empty()) miss("name");
  if ((step_.op == Op::kUndo || step_.op == Op::kRedo) && !step_.count) step_.count = 1;
  if (step_.op == Op::kExport && step_.kind.empty()) step_.kind = "image";
  finish_references();
}

void StepBuilder::finish_references() {
  if (targets_) {
    if (targets_->bare) {
      const bool asks = step_.op == Op::kQuery && (step_.asked == Asked::kCount || step_.asked == Asked::kList);
      const bool gathers = step_.op == Op::kSelect || step_.op == Op::kHide || step_.op == Op::kShow || step_.op == Op::kIsolate;
      if (targets_->quantity == Quantity::kThe && (all_ || asks || gathers || !targets_->measures.empty()))
        targets_->quantity = Quantity::kAll;
      targets_->bare = false;
    } else if (all_ && targets_->quantity == Quantity::kThe && targets_->kind == Query::Kind::kClass && !targets_->order) {
      targets_->quantity = Quantity::kAll;
    }
    if (all_ && (targets_->kind == Query::Kind::kIt || targets_->kind == Query::Kind::kThis)) {
      targets_->plural = true;
      targets_->quantity = Quantity::kAll;
    }
    // 仓库和工厂都拆掉: each of the parts is meant in full
    if (all_ && targets_->kind == Query::Kind::kUnion) {
      for (QueryPtr& part : targets_->parts) {
        if (part->kind != Query::Kind::kClass || part->order || part->quantity != Quantity::kThe) continue;
        Query whole = *part;
        whole.quantity = Quantity::kAll;
        whole.bare = false;
        part = share(std::move(whole));
      }
    }
    // "drop a tower between the two": one that is not there yet
    if (targets_->kind == Query::Kind::kClass && targets_->quantity == Quantity::kAny && fresh_ && op_acts_on_objects(step_.op))
      score_ -= 0.5;
    step_.targets = share(*targets_);
  } else if (all_ && op_acts_on_objects(step_.op) && fresh_) {
    // 全部删掉: what was spoken of, else the scene; `bare` tells the dialogue so
    Query all;
    all.kind = Query::Kind::kIt;
    all.plural = true;
    all.bare = whole_;
    all.quantity = Quantity::kAll;
    step_.targets = share(all);
    score_ -= 0.5;
  }
  if (second_) {
    second_->bare = false;
    step_.second = share(*second_);
  }
  if (step_.targets != nullptr) return;
  if (step_.op == Op::kShow) {
    Query hidden;
    hidden.states = {ObjectState::kHidden};
    hidden.quantity = Quantity::kAll;
    step_.targets = share(hidden);
  } else if (op_acts_on_objects(step_.op)) {
    // Nobody named: what was spoken of, else the selection.
    Query it;
    it.kind = Query::Kind::kIt;
    it.plural = true;
    it.quantity = Quantity::kAll;
    if (step_.op == Op::kSelect && step_.mode == "remove") it.kind = Query::Kind::kSelection;
    step_.targets = share(it);
    score_ -= word_ == nullptr ? 1.2 : 0.4;
  }
}

void StepBuilder::finish_move() {
  if (!ways_.empty() || !amounts_.empty() || (step_.displacement && step_.displacement->anchor)) {
    Displacement displacement = fresh_ || !step_.displacement ? Displacement{} : *step_.displacement;
    if (step_.displacement && step_.displacement->anchor) displacement = *step_.displacement;
    if (!ways_.empty()) displacement.heading = ways_.back();
    if (!amounts_.empty()) {
      const Amount& amount = amounts_.front();
      displacement.metres.reset();
      displacement.of_size.reset();
      if (amount.unit == Unit::kShare) {
        if (amount.vague)
          displacement.metres = amount.value * kMetresOfShare;
        else
          displacement.of_size = amount.value;
      } else {
        displacement.metres = amount.value;
      }
    }
    step_.displacement = displacement;
    if (step_.place && fresh_) {
      // "10 m to the left of X" said apart: an offset from the place's anchor
      if (step_.place->anchor != nullptr && displacement.heading != Heading::kNone && displacement.metres &&
          is_world(displacement.heading) && step_.place->kind == Place::Kind::kTo)
        score_ -= 1;
      step_.displacement.reset();
      score_ -= 1;
    }
    if (step_.displacement && step_.displacement->heading == Heading::kNone && step_.displacement->anchor == nullptr) miss("direction");
    if (step_.displacement && !step_.displacement->metres && !step_.displacement->of_size) miss("amount");
  } else if (!step_.place && !step_.displacement) {
    miss("place");
  }
}

void StepBuilder::finish_rotate() {
  if (!amounts_.empty()) {
    const Amount& amount = amounts_.front();
    const double degrees = amount.unit == Unit::kShare ? amount.value * kDegreesOfShare : amount.value;
    step_.angle_deg = degrees;
    step_.facing = Heading::kNone;
    step_.facing_target = nullptr;
  }
  if (turn_ != 0 && step_.angle_deg) step_.angle_deg = turn_ * std::abs(*step_.angle_deg);
  if (!step_.angle_deg && step_.facing == Heading::kNone && step_.facing_target == nullptr) miss("angle");
}

void StepBuilder::finish_scale() {
  const std::string_view sense = word_ == nullptr ? std::string_view() : word_->feature("sense");
  bool up = sense != "down" && sense != "in";
  if (!ways_.empty()) up = ways_.back() != Heading::kDown;
  if (!size_ && !amounts_.empty()) {
    Amount amount = amounts_.front();
    // 改到300米, 降到一半, "set the height 60 m": what it becomes
    if (word_ != nullptr &&
        (word_->surface.ends_with("到") || word_->surface.ends_with("成") || word_->surface.ends_with("为") || word_->surface == "set"))
      amount.to = true;
    Sizing::Axes axes =
        axes_.value_or(amount.unit == Unit::kStorey || amount.unit == Unit::kMetre ? Sizing::Axes::kHeight : Sizing::Axes::kAll);
    if (!fresh_ && step_.sizing && !axes_) {
      axes = step_.sizing->axes;
      if (step_.sizing->to_m && amount.unit == Unit::kMetre) amount.to = true;
      if ((step_.sizing->by_m && *step_.sizing->by_m < 0) || (step_.sizing->factor && *step_.sizing->factor < 1)) up = false;
    }
    if (amount.unit == Unit::kPlain && !fresh_ && step_.sizing && step_.sizing->by_m) {
      constexpr double kMetresPerStorey = 3;
      amount.unit = Unit::kMetre;
      if (step_.sizing->in_storeys) amount.value *= kMetresPerStorey;
    }
    if (amount.unit == Unit::kPlain) amount.unit = amount.to && axes == Sizing::Axes::kHeight ? Unit::kMetre : Unit::kTimes;
    const auto made = sized(axes, up, amount, chinese_ || (word_ != nullptr && word_->chinese));
    if (!made) {
      miss("amount");
      return;
    }
    // "scale it by 1.5", "shrink it by half": a factor as it stands
    size_ = std::get<Sizing>(*made);
    size_->in_storeys = amount.unit == Unit::kStorey;
    if (amount.unit == Unit::kShare && !amount.to && !amount.vague && word_ != nullptr && sense.empty() && ways_.empty())
      size_->factor = amount.value;
    if (amount.unit == Unit::kTimes && word_ != nullptr && sense.empty() && ways_.empty()) size_->factor = amount.value;
  } else if (size_ && axes_ && size_->axes == Sizing::Axes::kAll && *axes_ != Sizing::Axes::kAll) {
    size_->axes = *axes_;
  }
  if (size_) step_.sizing = size_;
  if (!step_.sizing) {
    if (!axes_ && ways_.empty() && sense.empty()) score_ -= 0.5;
    miss("amount");
  }
}

void StepBuilder::finish_duplicate() {
  if (!step_.count) step_.count = 1;
  if (*step_.count < 1) impossible_ = true;
  if (!ways_.empty() || !amounts_.empty()) {
    Displacement displacement = step_.displacement.value_or(Displacement{});
    if (!ways_.empty()) displacement.heading = ways_.back();
    if (!amounts_.empty()) displacement.metres = amounts_.front().value;
    step_.displacement = displacement;
  }
}

void StepBuilder::finish_insert() {
  if (!step_.asset) miss("asset");
  if (!step_.place) miss("place");
  if (!step_.count) step_.count = 1;
  if (*step_.count < 1) impossible_ = true;
  if (asset_ && asset_->quantity == Quantity::kThe && !asset_->bare) score_ -= 0.4;  // "put the church there" moves one
  if (asset_ && (asset_->quantity == Quantity::kAny || asset_->quantity == Quantity::kCount)) score_ += 0.5;
  if (asset_ && !asset_->colours.empty()) score_ -= 0.2;
}

void StepBuilder::finish_replace() {
  // 换成公园: only what it becomes was said
  if (!asset_said_ && targets_ && word_ != nullptr && (word_->surface.ends_with("成") || word_->surface.ends_with("为"))) {
    const Query asset = *targets_;
    if (take_asset(asset)) targets_.reset();
  }
  if (!step_.asset) miss("asset");
}

void StepBuilder::finish_recolor() {
  if (step_.part.empty()) step_.part = "all";
  if (step_.colour.empty()) miss("color");
}

void StepBuilder::finish_look() {
  if (step_.op == Op::kSeason && step_.season.empty()) miss("season");
  if (step_.op == Op::kWeather && step_.weather.empty()) miss("weather");
  if (step_.op == Op::kStyle && step_.style.empty()) miss("style");
  if (step_.op == Op::kLight && step_.time.empty() && !step_.azimuth_deg && !step_.elevation_deg) miss("time");
  if (step_.op != Op::kLight && !step_.strength) step_.strength = kDefaultStrength;
}

void StepBuilder::finish_camera() {
  if (step_.view == View::kTop && targets_ && speaks_of_whole_scene(*targets_)) targets_.reset();
  if (targets_ && (step_.view == View::kFly || step_.view == View::kStreet)) {
    // 飞到 X goes there; along a line it flies
    if (targets_->bare) targets_->bare = false;
  }
  if (step_.view == View::kGoto && !targets_ && !step_.place && step_.targets == nullptr) {
    if (step_.from != Heading::kNone)
      step_.view = View::kLookFrom;
    else
      miss("targets");
  }
  // "go down" alone is no way to look at things
  if (word_ != nullptr && word_->feature("weak") == "yes" && !targets_ && !step_.place && step_.targets == nullptr &&
      (step_.view == View::kStreet || step_.view == View::kFly))
    score_ -= 1.5;
  if (step_.view == View::kGoto && step_.from != Heading::kNone && is_world(step_.from)) step_.view = View::kLookFrom;
  if (step_.view == View::kLookFrom && step_.from == Heading::kNone) miss("direction");
}

void StepBuilder::finish_query() {
  if (predicate_) {
    if (!targets_) {
      targets_ = Query{};
      targets_->quantity = Quantity::kAll;
    }
    const bool plural = targets_->quantity == Quantity::kAll;
    if (auto narrowed = merged(*targets_, *predicate_); narrowed) {
      targets_ = *narrowed;
      if (targets_->order)
        targets_->quantity = Quantity::kThe;
      else if (plural || step_.asked == Asked::kCount || step_.asked == Asked::kList)
        targets_->quantity = Quantity::kAll;
    } else {
      score_ -= 3;
    }
    // "what is next to the church": what there is, not what the church is
    if (step_.asked == Asked::kDescribe || spoken_aspect_.empty() || step_.asked == Asked::kWhere) {
      step_.asked = Asked::kList;
      spoken_aspect_ = "list";
    }
  }
  // "what is the tallest tower": which one
  if (step_.asked == Asked::kDescribe && targets_ && targets_->kind == Query::Kind::kClass && targets_->order &&
      (spoken_aspect_ == "describe" && (word_ == nullptr || word_->feature("asked").empty()))) {
    step_.asked = Asked::kList;
  }
  if (spoken_aspect_.empty() && fresh_) {
    step_.asked = Asked::kList;
    score_ -= 0.5;
  }
  if (!targets_ && step_.targets == nullptr) {
    Query it;
    it.kind = Query::Kind::kIt;
    it.plural = step_.asked == Asked::kCount || step_.asked == Asked::kList;
    if (it.plural) it.quantity = Quantity::kAll;
    targets_ = it;
    score_ -= 0.3;
  }
  // "which is the tallest", "how high is the tallest": which one is a list, whatever else was asked is not
  if (step_.asked == Asked::kCount && targets_) targets_->quantity = Quantity::kAll;
  if (step_.asked == Asked::kList && targets_ && !targets_->order && targets_->kind == Query::Kind::kClass &&
      targets_->quantity != Quantity::kCount)
    targets_->quantity = Quantity::kAll;
  if (step_.asked == Asked::kDistance && !second_ && step_.second == nullptr) {
    if (targets_ && targets_->kind == Query::Kind::kUnion && targets_->parts.size() == 2) {
      second_ = *targets_->parts[1];
      const Query first = *targets_->parts[0];
      targets_ = first;
    } else {
      Query here;
      here.kind = Query::Kind::kIt;
      second_ = targets_;
      targets_ = here;
      score_ -= 0.5;
    }
  }
}

}  // namespace skyline::models
