#include "city/generate/palette.h"

#include <glm/common.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::city::procedural {
namespace {

// Display-encoded daylight albedos, chosen by eye from photos of Central European and East Asian cities.
constexpr std::array kPlaster{
    Finish{"plaster", Texture::kPlaster, {0.84F, 0.79F, 0.68F}, {0.74F, 0.68F, 0.58F}, 1, 0.35F, 0},
    Finish{"plaster", Texture::kPlaster, {0.80F, 0.68F, 0.48F}, {0.70F, 0.58F, 0.40F}, 1, 0.4F, 0},
    Finish{"plaster", Texture::kPlaster, {0.78F, 0.62F, 0.54F}, {0.68F, 0.53F, 0.46F}, 1, 0.4F, 0},
    Finish{"plaster", Texture::kPlaster, {0.70F, 0.73F, 0.64F}, {0.60F, 0.63F, 0.55F}, 1, 0.35F, 0},
    Finish{"plaster", Texture::kPlaster, {0.82F, 0.82F, 0.79F}, {0.70F, 0.70F, 0.68F}, 1, 0.3F, 0},
    Finish{"plaster", Texture::kPlaster, {0.66F, 0.71F, 0.75F}, {0.56F, 0.61F, 0.65F}, 1, 0.3F, 0},
    Finish{"plaster", Texture::kPlaster, {0.72F, 0.52F, 0.40F}, {0.62F, 0.44F, 0.34F}, 1, 0.45F, 0},
};
constexpr std::array kBrick{
    Finish{"brick", Texture::kBrick, {0.56F, 0.31F, 0.24F}, {0.66F, 0.60F, 0.54F}, 1, 0.3F, 0},
    Finish{"brick", Texture::kBrick, {0.47F, 0.29F, 0.24F}, {0.58F, 0.53F, 0.48F}, 1, 0.45F, 0},
    Finish{"brick", Texture::kBrick, {0.66F, 0.51F, 0.36F}, {0.70F, 0.65F, 0.57F}, 1, 0.35F, 0},
    Finish{"brick", Texture::kBrick, {0.42F, 0.36F, 0.34F}, {0.54F, 0.51F, 0.48F}, 1, 0.3F, 0},
};
constexpr std::array kStone{
    Finish{"stone", Texture::kStone, {0.72F, 0.66F, 0.55F}, {0.58F, 0.53F, 0.44F}, 1, 0.45F, 0},
    Finish{"stone", Texture::kStone, {0.63F, 0.61F, 0.57F}, {0.50F, 0.48F, 0.45F}, 1, 0.5F, 0},
    Finish{"stone", Texture::kStone, {0.70F, 0.57F, 0.45F}, {0.57F, 0.46F, 0.37F}, 1, 0.45F, 0},
};
constexpr std::array kConcrete{
    Finish{"concrete", Texture::kConcrete, {0.64F, 0.63F, 0.60F}, {0.52F, 0.51F, 0.49F}, 2.7F, 0.5F, 0},
    Finish{"concrete", Texture::kConcrete, {0.75F, 0.72F, 0.66F}, {0.60F, 0.58F, 0.53F}, 2.7F, 0.4F, 0},
    Finish{"concrete", Texture::kConcrete, {0.70F, 0.74F, 0.74F}, {0.56F, 0.60F, 0.60F}, 2.7F, 0.35F, 0},
};
constexpr std::array kCurtain{
    Finish{"glass", Texture::kMetal, {0.46F, 0.52F, 0.57F}, {0.36F, 0.41F, 0.45F}, 1.5F, 0.1F, 0.08F},
    Finish{"glass", Texture::kMetal, {0.38F, 0.49F, 0.48F}, {0.30F, 0.39F, 0.38F}, 1.5F, 0.1F, 0.08F},
    Finish{"glass", Texture::kMetal, {0.58F, 0.57F, 0.54F}, {0.44F, 0.43F, 0.41F}, 1.5F, 0.1F, 0.08F},
    Finish{"glass", Texture::kMetal, {0.30F, 0.32F, 0.35F}, {0.24F, 0.25F, 0.27F}, 1.5F, 0.1F, 0.1F},
};
constexpr std::array kMetal{
    Finish{"metal", Texture::kSheet, {0.66F, 0.69F, 0.71F}, {0.54F, 0.57F, 0.59F}, 0.5F, 0.35F, 0.05F},
    Finish{"metal", Texture::kSheet, {0.45F, 0.54F, 0.62F}, {0.36F, 0.44F, 0.51F}, 0.5F, 0.35F, 0.05F},
    Finish{"metal", Texture::kSheet, {0.58F, 0.55F, 0.46F}, {0.47F, 0.44F, 0.37F}, 0.5F, 0.4F, 0.05F},
    Finish{"metal", Texture::kSheet, {0.50F, 0.58F, 0.50F}, {0.41F, 0.48F, 0.41F}, 0.5F, 0.4F, 0.05F},
};
constexpr std::array kWood{
    Finish{"wood", Texture::kWood, {0.55F, 0.40F, 0.27F}, {0.43F, 0.31F, 0.21F}, 0.2F, 0.4F, 0},
    Finish{"wood", Texture::kWood, {0.42F, 0.38F, 0.34F}, {0.33F, 0.30F, 0.27F}, 0.2F, 0.4F, 0},
};

constexpr std::array kRoofs{
    Finish{"red tiles", Texture::kTiles, {0.60F, 0.31F, 0.22F}, {0.46F, 0.23F, 0.17F}, 0.33F, 0.4F, 0},
    Finish{"brown tiles", Texture::kTiles, {0.47F, 0.32F, 0.25F}, {0.36F, 0.24F, 0.19F}, 0.33F, 0.4F, 0},
    Finish{"dark tiles", Texture::kTiles, {0.33F, 0.31F, 0.31F}, {0.25F, 0.24F, 0.24F}, 0.33F, 0.3F, 0},
    Finish{"slate", Texture::kTiles, {0.36F, 0.39F, 0.43F}, {0.28F, 0.30F, 0.33F}, 0.25F, 0.3F, 0.03F},
    Finish{"sheet", Texture::kSheet, {0.55F, 0.57F, 0.58F}, {0.45F, 0.47F, 0.48F}, 0.6F, 0.35F, 0.05F},
    Finish{"copper", Texture::kSheet, {0.42F, 0.60F, 0.52F}, {0.34F, 0.49F, 0.43F}, 0.6F, 0.4F, 0.02F},
    Finish{"gravel", Texture::kGravel, {0.54F, 0.52F, 0.48F}, {0.43F, 0.41F, 0.38F}, 1, 0.45F, 0},
    Finish{"membrane", Texture::kConcrete, {0.43F, 0.43F, 0.43F}, {0.36F, 0.36F, 0.36F}, 3, 0.5F, 0},
};

constexpr glm::vec3 kWhite{0.86F, 0.86F, 0.84F}, kDark{0.24F, 0.25F, 0.26F}, kBrown{0.38F, 0.28F, 0.21F}, kSilver{0.62F, 0.64F, 0.65F};
constexpr glm::vec3 kGlassGrey{0.20F, 0.25F, 0.29F}, kGlassBlue{0.24F, 0.36F, 0.44F}, kGlassGreen{0.22F, 0.34F, 0.33F};
constexpr std::array kWindows{
    WindowStyle{3, 0, 0, 0, false, kWhite, kGlassGrey},
    WindowStyle{3.1, 1.3, 0.48, 0.30, false, kWhite, kGlassGrey},
    WindowStyle{2.5, 1.15, 0.55, 0.26, false, kWhite, kGlassGrey},
    WindowStyle{3.2, 1.8, 0.52, 0.28, false, kWhite, kGlassGrey},
    WindowStyle{3.6, 2.3, 0.50, 0.30, false, kWhite, kGlassGrey},
    WindowStyle{2.7, 1.9, 0.56, 0.24, false, kDark, kGlassBlue},
    WindowStyle{1.5, 1.4, 0.48, 0.30, true, kSilver, kGlassGrey},
    WindowStyle{1.5, 1.4, 0.80, 0.08, true, kSilver, kGlassBlue},
    WindowStyle{4.6, 1.5, 0.66, 0.18, false, kDark, kGlassGreen},
    WindowStyle{5.0, 3.6, 0.30, 0.58, false, kDark, kGlassGrey},
    WindowStyle{3.4, 1.6, 0.62, 0.16, false, kBrown, kGlassGrey},
};

Material plain(Part part, Texture texture, glm::vec3 color, glm::vec3 color2, float scale, float weathering = 0.3F, float gloss = 0) {
  Material m;
  m.part = part;
  m.texture = texture;
  m.color = color;
  m.color2 = color2;
  m.scale = scale;
  m.weathering = weathering;
  m.gloss = gloss;
  return m;
}

Material material_of(Surface surface) {
  using enum Surface;
  const auto grey = [](float v) { return glm::vec3(v); };
  switch (surface) {
    case kAsphalt:
      return plain(Part::kGround, Texture::kAsphalt, {0.33F, 0.33F, 0.335F}, {0.28F, 0.28F, 0.29F}, 1, 0.5F);
    case kLane:
      return plain(Part::kGround, Texture::kCobbles, {0.46F, 0.44F, 0.41F}, {0.34F, 0.32F, 0.30F}, 0.2F, 0.4F);
    case kSidewalk:
      return plain(Part::kGround, Texture::kPaving, {0.58F, 0.57F, 0.54F}, {0.47F, 0.46F, 0.44F}, 0.5F, 0.4F);
    case kKerb:
      return plain(Part::kGround, Texture::kStone, {0.62F, 0.61F, 0.59F}, grey(0.48F), 1, 0.4F);
    case kPaving:
      return plain(Part::kGround, Texture::kPaving, {0.60F, 0.56F, 0.50F}, {0.49F, 0.45F, 0.40F}, 0.4F, 0.4F);
    case kPlaza:
      return plain(Part::kGround, Texture::kPaving, {0.66F, 0.62F, 0.56F}, {0.54F, 0.50F, 0.45F}, 0.8F, 0.35F);
    case kPlazaBand:
      return plain(Part::kGround, Texture::kPaving, {0.48F, 0.44F, 0.41F}, {0.38F, 0.35F, 0.33F}, 0.4F, 0.35F);
    case kCobbles:
      return plain(Part::kGround, Texture::kCobbles, {0.52F, 0.49F, 0.45F}, {0.38F, 0.36F, 0.33F}, 0.15F, 0.4F);
    case kGravelPath:
      return plain(Part::kGround, Texture::kGravel, {0.68F, 0.61F, 0.49F}, {0.58F, 0.51F, 0.40F}, 1, 0.3F);
    case kSoil:
      return plain(Part::kGround, Texture::kSoil, {0.43F, 0.35F, 0.27F}, {0.35F, 0.28F, 0.21F}, 1, 0.3F);
    case kBallast:
      return plain(Part::kGround, Texture::kBallast, {0.46F, 0.43F, 0.40F}, {0.34F, 0.31F, 0.29F}, 1, 0.5F);
    case kLawn:
      return plain(Part::kGrass, Texture::kGrass, {0.35F, 0.46F, 0.22F}, {0.43F, 0.50F, 0.27F}, 1, 0.3F);
    case kMeadow:
      return plain(Part::kGrass, Texture::kGrass, {0.42F, 0.48F, 0.25F}, {0.53F, 0.52F, 0.32F}, 1, 0.4F);
    case kField:
      return plain(Part::kGrass, Texture::kGrass, {0.47F, 0.51F, 0.26F}, {0.40F, 0.46F, 0.22F}, 2, 0.3F);
    case kCrop:
      return plain(Part::kGrass, Texture::kGrass, {0.66F, 0.57F, 0.32F}, {0.57F, 0.49F, 0.27F}, 2, 0.3F);
    case kStubble:
      return plain(Part::kGround, Texture::kSoil, {0.52F, 0.42F, 0.31F}, {0.44F, 0.35F, 0.25F}, 2, 0.3F);
    case kForestFloor:
      return plain(Part::kGrass, Texture::kGrass, {0.26F, 0.32F, 0.17F}, {0.32F, 0.30F, 0.19F}, 1, 0.4F);
    case kYard:
      return plain(Part::kGround, Texture::kConcrete, {0.53F, 0.52F, 0.50F}, {0.45F, 0.44F, 0.42F}, 4, 0.6F);
    case kMarking:
      return plain(Part::kGround, Texture::kPlain, grey(0.80F), grey(0.66F), 1, 0.5F);
    case kYellowMarking:
      return plain(Part::kGround, Texture::kPlain, {0.78F, 0.64F, 0.25F}, {0.66F, 0.54F, 0.25F}, 1, 0.5F);
    case kWater:
      return plain(Part::kWater, Texture::kWater, {0.22F, 0.32F, 0.31F}, {0.28F, 0.37F, 0.34F}, 6, 0, 0.04F);
    case kQuay:
      return plain(Part::kWall, Texture::kStone, {0.58F, 0.55F, 0.49F}, {0.46F, 0.43F, 0.39F}, 1.2F, 0.6F);
    case kConcrete:
      return plain(Part::kOther, Texture::kConcrete, {0.63F, 0.62F, 0.60F}, {0.52F, 0.51F, 0.49F}, 3, 0.5F);
    case kStone:
      return plain(Part::kOther, Texture::kStone, {0.66F, 0.62F, 0.55F}, {0.54F, 0.50F, 0.44F}, 1, 0.4F);
    case kStatue:
      return plain(Part::kOther, Texture::kMetal, {0.34F, 0.44F, 0.38F}, {0.25F, 0.32F, 0.28F}, 1, 0.4F, 0.05F);
    case kSteel:
      return plain(Part::kOther, Texture::kMetal, {0.55F, 0.57F, 0.58F}, grey(0.45F), 1, 0.3F, 0.06F);
    case kDarkSteel:
      return plain(Part::kOther, Texture::kMetal, {0.24F, 0.26F, 0.27F}, grey(0.2F), 1, 0.3F, 0.05F);
    case kRail:
      return plain(Part::kOther, Texture::kMetal, {0.44F, 0.36F, 0.31F}, grey(0.5F), 1, 0.3F, 0.1F);
    case kSleeper:
      return plain(Part::kOther, Texture::kConcrete, {0.54F, 0.52F, 0.49F}, grey(0.42F), 1, 0.5F);
    case kBark:
      return plain(Part::kTrunk, Texture::kBark, {0.36F, 0.29F, 0.23F}, {0.26F, 0.21F, 0.17F}, 0.3F);
    case kPaleBark:
      return plain(Part::kTrunk, Texture::kBark, {0.66F, 0.63F, 0.57F}, {0.34F, 0.31F, 0.28F}, 0.3F);
    case kLeaf:
      return plain(Part::kFoliage, Texture::kFoliage, {0.30F, 0.42F, 0.18F}, {0.38F, 0.48F, 0.22F}, 0.4F);
    case kLightLeaf:
      return plain(Part::kFoliage, Texture::kFoliage, {0.42F, 0.52F, 0.24F}, {0.50F, 0.57F, 0.29F}, 0.4F);
    case kDarkLeaf:
      return plain(Part::kFoliage, Texture::kFoliage, {0.23F, 0.34F, 0.16F}, {0.30F, 0.40F, 0.19F}, 0.4F);
    case kNeedle:
      return plain(Part::kFoliage, Texture::kFoliage, {0.20F, 0.31F, 0.20F}, {0.26F, 0.37F, 0.24F}, 0.3F);
    case kHedge:
      return plain(Part::kFoliage, Texture::kFoliage, {0.26F, 0.37F, 0.17F}, {0.33F, 0.43F, 0.21F}, 0.3F);
    case kPaint:
      return plain(Part::kVehicle, Texture::kPlain, grey(0.84F), grey(0.8F), 1, 0.1F, 0.06F);
    case kCarGlass:
      return plain(Part::kVehicle, Texture::kGlass, {0.14F, 0.17F, 0.19F}, grey(0.2F), 1, 0, 0.08F);
    case kTyre:
      return plain(Part::kVehicle, Texture::kPlain, grey(0.13F), grey(0.1F), 1, 0.3F);
    case kTrim:
      return plain(Part::kVehicle, Texture::kPlain, grey(0.24F), grey(0.2F), 1, 0.2F, 0.03F);
    case kHeadLight:
      return plain(Part::kVehicle, Texture::kGlass, grey(0.82F), grey(0.8F), 1, 0, 0.06F);
    case kTailLight:
      return plain(Part::kVehicle, Texture::kGlass, {0.60F, 0.12F, 0.10F}, grey(0.3F), 1, 0, 0.06F);
    case kBusPaint:
      return plain(Part::kVehicle, Texture::kPlain, {0.80F, 0.78F, 0.72F}, grey(0.7F), 1, 0.1F, 0.05F);
    case kWoodPlank:
      return plain(Part::kOther, Texture::kWood, {0.50F, 0.37F, 0.25F}, {0.40F, 0.29F, 0.20F}, 0.2F, 0.4F);
    case kFence:
      return plain(Part::kOther, Texture::kWood, {0.58F, 0.52F, 0.44F}, {0.47F, 0.42F, 0.35F}, 0.15F, 0.5F);
    case kBrickWall:
      return plain(Part::kWall, Texture::kBrick, {0.52F, 0.33F, 0.26F}, {0.62F, 0.57F, 0.51F}, 1, 0.4F);
    case kChimney:
      return plain(Part::kRoof, Texture::kBrick, {0.48F, 0.30F, 0.24F}, {0.58F, 0.53F, 0.48F}, 1, 0.5F);
    case kVent:
      return plain(Part::kRoof, Texture::kMetal, {0.62F, 0.64F, 0.65F}, grey(0.5F), 1, 0.4F, 0.05F);
    case kLampGlass:
      return plain(Part::kOther, Texture::kGlass, {0.80F, 0.78F, 0.68F}, grey(0.7F), 1, 0, 0.05F);
    case kRoofWindow:
      return plain(Part::kWindow, Texture::kGlass, {0.22F, 0.28F, 0.33F}, grey(0.3F), 1, 0, 0.1F);
    case kAwning:
      return plain(Part::kOther, Texture::kPlain, {0.62F, 0.22F, 0.18F}, grey(0.8F), 0.4F, 0.3F);
    case kSolar:
      return plain(Part::kRoof, Texture::kGlass, {0.13F, 0.17F, 0.26F}, {0.2F, 0.24F, 0.32F}, 1, 0, 0.1F);
    case kTent:
      return plain(Part::kOther, Texture::kPlain, {0.80F, 0.76F, 0.66F}, grey(0.7F), 1, 0.2F);
    case kGlassRail:
      return plain(Part::kOther, Texture::kGlass, {0.52F, 0.60F, 0.62F}, grey(0.5F), 1, 0, 0.08F);
    case kClock:
      return plain(Part::kWall, Texture::kPlain, {0.82F, 0.80F, 0.72F}, grey(0.3F), 1, 0.1F);
    case kSand:
      return plain(Part::kGround, Texture::kSoil, {0.74F, 0.66F, 0.50F}, {0.66F, 0.58F, 0.44F}, 1, 0.2F);
    case kFlower:
      return plain(Part::kFoliage, Texture::kFoliage, {0.66F, 0.34F, 0.40F}, {0.74F, 0.62F, 0.34F}, 0.2F);
    case kCount:
      break;
  }
  return {};
}

float rounded(double value, double step) { return static_cast<float>(std::round(value / step) * step); }

}  // namespace

