// Single rays into a field: where they meet something and what colour it has. For maps and measurements, not for pictures.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <span>

namespace skyline::nerf {

// Distances along the ray in world units at which a tenth, half and nine tenths of its light are used up; the end of the ray in the box
// where less is ever used up.
struct ProbeHit {
  float tenth = 0, half = 0, nine_tenths = 0;
  float opacity = 0;  // share of the light that is used up, not counting what the floor of the box takes
  glm::vec3 colour{0.0F};
};

struct ProbeSettings {
  double step = 0;                // world units between samples; 0: the training step
  std::span<const float> code{};  // appearance code; empty: none
  bool colour = true;
};

// Traces rays [n] to hits [n] on all cores. Errors: stopped.
core::Status probe_rays(const Field& field, const ProbeSettings& settings, std::span<const Ray> rays, std::span<ProbeHit> hits,
                        core::Progress& progress);

}  // namespace skyline::nerf
