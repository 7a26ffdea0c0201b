#include "nerf/data/scene_parts.h"

#include <Eigen/Dense>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <random>

namespace skyline::nerf {
namespace {

Eigen::Vector3d to_eigen(const glm::dvec3& v) { return {v.x, v.y, v.z}; }
glm::dvec3 to_glm(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

double angle_between(const glm::dvec3& a, const glm::dvec3& b) { return std::acos(std::clamp(glm::dot(a, b), -1.0, 1.0)); }
constexpr double degrees(double d) { return d * 3.14159265358979323846 / 180.0; }

glm::dvec3 median_of(const std::vector<glm::dvec3>& positions) {
  glm::dvec3 median{0.0};
  for (int axis = 0; axis < 3; ++axis) {
    std::vector<double> values;
    for (const glm::dvec3& position : positions) values.push_back(position[axis]);
    median[axis] = quantile(std::move(values), 0.5);
  }
  return median;
}

// Rough up axis of photos from the air, good to some 25 degrees: photos looking down say it by their viewing direction, photos looking
// ahead by their upper edge. Half weight for the latter keeps a strip of nadir photos (all upper edges alike) within 27 degrees.
glm::dvec3 rough_up(const Dataset& dataset) {
  glm::dvec3 sum{0.0};
  for (const Photo& photo : dataset.photos) sum += photo.camera.rotation[2] + 0.5 * photo.camera.rotation[1];
  return glm::length(sum) > 1e-6 ? glm::normalize(sum) : glm::dvec3(0, 0, 1);
}

// Up axis from cameras that are held level: the direction that all their horizontal axes avoid. Falls back to the rough one where the
// cameras' headings are too alike to tell.
glm::dvec3 up_of_cameras(const Dataset& dataset) {
  const glm::dvec3 rough = rough_up(dataset);
  Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
  for (const Photo& photo : dataset.photos) {
    const Eigen::Vector3d right = to_eigen(photo.camera.rotation[0]);
    scatter += right * right.transpose() / double(dataset.photos.size());
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(scatter);
  if (solver.eigenvalues()(0) > 0.2 * solver.eigenvalues()(1)) return rough;
  glm::dvec3 up = to_glm(solver.eigenvectors().col(0));
  if (glm::dot(up, rough) < 0) up = -up;
  return angle_between(up, rough) < degrees(45) ? up : rough;
}

struct PlaneFit {
  glm::dvec3 normal{0.0};
  glm::dvec3 centre{0.0};
};

// Least squares through the points within `tolerance` of the plane.
PlaneFit refined(const PlaneFit& plane, const std::vector<glm::dvec3>& points, double tolerance) {
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  Eigen::Matrix3d second = Eigen::Matrix3d::Zero();
  double count = 0;
  for (const glm::dvec3& point : points) {
    if (std::abs(glm::dot(plane.normal, point - plane.centre)) > tolerance) continue;
    const Eigen::Vector3d local = to_eigen(point - plane.centre);
    mean += local;
    second += local * local.transpose();
    ++count;
  }
  if (count < 3) return plane;
  mean /= count;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(Eigen::Matrix3d(second / count - mean * mean.transpose()));
  glm::dvec3 normal = to_glm(solver.eigenvectors().col(0));
  if (glm::dot(normal, plane.normal) < 0) normal = -normal;
  return {normal, plane.centre + to_glm(mean)};
}

// The dominant plane below the cameras by RANSAC (Fischler & Bolles 1981), refined by least squares.
std::optional<PlaneFit> dominant_plane(const Dataset& dataset, const glm::dvec3& rough) {
  constexpr std::size_t kMostPoints = 4000;
  constexpr int kHypotheses = 800;
  const std::size_t stride = std::max<std::size_t>(1, dataset.points.size() / kMostPoints);
  std::vector<glm::dvec3> points, cameras;
  for (std::size_t i = 0; i < dataset.points.size(); i += stride) points.push_back(dataset.points[i].position);
  for (const Photo& photo : dataset.photos) cameras.push_back(photo.camera.position);
  const double scale = glm::length(median_of(cameras) - median_of(points));
  const double tolerance = 0.01 * scale;

  std::mt19937_64 random(1);
  const auto any_point = [&]() -> const glm::dvec3& { return points[random() % points.size()]; };
  std::optional<PlaneFit> best;
  std::size_t best_inliers = points.size() / 20;
  for (int i = 0; i < kHypotheses; ++i) {
    const glm::dvec3 &a = any_point(), &b = any_point(), &c = any_point();
    glm::dvec3 normal = glm::cross(b - a, c - a);
    if (!(glm::length(normal) > 1e-4 * scale * scale)) continue;
    normal = glm::normalize(normal);
    if (glm::dot(normal, rough) < 0) normal = -normal;
    if (angle_between(normal, rough) > degrees(50)) continue;
    const auto above = std::count_if(cameras.begin(), cameras.end(), [&](const glm::dvec3& p) { return glm::dot(normal, p - a) > 0; });
    if (10 * above < 9 * static_cast<std::ptrdiff_t>(cameras.size())) continue;
    const auto inliers = static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [&](const glm::dvec3& p) { return std::abs(glm::dot(normal, p - a)) < tolerance; }));
    if (inliers > best_inliers) {
      best_inliers = inliers;
      best = PlaneFit{normal, a};
    }
  }
  if (best) {
    for (int i = 0; i < 3; ++i) best = refined(*best, points, tolerance);
  }
  return best;
}

std::optional<double> ground_of_points(const std::vector<SparsePoint>& points, double camera_z) {
  std::vector<double> heights;
  for (const SparsePoint& point : points) heights.push_back(point.position.z);
  const double low = quantile(heights, 0.002), camera_height = camera_z - quantile(heights, 0.5);
  if (!(camera_height > 0)) return std::nullopt;

  // Histogram from the lowest points to the cameras, smoothed over three bins.
  const double bin = 0.005 * camera_height;
  const auto bins = static_cast<std::size_t>(std::clamp((camera_z - low) / bin, 1.0, 10000.0));
  std::vector<double> counts(bins + 2, 0.0), smooth(bins + 2, 0.0);
  for (const double height : heights) {
    const double index = (height - low) / bin;
    if (index >= 0 && index < static_cast<double>(bins)) ++counts[static_cast<std::size_t>(index) + 1];
  }
  for (std::size_t i = 1; i <= bins; ++i) smooth[i] = (counts[i - 1] + 2 * counts[i] + counts[i + 1]) / 4;

  // The lowest peak that is not small: roofs and crowns may outnumber the street.
  const double tall = 0.4 * *std::max_element(smooth.begin(), smooth.end());
  std::size_t mode = 1;
  while (mode < bins && (smooth[mode] < tall || smooth[mode + 1] > smooth[mode])) ++mode;
  const double centre = low + (static_cast<double>(mode) - 0.5) * bin;
  std::vector<double> around;
  for (const double height : heights) {
    if (std::abs(height - centre) < 2 * bin) around.push_back(height);
  }
  return around.empty() ? centre : quantile(std::move(around), 0.5);
}

// Ground-ish point where the optical axes meet, in the least-squares sense; empty when they are nearly parallel or do not meet.
std::optional<double> convergence_of_axes(const Dataset& dataset, double camera_z) {
  Eigen::Matrix3d normal_matrix = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right_side = Eigen::Vector3d::Zero();
  for (const Photo& photo : dataset.photos) {
    const Eigen::Vector3d axis = to_eigen(photo.camera.rotation[2]);
    const Eigen::Matrix3d across = (Eigen::Matrix3d::Identity() - axis * axis.transpose()) / double(dataset.photos.size());
    normal_matrix += across;
    right_side += across * to_eigen(photo.camera.position);
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(normal_matrix);
  if (solver.eigenvalues()(0) < 0.02) return std::nullopt;
  const glm::dvec3 point = to_glm(normal_matrix.ldlt().solve(right_side));
  std::vector<double> misses, depths;
  for (const Photo& photo : dataset.photos) {
    const glm::dvec3 to_point = point - photo.camera.position;
    const double depth = -glm::dot(photo.camera.rotation[2], to_point);
    depths.push_back(depth);
    misses.push_back(glm::length(to_point + depth * photo.camera.rotation[2]));
  }
  const double depth = quantile(std::move(depths), 0.2);
  if (!(depth > 0) || quantile(std::move(misses), 0.5) > 0.3 * depth || !(point.z < camera_z)) return std::nullopt;
  return point.z;
}

// Survey photos overlap by about three quarters with their nearest neighbour, so a footprint is about four times their spacing.
std::optional<double> ground_of_spacing(const Dataset& dataset, double camera_z) {
  constexpr double kFootprintsOverSpacing = 4;
  std::vector<double> heights;
  for (const Photo& photo : dataset.photos) {
    double nearest = 1e300;
    for (const Photo& other : dataset.photos) {
      if (&other == &photo) continue;
      const double distance = glm::length(other.camera.position - photo.camera.position);
      if (distance > 0) nearest = std::min(nearest, distance);
    }
    const double down = photo.camera.rotation[2].z;  // cosine between the viewing direction and straight down
    if (nearest < 1e300 && down > 0.1) heights.push_back(kFootprintsOverSpacing * nearest * photo.camera.fl_x / photo.camera.width * down);
  }
  if (heights.empty()) return std::nullopt;
  return camera_z - quantile(std::move(heights), 0.5);
}

}  // namespace

double quantile(std::vector<double> values, double fraction) {
  if (values.empty()) return 0;
  const auto index = static_cast<std::size_t>(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
  return values[index];
}

glm::dvec3 estimate_up(const Dataset& dataset) {
  // A plane through points is good to a degree; cameras alone are good to 10 or 20, and programs that know up write it as z.
  constexpr double kPointTolerance = degrees(5), kCameraTolerance = degrees(20);
  const glm::dvec3 z{0, 0, 1};
  const glm::dvec3 rough = up_of_cameras(dataset);
  if (dataset.points.size() >= kFewestUsefulPoints) {
    if (const std::optional<PlaneFit> plane = dominant_plane(dataset, rough)) {
      return angle_between(plane->normal, z) < kPointTolerance ? z : plane->normal;
    }
  }
  return angle_between(rough, z) < kCameraTolerance ? z : rough;
}

glm::dmat3 rotation_to_z(const glm::dvec3& up) {
  if (up == glm::dvec3(0, 0, 1)) return glm::dmat3(1.0);
  const Eigen::Matrix3d rotation = Eigen::Quaterniond::FromTwoVectors(to_eigen(up), Eigen::Vector3d::UnitZ()).toRotationMatrix();
  return {to_glm(rotation.col(0)), to_glm(rotation.col(1)), to_glm(rotation.col(2))};
}

std::optional<double> estimate_ground(const Dataset& dataset) {
  std::vector<double> heights;
  for (const Photo& photo : dataset.photos) heights.push_back(photo.camera.position.z);
  const double camera_z = quantile(std::move(heights), 0.5);
  if (dataset.points.size() >= kFewestUsefulPoints) {
    if (const std::optional<double> ground = ground_of_points(dataset.points, camera_z)) return ground;
  }
  if (const std::optional<double> ground = ground_by_sweep(dataset, camera_z)) return ground;
  if (const std::optional<double> ground = convergence_of_axes(dataset, camera_z)) return ground;
  return ground_of_spacing(dataset, camera_z);
}

}  // namespace skyline::nerf
