// Amounts, directions and bounds.
#include "models/language/interpreter/grammar.h"

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

std::optional<Meaning> amount_with(const Arguments& a, std::size_t at, auto&& change) {
  Amount amount = a.get<Amount>(at);
  change(amount);
  return amount;
}

std::optional<Meaning> bounds(const Word& comparison, const Amount& amount, std::optional<Measure> measure) {
  const auto which = comparison_said(comparison);
  if (!which) return std::nullopt;
  return Bounds{.measure = measure ? measure : measure_said(comparison), .comparison = *which, .amount = amount, .upper = {}};
}

void add_quantities(Grammar& g) {
  g.add("NUMBER", "n.plain", 0, pass(0));
  g.add("METRES", "n.length|n.storeys", 0.1, pass(0));
  // What bounds and sizes are measured in.
  g.add("MEASURED", "METRES|n.area", 0, pass(0));
  g.add("MEASURED", "en.approximate:about|zh.approximate:about METRES|n.area", 0, pass(1));
  g.add("SHARE", "n.percent|n.fraction", 0,
        [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 0, [](Amount& x) { x.unit = Unit::kShare; }); });
  g.add("VAGUE", "amount", 0, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (const std::string_view factor = word.feature("factor"); !factor.empty()) {
      return Amount{.value = std::stod(std::string(factor)), .unit = Unit::kTimes};
    }
    return Amount{.value = std::stod(std::string(word.value)), .unit = Unit::kShare, .vague = true};
  });
  g.add("QTY", "METRES|n.angle|SHARE|n.times|n.duration|n.steps|n.area", 0.1, pass(0));
  g.add("QTY", "VAGUE", 0, pass(0));
  g.add("QTY", "n.plain", -0.4, pass(0));
  g.add("QTY", "'前'|'最近'|'最后'|'刚才'|'之前' '的'? n.steps|n.plain", 0.1, pass(2));
  g.add("QTY", "en.approximate:about|en.approximate:exactly|zh.approximate:about|zh.approximate:exactly QTY", 0, pass(1));
  g.add("QTY", "'by'|'for' QTY", 0, pass(1));
  g.add("QTY", "'the'? 'last'|'past'|'previous' n.plain|n.steps", 0.1, pass(2));
  g.add("QTY", "n.steps '之前'|'以前'|'前'", 0.1, pass(0));
  g.add("QTY", "n.times 'as'|'so' 'far'|'much'|'long'", 0.3, pass(0));
  const Action to = [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 1, [](Amount& x) { x.to = true; }); };
  g.add("QTY",
        "'to'|'up to'|'down to'|'到'|'至'|'为'|'成'|'到了'|'变成'|'改成'|'改为'|'变为'|'调到'|'设为' "
        "METRES|SHARE|n.times|n.angle|n.area|n.plain",
        0.05, to);
  g.add("QTY", "'be'|'is'|'becomes' METRES", 0.2, to);
  g.add("QTY", "'原来'|'原来的'|'原先的'|'现在的' SHARE|n.times", 0, to);
  g.add("QTY", "'到'|'成'|'为'|'变成' '原来'|'原来的'|'原先的'|'现在的' SHARE|n.times", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 2, [](Amount& x) { x.to = true; }); });
  g.add("QTY", "'to' SHARE 'of'? 'its'|'their'|'the' 'original'|'current'|'present'? 'size'|'height'|'scale'?", 0.2, to);
  g.add("QTY", "SHARE 'of' 'its'|'their'|'the' 'original'|'current'|'present'? 'size'|'height'|'scale'?", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 0, [](Amount& x) { x.to = true; }); });
  const Action more0 = [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 0, [](Amount& x) { x.more = true; }); };
  const Action more1 = [](const Arguments& a) -> std::optional<Meaning> { return amount_with(a, 1, [](Amount& x) { x.more = true; }); };
  g.add("QTY", "QTY 'more'|'further'|'extra'", 0.1, more0);
  g.add("QTY", "'another'|'an extra'|'an additional'|'a further' QTY", 0.2, more1);
}

