#include "app/bench_flight.h"

#include <algorithm>
#include <cmath>

namespace skyline::app {
namespace {

constexpr double kWantedHits = 0.8;  // share of the rays that must hit the field
constexpr double kHitOpacity = 0.5;  // a ray hits where more than this of its light comes from the field
constexpr int kProbeColumns = 24, kProbeRows = 14;

}  // namespace

core::Error bench_stopped() { return {"stopped", "the benchmark is not finished", "", true}; }

core::Result<PlannedFlight> plan_flight(const nerf::Scene& scene, PictureSource& source, int width, int height, int frames,
                                        core::Progress& progress) {
  core::Progress silent(progress.stop_token());
  core::Status status;
  const auto hit_share = [&](const nerf::FlightView& view) {
    if (!status) return 1.0;
    nerf::RenderRequest request;
    request.camera = nerf::view_camera(view, kBenchFieldOfView, width, height);
    request.camera = request.camera.resized(kProbeColumns, kProbeRows);
    request.opacity = true;
    nerf::Picture picture;
    nerf::RenderStats stats;
    status = source.render(request, picture, stats, silent);
    const std::vector<float>& opacity = picture.opacity.pixels;
    const auto hits = std::count_if(opacity.begin(), opacity.end(), [](float o) { return o > kHitOpacity; });
    return opacity.empty() ? 0.0 : static_cast<double>(hits) / static_cast<double>(opacity.size());
  };

  PlannedFlight flight;
  const double camera_height = nerf::mean_camera_height(scene.info.cameras, scene.field.ground_z);
  const auto views = nerf::bench_flight(scene.info.flight, scene.field.box, scene.field.ground_z, camera_height, frames);
  for (const nerf::FlightView& view : views) {
    flight.views.push_back(nerf::aim_at_field(view, scene.field.box, kWantedHits, hit_share));
    const double hits = hit_share(flight.views.back());
    if (!status) return status.error().stopped ? bench_stopped() : status.error();
    flight.mean_hits += hits / static_cast<double>(views.size());
    flight.fewest_hits = std::min(flight.fewest_hits, hits);
    progress.report({.stage = "planning the flight",
                     .done = static_cast<double>(flight.views.size()),
                     .total = static_cast<double>(views.size()),
                     .unit = "frames"});
  }
  return flight;
}

double percentile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto index = static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

}  // namespace skyline::app
