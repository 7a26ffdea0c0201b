#include "tests/support/toy_city.h"

#include <glm/geometric.hpp>
#include <glm/mat3x3.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numbers>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

struct ColouredBox {
  glm::dvec3 low, high, colour;
};

const std::array<ColouredBox, 5> kBoxes{{
    {{-30, -30, 0}, {-10, -10, 30}, {0.85, 0.30, 0.20}},
    {{10, -35, 0}, {30, -15, 15}, {0.25, 0.55, 0.85}},
    {{-35, 10, 0}, {-15, 35, 12}, {0.90, 0.80, 0.35}},
    {{12, 8, 0}, {32, 28, 40}, {0.60, 0.35, 0.70}},
    {{-6, -4, 0}, {6, 8, 8}, {0.95, 0.95, 0.90}},
}};

// Distance to the box and the axis of the face that is met; negative distance: no hit.
std::pair<double, int> meet(const ColouredBox& box, const glm::dvec3& origin, const glm::dvec3& direction) {
  double near = 0, far = 1e300;
  int axis = -1;
  for (int i = 0; i < 3; ++i) {
    double a = (box.low[i] - origin[i]) / direction[i], b = (box.high[i] - origin[i]) / direction[i];
    if (a > b) std::swap(a, b);
    if (a > near) {
      near = a;
      axis = i;
    }
    far = std::min(far, b);
  }
  return near < far && axis >= 0 ? std::pair{near, axis} : std::pair{-1.0, -1};
}

glm::dvec3 ground_colour(double x, double y) {
  const bool odd = (static_cast<int>(std::floor(x / 8)) + static_cast<int>(std::floor(y / 8))) % 2 != 0;
  const double wave = 0.06 * std::sin(0.5 * x) * std::cos(0.4 * y);
  return (odd ? glm::dvec3(0.35, 0.45, 0.30) : glm::dvec3(0.55, 0.52, 0.48)) + wave;
}

// Looks from `position` at `target`; columns right, up, backwards.
glm::dmat3 look_at(const glm::dvec3& position, const glm::dvec3& target) {
  const glm::dvec3 back = glm::normalize(position - target);
  const glm::dvec3 right = glm::normalize(glm::cross(glm::dvec3(0, 0, 1), back));
  return {right, glm::cross(back, right), back};
}

core::Image photograph(const glm::dmat3& rotation, const glm::dvec3& position, double focal, const ToyCityOptions& options) {
  constexpr int kSamples = 3;  // along each side of a pixel
  core::Image image{options.width, options.height, {}};
  for (int row = 0; row < options.height; ++row) {
    for (int column = 0; column < options.width; ++column) {
      glm::dvec3 sum{0.0};
      for (int s = 0; s < kSamples * kSamples; ++s) {
        const double x = column + (s % kSamples + 0.5) / kSamples, y = row + (s / kSamples + 0.5) / kSamples;
        const glm::dvec3 direction = rotation * glm::dvec3((x - 0.5 * options.width) / focal, (0.5 * options.height - y) / focal, -1);
        sum += toy_city_colour(position, glm::normalize(direction));
      }
      sum /= kSamples * kSamples;
      for (int c = 0; c < 3; ++c) image.pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(sum[c], 0.0, 1.0))));
    }
  }
  return image;
}

void write_cameras(const fs::path& file, const nlohmann::json& intrinsics, const nlohmann::json& frames) {
  nlohmann::json document = intrinsics;
  document["frames"] = frames;
  std::ofstream(file) << document.dump(1);
}

}  // namespace

glm::dvec3 toy_city_colour(const glm::dvec3& origin, const glm::dvec3& direction) {
  constexpr std::array<double, 3> kShade{0.80, 0.90, 1.0};  // of faces by axis
  double nearest = 1e300;
  glm::dvec3 colour{0.65, 0.78, 0.92};
  if (direction.z < 0) {
    nearest = -origin.z / direction.z;
    colour = ground_colour(origin.x + nearest * direction.x, origin.y + nearest * direction.y);
  }
  for (const ColouredBox& box : kBoxes) {
    const auto [distance, axis] = meet(box, origin, direction);
    if (distance <= 0 || distance >= nearest) continue;
    nearest = distance;
    colour = box.colour * kShade[static_cast<std::size_t>(axis)];
  }
  return colour;
}

void write_toy_city(const fs::path& folder, const ToyCityOptions& options) {
  fs::create_directories(folder / "images");
  const double focal = 0.9 * options.width;
  const nlohmann::json intrinsics{{"w", options.width}, {"h", options.height},       {"fl_x", focal},
                                  {"fl_y", focal},      {"cx", 0.5 * options.width}, {"cy", 0.5 * options.height}};
  nlohmann::json all = nlohmann::json::array(), train = all, test = all;
  for (int i = 0; i < options.photos; ++i) {
    // Two rings at two heights, the lower one turned by half a step.
    const double angle = 2 * std::numbers::pi * i / options.photos;
    const double radius = i % 2 == 0 ? 75 : 45;
    const glm::dvec3 position{radius * std::cos(angle), radius * std::sin(angle), i % 2 == 0 ? 95.0 : 115.0};
    const glm::dmat3 rotation = look_at(position, {4 * std::sin(3 * angle), 4 * std::cos(2 * angle), 5});
    const std::string name = "images/photo_" + std::to_string(100 + i) + ".png";
    if (auto saved = core::save_image(photograph(rotation, position, focal, options), folder / name); !saved)
      core::end_program(saved.error().message());
    nlohmann::json rows = nlohmann::json::array();
    for (int row = 0; row < 3; ++row) rows.push_back({rotation[0][row], rotation[1][row], rotation[2][row], position[row]});
    rows.push_back({0, 0, 0, 1});
    const nlohmann::json frame{{"file_path", name}, {"transform_matrix", rows}};
    all.push_back(frame);
    (i % 4 == 1 ? test : train).push_back(frame);
  }
  write_cameras(folder / "transforms.json", intrinsics, all);
  write_cameras(folder / "transforms_train.json", intrinsics, train);
  write_cameras(folder / "transforms_test.json", intrinsics, test);
}

}  // namespace skyline::testing
