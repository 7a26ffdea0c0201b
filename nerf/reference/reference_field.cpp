#include "nerf/reference/reference_field.h"

#include "nerf/cpu/field_view.h"
#include "nerf/maths/dense_layer.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

// Share of block `i` of `blocks` along one axis: 1 inside, falling linearly to 0 from `border` before a shared edge to `border` behind it.
template <class Real>
Real axis_share(Real position, Real low, Real size, int i, int blocks, Real border) {
  const Real from_low = position - (low + size * Real(i)), from_high = low + size * Real(i + 1) - position;
  Real share = Real(1);
  if (i > 0) share = std::min(share, (from_low + border) / (Real(2) * border));
  if (i + 1 < blocks) share = std::min(share, (from_high + border) / (Real(2) * border));
  return std::max(share, Real(0));
}

template <class Real>
Tap<Real> tap_between(Real coordinate, double low, double high, int size) {
  return tap(coordinate, Real(low), Real((size - 1) / (high - low)), size);
}

}  // namespace

template <class Real>
ReferenceField<Real>::ReferenceField(const Field& field)
    : parameters(field), field_(field), index_(field), activation_(parse_activation(field.settings.density_activation)) {
  border_ = Real(field.settings.texel * (1 << (field.settings.levels - 1)));
  if (!field.use_codes) return;
  const auto size = static_cast<std::size_t>(field.settings.code_size);
  const std::vector<Real>& codes = group(index_.codes);
  mean_code_.assign(size, Real(0));
  for (std::size_t i = 0; i < codes.size(); ++i) mean_code_[i % size] += codes[i] * Real(size) / Real(codes.size());
}

template <class Real>
std::vector<typename ReferenceField<Real>::Share> ReferenceField<Real>::shares(const Vector& position) const {
  const FieldSettings& s = field_.settings;
  const glm::dvec3 size = field_.box.size();
  std::vector<Share> result;
  for (int j = 0; j < s.blocks_y; ++j) {
    const Real y = axis_share(position[1], Real(field_.box.low.y), Real(size.y / s.blocks_y), j, s.blocks_y, border_);
    for (int i = 0; i < s.blocks_x; ++i) {
      const Real x = axis_share(position[0], Real(field_.box.low.x), Real(size.x / s.blocks_x), i, s.blocks_x, border_);
      if (x * y > Real(0)) result.push_back({static_cast<std::size_t>(j * s.blocks_x + i), x * y});
    }
  }
  return result;
}

template <class Real>
Real ReferenceField<Real>::plane_times_line(std::size_t block, std::size_t level, const Vector& position, int channel) const {
  const Block& b = field_.blocks[block];
  const Plane& plane = b.planes[level];
  const Line& line = b.lines[level];
  const Tap<Real> x = tap_between(position[0], b.extent.low.x, b.extent.high.x, plane.columns);
  const Tap<Real> y = tap_between(position[1], b.extent.low.y, b.extent.high.y, plane.rows);
  const Tap<Real> z = tap_between(position[2], b.extent.low.z, b.extent.high.z, line.size);
  const int channels = field_.texel_channels();
  return bilinear<Real>(group(index_.blocks[block].planes[level]).data(), plane.columns, channels, x, y, channel, plane.columns < 2,
                        plane.rows < 2) *
         linear<Real>(group(index_.blocks[block].lines[level]).data(), channels, z, channel, line.size < 2);
}

template <class Real>
Real ReferenceField<Real>::volume(std::size_t block, const Vector& position, int channel) const {
  const Block& b = field_.blocks[block];
  const Volume& v = b.volume;
  const Tap<Real> x = tap_between(position[0], b.extent.low.x, b.extent.high.x, v.columns);
  const Tap<Real> y = tap_between(position[1], b.extent.low.y, b.extent.high.y, v.rows);
  const Tap<Real> z = tap_between(position[2], b.extent.low.z, b.extent.high.z, v.layers);
  return trilinear<Real>(group(index_.blocks[block].volume).data(), v.columns, v.layers, field_.volume_channels(), x, y, z, channel);
}

template <class Real>
Real ReferenceField<Real>::density_sum(const Vector& position, int levels) const {
  Real sum = Real(0);
  for (const Share& share : shares(position)) {
    for (int l = 0; l < levels; ++l) {
      for (int c = 0; c < field_.settings.density_channels; ++c)
        sum += share.weight * plane_times_line(share.block, static_cast<std::size_t>(l), position, c);
    }
    if (index_.blocks[share.block].volume >= 0) sum += share.weight * volume(share.block, position, 0);
  }
  return sum;
}

template <class Real>
Real ReferenceField<Real>::density(const Vector& position, int levels) const {
  return Real(field_.density_scale) * activate_density(activation_, density_sum(position, levels));
}

template <class Real>
std::vector<Real> ReferenceField<Real>::features(const Vector& position, int levels) const {
  const int appearance = field_.appearance_channels();
  std::vector<Real> result(static_cast<std::size_t>(field_.feature_count()), Real(0));
  for (const Share& share : shares(position)) {
    for (int l = 0; l < levels; ++l) {
      for (int c = 0; c < field_.settings.appearance_channels; ++c) {
        result[static_cast<std::size_t>(l * appearance + c)] +=
            share.weight * plane_times_line(share.block, static_cast<std::size_t>(l), position, field_.density_channels() + c);
      }
    }
    if (index_.blocks[share.block].volume < 0) continue;
    for (int c = 1; c < field_.settings.volume_channels; ++c) {
      result[static_cast<std::size_t>(field_.settings.levels * appearance + c)] += share.weight * volume(share.block, position, c);
    }
  }
  return result;
}

