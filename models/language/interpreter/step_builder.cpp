#include "models/language/interpreter/step_builder.h"

#include "models/language/interpreter/grammar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

// Vague amounts are shares; of looks they are strengths (docs/assistant.md).
constexpr double kVagueStrengthLight = 0.3, kVagueStrengthHeavy = 1.0, kDefaultStrength = 0.6;

std::optional<Sizing::Axes> find_axes(std::string_view name) {
  if (name == "height") return Sizing::Axes::kHeight;
  if (name == "width") return Sizing::Axes::kWidth;
  if (name == "length") return Sizing::Axes::kLength;
  if (name == "all" || name == "size" || name == "area") return Sizing::Axes::kAll;
  return std::nullopt;
}

std::optional<View> find_view(std::string_view name) {
  if (name == "goto") return View::kGoto;
  if (name == "orbit") return View::kOrbit;
  if (name == "top") return View::kTop;
  if (name == "street") return View::kStreet;
  if (name == "look_from") return View::kLookFrom;
  if (name == "fly") return View::kFly;
  return std::nullopt;
}

std::optional<Asked> find_asked(std::string_view name) {
  if (name == "count") return Asked::kCount;
  if (name == "list") return Asked::kList;
  if (name == "height") return Asked::kHeight;
  if (name == "area" || name == "size") return Asked::kArea;
  if (name == "distance") return Asked::kDistance;
  if (name == "describe" || name == "color" || name == "width" || name == "length" || name == "name") return Asked::kDescribe;
  if (name == "where" || name == "position") return Asked::kWhere;
  return std::nullopt;
}

double number(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

// 从北面看: the side stands in the verb.
Heading heading_within(std::string_view verb) {
  static constexpr std::array<std::pair<std::string_view, Heading>, 8> kSides{{{"东北", Heading::kNorthEast},
                                                                               {"东南", Heading::kSouthEast},
                                                                               {"西北", Heading::kNorthWest},
                                                                               {"西南", Heading::kSouthWest},
                                                                               {"北", Heading::kNorth},
                                                                               {"南", Heading::kSouth},
                                                                               {"东", Heading::kEast},
                                                                               {"西", Heading::kWest}}};
  for (const auto& [side, heading] : kSides) {
    if (verb.find(side) != std::string_view::npos) return heading;
  }
  return Heading::kNone;
}

// Verbs whose second object is what to turn to.
bool turns_towards(const Word& word) {
  for (const std::string_view verb : {"转向", "朝向", "面朝", "面向", "对着", "正对", "对准", "face", "point", "aim", "orient", "align"}) {
    if (word.surface == verb) return true;
  }
  return false;
}

// Only a number of things, without a noun: 三份 in 复制三份.
bool only_counts(const Query& query) {
  if (query.kind != Query::Kind::kClass || (query.quantity != Quantity::kCount && query.quantity != Quantity::kAny)) return false;
  Query bare;
  bare.quantity = query.quantity;
  bare.count = query.count;
  return query == bare;
}

}  // namespace

bool op_acts_on_objects(Op op) {
  switch (op) {
    case Op::kSelect:
    case Op::kRemove:
    case Op::kMove:
    case Op::kRotate:
    case Op::kScale:
    case Op::kDuplicate:
    case Op::kReplace:
    case Op::kRecolor:
    case Op::kHide:
    case Op::kIsolate:
    case Op::kRename:
      return true;
    default:
      return false;
  }
}

bool is_look(Op op) { return op == Op::kSeason || op == Op::kWeather || op == Op::kLight || op == Op::kStyle; }

