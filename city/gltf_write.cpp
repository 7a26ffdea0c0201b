#include "city/gltf.h"
#include "city/gltf_extras.h"
#include "core/file.h"

#include <fmt/format.h>
#include <glm/common.hpp>
#include <tiny_gltf.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <sstream>

namespace skyline::city {
namespace {

using core::Error;
using core::Status;

// IEC 61966-2-1.
double linear_of(float encoded) {
  const double v = std::clamp(static_cast<double>(encoded), 0.0, 1.0);
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

class Writer {
 public:
  explicit Writer(const CityModel& city) : city_(city) { file_.buffers.emplace_back(); }

  tinygltf::Model write() {
    file_.asset.version = "2.0";
    file_.asset.generator = "Skyline";
    file_.asset.copyright = city_.credit;
    for (const Material& material : city_.materials) add_material(material);
    for (const Mesh& mesh : city_.meshes) add_mesh(mesh);
    tinygltf::Scene scene;
    scene.name = city_.name;
    for (const Placement& placement : city_.placements) {
      scene.nodes.push_back(static_cast<int>(file_.nodes.size()));
      add_node(placement);
    }
    scene.extras = scene_extras();
    file_.scenes.push_back(std::move(scene));
    file_.defaultScene = 0;
    if (file_.buffers[0].data.empty()) file_.buffers[0].data.resize(4);  // a buffer is never empty
    return std::move(file_);
  }

 private:
  // Appends to the one buffer, 4-byte aligned.
  int add_view(const void* data, std::size_t bytes, int target) {
    auto& buffer = file_.buffers[0].data;
    tinygltf::BufferView view;
    view.buffer = 0;
    view.byteOffset = buffer.size();
    view.byteLength = bytes;
    view.target = target;
    buffer.resize(buffer.size() + (bytes + 3) / 4 * 4);
    if (bytes > 0) std::memcpy(buffer.data() + view.byteOffset, data, bytes);
    file_.bufferViews.push_back(std::move(view));
    return static_cast<int>(file_.bufferViews.size()) - 1;
  }

  int add_accessor(int view, std::size_t offset, std::size_t count, int component, int type) {
    tinygltf::Accessor accessor;
    accessor.bufferView = view;
    accessor.byteOffset = offset;
    accessor.componentType = component;
    accessor.count = count;
    accessor.type = type;
    file_.accessors.push_back(std::move(accessor));
    return static_cast<int>(file_.accessors.size()) - 1;
  }

  void add_material(const Material& material) {
    tinygltf::Material out;
    out.name = fmt::format("{} {}", kPartNames[static_cast<std::size_t>(material.part)],
                           kTextureNames[static_cast<std::size_t>(material.texture)]);
    out.pbrMetallicRoughness.baseColorFactor = {linear_of(material.color.x), linear_of(material.color.y), linear_of(material.color.z), 1};
    out.pbrMetallicRoughness.metallicFactor = 0;
    out.pbrMetallicRoughness.roughnessFactor = std::clamp(1.0 - static_cast<double>(material.gloss), 0.0, 1.0);
    out.doubleSided = true;
    ExtrasWriter extras;
    visit_material(extras, material);
    out.extras = extras.value();
    file_.materials.push_back(std::move(out));
  }

  void add_mesh(const Mesh& mesh) {
    tinygltf::Mesh out;
    if (!mesh.indices.empty()) {
      std::vector<glm::vec3> positions;
      positions.reserve(mesh.positions.size());
      glm::vec3 low(mesh.positions[0].x, mesh.positions[0].z, -mesh.positions[0].y), high = low;
      for (const glm::vec3& p : mesh.positions) {
        positions.emplace_back(p.x, p.z, -p.y);
        low = glm::min(low, positions.back());
        high = glm::max(high, positions.back());
      }
      const int view = add_view(positions.data(), positions.size() * sizeof(glm::vec3), TINYGLTF_TARGET_ARRAY_BUFFER);
      const int position = add_accessor(view, 0, positions.size(), TINYGLTF_COMPONENT_TYPE_FLOAT, TINYGLTF_TYPE_VEC3);
      file_.accessors.back().minValues = {low.x, low.y, low.z};
      file_.accessors.back().maxValues = {high.x, high.y, high.z};
      int uv = -1;
      if (!mesh.uvs.empty()) {
        const int uv_view = add_view(mesh.uvs.data(), mesh.uvs.size() * sizeof(glm::vec2), TINYGLTF_TARGET_ARRAY_BUFFER);
        uv = add_accessor(uv_view, 0, mesh.uvs.size(), TINYGLTF_COMPONENT_TYPE_FLOAT, TINYGLTF_TYPE_VEC2);
      }
      add_primitives(mesh, position, uv, out);
    }
    file_.meshes.push_back(std::move(out));
  }

  // One primitive a material; the index accessors are parts of one view.
  void add_primitives(const Mesh& mesh, int position, int uv, tinygltf::Mesh& out) {
    std::vector<std::uint32_t> order(mesh.materials.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return mesh.materials[a] < mesh.materials[b]; });
    std::vector<std::uint32_t> indices;
    indices.reserve(mesh.indices.size());
    for (const std::uint32_t triangle : order) indices.insert(indices.end(), &mesh.indices[3 * triangle], &mesh.indices[3 * triangle] + 3);
    const int view = add_view(indices.data(), indices.size() * sizeof(std::uint32_t), TINYGLTF_TARGET_ELEMENT_ARRAY_BUFFER);
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      const std::uint16_t material = mesh.materials[order[begin]];
      while (end < order.size() && mesh.materials[order[end]] == material) ++end;
      tinygltf::Primitive primitive;
      primitive.mode = TINYGLTF_MODE_TRIANGLES;
      primitive.material = material;
      primitive.attributes["POSITION"] = position;
      if (uv >= 0) primitive.attributes["TEXCOORD_0"] = uv;
      primitive.indices = add_accessor(view, begin * 3 * sizeof(std::uint32_t), 3 * (end - begin), TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT,
                                       TINYGLTF_TYPE_SCALAR);
      out.primitives.push_back(std::move(primitive));
    }
  }

