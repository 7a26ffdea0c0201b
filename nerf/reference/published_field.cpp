#include "nerf/reference/published_field.h"

#include "nerf/maths/dense_layer.h"

#include <algorithm>

namespace skyline::nerf {
namespace {

Tap<double> tap_on_axis(const PublishedField& field, const PublishedField::Vector& position, int axis, int size) {
  const double low = field.box.low[axis], high = field.box.high[axis];
  return tap(position[static_cast<std::size_t>(axis)], low, (size - 1) / (high - low), size);
}

void append_products(const PublishedField& field, const PublishedField::Vector& position, const PublishedLevel& level,
                     const std::vector<double>& plane, const std::vector<double>& line, int channels, std::vector<double>& products) {
  const Tap<double> x = tap_on_axis(field, position, 0, level.columns), y = tap_on_axis(field, position, 1, level.rows),
                    z = tap_on_axis(field, position, 2, level.height);
  for (int c = 0; c < channels; ++c) {
    products.push_back(bilinear<double>(plane.data(), level.columns, channels, x, y, c, level.columns < 2, level.rows < 2) *
                       linear<double>(line.data(), channels, z, c, level.height < 2));
  }
}

void append_encoded(std::span<const double> v, int frequencies, std::vector<double>& x) {
  const std::size_t at = x.size();
  x.resize(at + 2 * v.size() * static_cast<std::size_t>(frequencies));
  encode_frequencies(v.data(), static_cast<int>(v.size()), frequencies, x.data() + at);
}

void append(std::span<const double> v, std::vector<double>& x) { x.insert(x.end(), v.begin(), v.end()); }

}  // namespace

std::vector<double> PublishedLayer::apply(std::span<const double> x, bool relu) const {
  std::vector<double> y(static_cast<std::size_t>(outputs));
  const std::vector<double> none(bias.empty() ? y.size() : 0, 0.0);
  dense_layer(x.data(), inputs, weights.data(), bias.empty() ? none.data() : bias.data(), outputs, relu, y.data());
  return y;
}

bool PublishedField::contains(const Vector& position) const {
  for (int axis = 0; axis < 3; ++axis) {
    const double value = position[static_cast<std::size_t>(axis)];
    if (value < box.low[axis] || value > box.high[axis]) return false;
  }
  return true;
}

std::vector<double> PublishedField::density_products(const Vector& position) const {
  std::vector<double> products;
  for (const PublishedLevel& level : levels) {
    append_products(*this, position, level, level.density_plane, level.density_line, density_channels, products);
  }
  return products;
}

std::vector<double> PublishedField::appearance_products(const Vector& position) const {
  std::vector<double> products;
  for (const PublishedLevel& level : levels) {
    append_products(*this, position, level, level.appearance_plane, level.appearance_line, appearance_channels, products);
  }
  return products;
}

double PublishedField::density(const Vector& position) const {
  double sum = 0;
  for (const double product : density_products(position)) sum += product;
  return activate_density(activation, sum);
}

std::vector<double> PublishedField::features(const Vector& position) const { return basis.apply(appearance_products(position), false); }

PublishedField::Vector PublishedField::colour(std::span<const double> features, const Vector& direction,
                                              std::span<const double> code) const {
  std::vector<double> x;
  append(features, x);
  append(code, x);
  append(direction, x);
  append_encoded(features, feature_frequencies, x);
  append_encoded(direction, direction_frequencies, x);
  const std::vector<double> y = decoder[2].apply(decoder[1].apply(decoder[0].apply(x, true), true), false);
  return {sigmoid(y[0]), sigmoid(y[1]), sigmoid(y[2])};
}

BranchSample<double> PublishedField::branch(const Vector& position, const Vector& direction, std::span<const double> code) const {
  std::vector<double> input, tail;
  append(position, input);
  append_encoded(position, nerf_frequencies, input);
  append(density_products(position), input);
  append(direction, tail);
  append_encoded(direction, nerf_direction_frequencies, tail);
  append(appearance_products(position), tail);
  append(code, tail);
  const auto layer = [this](int i, const std::vector<double>& x, bool relu) { return nerf[static_cast<std::size_t>(i)].apply(x, relu); };
  return branch_network<double>(layer, nerf_trunk_layers, input, tail);
}

BlendedRay<double> PublishedField::march(const ReferenceRay<double>& ray, std::span<const double> distances, std::span<const double> code,
                                         const CompositeConventions& conventions) const {
  const auto position = [&](std::size_t i) {
    Vector p;
    for (std::size_t c = 0; c < 3; ++c) p[c] = ray.origin[c] + ray.direction[c] * distances[i];
    return p;
  };
  std::vector<double> densities;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const Vector p = position(i);
    densities.push_back(contains(p) ? density(p) : 0.0);
  }
  const std::vector<double> weights = weights_of_samples<double>(distances, densities, conventions);
  const auto of_sample = [&](std::size_t i) { return colour(features(position(i)), ray.direction, code); };
  return blend_samples<double>(distances, weights, of_sample, conventions);
}

std::vector<double> published_dense_samples(const ReferenceRay<double>& ray, const Box& box, double near, double far, double step,
                                            int count) {
  double entry = near;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double direction = ray.direction[a] == 0 ? 1e-6 : ray.direction[a];
    const double to_low = (box.low[axis] - ray.origin[a]) / direction, to_high = (box.high[axis] - ray.origin[a]) / direction;
    entry = std::max(entry, std::min(to_low, to_high));
  }
  entry = std::min(entry, far);
  std::vector<double> distances;
  distances.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) distances.push_back(entry + step * i);
  return distances;
}

std::vector<double> published_hull_samples(const ReferenceRay<double>& ray, double low_z, double near, double far, int count) {
  const double end = ray.direction[2] < 0 ? -(ray.origin[2] - low_z) / ray.direction[2] : far;
  std::vector<double> distances;
  distances.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) distances.push_back(near + (end - near) * i / (count - 1));
  return distances;
}

}  // namespace skyline::nerf
