// Places to put something, and what things are turned or exchanged for.
#include "models/language/interpreter/grammar.h"

namespace skyline::models {
namespace {

using Kind = Place::Kind;

std::optional<Kind> place_kind(std::string_view relation) {
  if (relation == "beside" || relation == "near" || relation == "by" || relation == "around" || relation == "nearest" ||
      relation == "facing")
    return Kind::kBeside;
  if (relation == "inside" || relation == "on" || relation == "to" || relation == "at" || relation == "over" || relation == "above")
    return Kind::kTo;
  if (relation == "between") return Kind::kBetween;
  if (relation == "along") return Kind::kAlong;
  if (relation == "front") return Kind::kInFront;
  if (relation == "behind" || relation == "across") return Kind::kBehind;
  if (relation == "left") return Kind::kLeft;
  if (relation == "right") return Kind::kRight;
  return std::nullopt;
}

std::optional<Meaning> place(Kind kind, const Query& anchor) {
  if (anchor.kind == Query::Kind::kScene) return std::nullopt;
  Place place;
  place.kind = kind;
  if (kind == Kind::kBetween && anchor.kind == Query::Kind::kUnion) {
    if (anchor.parts.size() != 2) return std::nullopt;
    place.anchor = anchor.parts[0];
    place.second = anchor.parts[1];
    return place;
  }
  place.anchor = share(anchor);
  return place;
}

std::optional<Meaning> place_by(const Word& relation, const Query& anchor) {
  const auto kind = place_kind(relation.value);
  if (!kind) return std::nullopt;
  return place(*kind, anchor);
}

std::optional<Meaning> beyond(Heading heading, std::optional<double> metres, const Query& anchor) {
  if (!is_world(heading)) {
    if (heading == Heading::kUp || heading == Heading::kDown || heading == Heading::kNone) return std::nullopt;
    if (!metres) {
      const Kind kind = heading == Heading::kLeft      ? Kind::kLeft
                        : heading == Heading::kRight   ? Kind::kRight
                        : heading == Heading::kForward ? Kind::kBehind
                                                       : Kind::kInFront;
      return place(kind, anchor);
    }
  }
  Place place;
  place.kind = Kind::kOffset;
  place.anchor = share(anchor);
  place.offset.heading = heading;
  place.offset.metres = metres;
  return place;
}

// "20 m left of X"
std::optional<Heading> heading_of_relation(std::string_view relation) {
  if (relation == "left") return Heading::kLeft;
  if (relation == "right") return Heading::kRight;
  if (relation == "front") return Heading::kBack;
  if (relation == "behind") return Heading::kForward;
  return std::nullopt;
}

void add_english_places(Grammar& g) {
  g.add("PLACE", "'to'|'over to'|'right'|'just'|'directly'|'up'|'it'? en.relation REF", 0.2,
        [](const Arguments& a) -> std::optional<Meaning> { return place_by(a.get<Word>(1), a.get<Query>(2)); });
  g.add("PLACE",
        "'to'|'into'|'onto'|'over to'|'inside'|'in'|'on'|'at'|'on top of'|'over'|'to where' 'the middle of'|'the center of'|'the centre "
        "of'|'the middle'? REF",
        0.1, [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kTo, a.get<Query>(2)); });
  g.add("PLACE", "'to'|'in'|'at'|'into' 'the'? 'middle'|'center'|'centre' 'of' REF", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kTo, a.get<Query>(4)); });
  g.add("PLACE", "'to'|'on'|'at'|'in'? 'the'? en.heading 'side'|'edge'|'end'? 'of' REF", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto heading = find_heading(a.get<Word>(2).value);
          if (!heading) return std::nullopt;
          return beyond(*heading, std::nullopt, a.get<Query>(5));
        });
  g.add("PLACE", "'to'|'on'|'at'|'in'? 'the'? en.heading REF", 0.15, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(2).value);
    if (!heading || a.get<Word>(2).feature("side") != "yes") return std::nullopt;
    return beyond(*heading, std::nullopt, a.get<Query>(3));
  });
  g.add("PLACE", "'to'|'about'? METRES 'to'? 'the'? en.heading 'of'|'from' REF", 0.7, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(4).value);
    if (!heading) return std::nullopt;
    return beyond(*heading, a.get<Amount>(1).value, a.get<Query>(6));
  });
  g.add("PLACE", "'to'|'about'? METRES 'to'? 'the'? en.heading REF", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(4).value);
    if (!heading || a.get<Word>(4).feature("side") != "yes") return std::nullopt;
    return beyond(*heading, a.get<Amount>(1).value, a.get<Query>(5));
  });
  g.add("PLACE", "METRES en.relation:left|en.relation:right|en.relation:front|en.relation:behind REF", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          return beyond(*heading_of_relation(a.get<Word>(1).value), a.get<Amount>(0).value, a.get<Query>(2));
        });
  g.add("PLACE", "METRES 'from' REF", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    Place at;
    at.kind = Kind::kOffset;
    at.anchor = share(a.get<Query>(2));
    at.offset.metres = a.get<Amount>(0).value;
    return at;
  });
}

