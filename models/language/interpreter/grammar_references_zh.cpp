// Chinese references: what describes stands before the noun, in any order, with or without 的: 河边那三座最高的红顶房子.
#include "models/language/interpreter/grammar.h"

#include <algorithm>

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

Query determiner(Quantity quantity, int count = 1) {
  Query query;
  query.quantity = quantity;
  query.count = count;
  return query;
}

Action fixed(Query query) {
  return [query](const Arguments&) -> std::optional<Meaning> { return query; };
}

Query of_kind(Query::Kind kind, bool plural) {
  Query query;
  query.kind = kind;
  query.plural = plural;
  if (plural) query.quantity = Quantity::kAll;
  return query;
}

std::optional<Meaning> counted(double number) {
  const int count = static_cast<int>(number);
  if (count < 1 || count != number) return std::nullopt;
  return count == 1 ? determiner(Quantity::kAny) : determiner(Quantity::kCount, count);
}

// 公园里的树, 高于50米的楼: a range or an area, in which there may be any number; 教堂旁边的楼 is one.
bool describes_many(const Query& query) {
  const auto far_reaching = [](const RelationTest& test) {
    switch (test.relation) {
      case Relation::kInside:
      case Relation::kAlong:
      case Relation::kWithin:
      case Relation::kBeyond:
      case Relation::kNear:
        return true;
      default:
        return test.negated;
    }
  };
  const bool small = query.classes.size() == 1 &&
                     (query.classes.front() == city::ObjectClass::kTree || city::is_a(query.classes.front(), city::ObjectClass::kVehicle));
  return !query.measures.empty() || std::any_of(query.relations.begin(), query.relations.end(), far_reaching) ||
         (small && !query.relations.empty());
}

// A description with its determiner settled: order and number belong together ("最高的三座").
std::optional<Meaning> settled(Query query) {
  anchor_order(query);
  if (query.order && query.quantity == Quantity::kCount && query.order->count == 1 && query.order->rank == 1) {
    query.order->count = query.count;
  }
  if (query.order && query.quantity == Quantity::kAny) query.quantity = Quantity::kThe;
  if (query.plural && query.kind == Query::Kind::kClass) {
    if (query.quantity == Quantity::kThe && !query.order) query.quantity = Quantity::kAll;
    query.plural = false;
  }
  if (query.bare && !query.order && query.quantity == Quantity::kThe && query.kind == Query::Kind::kClass && describes_many(query))
    query.quantity = Quantity::kAll;
  if (query.quantity != Quantity::kThe || query.kind != Query::Kind::kClass || query.order) query.bare = false;
  return query;
}

void add_determiners(Grammar& g) {
  using Kind = Query::Kind;
  // 一座, 三棵
  g.add("ZDET", "n.counted", 0.3, [](const Arguments& a) -> std::optional<Meaning> { return counted(a.get<Amount>(0).value); });
  // 这座, 那两栋, 这些
  const auto pointing = [](Kind kind) {
    return [kind](const Arguments& a) -> std::optional<Meaning> {
      const Amount* const number = a.find<Amount>(1);
      Query query = of_kind(kind, number != nullptr && number->value > 1);
      if (number != nullptr && number->value > 1) {
        query.quantity = Quantity::kCount;
        query.count = static_cast<int>(number->value);
      }
      return query;
    };
  };
  g.add("ZDET", "zh.pronoun:this|'这'|'此' n.counted|zh.measure_word", 0.5, pointing(Kind::kThis));
  g.add("ZDET", "zh.pronoun:that|'那'|'该' n.counted|zh.measure_word", 0.5, pointing(Kind::kIt));
  g.add("ZDET", "'这'|'此'", -0.3, fixed(of_kind(Kind::kThis, false)));
  g.add("ZDET", "'那'|'该'", -0.3, fixed(of_kind(Kind::kIt, false)));
  g.add("ZDET", "zh.pronoun:these|'这些'|'这几' zh.measure_word?", 0.5, fixed(of_kind(Kind::kThis, true)));
  g.add("ZDET", "zh.pronoun:those|'那些'|'那几' zh.measure_word?", 0.5, fixed(of_kind(Kind::kIt, true)));
  g.add("ZDET", "zh.quantifier:all|zh.quantifier:each '的'|zh.measure_word? '的'?", 0.4, fixed(determiner(Quantity::kAll)));
  g.add("ZDET", "zh.quantifier:any zh.measure_word?", 0.2, fixed(determiner(Quantity::kAny)));
  g.add("ZDET", "zh.quantifier:both", 0.3, fixed(determiner(Quantity::kCount, 2)));
  g.add("ZDET", "zh.quantifier:other '的'? zh.measure_word|n.counted? '的'?", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = of_kind(Kind::kOther, false);
    const std::string_view text = a.find<Word>(0) != nullptr ? a.get<Word>(0).text : std::string_view();
    if (text.starts_with("其") || text.starts_with("别") || text.starts_with("剩")) query.quantity = Quantity::kAll;
    return query;
  });
  // a measure word that stands alone: 最高的那座 has 那 before it, 最高的座 nothing
}

