#include "core/parallel.h"
#include "nerf/backend.h"
#include "nerf/backend_check.h"
#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/kernels.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <numeric>

namespace skyline::nerf {
namespace {

constexpr std::int64_t kPointsPerTask = 4096;
constexpr int kRowsPerTask = 512;

// Nanoseconds of one item on one core (AVX-512, three levels of 8 + 24 channels, tables in cache; test_nerf_field --gtest_filter=
// BackendCost.*). Enough to order back ends, not to forecast.
constexpr double kDensityNs = 60, kFeaturesNs = 90, kDecodeNs = 600;
// Density samples and shaded samples of a usual city ray.
constexpr double kSamplesPerRay = 40, kShadedPerRay = 8;

// Points of one task as structure of arrays, all with every level.
struct Points {
  std::vector<float> x, y, z;
  std::vector<std::uint8_t> levels;
  std::vector<std::int32_t> index;

  Points(const float* positions, std::size_t count, int level_count)
      : x(count), y(count), z(count), levels(count, static_cast<std::uint8_t>(level_count)), index(count) {
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = positions[i * 3];
      y[i] = positions[i * 3 + 1];
      z[i] = positions[i * 3 + 2];
    }
    std::iota(index.begin(), index.end(), 0);
  }
  SampleSpan span() const { return {x.data(), y.data(), z.data(), levels.data()}; }
};

std::vector<float> mean_code(const Field& field) {
  const auto size = static_cast<std::size_t>(field.code_size());
  std::vector<float> mean(size, 0.0F);
  for (std::size_t i = 0; i < field.codes.size() && size > 0; ++i)
    mean[i % size] += field.codes[i] * static_cast<float>(size) / static_cast<float>(field.codes.size());
  return mean;
}

core::Status run_operation(const DensityOperation& o) {
  const FieldView view = make_view(*o.field);
  core::parallel_for_ranges(static_cast<std::int64_t>(o.density.size()), kPointsPerTask, [&](std::int64_t begin, std::int64_t end) {
    const auto count = static_cast<std::size_t>(end - begin);
    const Points points(o.positions.data() + begin * 3, count, view.levels);
    float* out = o.density.data() + begin;
    density_sums(view, points.span(), points.index.data(), static_cast<int>(count), out);
    for (std::size_t i = 0; i < count; ++i) out[i] = view.density_scale * activate_density(view.activation, out[i]);
  });
  return {};
}

core::Status run_operation(const FeaturesOperation& o) {
  const FieldView view = make_view(*o.field);
  core::parallel_for_ranges(static_cast<std::int64_t>(o.positions.size() / 3), kPointsPerTask, [&](std::int64_t begin, std::int64_t end) {
    const auto count = static_cast<std::size_t>(end - begin);
    const Points points(o.positions.data() + begin * 3, count, view.levels);
    appearance_features(view, points.span(), points.index.data(), static_cast<int>(count),
                        o.features.data() + begin * view.feature_count());
  });
  return {};
}

core::Status run_operation(const DecodeOperation& o) {
  const Field& field = *o.field;
  const std::vector<float> mean = mean_code(field);
  const float* code = o.code.empty() ? mean.data() : o.code.data();
  const int features = field.feature_count();
  core::parallel_for_ranges(static_cast<std::int64_t>(o.colours.size() / 3), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
    const int rows = static_cast<int>(end - begin);
    DecoderBatch batch(field, rows);
    std::vector<float> encoded(static_cast<std::size_t>(field.direction_size()));
    for (int r = 0; r < rows; ++r) {
      const std::ptrdiff_t i = begin + r;
      std::copy_n(o.features.data() + i * features, features, batch.features() + static_cast<std::ptrdiff_t>(r) * batch.feature_stride());
      const float* d = o.directions.data() + i * 3;
      encode_view(field, {d[0], d[1], d[2]}, 1, encoded.data());
      batch.set_view(r, encoded.data(), field.use_codes ? code : nullptr);
    }
    batch.forward(field, rows);
    std::copy_n(batch.colours(), static_cast<std::size_t>(rows) * 3, o.colours.data() + begin * 3);
  });
  return {};
}

struct CpuSession : RenderSession {
  explicit CpuSession(Renderer r) : renderer(std::move(r)) {}
  Renderer renderer;
};

core::Status run_operation(const RenderOperation& o) {
  std::unique_ptr<RenderSession> of_this_picture;
  std::unique_ptr<RenderSession>& session = o.session != nullptr ? *o.session : of_this_picture;
  auto* own = dynamic_cast<CpuSession*>(session.get());
  if (own == nullptr) {
    core::Result<Renderer> renderer = Renderer::create(*o.field, o.settings);
    if (!renderer) return renderer.error();
    session = std::make_unique<CpuSession>(std::move(*renderer));
    own = static_cast<CpuSession*>(session.get());
  }
  return own->renderer.render(o.request, *o.picture, *o.stats, *o.progress);
}

double nanoseconds(const DensityOperation& o) { return static_cast<double>(o.density.size()) * kDensityNs; }
double nanoseconds(const FeaturesOperation& o) { return static_cast<double>(o.positions.size()) / 3 * kFeaturesNs; }
double nanoseconds(const DecodeOperation& o) { return static_cast<double>(o.colours.size()) / 3 * kDecodeNs; }
double nanoseconds(const RenderOperation& o) {
  const double rays = static_cast<double>(o.request.camera.width) * o.request.camera.height;
  const double decoded = o.settings.decode == "sample" ? kShadedPerRay : 1;
  return rays * (kSamplesPerRay * kDensityNs + kShadedPerRay * kFeaturesNs + decoded * kDecodeNs);
}

class CpuBackend : public Backend {
 public:
  std::string_view name() const override { return "cpu"; }
  std::string description() const override {
    return "all cores, " + std::to_string(core::thread_count()) + " threads with " + simd_target() + " kernels";
  }
  bool supports(const Operation&) const override { return true; }
  double cost(const Operation& operation) const override {
    return std::visit([](const auto& o) { return nanoseconds(o); }, operation) * 1e-6 / core::thread_count();
  }
  core::Status run(const Operation& operation) override {
    if (auto checked = check_operation(operation); !checked) return checked;
    return std::visit([](const auto& o) { return run_operation(o); }, operation);
  }
};

}  // namespace

std::unique_ptr<Backend> make_cpu_backend() { return std::make_unique<CpuBackend>(); }

}  // namespace skyline::nerf
