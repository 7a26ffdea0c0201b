// Small fields with known or random numbers, for the tests of the model.
#pragma once

#include "nerf/model/field.h"
#include "nerf/train/gradients.h"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace skyline::nerf::testing {

using Random = std::mt19937;

inline float uniform(Random& random, double low, double high) {
  return static_cast<float>(std::uniform_real_distribution<double>(low, high)(random));
}

// Two levels, everything on, 8 x 8 x 4 world units of half a unit a texel.
FieldSettings small_settings();
Box small_box();

// True for numbers that carry meaning; padding must be and stay zero.
bool is_used(const Field& field, const ParameterGroup& group, std::size_t i);

// Random numbers everywhere; sums of density products are spread over about [low, high]. All cells occupied.
Field random_field(const FieldSettings& settings, const Box& box, double low, double high, Random& random);

// A lattice with a cell a coarse texel.
Occupancy lattice(const Field& field, bool filled);

// Planes and lines zero, so that only the volume gives density: `s` everywhere.
Field constant_field(const FieldSettings& settings, const Box& box, float s);

// Rays that start in and above the field and leave it by the floor, by the sides and upwards.
std::vector<TrainingRay> random_rays(const Field& field, int count, int photos, int lenses, Random& random);

}  // namespace skyline::nerf::testing
