// English references: "the second tallest red-roofed tower next to the river, except the church".
#include "models/language/interpreter/grammar.h"

namespace skyline::models {
namespace {

using Unit = Amount::Unit;

// --- determiners

std::optional<Meaning> determined(const Query& noun, Quantity quantity, int count) {
  Query query = noun;
  if (query.bare) return std::nullopt;
  anchor_order(query);
  if (query.order && query.order->count > 1) {
    if (quantity == Quantity::kCount && count != query.order->count) return std::nullopt;
    query.plural = false;
    return query;
  }
  query.quantity = quantity;
  query.count = count;
  query.plural = false;
  return query;
}

// "the tower", "the towers", bare "towers".
std::optional<Meaning> definite(const Query& noun) { return determined(noun, noun.plural ? Quantity::kAll : Quantity::kThe, 1); }

std::optional<Meaning> counted(const Query& noun, double number) {
  const int count = static_cast<int>(number);
  if (count < 1 || count != number) return std::nullopt;
  if (noun.order && noun.order->count == 1 && noun.order->rank == 1 && count > 1) {
    Query query = noun;
    query.order->count = count;
    query.quantity = Quantity::kCount;
    query.count = count;
    query.plural = false;
    return query;
  }
  if (count == 1) return determined(noun, Quantity::kAny, 1);
  return determined(noun, Quantity::kCount, count);
}

std::optional<Meaning> demonstrative(const Query& pronoun, const Query& noun) {
  auto query = merged(pronoun, noun);
  if (!query) return std::nullopt;
  query->plural = pronoun.plural || noun.plural;
  return *query;
}

void add_determined(Grammar& g) {
  // PRE: noun with what stands before it; NBAR: with what stands behind it, too.
  g.add("PRE", "NOUN", 0, pass(0));
  g.add("PRE", "ADJ|EXTREME PRE", 0.1, merge_all());
  g.add("PRE", "ADJ ','? 'and'? ADJ PRE", -0.1, merge_all());
  g.add("PRE", "MEASURED attribute? PRE", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const Amount& amount = a.get<Amount>(0);
    std::optional<Measure> measure = amount.unit == Unit::kSquareMetre ? Measure::kArea : Measure::kHeight;
    if (const Word* const word = a.find<Word>(1)) measure = find_measure(word->feature("measure"));
    if (!measure) return std::nullopt;
    Query test;
    test.measures.push_back({.measure = *measure, .comparison = Comparison::kEqual, .value = amount.value, .anchor = {}});
    const auto all = merged(test, a.get<Query>(2));
    if (!all || all->bare) return std::nullopt;
    return *all;
  });
  g.add("PRE", "EXTREME n.plain PRE", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const auto all = merged(a.get<Query>(0), a.get<Query>(2));
    if (!all) return std::nullopt;
    return counted(*all, a.get<Amount>(1).value);
  });
  // "one", "ones" for the noun that was said before
  g.add("NOUN", "'one'|'building one'", -0.4, [](const Arguments&) -> std::optional<Meaning> { return Query{}; });
  g.add("NOUN", "'ones'", 0, [](const Arguments&) -> std::optional<Meaning> {
    Query query;
    query.plural = true;
    query.headless = true;
    return query;
  });
  // "the northern houses", "the left hand tower", "nearby trees": of the scene, of the picture, of what was spoken of
  g.add("ADJ", "en.heading", 0, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    const auto heading = find_heading(word.value);
    if (!heading || !word.surface.ends_with("ern")) return std::nullopt;
    return towards(*heading, nullptr);
  });
  g.add("ADJ", "en.relation", 0, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (word.surface.ends_with(" hand")) return towards_side(word);
    if (word.surface != "nearby" && word.surface != "adjacent" && !word.surface.starts_with("neighb")) return std::nullopt;
    Query it;
    it.kind = Query::Kind::kIt;
    return with_relation(word.value == "near" ? Relation::kNear : Relation::kBeside, {it});
  });
  g.add("NBAR", "PRE", 0, pass(0));
  g.add("NBAR", "NBAR POST", 0.1, merge_all());

  g.add("REF", "NBAR", -0.2, [](const Arguments& a) -> std::optional<Meaning> { return definite(a.get<Query>(0)); });
  g.add("REF", "'the'|'my'|'our'|'your' NBAR", 0.3, [](const Arguments& a) -> std::optional<Meaning> { return definite(a.get<Query>(1)); });
  g.add("REF", "'the' NBAR POST", -0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const auto all = merged(a.get<Query>(1), a.get<Query>(2));
    if (!all) return std::nullopt;
    return definite(*all);
  });
  const auto with_quantity = [](Quantity quantity, int count, std::size_t at) {
    return [=](const Arguments& a) -> std::optional<Meaning> { return determined(a.get<Query>(at), quantity, count); };
  };
  g.add("REF", "'a'|'an'|'some'|'another' NBAR", 0.2,
        [](const Arguments& a) -> std::optional<Meaning> { return determined(a.get<Query>(1), Quantity::kAny, 1); });
  g.add("REF", "en.quantifier:any NBAR", 0.1, with_quantity(Quantity::kAny, 1, 1));
  g.add("REF", "en.quantifier:all|en.quantifier:each 'of'? 'the'|'my'|'our'|'these'|'those'? NBAR", 0.3,
        with_quantity(Quantity::kAll, 1, 3));
  g.add("REF", "en.quantifier:both 'of'? 'the'|'these'|'those'? NBAR", 0.3, with_quantity(Quantity::kCount, 2, 3));
  g.add("REF", "'the'|'all'|'these'|'those'? 'of'? 'the'? n.plain NBAR", 0.25,
        [](const Arguments& a) -> std::optional<Meaning> { return counted(a.get<Query>(4), a.get<Amount>(3).value); });
  g.add("REF", "n.plain 'of' 'the'|'these'|'those' NBAR", 0.2,
        [](const Arguments& a) -> std::optional<Meaning> { return counted(a.get<Query>(3), a.get<Amount>(0).value); });
  g.add("REF", "'one'|'any'|'either' 'of' 'the'|'these'|'those' NBAR", 0.4, with_quantity(Quantity::kAny, 1, 3));
  // "the tallest", "the second tallest of the towers", "the two tallest", "the church nearest the river"
  g.add("REF", "'the'|'your'|'my'? EXTREME", 0.0, [](const Arguments& a) -> std::optional<Meaning> { return a[1]; });
  g.add("REF", "'the'? EXTREME 'of'|'among'|'in' 'the'|'all'|'these'? NBAR", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const auto all = merged(a.get<Query>(1), a.get<Query>(4));
    if (!all) return std::nullopt;
    return determined(*all, Quantity::kThe, 1);
  });
  g.add("REF", "'the'? n.plain EXTREME", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return counted(a.get<Query>(2), a.get<Amount>(1).value); });
  g.add("REF", "'the'? EXTREME n.plain", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return counted(a.get<Query>(1), a.get<Amount>(2).value); });
  g.add("REF", "'of' REF", -0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const Quantity quantity = a.get<Query>(1).quantity;
    if (quantity != Quantity::kAll && quantity != Quantity::kCount) return std::nullopt;
    return a[1];
  });
  // "the second tower from the left" is beyond this grammar; "the second one" chooses.
}

