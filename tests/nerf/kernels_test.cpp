#include "nerf/cpu/kernels.h"

#include "nerf/cpu/march.h"
#include "nerf/reference/reference_field.h"
#include "tests/nerf/random_field.h"

#include <hwy/highway.h>

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace skyline::nerf {
namespace {

using testing::Random;
using testing::uniform;

// Every instruction set that this machine has and the kernels were compiled for.
std::vector<std::int64_t> targets() {
  std::vector<std::int64_t> result;
  const std::int64_t all = hwy::SupportedTargets() & HWY_TARGETS;
  for (std::int64_t bit = 1; bit != 0 && bit <= all; bit <<= 1) {
    if ((all & bit) != 0) result.push_back(bit);
  }
  return result;
}

// Runs the kernels on one instruction set as long as it lives.
class Target {
 public:
  explicit Target(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  ~Target() {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
};

class Kernels : public ::testing::TestWithParam<std::int64_t> {
 protected:
  Target target_{GetParam()};
  Random random_{11};

  std::vector<float> numbers(std::size_t count) {
    std::vector<float> result(count);
    for (float& value : result) value = uniform(random_, -1, 1);
    return result;
  }
};

TEST_P(Kernels, ReadDensityAndFeaturesAsTheReferenceDoes) {
  for (const int blocks : {1, 2}) {
    for (const int levels : {2, 3}) {
      FieldSettings settings = testing::small_settings();
      settings.blocks_x = settings.blocks_y = blocks;
      settings.levels = levels;
      settings.density_channels = 11;
      settings.appearance_channels = 17;
      const Field field = testing::random_field(settings, testing::small_box(), 0, 2, random_);
      const ReferenceField<double> reference(field);
      const FieldView view = make_view(field);
      constexpr std::size_t kCount = 300;
      std::vector<float> x(kCount), y(kCount), z(kCount), sums(kCount, -1.0F);
      std::vector<std::uint8_t> of_levels(kCount);
      for (std::size_t i = 0; i < kCount; ++i) {  // some lie outside of the box, where the field is clamped
        x[i] = uniform(random_, -4.2, 4.2);
        y[i] = uniform(random_, -4.2, 4.2);
        z[i] = uniform(random_, -0.2, 4.2);
        of_levels[i] = static_cast<std::uint8_t>(1 + i % static_cast<std::size_t>(levels));
      }
      std::vector<std::int32_t> index;
      for (std::size_t i = 0; i < kCount; i += 1 + i % 3) index.push_back(static_cast<std::int32_t>(i));
      const SampleSpan samples{x.data(), y.data(), z.data(), of_levels.data()};
      const auto columns = static_cast<std::size_t>(view.feature_count());
      std::vector<float> features(index.size() * columns, -1.0F);
      density_sums(view, samples, index.data(), static_cast<int>(index.size()), sums.data());
      appearance_features(view, samples, index.data(), static_cast<int>(index.size()), features.data());
      // One pass gives the same as two.
      std::vector<float> both_sums(sums.size(), -1.0F), both_features(features.size(), -1.0F);
      density_and_features(view, samples, index.data(), static_cast<int>(index.size()), both_sums.data(), both_features.data());
      for (const std::int32_t i : index) ASSERT_NEAR(both_sums[static_cast<std::size_t>(i)], sums[static_cast<std::size_t>(i)], 2e-6);
      for (std::size_t i = 0; i < features.size(); ++i) ASSERT_NEAR(both_features[i], features[i], 2e-6);
      for (std::size_t row = 0; row < index.size(); ++row) {
        const auto i = static_cast<std::size_t>(index[row]);
        ASSERT_NEAR(sums[i], reference.density_sum({x[i], y[i], z[i]}, of_levels[i]), 2e-5) << "sample " << i;
        const std::vector<double> expected = reference.features({x[i], y[i], z[i]}, of_levels[i]);
        for (std::size_t c = 0; c < columns; ++c)
          ASSERT_NEAR(features[row * columns + c], expected[c], 1e-5) << "sample " << i << " feature " << c;
      }
      EXPECT_EQ(sums[1], index[1] == 1 ? sums[1] : -1.0F) << "a sample that was not asked for was written";
    }
  }
}

TEST_P(Kernels, MultiplyMatricesOfEveryShape) {
  for (const int m : {1, 5, 6, 13}) {
    for (const int n : {16, 48, 80}) {
      for (const int k : {1, 7, 33}) {
        for (const bool transposed : {false, true}) {
          for (const bool accumulate : {false, true}) {
            const int ldb = n + 16, ldc = n + 32;
            const std::vector<float> a = numbers(static_cast<std::size_t>(m * k)), b = numbers(static_cast<std::size_t>(k * ldb));
            std::vector<float> c = numbers(static_cast<std::size_t>(m * ldc));
            const std::vector<float> before = c;
            const int a_row = transposed ? 1 : k, a_column = transposed ? m : 1;
            matrix_multiply(m, n, k, a.data(), a_row, a_column, b.data(), ldb, c.data(), ldc, accumulate);
            for (int i = 0; i < m; ++i) {
              for (int j = 0; j < ldc; ++j) {
                const auto at = static_cast<std::size_t>(i * ldc + j);
                double expected = j < n && !accumulate ? 0.0 : static_cast<double>(before[at]);
                for (int q = 0; q < k && j < n; ++q) {
                  expected += static_cast<double>(a[static_cast<std::size_t>(i * a_row + q * a_column)]) *
                              static_cast<double>(b[static_cast<std::size_t>(q * ldb + j)]);
                }
                ASSERT_NEAR(c[at], expected, 1e-5) << m << " x " << n << " x " << k << " at " << i << ", " << j;
              }
            }
          }
        }
      }
    }
  }
}

TEST_P(Kernels, AddScaleClampAndMultiplyVectors) {
  const std::vector<float> x = numbers(48), y = numbers(48);
  std::vector<float> sum = y;
  add_scaled(48, 0.3F, x.data(), sum.data());
  for (std::size_t i = 0; i < 48; ++i) EXPECT_NEAR(sum[i], y[i] + 0.3F * x[i], 1e-6);
  EXPECT_NEAR(dot(48, x.data(), y.data()), std::inner_product(x.begin(), x.end(), y.begin(), 0.0), 1e-5);
  std::vector<float> rows = numbers(3 * 16);
  const std::vector<float> bias = numbers(16), raw = rows;
  bias_relu(3, 16, bias.data(), rows.data());
  std::vector<float> gradient = numbers(48);
  const std::vector<float> before = gradient;
  relu_backward(48, rows.data(), gradient.data());
  for (std::size_t i = 0; i < 48; ++i) {
    EXPECT_EQ(rows[i], std::max(0.0F, raw[i] + bias[i % 16]));
    EXPECT_EQ(gradient[i], rows[i] > 0 ? before[i] : 0.0F);
  }
}

float from_half(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

struct Moved {
  double value, moment1, moment2;
};

Moved plain_adam(const AdamStep& s, double value, double gradient, double m, double v) {
  m = static_cast<double>(s.beta1) * m + (1 - static_cast<double>(s.beta1)) * gradient;
  v = static_cast<double>(s.beta2) * v + (1 - static_cast<double>(s.beta2)) * gradient * gradient;
  return {value - static_cast<double>(s.rate) * m / (std::sqrt(v * static_cast<double>(s.correction2)) + static_cast<double>(s.epsilon)), m,
          v};
}

TEST_P(Kernels, StepLikeAdamAndClearTheGradient) {
  const AdamStep step{.rate = 0.05F, .beta1 = 0.9F, .beta2 = 0.99F, .epsilon = 1e-12F, .correction2 = 3.0F};
  constexpr std::size_t kRows = 19, kChannels = 24;
  for (const bool sparse : {false, true}) {
    const std::size_t count = sparse ? kRows * kChannels : 453;  // 453: no whole number of vectors
    std::vector<float> value = numbers(count), gradient = numbers(count), moment1 = numbers(count), moment2 = numbers(count);
    for (float& v : moment2) v = std::abs(v) + 0.01F;
    std::vector<std::uint16_t> half1(count), half2(count);
    for (std::size_t i = 0; sparse && i < count; ++i) {
      half1[i] = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(moment1[i]) >> 16);
      half2[i] = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(moment2[i]) >> 16);
      moment1[i] = from_half(half1[i]);
      moment2[i] = from_half(half2[i]);
    }
    const std::vector<float> value0 = value, gradient0 = gradient, first0 = moment1, second0 = moment2;
    std::vector<std::uint8_t> touched(kRows);
    for (std::size_t row = 0; row < kRows; ++row) touched[row] = row % 3 == 1 || row > 16;
    const std::vector<std::uint8_t> touched0 = touched;
    if (sparse) {
      adam_touched(kRows, kChannels, step, touched.data(), value.data(), gradient.data(), half1.data(), half2.data());
      for (std::size_t i = 0; i < count; ++i) {
        moment1[i] = from_half(half1[i]);
        moment2[i] = from_half(half2[i]);
      }
    } else {
      adam(static_cast<std::int64_t>(count), step, value.data(), gradient.data(), moment1.data(), moment2.data());
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (sparse && touched0[i / kChannels] == 0) {
        ASSERT_EQ(value[i], value0[i]);
        ASSERT_EQ(gradient[i], gradient0[i]);
        continue;
      }
      const Moved expected = plain_adam(step, value0[i], gradient0[i], first0[i], second0[i]);
      ASSERT_NEAR(value[i], expected.value, 1e-6);
      // bfloat16 has 8 significant bits: rounded to nearest, half a unit is 2^-9 of a number at most 2^-8.
      const double rounding = sparse ? 1.0 / 256 : 0.0;
      ASSERT_NEAR(moment1[i], expected.moment1, 1e-6 + rounding * std::abs(expected.moment1));
      ASSERT_NEAR(moment2[i], expected.moment2, 1e-6 + rounding * expected.moment2);
      ASSERT_EQ(gradient[i], 0.0F);
    }
    if (sparse) {
      EXPECT_EQ(touched, std::vector<std::uint8_t>(kRows, 0));
    }
  }
}

TEST_P(Kernels, AddTheGradientOfTotalVariationToTouchedTexels) {
  constexpr int kRows = 6, kColumns = 7, kChannels = 16;
  constexpr double kWeight = 0.4;
  std::vector<float> value = numbers(kRows * kColumns * kChannels);
  std::vector<std::uint8_t> touched(kRows * kColumns);
  for (std::size_t i = 0; i < touched.size(); ++i) touched[i] = i % 4 != 2;
  std::vector<float> gradient(value.size(), 0.0F);
  add_total_variation(kRows, kColumns, kChannels, 1, 6, touched.data(), value.data(), static_cast<float>(kWeight), gradient.data());
  // weight * sum over neighbouring pairs of (difference squared), by its definition.
  const auto variation_near = [&](int row, int column, int channel, double own) {
    double sum = 0;
    for (const auto& [dr, dc] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
      const int r = row + dr, c = column + dc;
      if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
      const double difference = own - static_cast<double>(value[static_cast<std::size_t>((r * kColumns + c) * kChannels + channel)]);
      sum += difference * difference;
    }
    return kWeight * sum;
  };
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      for (int channel = 0; channel < kChannels; ++channel) {
        const auto texel = static_cast<std::size_t>(row * kColumns + column);
        const std::size_t i = texel * kChannels + static_cast<std::size_t>(channel);
        const double own = value[i];
        const double slope = (variation_near(row, column, channel, own + 1e-4) - variation_near(row, column, channel, own - 1e-4)) / 2e-4;
        ASSERT_NEAR(gradient[i], row >= 1 && touched[texel] != 0 ? slope : 0.0, 1e-5) << row << ", " << column;
      }
    }
  }
}

TEST_P(Kernels, GiveTheGradientsOfTheBestInstructionSet) {
  FieldSettings settings = testing::small_settings();
  settings.blocks_x = 2;
  Field field = testing::random_field(settings, testing::small_box(), 0, 1.6, random_);
  const std::vector<TrainingRay> rays = testing::random_rays(field, 60, 3, 2, random_);
  const auto gradients_here = [&] {
    FieldGradients gradients = *FieldGradients::create(field);
    GradientEngine(field, gradients, TrainSettings{}).accumulate(rays, 0.1, 0.01);
    return gradients;
  };
  const FieldGradients here = gradients_here();
  const Target best(targets().front());
  const FieldGradients there = gradients_here();
  for (std::size_t g = 0; g < here.groups.size(); ++g) {
    double error = 0, length = 0;
    for (std::size_t i = 0; i < here.groups[g].gradient.size(); ++i) {
      const double a = here.groups[g].gradient[i], b = there.groups[g].gradient[i];
      error += (a - b) * (a - b);
      length += b * b;
    }
    EXPECT_LE(std::sqrt(error), 1e-4 * std::sqrt(length)) << here.groups[g].parameters.name;
  }
}

// More rays than lanes, some of which miss the box, walked in rounds: the same samples as one ray after the other. Where a sample falls on
// a face of a cell rounding may decide either way; distances are compared for a match within a thousandth of a step.
TEST_P(Kernels, WalkManyRaysLikeTheScalarWalk) {
  Occupancy occupancy({{-3, 1, -2}, {29, 33, 9}}, 0.5);
  for (int z = 0; z < occupancy.layers(); ++z) {
    for (int y = 0; y < occupancy.rows(); ++y) {
      for (int x = 0; x < occupancy.columns(); ++x) {
        const int tower = (x / 5 * 7 + y / 6 * 3) % 11;
        if (z < 2 + tower && random_() % 2 == 0) occupancy.set(x, y, z, true);
      }
    }
  }
  occupancy.update_summaries();
  constexpr int kRays = 61, kMost = 192;
  WalkBatch batch{};
  std::vector<LatticeWalk> scalar;
  std::vector<std::int32_t> rays;
  for (int r = 0; r < kRays; ++r) {
    const glm::vec3 inside{uniform(random_, -2, 28), uniform(random_, 2, 32), uniform(random_, -1.9, 8)};
    const glm::vec3 direction = glm::normalize(glm::vec3(uniform(random_, -1, 1), uniform(random_, -1, 1), uniform(random_, -1, 0.3)));
    const Ray ray{inside - direction * (r % 3 == 0 ? 0.0F : 20.0F) + glm::vec3(r % 13 == 0 ? 90 : 0, 0, 0), direction};
    scalar.emplace_back(occupancy, ray, 0.31F, uniform(random_, 0, 0.99));
    scalar.back().enter(batch, r);
    if (scalar.back().hits_box()) rays.push_back(r);
  }
  ASSERT_LT(rays.size(), static_cast<std::size_t>(kRays));
  std::vector<std::int32_t> count(WalkBatch::kRays, 0);
  std::vector<float> t(static_cast<std::size_t>(WalkBatch::kRays) * kMost);
  for (int round = 0; round < 40; ++round)
    walk_rays(occupancy, rays.data(), static_cast<int>(rays.size()), 5, kMost, batch, count.data(), t.data());
  int samples = 0, strange = 0;
  for (const std::int32_t r : rays) {
    std::vector<float> expected;
    LatticeWalk& walk = scalar[static_cast<std::size_t>(r)];
    for (float at = walk.next(occupancy); at >= 0 && expected.size() < kMost; at = walk.next(occupancy)) expected.push_back(at);
    const float* found = t.data() + static_cast<std::ptrdiff_t>(r) * kMost;
    const float* end = found + count[static_cast<std::size_t>(r)];
    samples += static_cast<int>(expected.size());
    EXPECT_TRUE(std::is_sorted(found, end));
    for (const float at : expected) {
      const float* near = std::lower_bound(found, end, at - 3e-4F);
      strange += near == end || *near > at + 3e-4F ? 1 : 0;
    }
    strange += static_cast<int>(end - found) > static_cast<int>(expected.size())
                   ? static_cast<int>(end - found) - static_cast<int>(expected.size())
                   : 0;
  }
  EXPECT_GT(samples, 500);
  EXPECT_LE(strange, samples / 200);
}

// Pictures are rendered in packets that depend on what else is to be done: to the last bit they must not show it.
TEST_P(Kernels, WalkARayAloneAsInCompany) {
  Occupancy occupancy({{0, 0, 0}, {64, 64, 16}}, 0.5);
  for (int y = 0; y < occupancy.rows(); ++y) {
    for (int x = 0; x < occupancy.columns(); ++x) {
      const int roof = (x / 9 * 5 + y / 7 * 3) % 23;
      for (int z = 0; z < roof; ++z) occupancy.set(x, y, z, (x + y + z) % 3 != 0);
    }
  }
  occupancy.update_summaries();
  constexpr int kRays = 48, kMost = 64;
  WalkBatch together{};
  std::vector<std::int32_t> rays;
  for (int r = 0; r < kRays; ++r) {
    const glm::vec3 direction = glm::normalize(glm::vec3(uniform(random_, -1, 1), uniform(random_, -1, 1), uniform(random_, -0.7, 0.1)));
    const glm::vec3 inside{uniform(random_, 5, 59), uniform(random_, 5, 59), uniform(random_, 1, 15)};
    const LatticeWalk walk(occupancy, {inside - 3.0F * direction, direction}, 0.21F, 0.5F);
    walk.enter(together, r);
    if (walk.hits_box()) rays.push_back(r);
  }
  ASSERT_GT(rays.size(), 32U);
  WalkBatch alone = together;
  std::vector<std::int32_t> count(WalkBatch::kRays, 0), count_alone = count;
  std::vector<float> t(static_cast<std::size_t>(WalkBatch::kRays) * kMost), t_alone = t;
  for (int round = 0; round < 12; ++round) {
    walk_rays(occupancy, rays.data(), static_cast<int>(rays.size()), 4, kMost, together, count.data(), t.data());
    for (const std::int32_t ray : rays) walk_rays(occupancy, &ray, 1, 4, kMost, alone, count_alone.data(), t_alone.data());
    for (const std::int32_t ray : rays) {
      EXPECT_EQ(together.next_sample[ray], alone.next_sample[ray]) << ray;
      EXPECT_EQ(together.level[ray], alone.level[ray]) << ray;
    }
  }
  EXPECT_EQ(count, count_alone);
  EXPECT_EQ(t, t_alone);
}

TEST_P(Kernels, GiveTheOpacitiesOfTheReference) {
  FieldView view = make_view(testing::constant_field(testing::small_settings(), testing::small_box(), 0));
  constexpr int kCount = 45;
  std::vector<float> sums(2 * kCount), step(kCount), found(kCount);
  std::vector<std::int32_t> index(kCount);
  for (int i = 0; i < kCount; ++i) {
    index[static_cast<std::size_t>(i)] = 2 * i;
    sums[static_cast<std::size_t>(2 * i)] = uniform(random_, -12, 10);
    step[static_cast<std::size_t>(i)] = uniform(random_, 0.01, 3);
  }
  for (const DensityActivation activation : {DensityActivation::kExp, DensityActivation::kSoftplus, DensityActivation::kRelu}) {
    view.activation = activation;
    opacities(view, index.data(), kCount, sums.data(), step.data(), found.data());
    for (std::size_t i = 0; i < kCount; ++i) {
      const double sigma = static_cast<double>(view.density_scale) * activate_density(activation, static_cast<double>(sums[2 * i]));
      EXPECT_NEAR(found[i], interval_opacity(sigma, static_cast<double>(step[i])), 1e-6);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, Kernels, ::testing::ValuesIn(targets()),
                         [](const ::testing::TestParamInfo<std::int64_t>& tested) { return std::string(hwy::TargetName(tested.param)); });

}  // namespace
}  // namespace skyline::nerf
