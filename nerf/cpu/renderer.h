// The CPU renderer: any camera, tiles in parallel, cancellable.
//
// A ray walks the occupancy lattice, evaluates density where something is, stops when little light is left, and decodes colour either once
// a sample (as published) or once a pixel from the accumulated features (deferred).
#pragma once

#include "core/image.h"
#include "core/parameters.h"
#include "core/progress.h"
#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/space.h"

#include <glm/vec2.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::nerf {

class Appearance;
class EditLayers;

enum class Decode { kDeferred, kSample };
enum class Branch { kGrid, kNerf };

struct RenderSettings {
  std::string decode = "deferred";   // deferred | sample
  std::string branch = "grid";       // grid | nerf
  std::string precision = "float";   // float | half: numbers of planes and volume while looking
  double step = 0;                   // world units between samples; 0 = the training step
  double stop_transmittance = 1e-3;  // a ray ends below this; the rest is given to what was seen
  double colour_threshold = 1e-3;    // samples of a lower weight are not shaded
  double footprint = 2;              // texels of a level that a pixel may cover before the level is left out there; 0 = any number
  int levels = 0;                    // 0 = all
  int code = -1;                     // photo whose appearance is used; -1 = the mean code
  bool vignetting = false;           // as the lens saw it (for comparison with photos)
};
void register_parameters(core::ParameterSet& set, RenderSettings& settings);

inline constexpr int kPointTile = 128;

// What to render beside colour. All [height, width, channels].
struct Picture {
  core::FloatImage colour;   // 3, display-encoded, 0..1
  core::FloatImage depth;    // 1, distance along the ray in world units, expected value over the opacity; 0 where nothing was hit
  core::FloatImage normal;   // 3, world, unit length or 0
  core::FloatImage opacity;  // 1
  core::FloatImage cost;     // 1, density samples
  core::FloatImage level;    // 1, levels of detail that are used at the depth, 1..levels; 0 where nothing was hit
};

struct RenderStats {
  std::int64_t rays = 0;
  std::int64_t density_samples = 0;
  std::int64_t shaded_samples = 0;
  double seconds = 0;
};

struct RenderRequest {
  Camera camera;
  bool depth = false, normal = false, opacity = false, cost = false, level = false;  // colour is always rendered
  // Image points of the camera in pixels ((0.5, 0.5) is the centre of the first pixel), in place of all pixel centres: the picture then is
  // one row of them. A point at a pixel's centre gives what that pixel of the whole picture is, bit by bit. Points are rendered in this
  // order, fastest where any kPointTile consecutive ones lie close together.
  std::span<const glm::vec2> points{};
  std::span<const float> code{};           // appearance code instead of settings.code; empty = by settings
  std::span<const float> exposure{};       // 3 log gains; empty = 0
  const EditLayers* layers = nullptr;      // what is changed in the scene (nerf/edit/layers.h); null: nothing
  const Appearance* appearance = nullptr;  // light, season and weather (nerf/edit/appearance.h); null: as photographed
};

struct RayInspection;  // nerf/cpu/inspect.h

// A renderer keeps scratch memory and derived tables for one field, which must outlive it and not change. `render` is not reentrant.
class Renderer {
 public:
  // Errors: settings that do not fit the field (no such photo, no NeRF branch in it).
  static core::Status check(const Field& field, const RenderSettings& settings);
  // Errors: those of check; out of memory budget.
  static core::Result<Renderer> create(const Field& field, const RenderSettings& settings);
  Renderer(Renderer&&) noexcept;
  Renderer& operator=(Renderer&&) noexcept;
  ~Renderer();

  // Stops when asked to (an Error with `stopped`) as soon as the running tiles of 128 rays are done, a fraction of a millisecond each.
  core::Status render(const RenderRequest& request, Picture& picture, RenderStats& stats, core::Progress& progress);

  // Fits an appearance code and exposure to columns [begin, end) of a photo by gradient steps on the decoder's input (field.md section 3).
  // Returns the code followed by 3 log gains; the code part is empty when the field has no codes.
  core::Result<std::vector<float>> fit_code(const Camera& camera, const core::FloatImage& photo, int begin, int end,
                                            core::Progress& progress);

 private:
  friend core::Result<RayInspection> inspect_ray(const Field&, const RenderSettings&, const Camera&, glm::vec2);
  RayInspection inspect(const Camera& camera, glm::vec2 point, const Picture& picture);

  struct State;
  explicit Renderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::nerf