void add_chinese_places(Grammar& g) {
  g.add("PLACE", "'到'|'在'|'去'|'至'|'往'|'于'|'进'? REF '的'? zh.relation|'边' '去'|'处'|'来'|'那里'|'那边'?", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> {
          if (a.find<Word>(3) == nullptr) return std::nullopt;
          const Word& word = a.get<Word>(3);
          if (word.text == "边") return place(Kind::kBeside, a.get<Query>(1));
          if (stands_before(word)) return std::nullopt;
          return place_by(word, a.get<Query>(1));
        });
  g.add("PLACE", "'到'|'在'|'往'? REF '的'? '边'|'边上'|'旁'|'旁边'", 0.35,
        [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kBeside, a.get<Query>(1)); });
  g.add("PLACE", "'到'|'在'|'往'? REF '里'|'里面'|'中'|'上'|'中间'|'中央'|'内'|'上面'|'中心'|'那里'|'那边'|'那儿'|'的位置' '去'?", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kTo, a.get<Query>(1)); });
  g.add("PLACE", "'到'|'去'|'进'|'至' REF '去'|'那里'|'那边'|'那儿'?", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kTo, a.get<Query>(1)); });
  g.add("PLACE", "'在'|'到'? REF zh.relation:between|'之间'|'中间'", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> { return place(Kind::kBetween, a.get<Query>(1)); });
  g.add("PLACE", "zh.relation:along|zh.relation:beside|zh.relation:near|'靠近'|'挨着'|'紧挨着' REF", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          if (const Word* const word = a.find<Word>(0); word != nullptr && word->feature("post") == "yes") return std::nullopt;
          const bool along = a.find<Word>(0) != nullptr && a.get<Word>(0).value == "along";
          return place(along ? Kind::kAlong : Kind::kBeside, a.get<Query>(1));
        });
  // 河以北20米, 教堂北边, 车站东侧30米处
  g.add("PLACE",
        "'到'|'在'|'往'? REF '的'? zh.heading|zh.relation:left|zh.relation:right|zh.relation:front|zh.relation:behind '边'|'面'|'侧'|'方'? "
        "METRES? '处'|'远'|'的地方'|'的位置'|'外'?",
        0.5, [](const Arguments& a) -> std::optional<Meaning> {
          const Word& word = a.get<Word>(3);
          auto heading = word.kind == "relation" ? heading_of_relation(word.value) : find_heading(word.value);
          if (!heading || (word.kind == "heading" && word.feature("weak") == "yes")) return std::nullopt;
          std::optional<double> metres;
          if (a.has(5)) metres = a.get<Amount>(5).value;
          return beyond(*heading, metres, a.get<Query>(1));
        });
  g.add("PLACE", "'到'|'在'? '离'|'距'|'距离'? REF METRES '远'? '的'? zh.heading '边'|'面'|'侧'|'方'?", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto heading = find_heading(a.get<Word>(6).value);
          if (!heading) return std::nullopt;
          return beyond(*heading, a.get<Amount>(3).value, a.get<Query>(2));
        });
}

