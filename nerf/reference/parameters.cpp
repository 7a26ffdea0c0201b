#include "nerf/reference/parameters.h"

#include <string>
#include <string_view>

namespace skyline::nerf {
namespace {

// groups() hands out writable spans; here they are only read.
std::vector<ParameterGroup> groups_of(const Field& field) { return const_cast<Field&>(field).groups(); }

}  // namespace

template <class Real>
Parameters<Real>::Parameters(const Field& field) {
  for (const ParameterGroup& group : groups_of(field)) groups.emplace_back(group.values.begin(), group.values.end());
}

template struct Parameters<float>;
template struct Parameters<double>;

ParameterIndex::ParameterIndex(const Field& field) {
  const std::vector<ParameterGroup> groups = groups_of(field);
  const auto find = [&](std::string_view name) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].name == name) return static_cast<int>(i);
    }
    return -1;
  };
  for (std::size_t b = 0; b < field.blocks.size(); ++b) {
    const std::string prefix = "block" + std::to_string(b) + ".";
    Block block;
    for (std::size_t l = 0; l < field.blocks[b].planes.size(); ++l) {
      block.planes[l] = find(prefix + "plane" + std::to_string(l));
      block.lines[l] = find(prefix + "line" + std::to_string(l));
    }
    block.volume = find(prefix + "volume");
    blocks.push_back(block);
  }
  basis = find("decoder.basis.weights");
  weights0 = find("decoder.layer0.weights");
  bias0 = find("decoder.layer0.bias");
  weights1 = find("decoder.layer1.weights");
  bias1 = find("decoder.layer1.bias");
  weights2 = find("decoder.layer2.weights");
  bias2 = find("decoder.layer2.bias");
  surroundings = find("surroundings");
  sky = find("sky");
  codes = find("codes");
  exposure = find("exposure");
  vignetting = find("vignetting");
}

}  // namespace skyline::nerf
