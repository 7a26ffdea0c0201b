// What things are changed to: sizes, colours, parts; quotations.
#include "models/language/interpreter/colours.h"
#include "models/language/interpreter/grammar.h"

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

std::optional<Sizing::Axes> axes_of(const Word& word) {
  std::string_view measure = word.feature("measure");
  if (measure.empty()) measure = word.value;
  if (measure == "height") return Sizing::Axes::kHeight;
  if (measure == "area") return Sizing::Axes::kAll;
  if (measure == "width") return Sizing::Axes::kWidth;
  if (measure == "length") return Sizing::Axes::kLength;
  return std::nullopt;
}

std::optional<Meaning> comparative(const Word& word, const Amount* amount, bool chinese) {
  const auto axes = axes_of(word);
  if (!axes) return std::nullopt;
  const bool up = word.kind == "comparative" ? word.feature("comparison") == "greater" : word.feature("large") != "no";
  if (amount == nullptr) {
    Sizing sizing;
    sizing.axes = *axes;
    sizing.by_m = up ? 1e-9 : -1e-9;  // a direction without an amount: the clause finds the amount or asks
    return sizing;
  }
  return sized(*axes, up, *amount, chinese);
}

}  // namespace

std::optional<Meaning> sized(Sizing::Axes axes, bool up, const Amount& amount, bool chinese) {
  Sizing sizing;
  sizing.axes = axes;
  switch (amount.unit) {
    case Unit::kMetre:
    case Unit::kStorey:
      if (amount.to)
        sizing.to_m = amount.value;
      else
        sizing.by_m = up ? amount.value : -amount.value;
      sizing.in_storeys = amount.unit == Unit::kStorey;
      return sizing;
    case Unit::kShare:
      if (amount.value <= 0) return std::nullopt;
      if (amount.to)
        sizing.factor = amount.value;
      else if (!up && amount.value >= 1)
        return std::nullopt;
      else
        sizing.factor = up ? 1 + amount.value : 1 - amount.value;
      return sizing;
    case Unit::kTimes:
      if (amount.value <= 0) return std::nullopt;
      if (amount.to || !chinese)
        sizing.factor = up || amount.value < 1 ? amount.value : 1 / amount.value;
      else if (amount.value == 1)
        sizing.factor = up ? 2 : 0.5;  // 放大一倍, 缩小一倍
      else if (amount.value < 1)
        sizing.factor = up ? 1 + amount.value : 1 - amount.value;
      else if (amount.value != static_cast<int>(amount.value))
        sizing.factor = up ? amount.value : 1 / amount.value;  // 放大1.5倍
      else
        return std::nullopt;  // 放大两倍: twice or three times? a question
      return sizing;
    default:
      return std::nullopt;
  }
}