void add_pointed_places(Grammar& g) {
  const Action here = [](const Arguments&) -> std::optional<Meaning> {
    Place place;
    place.kind = Kind::kHere;
    return place;
  };
  g.add("PLACE", "'to'|'over'|'right'|'up'? en.pronoun:here|en.pronoun:there|'here'|'there'", 0.2, here);
  g.add("PLACE", "'在'|'到'|'往'|'去'|'于'? zh.pronoun:here|zh.pronoun:there|'这里'|'这儿'|'此处'|'那里'|'那儿' '来'|'去'?", 0.3, here);
  // "in its place", 在原地: where the thing spoken of stands
  const Action in_its_place = [](const Arguments&) -> std::optional<Meaning> {
    Place place;
    place.kind = Place::Kind::kTo;
    Query it;
    it.kind = Query::Kind::kIt;
    it.plural = true;
    it.quantity = Quantity::kAll;
    place.anchor = share(it);
    return place;
  };
  g.add("PLACE", "'in' 'its'|'their'|'his'|'that' 'place'|'stead'|'spot'|'position'", 0.8, in_its_place);
  g.add("PLACE", "'at'|'on'|'in'|'to' 'the' 'same'|'very same' 'place'|'spot'|'position'", 0.8, in_its_place);
  g.add("PLACE", "'在'|'于'? '原地'|'原处'|'原位'|'原址'|'原来的位置'|'原来的地方'|'那个位置'|'它的位置'|'它原来的位置' '上'?", 0.8,
        in_its_place);
  g.add("PLACE", "'to'|'at' 'the'? 'pointer'|'cursor'|'mouse'", 0.3, here);
  g.add("PLACE", "'在'|'到'? '鼠标'|'光标'|'指针' '处'|'位置'|'这里'|'所在位置'|'的位置'?", 0.4, here);
  const Action view = [](const Arguments&) -> std::optional<Meaning> {
    Place place;
    place.kind = Kind::kView;
    return place;
  };
  g.add("PLACE", "'in'|'to'|'at'|'into' 'the'? 'middle'|'center'|'centre' 'of' 'the'|'my'? 'view'|'screen'|'picture'|'scene'|'city'", 0.4,
        view);
  g.add("PLACE", "'in'|'to'|'at' 'the'? 'center'|'centre'|'middle'", 0.0, view);
  g.add("PLACE", "'到'|'在'? '画面'|'视野'|'屏幕'|'场景' '的'? '中央'|'中间'|'正中'|'中心'|'正中央'", 0.6, view);
  g.add("PLACE", "'to'|'at'|'在'|'到'? '('? n.plain ',' n.plain ')'?", -0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Place place;
    place.kind = Kind::kPoint;
    place.point = {a.get<Amount>(2).value, a.get<Amount>(4).value};
    return place;
  });
}

