// The kernels of the field on the samples that a picture of a real scene needs, one thread, beside what the machine can do at most:
//
//   skyline_kernel_benchmarks SCENE.sky [options of Google Benchmark]
//
// `scripts/bench kernels` runs it on the sample city. Bytes count what the samples touch, not what comes from memory: neighbouring samples
// share texels. Read bytes_per_second beside the copy of the same run, and flops beside the multiplication from registers.
#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/march.h"
#include "nerf/store/sky_file.h"
#include "nerf/train/gradients.h"
#include "nerf/train/optimiser.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>

namespace skyline::nerf {
namespace {

// Positions in the order in which a picture visits them.
struct Samples {
  std::vector<float> x, y, z;
  std::vector<std::uint8_t> levels;
  std::vector<std::int32_t> index;
  std::int64_t rays = 0;
  SampleSpan span() const { return {x.data(), y.data(), z.data(), levels.data()}; }
  int count() const { return static_cast<int>(x.size()); }
};

struct Bench {
  Field& field;
  FieldView view, half_view;
  HalfCopy half;
  Samples samples;
};

// Tiles of 16 x 8 pixels of the home view, as the renderer marches them; calls visit(chunk) for each.
template <class Visit>
void march_home(const Bench& bench, const Camera& camera, bool with_features, const Visit& visit) {
  constexpr int kWidth = 16, kHeight = RayChunk::kRays / kWidth;
  static RayChunk chunk;
  const RayGenerator generator(camera);
  chunk.with_features = with_features;
  for (int y0 = 0; y0 + kHeight <= camera.height; y0 += kHeight) {
    for (int x0 = 0; x0 + kWidth <= camera.width; x0 += kWidth) {
      chunk.count = RayChunk::kRays;
      for (int r = 0; r < chunk.count; ++r) {
        chunk.rays[r] = generator.ray(static_cast<float>(x0 + r % kWidth) + 0.5F, static_cast<float>(y0 + r / kWidth) + 0.5F);
        chunk.levels[r] = static_cast<std::uint8_t>(bench.view.levels);
        chunk.step[r] = static_cast<float>(bench.field.finest_texel * bench.field.settings.step_texels);
        chunk.jitter[r] = 0.5F;
      }
      march(bench.view, bench.field.occupancy, {}, chunk);
      visit(chunk);
    }
  }
}

Samples samples_of(const Bench& bench, const Camera& camera) {
  Samples samples;
  march_home(bench, camera, false, [&](const RayChunk& chunk) {
    samples.rays += chunk.count;
    for (int r = 0; r < chunk.count; ++r) {
      for (int j = 0; j < chunk.sample_count[r]; ++j) {
        const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
        samples.x.push_back(chunk.x[i]);
        samples.y.push_back(chunk.y[i]);
        samples.z.push_back(chunk.z[i]);
        samples.levels.push_back(chunk.sample_levels[i]);
      }
    }
  });
  samples.index.resize(samples.x.size());
  std::iota(samples.index.begin(), samples.index.end(), 0);
  return samples;
}

// Bytes of planes, lines and volume that one sample touches.
double texel_bytes(const FieldView& view, int channels, std::size_t stored) {
  return view.levels * (4.0 * static_cast<double>(stored) + 2.0 * sizeof(float)) * channels +
         8.0 * view.volume_channels * static_cast<double>(stored);
}

void set_rates(benchmark::State& state, double items, double bytes, double flops = 0) {
  const auto n = static_cast<double>(state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(n * items));
  if (bytes > 0) state.SetBytesProcessed(static_cast<std::int64_t>(n * bytes));
  if (flops > 0) state.counters["flops"] = benchmark::Counter(n * flops, benchmark::Counter::kIsRate);
}

void copy(benchmark::State& state) {
  constexpr std::size_t kBytes = std::size_t{256} << 20;
  std::vector<char> from(kBytes, 1), to(kBytes, 2);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), kBytes);
    benchmark::ClobberMemory();
  }
  set_rates(state, 1, 2.0 * kBytes);
}

