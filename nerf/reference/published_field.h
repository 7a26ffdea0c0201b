// Compatibility mode: the published GridNeRF evaluated with our scalar maths (field_maths.h, dense_layer.h), in double.
//
// It holds the tensors as published (levels of j times the base texels, density and appearance apart, positional encodings of the features)
// with our channel-last layout. For parity tests and for reading published tensors; the product's field is nerf::Field. Const methods are
// thread-safe. Positions must lie in the box: what is outside is masked before, as published.
#pragma once

#include "nerf/reference/conventions.h"
#include "nerf/reference/nerf_branch_reference.h"
#include "nerf/space.h"

#include <array>
#include <span>
#include <vector>

namespace skyline::nerf {

// Weights [inputs, outputs]; an empty bias is 0.
struct PublishedLayer {
  int inputs = 0, outputs = 0;
  std::vector<double> weights, bias;
  std::vector<double> apply(std::span<const double> x, bool relu) const;
};

// Planes [rows, columns, channels], lines [height, channels].
struct PublishedLevel {
  int columns = 0, rows = 0, height = 0;
  std::vector<double> density_plane, density_line, appearance_plane, appearance_line;
};

class PublishedField {
 public:
  using Vector = std::array<double, 3>;

  Box box;
  DensityActivation activation = DensityActivation::kSoftplus;
  int density_channels = 16, appearance_channels = 48;
  std::vector<PublishedLevel> levels;
  PublishedLayer basis;
  std::array<PublishedLayer, 3> decoder;
  int feature_frequencies = 2, direction_frequencies = 2;
  // NeRF branch, layers in the order of NerfLayout; empty without one.
  std::vector<PublishedLayer> nerf;
  int nerf_trunk_layers = 6, nerf_frequencies = 16, nerf_direction_frequencies = 4;

  bool contains(const Vector& position) const;
  // Plane times line of every channel of every level.
  std::vector<double> density_products(const Vector& position) const;
  std::vector<double> appearance_products(const Vector& position) const;
  double density(const Vector& position) const;
  std::vector<double> features(const Vector& position) const;
  // `code` empty: a decoder without one.
  Vector colour(std::span<const double> features, const Vector& direction, std::span<const double> code) const;
  // The branch reads world positions without pi, all density products, and the appearance products beside the direction.
  BranchSample<double> branch(const Vector& position, const Vector& direction, std::span<const double> code) const;
  // A whole ray over samples at `distances`.
  BlendedRay<double> march(const ReferenceRay<double>& ray, std::span<const double> distances, std::span<const double> code,
                           const CompositeConventions& conventions = kPublishedGrid) const;
};

// Samples of a ray, without jitter. Dense: equal steps from the entry into the box, clamped to [near, far]. Hull: linear from `near` to the
// plane z = low_z, or to `far` for rays that do not look down.
std::vector<double> published_dense_samples(const ReferenceRay<double>& ray, const Box& box, double near, double far, double step,
                                            int count);
std::vector<double> published_hull_samples(const ReferenceRay<double>& ray, double low_z, double near, double far, int count);

}  // namespace skyline::nerf