std::span<const Finish> wall_finishes(WallKind kind) {
  switch (kind) {
    case WallKind::kPlaster:
      return kPlaster;
    case WallKind::kBrick:
      return kBrick;
    case WallKind::kStone:
      return kStone;
    case WallKind::kConcrete:
      return kConcrete;
    case WallKind::kCurtain:
      return kCurtain;
    case WallKind::kMetal:
      return kMetal;
    case WallKind::kWood:
      return kWood;
  }
  return kPlaster;
}

const Finish& roof_finish(RoofFinish finish) { return kRoofs[static_cast<std::size_t>(finish)]; }
const WindowStyle& window_style(WindowKind kind) { return kWindows[static_cast<std::size_t>(kind)]; }

MaterialIndex Palette::add(const Material& exact) {
  Material m = exact;
  if (coarse_ && (m.part == Part::kWall || m.part == Part::kRoof)) {
    m.color = glm::round(m.color * 24.0F) / 24.0F;
    m.color2 = glm::round(m.color2 * 24.0F) / 24.0F;
  }
  std::vector<float> key{static_cast<float>(m.part),
                         static_cast<float>(m.texture),
                         m.color.r,
                         m.color.g,
                         m.color.b,
                         m.color2.r,
                         m.color2.g,
                         m.color2.b,
                         m.scale,
                         m.weathering,
                         m.gloss,
                         static_cast<float>(m.facade)};
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  const auto index = static_cast<MaterialIndex>(std::min<std::size_t>(model_->materials.size(), 65535));
  if (model_->materials.size() < 65536) model_->materials.push_back(m);
  known_.emplace(std::move(key), index);
  return index;
}

