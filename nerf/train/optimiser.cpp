#include "nerf/train/optimiser.h"

#include "core/parallel.h"
#include "nerf/cpu/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr double kBeta1 = 0.9, kBeta2 = 0.99;  // GridNeRF, dossier section 1.9
constexpr std::int64_t kRowsPerTask = 16384;

void add_l1(std::int64_t rows, int channels, int density_channels, const std::uint8_t* touched, const float* value, float weight,
            float* gradient) {
  for (std::int64_t row = 0; row < rows; ++row) {
    if (touched[row] == 0) continue;
    for (int c = 0; c < density_channels; ++c) {
      const float v = value[row * channels + c];
      gradient[row * channels + c] += v > 0 ? weight : (v < 0 ? -weight : 0.0F);
    }
  }
}

}  // namespace

core::Result<Optimiser> Optimiser::create(const FieldGradients& gradients) {
  Optimiser result;
  for (const FieldGradients::Group& group : gradients.groups) {
    std::array<Moments, 2> moments;
    for (Moments& m : moments) {
      if (group.touched.empty()) {
        auto buffer = core::Buffer<float>::create("train.moments", group.gradient.size());
        if (!buffer) return buffer.error();
        m.full = std::move(*buffer);
      } else {
        auto buffer = core::Buffer<std::uint16_t>::create("train.moments", group.gradient.size());
        if (!buffer) return buffer.error();
        m.half = std::move(*buffer);
      }
    }
    result.moments_.push_back(std::move(moments));
  }
  return result;
}

std::vector<float> Optimiser::moments(std::size_t i, int which) const {
  const Moments& m = moments_[i][static_cast<std::size_t>(which)];
  if (m.half.empty()) return {m.full.span().begin(), m.full.span().end()};
  std::vector<float> values(m.half.size());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = std::bit_cast<float>(static_cast<std::uint32_t>(m.half[k]) << 16);
  return values;
}

void Optimiser::set_moments(std::size_t i, int which, std::span<const float> values) {
  Moments& m = moments_[i][static_cast<std::size_t>(which)];
  if (m.half.empty()) {
    std::copy(values.begin(), values.end(), m.full.data());
    return;
  }
  for (std::size_t k = 0; k < values.size(); ++k) m.half[k] = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(values[k]) >> 16);
}

void Optimiser::step(FieldGradients& gradients, const Rates& rates) {
  ++steps_;
  AdamStep step{};
  step.beta1 = static_cast<float>(kBeta1);
  step.beta2 = static_cast<float>(kBeta2);
  step.epsilon = 1e-12F;  // gradients of single texels are as small as 1e-8
  step.correction2 = static_cast<float>(1.0 / (1.0 - std::pow(kBeta2, static_cast<double>(steps_))));
  const double correction1 = 1.0 / (1.0 - std::pow(kBeta1, static_cast<double>(steps_)));

  for (std::size_t g = 0; g < gradients.groups.size(); ++g) {
    FieldGradients::Group& group = gradients.groups[g];
    using Kind = FieldGradients::Group::Kind;
    double rate = rates.decoder;
    if (group.kind == Kind::kPlane || group.kind == Kind::kVolume || group.kind == Kind::kBackground) rate = rates.planes;
    if (group.kind == Kind::kLine) rate = rates.lines;
    if (group.kind == Kind::kCode) rate = rates.codes;
    if (group.kind == Kind::kNerf) rate = rates.nerf;
    step.rate = static_cast<float>(rate * correction1);
    float* value = group.parameters.values.data();
    float* gradient = group.gradient.data();
    if (group.touched.empty()) {
      if (group.kind == Kind::kCode && rates.decay_codes > 0) {
        for (std::size_t i = 0; i < group.gradient.size(); ++i) gradient[i] += static_cast<float>(rates.decay_codes) * value[i];
      }
      adam(static_cast<std::int64_t>(group.gradient.size()), step, value, gradient, moments_[g][0].full.data(), moments_[g][1].full.data());
      continue;
    }
    const int channels = group.parameters.channels;
    const auto rows = static_cast<std::int64_t>(group.touched.size());
    if (group.kind == Kind::kPlane && (rates.total_variation > 0 || rates.l1_density > 0)) {
      core::parallel_for_ranges(group.rows, 32, [&](std::int64_t begin, std::int64_t end) {
        if (rates.total_variation > 0) {
          add_total_variation(group.rows, group.columns, channels, static_cast<int>(begin), static_cast<int>(end), group.touched.data(),
                              value, static_cast<float>(rates.total_variation), gradient);
        }
        if (rates.l1_density > 0) {
          const std::ptrdiff_t at = begin * group.columns;
          add_l1((end - begin) * group.columns, channels, rates.density_channels, group.touched.data() + at, value + at * channels,
                 static_cast<float>(rates.l1_density), gradient + at * channels);
        }
      });
    }
    core::parallel_for_ranges(rows, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      const std::ptrdiff_t at = begin * channels;
      adam_touched(end - begin, channels, step, group.touched.data() + begin, value + at, gradient + at, moments_[g][0].half.data() + at,
                   moments_[g][1].half.data() + at);
    });
  }
}

}  // namespace skyline::nerf
