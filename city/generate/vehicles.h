// Cars, vans, buses and trucks: a few prototypes, coloured by tint.
#pragma once

#include "city/generate/random.h"
#include "city/generate/scene.h"

#include <array>

namespace skyline::city::procedural {

class Vehicles {
 public:
  explicit Vehicles(Scene& scene);
  enum class Model : std::uint8_t { kHatchback, kSaloon, kEstate, kVan, kBus, kTruck };
  // Puts one on the ground, nose along `direction`; not where another stands.
  void put(Scene& scene, glm::dvec2 place, glm::dvec2 direction, Model model, Random& random, double lift = 0);
  // A train of coaches that stands on a track, its middle at `along`.
  void put_train(Scene& scene, const Path& track, double along, int coaches, Random& random);
  // A car drawn by how common it is.
  static Model car(Random& random);
  static double length_of(Model model);

 private:
  std::array<std::uint32_t, 6> meshes_{};
  std::uint32_t coach_ = 0;
  PolygonGrid taken_{16};
};

}  // namespace skyline::city::procedural