template <class Real>
std::vector<Real> ReferenceField<Real>::background(const Ray& ray) const {
  const Vector origin{ray.origin.x, ray.origin.y, ray.origin.z}, direction{ray.direction.x, ray.direction.y, ray.direction.z};
  const auto features = static_cast<std::size_t>(field_.settings.features);
  const int stride = field_.decoder_features();
  std::vector<Real> result(features, Real(0));
  const bool has_sky = index_.sky >= 0, has_ground = index_.surroundings >= 0;
  const Real share = !has_sky ? Real(0) : (!has_ground ? Real(1) : sky_share(direction[2]));
  if (has_sky && share > Real(0)) {
    Real basis[kSkyBasis];
    spherical_harmonics(direction.data(), basis);
    for (std::size_t k = 0; k < kSkyBasis; ++k) {
      for (std::size_t c = 0; c < features; ++c)
        result[c] += share * basis[k] * group(index_.sky)[k * static_cast<std::size_t>(stride) + c];
    }
  }
  if (!has_ground || share >= Real(1)) return result;
  const Real distance = std::max(Real(0), (origin[2] - Real(field_.ground_z)) / std::max(Real(1e-4), -direction[2]));
  const Real position[2] = {origin[0] + direction[0] * distance, origin[1] + direction[1] * distance};
  const glm::dvec3 middle = 0.5 * (field_.box.low + field_.box.high), half_size = 0.5 * field_.box.size();
  const Real centre[2] = {Real(middle.x), Real(middle.y)}, half[2] = {Real(half_size.x), Real(half_size.y)};
  Real uv[2];
  contract_ground(position, centre, half, uv);
  const int size = field_.settings.surroundings_size;
  const Tap<Real> u = tap_between(uv[0], 0, 1, size), v = tap_between(uv[1], 0, 1, size);
  for (std::size_t c = 0; c < features; ++c) {
    result[c] +=
        (Real(1) - share) * bilinear<Real>(group(index_.surroundings).data(), size, stride, u, v, static_cast<int>(c), size < 2, size < 2);
  }
  return result;
}

template <class Real>
typename ReferenceField<Real>::Vector ReferenceField<Real>::decode(std::span<const Real> features, std::span<const Real> background,
                                                                   const Vector& direction, std::span<const Real> code) const {
  const FieldSettings& s = field_.settings;
  // Step one: the decoder's input [features | direction | code].
  std::vector<Real> input(static_cast<std::size_t>(field_.decoder.layer0.inputs), Real(0));
  const auto inner = static_cast<std::size_t>(field_.decoder_features());
  std::copy(background.begin(), background.end(), input.begin());
  for (std::size_t i = 0; i < features.size(); ++i) {
    for (std::size_t o = 0; o < static_cast<std::size_t>(s.features); ++o) input[o] += features[i] * group(index_.basis)[i * inner + o];
  }
  encode_direction(direction.data(), s.direction_frequencies, input.data() + inner);
  const Real familiarity = Real(direction_familiarity(
      field(), {static_cast<float>(direction[0]), static_cast<float>(direction[1]), static_cast<float>(direction[2])}));
  for (int i = 0; i < field().direction_size(); ++i) input[static_cast<std::size_t>(inner + i)] *= familiarity;
  std::copy(code.begin(), code.end(), input.begin() + static_cast<std::ptrdiff_t>(inner) + field_.direction_size());
  // Step two: the layers.
  const auto layer = [this](const std::vector<Real>& x, int weights, int bias, int outputs, bool relu) {
    std::vector<Real> y(group(bias).size());
    dense_layer(x.data(), static_cast<int>(x.size()), group(weights).data(), group(bias).data(), static_cast<int>(y.size()), relu,
                y.data());
    y.resize(static_cast<std::size_t>(outputs));
    return y;
  };
  const std::vector<Real> hidden0 = layer(input, index_.weights0, index_.bias0, s.hidden, true);
  const std::vector<Real> hidden1 = layer(hidden0, index_.weights1, index_.bias1, s.hidden, true);
  const std::vector<Real> output = layer(hidden1, index_.weights2, index_.bias2, 3, false);
  return {sigmoid(output[0]), sigmoid(output[1]), sigmoid(output[2])};
}

template <class Real>
std::vector<Real> ReferenceField<Real>::code(int photo) const {
  if (!field_.use_codes) return {};
  if (photo < 0) return mean_code_;
  const auto first = group(index_.codes).begin() + static_cast<std::ptrdiff_t>(photo) * field_.settings.code_size;
  return {first, first + field_.settings.code_size};
}

template <class Real>
typename ReferenceField<Real>::Vector ReferenceField<Real>::gain(int photo) const {
  if (field_.exposure.empty() || photo < 0) return {Real(1), Real(1), Real(1)};
  const Real* logs = group(index_.exposure).data() + static_cast<std::ptrdiff_t>(photo) * 3;
  return {std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2])};
}

template <class Real>
Real ReferenceField<Real>::fall_off(int lens, Real r2) const {
  if (index_.vignetting < 0) return Real(1);
  return vignetting_factor(group(index_.vignetting).data() + static_cast<std::ptrdiff_t>(lens) * 3, r2);
}

template class ReferenceField<float>;
template class ReferenceField<double>;

}  // namespace skyline::nerf
