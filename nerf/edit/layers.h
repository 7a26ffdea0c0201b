// Edit layers: what changes a picture without changing the field (docs/editing.md). A removed building is a carve with a patch of ground, a
// moved one a carve and an instance, a copy an instance, a recoloured one a tint.
//
//   EditLayers layers; layers.add(Carve{region}); layers.add(Instance{region, placement}); layers.build();
//   renderer.render({.camera = camera, .layers = &layers}, ...);
//
// A ray that touches no layer is drawn by the same code as without layers and gives the same bits. Values; const access from any thread
// after `build`.
#pragma once

#include "nerf/edit/mesh_shape.h"
#include "nerf/edit/region.h"
#include "nerf/space.h"

#include <glm/mat3x3.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace skyline::nerf {

// Where a thing is put: target = pivot + offset + R(yaw) (scale * (source - pivot)), R about the vertical axis, counter-clockwise from
// above.
struct Placement {
  glm::dvec3 pivot{0.0};
  double yaw_deg = 0;
  glm::dvec3 scale{1.0};
  glm::dvec3 offset{0.0};

  glm::dvec3 to_target(const glm::dvec3& source) const;
  glm::dvec3 to_source(const glm::dvec3& target) const;
  // Without the offsets: of directions.
  glm::dvec3 direction_to_source(const glm::dvec3& direction) const;
  glm::dvec3 turn(const glm::dvec3& direction) const;       // source to target, rotation alone
  glm::dvec3 turn_back(const glm::dvec3& direction) const;  // target to source, rotation alone
};

// The field is empty here.
struct Carve {
  Region region;
};

// Inside of the region the field is read elsewhere: at the position plus a shift that is constant over each cell of a grid on the ground,
// so that believable ground covers what a removed building leaves. The shifts' z follows the ground.
struct GroundPatch {
  Region region;
  glm::dvec2 low{0.0};
  double cell = 1;
  int columns = 0, rows = 0;
  std::vector<glm::vec3> shifts;  // [rows, columns]
  // [rows, columns] height of the surface where the ground is read, or empty. Below it the ground is as solid as at it: between pieces
  // whose surfaces lie at different heights nothing shows through.
  std::vector<float> surface;
  static constexpr float kNoSurface = std::numeric_limits<float>::lowest();  // of a cell that has no source
  // What stands out of the surface further than this is not ground and is not shown.
  float growth = std::numeric_limits<float>::max();
  // Where the ground at a point is read. Near the seam of two pieces, places of both take turns in grains.
  glm::vec3 source_of(const glm::vec3& point) const;
  // False where nothing is shown at a point because it is too high above the surface.
  bool shows(const glm::vec3& point) const;

 private:
  std::size_t cell_at(double x, double y) const;
  std::size_t grain_cell(const glm::vec3& point) const;
};

// A part of the field shown at another place, whatever else is there.
struct Instance {
  Region source;
  Placement placement;
};

// Display-encoded colour c becomes matrix * c + offset, mixed by strength. What would be brighter than the knee is compressed below 1 with
// its hue.
struct ColourChange {
  glm::mat3 matrix{1.0F};
  glm::vec3 offset{0.0F};
  float strength = 1;
  float knee = 1;
  glm::vec3 apply(const glm::vec3& colour) const;
};

// Colours change inside of a region, roofs (what faces up) and walls apart.
struct Tint {
  Region region;
  ColourChange wall, roof;
};

// A thing of triangles: it ends the rays that meet it, and what the field has in front of it is kept. The placement's pivot and offset say
// where the shape's origin is put.
struct MeshLayer {
  std::shared_ptr<const MeshShape> shape;  // never null
  Placement placement;
};

// Where a ray meets a mesh first.
struct MeshStop {
  float distance = std::numeric_limits<float>::max();  // along the ray
  std::int32_t layer = -1;                             // -1: none
  MeshHit hit{};                                       // in the shape's frame
};

enum class LayerKind : std::uint8_t { kCarve, kGroundPatch, kInstance, kTint, kMesh };

struct LayerHit {
  LayerKind kind = LayerKind::kCarve;
  std::int32_t index = 0;  // in the list of its kind
};

class EditLayers {
 public:
  // In order: of overlapping tints the later one counts.
  void add(Carve layer);
  void add(GroundPatch layer);
  void add(Instance layer);
  void add(Tint layer);
  void add(MeshLayer layer);
  // Call once after the last `add`: a bounding volume hierarchy over all layers.
  void build();

  bool empty() const { return carves.empty() && patches.empty() && instances.empty() && tints.empty() && meshes.empty(); }
  std::size_t size() const { return carves.size() + patches.size() + instances.size() + tints.size() + meshes.size(); }
  // The layers whose bounds the ray crosses, in no order.
  void crossed(const Ray& ray, std::vector<LayerHit>& out) const;
  bool crosses_any(const Ray& ray) const;
  // Mesh `layer` along the ray when it is met before `stop`, which then is moved there.
  bool meets_mesh(std::int32_t layer, const Ray& ray, MeshStop& stop) const;
  // Colour of what a ray ends at; `pixel_width` there, in world units.
  glm::vec3 mesh_colour(const MeshStop& stop, const Ray& ray, float pixel_width) const;
  // Unit, in the edited scene.
  glm::vec3 mesh_normal(const MeshStop& stop) const;

  std::vector<Carve> carves;
  std::vector<GroundPatch> patches;
  std::vector<Instance> instances;
  std::vector<Tint> tints;
  std::vector<MeshLayer> meshes;
  MeshLight light;  // on meshes

 private:
  struct Node {
    core::Box box;
    std::int32_t first = 0, count = 0;  // leaf: entries [first, first + count); inner node: children first and first + 1, count 0
  };
  struct Entry {
    core::Box box;
    LayerHit layer;
  };
  void split(std::int32_t node, std::int32_t first, std::int32_t count);
  template <class Visit>
  void traverse(const Ray& ray, Visit&& visit) const;
  std::vector<Node> nodes_;
  std::vector<Entry> entries_;
};

}  // namespace skyline::nerf
