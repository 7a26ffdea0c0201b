#include "nerf/cpu/renderer.h"

#include "nerf/cpu/renderer_state.h"
#include "nerf/maths/field_maths.h"
#include "nerf/model/directions.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

namespace skyline::nerf {
Renderer::Renderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

core::Status Renderer::check(const Field& field, const RenderSettings& settings) {
  if (settings.branch == "nerf" && field.nerf.empty()) {
    return core::Error{"cannot render the NeRF branch", "the scene was trained without one",
                       "train with --nerf-branch true, or use --branch grid"};
  }
  if (settings.branch == "nerf" && !NerfLayout(field).fits(field)) {
    return core::Error{"cannot render the NeRF branch", "its layers do not have the sizes that the field's settings give",
                       "load all levels of the scene, or use --branch grid"};
  }
  const int photos = field.use_codes ? static_cast<int>(field.codes.size()) / field.settings.code_size : 0;
  if (settings.code >= 0 && field.use_codes && settings.code >= photos) {
    return core::Error{"cannot use that photo's appearance", "the scene has codes 0 to " + std::to_string(photos - 1),
                       "choose one of them or -1 for the mean"};
  }
  return {};
}

core::Result<Renderer> Renderer::create(const Field& field, const RenderSettings& settings) {
  if (auto fits = check(field, settings); !fits) return fits.error();
  auto state = std::make_unique<State>(field, settings);
  if (settings.precision == "half") {
    auto copy = HalfCopy::create(field);
    if (!copy) return copy.error();
    state->half = std::move(*copy);
    state->half.attach(state->view);
  }
  return Renderer(std::move(state));
}

float Renderer::State::lens_fall_off(const Camera& camera, int column, int row) const {
  if (!settings.vignetting || static_cast<std::size_t>(camera.lens) * 3 >= field.vignetting.size()) return 1;
  const double far_x = std::max(camera.cx, camera.width - camera.cx), far_y = std::max(camera.cy, camera.height - camera.cy);
  const double x = column + 0.5 - camera.cx, y = row + 0.5 - camera.cy;
  return vignetting_factor(field.vignetting.data() + static_cast<std::ptrdiff_t>(camera.lens) * 3,
                           static_cast<float>((x * x + y * y) / (far_x * far_x + far_y * far_y)));
}

void Renderer::State::march_tile(RenderWorker& w, const RayGenerator& generator, int x0, int y0, int width, int height) {
  RayChunk& chunk = w.chunk;
  chunk.count = width * height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int r = y * width + x;
      chunk.rays[r] = generator.ray(static_cast<float>(x0 + x) + 0.5F, static_cast<float>(y0 + y) + 0.5F);
      chunk.levels[r] = static_cast<std::uint8_t>(levels);
      chunk.step[r] = step;
      chunk.jitter[r] = 0.5F;
    }
  }
  march(view, field.occupancy, march_settings, chunk);
}

// Samples worth shading.
void Renderer::State::collect_shaded(RenderWorker& w, ChunkColours& out) {
  const RayChunk& chunk = w.chunk;
  const auto threshold = static_cast<float>(settings.colour_threshold);
  w.shaded.clear();
  for (int r = 0; r < chunk.count; ++r) {
    out.shaded[r] = 0;
    for (int j = 0; j < chunk.sample_count[r]; ++j) {
      const int i = r * RayChunk::kMaxSamples + j;
      if (chunk.weight[static_cast<std::size_t>(i)] < threshold) continue;
      w.shaded.push_back(i);
      ++out.shaded[r];
    }
  }
}

// Sums weighted features of each ray, renormalised over what was shaded, and sets the view part of the decoder's input.
void Renderer::State::accumulate(RenderWorker& w, const float* code) {
  const RayChunk& chunk = w.chunk;
  const int features = view.feature_count(), stride = w.decoder.feature_stride(), inner = field.decoder_features();
  std::fill_n(w.decoder.features(), static_cast<std::ptrdiff_t>(chunk.count) * stride, 0.0F);
  std::fill_n(w.decoder.background(), static_cast<std::ptrdiff_t>(chunk.count) * inner, 0.0F);
  float total[RayChunk::kRays];
  for (int r = 0; r < chunk.count; ++r) total[r] = chunk.transmittance[r];
  for (const std::int32_t i : w.shaded) total[i / RayChunk::kMaxSamples] += chunk.weight[static_cast<std::size_t>(i)];
  for (std::size_t k = 0; k < w.shaded.size(); ++k) {
    const int r = w.shaded[k] / RayChunk::kMaxSamples;
    add_scaled(features, chunk.weight[static_cast<std::size_t>(w.shaded[k])] / total[r],
               chunk.features_of(static_cast<std::size_t>(w.shaded[k]), static_cast<std::size_t>(features)),
               w.decoder.features() + static_cast<std::ptrdiff_t>(r) * stride);
  }
  float direction[3 + 6 * kMostFrequencies];
  for (int r = 0; r < chunk.count; ++r) {
    encode_view(field, chunk.rays[r].direction, 1, direction);
    w.decoder.set_view(r, direction, code);
    if (chunk.transmittance[r] <= 0) continue;
    background_features(field, background_tap(field, chunk.rays[r]), w.background.data());
    float* target = w.decoder.background() + static_cast<std::ptrdiff_t>(r) * inner;
    for (int c = 0; c < inner; ++c) target[c] = w.background[static_cast<std::size_t>(c)] * chunk.transmittance[r] / total[r];
  }
}

