#include "nerf/train/gradients.h"

#include "core/parallel.h"
#include "nerf/cpu/background.h"
#include "nerf/cpu/kernels.h"
#include "nerf/maths/field_maths.h"
#include "nerf/model/directions.h"
#include "nerf/train/colour_loss.h"
#include "nerf/train/nerf_pass.h"
#include "nerf/train/scatter_plan.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

namespace skyline::nerf {
namespace {

// The batch is cut into this many runs of chunks, whose sums are added in order whatever the thread count.
constexpr int kParts = 16;
// Shaded samples a ray at most when every sample is decoded; further ones keep their density gradient only.
constexpr int kShadedPerRay = 32;
// Samples below this weight neither give colour nor get a gradient; their share of a pixel is below 8-bit rounding even when summed over a
// ray.
constexpr float kShadeThreshold = 1e-4F;
// A cell counts as seen when this much light arrives at a sample in it.
constexpr float kSeenTransmittance = 0.01F;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Gradient sums of one part of the batch that are not spread over texels.
struct PartSums {
  DecoderGradient decoder;
  NerfGradient nerf;
  std::vector<float> codes, exposure, vignetting;
  std::vector<ScatterRecord> records;
  struct Background {
    BackgroundTap tap;
    std::size_t gradient;  // offset in background_gradients
  };
  std::vector<Background> backgrounds;
  std::vector<float> background_gradients;
  double loss = 0, squared_error = 0, nerf_squared_error = 0;
  std::int64_t density_samples = 0, shaded_samples = 0;
  double march_seconds = 0, decode_seconds = 0;

  explicit PartSums(const Field& field)
      : decoder(field), nerf(field), codes(field.codes.size()), exposure(field.exposure.size()), vignetting(field.vignetting.size()) {}

  void clear() {
    decoder.clear();
    nerf.clear();
    std::fill(codes.begin(), codes.end(), 0.0F);
    std::fill(exposure.begin(), exposure.end(), 0.0F);
    std::fill(vignetting.begin(), vignetting.end(), 0.0F);
    records.clear();
    backgrounds.clear();
    background_gradients.clear();
    loss = squared_error = nerf_squared_error = march_seconds = decode_seconds = 0;
    density_samples = shaded_samples = 0;
  }
};

// Scratch of one worker thread.
struct Worker {
  RayChunk chunk;
  DecoderBatch decoder;
  std::vector<std::int32_t> shaded;      // sample indices
  std::vector<std::int32_t> shaded_row;  // decoder row of each
  std::vector<float> features;           // [shaded, feature_count]
  std::vector<float> sample_gradient;    // d loss / d weight of each shaded sample
  std::vector<float> background;         // [rays, decoder_features]
  std::vector<BackgroundTap> taps;
  std::vector<std::int32_t> background_row;
  std::vector<float> colour_gradients;
  std::unique_ptr<NerfPass> nerf;  // only where the field has the branch

