// The rules of the language: what people say about a city, in English and Chinese. One rule is one line: symbol, parts, weight, meaning.
//
//   const Grammar grammar = make_grammar();
//
// A rule speaks of kinds of words (lexicon.h), never of single words where a kind will do; "en." and "zh." before a kind narrow it to one
// language. Numbers are n.plain, n.length, ...; names of the scene `name`, quotations `quoted`.
//
// Phrases that clauses are made of (clause.h):
//   REF       who is meant                 PLACE    where to                WITH     what for ("with a park", 换成公园)
//   QTY       amount with its unit         WAY      direction               SIZE     "10 m taller", "twice as big", 高一半
//   PARTOF    "the roof of the church"     PAINT    a colour                NAMED    quotation
//   ASPECT    "the height of the church"   TOWARDS  "face the river"
#pragma once

#include "models/language/interpreter/chart.h"

namespace skyline::models {

Grammar make_grammar();

// The parts of it, one file each.
void add_amount_rules(Grammar& grammar);
void add_reference_rules(Grammar& grammar);  // both languages
void add_english_reference_rules(Grammar& grammar);
void add_chinese_reference_rules(Grammar& grammar);
void add_place_rules(Grammar& grammar);
void add_change_rules(Grammar& grammar);  // sizes, colours, parts

// Building blocks of rules.
Action pass(std::size_t argument);
// All references among the arguments as one description.
Action merge_all();
std::optional<Measure> find_measure(std::string_view name);
// Of a superlative or comparative: its feature, else its value.
std::optional<Measure> measure_said(const Word& word);
std::optional<Comparison> comparison_said(const Word& word);
std::optional<Heading> find_heading(std::string_view name);
double bearing_of(Heading heading);  // degrees clockwise from north; of the world's directions
bool is_world(Heading heading);
Query with_relation(Relation relation, std::vector<Query> anchors, double distance = 0);
// "the nearest building to the right of the church": nearest to what it stands beside.
void anchor_order(Query& query);
// Several references as one; nested unions are flattened.
Query union_of(const Query& a, const Query& b);
// "next to X" by the value of a relation's entry; nothing for relations that say no test.
std::optional<Query> relation_filter(const Word& relation, const Query& anchor);
// A change of size by an amount as said; nothing where the words leave open how much.
std::optional<Meaning> sized(Sizing::Axes axes, bool up, const Amount& amount, bool chinese);
// Chinese relations that stand before what they relate to: 沿着河, 靠近河; the others stand behind it: 河旁边.
bool stands_before(const Word& relation);
// "on the left", 右边的: without an anchor, a side of the picture; "leftmost", 最左边: an order.
std::optional<Meaning> towards_side(const Word& relation);
// 河边, 路边, 湖畔: the relation holds its own anchor.
std::optional<Query> fused_relation(const Word& relation);
std::optional<Meaning> bounded(const Bounds& bounds);                              // "over 50 m"
std::optional<Meaning> at_distance(const Bounds& bounds, const Query& anchor);     // "less than 50 m from X"
std::optional<Meaning> towards(Heading heading, const Query* anchor);              // "north of X"
std::optional<Meaning> than(const Word& comparative, const Query& anchor);         // "taller than X"
std::optional<Meaning> surface_colour(const Word& colour, std::string_view part);  // "red roofs"

}  // namespace skyline::models