void add_exchanges(Grammar& g) {
  g.add("WITH", "'with'|'by'|'into'|'to'|'as'|'in favour of'|'in favor of' REF", 0.2, pass(1));
  g.add("FOR", "'for' REF", 0.2, pass(1));
  g.add("OF", "'of' REF", 0, pass(1));
  // "use a church instead of the museum", 代替工厂
  g.add("INSTEAD", "'instead of'|'in place of'|'in lieu of'|'in exchange for' REF", 0.6, pass(1));
  g.add("INSTEAD", "'in' REF poss 'place'|'stead'", 0.6, pass(1));
  g.add("INSTEAD", "'代替'|'取代'|'替代'|'替换掉'|'顶替' REF", 0.5, pass(1));
  g.add("WITH", "'换成'|'改成'|'变成'|'替换成'|'替换为'|'改为'|'换为'|'变为'|'改建成'|'改建为'|'建成'|'成'|'为'|'用'|'拿' REF", 0.3,
        pass(1));
  // "with a park instead", "in favour of"
  g.add("TOWARDS", "'to'? 'face'|'facing'|'towards'|'toward'|'look at'|'looking at' REF", 0.3, pass(2));
  g.add("TOWARDS", "'朝'|'面向'|'朝向'|'对着'|'面对'|'朝着'|'正对'|'对准' REF", 0.5, pass(1));
  g.add("FACING", "'to'? 'face'|'facing'|'faces'|'look'|'looking'|'pointing'|'point' 'to'|'towards'? 'the'? WAY", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          if (!is_world(a.get<Heading>(4))) return std::nullopt;
          return a[4];
        });
  g.add("FACING", "'朝'|'面向'|'朝向'|'面朝'|'正对'|'面对'|'坐北朝' '正'? heading '方'|'面'|'边'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto heading = find_heading(a.get<Word>(2).value);
          if (!heading || !is_world(*heading)) return std::nullopt;
          return *heading;
        });
  // "out of the picture": no place
  g.add("NOWHERE", "'from'|'out of'|'in'|'across'|'throughout'|'over'|'for'|'of' REF", 0, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& where = a.get<Query>(1);
    if (where.kind != Query::Kind::kScene || !where.except.empty()) return std::nullopt;
    return a[1];
  });
  // "it is much too tall", 太高了: why, not what
  const Action aside = [](const Arguments& a) -> std::optional<Meaning> { return a[a.size() - 1]; };
  g.add("NOWHERE", "'is'|'are'|'looks'|'look'|'seems'|poss|'s'? 'much'|'way'|'far'|'a bit'|'a little'? 'too'|'so'|'very' en.attribute", 0.2,
        aside);
  g.add("NOWHERE", "'有点'|'实在'|'看起来'|'看着'? '太'|'好'|'很'|'有点' zh.attribute '了'|'啊'?", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return a[2]; });
  g.add("NOWHERE", "'are'|'is' 'left'|'remaining'", 0.3, aside);
  // "like van Gogh would have painted it"
  g.add("NOWHERE", "'would'|'had' 'have'|'do'? 'painted'|'drawn'|'done'|'paint'|'draw'|'made' 'it'|'this'|'them'|'her'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> { return a[0]; });
  g.add("FROM", "'off' 'of'? REF", 0.1, pass(2));
  g.add("FROM", "'从' REF '里'|'上'|'中'|'里面'|'上面'|'中间'?", 0.2, pass(1));
  g.add("FROM", "'from' REF", 0, pass(1));
  g.add("UPTO", "'to'|'and' REF", 0, pass(1));
  g.add("UPTO", "'离'|'距'|'距离'|'到'|'和'|'与' REF", 0.2, pass(1));
  g.add("CLOSER", "'closer'|'nearer' 'to'? REF", 0.6, pass(2));
  g.add("CLOSER", "'towards'|'toward'|'in the direction of' REF", 0.2, pass(1));
  g.add("CLOSER", "'靠近'|'往'|'朝'|'向'|'朝着'|'离' REF '方向'|'的方向'|'靠近'|'那边'|'近一点'|'近些'|'近点'|'靠'", 0.7, pass(1));
  g.add("AWAY", "'away'|'farther'|'further' 'away'? 'from' REF", 0.6, pass(3));
  g.add("AWAY", "'远离' REF", 0.5, pass(1));
  g.add("AWAY", "'离' REF '远'|'远一点'|'远点'|'更远'", 0.6, pass(1));
}

}  // namespace

void add_place_rules(Grammar& grammar) {
  add_english_places(grammar);
  add_chinese_places(grammar);
  add_pointed_places(grammar);
  add_exchanges(grammar);
}

}  // namespace skyline::models