StepBuilder::StepBuilder(Op op, const Word* word) : word_(word) {
  step_.op = op;
  if (word == nullptr) return;
  chinese_ = word->chinese;
  if (const auto axes = find_axes(word->feature("axes"))) axes_ = axes;
  if (const auto heading = find_heading(word->feature("heading"))) ways_.push_back(*heading);
  if (op == Op::kMove) take_way_of_verb(*word);
  if (op == Op::kSelect && !word->feature("mode").empty()) step_.mode = word->feature("mode");
  if (!word->feature("part").empty()) step_.part = word->feature("part");
  if (op == Op::kCamera) {
    if (const auto view = find_view(word->feature("view"))) step_.view = *view;
    if (step_.view == View::kLookFrom) step_.from = heading_within(word->surface);
  }
  if (op == Op::kQuery) {
    if (const auto asked = find_asked(word->feature("asked"))) {
      step_.asked = *asked;
      spoken_aspect_ = word->feature("asked");
    }
  }
  if (op == Op::kExport && !word->feature("kind").empty()) step_.kind = word->feature("kind");
  if (op == Op::kRotate) {
    if (const std::string_view angle = word->feature("angle"); !angle.empty()) step_.angle_deg = number(angle);
    if (word->feature("sense") == "clockwise") turn_ = -1;
    if (word->feature("sense") == "counterclockwise") turn_ = 1;
  }
  if (const auto asset = city::find_class(word->feature("asset"))) step_.asset = asset;
  if (const std::string_view factor = word->feature("factor"); op == Op::kScale && !factor.empty()) {
    Sizing sizing;
    sizing.axes = axes_.value_or(Sizing::Axes::kAll);
    sizing.factor = number(factor);
    size_ = sizing;
  }
}

StepBuilder::StepBuilder(const Step& former, bool replaces_targets) : step_(former), fresh_(false), replaces_targets_(replaces_targets) {
  step_.missing.clear();
  if (former.op == Op::kQuery && former.asked == Asked::kDistance) second_.reset();
  if (former.op == Op::kRotate && former.angle_deg && *former.angle_deg < 0) turn_ = -1;
}

// 左移, 抬高, "lift": the verb says where to.
void StepBuilder::take_way_of_verb(const Word& word) {
  if (word.feature("sense") == "up") ways_.push_back(Heading::kUp);
  if (word.feature("sense") == "down") ways_.push_back(Heading::kDown);
  static constexpr std::array<std::pair<std::string_view, Heading>, 11> kVerbs{{{"左移", Heading::kLeft},
                                                                                {"右移", Heading::kRight},
                                                                                {"前移", Heading::kForward},
                                                                                {"后移", Heading::kBack},
                                                                                {"上移", Heading::kUp},
                                                                                {"下移", Heading::kDown},
                                                                                {"北移", Heading::kNorth},
                                                                                {"南移", Heading::kSouth},
                                                                                {"东移", Heading::kEast},
                                                                                {"西移", Heading::kWest},
                                                                                {"push back", Heading::kForward}}};
  for (const auto& [verb, heading] : kVerbs) {
    if (word.surface == verb) ways_.push_back(heading);
  }
  if (word.surface == "后退" || word.surface == "退后") ways_.push_back(Heading::kForward);
  verb_ways_ = ways_.size();
}

void StepBuilder::miss(std::string what) {
  step_.missing.push_back(std::move(what));
  score_ -= 1.2;
}

bool StepBuilder::speaks_of_whole_scene(const Query& query) const { return query.kind == Query::Kind::kScene && query.except.empty(); }

