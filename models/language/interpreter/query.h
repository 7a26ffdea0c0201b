// Who is meant: a reference as a typed query. The parser builds queries from words, the resolver answers them on a scene; neither ever sees
// the other's data. A query is a value: equal words have equal queries, in both languages.
//
//   the second tallest tower next to the river, except the red one
//   Query{.kind = kClass, .classes = {kTower}, .relations = {{kBeside, {river}}}, .order = {kHeight, descending, .rank = 2},
//         .quantity = {kThe}, .except = {red}}
//
// The meanings of relations, of "tall" and of quantities are fixed (docs/assistant.md): metres between footprints, percentiles within the
// class.
#pragma once

#include "city/taxonomy.h"

#include <glm/vec2.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::models {

struct Query;
using QueryPtr = std::shared_ptr<const Query>;

// What is measured of an object: metres, of areas square metres.
enum class Measure : std::uint8_t {
  kHeight,
  kArea,      // of the footprint
  kLength,    // longer side of the footprint's smallest rectangle; of a line its length
  kWidth,     // shorter side; of a line its width
  kDistance,  // gap to `anchor`, or to the pointer, the selection or the camera where there is none
  kNorth,     // of the centroid: "northernmost" descending, "southernmost" ascending
  kEast,
  kRight,  // in the camera's space: "rightmost", "leftmost"
  kDepth,  // away from the camera: "the one furthest back"
};
enum class Comparison : std::uint8_t { kLess, kAtMost, kEqual, kAtLeast, kGreater };

// "higher than 50 m", "taller than the church": `value`, or the measure of `anchor`.
struct MeasureTest {
  Measure measure = Measure::kHeight;
  Comparison comparison = Comparison::kGreater;
  double value = 0;
  QueryPtr anchor;  // compared with; of kDistance measured from
};
// "tall", "big", "short", "small": beyond a quartile of the class that the word names.
struct SizeTest {
  Measure measure = Measure::kHeight;
  bool large = true;
};
enum class Surface : std::uint8_t { kAny, kWall, kRoof };
struct ColourTest {
  std::string colour;  // of the palette: "red"
  Surface surface = Surface::kAny;
  bool negated = false;
};
enum class ObjectState : std::uint8_t { kSelected, kHidden, kEdited, kInserted, kVisible };

enum class Relation : std::uint8_t {
  kBeside,   // gap at most max(15 m, half the width of the larger one)
  kNear,     // gap at most 150 m
  kWithin,   // gap at most `distance`
  kBeyond,   // gap more than `distance`, of every anchor
  kAlong,    // at most 40 m from the edge of a line
  kInside,   // centroid in the footprint
  kBetween,  // two anchors, or one that stands for two
  kTowards,  // bearing from the anchor (none: the middle of the scene); degrees clockwise from north
  kLeft,     // these four without an anchor: of the camera, in the picture's left half, ...; with one: nearest first
  kRight,
  kFront,
  kBehind,
  kNearest,  // the one with the least gap to the anchor (none: to the pointer, the selection or the camera)
  kAcross,   // on the other side of a line, seen from the camera or from `second`
};
struct RelationTest {
  Relation relation = Relation::kBeside;
  std::vector<QueryPtr> anchors;  // one; of kBetween one or two
  double distance = 0;            // m, of kWithin, kBeyond; of kTowards and the camera's directions: at most, 0 for any
  double bearing_deg = 0;
  bool negated = false;  // "not near the river"
};
// "tallest", "three largest", "second nearest".
struct Order {
  Measure measure = Measure::kHeight;
  bool descending = true;
  int rank = 1;     // from 1
  int count = 1;    // that many from `rank` on
  QueryPtr anchor;  // of kDistance
};
enum class Quantity : std::uint8_t {
  kThe,  // one; several candidates are a question
  kAny,  // "a", "some": one, any of them (a question too, unless the operation only asks)
  kAll,
  kCount,  // "three": that many, else a question
};

struct Query {
  enum class Kind : std::uint8_t {
    kClass,      // by class and tests
    kName,       // by the name of an object; `name` as it was found
    kIds,        // numbers: "object 12"
    kThis,       // pointer, else selection
    kIt,         // targets of the last step, else the selection; `plural` for "them"
    kSelection,  // "the selection", "what is selected"
    kScene,      // "everything", with no exception of roads and ground
    kUnion,      // of `parts`
    kOther,      // "the other one": candidates of the last reference less its targets
    kEarlier,    // of an earlier turn: targets of the k-th step from the end (`count`)
  };
  Kind kind = Kind::kClass;
  std::vector<city::ObjectClass> classes;  // any of them; empty: every class
  // Objects of a parent of `classes` whose name holds this word count as well: an office called "Harbour 大厦" is a "大厦".
  std::string also_named;
  std::string name;
  std::vector<std::int32_t> ids;
  bool plural = false;
  std::vector<QueryPtr> parts;

  std::vector<MeasureTest> measures;
  std::vector<SizeTest> sizes;
  std::vector<ColourTest> colours;
  std::vector<std::string> tags;  // "glass", and materials
  std::vector<ObjectState> states;
  std::vector<RelationTest> relations;
  std::optional<Order> order;
  Quantity quantity = Quantity::kThe;
  int count = 1;
  std::vector<QueryPtr> except;
  // A Chinese noun without a word of quantity: one or many. The parser decides by the operation and leaves kThe or kAll.
  bool bare = false;
  // "the red ones": the noun was said before (heads.h).
  bool headless = false;

  // Where the words stand in the sentence, in code points; for spans. Equality leaves it out.
  std::size_t start = 0, end = 0;
};

// Equal in meaning of every member, anchors compared by value.
bool operator==(const Query& a, const Query& b);
// For logs, tests and explanations: "tower, tallest, beside (river)".
std::string describe(const Query& query);

}  // namespace skyline::models
