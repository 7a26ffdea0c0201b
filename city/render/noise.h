// Counter-based random numbers and noise that is a function of the place alone, and its filtering by the size of a pixel.
//
// Everything here is pure: the same arguments give the same bits on every thread and in every picture.
#pragma once

#include <glm/common.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace skyline::city {

// Mixes three counters to 32 well spread bits (the finaliser of Ettinger's "triple32" family, two rounds).
inline std::uint32_t hash_bits(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
  std::uint32_t h = a * 0x9E3779B1U ^ (b * 0x85EBCA77U + 0x165667B1U) ^ (c * 0xC2B2AE3DU + 0x27D4EB2FU);
  h ^= h >> 16;
  h *= 0x21F0AAADU;
  h ^= h >> 15;
  h *= 0x735A2D97U;
  return h ^ (h >> 15);
}

// [0, 1)
inline float hash_unit(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
  return static_cast<float>(hash_bits(a, b, c) >> 8) * (1.0F / 16777216.0F);
}

inline std::uint32_t lattice(float floored) { return static_cast<std::uint32_t>(static_cast<std::int32_t>(floored)); }

inline float fade_curve(float t) { return t * t * (3 - 2 * t); }

// Value noise with cells of side 1: mean 0, within (-1, 1).
inline float noise(glm::vec2 p, std::uint32_t seed) {
  const glm::vec2 cell = glm::floor(p);
  const float s = fade_curve(p.x - cell.x), t = fade_curve(p.y - cell.y);
  const std::uint32_t x = lattice(cell.x), y = lattice(cell.y);
  const float lower = glm::mix(hash_unit(x, y, seed), hash_unit(x + 1, y, seed), s);
  const float upper = glm::mix(hash_unit(x, y + 1, seed), hash_unit(x + 1, y + 1, seed), s);
  return 2 * glm::mix(lower, upper, t) - 1;
}

inline float noise(glm::vec3 p, std::uint32_t seed) {
  const float floored = std::floor(p.z);
  const float t = fade_curve(p.z - floored);
  const std::uint32_t layer = lattice(floored);
  return glm::mix(noise(glm::vec2(p), hash_bits(layer, seed)), noise(glm::vec2(p), hash_bits(layer + 1, seed)), t);
}

// How much of a pattern with features of `size` metres a pixel of `footprint` metres still shows: 1 fine pixels .. 0 coarse ones. A cell of
// noise as wide as a pixel is at the limit of what the pixels can hold.
inline float visible_share(float size, float footprint) {
  const float t = glm::clamp((size - 0.7F * footprint) / (0.9F * footprint), 0.0F, 1.0F);
  return fade_curve(t);
}

// Sum of `count` octaves of noise, the first with cells of `size` metres, each next one half the size and `gain` times as strong. Octaves
// finer than the footprint are faded out; as each has mean 0, the mean is the same near and far.
template <class Point>
float octaves(Point p, float size, int count, float gain, float footprint, std::uint32_t seed) {
  float sum = 0, strength = 1;
  for (int i = 0; i < count; ++i) {
    const float share = visible_share(size, footprint);
    if (share <= 0) break;
    sum += strength * share * noise(p / size, seed + static_cast<std::uint32_t>(i) * 101);
    size *= 0.5F;
    strength *= gain;
  }
  return sum;
}

// Share of a pixel of `footprint` around x that lies in a train of pulses [k * period, k * period + width): an exact box filter.
inline float pulse_share(float x, float period, float width, float footprint) {
  const auto integral = [&](float at) {
    const float count = std::floor(at / period);
    return count * width + std::min(at - count * period, width);
  };
  const float w = std::max(footprint, 1e-4F);
  return glm::clamp((integral(x + 0.5F * w) - integral(x - 0.5F * w)) / w, 0.0F, 1.0F);
}

// Share of a pixel whose centre lies `inside` metres on the inner side of a straight edge.
inline float edge_share(float inside, float footprint) { return glm::clamp(0.5F + inside / std::max(footprint, 1e-4F), 0.0F, 1.0F); }

}  // namespace skyline::city
