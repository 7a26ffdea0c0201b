// What meshes take of the light that falls on the field around them: the sun's, where they stand in its way, and the sky's close to them.
//
// The field's own light cannot be parted into sun and sky: places that are dark already count as lying in the shade and lose little.
#pragma once

#include "core/box.h"
#include "nerf/edit/layers.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <span>

namespace skyline::nerf {

struct MeshShade {
  float sun = 0, sky = 0;  // shares that are taken, 0 to 1
};

// Around the places that a mesh can shade.
core::Box shaded_bounds(const MeshLayer& mesh, const MeshLight& light);

// At a place of the field, by the layers' meshes of these numbers.
MeshShade shade_at(const EditLayers& layers, std::span<const std::int32_t> meshes, const glm::vec3& place);

// Factor of a display-encoded colour of the field there.
float shaded(const MeshShade& shade, const MeshLight& light, const glm::vec3& colour);

}  // namespace skyline::nerf
