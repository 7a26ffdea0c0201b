// Captions: two to four sentences about a view or an object, in English or Chinese, from the facts. Every number, name and place in them
// is a statement with its evidence, so that a panel can show what is meant and a test can check it.
//
//   const Caption caption = caption_of_view(make_fact_sheet(scene, pixels), editor::Language::kChinese);
//   for (const Statement& statement : caption.statements) underline(caption.text, statement.begin, statement.end, statement.ids);
//
// The same facts give the same text, and both languages say the same. "about" (约) stands where a number was rounded.
#pragma once

#include "editor/command_table.h"
#include "models/caption/fact_sheet.h"
#include "models/caption/object_sheet.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

// What a statement is about.
enum class Fact : std::uint8_t {
  kView,          // from above, from the street, ...
  kCameraHeight,  // above the ground
  kHeading,
  kLight,
  kSky,       // its share of the picture
  kPlace,     // an object is there in the picture
  kDistance,  // from the camera
  kHeight,    // of an object
  kTallest,   // of the buildings in view
  kRelation,  // of two objects
  kCount,
  kMost,     // class of most buildings
  kShare,    // of water or green
  kColours,  // of the picture
  kClass,
  kRank,  // by height, in the city
  kArea,
  kLength,
  kWidth,
  kColour,  // of walls or roof
  kPart,    // of the city
  kStreet,
  kNeighbour,
  kWater,   // near an object
  kUnseen,  // nothing, or not the object, is in view
};
std::string_view fact_name(Fact fact);  // "camera_height"

struct Evidence {
  Fact fact = Fact::kView;
  std::vector<std::int32_t> ids{};
  std::optional<double> value{};  // as measured, not rounded
  std::string_view unit{};        // "m", "m2", "deg", "share", "count"; empty: no number
  std::optional<double> share{};  // of the picture
};

struct Statement {
  std::size_t begin = 0, end = 0;  // bytes of the caption's text
  Evidence evidence;
};

struct Caption {
  editor::Language language = editor::Language::kEnglish;
  std::string text;
  std::vector<Statement> statements;  // in order, without overlap
};

Caption caption_of_view(const FactSheet& facts, editor::Language language);
Caption caption_of_object(const ObjectSheet& facts, editor::Language language);

// {"language", "text", "statements": [{"text", "start", "end" (code points), "fact", "objects", "value", "unit", "share"}]}
nlohmann::json to_json(const Caption& caption);

}  // namespace skyline::models
