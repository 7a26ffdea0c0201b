// A city as geometry: what the generator and the importers make and the ray tracer shows.
//
// Meshes are shared by placements (all trees of a species use a few meshes). A placement belongs to an object of the catalogue, or to none
// (id 0: open ground). Materials say how a surface looks close up; what a season, the weather or the light makes of it is the renderer's.
// A CityModel is plain data. Metres, x east, y north, z up; colours are display-encoded [0, 1].
#pragma once

#include "city/catalogue.h"

#include <glm/mat4x3.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::city {

// What a surface is part of; the layer `part` of a rendered picture, and what season and weather act on.
enum class Part : std::uint8_t { kNone, kGround, kWall, kRoof, kWindow, kGrass, kFoliage, kTrunk, kWater, kVehicle, kOther };
inline constexpr std::array<std::string_view, 11> kPartNames{"none",    "ground", "wall",  "roof",    "window", "grass",
                                                             "foliage", "trunk",  "water", "vehicle", "other"};

// Procedural surfaces. Their detail is a function of the mesh's uv (metres along the surface) or of the place, never of a picture.
enum class Texture : std::uint8_t {
  kPlain,
  kPlaster,
  kBrick,
  kStone,
  kConcrete,
  kGlass,
  kMetal,
  kWood,  // walls
  kTiles,
  kSheet,
  kGravel,  // roofs
  kAsphalt,
  kPaving,
  kCobbles,
  kSoil,
  kBallast,
  kGrass,  // ground
  kFoliage,
  kBark,
  kWater,
};

// A grid of windows over a wall whose uv is (metres along the wall from its left end, metres above its foot). Windows are drawn by the
// renderer; they are not geometry. All lengths in metres.
struct Facade {
  float length = 0, height = 0;        // of the wall; bays are centred in it
  float bay = 3, window_width = 1.4F;  // pitch along the wall, and the opening
  float storey = 3, window_height = 1.5F, sill = 0.9F;
  float ground_storey = 0;  // height of a ground floor of its own (shop fronts, arcades); 0: none
  bool shop_front = false;  // ground floor is glazed between piers, with a sign band in `accent`
  bool ribbon = false;      // windows run through from bay to bay
  glm::vec3 frame{0.9F}, glass{0.2F, 0.25F, 0.3F}, accent{0.5F};
  std::uint32_t seed = 0;  // curtains, blinds, lit windows, air conditioners
};

struct Material {
  Part part = Part::kOther;
  Texture texture = Texture::kPlain;
  glm::vec3 color{0.7F};
  glm::vec3 color2{0.5F};   // mortar, joints, second tone
  float scale = 1;          // of the texture, metres a repeat
  float weathering = 0.3F;  // 0 new .. 1 stained
  float gloss = 0;          // share of mirror reflection at normal incidence
  bool evergreen = false;   // foliage that keeps its leaves
  int facade = -1;          // index into CityModel::facades; -1: none
};

struct Mesh {
  std::vector<glm::vec3> positions;      // [vertices]
  std::vector<glm::vec2> uvs;            // [vertices], metres
  std::vector<std::uint32_t> indices;    // [triangles * 3], counter-clockwise seen from outside
  std::vector<std::uint16_t> materials;  // [triangles]
};

struct Placement {
  std::uint32_t mesh = 0;
  std::int32_t object = 0;  // id in the catalogue; 0: none
  glm::mat4x3 transform{1.0F};
  glm::vec3 tint{1.0F};  // multiplies colours; tells one tree or car from the next
};

// Heights of the open ground on a regular grid; [rows, columns] from the south-west corner. Empty: flat at 0.
struct Terrain {
  glm::dvec2 low{0.0};
  double cell = 10;
  int columns = 0, rows = 0;
  std::vector<float> heights;
  double height(glm::dvec2 place) const;  // bilinear, clamped at the border
};

struct CityModel {
  std::string name;
  std::string credit;
  double latitude_deg = 52, longitude_deg = 21;    // for the sun
  glm::dvec3 low{0.0}, high{0.0};                  // of all geometry
  glm::dvec2 quarter_low{0.0}, quarter_high{0.0};  // what is worth photographing; ground may reach further
  Catalogue catalogue;
  Terrain terrain;
  std::vector<Facade> facades;
  std::vector<Material> materials;
  std::vector<Mesh> meshes;
  std::vector<Placement> placements;
};

}  // namespace skyline::city
