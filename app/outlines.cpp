#include "app/outlines.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::app {
namespace {

glm::u8vec3 colour_of(city::ObjectClass object_class) {
  if (city::is_a(object_class, city::ObjectClass::kBuilding)) return {230, 40, 30};
  if (object_class == city::ObjectClass::kBridge) return {240, 200, 30};
  return {60, 220, 60};
}

class Canvas {
 public:
  explicit Canvas(const nerf::SurfaceMap& map) : grid_(map.grid) {
    image_ = {grid_.columns, grid_.rows, std::vector<std::uint8_t>(grid_.size() * 3)};
    for (int row = 0; row < grid_.rows; ++row) {
      for (int column = 0; column < grid_.columns; ++column) {
        const glm::vec3 c = map.colour[grid_.at(column, row)];
        put(column, grid_.rows - 1 - row, {byte(c.r), byte(c.g), byte(c.b)});
      }
    }
  }

  void line(const glm::dvec2& from, const glm::dvec2& to, glm::u8vec3 colour) {
    const glm::dvec2 a = (from - grid_.low) / grid_.cell, b = (to - grid_.low) / grid_.cell;
    const int steps = 1 + static_cast<int>(2 * glm::length(b - a));
    for (int i = 0; i <= steps; ++i) {
      const glm::dvec2 p = a + (b - a) * (static_cast<double>(i) / steps);
      put(static_cast<int>(std::floor(p.x)), grid_.rows - 1 - static_cast<int>(std::floor(p.y)), colour);
    }
  }

  core::Image take() { return std::move(image_); }

 private:
  static std::uint8_t byte(float v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255)); }
  void put(int x, int y, glm::u8vec3 colour) {
    if (x < 0 || y < 0 || x >= image_.width || y >= image_.height) return;
    const std::size_t i = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) + static_cast<std::size_t>(x));
    for (int c = 0; c < 3; ++c) image_.pixels[i + static_cast<std::size_t>(c)] = colour[c];
  }
  nerf::GroundGrid grid_;
  core::Image image_;
};

}  // namespace

core::Image draw_outlines(const nerf::SurfaceMap& map, const city::Catalogue& catalogue) {
  Canvas canvas(map);
  for (const city::Object& object : catalogue.objects()) {
    const glm::u8vec3 colour = colour_of(object.object_class);
    for (std::size_t i = 0; i < object.footprint.size(); ++i) {
      canvas.line(object.footprint[i], object.footprint[(i + 1) % object.footprint.size()], colour);
    }
    for (std::size_t i = 1; i < object.path.size(); ++i) canvas.line(object.path[i - 1], object.path[i], colour);
  }
  return canvas.take();
}

core::Image draw_heights(const nerf::SurfaceMap& map, const std::vector<float>& ground, float highest) {
  const nerf::GroundGrid& grid = map.grid;
  core::Image image{grid.columns, grid.rows, std::vector<std::uint8_t>(grid.size() * 3)};
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const std::size_t i = grid.at(column, row), pixel = 3 * grid.at(column, grid.rows - 1 - row);
      const float share = std::clamp((map.middle[i] - ground[i]) / highest, 0.0F, 1.0F);
      const auto grey = static_cast<std::uint8_t>(std::lround(share * 255));
      for (std::size_t c = 0; c < 3; ++c) image.pixels[pixel + c] = map.known[i] != 0 ? grey : static_cast<std::uint8_t>(c == 0 ? 70 : 0);
    }
  }
  return image;
}

}  // namespace skyline::app
