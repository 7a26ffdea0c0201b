#include "city/gltf.h"
#include "city/gltf_accessor.h"
#include "city/gltf_extras.h"
#include "city/import/foreign_gltf.h"
#include "core/file.h"
#include "core/json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

namespace skyline::city {
namespace {

using core::Error;
using core::Result;
using core::Status;

constexpr std::size_t kGlbHeaderBytes = 20;  // file header and the header of the JSON chunk (glTF 2.0, section 4.4)

bool is_binary(std::span<const std::byte> bytes) { return bytes.size() >= 4 && std::memcmp(bytes.data(), "glTF", 4) == 0; }

std::string_view json_text(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!is_binary(bytes)) return text;
  if (bytes.size() < kGlbHeaderBytes) return {};
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 12, 4);
  return text.substr(kGlbHeaderBytes, length);
}

bool ignore_picture(tinygltf::Image*, int, std::string*, std::string*, int, int, const unsigned char*, int, void*) { return true; }

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text = text.substr(0, text.find('\n'));
  constexpr std::size_t kLongest = 200;
  return text.size() > kLongest ? text.substr(0, kLongest) + "..." : text;
}

// The commonest fault in words of our own: a buffer that is not there.
std::optional<std::string> absent_buffer(std::string_view text, const std::filesystem::path& folder, bool binary) {
  const nlohmann::json file = nlohmann::json::parse(text, nullptr, false);
  if (!file.is_object() || !file.contains("buffers") || !file["buffers"].is_array()) return std::nullopt;
  std::size_t i = 0;
  for (const auto& buffer : file["buffers"]) {
    const bool has_uri = buffer.is_object() && buffer.contains("uri") && buffer["uri"].is_string();
    if (!has_uri && !(binary && i == 0)) return fmt::format("buffer {} has no uri", i);
    if (has_uri) {
      const auto& uri = buffer["uri"].get_ref<const std::string&>();
      std::error_code code;
      if (!uri.starts_with("data:") && !std::filesystem::exists(folder / uri, code))
        return fmt::format("buffer {} is the file {}, which is absent", i, one_line(uri));
    }
    ++i;
  }
  return std::nullopt;
}

Result<GltfFile> open_gltf(const std::filesystem::path& path) {
  const auto bytes = core::read_file(path);
  if (!bytes) return bytes.error();
  GltfFile file;
  file.where = path.string();
  if (bytes->size() > std::numeric_limits<unsigned>::max()) return file.error("it is larger than 4 GiB");
  const std::string_view text = json_text(*bytes);
  if (text.empty()) return file.error("it is empty");
  if (!core::is_shallow_json(text)) return file.error("its JSON nests too deep");
  tinygltf::TinyGLTF reader;
  reader.SetImageLoader(ignore_picture, nullptr);
  std::string error, warning;
  const std::filesystem::path folder = path.parent_path().empty() ? "." : path.parent_path();
  const auto size = static_cast<unsigned>(bytes->size());
  bool fine = false;
  try {
    fine = is_binary(*bytes) ? reader.LoadBinaryFromMemory(&file.model, &error, &warning,
                                                           reinterpret_cast<const unsigned char*>(bytes->data()), size, folder.string())
                             : reader.LoadASCIIFromString(&file.model, &error, &warning, reinterpret_cast<const char*>(bytes->data()), size,
                                                          folder.string());
  } catch (const std::exception& exception) {
    error = exception.what();
  }
  if (!fine) {
    const auto absent = absent_buffer(text, folder, is_binary(*bytes));
    return file.error(absent ? *absent : error.empty() ? "it is not glTF 2.0" : one_line(error));
  }
  return file;
}

// Reads the model that save_glb wrote.
class OwnReader {
 public:
  explicit OwnReader(const GltfFile& file) : file_(file), model_(file.model) {}

  Result<CityModel> read() {
    const tinygltf::Scene& scene = model_.scenes[static_cast<std::size_t>(std::max(0, model_.defaultScene))];
    if (const Status read = read_scene(scene.extras); !read) return read.error();
    for (std::size_t i = 0; i < model_.materials.size(); ++i) {
      ExtrasReader extras(model_.materials[i].extras);
      Material material;
      visit_material(extras, material);
      if (!extras.broken.empty()) return broken_extra(fmt::format("material {}", i), extras);
      city_.materials.push_back(material);
    }
    for (std::size_t i = 0; i < model_.meshes.size(); ++i) {
      if (const Status read = read_mesh(i); !read) return read.error();
    }
    for (const int node : scene.nodes) {
      if (const Status read = read_node(node); !read) return read.error();
    }
    if (const Status fine = check_model(city_, file_.where); !fine) return fine.error();
    measure_model(city_);
    return std::move(city_);
  }

 private:
  Error broken_extra(std::string_view owner, const ExtrasReader& extras) const {
    return file_.error(fmt::format("the extra \"{}\" of {} has a value of the wrong kind", extras.broken, owner));
  }

