// How a city's surfaces look close up: procedural detail for each Texture, windows of a Facade, and what season and weather do to them.
//
// Detail is a function of the place on the surface (uv in metres) or in the world, never of the picture, so that photos from all sides
// agree. What a pixel is too coarse to show fades to its mean. Colours are linear sRGB albedos.
#pragma once

#include "city/model.h"
#include "city/render/settings.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <vector>

namespace skyline::city {

struct SurfacePoint {
  glm::vec3 position;      // world, metres
  glm::vec3 normal;        // unit, towards the viewer
  glm::vec2 uv{0.0F};      // metres
  float footprint = 0;     // width of a pixel there, metres
  std::uint32_t seed = 0;  // of the placement
  glm::vec3 tint{1.0F};    // linear
  glm::vec3 sun{0, 0, 1};  // direction to the sun, for the shade of window reveals
};

struct SurfaceLook {
  glm::vec3 albedo{0.5F};
  glm::vec3 normal{0, 0, 1};  // for light: with ripples
  glm::vec3 emission{0.0F};   // kcd/m^2
  float mirror = 0;           // reflectance of a smooth coat at normal incidence
  float sunlit = 1;           // share of the sun that small relief lets through
  float translucency = 0;     // light that leaves let through
  Part part = Part::kOther;
};

// sRGB decoding (IEC 61966-2-1).
float decode_srgb(float encoded);
glm::vec3 decode_srgb(glm::vec3 encoded);

class Surfaces {
 public:
  // `model` must outlive it.
  Surfaces(const CityModel& model, const RenderSettings& settings, bool lights_on);
  SurfaceLook look(const SurfacePoint& point, std::uint16_t material) const;
  bool is_foliage(std::uint16_t material) const { return model_->materials[material].part == Part::kFoliage; }

 private:
  struct LinearMaterial {
    glm::vec3 color, color2;
  };
  SurfaceLook textured(const SurfacePoint& point, const Material& material, const LinearMaterial& colours) const;
  void apply_season(const SurfacePoint& point, const Material& material, SurfaceLook& look) const;

  const CityModel* model_;
  Season season_;
  float snow_ = 0, wet_ = 0;
  bool lights_on_;
  std::vector<LinearMaterial> linear_;
};

}  // namespace skyline::city