  Worker(const Field& field, bool per_sample)
      : decoder(field, per_sample ? RayChunk::kRays * (kShadedPerRay + 1) : RayChunk::kRays),
        background(static_cast<std::size_t>(RayChunk::kRays * field.decoder_features())),
        taps(RayChunk::kRays),
        background_row(RayChunk::kRays) {
    if (!field.nerf.empty()) nerf = std::make_unique<NerfPass>(field);
  }
};

}  // namespace

core::Result<FieldGradients> FieldGradients::create(Field& field) {
  FieldGradients result;
  for (const ParameterGroup& parameters : field.groups()) {
    Group group;
    group.parameters = parameters;
    const std::string& name = parameters.name;
    const bool plane = name.find(".plane") != std::string::npos, volume = name.find(".volume") != std::string::npos;
    if (plane) {
      group.kind = Group::Kind::kPlane;
    } else if (volume) {
      group.kind = Group::Kind::kVolume;
    } else if (name.find(".line") != std::string::npos) {
      group.kind = Group::Kind::kLine;
    } else if (name == "surroundings" || name == "sky") {
      group.kind = Group::Kind::kBackground;
    } else if (name == "codes" || name == "exposure" || name == "vignetting") {
      group.kind = Group::Kind::kCode;
    } else if (name.rfind("nerf.", 0) == 0) {
      group.kind = Group::Kind::kNerf;
    }
    auto gradient = core::Buffer<float>::create("train.gradients", parameters.values.size());
    if (!gradient) return gradient.error();
    group.gradient = std::move(*gradient);
    if (plane || volume || name == "surroundings") {
      auto touched =
          core::Buffer<std::uint8_t>::create("train.gradients", parameters.values.size() / static_cast<std::size_t>(parameters.channels));
      if (!touched) return touched.error();
      group.touched = std::move(*touched);
    }
    if (plane) {
      const auto block = static_cast<std::size_t>(std::stoi(name.substr(5)));
      const auto level = static_cast<std::size_t>(name.back() - '0');
      group.rows = field.blocks[block].planes[level].rows;
      group.columns = field.blocks[block].planes[level].columns;
    }
    result.groups.push_back(std::move(group));
  }
  return result;
}

FieldGradients::Group* FieldGradients::find(const std::string& name) {
  for (Group& group : groups) {
    if (group.parameters.name == name) return &group;
  }
  return nullptr;
}

void FieldGradients::clear() {
  for (Group& group : groups) {
    std::fill_n(group.gradient.data(), group.gradient.size(), 0.0F);
    std::fill_n(group.touched.data(), group.touched.size(), std::uint8_t{0});
  }
}

struct GradientEngine::State {
  Field& field;
  FieldGradients& gradients;
  TrainSettings settings;
  bool per_sample;
  FieldView view;
  DecoderTransposed transposed;
  NerfTransposed nerf_transposed;
  bool nerf_branch = false;  // trains in this batch
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<PartSums> parts;
  // [rays (x kShadedPerRay), feature_count], then [rays x NerfLayout::kSamplesPerRay, feature_count] of the NeRF branch
  std::vector<float> feature_gradients;
  std::vector<float> mean_code;
  std::vector<std::uint8_t> seen;
  ScatterPlan plan;

  State(Field& f, FieldGradients& g, const TrainSettings& s)
      : field(f), gradients(g), settings(s), per_sample(s.decode == "sample"), view(make_view(f)), parts(), plan(f, g) {
    for (int p = 0; p < kParts; ++p) parts.emplace_back(field);
    seen.assign(static_cast<std::size_t>(field.occupancy.columns()) * static_cast<std::size_t>(field.occupancy.rows()) *
                    static_cast<std::size_t>(field.occupancy.layers()),
                0);
  }

