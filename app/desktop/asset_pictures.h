// Small views of things that can be inserted: of the scene's objects as the field shows them, and of generated meshes.
#pragma once

#include "city/catalogue.h"
#include "core/image.h"
#include "core/result.h"
#include "nerf/edit/appearance.h"
#include "nerf/edit/layers.h"
#include "nerf/shared_scene.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace skyline::app::desktop {

class Session;

// One row of the shelf.
struct Asset {
  city::ObjectClass object_class = city::ObjectClass::kOther;
  std::int32_t object = 0;  // of the catalogue; 0: a generated mesh
  std::string name, name_zh;
  double height = 0;
};

// Of each class that stands in the scene its best few (editor::stand_in_for's order), then a mesh of each class that the scene has not.
std::vector<Asset> assets_of(const city::Catalogue& catalogue);

// A scene as it is edited now.
struct ShownScene {
  std::shared_ptr<nerf::SharedScene> scene;
  std::shared_ptr<const nerf::EditLayers> layers;
  std::shared_ptr<const nerf::Appearance> appearance;
  std::vector<float> code;
};
ShownScene shown_scene_of(const Session& session);

// Objects where they stand now, all in one picture, from obliquely above and the side that a view with this yaw looks from. Errors: there
// are none, those of the renderer.
core::Result<core::Image> picture_of(const std::vector<city::Object>& objects, const ShownScene& shown, double yaw_deg, int width,
                                     int height);

// From obliquely above, on its ground. Errors: those of the renderer and of the generator.
core::Result<core::Image> picture_of(const Asset& asset, const nerf::SharedScene& scene, int width, int height);

}  // namespace skyline::app::desktop