void add_pronominal(Grammar& g) {
  using Kind = Query::Kind;
  g.add("REF", "PRONOUN", 0.3, pass(0));
  g.add("REF", "NAME", 0.2, pass(0));
  g.add("REF", "NAME POST", -0.3, merge_all());
  g.add("REF", "en.pronoun:this|en.pronoun:these NBAR", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query pronoun;
    pronoun.kind = Kind::kThis;
    pronoun.plural = a.get<Word>(0).value == "these";
    if (pronoun.plural) pronoun.quantity = Quantity::kAll;
    return demonstrative(pronoun, a.get<Query>(1));
  });
  g.add("REF", "en.pronoun:that|en.pronoun:those NBAR", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query pronoun;
    pronoun.kind = Kind::kIt;
    pronoun.plural = a.get<Word>(0).value == "those";
    if (pronoun.plural) pronoun.quantity = Quantity::kAll;
    return demonstrative(pronoun, a.get<Query>(1));
  });
  // "those in the park", "the ones by the river"
  g.add("REF", "en.pronoun:those|en.pronoun:these|en.pronoun:them POST", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    Query pronoun;
    pronoun.kind = Kind::kIt;
    pronoun.plural = true;
    pronoun.quantity = Quantity::kAll;
    const auto both = merged(pronoun, a.get<Query>(1));
    if (!both) return std::nullopt;
    return *both;
  });
  g.add("REF", "en.quantifier:all|en.quantifier:both 'of'? PRONOUN", 0.4, pass(2));
  g.add("REF", "PRONOUN en.quantifier:all|en.quantifier:both", 0.2, pass(0));
  g.add("REF",
        "'all'|'everything'|'anything'|'all else'|'everything else'|'whatever'|'what'|'something'|'things' "
        "'is'|'stands'|'are'|'lies'|'lie'|'sits'|'stand'? POST",
        0.4, [](const Arguments& a) -> std::optional<Meaning> {
          Query query = a.get<Query>(2);
          query.quantity = Quantity::kAll;
          return query;
        });
  g.add("REF", "'all'|'everything'|'all of it'", -0.1, [](const Arguments&) -> std::optional<Meaning> {
    Query query;
    query.kind = Kind::kScene;
    query.quantity = Quantity::kAll;
    return query;
  });
  // "the rest of the trees", "everything else"
  g.add("REF", "'the'|'all the'|'all'? 'rest'|'remainder' 'of' 'the'|'all'|'these'|'those'? NBAR", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          Query query;
          query.kind = Kind::kOther;
          query.quantity = Quantity::kAll;
          const auto both = merged(query, a.get<Query>(4));
          if (!both) return std::nullopt;
          return *both;
        });
  g.add("REF", "'everything'|'anything'|'all' 'else'", 0.3, [](const Arguments&) -> std::optional<Meaning> {
    Query it;
    it.kind = Kind::kIt;
    it.plural = true;
    it.quantity = Quantity::kAll;
    Query query;
    query.kind = Kind::kScene;
    query.quantity = Quantity::kAll;
    query.except.push_back(share(it));
    return query;
  });
  const Action other = [](const Arguments& a) -> std::optional<Meaning> {
    Query query;
    query.kind = Kind::kOther;
    const Query* const noun = a.find<Query>(2);
    if (noun != nullptr) {
      const auto both = merged(query, *noun);
      if (!both) return std::nullopt;
      query = *both;
    }
    if (query.plural) query.quantity = Quantity::kAll;
    return query;
  };
  g.add("REF", "'the'|'all the'|'all' 'other'|'remaining' NBAR", 0.5, other);
  g.add("REF", "'the' 'other'|'others'", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    Query query;
    query.kind = Kind::kOther;
    query.plural = a.find<Word>(1) != nullptr && a.get<Word>(1).text == "others";
    if (query.plural) query.quantity = Quantity::kAll;
    return query;
  });
}