namespace {

void add_sizes(Grammar& g) {
  // "taller", "10 m taller", "a bit bigger", "twice as tall", "taller by 10 m"
  g.add("SIZE", "en.comparative", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(0), nullptr, false); });
  g.add("SIZE", "QTY en.comparative", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(1), &a.get<Amount>(0), false); });
  g.add("SIZE", "en.comparative QTY", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(0), &a.get<Amount>(1), false); });
  g.add("SIZE", "n.times|SHARE|VAGUE 'as' en.attribute 'as'? 'now'|'before'|'it is'|'it is now'|'it was'|'they are'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto axes = axes_of(a.get<Word>(2));
          if (!axes) return std::nullopt;
          Sizing sizing;
          sizing.axes = *axes;
          sizing.factor = a.get<Amount>(0).value;
          return sizing;
        });
  g.add("SIZE",
        "n.times|SHARE|VAGUE 'the'|'its'|'their'? 'of'? 'the'|'its'|'their'? 'current'|'original'|'present'? "
        "'height'|'size'|'width'|'length'",
        0.5, [](const Arguments& a) -> std::optional<Meaning> {
          const std::string_view noun = a.find<Word>(5) ? a.get<Word>(5).text : "";
          Sizing sizing;
          sizing.axes = noun == "height"   ? Sizing::Axes::kHeight
                        : noun == "width"  ? Sizing::Axes::kWidth
                        : noun == "length" ? Sizing::Axes::kLength
                                           : Sizing::Axes::kAll;
          sizing.factor = a.get<Amount>(0).value;
          return sizing;
        });
  g.add("SIZE", "'more'|'less' en.attribute", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    if (a.get<Word>(0).text == "less") return std::nullopt;
    return comparative(a.get<Word>(1), nullptr, false);
  });
  // "super tall, like 80 m"
  g.add("SIZE", "'super'|'very'|'really'|'so'? en.attribute ',' 'like'|'about'|'say'|'maybe' METRES", 0.8,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto axes = axes_of(a.get<Word>(1));
          if (!axes) return std::nullopt;
          Amount amount = a.get<Amount>(4);
          amount.to = true;
          return sized(*axes, true, amount, false);
        });
  // 变成两倍高
  g.add("SIZE", "'变成'|'成'|'到'|'变'? n.times zh.attribute", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    const auto axes = axes_of(a.get<Word>(2));
    if (!axes) return std::nullopt;
    Sizing sizing;
    sizing.axes = *axes;
    sizing.factor = a.get<Amount>(1).value;
    return sizing;
  });
  // "as tall as the church", 和教堂一样高
  g.add("SIZE", "'just'|'exactly'|'to be'? 'as' en.attribute 'as' REF", 0.9, [](const Arguments& a) -> std::optional<Meaning> {
    const auto axes = axes_of(a.get<Word>(2));
    if (!axes) return std::nullopt;
    Sizing sizing;
    sizing.axes = *axes;
    sizing.like = share(a.get<Query>(4));
    return sizing;
  });
  g.add("SIZE", "'to'|'up to'|'down to' 'the' 'height' 'of' REF", 0.8, [](const Arguments& a) -> std::optional<Meaning> {
    Sizing sizing;
    sizing.axes = Sizing::Axes::kHeight;
    sizing.like = share(a.get<Query>(4));
    return sizing;
  });
  g.add("SIZE", "'和'|'跟'|'与'|'同'|'像' REF '一样'|'一般'|'同样'|'差不多' zh.attribute", 0.9,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto axes = axes_of(a.get<Word>(3));
          if (!axes) return std::nullopt;
          Sizing sizing;
          sizing.axes = *axes;
          sizing.like = share(a.get<Query>(1));
          return sizing;
        });
  // "60 m tall", 60米高: what it becomes
  g.add("SIZE", "'to'|'exactly'? METRES en.attribute", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    const auto axes = axes_of(a.get<Word>(2));
    if (!axes) return std::nullopt;
    Amount amount = a.get<Amount>(1);
    amount.to = true;
    return sized(*axes, true, amount, false);
  });
  // 高一点, 高10米, 矮一半, 再高两层
  g.add("SIZE", "'再'|'更'? zh.attribute '了'|'出'|'上'|'个'? QTY", 0.5,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(1), &a.get<Amount>(3), true); });
  g.add("SIZE", "'再'|'更' zh.attribute", 0.0,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(1), nullptr, true); });
  g.add("SIZE", "'变'|'长'|'弄'|'做' zh.attribute", -0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return comparative(a.get<Word>(1), nullptr, true); });
  g.add("SIZE", "zh.comparative QTY?", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    if (!a.get<Word>(0).text.starts_with("更")) return std::nullopt;
    return comparative(a.get<Word>(0), a.find<Amount>(1), true);
  });
  g.add("SIZE", "METRES zh.attribute", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    const auto axes = axes_of(a.get<Word>(1));
    if (!axes) return std::nullopt;
    Amount amount = a.get<Amount>(0);
    amount.to = true;
    return sized(*axes, true, amount, true);
  });
}

void add_paints(Grammar& g) {
  const auto paint = [](std::size_t shade_at, std::size_t at) {
    return [=](const Arguments& a) -> std::optional<Meaning> {
      const Word& word = a.get<Word>(at);
      Paint made{.name = std::string(word.value), .hex = std::string(word.feature("hex"))};
      if (made.hex.empty()) made.hex = palette_hex(made.name);
      if (made.hex.empty()) return std::nullopt;
      if (const Word* const shade = a.find<Word>(shade_at)) made.hex = shaded(made.hex, shade->value);
      return made;
    };
  };
  g.add("PAINT", "'in'|'to'|'into'|'a'|'with'|'of'|'as'? 'a'|'the'|'an'? shade? color 'color'|'colour'|'paint'|'brick'?", 0.1, paint(2, 3));
  g.add("PAINT", "'成'|'为'|'上'|'换成'|'改成'|'变成'|'涂成'|'刷成'|'用'? shade? color '色'|'颜色'|'的'|'的颜色'?", 0.15, paint(1, 2));
  g.add("PAINT", "'to'|'in'? hex", 0.3, [](const Arguments& a) -> std::optional<Meaning> { return a[1]; });
}

