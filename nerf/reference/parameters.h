// All learned numbers of a field in another number type, so that the reference can be evaluated in double and its numbers moved one by one.
#pragma once

#include "nerf/model/field.h"

#include <array>
#include <vector>

namespace skyline::nerf {

// A copy of every parameter group, in the order of Field::groups().
template <class Real>
struct Parameters {
  std::vector<std::vector<Real>> groups;

  Parameters() = default;
  explicit Parameters(const Field& field);
};

extern template struct Parameters<float>;
extern template struct Parameters<double>;

// Which group holds which tensor; -1 where the field has none.
struct ParameterIndex {
  struct Block {
    std::array<int, kMaxLevels> planes{-1, -1, -1}, lines{-1, -1, -1};
    int volume = -1;
  };
  std::vector<Block> blocks;
  int basis = -1, weights0 = -1, bias0 = -1, weights1 = -1, bias1 = -1, weights2 = -1, bias2 = -1;
  int surroundings = -1, sky = -1, codes = -1, exposure = -1, vignetting = -1;

  explicit ParameterIndex(const Field& field);
};

}  // namespace skyline::nerf