// Not with a whole scene: "everything but X and Y" is another thing.
std::optional<Meaning> joined(const Query& a, const Query& b) {
  if (a.kind == Query::Kind::kScene || b.kind == Query::Kind::kScene) return std::nullopt;
  return union_of(a, b);
}

void add_exceptions(Grammar& g) {
  const Action except = [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(0);
    const Query& rest = a.get<Query>(a.size() - 1);
    if (query.quantity == Quantity::kThe && query.kind == Query::Kind::kClass) return std::nullopt;
    Query left_out = rest;
    // "all houses except the red one"
    if (left_out.kind == Query::Kind::kClass && left_out.classes.empty()) left_out.classes = query.classes;
    query.except.push_back(share(left_out));
    return query;
  };
  g.add("REF", "REF ','? 'and'|'but'? en.quantifier:except|'but' 'for'|'from'? REF", 0.5, except);
  g.add("REF", "REF ','? 'but'|'and' 'not'|'leave'|'keep' REF", 0.6, except);
  // "everything that is not a building", "... neither a building nor a tree"
  g.add("REF",
        "'everything'|'anything'|'all'|'things' 'that'|'which' 'is'|'are'|'s'|poss? en.negation|'not'|'neither' 'a'|'an'? NBAR 'nor'|'or'? "
        "'a'|'an'? NBAR?",
        0.7, [](const Arguments& a) -> std::optional<Meaning> {
          Query query;
          query.kind = Query::Kind::kScene;
          query.quantity = Quantity::kAll;
          for (const std::size_t at : {5, 8}) {
            if (!a.has(at)) continue;
            Query kind = a.get<Query>(at);
            kind.quantity = Quantity::kAll;
            kind.plural = false;
            query.except.push_back(share(kind));
          }
          return query;
        });
  g.add("REF", "'everything'|'anything'|'all' 'that'|'which' 'is'|'are'|'s'|poss? en.negation|'not' ADJ", 0.6,
        [](const Arguments& a) -> std::optional<Meaning> {
          Query selected = a.get<Query>(4);
          selected.quantity = Quantity::kAll;
          Query query;
          query.kind = Query::Kind::kScene;
          query.quantity = Quantity::kAll;
          query.except.push_back(share(selected));
          return query;
        });
  g.add("REF", "'everything'|'all' 'else'|'other'? 'but'|'except' 'for'? REF", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    Query query;
    query.kind = Query::Kind::kScene;
    query.quantity = Quantity::kAll;
    query.except.push_back(share(a.get<Query>(4)));
    return query;
  });
  g.add("REF", "REF ','? 'and'|'&'|'plus'|'as well as'|'together with'|'or' REF", 0.15,
        [](const Arguments& a) -> std::optional<Meaning> { return joined(a.get<Query>(0), a.get<Query>(3)); });
  // "red and blue houses", "the white and the blue tower"
  g.add("REF", "'the'|'all'|'all the'? ADJ 'and'|'or' 'the'? ADJ PRE", 0.25, [](const Arguments& a) -> std::optional<Meaning> {
    const auto first = merged(a.get<Query>(1), a.get<Query>(5)), second = merged(a.get<Query>(4), a.get<Query>(5));
    if (!first || !second || a.get<Query>(5).bare) return std::nullopt;
    const auto one = definite(*first), two = definite(*second);
    if (!one || !two) return std::nullopt;
    return union_of(std::get<Query>(*one), std::get<Query>(*two));
  });
  g.add("REF", "REF ',' REF 'and' REF", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return union_of(union_of(a.get<Query>(0), a.get<Query>(2)), a.get<Query>(4)); });
  g.add("REF", "REF ',' REF ',' REF ','? 'and' REF", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    return union_of(union_of(a.get<Query>(0), a.get<Query>(2)), union_of(a.get<Query>(4), a.get<Query>(7)));
  });
  g.add("REF", "'both'|'either' REF 'and' REF", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return union_of(a.get<Query>(1), a.get<Query>(3)); });
}

