// The lights that a scene was photographed in: photos whose appearance codes make the scene look alike are one look.
//
//   auto looks = find_looks(field, info, {}, progress);     // some 100 ms, for a job
//
// Codes are compared by what they do, not by their numbers: a small picture of the home view is drawn in the light of each photo.
#pragma once

#include "core/image.h"
#include "core/progress.h"
#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/store/sky_file.h"

#include <glm/vec3.hpp>

#include <vector>

namespace skyline::nerf {

struct CapturedLook {
  int photo = 0;           // the one that stands for all
  int photos = 0;          // that look like it
  glm::vec3 colour{0.0F};  // mean of the home view, display-encoded
  core::Image thumbnail;
};

struct LookSettings {
  int most = 6;                // looks
  double least_apart = 0.025;  // root mean square of the colours' difference; what is nearer is one look
  int thumbnail_width = 160, thumbnail_height = 100;
};

// Those of most photos first; empty where the scene has one light only (no appearance codes). The same for the same scene. Errors: stopped.
core::Result<std::vector<CapturedLook>> find_looks(const Field& field, const SceneInfo& info, const LookSettings& settings,
                                                   core::Progress& progress);

}  // namespace skyline::nerf
