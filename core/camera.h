// Cameras: pose, intrinsics and lens of one photo or view.
//
// World: right-handed, z up. Camera: OpenGL axes (x right, y up, looks along -z). Pixel (column, row) has its centre at (+0.5, +0.5), the
// origin at the top left. Ray directions are of unit length, so distances along a ray are world units.
#pragma once

#include "core/result.h"

#include <glm/mat3x3.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <array>
#include <string>
#include <vector>

namespace skyline::core {

// OPENCV lens model (k1 k2 k3 radial, p1 p2 tangential), all 0 for a pinhole.
// https://docs.opencv.org/4.x/d9/d0c/group__calib3d.html, "Detailed Description"; same as COLMAP's OPENCV with k3.
struct Distortion {
  double k1 = 0, k2 = 0, k3 = 0, p1 = 0, p2 = 0;
  bool is_zero() const { return k1 == 0 && k2 == 0 && k3 == 0 && p1 == 0 && p2 == 0; }
};

struct Camera {
  std::string name;           // file name of the photo, or what a person calls the view
  int width = 0, height = 0;  // pixels
  double fl_x = 0, fl_y = 0;  // focal lengths in pixels
  double cx = 0, cy = 0;      // principal point in pixels, origin at the corner of the top left pixel
  Distortion distortion;
  glm::dmat3 rotation{1.0};  // camera to world, columns are the camera's axes
  glm::dvec3 position{0.0};  // world
  int lens = 0;              // index of the shared lens (vignetting is per lens)

  // The same camera for the photo scaled to another size of the same aspect.
  Camera resized(int new_width, int new_height) const;
};

struct Ray {
  glm::vec3 origin;
  glm::vec3 direction;  // unit length
};

// Distorted normalised image point of the undistorted point (x right, y down, z = 1), and its inverse by Newton iteration. The inverse
// returns the starting point where the model is not invertible (outside of the field of view it was calibrated for).
glm::dvec2 distort(const Distortion& distortion, glm::dvec2 undistorted);
glm::dvec2 undistort(const Distortion& distortion, glm::dvec2 distorted);

// Makes rays of one camera. For a distorted camera a table of directions on a grid of at most 64 x 64 cells, refined until bilinear
// interpolation is below 0.01 pixel, is made once; rays are then cheap. Const methods are thread-safe.
class RayGenerator {
 public:
  explicit RayGenerator(const Camera& camera);
  // Ray through the image point (column, row) in pixels; (0.5, 0.5) is the centre of the first pixel.
  Ray ray(float column, float row) const;
  const Camera& camera() const { return camera_; }

 private:
  Camera camera_;
  glm::vec3 origin_{0.0f};
  // Pinhole: direction before normalisation = corner_ + column * column_step_ + row * row_step_. With a table: corner_ + x * x_axis + y *
  // y_axis of the undistorted normalised point (x, y), the axes in the same two members.
  glm::vec3 corner_{0.0f}, column_step_{0.0f}, row_step_{0.0f};
  int table_columns_ = 0, table_rows_ = 0;  // 0: pinhole, no table
  std::vector<glm::vec2> table_;            // undistorted normalised points at the grid's corners
};

// Projects a world point to (column, row); returns false behind the camera and where the lens model folds back on itself.
bool project(const Camera& camera, const glm::dvec3& point, glm::dvec2& pixel);

// Parses the text of --camera: "x,y,z,yaw,pitch[,fov]"; yaw 0 looks along +y, positive to the left, pitch -90 straight down, vertical fov
// in degrees (default 50). Errors name the offending part.
Result<Camera> parse_camera(const std::string& text, int width, int height);
// Parses a JSON camera with `transform_matrix`, `fl_x` (or `camera_angle_x`), `w`, `h` and optional `fl_y cx cy k1 k2 k3 p1 p2`; `w`, `h`
// of 0 in the arguments keep the file's size, else the camera is resized.
Result<Camera> read_camera_json(const std::string& path, int width, int height);

}  // namespace skyline::core