MaterialIndex Palette::surface(Surface surface) {
  Material m = material_of(surface);
  m.evergreen = surface == Surface::kNeedle || surface == Surface::kHedge;
  return add(m);
}

MaterialIndex Palette::roof(RoofFinish finish, glm::vec3 color) {
  const Finish& f = roof_finish(finish);
  return add(plain(Part::kRoof, f.texture, color, f.color2 * (color / f.color), f.scale, f.weathering, f.gloss));
}

MaterialIndex Palette::plain_wall(const Finish& f, glm::vec3 color) {
  return add(plain(Part::kWall, f.texture, color, f.color2, f.scale, f.weathering, f.gloss));
}

MaterialIndex Palette::facade(const FacadeWall& wall) {
  const WindowStyle& style = window_style(wall.windows);
  const double step = coarse_ ? 1.0 : 0.25;
  if (style.width <= 0 || wall.length < style.width + 0.8 || wall.height < 2.2) return plain_wall(*wall.finish, wall.color);
  Facade f;
  f.length = rounded(wall.length, step);
  f.height = rounded(wall.height, coarse_ ? 0.5 : 0.05);
  f.bay = static_cast<float>(std::min(style.bay, wall.length));
  f.window_width = static_cast<float>(style.width);
  f.storey = rounded(wall.storey, 0.05);
  f.window_height = static_cast<float>(style.storey_share * wall.storey);
  f.sill = static_cast<float>(style.sill_share * wall.storey);
  f.ground_storey = rounded(wall.ground_storey, 0.05);
  f.shop_front = wall.shop_front;
  f.ribbon = style.ribbon;
  f.frame = style.frame;
  f.glass = style.glass;
  f.accent = wall.accent;
  f.seed = wall.seed % (coarse_ ? 2U : 64U);
  std::vector<float> key{
      f.length,   f.height,   static_cast<float>(wall.windows), f.storey, f.ground_storey, f.shop_front ? 1.0F : 0.0F, f.accent.r,
      f.accent.g, f.accent.b, static_cast<float>(f.seed)};
  const auto [entry, is_new] = known_facades_.try_emplace(std::move(key), static_cast<int>(model_->facades.size()));
  if (is_new) model_->facades.push_back(f);
  Material m = plain(Part::kWall, wall.finish->texture, wall.color, wall.finish->color2, wall.finish->scale, wall.finish->weathering,
                     wall.finish->gloss);
  m.facade = entry->second;
  return add(m);
}

}  // namespace skyline::city::procedural