// "at half strength", 强度百分之八十, "stronger", 淡一点
void add_strengths(Grammar& g) {
  const auto share_at = [](std::size_t at) {
    return [at](const Arguments& a) -> std::optional<Meaning> {
      Amount amount = a.get<Amount>(at);
      amount.unit = Unit::kShare;
      if (amount.value < 0 || amount.value > 1) return std::nullopt;
      return amount;
    };
  };
  const auto fixed = [](double value) {
    return [value](const Arguments&) -> std::optional<Meaning> { return Amount{.value = value, .unit = Unit::kShare}; };
  };
  g.add("STRENGTH",
        "'at'|'with'? 'strength'|'intensity'|'opacity'|'强度'|'浓度'|'程度' 'of'|'at'|'to'|'为'|'是'|'调到'|'设为'|'到'? n.plain|SHARE",
        0.5, share_at(3));
  g.add("STRENGTH", "'at'|'with'|'to'? SHARE|VAGUE 'of'? 'strength'|'intensity'|'opacity'|'强度'|'浓度'", 0.5, share_at(1));
  g.add("STRENGTH", "'at'|'with'? 'full'|'maximum'|'max' 'strength'|'intensity'", 0.6, fixed(1.0));
  g.add("STRENGTH", "'stronger'|'heavier'|'stronger please'|'强一点'|'强一些'|'浓一点'|'重一点'|'强烈一点'|'再强一点'|'加强'", 0.3,
        fixed(1.0));
  g.add("STRENGTH", "'weaker'|'lighter'|'softer'|'subtle'|'subtly'|'轻一点'|'轻一些'|'淡一点'|'淡一些'|'弱一点'|'弱一些'|'轻微'|'柔和一点'",
        0.3, fixed(0.3));
  const auto change = [](double sign) {
    return [sign](const Arguments& a) -> std::optional<Meaning> {
      return Amount{.value = sign * a.get<Amount>(0).value, .unit = Unit::kShare, .vague = true, .more = true};
    };
  };
  g.add("STRENGTH", "VAGUE 'stronger'|'heavier'|'more'|'denser'|'thicker'", 0.6, change(1));
  g.add("STRENGTH", "VAGUE 'weaker'|'lighter'|'softer'|'less'|'thinner'", 0.6, change(-1));
}

void add_suns(Grammar& g) {
  const auto sun = [](std::string_view which, std::size_t at) {
    return [=](const Arguments& a) -> std::optional<Meaning> { return Text{std::string(which), std::to_string(a.get<Amount>(at).value)}; };
  };
  g.add("SUN", "'azimuth'|'方位角'|'方位'|'太阳方位'|'太阳方位角' 'of'|'at'|'to'|':'|'为'|'是'|'设为'|'调到'|'='? n.angle|n.plain", 0.8,
        sun("azimuth", 2));
  g.add("SUN",
        "'elevation'|'altitude'|'高度角'|'仰角'|'太阳高度'|'太阳高度角' 'of'|'at'|'to'|':'|'为'|'是'|'设为'|'调到'|'='? n.angle|n.plain",
        0.8, sun("elevation", 2));
  g.add("SUN", "n.angle 'above'|'over' 'the'? 'horizon'", 0.8, sun("elevation", 0));
  g.add("SUN", "n.angle 'high'|'up'|'elevation'", 0.3, sun("elevation", 0));
  g.add("SUN", "n.angle 'azimuth'", 0.3, sun("azimuth", 0));
}

// Where a camera flies: "60 m above the ground", "at a height of 60 m", 在60米高度
void add_altitudes(Grammar& g) {
  const auto height = [](std::size_t at) {
    return [at](const Arguments& a) -> std::optional<Meaning> { return Text{"height", std::to_string(a.get<Amount>(at).value)}; };
  };
  g.add("SUN", "'at'|'from'|'about'? METRES 'above' 'the'? 'ground'|'street'|'roofs'?", 0.6, height(1));
  g.add("SUN", "'at'|'from' 'a'|'an' 'height'|'altitude' 'of' METRES", 0.7, height(4));
  g.add("SUN", "'在'|'从'? METRES '的'? '高度'|'高空'|'高处'|'高的地方'|'上空'", 0.7, height(1));
  g.add("SUN", "'高度' '为'|'是'? METRES", 0.5, height(2));
}