void add_describing(Grammar& g) {
  // each may be followed by 的
  g.add("ZMOD", "ADJ", 0, pass(0));
  g.add("ZMOD", "EXTREME", 0.1, pass(0));
  g.add("ZMOD", "zh.function:very|'很'|'比较'|'特别'|'非常'|'最' ADJ", -0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& query = a.get<Query>(1);
    if (query.sizes.size() != 1) return std::nullopt;
    return query;
  });
  g.add("ZMOD", "color '色'|'颜色'", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), "all"); });
  g.add("ZMOD", "shade? color '的'|'色'? part", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(1), a.get<Word>(3).value); });
  g.add("ZMOD", "color '色'? '顶'|'屋顶'", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), "roof"); });
  g.add("ZMOD", "color '色'? '墙'", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), "wall"); });
  g.add("ZMOD", "'有'|'带'|'带有'|'有着' shade? color '的'|'色'|'颜色的'? part", 0.5,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(2), a.get<Word>(4).value); });
  g.add("ZMOD", "part '是'|'为'? shade? color '色'|'颜色'?", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(3), a.get<Word>(0).value); });
  // 教堂旁边, 塔的左边, 公园里
  g.add("ZMOD", "'在'|'位于'|'处于'? REF '的'? zh.relation|'边' '处'|'一带'?", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& anchor = a.get<Query>(1);
    if (a.find<Word>(3) == nullptr) return std::nullopt;
    const Word& word = a.get<Word>(3);
    if (stands_before(word)) return std::nullopt;
    if (word.value == "inside" && anchor.kind == Query::Kind::kScene) return Query{};
    if (word.text == "边") return with_relation(Relation::kAlong, {anchor});
    auto filter = relation_filter(word, anchor);
    if (!filter) return std::nullopt;
    return *filter;
  });
  g.add("ZMOD", "'在'|'位于'? zh.relation", 0.35, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(1);
    if (word.feature("visible") == "yes") return towards_side(word);
    auto filter = fused_relation(word);
    if (!filter) return std::nullopt;
    return *filter;
  });
  // 左边的房子: of the picture
  g.add("ZMOD", "zh.relation:left|zh.relation:right|zh.relation:front|zh.relation:behind", -0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return towards_side(a.get<Word>(0)); });
  // 沿着河, 靠近河, 挨着河
  g.add("ZMOD", "zh.relation REF", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (!stands_before(word) || word.value == "towards" || word.value == "at" || word.value == "of" || word.value == "to" ||
        word.value == "nearest" || word.value == "from" || word.value == "with" || word.value == "without")
      return std::nullopt;
    auto filter = relation_filter(word, a.get<Query>(1));
    if (!filter) return std::nullopt;
    return *filter;
  });
  g.add("ZMOD", "'城里'|'城市里'|'城中'|'场景里'|'场景中'|'画面里'|'画面中'|'图里'|'图中'|'全城'|'整个城市'", 0.3, fixed(Query{}));
  Query visible;
  visible.states = {ObjectState::kVisible};
  g.add("ZMOD", "'看得见'|'能看到'|'可见'|'视野里'|'视野内'|'视野中'", 0.5, fixed(visible));
  // A和B之间
  g.add("ZMOD", "'在'? REF zh.relation:between|'之间'|'中间'", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& anchor = a.get<Query>(1);
    Query query = with_relation(Relation::kBetween, {});
    if (anchor.kind == Query::Kind::kUnion && anchor.parts.size() == 2)
      query.relations.front().anchors = anchor.parts;
    else if (anchor.quantity == Quantity::kCount && anchor.count == 2)
      query.relations.front().anchors = {share(anchor)};
    else
      return std::nullopt;
    return query;
  });
  // 河以北, 教堂的东边
  g.add("ZMOD", "'在'|'位于'? REF '的'? zh.heading '边'|'面'|'侧'|'方'|'部'?", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(3).value);
    if (!heading || a.get<Word>(3).feature("weak") == "yes") return std::nullopt;
    return towards(*heading, &a.get<Query>(1));
  });
  g.add("ZMOD", "'在'? zh.heading '边'|'面'|'侧'|'部'|'方'|'半边'?", -0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(1).value);
    if (!heading) return std::nullopt;
    return towards(*heading, nullptr);
  });
  // 左起第二座
  g.add("ZMOD",
        "'从'? zh.heading:left|zh.heading:right|zh.relation:left|zh.relation:right '数'|'起'|'数起'|'开始'? n.ordinal zh.measure_word?",
        0.4, [](const Arguments& a) -> std::optional<Meaning> {
          if (a.get<Amount>(3).value < 1) return std::nullopt;
          Query query;
          query.order = Order{};
          query.order->measure = Measure::kRight;
          query.order->descending = a.get<Word>(1).value == "right";
          query.order->rank = static_cast<int>(a.get<Amount>(3).value);
          return query;
        });
  g.add("ZMOD", "REF '方圆'|'半径' METRES '以内'|'之内'|'内'|'范围内'|'的范围内'?", 0.7, [](const Arguments& a) -> std::optional<Meaning> {
    return with_relation(Relation::kWithin, {a.get<Query>(0)}, a.get<Amount>(2).value);
  });
  g.add("ZMOD", "REF '的'? '外面'|'外边'|'外头'", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = with_relation(Relation::kInside, {a.get<Query>(0)});
    query.relations.front().negated = true;
    return query;
  });
  // 蓝色的那栋: of what was spoken of, or asked about
  g.add("REF", "ADJ '的'? zh.pronoun:that|zh.pronoun:this|zh.pronoun:those", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(0);
    query.quantity = a.get<Word>(2).value == "those" ? Quantity::kAll : Quantity::kThe;
    query.headless = true;
    return query;
  });
  // 旁边的房子: beside what was spoken of
  g.add("ZMOD", "zh.relation:beside|zh.relation:near '的'", -0.5, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (stands_before(word)) return std::nullopt;
    Query it;
    it.kind = Query::Kind::kIt;
    return with_relation(word.value == "near" ? Relation::kNear : Relation::kBeside, {it});
  });
  // 离教堂最近, 离河不到50米
  g.add("ZMOD", "'离'|'距'|'距离'|'离着' REF EXTREME", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(2);
    if (!query.order || query.order->measure != Measure::kDistance) return std::nullopt;
    query.order->anchor = share(a.get<Query>(1));
    return query;
  });
  g.add("ZMOD", "'离'|'距'|'距离' REF '的'? '距离'? BOUNDS '远'|'之内'|'以内'|'之外'|'以外'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          Bounds bound = a.get<Bounds>(4);
          return at_distance(bound, a.get<Query>(1));
        });
  g.add("ZMOD", "'离'|'距'|'距离'? REF '周围'|'方圆'|'附近'? METRES '以内'|'之内'|'内'|'范围内'|'以内范围'", 0.7,
        [](const Arguments& a) -> std::optional<Meaning> {
          return with_relation(Relation::kWithin, {a.get<Query>(1)}, a.get<Amount>(3).value);
        });
  g.add("ZMOD", "'离'|'距'|'距离' REF METRES '以外'|'之外'|'开外'", 0.7, [](const Arguments& a) -> std::optional<Meaning> {
    return with_relation(Relation::kBeyond, {a.get<Query>(1)}, a.get<Amount>(2).value);
  });
  // 比教堂高, 比50米高
  g.add("ZMOD", "'比' REF '更'|'还'|'要'? attribute '的多'|'得多'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> { return than(a.get<Word>(3), a.get<Query>(1)); });
  g.add("ZMOD", "'比' MEASURED '更'|'还'|'要'? attribute", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(3);
    return bounded(Bounds{find_measure(word.feature("measure")),
                          word.feature("large") == "no" ? Comparison::kLess : Comparison::kGreater,
                          a.get<Amount>(1),
                          {}});
  });
  g.add("ZMOD", "zh.comparative REF", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (word.value == "any") return std::nullopt;
    return than(word, a.get<Query>(1));
  });
  // 高于50米, 50米以上, 高度超过50米, 50米高
  g.add("ZMOD", "BOUNDS", 0.3, [](const Arguments& a) -> std::optional<Meaning> { return bounded(a.get<Bounds>(0)); });
  g.add("ZMOD", "'有'? MEASURED attribute", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    return bounded(Bounds{find_measure(a.get<Word>(2).feature("measure")), Comparison::kEqual, a.get<Amount>(1), {}});
  });
  g.add("ZMOD", "'名叫'|'叫'|'叫做'|'名为'|'名字叫'|'名字是' quoted", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    Query query;
    query.kind = Query::Kind::kName;
    query.name = a.get<Text>(1).text;
    return query;
  });
  g.add("ZMOD", "'名叫'|'叫'|'叫做'|'名为' name", 0.5, pass(1));
  g.add("ZMOD", "'不'|'不是'|'没有'|'非' ZMOD", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(1);
    if (query.relations.size() == 1)
      query.relations.front().negated = true;
    else if (query.colours.size() == 1)
      query.colours.front().negated = true;
    else
      return std::nullopt;
    return query;
  });
  // 市场街的公交车, 公园的树
  g.add("ZMOD", "REF '的'", -0.5, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& owner = a.get<Query>(0);
    using enum city::ObjectClass;
    if (owner.kind == Query::Kind::kName) return with_relation(Relation::kAlong, {owner});
    if (owner.kind != Query::Kind::kClass || owner.classes.size() != 1) return std::nullopt;
    const city::ObjectClass c = owner.classes.front();
    if (c == kRoad || c == kStreet || c == kRiver || c == kCanal) return with_relation(Relation::kAlong, {owner});
    if (city::is_a(c, kGreen) || c == kSquare || c == kParking) return with_relation(Relation::kInside, {owner});
    return std::nullopt;
  });
  g.add("ZMOD", "ZMOD '、'|','|'而且'|'且'|'并且'|'又'|'同时' ZMOD", 0.1, merge_all());
  g.add("ZMOD", "'所有'|'全部'? ZMOD", -0.5, [](const Arguments& a) -> std::optional<Meaning> { return a[1]; });
}

