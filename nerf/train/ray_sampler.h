// Draws training pixels without replacement: a keyed permutation of all pixels per epoch (Feistel network with cycle walking, Black &
// Rogaway 2002), so no table is kept and any position of the sequence is reached at once.
#pragma once

#include <cstdint>

namespace skyline::nerf {

// Mixes two numbers into uniform bits (SplitMix64, Steele et al. 2014).
inline std::uint64_t mix_bits(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a + 0x9e3779b97f4a7c15ULL * (b + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Uniform in [0, 1) from bits.
inline float unit_float(std::uint64_t bits) { return static_cast<float>(bits >> 40) * 0x1.0p-24F; }

class PixelSequence {
 public:
  PixelSequence(std::int64_t count, std::uint64_t seed) : count_(static_cast<std::uint64_t>(count)), seed_(seed) {
    while ((std::uint64_t{1} << (2 * half_bits_)) < count_) ++half_bits_;
  }

  // Pixel at position `i` of the endless sequence; every run of `count` positions that starts at a multiple of it holds each pixel once.
  std::int64_t at(std::int64_t i) const {
    const std::uint64_t epoch = static_cast<std::uint64_t>(i) / count_;
    std::uint64_t value = static_cast<std::uint64_t>(i) % count_;
    do {
      value = permute(value, mix_bits(seed_, epoch));
    } while (value >= count_);
    return static_cast<std::int64_t>(value);
  }

 private:
  std::uint64_t permute(std::uint64_t value, std::uint64_t key) const {
    const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
    std::uint64_t left = value >> half_bits_, right = value & mask;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t next = left ^ (mix_bits(key + round, right) & mask);
      left = right;
      right = next;
    }
    return (left << half_bits_) | right;
  }

  std::uint64_t count_, seed_;
  unsigned half_bits_ = 1;
};

}  // namespace skyline::nerf
