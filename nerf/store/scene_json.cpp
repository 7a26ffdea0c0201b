#include "nerf/store/scene_json.h"

#include "core/coordinates.h"
#include "core/parameters.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace skyline::nerf {
namespace {

using nlohmann::json;

void expect(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(what);
}

double number(const json& value) {
  const double n = value.get<double>();
  expect(std::isfinite(n), "a number is not finite");
  return n;
}

// The JSON library converts without asking whether the number fits.
int whole_number(const json& value) {
  const double n = number(value);
  expect(n == std::floor(n) && std::abs(n) <= std::numeric_limits<int>::max(), "a whole number is none");
  return static_cast<int>(n);
}

double coordinate(const json& value) {
  const double n = number(value);
  expect(std::abs(n) <= core::kFarthestCoordinate, "a point is too far away");
  return n;
}

json vector_to_json(const glm::dvec3& v) { return json::array({v.x, v.y, v.z}); }

glm::dvec3 vector_from_json(const json& value) {
  expect(value.is_array() && value.size() == 3, "a point does not have three numbers");
  return {coordinate(value[0]), coordinate(value[1]), coordinate(value[2])};
}

json box_to_json(const Box& box) { return {{"low", vector_to_json(box.low)}, {"high", vector_to_json(box.high)}}; }

Box box_from_json(const json& value) {
  const Box box{vector_from_json(value.at("low")), vector_from_json(value.at("high"))};
  const glm::dvec3 size = box.size();
  expect(size.x > 0 && size.y > 0 && size.z > 0, "a box is empty");
  return box;
}

// The names of transforms.json (instant-ngp, nerfstudio).
json camera_to_json(const Camera& camera) {
  json rows = json::array();
  for (int row = 0; row < 3; ++row) {
    const glm::dmat3& m = camera.rotation;  // m[column][row]
    rows.push_back({m[0][row], m[1][row], m[2][row], camera.position[row]});
  }
  rows.push_back({0, 0, 0, 1});
  const Distortion& lens = camera.distortion;
  return {{"file_path", camera.name},
          {"w", camera.width},
          {"h", camera.height},
          {"fl_x", camera.fl_x},
          {"fl_y", camera.fl_y},
          {"cx", camera.cx},
          {"cy", camera.cy},
          {"k1", lens.k1},
          {"k2", lens.k2},
          {"k3", lens.k3},
          {"p1", lens.p1},
          {"p2", lens.p2},
          {"lens", camera.lens},
          {"transform_matrix", rows}};
}

Camera camera_from_json(const json& value) {
  Camera camera;
  camera.name = value.at("file_path").get<std::string>();
  camera.width = whole_number(value.at("w"));
  camera.height = whole_number(value.at("h"));
  camera.fl_x = number(value.at("fl_x"));
  camera.fl_y = number(value.at("fl_y"));
  camera.cx = number(value.at("cx"));
  camera.cy = number(value.at("cy"));
  camera.distortion = {number(value.at("k1")), number(value.at("k2")), number(value.at("k3")), number(value.at("p1")),
                       number(value.at("p2"))};
  camera.lens = whole_number(value.at("lens"));
  expect(camera.width >= 0 && camera.height >= 0 && camera.lens >= 0, "a camera has a negative size");
  expect(camera.width == 0 || (camera.height > 0 && camera.fl_x > 0 && camera.fl_y > 0), "a camera has no focal length");
  const json& rows = value.at("transform_matrix");
  expect(rows.size() == 4, "a camera's pose is not a matrix of four rows");
  for (int row = 0; row < 3; ++row) {
    const json& entries = rows.at(static_cast<std::size_t>(row));
    expect(entries.size() == 4, "a camera's pose is not a matrix of four columns");
    for (int column = 0; column < 3; ++column) camera.rotation[column][row] = number(entries.at(static_cast<std::size_t>(column)));
    camera.position[row] = coordinate(entries.at(3));
  }
  return camera;
}

}  // namespace

json field_to_json(const Field& field) {
  FieldSettings settings = field.settings;
  core::ParameterSet parameters;
  register_parameters(parameters, settings);
  json blocks = json::array();
  for (const Block& block : field.blocks) blocks.push_back({{"region", box_to_json(block.region)}, {"extent", box_to_json(block.extent)}});
  return {{"settings", json::parse(parameters.to_json())},
          {"box", box_to_json(field.box)},
          {"ground_z", field.ground_z},
          {"finest_texel", field.finest_texel},
          {"density_scale", field.density_scale},
          {"use_codes", field.use_codes},
          {"blocks", blocks},
          {"nerf_layers", field.nerf.size()}};
}