// --- what stands behind the noun

void add_relations(Grammar& g) {
  g.add("POST", "'right'|'just'|'directly'|'immediately'? en.relation REF", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(1);
    const Query& anchor = a.get<Query>(2);
    if ((word.value == "inside" || word.value == "of" || word.value == "on") && anchor.kind == Query::Kind::kScene) return Query{};
    auto filter = relation_filter(word, anchor);
    if (!filter) return std::nullopt;
    return *filter;
  });
  g.add("POST", "en.relation", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (word.feature("visible") != "yes" || word.surface.ends_with("most")) return std::nullopt;
    return towards_side(word);
  });
  g.add("EXTREME", "en.relation", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const Word& word = a.get<Word>(0);
    if (!word.surface.ends_with("most")) return std::nullopt;
    return towards_side(word);
  });
  g.add("POST", "'in'|'inside'|'within' REF", 0.05, [](const Arguments& a) -> std::optional<Meaning> {
    if (a.get<Query>(1).kind == Query::Kind::kScene) return Query{};
    return with_relation(Relation::kInside, {a.get<Query>(1)});
  });
  g.add("POST", "'in'|'of' 'the'|'this'|'my' 'city'|'town'|'scene'|'area'|'map'|'model'|'picture'|'image'|'world'", 0.3,
        [](const Arguments&) -> std::optional<Meaning> { return Query{}; });
  g.add("POST", "'here'", -0.4, [](const Arguments&) -> std::optional<Meaning> { return Query{}; });
  g.add("POST", "'outside'|'not in'|'not inside' 'of'? REF", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = with_relation(Relation::kInside, {a.get<Query>(2)});
    query.relations.front().negated = true;
    return query;
  });
  g.add("POST", "en.relation:between REF", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    auto filter = relation_filter(a.get<Word>(0), a.get<Query>(1));
    if (!filter) return std::nullopt;
    return *filter;
  });
  g.add("POST", "'far'|'far away'|'away'|'not near'|'not close to' 'from'? REF", 0.1, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = with_relation(Relation::kNear, {a.get<Query>(2)});
    query.relations.front().negated = true;
    return query;
  });
  g.add("POST", "'not' POST", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(1);
    if (query.relations.size() == 1 && query.measures.empty())
      query.relations.front().negated = true;
    else if (query.colours.size() == 1)
      query.colours.front().negated = true;
    else
      return std::nullopt;
    return query;
  });
  // "that is not red", "that's not selected": all but those
  g.add("POST", "'that'|'which' 'are'|'is'|'s'|'poss'|poss? en.negation|'not' ADJ", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(3);
    if (query.colours.size() == 1 && query.states.empty()) {
      query.colours.front().negated = true;
      return query;
    }
    query.quantity = Quantity::kAll;
    Query rest;
    rest.except.push_back(share(query));
    return rest;
  });
  g.add("POST", "POST ','? 'and'|'but' 'also'? POST", 0.1, merge_all());
  g.add("POST", "'that'|'which' 'are'|'is'|'s'? en.comparative 'than'? MEASURED", 0.2, [](const Arguments& a) -> std::optional<Meaning> {
    const auto comparison = comparison_said(a.get<Word>(2));
    if (!comparison) return std::nullopt;
    return bounded(Bounds{measure_said(a.get<Word>(2)), *comparison, a.get<Amount>(4), {}});
  });
  // bearings: "north of the river", "on the north side of the river", "in the north"
  g.add("POST", "'to'|'on'|'at'? 'the'? en.heading 'side'|'end'|'part'? 'of' REF", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(2).value);
    if (!heading || a.get<Query>(5).kind == Query::Kind::kScene) return heading ? towards(*heading, nullptr) : std::nullopt;
    return towards(*heading, &a.get<Query>(5));
  });
  g.add("POST", "'to'|'on'|'at'? 'the'? en.heading REF", 0.15, [](const Arguments& a) -> std::optional<Meaning> {
    const auto heading = find_heading(a.get<Word>(2).value);
    if (!heading || a.get<Word>(2).feature("side") != "yes") return std::nullopt;
    return towards(*heading, &a.get<Query>(3));
  });
  g.add("POST", "'in'|'on'|'to'|'at' 'the'|'my' en.heading 'side'|'half'|'part'|'end'|'hand side'?", 0.0,
        [](const Arguments& a) -> std::optional<Meaning> {
          const auto heading = find_heading(a.get<Word>(2).value);
          if (!heading) return std::nullopt;
          return towards(*heading, nullptr);
        });
  // distances
  g.add("POST", "'within'|'at most'|'less than'|'not more than'|'no more than'|'under' METRES 'away'? 'of'|'from'|'to' REF", 0.5,
        [](const Arguments& a) -> std::optional<Meaning> {
          return with_relation(Relation::kWithin, {a.get<Query>(4)}, a.get<Amount>(1).value);
        });
  g.add("POST", "'in'|'inside'|'within' 'a' 'radius' 'of' METRES 'around'|'of'|'from'|'about' REF", 0.7,
        [](const Arguments& a) -> std::optional<Meaning> {
          return with_relation(Relation::kWithin, {a.get<Query>(6)}, a.get<Amount>(4).value);
        });
  g.add("POST", "BOUNDS 'away'? 'of'|'from'|'to' REF", 0.4,
        [](const Arguments& a) -> std::optional<Meaning> { return at_distance(a.get<Bounds>(0), a.get<Query>(3)); });
  // order by distance
  g.add("POST", "EXTREME 'to'|'from'? REF", 0.3, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(0);
    if (!query.order || query.order->measure != Measure::kDistance || query.order->anchor) return std::nullopt;
    query.order->anchor = share(a.get<Query>(2));
    return query;
  });
  // "the second house from the left"
  g.add("NBAR", "n.ordinal PRE 'from'|'on' 'the' en.heading:left|en.heading:right", 0.6, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(1);
    if (query.order || a.get<Amount>(0).value < 1) return std::nullopt;
    query.order = Order{};
    query.order->measure = Measure::kRight;
    query.order->descending = a.get<Word>(4).value == "right";
    query.order->rank = static_cast<int>(a.get<Amount>(0).value);
    return query;
  });
  g.add("NBAR", "EXTREME NBAR 'to'|'from' REF", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    auto query = merged(a.get<Query>(0), a.get<Query>(1));
    if (!query || !query->order || query->order->measure != Measure::kDistance || query->order->anchor) return std::nullopt;
    query->order->anchor = share(a.get<Query>(3));
    return *query;
  });
}