bool StepBuilder::take(const Tile& tile) {
  const Meaning* const meaning = tile.meaning;
  switch (tile.role) {
    case Role::kRef:
      return take_reference(std::get<Query>(*meaning));
    case Role::kPart:
      return take_part(std::get<PartOf>(*meaning));
    case Role::kPlace:
      return take_place(std::get<Place>(*meaning));
    case Role::kWith:
      return take_asset(std::get<Query>(*meaning));
    case Role::kQuantity:
      return take_amount(std::get<Amount>(*meaning));
    case Role::kCount: {
      const auto& amount = std::get<Amount>(*meaning);
      if (step_.op != Op::kDuplicate && step_.op != Op::kUndo && step_.op != Op::kRedo && step_.op != Op::kInsert) return false;
      if (step_.count && fresh_) return false;
      step_.count = static_cast<int>(amount.value);
      return true;
    }
    case Role::kWay:
      return take_way(std::get<Heading>(*meaning));
    case Role::kSpin:
      if (step_.op != Op::kRotate && step_.op != Op::kCamera) return false;
      if (std::get<Text>(*meaning).text == "reverse") {
        if (fresh_ || !step_.angle_deg) return false;
        turn_ = *step_.angle_deg > 0 ? -1 : 1;
        return true;
      }
      turn_ = std::get<Text>(*meaning).text == "clockwise" ? -1 : 1;
      return true;
    case Role::kFacing:
      if (step_.op != Op::kRotate) return false;
      step_.facing = std::get<Heading>(*meaning);
      step_.angle_deg.reset();
      step_.facing_target = nullptr;
      return true;
    case Role::kTowards:
      if (step_.op != Op::kRotate) return false;
      step_.facing_target = share(std::get<Query>(*meaning));
      step_.angle_deg.reset();
      return true;
    case Role::kCloser:
    case Role::kAway:
      if (step_.op != Op::kMove || step_.displacement) return false;
      step_.displacement = Displacement{};
      step_.displacement->anchor = share(std::get<Query>(*meaning));
      step_.displacement->away = tile.role == Role::kAway;
      return true;
    case Role::kPredicate: {
      if (step_.op != Op::kQuery || step_.asked == Asked::kDistance) return false;
      const Query& said = std::get<Query>(*meaning);
      const auto all = predicate_ ? merged(*predicate_, said) : said;
      if (!all) return false;
      predicate_ = *all;
      return true;
    }
    case Role::kSun: {
      const Text& sun = std::get<Text>(*meaning);
      if (sun.text == "height") {
        if (step_.op != Op::kCamera) return false;
        step_.height_m = number(sun.further);
        return true;
      }
      if (step_.op != Op::kLight) return false;
      (sun.text == "azimuth" ? step_.azimuth_deg : step_.elevation_deg) = number(sun.further);
      return true;
    }
    case Role::kUpTo:
    case Role::kFrom:
      if (step_.op == Op::kQuery && step_.asked == Asked::kDistance && !second_) {
        second_ = std::get<Query>(*meaning);
        return true;
      }
      if (tile.role == Role::kUpTo) return false;
      // "remove the trees from the park", "take the cars off the street"
      if ((step_.op == Op::kRemove || step_.op == Op::kHide) && targets_ && targets_->kind == Query::Kind::kClass) {
        Word on;
        on.value = "on";
        const auto where = relation_filter(on, std::get<Query>(*meaning));
        const auto narrowed = where ? merged(*targets_, *where) : std::nullopt;
        if (!narrowed) return false;
        targets_ = *narrowed;
        return true;
      }
      return false;
    case Role::kOf: {
      // "clear the square of cars"
      static constexpr std::array<std::string_view, 6> kEmptying{"clear", "empty", "free", "rid", "strip", "relieve"};
      const bool empties = step_.op == Op::kRemove && word_ != nullptr && targets_ &&
                           std::find(kEmptying.begin(), kEmptying.end(), word_->surface) != kEmptying.end();
      if (!empties) {
        // "four copies of the statue"
        score_ -= 0.1;
        return !targets_ && step_.op != Op::kInsert && step_.op != Op::kReplace && take_reference(std::get<Query>(*meaning));
      }
      if (targets_->kind == Query::Kind::kUnion) return false;
      Word on;
      on.value = "on";
      const auto where = relation_filter(on, *targets_);
      Query whom = std::get<Query>(*meaning);
      const auto narrowed = where ? merged(whom, *where) : std::nullopt;
      if (!narrowed) return false;
      targets_ = *narrowed;
      return true;
    }
    case Role::kFor: {
      const Query& query = std::get<Query>(*meaning);
      if (step_.op == Op::kReplace) {
        // "substitute a garden for the parking lot"
        if (word_ == nullptr || word_->surface != "substitute") return take_asset(query);
        if (!targets_ || asset_said_) return false;
        const Query asset = *targets_;
        if (!take_asset(asset)) return false;
        targets_ = query;
        return true;
      }
      return step_.op == Op::kRecolor && !targets_ && take_reference(query);
    }
    case Role::kInstead:
      if (step_.op != Op::kReplace || targets_) return false;
      targets_ = std::get<Query>(*meaning);
      return true;
    case Role::kCopies: {
      if (step_.op != Op::kDuplicate || targets_) return false;
      const PartOf& copies = std::get<PartOf>(*meaning);
      step_.count = static_cast<int>(number(copies.part));
      targets_ = copies.owner;
      return targets_.has_value();
    }
    case Role::kOrdinal:
      // "undo the last step"
      return step_.op == Op::kUndo && std::get<Amount>(*meaning).value == -1;
    case Role::kSize:
      return take_size(std::get<Sizing>(*meaning));
    case Role::kPaint: {
      if (step_.op != Op::kRecolor || (!step_.colour.empty() && fresh_)) return false;
      step_.colour = std::get<Paint>(*meaning).hex;
      return true;
    }
    case Role::kSurface:
      return false;
    case Role::kAspect:
      return take_aspect(std::get<PartOf>(*meaning));
    case Role::kName:
      if (step_.op != Op::kRename || (!step_.name.empty() && fresh_)) return false;
      step_.name = std::get<Text>(*meaning).text;
      return true;
    case Role::kSeason:
      // 冬天冬天 says it twice
      if (step_.op != Op::kSeason || (!step_.season.empty() && fresh_ && step_.season != std::get<Word>(*meaning).value)) return false;
      step_.season = std::get<Word>(*meaning).value;
      return true;
    case Role::kWeather: {
      if (step_.op != Op::kWeather || (!step_.weather.empty() && fresh_)) return false;
      const Word& word = std::get<Word>(*meaning);
      step_.weather = word.value;
      if (const std::string_view strength = word.feature("strength"); !strength.empty() && !step_.strength)
        step_.strength = number(strength);
      return true;
    }
    case Role::kTime: {
      if (step_.op != Op::kLight || (!step_.time.empty() && fresh_)) return false;
      if (const Word* const word = std::get_if<Word>(meaning)) {
        step_.time = word->value;
      } else {
        step_.time = std::get<Text>(*meaning).text;
      }
      return true;
    }
    case Role::kStyle:
      if (step_.op != Op::kStyle || (!step_.style.empty() && fresh_)) return false;
      step_.style = std::get<Word>(*meaning).value;
      return true;
    case Role::kStrength:
      if (!is_look(step_.op) || step_.op == Op::kLight) return false;
      if (const Word* const word = std::get_if<Word>(meaning)) {
        step_.strength = number(word->value);
      } else {
        const Amount& amount = std::get<Amount>(*meaning);
        if (amount.more)
          step_.strength = std::clamp(step_.strength.value_or(kDefaultStrength) + amount.value, 0.0, 1.0);
        else
          step_.strength = amount.value;
      }
      return true;
    case Role::kAsked: {
      if (step_.op != Op::kQuery) return false;
      const auto asked = find_asked(std::get<Word>(*meaning).value);
      if (!asked) return false;
      if (!spoken_aspect_.empty()) {
        const auto former = find_asked(spoken_aspect_);
        // "what is the height of": what and height are one question
        if (former && *former != *asked && *asked != Asked::kDescribe && *former != Asked::kDescribe && *former != Asked::kList)
          return false;
        if (*asked == Asked::kDescribe || *asked == Asked::kList) return true;
      }
      step_.asked = *asked;
      spoken_aspect_ = std::get<Word>(*meaning).value;
      return true;
    }
    case Role::kView: {
      if (step_.op != Op::kCamera) return false;
      const auto view = find_view(std::get<Word>(*meaning).value);
      if (!view) return false;
      step_.view = *view;
      return true;
    }
    case Role::kKind:
      if (step_.op != Op::kExport) return false;
      step_.kind = std::get<Word>(*meaning).value;
      return true;
    case Role::kPixels: {
      if (step_.op != Op::kExport) return false;
      const Text* const pixels = std::get_if<Text>(meaning);
      const std::string text = pixels != nullptr ? pixels->text : std::string(std::get<Word>(*meaning).value);
      glm::ivec2 size{0};
      if (std::sscanf(text.c_str(), "%dx%d", &size.x, &size.y) != 2) return false;
      step_.size = size;
      return true;
    }
    case Role::kSetting:
      if (step_.op != Op::kCamera && step_.op != Op::kLight && !is_look(step_.op)) return false;
      setting_ = std::get<Word>(*meaning).value;
      return true;
    case Role::kAll: {
      all_ = true;
      const Word* const word = std::get_if<Word>(meaning);
      if (word != nullptr && word->value == "all" && word->text != "都") whole_ = true;
      return true;
    }
    default:
      return false;
  }
}

