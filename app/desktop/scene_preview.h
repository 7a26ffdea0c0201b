// The small picture that a scene file carries, read without the field: for the start page.
#pragma once

#include "core/image.h"
#include "core/result.h"

#include <filesystem>
#include <string>

namespace skyline::app::desktop {

struct ScenePreview {
  core::Image image;  // of size 0 where the file has none
  std::string name, credit;
};

// Errors: those of nerf::SkyReader::open.
core::Result<ScenePreview> read_preview(const std::filesystem::path& scene);

}  // namespace skyline::app::desktop
