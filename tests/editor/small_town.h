// A catalogue with two touching houses, a tree, a road and a car, and random operations on it. For tests.
#pragma once

#include "editor/document.h"

#include <memory>
#include <random>

namespace skyline::editor::testing {

inline constexpr std::int32_t kHouse = 1, kAnnex = 2, kTree = 3, kRoad = 4, kCar = 5, kTower = 6;

SceneFacts small_town();

// Mostly operations that fit the document's state, some that do not.
class RandomOperations {
 public:
  explicit RandomOperations(std::uint32_t seed) : random_(seed) {}
  Operation next(const Document& document);
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

 private:
  std::int32_t effect(const Document& document);
  ObjectIds targets(const Document& document);
  double number(double low, double high);
  OwnSource marked(OwnSource::Kind kind);
  std::mt19937 random_;
};

}  // namespace skyline::editor::testing