void add_directions(Grammar& g) {
  g.add("WAY", "heading", 0, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(0).value);
    if (!heading) return std::nullopt;
    return *heading;
  });
  // Turns have directions of their own; they stay words.
  g.add("SPIN", "heading:clockwise", 0, [](const Arguments&) -> std::optional<Meaning> { return Text{"clockwise", {}}; });
  g.add("SPIN", "heading:counterclockwise", 0, [](const Arguments&) -> std::optional<Meaning> { return Text{"counterclockwise", {}}; });
  g.add("SPIN", "'the'? 'other'|'opposite'|'reverse' 'direction'|'way'", 0.3, [](const Arguments&) -> std::optional<Meaning> {
    return Text{"reverse", {}};
  });
  g.add("SPIN", "'反方向'|'反过来'|'反着'|'反向'|'相反方向'|'往反方向'", 0.5, [](const Arguments&) -> std::optional<Meaning> {
    return Text{"reverse", {}};
  });
  g.add("WAY", "'to'|'towards'|'toward'|'in'|'into'|'on' 'the'|'my'|'your'? WAY 'side'|'direction'?", 0.1, pass(2));
  g.add("WAY", "'the'|'my' WAY", -0.2, pass(1));
  // "each 15 m east of the last": copies by their steps
  g.add("WAY", "WAY 'of' 'the' 'last'|'previous'|'other'|'one before'|'last one'|'previous one'|'original'", 0.6, pass(0));
  g.add("WAY", "'往'|'向'|'朝'|'朝着'|'向着'|'往着'|'到'|'对' WAY '边'|'面'|'侧'|'方'|'方向'?", 0.2, pass(1));
  g.add("WAY", "en.relation:towards|zh.relation:towards WAY '边'|'面'|'侧'|'方'|'方向'?", 0.1, pass(1));
  g.add("WAY", "WAY '边'|'面'|'侧'|'方'|'方向'", 0, pass(0));
  const auto fixed = [](Heading heading) { return [heading](const Arguments&) -> std::optional<Meaning> { return heading; }; };
  g.add("WAY", "'closer'|'nearer' 'to'|'towards' 'me'|'us'|'camera'|'here'|'the camera'|'the viewer'", 0.6, fixed(Heading::kBack));
  g.add("WAY", "'closer'|'nearer'", -0.5, fixed(Heading::kBack));
  g.add("WAY", "'towards'|'toward'|'to' 'me'|'us'|'the camera'|'the viewer'", 0.5, fixed(Heading::kBack));
  g.add("WAY", "'away'|'farther'|'further' 'away'? 'from' 'me'|'us'|'the camera'|'here'", 0.6, fixed(Heading::kForward));
  g.add("WAY", "'away'|'farther'|'further away'", -0.5, fixed(Heading::kForward));
  g.add("WAY", "'往'|'向'|'朝'|'靠近'|'朝着'|'离' '我'|'镜头'|'相机' '这边'|'近'|'近一点'|'近点'|'的方向'|'方向'|'靠近'?", 0.6,
        fixed(Heading::kBack));
  g.add("WAY", "'离'|'远离' '我'|'镜头'|'相机' '远'|'远一点'|'远点'", 0.8, fixed(Heading::kForward));
  g.add("WAY", "'远离' '我'|'镜头'|'相机'", 0.6, fixed(Heading::kForward));
  g.add("WAY", "'往近处'|'拉近'|'近一点'|'近点'", 0, fixed(Heading::kBack));
  g.add("WAY", "'往远处'|'推远'|'远一点'|'远点'", 0, fixed(Heading::kForward));
}