void StepBuilder::ask(const Tile& tile) {
  if (step_.op != Op::kQuery || tile.role != Role::kQuestion || !spoken_aspect_.empty()) return;
  const std::string_view text = std::get<Word>(*tile.meaning).surface;
  if (text == "is there" || text == "are there" || text == "有没有" || text == "有无") {
    step_.asked = Asked::kCount;
    spoken_aspect_ = "count";
  } else if (text.starts_with("哪") || text == "which" || text == "what" || text == "who" || text == "什么" || text == "啥") {
    step_.asked = Asked::kList;
    spoken_aspect_ = "list";
  }
}

bool StepBuilder::take_reference(const Query& query) {
  const Op op = step_.op;
  if (is_look(op)) {
    // "make it winter": the city, not the last object
    if (speaks_of_whole_scene(query)) return true;
    if (query.kind == Query::Kind::kIt && op != Op::kStyle) return true;
  }
  if (op == Op::kUndo || op == Op::kRedo) return query.kind == Query::Kind::kIt || query.kind == Query::Kind::kThis;
  if (op == Op::kExport) return query.kind == Query::Kind::kIt || query.kind == Query::Kind::kThis || query.kind == Query::Kind::kScene;
  if (op == Op::kDuplicate && only_counts(query)) {
    if (step_.count && fresh_) return false;
    step_.count = query.quantity == Quantity::kAny ? 1 : query.count;
    return true;
  }
  // 复制两份英雄纪念碑: two copies of the one
  if (op == Op::kDuplicate && query.kind == Query::Kind::kName && query.quantity == Quantity::kCount && !step_.count) {
    Query one = query;
    one.quantity = Quantity::kThe;
    step_.count = query.count;
    return take_reference(one);
  }
  // 大教堂广场种五棵树: where
  if (op == Op::kInsert && query.kind == Query::Kind::kName && !step_.place) {
    step_.place = Place{};
    step_.place->anchor = share(query);
    return true;
  }
  if (op == Op::kInsert) return take_asset(query);
  if (op == Op::kWeather || op == Op::kLight) return false;
  if (op == Op::kQuery && targets_ && step_.asked == Asked::kDistance && !second_) {
    second_ = query;
    return true;
  }
  if (targets_) {
    // 它 beside what it repeats: 那座塔，把它拆了
    if (query.kind == Query::Kind::kIt && targets_->kind != Query::Kind::kIt && query.classes.empty()) return true;
    if (targets_->kind == Query::Kind::kIt && targets_->classes.empty()) {
      targets_ = query;
      return true;
    }
    if (op == Op::kReplace && !asset_said_) return take_asset(query);
    // 公园里的树砍掉两棵: so many of them
    if (only_counts(query) && targets_->quantity == Quantity::kThe && targets_->kind == Query::Kind::kClass && !targets_->order) {
      targets_->quantity = query.quantity;
      targets_->count = query.count;
      targets_->bare = false;
      return true;
    }
    // 把教堂转向河, "point the church at the river"
    if (op == Op::kRotate && step_.facing_target == nullptr && word_ != nullptr && turns_towards(*word_)) {
      step_.facing_target = share(query);
      return true;
    }
    return false;
  }
  if (!fresh_ && !replaces_targets_ && step_.targets != nullptr) return false;
  targets_ = query;
  if (only_counts(query)) score_ -= 1;
  return true;
}

