// Rendering through the contract of back ends, as --backend asks for.
#pragma once

#include "nerf/backend.h"

#include <memory>
#include <string>

namespace skyline::app {

// Makes pictures of one field, which must outlive it and not change, on the back end that `backend` names ("auto": the cheapest that
// supports them). Tables and scratch memory stay from picture to picture.
class PictureSource {
 public:
  PictureSource(std::string backend, const nerf::Field& field, nerf::RenderSettings settings);

  // Errors: those of the back end, and no back end of that name in this build.
  core::Status render(const nerf::RenderRequest& request, nerf::Picture& picture, nerf::RenderStats& stats, core::Progress& progress);
  // Name of the back end that makes pictures of this size.
  std::string backend_name(int width, int height) const;

 private:
  std::string backend_;
  const nerf::Field& field_;
  nerf::RenderSettings settings_;
  std::unique_ptr<nerf::RenderSession> session_;
};

}  // namespace skyline::app
