// The light that meshes of a document stand in: that of the captures, as far as effects on the whole scene do not change it.
#pragma once

#include "editor/effect.h"
#include "nerf/edit/mesh_shape.h"

namespace skyline::editor {

nerf::MeshLight mesh_light(const EffectStack& effects);

}  // namespace skyline::editor