  Status read_scene(const tinygltf::Value& value) {
    ExtrasReader extras(value);
    int version = 1, objects = -1;
    extras("version", version);
    extras("name", city_.name);
    extras("credit", city_.credit);
    extras("latitude", city_.latitude_deg);
    extras("longitude", city_.longitude_deg);
    extras("quarter_low", city_.quarter_low);
    extras("quarter_high", city_.quarter_high);
    extras("objects_bufferView", objects);
    if (!extras.broken.empty()) return broken_extra("the scene", extras);
    if (version > 1)
      return Error{"cannot read the city", fmt::format("{} has version {}", file_.where, version), "read it with a newer Skyline"};
    if (extras.has("facades")) {
      const tinygltf::Value& facades = value.Get("facades");
      for (std::size_t i = 0; facades.IsArray() && i < facades.ArrayLen(); ++i) {
        ExtrasReader one(facades.Get(static_cast<int>(i)));
        Facade facade;
        visit_facade(one, facade);
        if (!one.broken.empty()) return broken_extra(fmt::format("facade {}", i), one);
        city_.facades.push_back(facade);
      }
    }
    if (extras.has("terrain")) {
      if (const Status read = read_terrain(value.Get("terrain")); !read) return read;
    }
    const auto text = read_view(file_, objects, "the catalogue");
    if (!text) return text.error();
    auto catalogue = parse_catalogue({reinterpret_cast<const char*>(text->data()), text->size()}, file_.where);
    if (!catalogue) return catalogue.error();
    city_.catalogue = std::move(*catalogue);
    return {};
  }

  Status read_terrain(const tinygltf::Value& value) {
    ExtrasReader extras(value);
    int view = -1;
    extras("low", city_.terrain.low);
    extras("cell", city_.terrain.cell);
    extras("columns", city_.terrain.columns);
    extras("rows", city_.terrain.rows);
    extras("bufferView", view);
    if (!extras.broken.empty()) return broken_extra("the terrain", extras);
    const auto bytes = read_view(file_, view, "the terrain");
    if (!bytes) return bytes.error();
    city_.terrain.heights.resize(bytes->size() / sizeof(float));
    if (!city_.terrain.heights.empty())
      std::memcpy(city_.terrain.heights.data(), bytes->data(), city_.terrain.heights.size() * sizeof(float));
    return {};
  }

  Status read_mesh(std::size_t index) {
    Mesh mesh;
    const std::string owner = fmt::format("mesh {}", index);
    int position = -1;
    for (const tinygltf::Primitive& primitive : model_.meshes[index].primitives) {
      const auto attribute = [&](const char* name) {
        const auto found = primitive.attributes.find(name);
        return found == primitive.attributes.end() ? -1 : found->second;
      };
      if (mesh.positions.empty()) {
        position = attribute("POSITION");
        auto positions = read_vec3(file_, position, owner);
        if (!positions) return positions.error();
        for (glm::vec3& p : *positions) p = {p.x, -p.z, p.y};
        mesh.positions = std::move(*positions);
        if (const int uv = attribute("TEXCOORD_0"); uv >= 0) {
          auto uvs = read_vec2(file_, uv, owner);
          if (!uvs) return uvs.error();
          mesh.uvs = std::move(*uvs);
        }
      }
      if (attribute("POSITION") != position) return file_.error(owner + " has primitives that do not share their positions");
      const auto indices = read_indices(file_, primitive.indices, owner);
      if (!indices) return indices.error();
      if (primitive.material < 0 || primitive.material > std::numeric_limits<std::uint16_t>::max())
        return file_.error(owner + " has a primitive without a material");
      mesh.indices.insert(mesh.indices.end(), indices->begin(), indices->end());
      mesh.materials.insert(mesh.materials.end(), indices->size() / 3, static_cast<std::uint16_t>(primitive.material));
    }
    city_.meshes.push_back(std::move(mesh));
    return {};
  }

  Status read_node(int index) {
    if (index < 0 || index >= static_cast<int>(model_.nodes.size()))
      return file_.error(fmt::format("the scene names node {} of {}", index, model_.nodes.size()));
    const tinygltf::Node& node = model_.nodes[static_cast<std::size_t>(index)];
    if (node.mesh < 0) return file_.error(fmt::format("node {} has no mesh", index));
    Placement placement;
    placement.mesh = static_cast<std::uint32_t>(node.mesh);
    ExtrasReader extras(node.extras);
    extras("id", placement.object);
    extras("tint", placement.tint);
    if (!extras.broken.empty()) return broken_extra(fmt::format("node {}", index), extras);
    if (!node.matrix.empty()) {
      if (node.matrix.size() != 16) return file_.error(fmt::format("the matrix of node {} has {} numbers", index, node.matrix.size()));
      const auto column = [&](std::size_t c) {
        const auto number = [&](std::size_t r) { return static_cast<float>(node.matrix[4 * c + r]); };
        return glm::vec3(number(0), -number(2), number(1));
      };
      placement.transform = glm::mat4x3(column(0), -column(2), column(1), column(3));
    }
    city_.placements.push_back(placement);
    return {};
  }

  const GltfFile& file_;
  const tinygltf::Model& model_;
  CityModel city_;
};

bool is_own(const tinygltf::Model& model) {
  const int scene = std::max(0, model.defaultScene);
  if (scene >= static_cast<int>(model.scenes.size())) return false;
  std::string format;
  ExtrasReader extras(model.scenes[static_cast<std::size_t>(scene)].extras);
  extras("format", format);
  return format == "skyline-city";
}

}  // namespace

Result<CityModel> load_gltf(const std::filesystem::path& path) {
  const auto file = open_gltf(path);
  if (!file) return file.error();
  try {
    return is_own(file->model) ? OwnReader(*file).read() : import_foreign_gltf(*file);
  } catch (const std::exception& exception) {
    return file->error(exception.what());
  }
}

}  // namespace skyline::city
