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

float Renderer::State::lens_fall_off(const Camera& camera, double column, double row) const {
  if (!settings.vignetting || static_cast<std::size_t>(camera.lens) * 3 >= field.vignetting.size()) return 1;
  const double far_x = std::max(camera.cx, camera.width - camera.cx), far_y = std::max(camera.cy, camera.height - camera.cy);
  const double x = column - camera.cx, y = row - camera.cy;
  return vignetting_factor(field.vignetting.data() + static_cast<std::ptrdiff_t>(camera.lens) * 3,
                           static_cast<float>((x * x + y * y) / (far_x * far_x + far_y * far_y)));
}

void Renderer::State::set_rays(RayChunk& chunk, const RayGenerator& generator, const TilePoints& points) const {
  chunk.count = points.count;
  for (int r = 0; r < points.count; ++r) {
    chunk.rays[r] = generator.ray(points.column[r], points.row[r]);
    chunk.levels[r] = static_cast<std::uint8_t>(levels);
    chunk.step[r] = step;
    chunk.jitter[r] = 0.5F;
  }
}

void Renderer::State::march_tile(RenderWorker& w, const RayGenerator& generator, const TilePoints& points) {
  set_rays(w.chunk, generator, points);
  march(view, field.occupancy, march_settings, w.chunk);
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

std::int64_t Renderer::State::shade(RenderWorker& w, const float* code, ChunkColours& out) {
  collect_shaded(w, out);
  if (settings.branch == "nerf") {
    shade_nerf(w, code, out);
  } else if (settings.decode == "sample") {
    shade_samples(w, code, out);
  } else {
    accumulate(w, code);
    shade_deferred(w, out);
  }
  return static_cast<std::int64_t>(w.shaded.size());
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

// Expected distance over the opacity; 0 where less than half of the light is stopped.
float Renderer::State::depth(const RayChunk& chunk, int ray) const {
  const float opacity = 1.0F - chunk.transmittance[ray];
  if (opacity < 0.5F) return 0;
  float sum = 0;
  for (int j = 0; j < chunk.sample_count[ray]; ++j) {
    const auto i = static_cast<std::size_t>(ray * RayChunk::kMaxSamples + j);
    sum += chunk.weight[i] * chunk.t[i];
  }
  return sum / opacity;
}

namespace {

// The tiles of a picture: blocks of pixels, or runs of the request's points.
class Tiling {
 public:
  explicit Tiling(const RenderRequest& request)
      : points_(request.points),
        width_(request.points.empty() ? request.camera.width : static_cast<int>(request.points.size())),
        height_(request.points.empty() ? request.camera.height : 1),
        columns_((width_ + kTileWidth - 1) / kTileWidth),
        rows_((height_ + kTileHeight - 1) / kTileHeight) {}

  int width() const { return width_; }
  int height() const { return height_; }
  std::int64_t tiles() const {
    return points_.empty() ? static_cast<std::int64_t>(columns_) * rows_
                           : (static_cast<std::int64_t>(width_) + kPointTile - 1) / kPointTile;
  }
  // The tile's points, and where in the picture each belongs.
  TilePoints points(std::int64_t tile, std::size_t* pixel) const {
    TilePoints result;
    if (!points_.empty()) {
      const auto begin = static_cast<std::size_t>(tile) * kPointTile;
      result.count = static_cast<int>(std::min<std::size_t>(kPointTile, points_.size() - begin));
      for (int r = 0; r < result.count; ++r) {
        pixel[r] = begin + static_cast<std::size_t>(r);
        result.column[r] = points_[pixel[r]].x;
        result.row[r] = points_[pixel[r]].y;
      }
      return result;
    }
    const int x0 = static_cast<int>(tile % columns_) * kTileWidth, y0 = static_cast<int>(tile / columns_) * kTileHeight;
    const int width = std::min(kTileWidth, width_ - x0), height = std::min(kTileHeight, height_ - y0);
    for (int r = 0; r < width * height; ++r)
      pixel[r] = static_cast<std::size_t>(y0 + r / width) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x0 + r % width);
    return TilePoints::block(x0, y0, width, height);
  }

 private:
  std::span<const glm::vec2> points_;
  int width_, height_, columns_, rows_;
};

void make(core::FloatImage& image, const Tiling& tiling, int channels, bool wanted) {
  image.width = wanted ? tiling.width() : 0;
  image.height = wanted ? tiling.height() : 0;
  image.channels = channels;
  image.pixels.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * static_cast<std::size_t>(channels),
                      0.0F);
}

}  // namespace