void add_bounds(Grammar& g) {
  // "over 50 m", "at least 50 m tall", 高于50米, 50米以上
  const Action before = [](const Arguments& a) -> std::optional<Meaning> {
    std::optional<Measure> measure;
    if (a.get<Word>(0).feature("post") == "yes") return std::nullopt;
    if (const Word* const attribute = a.find<Word>(3)) measure = find_measure(attribute->feature("measure"));
    return bounds(a.get<Word>(0), a.get<Amount>(2), measure);
  };
  g.add("BOUNDS",
        "comparative|approximate:atleast|approximate:atmost|approximate:about|approximate:exactly 'than'|'in height'|'or'? MEASURED "
        "attribute?",
        0.2, before);
  g.add("BOUNDS", "MEASURED attribute? comparative", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(2);
    if (word.feature("post") != "yes" || word.surface == "以内") return std::nullopt;
    std::optional<Measure> measure;
    if (const Word* const attribute = a.find<Word>(1)) measure = find_measure(attribute->feature("measure"));
    return bounds(word, a.get<Amount>(0), measure);
  });
  g.add("BOUNDS", "MEASURED en.attribute? 'or' 'more'|'higher'|'taller'|'over'|'above'|'larger'|'bigger'", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          return Bounds{{}, Comparison::kAtLeast, a.get<Amount>(0), {}};
        });
  g.add("BOUNDS", "MEASURED en.attribute? 'or' 'less'|'lower'|'shorter'|'under'|'below'|'smaller'", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          return Bounds{{}, Comparison::kAtMost, a.get<Amount>(0), {}};
        });
  const auto after = [](Comparison comparison) {
    return [comparison](const Arguments& a) -> std::optional<Meaning> {
      std::optional<Measure> measure;
      if (const Word* const attribute = a.find<Word>(1)) measure = find_measure(attribute->feature("measure"));
      return Bounds{measure, comparison, a.get<Amount>(0), {}};
    };
  };
  g.add("BOUNDS", "MEASURED zh.attribute? '以上'|'之上'|'及以上'|'或以上'", 0.4, after(Comparison::kAtLeast));
  g.add("BOUNDS", "MEASURED zh.attribute? '以下'|'之下'|'及以下'", 0.4, after(Comparison::kAtMost));
  g.add("BOUNDS", "en.relation:between MEASURED|n.plain 'and' MEASURED attribute?", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Amount low = a.get<Amount>(1);
    const Amount high = a.get<Amount>(3);
    if (low.unit == Unit::kPlain) low.unit = high.unit;
    std::optional<Measure> measure;
    if (const Word* const attribute = a.find<Word>(4)) measure = find_measure(attribute->feature("measure"));
    return Bounds{measure, Comparison::kAtLeast, low, high};
  });
  g.add("BOUNDS", "'在'? MEASURED|n.plain '到'|'至'|'和'|'与' MEASURED '之间'? attribute?", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> {
          Amount low = a.get<Amount>(1);
          const Amount high = a.get<Amount>(3);
          if (low.unit == Unit::kPlain) low.unit = high.unit;
          std::optional<Measure> measure;
          if (const Word* const attribute = a.find<Word>(5)) measure = find_measure(attribute->feature("measure"));
          return Bounds{measure, Comparison::kAtLeast, low, high};
        });
  g.add("BOUNDS", "MEASURED|n.plain '到'|'至' MEASURED attribute", 0.9, [](const Arguments& a) -> std::optional<Meaning> {
    Amount low = a.get<Amount>(0);
    const Amount high = a.get<Amount>(2);
    if (low.unit == Unit::kPlain) low.unit = high.unit;
    return Bounds{find_measure(a.get<Word>(3).feature("measure")), Comparison::kAtLeast, low, high};
  });
  g.add("BOUNDS", "'>'|'<'|'≥'|'≤' '='? MEASURED", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const bool equal = a.has(1);
    const std::string_view sign = a.get<Word>(0).text;
    const Comparison comparison = sign == ">"   ? (equal ? Comparison::kAtLeast : Comparison::kGreater)
                                  : sign == "<" ? (equal ? Comparison::kAtMost : Comparison::kLess)
                                  : sign == "≥" ? Comparison::kAtLeast
                                                : Comparison::kAtMost;
    return Bounds{{}, comparison, a.get<Amount>(2), {}};
  });
  // "a height of more than 20 m", 高度超过20米
  const Action aspect = [](const Arguments& a) -> std::optional<Meaning> {
    Bounds bound = a.get<Bounds>(4);
    if (const auto measure = find_measure(a.get<Word>(1).value)) bound.measure = measure;
    return bound;
  };
  g.add("BOUNDS", "'a'|'an'|'the'|'their'|'its'|'in'? en.aspect|zh.aspect 'of'|'is'|'are'|'是'|'在'|'为'|'有'? '不'? BOUNDS", 0.3, aspect);
  g.add("BOUNDS", "BOUNDS 'in'|'of' en.aspect", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Bounds bound = a.get<Bounds>(0);
    if (const auto measure = find_measure(a.get<Word>(2).value)) bound.measure = measure;
    return bound;
  });
  g.add("BOUNDS", "'a' 'height'|'length'|'width' 'of' METRES", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    return Bounds{Measure::kHeight, Comparison::kEqual, a.get<Amount>(3), {}};
  });
}

}  // namespace

void add_amount_rules(Grammar& grammar) {
  add_quantities(grammar);
  add_directions(grammar);
  add_bounds(grammar);
}

}  // namespace skyline::models