// [128, 64] x [64, 64]: fits the first-level cache, so it shows how fast multiply-add can be.
void multiply(benchmark::State& state) {
  constexpr int kRows = 128, kSide = 64;
  std::vector<float> a(kRows * kSide, 0.5F), b(kSide * kSide, 0.25F), c(kRows * kSide);
  for (auto _ : state) {
    matrix_multiply(kRows, kSide, kSide, a.data(), kSide, 1, b.data(), kSide, c.data(), kSide, false);
    benchmark::DoNotOptimize(c.data());
  }
  set_rates(state, kRows, 0, 2.0 * kRows * kSide * kSide);
}

void walk(benchmark::State& state, const Bench& bench, const Camera& camera) {
  std::int64_t rays = 0;
  for (auto _ : state) {
    state.PauseTiming();
    static WalkBatch batch;
    static std::int32_t all[RayChunk::kRays], count[RayChunk::kRays];
    static std::vector<float> t(RayChunk::kCapacity);
    const RayGenerator generator(camera);
    int alive = 0;
    for (int r = 0; r < RayChunk::kRays; ++r) {
      const auto column = static_cast<float>(camera.width / 2 + r % 16), row = static_cast<float>(camera.height / 2 + r / 16);
      const LatticeWalk ray(bench.field.occupancy, generator.ray(column, row),
                            static_cast<float>(bench.field.finest_texel * bench.field.settings.step_texels), 0.5F);
      ray.enter(batch, r);
      count[r] = 0;
      if (ray.hits_box()) all[alive++] = r;
    }
    state.ResumeTiming();
    walk_rays(bench.field.occupancy, all, alive, 8, RayChunk::kMaxSamples, batch, count, t.data());
    rays += alive;
  }
  state.SetItemsProcessed(rays);
}

void density(benchmark::State& state, const Bench& bench, const FieldView& view, std::size_t stored) {
  std::vector<float> sums(bench.samples.x.size());
  for (auto _ : state) density_sums(view, bench.samples.span(), bench.samples.index.data(), bench.samples.count(), sums.data());
  const double volume = 8.0 * static_cast<double>(stored);
  set_rates(state, bench.samples.count(),
            bench.samples.count() * (view.levels * (4.0 * static_cast<double>(stored) + 8.0) * view.density_channels + volume));
}

void both(benchmark::State& state, const Bench& bench, const FieldView& view, std::size_t stored) {
  std::vector<float> sums(bench.samples.x.size()), features(bench.samples.x.size() * static_cast<std::size_t>(view.feature_count()));
  for (auto _ : state)
    density_and_features(view, bench.samples.span(), bench.samples.index.data(), bench.samples.count(), sums.data(), features.data());
  set_rates(state, bench.samples.count(), bench.samples.count() * texel_bytes(view, view.texel_channels(), stored));
}

void decode(benchmark::State& state, const Bench& bench) {
  DecoderBatch decoder(bench.field, RayChunk::kRays);
  std::fill_n(decoder.features(), RayChunk::kRays * decoder.feature_stride(), 0.1F);
  std::fill_n(decoder.background(), RayChunk::kRays * bench.field.decoder_features(), 0.0F);
  for (auto _ : state) decoder.forward(bench.field, RayChunk::kRays);
  const Decoder& d = bench.field.decoder;
  const double products = static_cast<double>(d.basis.inputs) * d.basis.outputs + static_cast<double>(d.layer0.inputs) * d.layer0.outputs +
                          static_cast<double>(d.layer1.inputs) * d.layer1.outputs + static_cast<double>(d.layer2.inputs) * d.layer2.outputs;
  set_rates(state, RayChunk::kRays, 0, 2.0 * RayChunk::kRays * products);
}