  Worker& worker() { return *workers[static_cast<std::size_t>(core::thread_index())]; }
  void run_chunk(std::span<const TrainingRay> rays, std::size_t first, std::size_t batch, double distortion, double entropy,
                 PartSums& sums);
  void shade(Worker& w, std::span<const TrainingRay> rays);
  void set_views(Worker& w, std::span<const TrainingRay> rays);
  void mark_seen(const RayChunk& chunk);
  void emit_samples(Worker& w, std::size_t first, int r, double distortion, double entropy, float normaliser, float background_gradient,
                    PartSums& sums);
};

GradientEngine::GradientEngine(Field& field, FieldGradients& gradients, const TrainSettings& settings)
    : state_(std::make_unique<State>(field, gradients, settings)) {}
GradientEngine::~GradientEngine() = default;
std::span<std::uint8_t> GradientEngine::seen_cells() { return state_->seen; }

// Chooses the samples that give colour, reads their features and says which decoder row each goes to.
void GradientEngine::State::shade(Worker& w, std::span<const TrainingRay> rays) {
  const RayChunk& chunk = w.chunk;
  w.shaded.clear();
  w.shaded_row.clear();
  int row = 0;
  for (int r = 0; r < chunk.count; ++r) {
    int of_ray = 0;
    for (int j = 0; j < chunk.sample_count[r]; ++j) {
      const int i = r * RayChunk::kMaxSamples + j;
      if (chunk.weight[static_cast<std::size_t>(i)] <= kShadeThreshold) continue;
      if (per_sample && of_ray == kShadedPerRay) break;
      w.shaded.push_back(i);
      w.shaded_row.push_back(per_sample ? row++ : r);
      ++of_ray;
    }
  }
  const auto features = static_cast<std::size_t>(view.feature_count());
  w.features.resize(w.shaded.size() * features);
  for (std::size_t i = 0; i < w.shaded.size(); ++i)
    std::copy_n(chunk.features_of(static_cast<std::size_t>(w.shaded[i]), features), features, w.features.data() + i * features);
  for (int r = 0; r < chunk.count; ++r) {
    w.background_row[static_cast<std::size_t>(r)] = -1;
    if (chunk.transmittance[r] <= kShadeThreshold) continue;
    w.taps[static_cast<std::size_t>(r)] = background_tap(field, rays[static_cast<std::size_t>(r)].ray);
    background_features(field, w.taps[static_cast<std::size_t>(r)],
                        w.background.data() + static_cast<std::ptrdiff_t>(r) * field.decoder_features());
    w.background_row[static_cast<std::size_t>(r)] = per_sample ? row++ : r;
  }
}

// Fills the decoder's input rows; returns nothing, the number of rows follows from shaded_row and background_row.
void GradientEngine::State::set_views(Worker& w, std::span<const TrainingRay> rays) {
  const int features = view.feature_count(), stride = w.decoder.feature_stride(), inner = field.decoder_features();
  float direction[3 + 6 * 6];
  const auto set = [&](int row, int r) {
    const TrainingRay& ray = rays[static_cast<std::size_t>(r)];
    encode_view(field, ray.ray.direction, ray.direction_scale, direction);
    w.decoder.set_view(row, direction, code_of(field, ray, mean_code));
  };
  const auto clear_row = [&](int row) {
    std::fill_n(w.decoder.features() + static_cast<std::ptrdiff_t>(row) * stride, stride, 0.0F);
    std::fill_n(w.decoder.background() + static_cast<std::ptrdiff_t>(row) * inner, inner, 0.0F);
  };
  if (!per_sample) {
    for (int r = 0; r < w.chunk.count; ++r) {
      clear_row(r);
      set(r, r);
    }
  }
  for (std::size_t i = 0; i < w.shaded.size(); ++i) {
    const int row = w.shaded_row[i];
    const float* source = w.features.data() + static_cast<std::ptrdiff_t>(i) * features;
    float* target = w.decoder.features() + static_cast<std::ptrdiff_t>(row) * stride;
    if (per_sample) {
      clear_row(row);
      set(row, w.shaded[i] / RayChunk::kMaxSamples);
      std::copy_n(source, features, target);
    } else {
      add_scaled(features, w.chunk.weight[static_cast<std::size_t>(w.shaded[i])], source, target);
    }
  }
  for (int r = 0; r < w.chunk.count; ++r) {
    const int row = w.background_row[static_cast<std::size_t>(r)];
    if (row < 0) continue;
    if (per_sample) {
      clear_row(row);
      set(row, r);
    }
    const float share = per_sample ? 1.0F : w.chunk.transmittance[r];
    const float* source = w.background.data() + static_cast<std::ptrdiff_t>(r) * inner;
    float* target = w.decoder.background() + static_cast<std::ptrdiff_t>(row) * inner;
    for (int c = 0; c < inner; ++c) target[c] = share * source[c];
  }
}

void GradientEngine::State::mark_seen(const RayChunk& chunk) {
  const Occupancy& o = field.occupancy;
  const auto scale = static_cast<float>(1.0 / o.cell());
  const glm::vec3 low = o.box().low;
  for (int r = 0; r < chunk.count; ++r) {
    for (int j = 0; j < chunk.sample_count[r]; ++j) {
      const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
      if (chunk.before[i] < kSeenTransmittance) break;
      const int x = std::clamp(static_cast<int>((chunk.x[i] - low.x) * scale), 0, o.columns() - 1);
      const int y = std::clamp(static_cast<int>((chunk.y[i] - low.y) * scale), 0, o.rows() - 1);
      const int z = std::clamp(static_cast<int>((chunk.z[i] - low.z) * scale), 0, o.layers() - 1);
      // Several threads may store the same 1: a relaxed atomic store costs nothing and keeps that defined.
      std::atomic_ref<std::uint8_t>(seen[cell_index(o, x, y, z)]).store(1, std::memory_order_relaxed);
    }
  }
}

// Backward through compositing of ray r (Max 1995): with g_i the loss' gradient by colour dotted with the sample's colour,
// d loss / d sigma_i = step (T_{i+1} g_i - sum_{j>i} w_j g_j - T_end g_background).
void GradientEngine::State::emit_samples(Worker& w, std::size_t first, int r, double distortion, double entropy, float normaliser,
                                         float background_gradient, PartSums& sums) {
  RayChunk& chunk = w.chunk;
  const int count = chunk.sample_count[r];
  const float step = chunk.step[r];
  const auto base = static_cast<std::size_t>(r) * RayChunk::kMaxSamples;
  // d loss / d weight of each sample, 0 for unshaded ones; the per-ray terms are added to it here.
  float* by_weight = w.sample_gradient.data() + base;

  if (distortion > 0) {  // mip-NeRF 360, eq. 15, on distances in units of 64 texels
    const double unit = 64.0 * field.finest_texel;
    double total = 0, moment = 0;
    for (int j = 0; j < count; ++j) {
      const double weight = chunk.weight[base + static_cast<std::size_t>(j)], t = chunk.t[base + static_cast<std::size_t>(j)] / unit;
      total += weight;
      moment += weight * t;
    }
    double before = 0, before_moment = 0, term = 0;
    for (int j = 0; j < count; ++j) {
      const auto i = base + static_cast<std::size_t>(j);
      const double weight = chunk.weight[i], t = chunk.t[i] / unit;
      const double after = total - before - weight, after_moment = moment - before_moment - weight * t;
      const double spread = (t * before - before_moment) + (after_moment - t * after);
      term += weight * spread + weight * weight * step / (3.0 * unit);
      by_weight[j] += static_cast<float>(distortion * (2 * spread + 2 * weight * step / (3.0 * unit))) * normaliser;
      before += weight;
      before_moment += weight * t;
    }
    sums.loss += distortion * term * static_cast<double>(normaliser);
  }
  if (entropy > 0) {  // entropy of the weights along the ray (InfoNeRF, eq. 5)
    double term = 0;
    for (int j = 0; j < count; ++j) {
      const double weight = std::max(1e-6F, chunk.weight[base + static_cast<std::size_t>(j)]);
      term -= weight * std::log(weight);
      by_weight[j] -= static_cast<float>(entropy * (std::log(weight) + 1)) * normaliser;
    }
    sums.loss += entropy * term * static_cast<double>(normaliser);
  }

  float behind = chunk.transmittance[r] * background_gradient;
  for (int j = count - 1; j >= 0; --j) {
    const auto i = base + static_cast<std::size_t>(j);
    const bool shaded = chunk.weight[i] > kShadeThreshold;
    const bool fixed = chunk.opaque_last[r] && j == count - 1;
    const float after = chunk.before[i] - chunk.weight[i];
    float density_gradient = 0;
    if (shaded && !fixed) {
      density_gradient =
          step * (after * by_weight[j] - behind) * view.density_scale * activate_density_gradient(view.activation, chunk.s[i]);
    }
    behind += chunk.weight[i] * by_weight[j];
    if (!shaded) continue;
    ScatterRecord record;
    record.x = chunk.x[i];
    record.y = chunk.y[i];
    record.z = chunk.z[i];
    record.density_gradient = density_gradient;
    record.scale = per_sample ? 1.0F : chunk.weight[i];
    record.row = per_sample ? -1 : static_cast<std::int32_t>(first + static_cast<std::size_t>(r));
    record.levels = chunk.levels[r];
    sums.records.push_back(record);
  }
}

void GradientEngine::State::run_chunk(std::span<const TrainingRay> rays, std::size_t first, std::size_t batch, double distortion,
                                      double entropy, PartSums& sums) {
  Worker& w = worker();
  RayChunk& chunk = w.chunk;
  const Clock::time_point start = Clock::now();
  chunk.count = static_cast<int>(rays.size());
  for (std::size_t r = 0; r < rays.size(); ++r) {
    chunk.rays[r] = rays[r].ray;
    chunk.levels[r] = rays[r].levels;
    chunk.step[r] = rays[r].step;
    chunk.jitter[r] = rays[r].jitter;
  }
  march(view, field.occupancy, MarchSettings{}, chunk);
  mark_seen(chunk);
  shade(w, rays);
  const Clock::time_point middle = Clock::now();
  sums.march_seconds += std::chrono::duration<double>(middle - start).count();
  sums.density_samples += chunk.density_samples;
  sums.shaded_samples += static_cast<std::int64_t>(w.shaded.size());

  // Forward.
  set_views(w, rays);
  int rows = per_sample ? static_cast<int>(w.shaded.size()) : chunk.count;
  if (per_sample) {
    for (int r = 0; r < chunk.count; ++r) rows += w.background_row[static_cast<std::size_t>(r)] >= 0 ? 1 : 0;
  }
  w.decoder.forward(field, rows);
  const float* colours = w.decoder.colours();

  // Loss of each ray, and its gradient by the field's colour (before exposure and vignetting).
  const float normaliser = 1.0F / (3.0F * static_cast<float>(batch));
  float ray_colour[RayChunk::kRays][3] = {};
  if (per_sample) {
    for (std::size_t i = 0; i < w.shaded.size(); ++i) {
      const int r = w.shaded[i] / RayChunk::kMaxSamples;
      for (int c = 0; c < 3; ++c)
        ray_colour[r][c] += chunk.weight[static_cast<std::size_t>(w.shaded[i])] * colours[w.shaded_row[i] * 3 + c];
    }
    for (int r = 0; r < chunk.count; ++r) {
      const int row = w.background_row[static_cast<std::size_t>(r)];
      for (int c = 0; c < 3 && row >= 0; ++c) ray_colour[r][c] += chunk.transmittance[r] * colours[row * 3 + c];
    }
  } else {
    for (int r = 0; r < chunk.count; ++r) std::copy_n(colours + r * 3, 3, ray_colour[r]);
  }
  float colour_gradient[RayChunk::kRays][3];
  add_colour_loss(field, settings, batch, rays, ray_colour, colour_gradient,
                  {sums.loss, sums.squared_error, sums.exposure, sums.vignetting});

  // Backward through the decoder.
  w.colour_gradients.resize(static_cast<std::size_t>(rows) * 3);
  if (per_sample) {
    for (std::size_t i = 0; i < w.shaded.size(); ++i) {
      const int r = w.shaded[i] / RayChunk::kMaxSamples;
      for (int c = 0; c < 3; ++c) {
        w.colour_gradients[static_cast<std::size_t>(w.shaded_row[i] * 3 + c)] =
            chunk.weight[static_cast<std::size_t>(w.shaded[i])] * colour_gradient[r][c];
      }
    }
    for (int r = 0; r < chunk.count; ++r) {
      const int row = w.background_row[static_cast<std::size_t>(r)];
      for (int c = 0; c < 3 && row >= 0; ++c)
        w.colour_gradients[static_cast<std::size_t>(row * 3 + c)] = chunk.transmittance[r] * colour_gradient[r][c];
    }
  } else {
    for (int r = 0; r < chunk.count; ++r) std::copy_n(colour_gradient[r], 3, w.colour_gradients.data() + r * 3);
  }
  w.decoder.backward(field, transposed, rows, w.colour_gradients.data(), &sums.decoder);

  // Down to the samples: gradient by each weight, feature gradients, background.
  const int features = view.feature_count(), stride = w.decoder.feature_stride(), inner = field.decoder_features();
  w.sample_gradient.resize(RayChunk::kCapacity);
  for (int r = 0; r < chunk.count; ++r) {
    std::fill_n(w.sample_gradient.data() + static_cast<std::ptrdiff_t>(r) * RayChunk::kMaxSamples, chunk.sample_count[r], 0.0F);
  }
  for (std::size_t i = 0; i < w.shaded.size(); ++i) {
    const int row = w.shaded_row[i], r = w.shaded[i] / RayChunk::kMaxSamples;
    float g = 0;
    if (per_sample) {
      for (int c = 0; c < 3; ++c) g += colour_gradient[r][c] * colours[row * 3 + c];
    } else {
      g = dot(features, w.decoder.feature_gradients() + static_cast<std::ptrdiff_t>(row) * stride,
              w.features.data() + static_cast<std::ptrdiff_t>(i) * features);
    }
    w.sample_gradient[static_cast<std::size_t>(w.shaded[i])] = g;
  }
  if (!per_sample) {
    for (int r = 0; r < chunk.count; ++r) {
      std::copy_n(w.decoder.feature_gradients() + static_cast<std::ptrdiff_t>(r) * stride, features,
                  feature_gradients.data() + (static_cast<std::ptrdiff_t>(first) + r) * features);
    }
  }
  std::size_t next_shaded = 0;
  for (int r = 0; r < chunk.count; ++r) {
    const TrainingRay& ray = rays[static_cast<std::size_t>(r)];
    float background_gradient = 0;
    const int background_row = w.background_row[static_cast<std::size_t>(r)];
    if (background_row >= 0) {
      const float* by_background = w.decoder.background_gradients(background_row);
      const float* value = w.background.data() + static_cast<std::ptrdiff_t>(r) * inner;
      const float share = per_sample ? 1.0F : chunk.transmittance[r];
      if (per_sample) {
        for (int c = 0; c < 3; ++c) background_gradient += colour_gradient[r][c] * colours[background_row * 3 + c];
      } else {
        for (int c = 0; c < inner; ++c) background_gradient += by_background[c] * value[c];
      }
      sums.backgrounds.push_back({w.taps[static_cast<std::size_t>(r)], sums.background_gradients.size()});
      for (int c = 0; c < inner; ++c) sums.background_gradients.push_back(share * by_background[c]);
    }
    emit_samples(w, first, r, distortion, entropy, 3.0F * normaliser, background_gradient, sums);
    if (per_sample) {  // records come last sample first; rows of this ray's shaded samples are consecutive
      std::size_t of_ray = 0;
      while (next_shaded + of_ray < w.shaded.size() && w.shaded[next_shaded + of_ray] / RayChunk::kMaxSamples == r) ++of_ray;
      for (std::size_t k = 0; k < of_ray; ++k) {
        const std::size_t target_row = (first + static_cast<std::size_t>(r)) * kShadedPerRay + k;
        std::copy_n(w.decoder.feature_gradients() + static_cast<std::ptrdiff_t>(w.shaded_row[next_shaded + k]) * stride, features,
                    feature_gradients.data() + static_cast<std::ptrdiff_t>(target_row) * features);
        sums.records[sums.records.size() - 1 - k].row = static_cast<std::int32_t>(target_row);
      }
      next_shaded += of_ray;
    }
    if (field.use_codes && !ray.mean_code) {
      float* code = sums.codes.data() + static_cast<std::ptrdiff_t>(ray.photo) * field.settings.code_size;
      const auto add_code = [&](int row) {
        const float* g = w.decoder.code_gradient(row);
        for (int c = 0; c < field.settings.code_size; ++c) code[c] += g[c];
      };
      if (!per_sample) add_code(r);
      if (per_sample && background_row >= 0) add_code(background_row);
    }
  }
  if (per_sample && field.use_codes) {
    for (std::size_t i = 0; i < w.shaded.size(); ++i) {
      const TrainingRay& ray = rays[static_cast<std::size_t>(w.shaded[i] / RayChunk::kMaxSamples)];
      if (ray.mean_code) continue;
      float* code = sums.codes.data() + static_cast<std::ptrdiff_t>(ray.photo) * field.settings.code_size;
      const float* g = w.decoder.code_gradient(w.shaded_row[i]);
      for (int c = 0; c < field.settings.code_size; ++c) code[c] += g[c];
    }
  }
  if (nerf_branch) {
    NerfPassSums nerf_sums{sums.nerf,
                           sums.codes,
                           {sums.loss, sums.nerf_squared_error, sums.exposure, sums.vignetting},
                           sums.records,
                           feature_gradients.data(),
                           batch * static_cast<std::size_t>(per_sample ? kShadedPerRay : 1) + first * NerfLayout::kSamplesPerRay};
    w.nerf->run(field, settings, nerf_transposed, {chunk, rays, w.shaded, w.features, mean_code, batch}, nerf_sums);
  }
  sums.decode_seconds += seconds_since(middle);
}

BatchLoss GradientEngine::accumulate(std::span<const TrainingRay> rays, double distortion, double entropy, bool nerf_branch) {
  State& s = *state_;
  Field& field = s.field;
  while (static_cast<int>(s.workers.size()) < core::thread_count()) s.workers.push_back(std::make_unique<Worker>(field, s.per_sample));
  s.transposed.update(field);
  s.nerf_branch = nerf_branch && !field.nerf.empty();
  if (s.nerf_branch) s.nerf_transposed.update(field);
  const int rows_a_ray = (s.per_sample ? kShadedPerRay : 1) + (s.nerf_branch ? NerfLayout::kSamplesPerRay : 0);
  s.feature_gradients.resize(rays.size() * static_cast<std::size_t>(rows_a_ray) * static_cast<std::size_t>(s.view.feature_count()));
  if (field.use_codes) {
    const auto size = static_cast<std::size_t>(field.settings.code_size);
    const std::size_t photos = field.codes.size() / size;
    s.mean_code.assign(size, 0.0F);
    for (std::size_t p = 0; p < photos; ++p) {
      for (std::size_t c = 0; c < size; ++c) s.mean_code[c] += field.codes[p * size + c] / static_cast<float>(photos);
    }
  }

  // Phase one: chunks of rays.
  Clock::time_point start = Clock::now();
  const std::size_t chunks = (rays.size() + RayChunk::kRays - 1) / RayChunk::kRays;
  core::parallel_for(kParts, [&](std::int64_t p) {
    PartSums& sums = s.parts[static_cast<std::size_t>(p)];
    sums.clear();
    const std::size_t begin = chunks * static_cast<std::size_t>(p) / kParts, end = chunks * static_cast<std::size_t>(p + 1) / kParts;
    for (std::size_t c = begin; c < end; ++c) {
      const std::size_t first = c * RayChunk::kRays, count = std::min<std::size_t>(RayChunk::kRays, rays.size() - first);
      s.run_chunk(rays.subspan(first, count), first, rays.size(), distortion, entropy, sums);
    }
  });
  const double first_phase = seconds_since(start);

  // Phase two: scatter to the texels, then add up what the parts hold.
  start = Clock::now();
  std::vector<std::span<const ScatterRecord>> records;
  for (const PartSums& part : s.parts) records.emplace_back(part.records);
  s.plan.scatter(s.view, records, s.feature_gradients.data());

  BatchLoss result;
  double march = 0, decode = 0;
  const auto add_dense = [&](const char* name, const std::vector<float>& values) {
    if (values.empty()) return;
    float* target = s.gradients.find(name)->gradient.data();
    for (std::size_t i = 0; i < values.size(); ++i) target[i] += values[i];
  };
  for (PartSums& part : s.parts) {
    result.loss += part.loss;
    result.squared_error += part.squared_error;
    result.nerf_squared_error += part.nerf_squared_error;
    result.density_samples += part.density_samples;
    result.shaded_samples += part.shaded_samples;
    march += part.march_seconds;
    decode += part.decode_seconds;
    static constexpr const char* kDecoderNames[] = {"decoder.basis.weights",  "decoder.layer0.weights", "decoder.layer0.bias",
                                                    "decoder.layer1.weights", "decoder.layer1.bias",    "decoder.layer2.weights",
                                                    "decoder.layer2.bias"};
    const auto spans = part.decoder.spans();
    for (std::size_t k = 0; k < spans.size(); ++k) {
      float* target = s.gradients.find(kDecoderNames[k])->gradient.data();
      for (std::size_t i = 0; i < spans[k].size(); ++i) target[i] += spans[k][i];
    }
    add_dense("codes", part.codes);
    add_dense("exposure", part.exposure);
    add_dense("vignetting", part.vignetting);
    for (std::size_t l = 0; s.nerf_branch && l < part.nerf.layers.size(); ++l) {
      const std::string name = "nerf.layer" + std::to_string(l);
      add_dense((name + ".weights").c_str(), part.nerf.layers[l].weights);
      add_dense((name + ".bias").c_str(), part.nerf.layers[l].bias);
    }
    FieldGradients::Group* ground = s.gradients.find("surroundings");
    FieldGradients::Group* sky = s.gradients.find("sky");
    for (const PartSums::Background& b : part.backgrounds) {
      scatter_background(field, b.tap, part.background_gradients.data() + b.gradient, ground != nullptr ? ground->gradient.data() : nullptr,
                         ground != nullptr ? ground->touched.data() : nullptr, sky != nullptr ? sky->gradient.data() : nullptr);
    }
  }
  result.scatter_seconds = seconds_since(start);
  result.march_seconds = first_phase * march / std::max(1e-12, march + decode);
  result.decode_seconds = first_phase - result.march_seconds;
  return result;
}

}  // namespace skyline::nerf