void add_nouns(Grammar& g) {
  g.add("ZPRE", "ZMOD '的'|'之'?", 0, pass(0));
  g.add("ZPRE", "ZDET '的'?", 0, pass(0));
  g.add("ZNBAR", "NOUN", 0, [](const Arguments& a) -> std::optional<Meaning> {
    if (!a.get<Query>(0).bare && !a.get<Query>(0).plural) return std::nullopt;
    return a[0];
  });
  g.add("ZNBAR", "ZPRE ZNBAR", 0.1, merge_all());
  g.add("ZNBAR", "NAME", -0.1, pass(0));
  g.add("REF", "ZNBAR", 0.1, [](const Arguments& a) -> std::optional<Meaning> { return settled(a.get<Query>(0)); });
  // Without a noun: 最高的那座, 红色的, 另一座, 前面三座
  g.add("ZHEAD", "ZMOD '的'", -0.1, pass(0));
  g.add("ZHEAD", "ZDET", 0, pass(0));
  g.add("ZHEAD", "ZPRE ZHEAD", 0.1, merge_all());
  g.add("REF", "ZHEAD", -0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const Query& query = a.get<Query>(0);
    Query all;
    all.quantity = Quantity::kAll;
    if (query == Query{} || query == all) return std::nullopt;
    return settled(query);
  });
  // 住宅楼里最高的三栋, 民房里屋顶是黑色的
  g.add("REF", "ZNBAR '里'|'中'|'里面'|'当中'|'之中' '的'? ZHEAD", 0.7, [](const Arguments& a) -> std::optional<Meaning> {
    auto query = merged(a.get<Query>(3), a.get<Query>(0));
    if (!query || a.get<Query>(0).classes.empty() || a.get<Query>(3).kind != Query::Kind::kClass) return std::nullopt;
    auto one = settled(*query);
    Query& made = std::get<Query>(*one);
    if (made.bare) made.quantity = Quantity::kAll;
    made.bare = false;
    return made;
  });
  // 教堂和学校都
  g.add("REF", "REF '、'|','? '和'|'跟'|'与'|'以及'|'及'|'还有'|'连同'|'、'|'或'|'或者' REF", 0.15,
        [](const Arguments& a) -> std::optional<Meaning> {
          if (a.get<Query>(0).kind == Query::Kind::kScene || a.get<Query>(3).kind == Query::Kind::kScene) return std::nullopt;
          return union_of(a.get<Query>(0), a.get<Query>(3));
        });
  // 白色和蓝色的塔楼
  g.add("REF", "ADJ '色'|'的'? '和'|'与'|'跟'|'及' ADJ '色'|'的'? '的'? NOUN", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    const auto first = merged(a.get<Query>(0), a.get<Query>(6)), second = merged(a.get<Query>(3), a.get<Query>(6));
    if (!first || !second || !a.get<Query>(6).bare) return std::nullopt;
    return union_of(std::get<Query>(*settled(*first)), std::get<Query>(*settled(*second)));
  });
  g.add("REF", "REF ',' REF '和'|'以及'|'还有' REF", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return union_of(union_of(a.get<Query>(0), a.get<Query>(2)), a.get<Query>(4)); });
  g.add("REF", "PRONOUN zh.quantifier:all|zh.quantifier:both|n.counted", 0.2, pass(0));
}