void field_from_json(const json& value, Field& field) {
  core::ParameterSet parameters;
  register_parameters(parameters, field.settings);
  const core::Status set = parameters.from_json(value.at("settings").dump());
  if (!set) throw std::invalid_argument(set.error().message());
  expect(field.settings.levels >= 1 && field.settings.levels <= kMaxLevels, "the number of levels is wrong");
  field.box = box_from_json(value.at("box"));
  field.ground_z = number(value.at("ground_z"));
  field.finest_texel = number(value.at("finest_texel"));
  field.density_scale = number(value.at("density_scale"));
  expect(field.finest_texel > 0, "the finest texel is not positive");
  field.use_codes = value.at("use_codes").get<bool>();
  const json& blocks = value.at("blocks");
  const auto count = static_cast<std::size_t>(field.settings.blocks_x) * static_cast<std::size_t>(field.settings.blocks_y);
  expect(blocks.is_array() && blocks.size() == count, "the number of blocks is wrong");
  for (const json& entry : blocks) {
    Block block;
    block.region = box_from_json(entry.at("region"));
    block.extent = box_from_json(entry.at("extent"));
    field.blocks.push_back(std::move(block));
  }
  const int layers = whole_number(value.at("nerf_layers"));
  constexpr int kMaxLayers = 1000;
  expect(layers >= 0 && layers <= kMaxLayers, "the number of layers of the NeRF branch is wrong");
  field.nerf.resize(static_cast<std::size_t>(layers));
}

json scene_to_json(const SceneInfo& info) {
  json flight = json::array();
  for (const glm::dvec3& point : info.flight) flight.push_back(vector_to_json(point));
  return {{"name", info.name},
          {"credit", info.credit},
          {"training_width", info.training_width},
          {"near_distance", info.near_distance},
          {"far_distance", info.far_distance},
          {"home", camera_to_json(info.home)},
          {"flight", flight},
          {"preview", {{"w", info.preview.width}, {"h", info.preview.height}}}};
}

void scene_from_json(const json& value, SceneInfo& info) {
  info.name = value.at("name").get<std::string>();
  info.credit = value.at("credit").get<std::string>();
  info.training_width = whole_number(value.at("training_width"));
  info.near_distance = number(value.at("near_distance"));
  info.far_distance = number(value.at("far_distance"));
  info.home = camera_from_json(value.at("home"));
  for (const json& point : value.at("flight")) info.flight.push_back(vector_from_json(point));
  info.preview.width = whole_number(value.at("preview").at("w"));
  info.preview.height = whole_number(value.at("preview").at("h"));
  expect(info.preview.width >= 0 && info.preview.height >= 0, "the preview has a negative size");
}

json cameras_to_json(const std::vector<Camera>& cameras) {
  json list = json::array();
  for (const Camera& camera : cameras) list.push_back(camera_to_json(camera));
  return list;
}

std::vector<Camera> cameras_from_json(const json& value) {
  expect(value.is_array(), "the cameras are not a list");
  std::vector<Camera> cameras;
  for (const json& entry : value) cameras.push_back(camera_from_json(entry));
  return cameras;
}

json bookmarks_to_json(const std::vector<city::Bookmark>& bookmarks) {
  json list = json::array();
  for (const city::Bookmark& bookmark : bookmarks) {
    list.push_back({{"name", bookmark.name}, {"name_zh", bookmark.name_zh}, {"camera", camera_to_json(bookmark.camera)}});
  }
  return list;
}

std::vector<city::Bookmark> bookmarks_from_json(const json& value) {
  expect(value.is_array(), "the bookmarks are not a list");
  std::vector<city::Bookmark> bookmarks;
  for (const json& entry : value) {
    bookmarks.push_back(
        {entry.at("name").get<std::string>(), entry.at("name_zh").get<std::string>(), camera_from_json(entry.at("camera"))});
  }
  return bookmarks;
}

json occupancy_to_json(const Occupancy& occupancy) {
  return {{"box", box_to_json(occupancy.box())},
          {"cell", occupancy.cell()},
          {"columns", occupancy.columns()},
          {"rows", occupancy.rows()},
          {"layers", occupancy.layers()}};
}

Occupancy occupancy_from_json(const json& value, std::size_t words) {
  const Box box = box_from_json(value.at("box"));
  const double cell = number(value.at("cell"));
  const int columns = whole_number(value.at("columns")), rows = whole_number(value.at("rows")), layers = whole_number(value.at("layers"));
  // The lattice is made from box and cell again; a size that could not be theirs is refused before anything is allocated.
  const glm::dvec3 size = box.size();
  const auto is_size = [&](int cells, double extent) { return cells > 0 && extent <= (static_cast<double>(cells) + 1) * cell; };
  expect(cell > 0 && is_size(columns, size.x) && is_size(rows, size.y) && is_size(layers, size.z), "the occupancy's lattice is wrong");
  constexpr double kCellsAWord = 64;
  expect(static_cast<double>(columns) * rows * layers == static_cast<double>(words) * kCellsAWord, "the occupancy has another size");
  Occupancy occupancy(box, cell);
  expect(occupancy.columns() == columns && occupancy.rows() == rows && occupancy.layers() == layers, "the occupancy's lattice is wrong");
  return occupancy;
}

}  // namespace skyline::nerf
