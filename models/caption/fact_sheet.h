// The facts of a view that are worth saying, each with its evidence: what is seen, how much of the picture it takes, where it stands in it,
// how high it is, how things stand to each other. A fact sheet holds numbers and ids; models/caption/caption.h makes sentences of it.
//
//   const FactSheet facts = make_fact_sheet({.city = city}, pixels);
//   const Caption caption = caption_of_view(facts, editor::Language::kEnglish);
//
// What the words mean in numbers is written down in docs/captions.md, and checked against ground truth by `scripts/bench captions`. A sheet
// owns all it holds; making one reads its inputs only and may run in any thread. Equal inputs give equal sheets.
#pragma once

#include "city/catalogue.h"
#include "models/caption/view_pixels.h"
#include "models/language/interpreter/situation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skyline::models {

// The light that a document or a renderer was told to show; nothing is guessed from the picture.
struct Conditions {
  std::optional<int> minutes;  // since midnight
  std::string weather;         // clear | cloud | fog | rain | snow | storm; empty: not known
  std::string season;          // spring | summer | autumn | winter; empty: not known
};
// Of the effects that lie over the whole scene.
Conditions conditions_of(const editor::DocumentState& state);

// What a caption is about, beside the view.
struct CaptionScene {
  const SceneView& city;           // as it is edited now
  std::optional<double> ground{};  // height of the ground below the camera, metres; nothing: from the objects around it
  Conditions conditions{};
};

enum class ViewKind : std::uint8_t {
  kStraightDown,  // pitch below -80 degrees
  kBirdsEye,      // to -45
  kOblique,       // to -12
  kLevel,         // to 12
  kUpward,
  kStreet,  // at most 6 m above the ground and not steeper than 35 degrees down
};

// Thirds of the picture's width with bands between them, by the mean column of an object's pixels.
enum class SeenSide : std::uint8_t { kLeft, kLeftOfMiddle, kMiddle, kRightOfMiddle, kRight };
// By the median distance of an object's pixels among those of all surfaces; of views that look ahead.
enum class SeenDepth : std::uint8_t { kNotSaid, kForeground, kBackground };

// What sentences need to know of an object.
struct Subject {
  std::int32_t id = 0;
  city::ObjectClass object_class = city::ObjectClass::kOther;
  std::string name, name_zh;
  double height = 0;  // metres
  double area = 0;    // of the footprint, m²; of lines 0
  bool line = false;
};

struct SeenObject {
  Subject subject;
  std::int64_t pixels = 0;
  double share = 0;                  // of the picture
  double middle = 0;                 // mean column, 0 left .. 1 right
  double left = 0, right = 0;        // columns between which 96 % of its pixels lie, 0..1
  double distance = 0, nearest = 0;  // median and least distance of its pixels, metres
  double inside = 1;                 // share of its corners that the picture's edges do not cut off
  SeenSide side = SeenSide::kMiddle;
  SeenDepth depth = SeenDepth::kNotSaid;
};

// How many objects of a kind can be made out, each with at least kLeastShare of the picture.
struct SeenCount {
  enum class Certainty : std::uint8_t {
    kExact,
    kAbout,
    kAtLeast,  // some more are at the limit
  };
  int count = 0;
  Certainty certainty = Certainty::kExact;
  city::ObjectClass object_class = city::ObjectClass::kOther;  // that all of them are; of several kinds the kind above
  std::vector<std::int32_t> ids;
};
inline constexpr double kLeastShare = 2.5e-4;  // 14 pixels of 320 x 180

// How `object` stands to `anchor`.
struct SeenRelation {
  enum class Kind : std::uint8_t { kAcross, kBeside, kBehind, kInFront, kLeft, kRight };
  Kind kind = Kind::kBeside;
  std::size_t object = 0, anchor = 0;  // places in FactSheet::seen
  std::optional<std::size_t> water;    // kAcross: the line between them
};

struct FactSheet {
  bool has_catalogue = false;
  // Camera.
  ViewKind kind = ViewKind::kOblique;
  std::optional<double> height;  // above the ground, metres; nothing without a catalogue
  double heading_deg = 0;        // clockwise from north; looking straight down, of the picture's upper edge
  double pitch_deg = 0;
  Conditions conditions;

  // Shares of the picture.
  double sky = 0, water = 0, green = 0;
  std::vector<std::int32_t> water_ids, green_ids;
  std::vector<city::ObjectClass> green_classes;  // that make up the green, largest first; what is little of it is left out
  bool green_rest = false;                       // ... and is more than next to nothing

  std::vector<SeenObject> seen;  // largest share first, then by id
  SeenCount buildings, trees, vehicles;
  // The class that most of the seen buildings belong to.
  std::optional<city::ObjectClass> most;
  std::vector<std::int32_t> most_ids;

  // What is worth a sentence, places in `seen`: the most notable thing that stands, another one that stands to it in `relation`, and the
  // road, water or green that shapes the picture.
  std::optional<std::size_t> main, second, setting;
  std::optional<SeenRelation> relation;
  std::optional<std::size_t> tallest;  // building in view that is higher than all others that show a single pixel

  // Names of the palette that cover most of the picture, largest first, and their shares; of pictures with colours.
  std::vector<std::pair<std::string, double>> colours;
};

// The buffers must be of the camera's size.
FactSheet make_fact_sheet(const CaptionScene& scene, const ViewPixels& pixels);

// Height of the ground at a place, from the bases of the objects around it; nothing for an empty catalogue.
std::optional<double> ground_at(const city::Catalogue& catalogue, glm::dvec2 place);

Subject subject_of(const city::Object& object);

}  // namespace skyline::models
