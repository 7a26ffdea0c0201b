// Pictures of a city with their truth: what each pixel shows, how far it is, and whose it is.
//
//   core::Result<CityTracer> tracer = CityTracer::build(model, edit, season_of(settings));
//   core::Result<CityRenderer> renderer = CityRenderer::make(*tracer, settings);
//   CityPicture picture = renderer->render(camera);
//
// The layers other than colour belong to the ray through each pixel's centre. Results depend on neither the number of threads nor the time.
// Light: the sun's disc by shadow rays; the sky by 64 cosine-distributed rays shared by 4 x 4 pixels (interleaved sampling, Keller and
// Heidrich 2001); one bounce as a constant from streets and walls; aerial perspective by a haze whose density falls with height.
#pragma once

#include "city/render/sky.h"
#include "city/render/surface.h"
#include "city/render/tracer.h"
#include "core/camera.h"
#include "core/image.h"
#include "core/progress.h"

#include <cstdint>
#include <vector>

namespace skyline::city {

inline constexpr std::uint8_t kNoClass = 255;  // in `object_class`: open ground and sky

struct CityPicture {
  int width = 0, height = 0;
  core::FloatImage linear;                 // 3: exposed, linear sRGB, before the response
  core::Image colour;                      // display-encoded
  core::FloatImage depth;                  // 1: metres along the ray, 0 where the sky is
  core::FloatImage normal;                 // 3: world, towards the camera, 0 where the sky is
  core::FloatImage sun;                    // 1: 1 where the sun's centre is in sight, 0 in shade, away from the sun, and where the sky is
  std::vector<std::int32_t> object;        // [height, width], 0: none
  std::vector<std::uint8_t> object_class;  // [height, width], ObjectClass or kNoClass
  std::vector<std::uint8_t> part;          // [height, width], Part
  double seconds = 0;
};

class CityRenderer {
 public:
  // `tracer` must outlive the renderer. Errors: those of `civil_time`.
  static core::Result<CityRenderer> make(const CityTracer& tracer, const RenderSettings& settings);

  // `photo` tells one photo's response from the next where the settings ask for variation. Errors: stopped.
  core::Result<CityPicture> render(const core::Camera& camera, std::uint32_t photo, const core::Progress& progress) const;
  const Sky& sky() const { return sky_; }

 private:
  CityRenderer(const CityTracer& tracer, const RenderSettings& settings, Sky sky);

  const CityTracer* tracer_;
  RenderSettings settings_;
  Sky sky_;
  Surfaces surfaces_;
};

}  // namespace skyline::city
