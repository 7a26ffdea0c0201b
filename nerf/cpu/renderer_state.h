// What a Renderer holds; shared by its source files only.
#pragma once

#include "core/parallel.h"
#include "nerf/cpu/background.h"
#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/march.h"
#include "nerf/cpu/nerf_branch.h"
#include "nerf/cpu/renderer.h"
#include "nerf/edit/appearance.h"
#include "nerf/edit/edited_march.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace skyline::nerf {

// Pixels of a chunk form a block of this shape, so that its rays read neighbouring texels.
inline constexpr int kTileWidth = 16, kTileHeight = RayChunk::kRays / kTileWidth;
inline constexpr int kMostFrequencies = 6;

static_assert(RayChunk::kRays == kPointTile);

// Image points of one chunk, in pixels.
struct TilePoints {
  int count = 0;
  float column[RayChunk::kRays], row[RayChunk::kRays];

  // Centres of a block of pixels, row by row.
  static TilePoints block(int x0, int y0, int width, int height) {
    TilePoints points;
    for (int y = y0; y < y0 + height; ++y) {
      for (int x = x0; x < x0 + width; ++x) {
        points.column[points.count] = static_cast<float>(x) + 0.5F;
        points.row[points.count++] = static_cast<float>(y) + 0.5F;
      }
    }
    return points;
  }
};

// Rays that edit layers touch.
struct EditedWorker {
  RayChunk chunk;
  EditedMarch march;
};

struct RenderWorker {
  RayChunk chunk;
  DecoderBatch decoder;
  std::vector<std::int32_t> shaded;
  std::vector<float> background;
  std::unique_ptr<NerfBranch> nerf;      // only where the NeRF branch is shown
  std::unique_ptr<EditedWorker> edited;  // only where there are edit layers
  SeenSurface seen;                      // of one ray

  explicit RenderWorker(const Field& field)
      : decoder(field, RayChunk::kRays), background(static_cast<std::size_t>(field.decoder_features())) {}
};

// Colours of a chunk before exposure and vignetting, and what was seen on the way.
struct ChunkColours {
  float colour[RayChunk::kRays][3];
  int shaded[RayChunk::kRays];
};

struct Renderer::State {
  const Field& field;
  RenderSettings settings;
  HalfCopy half;  // empty unless the settings ask for it
  FieldView view;
  MarchSettings march_settings;
  int levels = 0;
  float step = 1;
  float pixel_angle = 0;  // of the camera: width of a pixel a world unit away
  std::vector<float> mean_code;
  std::vector<std::unique_ptr<RenderWorker>> workers;

  State(const Field& f, const RenderSettings& s) : field(f), settings(s), view(make_view(f)) {
    levels = s.levels > 0 ? std::min(s.levels, f.settings.levels) : f.settings.levels;
    step = static_cast<float>(
        s.step > 0 ? s.step : f.finest_texel * std::max(f.settings.step_texels, static_cast<double>(1 << (f.settings.levels - levels))));
    march_settings.stop_transmittance = static_cast<float>(s.stop_transmittance);
    if (f.use_codes) {
      const auto size = static_cast<std::size_t>(f.settings.code_size);
      mean_code.assign(size, 0.0F);
      const float share = static_cast<float>(size) / static_cast<float>(f.codes.size());
      for (std::size_t i = 0; i < f.codes.size(); ++i) mean_code[i % size] += share * f.codes[i];
    }
  }

  const float* code_for(const RenderRequest& request) const {
    if (!field.use_codes) return nullptr;
    if (!request.code.empty()) return request.code.data();
    if (settings.code >= 0) return field.codes.data() + static_cast<std::ptrdiff_t>(settings.code) * field.settings.code_size;
    return mean_code.data();
  }

  void prepare_workers() {
    while (static_cast<int>(workers.size()) < core::thread_count()) {
      workers.push_back(std::make_unique<RenderWorker>(field));
      if (settings.branch == "nerf") workers.back()->nerf = std::make_unique<NerfBranch>(field);
    }
  }
  RenderWorker& worker() { return *workers[static_cast<std::size_t>(core::thread_index())]; }

  // Factor of the lens at an image point: 1 unless the settings ask for vignetting and the field has it for the camera's lens.
  float lens_fall_off(const Camera& camera, double column, double row) const;
  void march_tile(RenderWorker& w, const RayGenerator& generator, const TilePoints& points);
  // The chunk's rays through the points, as the settings want them marched.
  void set_rays(RayChunk& chunk, const RayGenerator& generator, const TilePoints& points) const;
  // Takes the points whose rays enter a layer's region out of a tile, `pixels` with them, and returns them.
  TilePoints part(RenderWorker& w, const RayGenerator& generator, const EditLayers& layers, TilePoints& points, std::size_t* pixels,
                  std::size_t* edited_pixels) const;
  void march_edited(RenderWorker& w, const RayGenerator& generator, const TilePoints& points, const EditLayers& layers);
  // Expected distance along an edited ray; 0 where less than half of the light is stopped.
  float edited_depth(const RenderWorker& w, int ray) const;
  void edited_normal(const RenderWorker& w, const EditLayers& layers, int ray, float* out) const;
  // Colours of the edited chunk, deferred; returns the number of shaded samples.
  std::int64_t shade_edited(RenderWorker& w, const EditLayers& layers, const float* code, ChunkColours& out);
  // Colours of w.chunk by branch and decoding; returns the number of shaded samples.
  std::int64_t shade(RenderWorker& w, const float* code, ChunkColours& out);
  void accumulate(RenderWorker& w, const float* code);
  void shade_deferred(RenderWorker& w, ChunkColours& out);
  void shade_samples(RenderWorker& w, const float* code, ChunkColours& out);
  void shade_nerf(RenderWorker& w, const float* code, ChunkColours& out);
  void collect_shaded(RenderWorker& w, ChunkColours& out);
  float depth(const RayChunk& chunk, int ray) const;
  void normal(const glm::vec3& position, float* out) const;
  bool faces_up(const glm::vec3& position) const;  // a roof, not a wall
  glm::vec3 broad_normal(const glm::vec3& position) const;
  // Colour of a ray of w.chunk, or with layers of the edited chunk, in another light, season or weather.
  glm::vec3 changed_colour(RenderWorker& w, const RayChunk& chunk, const EditLayers* layers, const Appearance& appearance, int ray,
                           const glm::vec3& colour) const;
};

}  // namespace skyline::nerf