void scatter(benchmark::State& state, const Bench& bench) {
  FieldGradients gradients = *FieldGradients::create(bench.field);
  const Block& block = bench.field.blocks.front();
  GradientView target;
  target.blocks.resize(1);
  for (std::size_t l = 0; l < block.planes.size(); ++l) {
    const std::string level = std::to_string(l);
    target.blocks[0].planes[l] = gradients.find("block0.plane" + level)->gradient.data();
    target.blocks[0].plane_touched[l] = gradients.find("block0.plane" + level)->touched.data();
    target.blocks[0].lines[l] = gradients.find("block0.line" + level)->gradient.data();
  }
  target.blocks[0].volume = gradients.find("block0.volume")->gradient.data();
  target.blocks[0].volume_touched = gradients.find("block0.volume")->touched.data();
  std::vector<ScatterRecord> records;
  for (std::size_t i = 0; i < bench.samples.x.size(); ++i)
    records.push_back({bench.samples.x[i], bench.samples.y[i], bench.samples.z[i], 1e-3F, 1e-3F, 0, bench.samples.levels[i]});
  const std::vector<float> feature_gradient(static_cast<std::size_t>(bench.view.feature_count()), 1e-3F);
  for (auto _ : state) scatter_gradients(bench.view, records.data(), bench.samples.count(), feature_gradient.data(), target, 0);
  // Values are read, gradients read and written.
  set_rates(state, bench.samples.count(), 3 * bench.samples.count() * texel_bytes(bench.view, bench.view.texel_channels(), sizeof(float)));
}

void adam_step(benchmark::State& state, const Bench& bench) {
  constexpr std::int64_t kRows = 1 << 20;
  const int channels = bench.view.texel_channels();
  const std::size_t count = static_cast<std::size_t>(kRows) * static_cast<std::size_t>(channels);
  std::vector<float> value(count), gradient(count, 1e-3F);
  std::vector<std::uint16_t> moment1(count), moment2(count);
  std::vector<std::uint8_t> touched(kRows);
  const AdamStep step{.rate = 1e-3F, .beta1 = 0.9F, .beta2 = 0.99F, .epsilon = 1e-12F, .correction2 = 1.0F};
  for (auto _ : state) {
    std::memset(touched.data(), 1, touched.size());
    adam_touched(kRows, channels, step, touched.data(), value.data(), gradient.data(), moment1.data(), moment2.data());
  }
  set_rates(state, static_cast<double>(kRows), static_cast<double>(count) * (4 * sizeof(float) + 4 * sizeof(std::uint16_t)));
}

int run(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') {
    std::fputs("usage: skyline_kernel_benchmarks SCENE.sky [--benchmark_...]\n", stderr);
    return 2;
  }
  auto scene = load_scene(argv[1]);
  if (!scene) {
    std::fprintf(stderr, "%s\n", scene.error().message().c_str());
    return 1;
  }
  Bench bench{scene->field, make_view(scene->field), make_view(scene->field), {}, {}};
  bench.half = *HalfCopy::create(scene->field);
  bench.half.attach(bench.half_view);
  const Camera camera = scene->info.home.resized(320, 180);
  bench.samples = samples_of(bench, camera);
  std::printf("%d samples of %lld rays of the home view, %s\n", bench.samples.count(), static_cast<long long>(bench.samples.rays),
              simd_target().c_str());
  benchmark::RegisterBenchmark("machine: copy 256 MiB", copy);
  benchmark::RegisterBenchmark("machine: multiply-add in cache", multiply);
  benchmark::RegisterBenchmark("walk a ray to 8 samples", [&](benchmark::State& s) { walk(s, bench, camera); });
  benchmark::RegisterBenchmark("density, float", [&](benchmark::State& s) { density(s, bench, bench.view, sizeof(float)); });
  benchmark::RegisterBenchmark("density, half", [&](benchmark::State& s) { density(s, bench, bench.half_view, sizeof(std::uint16_t)); });
  benchmark::RegisterBenchmark("density and features, float", [&](benchmark::State& s) { both(s, bench, bench.view, sizeof(float)); });
  benchmark::RegisterBenchmark("density and features, half",
                               [&](benchmark::State& s) { both(s, bench, bench.half_view, sizeof(std::uint16_t)); });
  benchmark::RegisterBenchmark("decode a row", [&](benchmark::State& s) { decode(s, bench); });
  benchmark::RegisterBenchmark("scatter a sample's gradients", [&](benchmark::State& s) { scatter(s, bench); });
  benchmark::RegisterBenchmark("optimise a texel", [&](benchmark::State& s) { adam_step(s, bench); });
  int count = argc - 1;
  argv[1] = argv[0];
  benchmark::Initialize(&count, argv + 1);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace skyline::nerf

int main(int argc, char** argv) { return skyline::nerf::run(argc, argv); }