bool StepBuilder::take_amount(const Amount& amount) {
  const Op op = step_.op;
  // 再转一次: once
  if (amount.unit == Unit::kStep && amount.value == 1 && op != Op::kDuplicate) return true;
  const auto accept = [&] {
    // 稍微往东挪一点 says it twice
    if (!amounts_.empty() && amounts_.back().vague && amount.vague) return true;
    if (!amounts_.empty() && op != Op::kCamera && op != Op::kLight) return false;
    amounts_.push_back(amount);
    return true;
  };
  switch (op) {
    case Op::kMove:
      // "twice as far"
      if (amount.unit == Unit::kTimes && !fresh_ && step_.displacement && step_.displacement->metres) {
        *step_.displacement->metres *= amount.value;
        return true;
      }
      if (amount.unit == Unit::kPlain) score_ -= 0.5;
      if (amount.unit == Unit::kShare && !amount.vague) score_ -= 1.5;
      if (amount.unit == Unit::kMetre || amount.unit == Unit::kStorey || amount.unit == Unit::kShare || amount.unit == Unit::kPlain)
        return accept();
      return false;
    case Op::kRotate:
      if (amount.unit == Unit::kPlain) score_ -= 0.2;
      if (amount.unit == Unit::kDegree || amount.unit == Unit::kPlain || (amount.unit == Unit::kShare && amount.vague)) return accept();
      // "turned by a quarter": of a whole turn
      if (amount.unit == Unit::kShare) {
        constexpr double kWholeTurn = 360;
        return take_amount(Amount{.value = amount.value * kWholeTurn, .unit = Unit::kDegree});
      }
      if (amount.unit == Unit::kStep || amount.unit == Unit::kTimes) return false;
      return false;
    case Op::kScale:
      if (amount.unit == Unit::kDegree || amount.unit == Unit::kSecond || amount.unit == Unit::kStep) return false;
      if (amount.unit == Unit::kPlain) {
        score_ -= 0.3;
        if (!amount.to && amount.value > 10) return false;
      }
      return accept();
    case Op::kDuplicate:
      if (amount.unit == Unit::kPlain || amount.unit == Unit::kTimes || amount.unit == Unit::kStep) {
        if (step_.count && fresh_) return false;
        step_.count = static_cast<int>(amount.value);
        return true;
      }
      if (amount.unit == Unit::kMetre) return accept();
      return false;
    case Op::kInsert:
      if (amount.unit == Unit::kMetre || amount.unit == Unit::kStorey) {
        if (step_.height_m && fresh_) return false;
        step_.height_m = amount.value;
        return true;
      }
      if (amount.unit == Unit::kDegree) {
        step_.angle_deg = amount.value;
        return true;
      }
      if (amount.unit == Unit::kPlain) {
        step_.count = static_cast<int>(amount.value);
        return true;
      }
      return false;
    case Op::kSeason:
    case Op::kWeather:
    case Op::kStyle:
      if (amount.unit == Unit::kShare || (amount.unit == Unit::kPlain && amount.value <= 1)) {
        step_.strength = amount.vague ? (amount.value < 0.3 ? kVagueStrengthLight : kVagueStrengthHeavy) : amount.value;
        return true;
      }
      return false;
    case Op::kCamera:
      if (amount.unit == Unit::kSecond) {
        step_.duration_s = amount.value;
        return true;
      }
      if (amount.unit == Unit::kMetre || amount.unit == Unit::kStorey) {
        if (setting_ == "height" ||
            (setting_.empty() && step_.view != View::kOrbit && step_.view != View::kGoto && step_.view != View::kLookFrom))
          step_.height_m = amount.value;
        else
          step_.distance_m = amount.value;
        setting_.clear();
        return true;
      }
      if (amount.unit == Unit::kDegree) return step_.view == View::kOrbit;
      return false;
    case Op::kLight:
      if (amount.unit != Unit::kDegree && amount.unit != Unit::kPlain) return false;
      if (amount.unit == Unit::kPlain) score_ -= 0.8;
      if (setting_ == "elevation" || setting_ == "height" || (setting_.empty() && step_.azimuth_deg))
        step_.elevation_deg = amount.value;
      else
        step_.azimuth_deg = amount.value;
      setting_.clear();
      return true;
    case Op::kUndo:
    case Op::kRedo:
      if (amount.unit != Unit::kPlain && amount.unit != Unit::kStep && amount.unit != Unit::kTimes) return false;
      step_.count = static_cast<int>(amount.value);
      return true;
    default:
      return false;
  }
}

