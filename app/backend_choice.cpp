#include "app/backend_choice.h"

#include <utility>

namespace skyline::app {

PictureSource::PictureSource(std::string backend, const nerf::Field& field, nerf::RenderSettings settings)
    : backend_(std::move(backend)), field_(field), settings_(std::move(settings)) {}

core::Status PictureSource::render(const nerf::RenderRequest& request, nerf::Picture& picture, nerf::RenderStats& stats,
                                   core::Progress& progress) {
  const nerf::Operation operation = nerf::RenderOperation{&field_, settings_, request, &picture, &stats, &progress, &session_};
  const core::Result<nerf::Backend*> chosen = nerf::select_backend(backend_, operation);
  if (!chosen) return chosen.error();
  return (*chosen)->run(operation);
}

std::string PictureSource::backend_name(int width, int height) const {
  nerf::RenderRequest request;
  request.camera.width = width;
  request.camera.height = height;
  const nerf::Operation operation = nerf::RenderOperation{&field_, settings_, request, nullptr, nullptr, nullptr, nullptr};
  const core::Result<nerf::Backend*> chosen = nerf::select_backend(backend_, operation);
  return chosen ? std::string((*chosen)->name()) : std::string();
}

}  // namespace skyline::app