void Renderer::State::shade_deferred(RenderWorker& w, ChunkColours& out) {
  w.decoder.forward(field, w.chunk.count);
  for (int r = 0; r < w.chunk.count; ++r) std::copy_n(w.decoder.colours() + r * 3, 3, out.colour[r]);
}

void Renderer::State::shade_samples(RenderWorker& w, const float* code, ChunkColours& out) {
  const RayChunk& chunk = w.chunk;
  const int features = view.feature_count(), stride = w.decoder.feature_stride(), inner = field.decoder_features();
  float total[RayChunk::kRays] = {};
  for (int r = 0; r < chunk.count; ++r) std::fill_n(out.colour[r], 3, 0.0F);
  float direction[3 + 6 * kMostFrequencies];
  int rows = 0;
  int ray_of[RayChunk::kRays];
  float weight_of[RayChunk::kRays];
  const auto flush = [&] {
    w.decoder.forward(field, rows);
    for (int row = 0; row < rows; ++row) {
      const int r = ray_of[row];
      total[r] += weight_of[row];
      for (int c = 0; c < 3; ++c) out.colour[r][c] += weight_of[row] * w.decoder.colours()[row * 3 + c];
    }
    rows = 0;
  };
  const auto add_row = [&](int r, float weight, const float* sample, const float* background) {
    float* f = w.decoder.features() + static_cast<std::ptrdiff_t>(rows) * stride;
    std::fill_n(f, stride, 0.0F);
    if (sample != nullptr) std::copy_n(sample, features, f);
    float* b = w.decoder.background() + static_cast<std::ptrdiff_t>(rows) * inner;
    if (background != nullptr) {
      std::copy_n(background, inner, b);
    } else {
      std::fill_n(b, inner, 0.0F);
    }
    encode_view(field, chunk.rays[r].direction, 1, direction);
    w.decoder.set_view(rows, direction, code);
    ray_of[rows] = r;
    weight_of[rows] = weight;
    if (++rows == RayChunk::kRays) flush();
  };
  for (std::size_t k = 0; k < w.shaded.size(); ++k) {
    const auto i = static_cast<std::size_t>(w.shaded[k]);
    add_row(w.shaded[k] / RayChunk::kMaxSamples, chunk.weight[i], chunk.features_of(i, static_cast<std::size_t>(features)), nullptr);
  }
  for (int r = 0; r < chunk.count; ++r) {
    if (chunk.transmittance[r] <= 0) continue;
    background_features(field, background_tap(field, chunk.rays[r]), w.background.data());
    add_row(r, chunk.transmittance[r], nullptr, w.background.data());
  }
  if (rows > 0) flush();
  for (int r = 0; r < chunk.count; ++r) {
    for (int c = 0; c < 3; ++c) out.colour[r][c] /= std::max(total[r], 1e-6F);
  }
}

// Unit normal from central differences of the density sum, half a coarse texel apart.
void Renderer::State::normal(const glm::vec3& position, float* out) const {
  const auto h = static_cast<float>(field.finest_texel);
  float x[6], y[6], z[6], s[6];
  std::uint8_t use[6];
  std::int32_t index[6];
  for (int k = 0; k < 6; ++k) {
    glm::vec3 p = position;
    p[k / 2] += k % 2 == 0 ? h : -h;
    x[k] = p.x;
    y[k] = p.y;
    z[k] = p.z;
    use[k] = static_cast<std::uint8_t>(levels);
    index[k] = k;
  }
  density_sums(view, {x, y, z, use}, index, 6, s);
  const glm::vec3 gradient(s[0] - s[1], s[2] - s[3], s[4] - s[5]);
  const float length = std::sqrt(gradient.x * gradient.x + gradient.y * gradient.y + gradient.z * gradient.z);
  for (int c = 0; c < 3; ++c) out[c] = length > 1e-12F ? -gradient[c] / length : 0.0F;
}

