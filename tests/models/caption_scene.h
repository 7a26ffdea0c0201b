// A city of boxes, parks and rivers on flat ground, and exact pictures of it: what captions are tested on.
#pragma once

#include "city/polygon.h"
#include "models/caption/view_pixels.h"
#include "models/language/interpreter/situation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <utility>

namespace skyline::models::testing {

class BoxCity {
 public:
  // A building (or whatever stands) over the rectangle around `middle`.
  BoxCity& box(std::int32_t id, city::ObjectClass object_class, glm::dvec2 middle, glm::dvec2 size, double height, std::string name = {},
               std::string name_zh = {}) {
    const glm::dvec2 half = 0.5 * size;
    city::Object object;
    object.id = id;
    object.object_class = object_class;
    object.name = std::move(name);
    object.name_zh = std::move(name_zh);
    object.footprint = {middle - half, {middle.x + half.x, middle.y - half.y}, middle + half, {middle.x - half.x, middle.y + half.y}};
    object.height = height;
    return add(std::move(object));
  }
  BoxCity& line(std::int32_t id, city::ObjectClass object_class, city::Path path, double width, std::string name = {},
                std::string name_zh = {}) {
    city::Object object;
    object.id = id;
    object.object_class = object_class;
    object.name = std::move(name);
    object.name_zh = std::move(name_zh);
    object.path = std::move(path);
    object.width = width;
    return add(std::move(object));
  }
  BoxCity& add(city::Object object) {
    EXPECT_TRUE(catalogue_.add(std::move(object)).ok());
    return *this;
  }
  BoxCity& hide(std::int32_t id) {
    hidden_.insert(id);
    return *this;
  }

  SceneView view() const { return SceneView(catalogue_, hidden_); }

  // `camera`: "x,y,z,yaw,pitch[,fov]".
  ViewPixels pixels(const std::string& camera, int width = 160, int height = 90) const {
    ViewPixels pixels;
    pixels.camera = *core::parse_camera(camera, width, height);
    const core::RayGenerator rays(pixels.camera);
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < width; ++column) {
        const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
        const auto [id, distance] = meet(glm::dvec3(ray.origin), glm::dvec3(ray.direction));
        pixels.object.push_back(id);
        pixels.depth.push_back(static_cast<float>(distance));
      }
    }
    return pixels;
  }

 private:
  std::pair<std::int32_t, double> meet(const glm::dvec3& origin, const glm::dvec3& direction) const {
    std::int32_t id = 0;
    double nearest = std::numeric_limits<double>::infinity();
    if (direction.z < 0) {
      nearest = -origin.z / direction.z;
      const glm::dvec2 ground(origin + nearest * direction);
      for (const city::Object& object : catalogue_.objects()) {
        if (object.height == 0 && !hidden_.contains(object.id) && city::contains(object, ground)) id = object.id;
      }
    }
    for (const city::Object& object : catalogue_.objects()) {
      if (object.height == 0 || hidden_.contains(object.id)) continue;
      const city::Rectangle box = city::bounds(object);
      double enter = 0, leave = std::numeric_limits<double>::infinity();
      const glm::dvec3 low(box.low, 0.0), high(box.high, object.height);
      for (int axis = 0; axis < 3; ++axis) {
        const double a = (low[axis] - origin[axis]) / direction[axis], b = (high[axis] - origin[axis]) / direction[axis];
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
      }
      if (enter > leave || enter <= 0 || enter >= nearest) continue;
      nearest = enter;
      id = object.id;
    }
    return {id, std::isfinite(nearest) ? nearest : 0.0};
  }

  city::Catalogue catalogue_;
  std::set<std::int32_t> hidden_;
};

}  // namespace skyline::models::testing
