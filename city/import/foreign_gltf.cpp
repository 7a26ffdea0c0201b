#include "city/import/foreign_gltf.h"

#include "city/gltf_extras.h"
#include "city/import/solid_city.h"

#include <fmt/format.h>
#include <glm/gtc/quaternion.hpp>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace skyline::city {
namespace {

using core::Error;
using core::Result;
using core::Status;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// A class word at the beginning of a name ("tower_3", "Park").
std::optional<ObjectClass> class_in_name(const std::string& name) {
  const std::string text = lower(name);
  std::size_t end = 0;
  while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
  return find_class(text.substr(0, end));
}

Part part_in_name(const std::string& name) {
  const std::string text = lower(name);
  for (const auto& [word, part] : {std::pair{"roof", Part::kRoof}, {"wall", Part::kWall}, {"facade", Part::kWall}}) {
    if (text.find(word) != std::string::npos) return part;
  }
  return Part::kNone;
}

// IEC 61966-2-1.
float encoded_of(double linear) {
  const double v = std::clamp(linear, 0.0, 1.0);
  return static_cast<float>(v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
}

class Importer {
 public:
  explicit Importer(const GltfFile& file) : file_(file), model_(file.model) {}

  Result<CityModel> run() {
    const int scene = model_.defaultScene >= 0 ? model_.defaultScene : 0;
    if (model_.scenes.empty()) return file_.error("it has no scene");
    if (scene >= static_cast<int>(model_.scenes.size()))
      return file_.error(fmt::format("it names scene {} of {}", scene, model_.scenes.size()));
    for (const int node : model_.scenes[static_cast<std::size_t>(scene)].nodes) {
      if (const Status read = read_node(node, glm::dmat4(1.0), 0); !read) return read.error();
    }
    if (solids_.empty()) return file_.error("no node of its scene has a mesh with triangles");
    SolidCityOptions options;
    options.name = model_.scenes[static_cast<std::size_t>(scene)].name;
    options.credit = model_.asset.copyright;
    return city_from_solids(std::move(solids_), options, file_.where);
  }

 private:
  Result<glm::dmat4> matrix_of(const tinygltf::Node& node, int index) const {
    const auto all_finite = [](const std::vector<double>& values) {
      return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
    };
    if (!all_finite(node.matrix) || !all_finite(node.translation) || !all_finite(node.rotation) || !all_finite(node.scale))
      return file_.error(fmt::format("the transform of node {} is not finite", index));
    glm::dmat4 matrix(1.0);
    if (node.matrix.size() == 16) {
      for (int c = 0; c < 4; ++c) {
        for (int r = 0; r < 4; ++r) matrix[c][r] = node.matrix[static_cast<std::size_t>(4 * c + r)];
      }
      return matrix;
    }
    if (node.rotation.size() == 4)
      matrix = glm::mat4_cast(glm::dquat(node.rotation[3], node.rotation[0], node.rotation[1], node.rotation[2]));
    if (node.scale.size() == 3) {
      for (int c = 0; c < 3; ++c) matrix[c] *= node.scale[static_cast<std::size_t>(c)];
    }
    if (node.translation.size() == 3) matrix[3] = glm::dvec4(node.translation[0], node.translation[1], node.translation[2], 1);
    return matrix;
  }

  Status read_node(int index, const glm::dmat4& parent, int depth) {
    if (index < 0 || index >= static_cast<int>(model_.nodes.size()))
      return file_.error(fmt::format("the scene names node {} of {}", index, model_.nodes.size()));
    // Every node has one parent (glTF 2.0, section 3.5.2), so more visits than nodes mean a cycle.
    constexpr int kDeepest = 200;
    if (depth > kDeepest || ++visits_ > model_.nodes.size())
      return file_.error(fmt::format("node {} is a child of itself or of two", index));
    const tinygltf::Node& node = model_.nodes[static_cast<std::size_t>(index)];
    const auto local = matrix_of(node, index);
    if (!local) return local.error();
    const glm::dmat4 matrix = parent * *local;
    if (node.mesh >= 0) {
      if (const Status read = read_mesh(node, index, matrix); !read) return read;
    }
    for (const int child : node.children) {
      if (const Status read = read_node(child, matrix, depth + 1); !read) return read;
    }
    return {};
  }

  Status read_mesh(const tinygltf::Node& node, int index, const glm::dmat4& matrix) {
    if (node.mesh >= static_cast<int>(model_.meshes.size()))
      return file_.error(fmt::format("node {} names mesh {} of {}", index, node.mesh, model_.meshes.size()));
    const tinygltf::Mesh& mesh = model_.meshes[static_cast<std::size_t>(node.mesh)];
    Solid solid;
    solid.name = !node.name.empty() ? node.name : mesh.name;
    std::string stated;
    ExtrasReader extras(node.extras);
    extras("class", stated);
    const auto object_class = find_class(stated);
    solid.object_class = object_class ? *object_class : class_in_name(solid.name).value_or(ObjectClass::kBuilding);
    const std::string plain = lower(solid.name);
    solid.is_terrain = plain.starts_with("terrain") || plain.starts_with("ground") || plain.starts_with("plane");
    const std::string owner = solid.name.empty() ? fmt::format("node {}", index) : fmt::format("node {} ({})", index, solid.name);
    for (const tinygltf::Primitive& primitive : mesh.primitives) {
      if (const Status read = read_primitive(primitive, owner, matrix, solid); !read) return read;
    }
    if (!solid.indices.empty()) solids_.push_back(std::move(solid));
    return {};
  }

  Status read_primitive(const tinygltf::Primitive& primitive, const std::string& owner, const glm::dmat4& matrix, Solid& solid) const {
    const int mode = primitive.mode < 0 ? TINYGLTF_MODE_TRIANGLES : primitive.mode;
    if (mode != TINYGLTF_MODE_TRIANGLES && mode != TINYGLTF_MODE_TRIANGLE_STRIP && mode != TINYGLTF_MODE_TRIANGLE_FAN) return {};
    const auto attribute = primitive.attributes.find("POSITION");
    if (attribute == primitive.attributes.end()) return {};
    const auto positions = read_vec3(file_, attribute->second, owner);
    if (!positions) return positions.error();
    std::vector<std::uint32_t> corners;
    if (primitive.indices >= 0) {
      auto indices = read_indices(file_, primitive.indices, owner);
      if (!indices) return indices.error();
      corners = std::move(*indices);
    } else {
      for (std::uint32_t i = 0; i < positions->size(); ++i) corners.push_back(i);
    }
    for (const std::uint32_t corner : corners) {
      if (corner >= positions->size())
        return file_.error(fmt::format("a triangle of {} names vertex {} of {}", owner, corner, positions->size()));
    }
    const auto first = static_cast<std::uint32_t>(solid.positions.size());
    for (const glm::vec3& p : *positions) {
      const glm::dvec4 at = matrix * glm::dvec4(glm::dvec3(p), 1.0);
      solid.positions.emplace_back(at.x, -at.z, at.y);
    }
    // A mirroring transform turns the triangles over (section 3.7.4).
    const bool mirrored = glm::determinant(glm::dmat3(matrix)) < 0;
    const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
      if (mirrored) std::swap(b, c);
      solid.indices.insert(solid.indices.end(), {first + a, first + b, first + c});
    };
    if (mode == TINYGLTF_MODE_TRIANGLES) {
      for (std::size_t i = 0; i + 2 < corners.size(); i += 3) add(corners[i], corners[i + 1], corners[i + 2]);
    } else {
      for (std::size_t i = 0; i + 2 < corners.size(); ++i) {
        if (mode == TINYGLTF_MODE_TRIANGLE_FAN) {
          add(corners[0], corners[i + 1], corners[i + 2]);
        } else {
          add(corners[i], corners[i + 1 + i % 2], corners[i + 2 - i % 2]);
        }
      }
    }
    return add_look(primitive, owner, solid);
  }

  Status add_look(const tinygltf::Primitive& primitive, const std::string& owner, Solid& solid) const {
    glm::vec3 color(0.72F);
    Part part = Part::kNone;
    if (primitive.material >= static_cast<int>(model_.materials.size()))
      return file_.error(fmt::format("{} names material {} of {}", owner, primitive.material, model_.materials.size()));
    if (primitive.material >= 0) {
      const tinygltf::Material& material = model_.materials[static_cast<std::size_t>(primitive.material)];
      part = part_in_name(material.name);
      if (const auto& base = material.pbrMetallicRoughness.baseColorFactor; base.size() >= 3)
        color = {encoded_of(base[0]), encoded_of(base[1]), encoded_of(base[2])};
    }
    solid.colors.resize(solid.indices.size() / 3, color);
    solid.parts.resize(solid.indices.size() / 3, part);
    return {};
  }

  const GltfFile& file_;
  const tinygltf::Model& model_;
  std::vector<Solid> solids_;
  std::size_t visits_ = 0;
};

}  // namespace

Result<CityModel> import_foreign_gltf(const GltfFile& file) { return Importer(file).run(); }

}  // namespace skyline::city
