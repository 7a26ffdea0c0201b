// The parts of making a city, in their order. Each fills the scene from the plan; none depends on what a later one does.
#pragma once

#include "city/generate/furniture.h"
#include "city/generate/plan.h"
#include "city/generate/trees.h"
#include "city/generate/vehicles.h"

namespace skyline::city::procedural {

struct CityMaker {
  const GenerateSettings& settings;
  CityPlan plan;
  Names names;
  Scene scene;
  Trees trees;
  Vehicles vehicles;
  Furniture furniture;
  std::uint64_t seed;
  double water_level = -3.4;

  CityMaker(const GenerateSettings& s, CityPlan p, Names n)
      : settings(s),
        plan(std::move(p)),
        names(std::move(n)),
        trees(scene, static_cast<std::uint64_t>(s.seed)),
        vehicles(scene),
        furniture(scene),
        seed(static_cast<std::uint64_t>(s.seed)) {}

  // transport.cpp
  void lay_river();
  void lay_railway();
  void lay_streets(const Region& blocks);  // surfaces and markings
  void lay_bridges();
  void furnish_streets();  // trees, lamps, cars
  void furnish_railway();  // platforms by the stations, trains
  // open_blocks.cpp
  void fill_park(const Block& block, const Region& inner, Random random);
  void fill_square(const Block& block, const Region& inner, Random random);
  void fill_parking(const Block& block, const Region& inner, Random random);
  void fill_verge(const Block& block, const Region& ground, Random random);
  void park_cars(const Polygon& area, glm::dvec2 axis, Random& random, int handle);
  // buildings_of_blocks.cpp
  void fill_block(const Block& block, std::size_t index);
  // outskirts.cpp
  void lay_outskirts();
};

Object named(ObjectClass object_class, const Name& name);

}  // namespace skyline::city::procedural