void add_parts(Grammar& g) {
  const auto of_owner = [](std::size_t part, std::size_t owner) {
    return [=](const Arguments& a) -> std::optional<Meaning> {
      Query who = a.get<Query>(owner);
      return PartOf{std::string(a.get<Word>(part).value), std::move(who)};
    };
  };
  const auto alone = [](std::size_t at) {
    return [at](const Arguments& a) -> std::optional<Meaning> {
      const Word& word = a.get<Word>(at);
      PartOf part{std::string(word.value), {}};
      if (word.plural) {
        Query all;
        all.classes = {city::ObjectClass::kBuilding};
        all.quantity = Quantity::kAll;
        all.plural = true;  // nobody was named: those of a step before come first (heads.h)
        part.owner = all;
      }
      return part;
    };
  };
  g.add("PARTOF", "'the'? part", -0.1, alone(1));
  g.add("SURFACE", "zh.color '色'|'的'|'颜色的'? zh.part", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), a.get<Word>(2).value); });
  g.add("PARTOF", "'all'|'every'|'each' 'the'? part", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Query all;
    all.classes = {city::ObjectClass::kBuilding};
    all.quantity = Quantity::kAll;
    return PartOf{std::string(a.get<Word>(2).value), all};
  });
  g.add("PARTOF", "'所有'|'全部'|'每个'|'所有的' part", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Query all;
    all.classes = {city::ObjectClass::kBuilding};
    all.quantity = Quantity::kAll;
    return PartOf{std::string(a.get<Word>(1).value), all};
  });
  g.add("PARTOF", "'the'|'all'? 'the'? part 'of'|'on' REF", 0.4, of_owner(2, 4));
  g.add("PARTOF", "REF poss part", 0.4, of_owner(2, 0));
  g.add("PARTOF", "REF '的'? zh.part", 0.4, of_owner(2, 0));
  g.add("PARTOF", "'its'|'their'|'his' part", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query it;
    it.kind = Query::Kind::kIt;
    it.plural = a.find<Word>(0) != nullptr && a.get<Word>(0).text == "their";
    if (it.plural) it.quantity = Quantity::kAll;
    return PartOf{std::string(a.get<Word>(1).value), it};
  });
  g.add("PARTOF", "'the'? NBAR en.part", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    Query owner = a.get<Query>(1);
    if (owner.bare) return std::nullopt;
    owner.plural = false;
    if (a.get<Word>(2).plural) owner.quantity = Quantity::kAll;
    return PartOf{std::string(a.get<Word>(2).value), owner};
  });
  // "all the roofs along the river"
  g.add("PARTOF", "'the'|'all'|'all the'? en.part POST", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& part = a.get<Word>(1);
    if (!part.plural) return std::nullopt;
    Query owner;
    owner.classes = {city::ObjectClass::kBuilding};
    const auto whose = merged(owner, a.get<Query>(2));
    if (!whose) return std::nullopt;
    Query all = *whose;
    all.quantity = Quantity::kAll;
    return PartOf{std::string(part.value), all};
  });
  // "the red roofs": of what has one
  g.add("PARTOF", "'the'|'all'|'all the' color en.part", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& part = a.get<Word>(2);
    auto owner = surface_colour(a.get<Word>(1), part.value);
    Query query = std::get<Query>(*owner);
    query.classes = {city::ObjectClass::kBuilding};
    query.quantity = part.plural ? Quantity::kAll : Quantity::kThe;
    return PartOf{std::string(part.value), query};
  });
}

void add_aspects(Grammar& g) {
  // "the height of the church", "its colour", 教堂的高度
  g.add("ASPECT", "'the'? en.aspect 'of' REF", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    return PartOf{std::string(a.get<Word>(1).value), a.get<Query>(3)};
  });
  g.add("ASPECT", "'the'? 'distance'|'gap' 'between' REF", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    return PartOf{"distance", a.get<Query>(3)};
  });
  g.add("ASPECT", "REF '到'|'和'|'与'|'离'|'跟' REF '之间'? '的' '距离'|'间距'", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    return PartOf{"distance", union_of(a.get<Query>(0), a.get<Query>(2))};
  });
  g.add("ASPECT", "REF poss en.aspect", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    return PartOf{std::string(a.get<Word>(2).value), a.get<Query>(0)};
  });
  g.add("ASPECT", "REF '的'? zh.aspect", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    return PartOf{std::string(a.get<Word>(2).value), a.get<Query>(0)};
  });
  g.add("ASPECT", "'its'|'their' en.aspect", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query it;
    it.kind = Query::Kind::kIt;
    it.plural = a.get<Word>(0).text == "their";
    if (it.plural) it.quantity = Quantity::kAll;
    return PartOf{std::string(a.get<Word>(1).value), it};
  });
  g.add("ASPECT", "'the'? aspect", -0.2, [](const Arguments& a) -> std::optional<Meaning> {
    if (a.get<Word>(1).surface == "paint") return std::nullopt;
    return PartOf{std::string(a.get<Word>(1).value), {}};
  });
}

}  // namespace

void add_change_rules(Grammar& grammar) {
  add_sizes(grammar);
  add_paints(grammar);
  add_suns(grammar);
  add_strengths(grammar);
  add_altitudes(grammar);
  add_parts(grammar);
  add_aspects(grammar);
}

}  // namespace skyline::models
