#include "core/camera.h"

#include "core/coordinates.h"

#include <glm/geometric.hpp>
#include <glm/matrix.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace skyline::core {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;
constexpr int kMaximumTableCells = 64;
constexpr double kTableTolerancePixels = 0.01;

// Derivative of `distort` with respect to the undistorted point, [[xx, xy], [yx, yy]]; it is symmetric off the diagonal.
struct DistortionJacobian {
  double xx, xy, yy;
  double determinant() const { return xx * yy - xy * xy; }
  // False beyond the radius at which the image folds back.
  bool keeps_order() const { return xx > 0 && determinant() > 1e-9; }
};

DistortionJacobian distortion_jacobian(const Distortion& d, glm::dvec2 p) {
  const double r2 = p.x * p.x + p.y * p.y;
  const double radial = 1 + r2 * (d.k1 + r2 * (d.k2 + r2 * d.k3));
  const double radial_slope = d.k1 + r2 * (2 * d.k2 + r2 * 3 * d.k3);  // by r2
  DistortionJacobian jacobian{};
  jacobian.xx = radial + 2 * p.x * p.x * radial_slope + 2 * d.p1 * p.y + 6 * d.p2 * p.x;
  jacobian.xy = 2 * p.x * p.y * radial_slope + 2 * d.p1 * p.x + 2 * d.p2 * p.y;
  jacobian.yy = radial + 2 * p.y * p.y * radial_slope + 6 * d.p1 * p.y + 2 * d.p2 * p.x;
  return jacobian;
}

// Undistorted normalised point (y down) of an image point in pixels.
glm::dvec2 normalised_point(const Camera& camera, double column, double row) {
  const glm::dvec2 point{(column - camera.cx) / camera.fl_x, (row - camera.cy) / camera.fl_y};
  return camera.distortion.is_zero() ? point : undistort(camera.distortion, point);
}

std::vector<glm::vec2> make_table(const Camera& camera, int columns, int rows) {
  std::vector<glm::vec2> table;
  table.reserve(static_cast<std::size_t>(columns + 1) * static_cast<std::size_t>(rows + 1));
  for (int r = 0; r <= rows; ++r) {
    for (int c = 0; c <= columns; ++c) {
      table.emplace_back(normalised_point(camera, double(c) * camera.width / columns, double(r) * camera.height / rows));
    }
  }
  return table;
}

// Largest interpolation error, in pixels, at the centres of the table's cells, where bilinear interpolation is worst.
double table_error(const Camera& camera, const std::vector<glm::vec2>& table, int columns, int rows) {
  double worst = 0;
  const auto corner = [&](int c, int r) {
    return glm::dvec2(table[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns + 1) + static_cast<std::size_t>(c)]);
  };
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const glm::dvec2 mean = 0.25 * (corner(c, r) + corner(c + 1, r) + corner(c, r + 1) + corner(c + 1, r + 1));
      const glm::dvec2 exact = normalised_point(camera, (c + 0.5) * camera.width / columns, (r + 0.5) * camera.height / rows);
      worst = std::max(worst, glm::length((mean - exact) * glm::dvec2(camera.fl_x, camera.fl_y)));
    }
  }
  return worst;
}

}  // namespace

Camera Camera::resized(int new_width, int new_height) const {
  Camera camera = *this;
  const double scale_x = double(new_width) / width, scale_y = double(new_height) / height;
  camera.width = new_width;
  camera.height = new_height;
  camera.fl_x *= scale_x;
  camera.cx *= scale_x;
  camera.fl_y *= scale_y;
  camera.cy *= scale_y;
  return camera;
}

glm::dvec2 distort(const Distortion& d, glm::dvec2 p) {
  const double r2 = p.x * p.x + p.y * p.y;
  const double radial = 1 + r2 * (d.k1 + r2 * (d.k2 + r2 * d.k3));
  return {p.x * radial + 2 * d.p1 * p.x * p.y + d.p2 * (r2 + 2 * p.x * p.x),
          p.y * radial + d.p1 * (r2 + 2 * p.y * p.y) + 2 * d.p2 * p.x * p.y};
}

glm::dvec2 undistort(const Distortion& distortion, glm::dvec2 distorted) {
  if (distortion.is_zero()) return distorted;
  constexpr int kIterations = 30;
  constexpr double kTolerance = 1e-11;  // of a focal length
  glm::dvec2 point = distorted;
  for (int i = 0; i < kIterations; ++i) {
    const glm::dvec2 residual = distort(distortion, point) - distorted;
    const DistortionJacobian jacobian = distortion_jacobian(distortion, point);
    const double determinant = jacobian.determinant();
    if (!jacobian.keeps_order()) return distorted;
    if (std::abs(residual.x) + std::abs(residual.y) < kTolerance) return point;
    point.x -= (jacobian.yy * residual.x - jacobian.xy * residual.y) / determinant;
    point.y -= (jacobian.xx * residual.y - jacobian.xy * residual.x) / determinant;
  }
  return distorted;
}

