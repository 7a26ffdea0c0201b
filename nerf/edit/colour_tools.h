// Small tools of colour operations: luminance, smooth steps, noise that stays where it is in the world. Private to the effects.
//
// Colours are display-encoded. Noise is value noise on an integer lattice, a function of the position alone: the same on every machine and
// from every camera.
#pragma once

#include <glm/vec3.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace skyline::nerf {

inline float luma(const glm::vec3& c) { return 0.2126F * c.r + 0.7152F * c.g + 0.0722F * c.b; }  // ITU-R BT.709
inline float saturate(float v) { return std::clamp(v, 0.0F, 1.0F); }
inline glm::vec3 saturate(const glm::vec3& c) { return {saturate(c.r), saturate(c.g), saturate(c.b)}; }
inline float mix(float a, float b, float share) { return a + (b - a) * share; }
inline glm::vec3 mix(const glm::vec3& a, const glm::vec3& b, float share) { return a + (b - a) * share; }
inline float smooth_step(float low, float high, float v) {
  const float t = saturate((v - low) / (high - low));
  return t * t * (3 - 2 * t);
}
inline float dot3(const glm::vec3& a, const glm::vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
// Greyer (below 1) or more colourful.
inline glm::vec3 with_saturation(const glm::vec3& c, float saturation) {
  const float grey = luma(c);
  return glm::vec3(grey) + (c - glm::vec3(grey)) * saturation;
}
// Colour of a hue at the luminance of `c`.
inline glm::vec3 tinted(const glm::vec3& c, const glm::vec3& hue) { return hue * (luma(c) / std::max(luma(hue), 0.02F)); }
// How much it is the green of plants: 0 to 1, by the excess green index (Woebbecke et al. 1995, "Color indices for weed identification
// under various soil, residue, and lighting conditions") of chromatic coordinates.
inline float greenness(const glm::vec3& c) {
  const float sum = c.r + c.g + c.b;
  return sum < 0.06F ? 0.0F : smooth_step(0.03F, 0.13F, (2 * c.g - c.r - c.b) / sum);
}

inline std::uint32_t hash_of(std::uint32_t v) {
  v = (v ^ (v >> 16)) * 0x7FEB352DU;  // C. Wellons, "Prospecting for hash functions" (2018): lowbias32
  v = (v ^ (v >> 15)) * 0x846CA68BU;
  return v ^ (v >> 16);
}
inline float unit_of(std::uint32_t hash) { return static_cast<float>(hash >> 8) * (1.0F / 16777216.0F); }
inline std::uint32_t hash_at(int x, int y, int z, std::uint32_t seed) {
  return hash_of(static_cast<std::uint32_t>(x) * 0x9E3779B1U ^
                 hash_of(static_cast<std::uint32_t>(y) * 0x85EBCA77U ^ hash_of(static_cast<std::uint32_t>(z) + seed)));
}

// 0 to 1, over cells of `size`.
inline float noise2(float x, float y, float size, std::uint32_t seed) {
  const float u = x / size, v = y / size, fu = std::floor(u), fv = std::floor(v);
  const int i = static_cast<int>(fu), j = static_cast<int>(fv);
  const float a = smooth_step(0, 1, u - fu), b = smooth_step(0, 1, v - fv);
  const auto at = [&](int di, int dj) { return unit_of(hash_at(i + di, j + dj, 0, seed)); };
  return mix(mix(at(0, 0), at(1, 0), a), mix(at(0, 1), at(1, 1), a), b);
}
inline float noise3(const glm::vec3& p, float size, std::uint32_t seed) {
  const float u = p.x / size, v = p.y / size, w = p.z / size, fu = std::floor(u), fv = std::floor(v), fw = std::floor(w);
  const int i = static_cast<int>(fu), j = static_cast<int>(fv), k = static_cast<int>(fw);
  const float a = smooth_step(0, 1, u - fu), b = smooth_step(0, 1, v - fv), c = smooth_step(0, 1, w - fw);
  const auto at = [&](int di, int dj, int dk) { return unit_of(hash_at(i + di, j + dj, k + dk, seed)); };
  const float low = mix(mix(at(0, 0, 0), at(1, 0, 0), a), mix(at(0, 1, 0), at(1, 1, 0), a), b);
  const float high = mix(mix(at(0, 0, 1), at(1, 0, 1), a), mix(at(0, 1, 1), at(1, 1, 1), a), b);
  return mix(low, high, c);
}

}  // namespace skyline::nerf