bool StepBuilder::take_way(Heading heading) {
  switch (step_.op) {
    case Op::kMove:
    case Op::kDuplicate:
      if (ways_.size() > verb_ways_) return false;
      ways_.push_back(heading);
      return true;
    case Op::kRotate:
      if (is_world(heading)) {
        step_.facing = heading;
        step_.angle_deg.reset();
        return true;
      }
      if (heading == Heading::kLeft)
        turn_ = 1;
      else if (heading == Heading::kRight)
        turn_ = -1;
      else
        return false;
      return true;
    case Op::kScale:
      if (heading != Heading::kUp && heading != Heading::kDown) return false;
      if (!axes_) axes_ = Sizing::Axes::kHeight;
      ways_.push_back(heading);
      return true;
    case Op::kCamera:
      // "200 m away", "closer, 80 m": how far, not from where
      if ((heading == Heading::kForward || heading == Heading::kBack) && (!fresh_ || step_.from != Heading::kNone)) return true;
      if (step_.from != Heading::kNone && fresh_) return false;
      step_.from = heading;
      return true;
    case Op::kLight:
      if (!is_world(heading)) return false;
      step_.azimuth_deg = bearing_of(heading);
      return true;
    default:
      return false;
  }
}

bool StepBuilder::take_asset(const Query& query) {
  if (step_.op != Op::kInsert && step_.op != Op::kReplace) return false;
  if (asset_said_) return false;
  if (query.kind != Query::Kind::kClass || query.classes.size() != 1 || !query.except.empty() || query.order) return false;
  if (step_.op == Op::kInsert && !query.relations.empty()) score_ -= 1.5;  // the place belongs to the step
  step_.asset = query.classes.front();
  if (query.quantity == Quantity::kCount) step_.count = query.count;
  for (const MeasureTest& test : query.measures) {
    if (test.measure == Measure::kHeight) step_.height_m = test.value;
  }
  asset_ = query;
  asset_said_ = true;
  return true;
}

