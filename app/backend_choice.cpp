#include "app/backend_choice.h"

namespace skyline::app {

core::Status render_picture(const std::string& backend, const nerf::Field& field, const nerf::RenderSettings& settings,
                            const nerf::RenderRequest& request, nerf::Picture& picture, nerf::RenderStats& stats,
                            core::Progress& progress) {
  const nerf::Operation operation = nerf::RenderOperation{&field, settings, request, &picture, &stats, &progress};
  const core::Result<nerf::Backend*> chosen = nerf::select_backend(backend, operation);
  if (!chosen) return chosen.error();
  return (*chosen)->run(operation);
}

std::string backend_name(const std::string& backend, const nerf::Field& field, const nerf::RenderSettings& settings, int width,
                         int height) {
  nerf::RenderRequest request;
  request.camera.width = width;
  request.camera.height = height;
  const nerf::Operation operation = nerf::RenderOperation{&field, settings, request, nullptr, nullptr, nullptr};
  const core::Result<nerf::Backend*> chosen = nerf::select_backend(backend, operation);
  return chosen ? std::string((*chosen)->name()) : std::string();
}

}  // namespace skyline::app