void add_measures(Grammar& g) {
  g.add("POST", "'with'|'of'|'having'? BOUNDS", 0.1,
        [](const Arguments& a) -> std::optional<Meaning> { return bounded(a.get<Bounds>(1)); });
  g.add("POST", "'with' MEASURED", 0.0, [](const Arguments& a) -> std::optional<Meaning> {
    return bounded(Bounds{{}, Comparison::kEqual, a.get<Amount>(1), {}});
  });
  g.add("POST", "MEASURED attribute", -0.1, [](const Arguments& a) -> std::optional<Meaning> {
    return bounded(Bounds{find_measure(a.get<Word>(1).feature("measure")), Comparison::kEqual, a.get<Amount>(0), {}});
  });
  g.add("POST", "en.comparative 'than'? REF", 0.2,
        [](const Arguments& a) -> std::optional<Meaning> { return than(a.get<Word>(0), a.get<Query>(2)); });
  // roofs and walls
  g.add("SURFACE", "'a'|'the'|'their'|'its'? shade? color part", 0.3,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(2), a.get<Word>(3).value); });
  g.add("SURFACE", "part 'is'|'are'|'in' shade? color", 0.2,
        [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(3), a.get<Word>(0).value); });
  g.add("SURFACE", "SURFACE 'and' SURFACE", 0.1, merge_all());
  g.add("POST", "'with'|'whose'|'that have'|'which have'|'that has'|'which has'|'having'|'have'|'has' SURFACE", 0.4, pass(1));
  g.add("POST", "'without'|'that have no'|'with no'|'lacking' SURFACE", 0.5, [](const Arguments& a) -> std::optional<Meaning> {
    Query query = a.get<Query>(1);
    for (ColourTest& test : query.colours) test.negated = true;
    return query;
  });
  g.add("ADJ", "color 'roofed'", 0.4, [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), "roof"); });
  g.add("ADJ", "color 'walled'", 0.4, [](const Arguments& a) -> std::optional<Meaning> { return surface_colour(a.get<Word>(0), "wall"); });
}