RayGenerator::RayGenerator(const Camera& camera) : camera_(camera), origin_(camera.position) {
  const glm::dvec3 right = camera.rotation[0], down = -camera.rotation[1], forward = -camera.rotation[2];
  if (camera.distortion.is_zero()) {
    column_step_ = right / camera.fl_x;
    row_step_ = down / camera.fl_y;
    corner_ = forward - right * (camera.cx / camera.fl_x) - down * (camera.cy / camera.fl_y);
    return;
  }
  corner_ = forward;
  column_step_ = right;
  row_step_ = down;
  for (int cells = 8; cells <= kMaximumTableCells; cells *= 2) {
    table_columns_ = table_rows_ = cells;
    table_ = make_table(camera, cells, cells);
    if (table_error(camera, table_, cells, cells) < kTableTolerancePixels) break;
  }
}

Ray RayGenerator::ray(float column, float row) const {
  float x = column, y = row;
  if (table_columns_ > 0) {
    const float u = column * static_cast<float>(table_columns_) / static_cast<float>(camera_.width);
    const float v = row * static_cast<float>(table_rows_) / static_cast<float>(camera_.height);
    const int c = std::clamp(static_cast<int>(u), 0, table_columns_ - 1);
    const int r = std::clamp(static_cast<int>(v), 0, table_rows_ - 1);
    const float s = u - static_cast<float>(c), t = v - static_cast<float>(r);
    const glm::vec2* upper = table_.data() + static_cast<std::ptrdiff_t>(r) * (table_columns_ + 1) + c;
    const glm::vec2* lower = upper + table_columns_ + 1;
    const glm::vec2 point = (1 - t) * ((1 - s) * upper[0] + s * upper[1]) + t * ((1 - s) * lower[0] + s * lower[1]);
    x = point.x;
    y = point.y;
  }
  const glm::vec3 direction = glm::normalize(corner_ + x * column_step_ + y * row_step_);
  // A lens whose numbers overflow floats sees straight ahead: whoever follows a ray may count on its direction.
  if (!std::isfinite(direction.x + direction.y + direction.z)) return {origin_, -glm::vec3(camera_.rotation[2])};
  return {origin_, direction};
}

bool project(const Camera& camera, const glm::dvec3& point, glm::dvec2& pixel) {
  const glm::dvec3 local = glm::transpose(camera.rotation) * (point - camera.position);
  const double depth = -local.z;
  if (!(depth > 0)) return false;
  glm::dvec2 normalised{local.x / depth, -local.y / depth};
  if (!camera.distortion.is_zero()) {
    if (!distortion_jacobian(camera.distortion, normalised).keeps_order()) return false;
    normalised = distort(camera.distortion, normalised);
  }
  pixel = {camera.fl_x * normalised.x + camera.cx, camera.fl_y * normalised.y + camera.cy};
  return true;
}

Result<Camera> parse_camera(const std::string& text, int width, int height) {
  static constexpr const char* kNames[] = {"x", "y", "z", "yaw", "pitch", "fov"};
  constexpr const char* kAdvice = "write x,y,z,yaw,pitch[,fov] with angles in degrees";
  double values[6] = {0, 0, 0, 0, 0, 50};
  if (width < 1 || height < 1) return Error{"cannot make a camera", "a picture of no pixels", "give a width and a height above 0"};

  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= text.size(); ++count) {
    std::size_t end = std::min(text.find(',', begin), text.size());
    if (count == 6) return Error{"cannot read the camera", "'" + text + "' has more than 6 parts", kAdvice};
    std::string part = text.substr(begin, end - begin);
    part.erase(0, part.find_first_not_of(" \t"));
    part.erase(part.find_last_not_of(" \t") + 1);
    const char* first = part.data() + (part.starts_with('+') ? 1 : 0);
    const auto [last, code] = std::from_chars(first, part.data() + part.size(), values[count]);
    if (code != std::errc() || last != part.data() + part.size() || !std::isfinite(values[count])) {
      return Error{"cannot read the camera", std::string(kNames[count]) + " '" + part + "' is not a number", kAdvice};
    }
    begin = end + 1;
  }
  if (count < 5) return Error{"cannot read the camera", std::string(kNames[count]) + " is missing in '" + text + "'", kAdvice};
  if (std::abs(values[4]) > 90) return Error{"cannot read the camera", "pitch is outside of -90 to 90", kAdvice};
  // A narrower view than a thousandth of a second of arc has no finite focal length.
  constexpr double kNarrowest = 1e-7;
  if (!(values[5] > kNarrowest && values[5] < 180)) return Error{"cannot read the camera", "fov is not between 0 and 180", kAdvice};

  for (std::size_t i = 0; i < 3; ++i) {
    if (std::abs(values[i]) > kFarthestCoordinate)
      return Error{"cannot read the camera", std::string(kNames[i]) + " is too far away", kAdvice};
  }

  const double yaw = values[3] * kDegree, pitch = values[4] * kDegree;
  const glm::dvec3 right{std::cos(yaw), std::sin(yaw), 0};
  const glm::dvec3 forward{-std::sin(yaw) * std::cos(pitch), std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
  Camera camera;
  camera.name = text;
  camera.width = width;
  camera.height = height;
  camera.fl_x = camera.fl_y = 0.5 * height / std::tan(0.5 * values[5] * kDegree);
  camera.cx = 0.5 * width;
  camera.cy = 0.5 * height;
  camera.rotation = glm::dmat3(right, glm::cross(right, forward), -forward);
  camera.position = {values[0], values[1], values[2]};
  return camera;
}

}  // namespace skyline::core
