#include "tests/nerf/gradient_check.h"

#include "nerf/cpu/march.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace skyline::nerf::testing {

std::vector<MarchedRay> march_rays(const Field& field, const std::vector<TrainingRay>& rays) {
  const auto chunk = std::make_unique<RayChunk>();
  const FieldView view = make_view(field);
  std::vector<MarchedRay> result;
  chunk->count = static_cast<int>(rays.size());
  for (std::size_t r = 0; r < rays.size(); ++r) {
    chunk->rays[r] = rays[r].ray;
    chunk->levels[r] = rays[r].levels;
    chunk->step[r] = rays[r].step;
    chunk->jitter[r] = rays[r].jitter;
  }
  march(view, field.occupancy, MarchSettings{}, *chunk);
  for (std::size_t r = 0; r < rays.size(); ++r) {
    RaySamples<double> samples;
    samples.step = rays[r].step;
    samples.levels = rays[r].levels;
    samples.opaque_last = chunk->opaque_last[r];
    bool smooth = chunk->sample_count[r] <= 32 && std::abs(chunk->transmittance[r] - 1e-4F) > 2e-5F;
    for (int j = 0; j < chunk->sample_count[r]; ++j) {
      const std::size_t i = r * RayChunk::kMaxSamples + static_cast<std::size_t>(j);
      samples.distances.push_back(chunk->t[i]);
      const float weight = chunk->weight[i];
      smooth = smooth && (weight == 0.0F || weight > 2e-4F);
      smooth = smooth && (view.activation != DensityActivation::kRelu || std::abs(chunk->s[i]) > 1e-3F);
    }
    if (smooth) result.push_back({rays[r], std::move(samples)});
  }
  return result;
}

void expect_gradients_are_differences(const Field& field, const FieldGradients& gradients, ReferenceField<double>& reference,
                                      const std::function<double()>& loss) {
  Random random(11);
  // Short, so that few differences straddle a kink of a ReLU; in double it costs no accuracy.
  constexpr double kStep = 1e-6;
  double whole_squared = 0;
  for (std::size_t g = 0; g < gradients.groups.size(); ++g) {
    const FieldGradients::Group& group = gradients.groups[g];
    const std::string& name = group.parameters.name;
    std::vector<std::size_t> used;
    double largest = 0;
    for (std::size_t i = 0; i < group.gradient.size(); ++i) {
      if (!is_used(field, group.parameters, i)) {
        ASSERT_EQ(group.gradient[i], 0.0F) << name << " padding " << i;
        continue;
      }
      used.push_back(i);
      largest = std::max(largest, std::abs(static_cast<double>(group.gradient[i])));
      whole_squared += static_cast<double>(group.gradient[i]) * static_cast<double>(group.gradient[i]);
    }
    EXPECT_GT(largest, 0.0) << name;
    // The three entries of largest gradient and six others.
    const auto largest_few = static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, used.size()));
    std::partial_sort(used.begin(), used.begin() + largest_few, used.end(),
                      [&](std::size_t a, std::size_t b) { return std::abs(group.gradient[a]) > std::abs(group.gradient[b]); });
    std::vector<std::size_t> chosen(used.begin(), used.begin() + largest_few);
    for (int k = 0; k < 6; ++k) chosen.push_back(used[random() % used.size()]);
    for (const std::size_t i : chosen) {
      double& value = reference.parameters.groups[g][i];
      const double kept = value;
      value = kept + kStep;
      const double above = loss();
      value = kept - kStep;
      const double below = loss();
      value = kept;
      const double expected = (above - below) / (2 * kStep);
      EXPECT_NEAR(group.gradient[i], expected, 2e-3 * std::abs(expected) + 2e-4 * largest) << name << " entry " << i;
    }
    // Along the group's own gradient.
    double squared = 0;
    for (std::size_t i = 0; i < group.gradient.size(); ++i)
      squared += static_cast<double>(group.gradient[i]) * static_cast<double>(group.gradient[i]);
    const double length = std::sqrt(squared);
    const std::vector<double> kept = reference.parameters.groups[g];
    double side[2];
    for (int k = 0; k < 2; ++k) {
      for (std::size_t i = 0; i < kept.size(); ++i)
        reference.parameters.groups[g][i] = kept[i] + (k == 0 ? kStep : -kStep) * static_cast<double>(group.gradient[i]) / length;
      side[k] = loss();
    }
    reference.parameters.groups[g] = kept;
    EXPECT_NEAR((side[0] - side[1]) / (2 * kStep), length, 1e-3 * length) << name << " along its gradient";
  }
  EXPECT_GT(whole_squared, 0.0);
}

}  // namespace skyline::nerf::testing