// "two more of the red crane", "another house like the green one", "three copies of it"
void add_copies(Grammar& g) {
  const auto copies = [](double count, Query who) { return PartOf{std::to_string(static_cast<int>(count)), std::move(who)}; };
  const auto like = [](const Query& noun, Query who) {
    if (who.kind == Query::Kind::kClass && who.classes.empty()) who.classes = noun.classes;
    return who;
  };
  g.add("COPIES", "n.plain 'more'|'further'|'extra'|'additional' 'of'|'like'|'copies of' REF", 0.9,
        [=](const Arguments& a) -> std::optional<Meaning> { return copies(a.get<Amount>(0).value, a.get<Query>(3)); });
  g.add("COPIES", "n.plain 'copies'|'duplicates'|'clones'|'replicas' 'of' REF", 0.9,
        [=](const Arguments& a) -> std::optional<Meaning> { return copies(a.get<Amount>(0).value, a.get<Query>(3)); });
  g.add("COPIES", "'a' 'copy'|'duplicate'|'clone'|'replica' 'of' REF", 0.9,
        [=](const Arguments& a) -> std::optional<Meaning> { return copies(1, a.get<Query>(3)); });
  g.add("COPIES", "'one'|'another' 'more'|'one'? 'of'|'like' REF", 0.9,
        [=](const Arguments& a) -> std::optional<Meaning> { return copies(1, a.get<Query>(3)); });
  g.add(
      "COPIES", "n.plain 'more'|'further'|'extra'|'additional'|'other'? NBAR 'like'|'just like'|'as' REF", 1.1,
      [=](const Arguments& a) -> std::optional<Meaning> { return copies(a.get<Amount>(0).value, like(a.get<Query>(2), a.get<Query>(4))); });
  g.add("COPIES", "'one'|'another'|'a'|'one more'|'a second' NBAR 'like'|'just like'|'as' REF", 1.1,
        [=](const Arguments& a) -> std::optional<Meaning> { return copies(1, like(a.get<Query>(1), a.get<Query>(3))); });
}