  void add_node(const Placement& placement) {
    tinygltf::Node node;
    node.mesh = static_cast<int>(placement.mesh);
    if (const Object* object = city_.catalogue.find(placement.object)) {
      node.name = object->name.empty() ? fmt::format("{} {}", class_name(object->object_class), object->id) : object->name;
    }
    const glm::mat4x3& m = placement.transform;
    if (m != glm::mat4x3(1.0F)) {
      const auto turned = [](glm::vec3 v) { return glm::vec3(v.x, v.z, -v.y); };
      const glm::vec3 x = turned(m[0]), y = turned(m[2]), z = -turned(m[1]), at = turned(m[3]);
      node.matrix = {x.x, x.y, x.z, 0, y.x, y.y, y.z, 0, z.x, z.y, z.z, 0, at.x, at.y, at.z, 1};
    }
    ExtrasWriter extras;
    extras("id", placement.object);
    if (placement.tint != glm::vec3(1.0F)) extras("tint", placement.tint);
    node.extras = extras.value();
    file_.nodes.push_back(std::move(node));
  }

  tinygltf::Value scene_extras() {
    ExtrasWriter extras;
    extras("format", std::string("skyline-city"));
    extras("version", 1);
    extras("name", city_.name);
    extras("credit", city_.credit);
    extras("latitude", city_.latitude_deg);
    extras("longitude", city_.longitude_deg);
    extras("quarter_low", city_.quarter_low);
    extras("quarter_high", city_.quarter_high);
    tinygltf::Value::Array facades;
    for (const Facade& facade : city_.facades) {
      ExtrasWriter one;
      visit_facade(one, facade);
      facades.push_back(one.value());
    }
    extras.put("facades", tinygltf::Value(facades));
    if (const Terrain& terrain = city_.terrain; !terrain.heights.empty()) {
      ExtrasWriter one;
      one("low", terrain.low);
      one("cell", terrain.cell);
      one("columns", terrain.columns);
      one("rows", terrain.rows);
      one("bufferView", add_view(terrain.heights.data(), terrain.heights.size() * sizeof(float), 0));
      extras.put("terrain", one.value());
    }
    const std::string objects = write_catalogue(city_.catalogue);
    extras("objects_bufferView", add_view(objects.data(), objects.size(), 0));
    return extras.value();
  }

  const CityModel& city_;
  tinygltf::Model file_;
};

}  // namespace

Status save_glb(const CityModel& model, const std::filesystem::path& path) {
  if (const Status fine = check_model(model, path.string()); !fine) return fine;
  try {
    const tinygltf::Model file = Writer(model).write();
    // GLB holds its lengths in 32 bits (glTF 2.0, section 4.4).
    if (file.buffers[0].data.size() > 0xF0000000U)
      return Error{"cannot write the city", path.string() + " would be larger than 4 GiB", "make a smaller city"};
    std::ostringstream stream(std::ios::binary);
    tinygltf::TinyGLTF writer;
    if (!writer.WriteGltfSceneToStream(&file, stream, false, true))
      return Error{"cannot write the city", path.string(), "free memory and try again"};
    const std::string bytes = stream.str();
    return core::write_file_atomic(path, std::as_bytes(std::span(bytes)));
  } catch (const std::exception& exception) {
    return Error{"cannot write the city", fmt::format("{} ({})", path.string(), exception.what()), "free memory and try again"};
  }
}

}  // namespace skyline::city
