// What a sentence says, before anybody has looked at the scene: steps with references as queries and amounts as said. Grounding turns a
// reading into a plan.
//
// Every member of a step that the sentence does not speak of is empty. Metres, degrees, counter-clockwise from above.
#pragma once

#include "models/language/interpreter/query.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skyline::models {

enum class Op : std::uint8_t {
  kSelect,
  kRemove,
  kMove,
  kRotate,
  kScale,
  kDuplicate,
  kInsert,
  kReplace,
  kRecolor,
  kStyle,
  kLight,
  kSeason,
  kWeather,
  kHide,
  kShow,
  kIsolate,
  kCamera,
  kRename,
  kQuery,
  kUndo,
  kRedo,
  kExport,
};
std::string_view op_name(Op op);  // "recolor", as in plans
std::optional<Op> find_op(std::string_view name);

// A direction in words.
enum class Heading : std::uint8_t {
  kNone,
  kNorth,
  kNorthEast,
  kEast,
  kSouthEast,
  kSouth,
  kSouthWest,
  kWest,
  kNorthWest,  // of the world
  kLeft,
  kRight,
  kForward,
  kBack,  // of the camera; forward: away from it
  kUp,
  kDown,
};

// "20 m to the north", "a bit to the left", "half its width up", "10 m closer to the church".
struct Displacement {
  Heading heading = Heading::kNone;
  QueryPtr anchor;  // towards it, or away from it; `heading` then is kNone
  bool away = false;
  std::optional<double> metres;
  std::optional<double> of_size;  // vague: share of the object's size along that direction
};

// "next to the church", "20 m north of the station", "here", "between the two".
struct Place {
  enum class Kind : std::uint8_t { kTo, kBeside, kBetween, kOffset, kHere, kPoint, kView, kAlong, kInFront, kBehind, kLeft, kRight };
  Kind kind = Kind::kTo;
  QueryPtr anchor, second;
  Displacement offset;  // of kOffset: from the anchor's edge
  glm::dvec2 point{0.0};
};

// A change of size. Exactly one of factor, by, to per axis set that is spoken of.
struct Sizing {
  enum class Axes : std::uint8_t { kHeight, kAll, kWidth, kLength };  // kWidth: x and y; kLength: the footprint's long axis
  Axes axes = Axes::kAll;
  std::optional<double> factor;
  std::optional<double> by_m;  // "10 m taller", "two storeys lower" (negative)
  std::optional<double> to_m;  // "make it 60 m high"
  QueryPtr like;               // "as tall as the church": what `to_m` is of
  bool in_storeys = false;     // `by_m` was said in storeys: "two storeys ... no, three"
};

enum class View : std::uint8_t { kGoto, kOrbit, kTop, kStreet, kLookFrom, kFly };
enum class Asked : std::uint8_t { kCount, kList, kHeight, kArea, kDistance, kDescribe, kWhere };

struct Step {
  Op op = Op::kSelect;
  QueryPtr targets;  // null: missing, or the op needs none

  std::string mode;                          // select: "set", "add", "remove"
  std::optional<Displacement> displacement;  // move, duplicate
  std::optional<Place> place;                // move, duplicate, insert
  std::optional<double> angle_deg;           // rotate
  Heading facing = Heading::kNone;           // rotate: "face south"
  QueryPtr facing_target;                    // rotate: "face the river"
  std::optional<Sizing> sizing;
  std::optional<int> count;                                // duplicate, insert, undo, redo
  std::optional<city::ObjectClass> asset;                  // insert, replace
  std::optional<double> height_m, distance_m, duration_s;  // insert, camera
  std::string part;                                        // recolor: "all", "wall", "roof"
  std::string colour;                                      // "#rrggbb"
  std::string style, season, weather;
  std::optional<double> strength;
  std::string time;  // "HH:MM"
  std::optional<double> azimuth_deg, elevation_deg;
  View view = View::kGoto;
  Heading from = Heading::kNone;  // camera look_from: where it stands
  std::string name;               // rename
  Asked asked = Asked::kCount;
  QueryPtr second;   // distance from `targets` to `second`
  std::string kind;  // export
  std::optional<glm::ivec2> size;

  // What is missing for the step to be done ("direction", "amount", "color", "place", "name", "targets", "angle", "asset"); the plan then
  // asks.
  std::vector<std::string> missing;
};

// A part of the sentence and what it was taken to mean.
struct Understood {
  std::size_t start = 0, end = 0;  // code points of the original sentence
  std::string means;               // "op", "targets", "amount", "direction", "color", "place", "part", "season", "time", ... or "ignored"
  int step = -1;
  QueryPtr query;  // when it is a reference
};

struct Reading {
  enum class Intent : std::uint8_t {
    kAct,           // steps to do (or to answer)
    kNegated,       // "don't remove it yet"
    kHypothetical,  // "what would happen if"
    kOutOfDomain,   // understood as nothing that the program does
    kCorrection,    // undo the former step, then `steps`
    kConfirm,
    kCancel,
    kChoose,  // answers to a question: choose number `choice`
  };
  Intent intent = Intent::kAct;
  int choice = 0;
  std::vector<Step> steps;
  std::vector<Understood> understood;
  std::vector<std::string> unknown;  // content words that were not understood, as written
  double score = 0;                  // larger is better; log weight of the derivation
};

}  // namespace skyline::models