bool StepBuilder::take_size(const Sizing& sizing) {
  if (step_.op != Op::kScale) {
    if (step_.op == Op::kInsert && sizing.to_m) {
      step_.height_m = sizing.to_m;
      return true;
    }
    return false;
  }
  if (size_) {
    // The verb's own factor yields: "enlarge it to twice its size".
    if (word_ == nullptr || word_->feature("factor").empty() || (sizing.by_m && std::abs(*sizing.by_m) < 1e-6)) return false;
  }
  if (sizing.by_m && std::abs(*sizing.by_m) < 1e-6) {
    axes_ = sizing.axes;
    ways_.push_back(*sizing.by_m > 0 ? Heading::kUp : Heading::kDown);
    return true;
  }
  size_ = sizing;
  return true;
}

bool StepBuilder::take_aspect(const PartOf& aspect) {
  if (step_.op == Op::kScale) {
    const auto axes = find_axes(aspect.part);
    if (!axes) return false;
    if (aspect.part != "size" || !axes_) axes_ = axes;
    return !aspect.owner || take_reference(*aspect.owner);
  }
  if (step_.op == Op::kQuery) {
    const auto asked = find_asked(aspect.part);
    if (!asked) return false;
    if (!spoken_aspect_.empty()) {
      const auto former = find_asked(spoken_aspect_);
      if (former && *former != *asked && *former != Asked::kDescribe && *former != Asked::kList) return false;
    }
    step_.asked = *asked;
    spoken_aspect_ = aspect.part;
    return !aspect.owner || take_reference(*aspect.owner);
  }
  if (step_.op == Op::kRecolor && aspect.part == "color") return !aspect.owner || take_reference(*aspect.owner);
  if (step_.op == Op::kRename && aspect.part == "name") return !aspect.owner || take_reference(*aspect.owner);
  if (step_.op == Op::kMove && aspect.part == "position") return !aspect.owner || take_reference(*aspect.owner);
  if (step_.op == Op::kRotate && aspect.part == "angle") return !aspect.owner || take_reference(*aspect.owner);
  if (step_.op == Op::kCamera && !aspect.owner) {
    setting_ = aspect.part;
    return aspect.part == "height" || aspect.part == "distance";
  }
  return false;
}

bool StepBuilder::take_part(const PartOf& part) {
  if (step_.op != Op::kRecolor) return false;
  if (!step_.part.empty() && fresh_ && step_.part != "all") {
    if ((step_.part == "wall" && part.part == "roof") || (step_.part == "roof" && part.part == "wall")) {
      if (part.owner) return false;
      step_.part = "all";
      return true;
    }
    return false;
  }
  step_.part = part.part;
  // "... black, red roofs": of the ones before
  if (!fresh_ && part.owner && part.owner->classes == std::vector{city::ObjectClass::kBuilding} && part.owner->relations.empty() &&
      part.owner->colours.empty())
    return true;
  return !part.owner || take_reference(*part.owner);
}

bool StepBuilder::take_place(const Place& place) {
  switch (step_.op) {
    case Op::kMove:
    case Op::kDuplicate:
    case Op::kInsert:
      if (step_.place && fresh_) return false;
      step_.place = place;
      if (!fresh_) step_.displacement.reset();
      return true;
    case Op::kCamera:
      if (place.kind == Place::Kind::kTo && step_.view == View::kFly) step_.view = View::kGoto;
      if (place.kind == Place::Kind::kHere || place.kind == Place::Kind::kView) {
        step_.place = place;
        return true;
      }
      if (place.kind == Place::Kind::kOffset && is_world(place.offset.heading) && !targets_ && place.anchor) {
        step_.from = place.offset.heading;
        targets_ = *place.anchor;
        return true;
      }
      if (place.anchor == nullptr || targets_) return false;
      targets_ = *place.anchor;
      return true;
    default:
      return false;
  }
}

void StepBuilder::refine_view(std::string_view view) {
  const auto other = find_view(view);
  if (step_.op == Op::kCamera && other && step_.view == View::kGoto) step_.view = *other;
}

}  // namespace skyline::models
