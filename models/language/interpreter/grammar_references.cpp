// What both languages share about references: nouns, adjectives, orders, names, pronouns.
#include "models/language/interpreter/grammar.h"

#include <array>
#include <string>
#include <utility>

namespace skyline::models {
namespace {

std::optional<Meaning> noun(const Word& word) {
  Query query;
  if (word.value != "any") {
    const auto object_class = city::find_class(word.value);
    if (!object_class) return std::nullopt;
    query.classes = {*object_class};
    // 砖房, 木屋: a class and what it is made of
    for (const auto& [sign, tag] : {std::pair{std::string_view("砖"), "brick"}, {"木", "wood"}, {"石", "stone"}, {"玻璃", "glass"}}) {
      if (word.chinese && word.surface.starts_with(sign)) query.tags.emplace_back(tag);
    }
    // "the castle": no building will do
    if (word.feature("named") == "yes") query.tags.emplace_back(word.surface);
    if (word.chinese && word.value == "tower" && word.surface == "大厦") query.also_named = "大厦";
  }
  query.plural = word.plural || word.feature("number") == "plural";
  query.bare = word.chinese && !query.plural;
  return query;
}

// What objects are tagged with, by the words for it.
std::string material_tag(std::string_view surface) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kTags{
      {{"bricks", "brick"},   {"砖", "brick"},      {"红砖", "brick"},      {"glazed", "glass"},    {"玻璃", "glass"},
       {"蓝玻璃", "glass"},   {"wooden", "wood"},   {"timber", "wood"},     {"木", "wood"},         {"木头", "wood"},
       {"木质", "wood"},      {"木制", "wood"},     {"红木", "wood"},       {"石头", "stone"},      {"石材", "stone"},
       {"石", "stone"},       {"水泥", "concrete"}, {"cement", "concrete"}, {"混凝土", "concrete"}, {"金属", "metal"},
       {"钢", "steel"},       {"大理石", "marble"}, {"茅草", "thatch"},     {"straw", "thatch"},    {"砂岩", "sandstone"},
       {"花岗岩", "granite"}, {"铜", "copper"},     {"铁", "iron"},         {"瓦", "tile"},         {"terracotta", "terracotta"}}};
  for (const auto& [word, tag] : kTags) {
    if (word == surface) return std::string(tag);
  }
  return std::string(surface);
}

std::optional<Meaning> colour(const Word& word) {
  Query query;
  if (word.feature("material") == "yes") {
    query.tags.push_back(material_tag(word.surface));
  } else {
    query.colours.push_back({.colour = std::string(word.value), .surface = Surface::kAny, .negated = false});
  }
  return query;
}

std::optional<Meaning> attribute(const Word& word) {
  if (word.feature("plain") == "no") return std::nullopt;
  const auto measure = find_measure(word.feature("measure"));
  if (!measure) return std::nullopt;
  Query query;
  query.sizes.push_back({.measure = *measure, .large = word.feature("large") != "no"});
  return query;
}

std::optional<Meaning> state(const Word& word) {
  Query query;
  if (word.value == "selected")
    query.states = {ObjectState::kSelected};
  else if (word.value == "hidden")
    query.states = {ObjectState::kHidden};
  else if (word.value == "edited")
    query.states = {ObjectState::kEdited};
  else if (word.value == "inserted")
    query.states = {ObjectState::kInserted};
  else if (word.value == "visible")
    query.states = {ObjectState::kVisible};
  else
    return std::nullopt;
  return query;
}

std::optional<Meaning> extreme(const Word& word) {
  const auto measure = measure_said(word);
  if (!measure) return std::nullopt;
  Query query;
  query.order = Order{};
  query.order->measure = *measure;
  query.order->descending = word.feature("large") != "no";
  return query;
}

std::optional<Meaning> ranked(const Query& order, int rank, int count) {
  Query query = order;
  if (!query.order || rank < 1 || count < 1) return std::nullopt;
  query.order->rank = rank;
  query.order->count = count;
  if (count > 1) {
    query.quantity = Quantity::kCount;
    query.count = count;
  }
  return query;
}

template <typename F>
Action of_word(F make) {
  return [make](const Arguments& a) -> std::optional<Meaning> { return make(a.get<Word>(0)); };
}

Action fixed(Query query) {
  return [query](const Arguments&) -> std::optional<Meaning> { return query; };
}

Query pronoun(Query::Kind kind, bool plural) {
  Query query;
  query.kind = kind;
  query.plural = plural;
  if (plural) query.quantity = Quantity::kAll;
  return query;
}

void add_words(Grammar& g) {
  // A longer word of the lexicon before its pieces: 高楼 is a class, not a tall 楼.
  g.add("NOUN", "class", 0, [](const Arguments& a) -> std::optional<Meaning> { return noun(a.get<Word>(0)); });
  g.add("ADJ", "color", 0, of_word(colour));
  // "brick house": a tag, or painted so.
  g.add("ADJ", "shade color", 0, [](const Arguments& a) -> std::optional<Meaning> { return colour(a.get<Word>(1)); });
  g.add("ADJ", "attribute", 0, of_word(attribute));
  g.add("ADJ", "state", 0, of_word(state));
  g.add("EXTREME", "superlative", 0.2, of_word(extreme));
  // "northernmost", 最北
  g.add("EXTREME", "heading '边'|'面'|'侧'|'端'|'的'?", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (!word.surface.ends_with("most") && !word.surface.starts_with("最")) return std::nullopt;
    const auto heading = find_heading(word.value);
    if (!heading ||
        (*heading != Heading::kNorth && *heading != Heading::kSouth && *heading != Heading::kEast && *heading != Heading::kWest))
      return std::nullopt;
    Query query;
    query.order = Order{};
    query.order->measure = *heading == Heading::kNorth || *heading == Heading::kSouth ? Measure::kNorth : Measure::kEast;
    query.order->descending = *heading == Heading::kNorth || *heading == Heading::kEast;
    return query;
  });
  g.add("EXTREME", "n.ordinal EXTREME", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return ranked(a.get<Query>(1), static_cast<int>(a.get<Amount>(0).value), 1); });
  g.add("EXTREME", "n.ordinal zh.attribute", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    const auto order = extreme(a.get<Word>(1));
    if (!order) return std::nullopt;
    return ranked(std::get<Query>(*order), static_cast<int>(a.get<Amount>(0).value), 1);
  });
  // "the smaller museum", "which is taller": of two
  g.add("EXTREME", "en.comparative", -0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    const auto measure = measure_said(word);
    const auto comparison = comparison_said(word);
    if (!measure || !comparison || word.feature("than") == "yes") return std::nullopt;
    Query query;
    query.order = Order{};
    query.order->measure = *measure;
    query.order->descending = *comparison == Comparison::kGreater;
    return query;
  });
  g.add("EXTREME", "'第' n.plain EXTREME", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return ranked(a.get<Query>(2), static_cast<int>(a.get<Amount>(1).value), 1); });
}

