// Random numbers of the procedural city: a counter-based generator, so that a part of the city draws the same numbers whatever was made
// before it and on whichever thread. The standard distributions are not used: their results differ between libraries.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace skyline::city::procedural {

// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

class Random {
 public:
  // `stream` tells independent sequences of a seed apart.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0) : key_(mix(mix(seed) ^ (stream * 0xD1342543DE82EF95ULL))) {}

  std::uint64_t bits() { return mix(key_ + 0x9E3779B97F4A7C15ULL * ++counter_); }
  double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }  // [0, 1)
  double range(double low, double high) { return low + (high - low) * unit(); }
  int integer(int low, int high) { return low + static_cast<int>(bits() % static_cast<std::uint64_t>(std::max(1, high - low + 1))); }
  std::size_t index(std::size_t count) { return static_cast<std::size_t>(bits() % std::max<std::size_t>(1, count)); }
  bool chance(double probability) { return unit() < probability; }
  // An element of an array-like.
  template <class T>
  const auto& pick(const T& list) {
    return list[index(list.size())];
  }
  // An independent generator for a part of what this one makes.
  Random child(std::uint64_t stream) const { return Random(key_, stream + 1); }

 private:
  std::uint64_t key_ = 0, counter_ = 0;
};

// Smooth noise in [-1, 1]: cubic interpolation of hashed values at integers, about one swing a unit.
double value_noise(std::uint64_t seed, double x, double y = 0);

}  // namespace skyline::city::procedural
