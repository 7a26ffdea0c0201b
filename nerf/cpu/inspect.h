// What a ray meets on its way, sample by sample: for a person who wants to know why a pixel looks as it does.
//
// Samples are those of the grid branch, exactly as nerf::Renderer takes them at that image point. Makes its own scratch memory, a
// millisecond; not for whole pictures.
#pragma once

#include "nerf/cpu/renderer.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <vector>

namespace skyline::nerf {

struct RaySample {
  double distance = 0;       // along the ray, world units
  double density = 0;        // a world unit
  double opacity = 0;        // of the interval that the sample stands for
  double transmittance = 0;  // of everything in front of it
  double weight = 0;         // its share of the pixel: transmittance x opacity; the last one of a ray that was ended takes all that is left
  glm::vec3 colour{0.0F};    // decoded alone, display-encoded, before the lens
  int level = 0;             // levels of detail that are used there
};

struct RayInspection {
  Ray ray;
  double step = 0;  // world units between samples
  std::vector<RaySample> samples;
  double opacity = 0, transmittance = 1;  // of all samples; transmittance is the background's weight
  double depth = 0;                       // expected distance, 0 where nothing was hit
  glm::vec3 background{0.0F};             // colour behind everything, decoded alone
  glm::vec3 composed{0.0F};               // weights x colours, samples below the colour threshold left out as in decoding every sample
  glm::vec3 pixel{0.0F};                  // what the renderer shows with these settings, lens and exposure included
};

// `point` in pixels of the camera, (0.5, 0.5) is the centre of the first one. Errors: those of Renderer.
core::Result<RayInspection> inspect_ray(const Field& field, const RenderSettings& settings, const Camera& camera, glm::vec2 point);

}  // namespace skyline::nerf
