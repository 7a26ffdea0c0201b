#include "nerf/train/optimiser.h"

#include "core/parallel.h"
#include "nerf/cpu/kernels.h"

#include <algorithm>
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
    for (auto* moments : {&result.moments1_, &result.moments2_}) {
      auto buffer = core::Buffer<float>::create("train.moments", group.gradient.size());
      if (!buffer) return buffer.error();
      moments->push_back(std::move(*buffer));
    }
  }
  return result;
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
      adam(static_cast<std::int64_t>(group.gradient.size()), step, value, gradient, moments1_[g].data(), moments2_[g].data());
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
      adam_touched(end - begin, channels, step, group.touched.data() + begin, value + at, gradient + at, moments1_[g].data() + at,
                   moments2_[g].data() + at);
    });
  }
}

}  // namespace skyline::nerf
