// The field's formulas in a plain loop, over any number type: what the SIMD kernels and the device kernels are compared with.
//
// A ReferenceField copies all learned numbers; the shapes stay in the Field, which must outlive it. `parameters` may be changed between
// calls. Const methods are thread-safe. Nothing here is fast.
#pragma once

#include "nerf/maths/field_maths.h"
#include "nerf/model/field.h"
#include "nerf/reference/parameters.h"
#include "nerf/space.h"

#include <array>
#include <span>
#include <vector>

namespace skyline::nerf {

template <class Real>
class ReferenceField {
 public:
  using Vector = std::array<Real, 3>;

  explicit ReferenceField(const Field& field);

  const Field& field() const { return field_; }
  const ParameterIndex& index() const { return index_; }
  Parameters<Real> parameters;

  // Sum of density products with the first `levels` levels, before the activation.
  Real density_sum(const Vector& position, int levels) const;
  // Activated density per world unit.
  Real density(const Vector& position, int levels) const;
  // Appearance features [feature_count]; those of levels beyond `levels` are 0.
  std::vector<Real> features(const Vector& position, int levels) const;
  // Features of what lies behind the field along a ray [features of the settings].
  std::vector<Real> background(const Ray& ray) const;
  // Colour before exposure: basis^T features + background through the decoder. Empty features or background count as 0; `code` is empty or
  // [code_size].
  Vector decode(std::span<const Real> features, std::span<const Real> background, const Vector& direction,
                std::span<const Real> code) const;

  // Code of a photo, or the mean of all (photo < 0). The mean is that of the field when this object was made: training gives it no
  // gradient. Empty without codes.
  std::vector<Real> code(int photo) const;
  // exp of the photo's log gains; 1 for photo < 0 and without codes.
  Vector gain(int photo) const;
  // Light fall-off of a lens at the squared radius r2 (1 at the corner).
  Real fall_off(int lens, Real r2) const;

 private:
  struct Share {
    std::size_t block;
    Real weight;
  };
  std::vector<Share> shares(const Vector& position) const;
  Real plane_times_line(std::size_t block, std::size_t level, const Vector& position, int channel) const;
  Real volume(std::size_t block, const Vector& position, int channel) const;
  const std::vector<Real>& group(int i) const { return parameters.groups[static_cast<std::size_t>(i)]; }

  const Field& field_;
  ParameterIndex index_;
  DensityActivation activation_;
  Real border_;
  std::vector<Real> mean_code_;
};

extern template class ReferenceField<float>;
extern template class ReferenceField<double>;

}  // namespace skyline::nerf