// 除 alone is half of 删除; 除了 or 除 ... 以外 is meant.
bool excepts(const Arguments& a, std::size_t word, std::size_t end) {
  const Word* const said = a.find<Word>(word);
  if (said == nullptr) return false;
  if (said->text.starts_with("除") && said->text != "除") return true;
  return a.has(end) && said->text == "除";
}

bool leaves_out(const Query& query) {
  return !query.except.empty() ||
         std::any_of(query.parts.begin(), query.parts.end(), [](const QueryPtr& part) { return leaves_out(*part); });
}

// 照着纪念碑再来两个
void add_copies(Grammar& g) {
  g.add("COPIES",
        "'照着'|'按照'|'仿照'|'参照'|'比照'|'像' REF '的样子'|'那样'|'一样'|'的'? '再'? '来'|'做'|'放'|'建'|'造'|'加' n.counted|n.plain "
        "'个'|'座'|'棵'|'栋'?",
        0.9, [](const Arguments& a) -> std::optional<Meaning> {
          return PartOf{std::to_string(static_cast<int>(a.get<Amount>(5).value)), a.get<Query>(1)};
        });
}

void add_exceptions(Grammar& g) {
  // 不是楼的都隐藏, 既不是树也不是车的东西
  g.add("REF", "'所有'? '不是'|'既不是' NOUN '也不是'|'和'? NOUN? '的' '东西'|'物体'?", 0.8,
        [](const Arguments& a) -> std::optional<Meaning> {
          Query query;
          query.kind = Query::Kind::kScene;
          query.quantity = Quantity::kAll;
          for (const std::size_t at : {2, 4}) {
            if (!a.has(at)) continue;
            Query kind = a.get<Query>(at);
            kind.quantity = Quantity::kAll;
            kind.bare = kind.plural = false;
            query.except.push_back(share(kind));
          }
          return query;
        });
  const Action of_scene = [](const Arguments& a) -> std::optional<Meaning> {
    if (!excepts(a, 0, 2) || leaves_out(a.get<Query>(1))) return std::nullopt;
    Query query;
    query.kind = Query::Kind::kScene;
    query.quantity = Quantity::kAll;
    query.except.push_back(share(a.get<Query>(1)));
    return query;
  };
  g.add("REF", "zh.quantifier:except|'除了' REF '以外'|'之外'|'外'? ','? '的'? '其他'|'其余'|'所有'|'全部'|'一切'? '的'?", 0.5, of_scene);
  g.add("REF", "zh.quantifier:except|'除了' REF '以外'|'之外'|'外'? ','? '的'? REF", 0.9, [](const Arguments& a) -> std::optional<Meaning> {
    if (!excepts(a, 0, 2) || leaves_out(a.get<Query>(1)) || leaves_out(a.get<Query>(5))) return std::nullopt;
    Query query = a.get<Query>(5);
    if (query.kind == Query::Kind::kOther) query.kind = query.classes.empty() ? Query::Kind::kScene : Query::Kind::kClass;
    if (query.kind == Query::Kind::kIt || query.kind == Query::Kind::kThis) return std::nullopt;
    if (query.kind == Query::Kind::kClass || query.kind == Query::Kind::kScene) query.quantity = Quantity::kAll;
    query.bare = false;
    Query left_out = a.get<Query>(1);
    // 除了红色的那辆，其他汽车
    if (left_out.classes.empty() && left_out.kind != Query::Kind::kName && left_out.kind != Query::Kind::kUnion) {
      left_out.classes = query.classes;
      if (left_out.kind == Query::Kind::kIt) left_out.kind = Query::Kind::kClass;
    }
    if (left_out.bare) left_out.quantity = Quantity::kAll;
    left_out.bare = false;
    query.except.push_back(share(left_out));
    return query;
  });
  g.add("REF", "REF ','? '但'|'但是'|'不过'? '除了'|'除'|'不包括'|'不含' REF '以外'|'之外'|'外'?", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          Query query = a.get<Query>(0);
          if (query.bare) query.quantity = Quantity::kAll;
          query.bare = false;
          query.except.push_back(share(a.get<Query>(4)));
          return query;
        });
  g.add("REF", "REF '以外'|'之外' '的'", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    if (a.get<Query>(0).kind == Query::Kind::kScene || leaves_out(a.get<Query>(0))) return std::nullopt;
    Query query;
    query.kind = Query::Kind::kScene;
    query.quantity = Quantity::kAll;
    query.except.push_back(share(a.get<Query>(0)));
    return query;
  });
  // 所有民房，红色的除外
  g.add("REF", "REF ','? REF '除外'|'不算'|'不动'", 0.7, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(0);
    Query left_out = a.get<Query>(2);
    if (query.kind != Query::Kind::kClass && query.kind != Query::Kind::kScene) return std::nullopt;
    query.quantity = Quantity::kAll;
    query.bare = false;
    if (left_out.classes.empty() && left_out.kind == Query::Kind::kClass) left_out.classes = query.classes;
    if (left_out.bare || left_out.classes == query.classes) left_out.quantity = Quantity::kAll;
    left_out.bare = false;
    query.except.push_back(share(left_out));
    return query;
  });
  g.add("REF", "REF '以外'|'之外' '的'? REF", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(3);
    if (a.get<Query>(0).kind == Query::Kind::kScene || leaves_out(a.get<Query>(0))) return std::nullopt;
    if (query.kind == Query::Kind::kOther) query.kind = query.classes.empty() ? Query::Kind::kScene : Query::Kind::kClass;
    query.quantity = Quantity::kAll;
    query.bare = false;
    query.except.push_back(share(a.get<Query>(0)));
    return query;
  });
}

}  // namespace

void add_chinese_reference_rules(Grammar& grammar) {
  add_determiners(grammar);
  add_describing(grammar);
  add_nouns(grammar);
  add_exceptions(grammar);
  add_copies(grammar);
}

}  // namespace skyline::models
