// Building meshes from flat faces. Every face brings its own vertices, so that edges stay sharp and every face has its own uv.
#pragma once

#include "city/generate/shapes.h"
#include "city/model.h"

#include <glm/vec3.hpp>

#include <functional>

namespace skyline::city::procedural {

using MaterialIndex = std::uint16_t;

// A place to stand and a direction to face: x along `axis`, y to its left, z up.
struct Frame {
  glm::dvec3 origin{0.0};
  glm::dvec2 axis{1.0, 0.0};
  glm::dvec3 at(double x, double y, double z) const {
    const glm::dvec2 left = left_of(axis);
    return {origin.x + axis.x * x + left.x * y, origin.y + axis.y * x + left.y * y, origin.z + z};
  }
  Frame moved(double x, double y, double z) const { return {at(x, y, z), axis}; }
  Frame turned(double angle_rad) const;
};

class MeshBuilder {
 public:
  // Corners counter-clockwise seen from outside. Faces without area are left out.
  void triangle(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, MaterialIndex material, glm::dvec2 ua, glm::dvec2 ub, glm::dvec2 uc);
  // uv in metres: u along a -> b, v at right angles to it in the face.
  void triangle(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, MaterialIndex material);
  void quad(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, glm::dvec3 d, MaterialIndex material);
  // A face with u along a -> b from `u0`, v the height of a corner above `foot`.
  void wall_quad(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, glm::dvec3 d, MaterialIndex material, double foot, double u0 = 0);
  // From (x0, y0, z0) to (x1, y1, z1) in the frame; six faces, or five with an open bottom.
  void box(const Frame& frame, glm::dvec3 low, glm::dvec3 high, MaterialIndex side, MaterialIndex top, bool bottom = true);
  void box(const Frame& frame, glm::dvec3 low, glm::dvec3 high, MaterialIndex material) { box(frame, low, high, material, material); }
  // An upright prism or frustum of `sides` corners; radius 0 makes a tip.
  void column(const Frame& frame, double radius_low, double radius_high, double z0, double z1, int sides, MaterialIndex material,
              bool bottom = true);
  // A bar of square section between two places.
  void beam(glm::dvec3 from, glm::dvec3 to, double thickness, MaterialIndex material);
  // A sphere squeezed to radii, with `detail` bands; `bumps` moves its corners by that share.
  void ellipsoid(glm::dvec3 center, glm::dvec3 radii, int detail, double bumps, std::uint64_t seed, MaterialIndex material);

  bool empty() const { return mesh_.indices.empty(); }
  double top() const { return top_; }
  Mesh take() { return std::move(mesh_); }

 private:
  std::uint32_t vertex(glm::dvec3 place, glm::dvec2 uv);
  Mesh mesh_;
  double top_ = -1e300;
};

// Volume enclosed by a closed mesh; negative when its faces look inwards.
double signed_volume(const Mesh& mesh);

}  // namespace skyline::city::procedural