void add_pronouns(Grammar& g) {
  using Kind = Query::Kind;
  g.add("PRONOUN", "pronoun:it", 0, fixed(pronoun(Kind::kIt, false)));
  g.add("PRONOUN", "pronoun:them", 0, fixed(pronoun(Kind::kIt, true)));
  g.add("PRONOUN", "pronoun:this", 0, fixed(pronoun(Kind::kThis, false)));
  g.add("PRONOUN", "pronoun:these", 0, fixed(pronoun(Kind::kThis, true)));
  g.add("PRONOUN", "pronoun:that", 0, fixed(pronoun(Kind::kIt, false)));
  g.add("PRONOUN", "pronoun:those", 0, fixed(pronoun(Kind::kIt, true)));
  g.add("PRONOUN", "pronoun:selection", 0, fixed(pronoun(Kind::kSelection, true)));
  Query scene = pronoun(Kind::kScene, false);
  scene.quantity = Quantity::kAll;
  g.add("PRONOUN", "pronoun:scene", 0, fixed(scene));
}

// "Harbour Tower building"
std::optional<Meaning> named(const Query& name, const Query& noun) {
  if (noun.classes.empty() || noun.plural) return std::nullopt;
  Query query = name;
  query.classes = noun.classes;
  return query;
}

void add_names(Grammar& g) {
  g.add("NAME", "name", 0.7, pass(0));
  g.add("NAME", "'the' name", 0.8, pass(1));
  g.add("NAME", "'the'? namepart", 0.7, pass(1));
  g.add("NAME", "name NOUN", 0.4, [](const Arguments& a) -> std::optional<Meaning> { return named(a.get<Query>(0), a.get<Query>(1)); });
  g.add("NAME", "'the' name NOUN", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return named(a.get<Query>(1), a.get<Query>(2)); });
  const auto numbered = [](std::size_t at) {
    return [at](const Arguments& a) -> std::optional<Meaning> {
      Query query;
      query.kind = Query::Kind::kIds;
      query.ids = {static_cast<std::int32_t>(a.get<Amount>(at).value)};
      return query;
    };
  };
  g.add("NAME", "'object'|'number'|'no'|'id'|'#' n.plain", 0.3, numbered(1));
  g.add("NAME", "'object'|'building' 'number'|'no'|'id'|'#' n.plain", 0.5, numbered(2));
  g.add("NAME", "class '#' n.plain", 0.4, numbered(2));
  // "tower 13", as questions show it
  g.add("NAME", "'the'? en.class n.plain", -0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(1);
    const auto object_class = city::find_class(word.value);
    if (word.plural || !object_class) return std::nullopt;
    Query query;
    query.kind = Query::Kind::kIds;
    query.ids = {static_cast<std::int32_t>(a.get<Amount>(2).value)};
    query.classes = {*object_class};
    return query;
  });
  g.add("NAME", "n.plain '号' class", 0.5, numbered(0));
  g.add("NAME", "'编号'|'编号为' n.plain '的'? class", 0.5, numbered(1));
}

}  // namespace

void add_reference_rules(Grammar& grammar) {
  add_words(grammar);
  add_pronouns(grammar);
  add_names(grammar);
}

}  // namespace skyline::models
