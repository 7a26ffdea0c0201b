#include "nerf/objects/ray_probe.h"

#include "core/parallel.h"
#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/kernels.h"
#include "nerf/cpu/march.h"
#include "nerf/cpu/renderer_state.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

namespace skyline::nerf {
namespace {

struct Worker {
  explicit Worker(const Field& field) : decoder(field, RayChunk::kRays) {}
  RayChunk chunk;
  DecoderBatch decoder;
};

// Distance at which `share` of the light is used up, by linear interpolation inside the sample that passes it.
float quantile(const RayChunk& chunk, int r, float share) {
  float sum = 0;
  for (int j = 0; j < chunk.sample_count[r]; ++j) {
    const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
    const float weight = chunk.weight[i];
    if (sum + weight >= share) return chunk.t[i] + ((share - sum) / std::max(weight, 1e-6F) - 0.5F) * chunk.s[i];
    sum += weight;
  }
  if (chunk.sample_count[r] == 0) return 0;
  return chunk.t[static_cast<std::size_t>(r * RayChunk::kMaxSamples + chunk.sample_count[r] - 1)];
}

// `floor_z` is the height at which rays leave the box below.
void measure(const RayChunk& chunk, int r, float floor_z, ProbeHit& hit) {
  hit.tenth = quantile(chunk, r, 0.1F);
  hit.half = quantile(chunk, r, 0.5F);
  hit.nine_tenths = quantile(chunk, r, 0.9F);
  float passed = chunk.transmittance[r];
  if (chunk.opaque_last[r] && chunk.sample_count[r] > 0) {
    // The last sample took the rest: by right where the ray was ended because nothing was left, for the floor's sake at the floor.
    const auto last = static_cast<std::size_t>(r * RayChunk::kMaxSamples + chunk.sample_count[r] - 1);
    const bool at_floor = chunk.z[last] < floor_z + 1.5F * chunk.step[r];
    passed = at_floor ? chunk.before[last] : 0.0F;
  }
  hit.opacity = 1.0F - passed;
}

// Deferred colour of every ray of the chunk, renormalised over what was met; nothing behind the field.
void colour(const Field& field, const ProbeSettings& settings, Worker& w, std::span<ProbeHit> hits) {
  const RayChunk& chunk = w.chunk;
  const int features = field.feature_count(), stride = w.decoder.feature_stride();
  std::fill_n(w.decoder.features(), static_cast<std::ptrdiff_t>(chunk.count) * stride, 0.0F);
  std::fill_n(w.decoder.background(), static_cast<std::ptrdiff_t>(chunk.count) * field.decoder_features(), 0.0F);
  float direction[3 + 6 * kMostFrequencies];
  for (int r = 0; r < chunk.count; ++r) {
    const float total = std::max(1.0F - chunk.transmittance[r], 1e-6F);
    for (int j = 0; j < chunk.sample_count[r]; ++j) {
      const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
      if (chunk.weight[i] < 1e-3F) continue;
      add_scaled(features, chunk.weight[i] / total, chunk.features_of(i, static_cast<std::size_t>(features)),
                 w.decoder.features() + static_cast<std::ptrdiff_t>(r) * stride);
    }
    encode_view(field, chunk.rays[r].direction, 1, direction);
    w.decoder.set_view(r, direction, settings.code.empty() ? nullptr : settings.code.data());
  }
  w.decoder.forward(field, chunk.count);
  for (int r = 0; r < chunk.count; ++r) {
    const float* c = w.decoder.colours() + r * 3;
    hits[static_cast<std::size_t>(r)].colour = {c[0], c[1], c[2]};
  }
}

}  // namespace

core::Status probe_rays(const Field& field, const ProbeSettings& settings, std::span<const Ray> rays, std::span<ProbeHit> hits,
                        core::Progress& progress) {
  const FieldView view = make_view(field);
  const auto step = static_cast<float>(settings.step > 0 ? settings.step : field.settings.step_texels * field.finest_texel);
  MarchSettings march_settings;
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(core::thread_count()));
  const auto chunks = static_cast<std::int64_t>((rays.size() + RayChunk::kRays - 1) / RayChunk::kRays);
  std::atomic<std::int64_t> done{0};
  core::parallel_for(chunks, [&](std::int64_t index) {
    if (progress.stop_requested()) return;
    std::unique_ptr<Worker>& worker = workers[static_cast<std::size_t>(core::thread_index())];
    if (!worker) worker = std::make_unique<Worker>(field);
    RayChunk& chunk = worker->chunk;
    const std::size_t first = static_cast<std::size_t>(index) * RayChunk::kRays;
    chunk.count = static_cast<int>(std::min<std::size_t>(RayChunk::kRays, rays.size() - first));
    chunk.with_features = settings.colour;
    for (int r = 0; r < chunk.count; ++r) {
      chunk.rays[r] = rays[first + static_cast<std::size_t>(r)];
      chunk.levels[r] = static_cast<std::uint8_t>(field.settings.levels);
      chunk.step[r] = step;
      chunk.jitter[r] = 0.5F;
    }
    march(view, field.occupancy, march_settings, chunk);
    const std::span<ProbeHit> found = hits.subspan(first, static_cast<std::size_t>(chunk.count));
    for (int r = 0; r < chunk.count; ++r) {
      measure(chunk, r, static_cast<float>(field.box.low.z), found[static_cast<std::size_t>(r)]);
    }
    if (settings.colour) colour(field, settings, *worker, found);
    const std::int64_t finished = ++done;
    if (finished % 256 == 0) {
      progress.report(
          {.stage = "looking down", .done = static_cast<double>(finished), .total = static_cast<double>(chunks), .unit = "chunks"});
    }
  });
  if (progress.stop_requested()) return core::Error{"the extraction was stopped", "", "", true};
  return {};
}

}  // namespace skyline::nerf
