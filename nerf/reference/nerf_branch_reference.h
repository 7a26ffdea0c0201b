// The NeRF branch in plain loops, over any number type, on top of ReferenceField: what NerfBranch and its training are compared with.
#pragma once

#include "nerf/maths/dense_layer.h"
#include "nerf/maths/nerf_maths.h"
#include "nerf/model/nerf_layout.h"
#include "nerf/reference/reference_ray.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace skyline::nerf {

template <class Real>
struct BranchSample {
  Real density;  // per world unit
  std::array<Real, 3> colour;
};

// Index of a branch layer's weights in Parameters::groups; its bias follows. The branch's groups are the last ones.
template <class Real>
std::size_t branch_group(const ReferenceField<Real>& field, int layer) {
  const std::size_t layers = field.field().nerf.size();
  return field.parameters.groups.size() - 2 * layers + 2 * static_cast<std::size_t>(layer);
}

// The branch's network. `layer(index, x, relu)` applies a layer, indices as in NerfLayout; `input` is what the trunk reads, `colour_tail`
// what the colour layers read after the features. The density is that of the network.
template <class Real, class Layer>
BranchSample<Real> branch_network(const Layer& layer, int trunk_layers, const std::vector<Real>& input,
                                  const std::vector<Real>& colour_tail) {
  std::vector<Real> x = input;
  for (int l = 0; l < trunk_layers; ++l) {
    if (l == NerfLayout::kSkipLayer) x.insert(x.begin(), input.begin(), input.end());
    x = layer(l, x, true);
  }
  BranchSample<Real> result;
  result.density = layer(trunk_layers, x, true)[0];
  x = layer(trunk_layers + 1, x, false);
  x.insert(x.end(), colour_tail.begin(), colour_tail.end());
  const int colour = trunk_layers + 2;
  x = layer(colour + 2, layer(colour + 1, layer(colour, x, true), true), false);
  for (std::size_t c = 0; c < 3; ++c) result.colour[c] = sigmoid(x[c]);
  return result;
}

// One sample: its position, the grid's density sum and features [feature_count] there, view direction (not encoded) and code.
template <class Real>
BranchSample<Real> branch_sample(const ReferenceField<Real>& field, const std::array<Real, 3>& position, Real density_sum,
                                 std::span<const Real> features, const std::array<Real, 3>& direction, std::span<const Real> code) {
  const Field& f = field.field();
  const NerfLayout layout(f);
  const auto layer = [&](int index, const std::vector<Real>& x, bool relu) {
    const std::size_t group = branch_group(field, index);
    std::vector<Real> y(field.parameters.groups[group + 1].size());
    dense_layer(x.data(), static_cast<int>(x.size()), field.parameters.groups[group].data(), field.parameters.groups[group + 1].data(),
                static_cast<int>(y.size()), relu, y.data());
    return y;
  };
  // Input.
  const glm::dvec3 centre = 0.5 * (f.box.low + f.box.high), size = f.box.size();
  std::array<Real, 3> p;
  for (int c = 0; c < 3; ++c)
    p[static_cast<std::size_t>(c)] =
        (position[static_cast<std::size_t>(c)] - Real(centre[c])) * Real(2 / std::max({size.x, size.y, size.z}));
  std::vector<Real> input(static_cast<std::size_t>(layout.inputs), Real(0));
  encode_position(p.data(), f.settings.nerf_frequencies, input.data());
  input[static_cast<std::size_t>(layout.grid_at)] = density_sum;
  std::copy(features.begin(), features.end(), input.begin() + layout.grid_at + 1);
  std::vector<Real> colour_tail(static_cast<std::size_t>(layout.colour_inputs - layout.direction_at), Real(0));
  encode_direction(direction.data(), f.settings.direction_frequencies, colour_tail.data());
  std::copy(code.begin(), code.end(), colour_tail.begin() + (layout.code_at - layout.direction_at));
  BranchSample<Real> result = branch_network<Real>(layer, layout.trunk_layers, input, colour_tail);
  result.density *= Real(f.density_scale);
  return result;
}

// Colour of a ray by the branch over given samples, before exposure and vignetting; what passes them shows `behind`.
template <class Real>
std::array<Real, 3> branch_colour(const ReferenceField<Real>& field, const Ray& ray, const RaySamples<Real>& samples,
                                  const std::vector<Real>& code, const std::array<Real, 3>& behind) {
  std::array<Real, 3> colour{};
  const std::array<Real, 3> direction{ray.direction.x, ray.direction.y, ray.direction.z};
  Real transmittance = Real(1);
  for (std::size_t k = 0; k < samples.distances.size(); ++k) {
    std::array<Real, 3> position;
    for (int c = 0; c < 3; ++c) position[static_cast<std::size_t>(c)] = Real(ray.origin[c]) + Real(ray.direction[c]) * samples.distances[k];
    const std::vector<Real> features = field.features(position, samples.levels);
    const BranchSample<Real> sample =
        branch_sample<Real>(field, position, field.density_sum(position, samples.levels), features, direction, code);
    const bool opaque = samples.opaque_last && k + 1 == samples.distances.size();
    const Real weight = opaque ? transmittance : transmittance * interval_opacity(sample.density, samples.step);
    for (std::size_t c = 0; c < 3; ++c) colour[c] += weight * sample.colour[c];
    transmittance -= weight;
  }
  for (std::size_t c = 0; c < 3; ++c) colour[c] += transmittance * behind[c];
  return colour;
}

// The branch's share of the loss of one training ray (mean over channels). `behind` as above, no function of the learned numbers.
template <class Real>
Real branch_loss(const ReferenceField<Real>& field, const TrainingRay& ray, const RaySamples<Real>& samples, const TrainSettings& settings,
                 const std::array<Real, 3>& behind) {
  const int photo = ray.mean_code ? -1 : ray.photo;
  const std::array<Real, 3> colour = branch_colour(field, ray.ray, samples, field.code(photo), behind), gain = field.gain(photo);
  const Real fall_off = field.fall_off(ray.lens, Real(ray.radius2)), epsilon = Real(settings.charbonnier_epsilon);
  Real loss = Real(0);
  for (std::size_t c = 0; c < 3; ++c) {
    const Real difference = colour[c] * gain[c] * fall_off - Real(ray.target[c]), squared = difference * difference;
    loss += (settings.loss == "charbonnier" ? std::sqrt(squared + epsilon * epsilon) - epsilon : squared) / Real(3);
  }
  return loss;
}

}  // namespace skyline::nerf
