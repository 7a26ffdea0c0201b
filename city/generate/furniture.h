// Street furniture and small structures, shared by many placements.
#pragma once

#include "city/generate/random.h"
#include "city/generate/scene.h"

#include <array>

namespace skyline::city::procedural {

enum class Item : std::uint8_t { kLamp, kBench, kBin, kBusStop, kTable, kParasol, kFarHouse, kFarBarn, kTrack, kSwing, kStall, kCount };

class Furniture {
 public:
  explicit Furniture(Scene& scene);
  void put(Scene& scene, Item item, glm::dvec2 place, glm::dvec2 axis, double lift = kKerb, glm::vec3 tint = glm::vec3(1.0F),
           int owner = 0);
  std::uint32_t mesh(Item item) const { return meshes_[static_cast<std::size_t>(item)]; }

 private:
  std::array<std::uint32_t, static_cast<std::size_t>(Item::kCount)> meshes_{};
};

inline constexpr double kTrackPiece = 13;  // metres of railway in one Item::kTrack

}  // namespace skyline::city::procedural
