// Trees: species as rows, each with a few prototype meshes that all trees of the species share.
#pragma once

#include "city/generate/random.h"
#include "city/generate/scene.h"

#include <array>
#include <string_view>

namespace skyline::city::procedural {

enum class Species : std::uint8_t { kLinden, kMaple, kPlane, kPoplar, kBirch, kSpruce, kPine, kCherry };
inline constexpr std::size_t kSpeciesCount = 8;

class Trees {
 public:
  Trees(Scene& scene, std::uint64_t seed);
  // Plants a tree with an object of its own (or as part of `owner`, a forest; -1: of none). Refused (false) in or near a building.
  bool plant(Scene& scene, glm::dvec2 place, Species species, Random& random, double size = 1, int owner = 0, double lift = kKerb);

 private:
  static constexpr std::size_t kPrototypes = 3;
  std::array<std::array<std::uint32_t, kPrototypes>, kSpeciesCount> meshes_{};
};

}  // namespace skyline::city::procedural