void add_clauses(Grammar& g) {
  g.add("POST",
        "'that'|'which'|'who' 'is'|'are'|'s'|'was'|'were'|'poss'? "
        "'standing'|'stands'|'stand'|'located'|'situated'|'lying'|'lies'|'lie'|'built'|'sitting'|'sits'|'sit'|'currently'? POST|ADJ",
        0.2, pass(3));
  g.add("POST", "'standing'|'located'|'situated'|'lying'|'built'|'sitting'|'found'|'placed' POST", 0.2, pass(1));
  g.add("POST", "'that'|'which' 'is'|'are'|'s' 'the'? EXTREME", 0.2, pass(3));
  g.add("POST", "'named'|'called' quoted", 0.4, [](const Arguments& a) -> std::optional<Meaning> {
    Query query;
    query.kind = Query::Kind::kName;
    query.name = a.get<Text>(1).text;
    return query;
  });
  g.add("POST", "'named'|'called' name", 0.4, pass(1));
  g.add("POST", "'in'|'within' 'view'|'sight'|'the view'|'the picture'", 0.2, [](const Arguments&) -> std::optional<Meaning> {
    Query query;
    query.states = {ObjectState::kVisible};
    return query;
  });
}

// What is said of somebody named before: "which towers are taller than 50 m", "which one is the tallest".
void add_predicates(Grammar& g) {
  g.add("PREDICATE", "POST", 0, pass(0));
  g.add("PREDICATE", "'the'? EXTREME", -0.1, pass(1));
  g.add("PREDICATE", "SURFACE", -0.2, pass(0));
  g.add("PREDICATE", "'is'|'are'|'have'|'has'|'stand'|'stands'|'grow'|'there' PREDICATE", 0.1, pass(1));
  g.add("PREDICATE", "ZMOD '的'?", -0.1, pass(0));
}

}  // namespace

void add_english_reference_rules(Grammar& grammar) {
  add_determined(grammar);
  add_pronominal(grammar);
  add_exceptions(grammar);
  add_relations(grammar);
  add_measures(grammar);
  add_copies(grammar);
  add_clauses(grammar);
  add_predicates(grammar);
}

}  // namespace skyline::models
