#include "tests/editor/town.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace skyline::editor {

Surroundings town(std::vector<House> houses) {
  Surroundings place;
  place.box = {{-500, -500, 0}, {500, 500, 100}};
  place.surface = [houses = std::move(houses)](glm::dvec2 p) {
    double height = 0;
    for (const House& house : houses) {
      if (p.x >= house.low.x && p.x <= house.high.x && p.y >= house.low.y && p.y <= house.high.y) height = std::max(height, house.height);
    }
    return height;
  };
  return place;
}

Navigator navigator_over_flat_ground(const Pose& pose) {
  Navigator navigator;
  navigator.set_surroundings(town());
  navigator.reset(pose);
  return navigator;
}

glm::dvec2 pixel_of(const Pose& pose, const glm::dvec3& point) {
  glm::dvec2 pixel(std::numeric_limits<double>::quiet_NaN());
  core::project(camera_of(pose, kWidth, kHeight), point, pixel);
  return pixel;
}

glm::dvec3 point_at(const Pose& pose, glm::dvec2 pixel, double distance) {
  const core::Camera camera = camera_of(pose, kWidth, kHeight);
  const glm::dvec3 local{(pixel.x - camera.cx) / camera.fl_x, -(pixel.y - camera.cy) / camera.fl_y, -1};
  return camera.position + glm::normalize(camera.rotation * local) * distance;
}

}  // namespace skyline::editor
