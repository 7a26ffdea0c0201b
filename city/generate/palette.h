// The surfaces of the procedural city: wall and roof finishes and ways to set windows as tables, and a palette that gives every different
// surface one index in CityModel::materials.
#pragma once

#include "city/generate/mesh_builder.h"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace skyline::city::procedural {

struct Finish {
  std::string_view tag;  // word of the catalogue: "brick", "glass"
  Texture texture = Texture::kPlain;
  glm::vec3 color{0.7F}, color2{0.5F};
  float scale = 1, weathering = 0.3F, gloss = 0;
};

enum class WallKind : std::uint8_t { kPlaster, kBrick, kStone, kConcrete, kCurtain, kMetal, kWood };
enum class RoofFinish : std::uint8_t { kRedTiles, kBrownTiles, kDarkTiles, kSlate, kSheet, kCopper, kGravel, kMembrane };

std::span<const Finish> wall_finishes(WallKind kind);
const Finish& roof_finish(RoofFinish finish);

// How windows are set; lengths in metres.
struct WindowStyle {
  double bay, width, storey_share, sill_share;  // opening's height and sill as shares of the storey's height
  bool ribbon;
  glm::vec3 frame, glass;
};
enum class WindowKind : std::uint8_t {
  kNone,
  kHouse,
  kTownhouse,
  kApartment,
  kSlab,
  kOffice,
  kRibbon,
  kCurtain,
  kTall,
  kIndustrial,
  kHotel
};
const WindowStyle& window_style(WindowKind kind);

// Plain surfaces that everything uses.
enum class Surface : std::uint8_t {
  kAsphalt,
  kLane,
  kSidewalk,
  kKerb,
  kPaving,
  kPlaza,
  kPlazaBand,
  kCobbles,
  kGravelPath,
  kSoil,
  kBallast,
  kLawn,
  kMeadow,
  kField,
  kStubble,
  kForestFloor,
  kYard,
  kMarking,
  kYellowMarking,
  kWater,
  kQuay,
  kConcrete,
  kStone,
  kStatue,
  kSteel,
  kDarkSteel,
  kRail,
  kSleeper,
  kBark,
  kPaleBark,
  kLeaf,
  kLightLeaf,
  kDarkLeaf,
  kNeedle,
  kHedge,
  kPaint,
  kCarGlass,
  kTyre,
  kTrim,
  kHeadLight,
  kTailLight,
  kBusPaint,
  kWoodPlank,
  kFence,
  kBrickWall,
  kChimney,
  kVent,
  kLampGlass,
  kRoofWindow,
  kAwning,
  kSolar,
  kTent,
  kGlassRail,
  kClock,
  kCrop,
  kSand,
  kFlower,
  kCount
};

struct FacadeWall {
  const Finish* finish = nullptr;
  glm::vec3 color{0.7F};
  WindowKind windows = WindowKind::kNone;
  double length = 0, height = 0, storey = 3, ground_storey = 0;
  bool shop_front = false;
  glm::vec3 accent{0.5F};
  std::uint32_t seed = 0;
};

class Palette {
 public:
  explicit Palette(CityModel& model) : model_(&model) {}
  MaterialIndex surface(Surface surface);
  MaterialIndex roof(RoofFinish finish, glm::vec3 color);
  MaterialIndex plain_wall(const Finish& finish, glm::vec3 color);
  // Large cities: fewer different colours, lengths and window contents, so that 65,536 materials are enough for 4 km.
  void set_coarse(bool coarse) { coarse_ = coarse; }
  // A wall with windows. Lengths are rounded to 0.25 m (coarse: 1 m), so that walls share materials.
  MaterialIndex facade(const FacadeWall& wall);

 private:
  MaterialIndex add(const Material& material);
  CityModel* model_;
  bool coarse_ = false;
  std::map<std::vector<float>, MaterialIndex> known_;
  std::map<std::vector<float>, int> known_facades_;
};

}  // namespace skyline::city::procedural
