#include "tests/renderer/small_scene.h"

#include <algorithm>
#include <random>

namespace skyline::renderer::testing {

nerf::Field small_city() {
  nerf::FieldSettings settings;
  settings.levels = 2;
  settings.volume_channels = 8;
  nerf::Field field = *nerf::Field::create(settings, {{-4, -4, 0}, {4, 4, 4}}, 0, 2, 1, 7);
  return field;
}

std::shared_ptr<nerf::SharedScene> small_scene() {
  nerf::Scene scene;
  scene.field = small_city();
  return nerf::SharedScene::of(std::move(scene));
}

core::Camera camera_at(const std::string& text, int width, int height) { return *core::parse_camera(text, width, height); }

}  // namespace skyline::renderer::testing
