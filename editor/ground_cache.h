// What takes seconds to find out about a scene's ground, as bytes, so that it is found out once a scene. Private to the scene's ground.
//
// What is kept is rounded (heights to 2 mm, colours to bytes): a scene that was just looked at is read back from its bytes too, so that
// pictures do not depend on whether there was a file.
#pragma once

#include "nerf/objects/surface_map.h"

#include <glm/vec3.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace skyline::editor {

struct GroundMaps {
  nerf::SurfaceMap map;
  std::vector<float> ground;                // [rows, columns] heights
  std::map<std::int32_t, glm::vec3> walls;  // mean colours by catalogue id
};

std::vector<std::byte> packed(const GroundMaps& maps);
// Nothing when the bytes are not whole or of another version.
std::optional<GroundMaps> unpacked(std::span<const std::byte> bytes);

}  // namespace skyline::editor
