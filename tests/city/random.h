// Random numbers and shapes that are the same everywhere. For tests.
#pragma once

#include "city/catalogue.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace skyline::testing {

// SplitMix64 (Steele, Lea and Flood, 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  double uniform(double low, double high) { return low + (high - low) * static_cast<double>(next() >> 11) * 0x1p-53; }
  std::size_t below(std::size_t count) { return next() % count; }

 private:
  std::uint64_t state_;
};

// A simple polygon: corners at sorted angles around `centre`, 2 to 10 m away.
inline city::Polygon random_star(Random& random, glm::dvec2 centre, int corners) {
  std::vector<double> angles;
  for (int i = 0; i < corners; ++i) angles.push_back((i + random.uniform(0.05, 0.95)) * 2 * 3.14159265358979323846 / corners);
  city::Polygon polygon;
  for (const double angle : angles) {
    const double radius = random.uniform(2, 10);
    polygon.emplace_back(centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle));
  }
  return polygon;
}

}  // namespace skyline::testing