core::Status Renderer::render(const RenderRequest& request, Picture& picture, RenderStats& stats, core::Progress& progress) {
  State& s = *state_;
  const auto start = std::chrono::steady_clock::now();
  const Camera& camera = request.camera;
  if (camera.width < 1 || camera.height < 1 || !(camera.fl_x > 0)) {
    return core::Error{"cannot render", "the camera's size or focal length is not positive", "check --camera and --size"};
  }
  s.prepare_workers();
  s.march_settings.level_end = level_ends(s.field, s.settings.footprint, camera);
  const RayGenerator generator(camera);
  const auto make = [&](core::FloatImage& image, int channels, bool wanted) {
    image.width = wanted ? camera.width : 0;
    image.height = wanted ? camera.height : 0;
    image.channels = channels;
    image.pixels.assign(
        wanted ? static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height) * static_cast<std::size_t>(channels) : 0,
        0.0F);
  };
  make(picture.colour, 3, true);
  make(picture.depth, 1, request.depth);
  make(picture.normal, 3, request.normal);
  make(picture.opacity, 1, request.opacity);
  make(picture.cost, 1, request.cost);

  const float* code = s.code_for(request);
  float gain[3] = {1, 1, 1};
  if (!request.exposure.empty()) {
    for (std::size_t c = 0; c < 3; ++c) gain[c] = std::exp(request.exposure[c]);
  } else if (s.settings.code >= 0 && !s.field.exposure.empty()) {
    for (int c = 0; c < 3; ++c) gain[c] = std::exp(s.field.exposure[static_cast<std::size_t>(s.settings.code * 3 + c)]);
  }
  const int columns = (camera.width + kTileWidth - 1) / kTileWidth, rows = (camera.height + kTileHeight - 1) / kTileHeight;
  std::atomic<std::int64_t> density_samples{0}, shaded_samples{0}, done{0};
  std::atomic<bool> stopped{false};
  core::parallel_for(static_cast<std::int64_t>(columns) * rows, [&](std::int64_t tile) {
    if (stopped.load(std::memory_order_relaxed)) return;
    if (progress.stop_requested()) {
      stopped = true;
      return;
    }
    RenderWorker& w = s.worker();
    RayChunk& chunk = w.chunk;
    const int x0 = static_cast<int>(tile % columns) * kTileWidth, y0 = static_cast<int>(tile / columns) * kTileHeight;
    const int width = std::min(kTileWidth, camera.width - x0), height = std::min(kTileHeight, camera.height - y0);
    s.march_tile(w, generator, x0, y0, width, height);
    ChunkColours colours;
    s.collect_shaded(w, colours);
    if (s.settings.branch == "nerf") {
      s.shade_nerf(w, code, colours);
    } else if (s.settings.decode == "sample") {
      s.shade_samples(w, code, colours);
    } else {
      s.accumulate(w, code);
      s.shade_deferred(w, colours);
    }
    density_samples += chunk.density_samples;
    shaded_samples += static_cast<std::int64_t>(w.shaded.size());
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const int r = y * width + x;
        const std::size_t pixel =
            static_cast<std::size_t>(y0 + y) * static_cast<std::size_t>(camera.width) + static_cast<std::size_t>(x0 + x);
        const float factor = s.lens_fall_off(camera, x0 + x, y0 + y);
        for (std::size_t c = 0; c < 3; ++c) {
          picture.colour.pixels[pixel * 3 + c] = std::clamp(colours.colour[r][c] * gain[c] * factor, 0.0F, 1.0F);
        }
        const float opacity = 1.0F - chunk.transmittance[r];
        if (request.opacity) picture.opacity.pixels[pixel] = opacity;
        if (request.cost) picture.cost.pixels[pixel] = static_cast<float>(chunk.sample_count[r]);
        if (!request.depth && !request.normal) continue;
        float depth = 0;
        for (int j = 0; j < chunk.sample_count[r]; ++j) {
          const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
          depth += chunk.weight[i] * chunk.t[i];
        }
        if (opacity > 1e-3F) depth /= opacity;
        if (opacity < 0.5F) depth = 0;
        if (request.depth) picture.depth.pixels[pixel] = depth;
        if (request.normal && depth > 0)
          s.normal(chunk.rays[r].origin + chunk.rays[r].direction * depth, picture.normal.pixels.data() + pixel * 3);
      }
    }
    const std::int64_t finished = ++done;
    if (finished % 64 == 0)
      progress.report(
          {.stage = "rendering", .done = static_cast<double>(finished), .total = static_cast<double>(columns) * rows, .unit = "tiles"});
  });
  if (stopped) return core::Error{"rendering was stopped", camera.name, "", true};
  stats.rays += static_cast<std::int64_t>(camera.width) * camera.height;
  stats.density_samples += density_samples;
  stats.shaded_samples += shaded_samples;
  stats.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {};
}

}  // namespace skyline::nerf