core::Status Renderer::render(const RenderRequest& request, Picture& picture, RenderStats& stats, core::Progress& progress) {
  State& s = *state_;
  const auto start = std::chrono::steady_clock::now();
  const Camera& camera = request.camera;
  if (camera.width < 1 || camera.height < 1 || !(camera.fl_x > 0)) {
    return core::Error{"cannot render", "the camera's size or focal length is not positive", "check --camera and --size"};
  }
  s.prepare_workers();
  s.march_settings.level_end = level_ends(s.field, s.settings.footprint, camera);
  s.pixel_angle = static_cast<float>(1 / camera.fl_x);
  const RayGenerator generator(camera);
  const Tiling tiling(request);
  make(picture.colour, tiling, 3, true);
  make(picture.depth, tiling, 1, request.depth);
  make(picture.normal, tiling, 3, request.normal);
  make(picture.opacity, tiling, 1, request.opacity);
  make(picture.cost, tiling, 1, request.cost);
  make(picture.level, tiling, 1, request.level);

  const float* code = s.code_for(request);
  float gain[3] = {1, 1, 1};
  if (!request.exposure.empty()) {
    for (std::size_t c = 0; c < 3; ++c) gain[c] = std::exp(request.exposure[c]);
  } else if (s.settings.code >= 0 && !s.field.exposure.empty()) {
    for (int c = 0; c < 3; ++c) gain[c] = std::exp(s.field.exposure[static_cast<std::size_t>(s.settings.code * 3 + c)]);
  }
  const auto put_pixel = [&](RenderWorker& w, const RayChunk& chunk, const EditLayers* layers, const TilePoints& points, int r,
                             std::size_t pixel, const float* colour) {
    const float factor = s.lens_fall_off(camera, points.column[r], points.row[r]);
    for (std::size_t c = 0; c < 3; ++c) picture.colour.pixels[pixel * 3 + c] = std::clamp(colour[c] * gain[c] * factor, 0.0F, 1.0F);
    if (request.appearance != nullptr) {
      float* const at = picture.colour.pixels.data() + pixel * 3;
      const glm::vec3 changed = s.changed_colour(w, chunk, layers, *request.appearance, r, {at[0], at[1], at[2]});
      for (int c = 0; c < 3; ++c) at[c] = changed[c];
    }
    if (request.opacity)
      picture.opacity.pixels[pixel] = layers != nullptr && w.edited->march.stops[r].layer >= 0 ? 1.0F : 1.0F - chunk.transmittance[r];
    if (request.cost) picture.cost.pixels[pixel] = static_cast<float>(chunk.sample_count[r]);
    if (!request.depth && !request.normal && !request.level) return;
    const float depth = layers != nullptr ? s.edited_depth(w, r) : s.depth(chunk, r);
    if (request.depth) picture.depth.pixels[pixel] = depth;
    if (!(depth > 0)) return;
    if (request.level)
      picture.level.pixels[pixel] = static_cast<float>(levels_at<float>(s.levels, s.march_settings.level_end.data(), depth));
    if (!request.normal) return;
    float* const normal = picture.normal.pixels.data() + pixel * 3;
    if (layers != nullptr) {
      s.edited_normal(w, *layers, r, normal);
    } else {
      s.normal(chunk.rays[r].origin + chunk.rays[r].direction * depth, normal);
    }
  };
  std::atomic<std::int64_t> density_samples{0}, shaded_samples{0}, next{0};
  std::atomic<bool> stopped{false};
  core::parallel_for(tiling.tiles(), [&](std::int64_t) {
    if (stopped.load(std::memory_order_relaxed)) return;
    if (progress.stop_requested()) {
      stopped = true;
      return;
    }
    const std::int64_t tile = next++;  // in order, whichever thread comes first
    RenderWorker& w = s.worker();
    std::size_t pixels[RayChunk::kRays], edited_pixels[RayChunk::kRays];
    TilePoints points = tiling.points(tile, pixels), edited;
    if (request.layers != nullptr) edited = s.part(w, generator, *request.layers, points, pixels, edited_pixels);
    ChunkColours colours;
    if (points.count > 0) {
      s.march_tile(w, generator, points);
      shaded_samples += s.shade(w, code, colours);
      density_samples += w.chunk.density_samples;
      for (int r = 0; r < points.count; ++r) put_pixel(w, w.chunk, nullptr, points, r, pixels[r], colours.colour[r]);
    }
    if (edited.count > 0) {
      s.march_edited(w, generator, edited, *request.layers);
      shaded_samples += s.shade_edited(w, *request.layers, code, colours);
      density_samples += w.edited->chunk.density_samples;
      for (int r = 0; r < edited.count; ++r) put_pixel(w, w.edited->chunk, request.layers, edited, r, edited_pixels[r], colours.colour[r]);
    }
    if ((tile + 1) % 64 == 0) {
      progress.report(
          {.stage = "rendering", .done = static_cast<double>(tile + 1), .total = static_cast<double>(tiling.tiles()), .unit = "tiles"});
    }
  });
  if (stopped) return core::Error{"rendering was stopped", camera.name, "", true};
  stats.rays += static_cast<std::int64_t>(tiling.width()) * tiling.height();
  stats.density_samples += density_samples;
  stats.shaded_samples += shaded_samples;
  stats.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {};
}

}  // namespace skyline::nerf
