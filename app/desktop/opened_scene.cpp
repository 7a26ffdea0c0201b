#include "app/desktop/opened_scene.h"

#include "nerf/store/sky_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace skyline::app::desktop {
namespace {

// Tops of the occupancy's columns: cells of one narrow column may be floaters, so a cell counts as high as the median of its neighbourhood.
constexpr int kTopReach = 1;

float median_top(const nerf::Occupancy& occupancy, int column, int row) {
  std::vector<int> tops;
  for (int y = std::max(0, row - kTopReach); y <= std::min(occupancy.rows() - 1, row + kTopReach); ++y) {
    for (int x = std::max(0, column - kTopReach); x <= std::min(occupancy.columns() - 1, column + kTopReach); ++x) {
      tops.push_back(occupancy.top(0, x, y));
    }
  }
  std::nth_element(tops.begin(), tops.begin() + static_cast<std::ptrdiff_t>(tops.size() / 2), tops.end());
  return static_cast<float>(occupancy.box().low.z + occupancy.cell() * tops[tops.size() / 2]);
}

}  // namespace

ScenePlace::ScenePlace(const nerf::SharedScene& scene)
    : ground_z_(scene.field->ground_z), objects_(scene.info.objects.objects()), index_(scene.info.objects) {
  const nerf::Occupancy& occupancy = scene.field->occupancy;
  columns_ = occupancy.columns();
  rows_ = occupancy.rows();
  cell_ = occupancy.cell();
  low_ = {occupancy.box().low.x, occupancy.box().low.y};
  if (occupancy.top_levels() == 0) columns_ = rows_ = 0;
  tops_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  for (int row = 0; row < rows_; ++row) {
    for (int column = 0; column < columns_; ++column) tops_.push_back(median_top(occupancy, column, row));
  }
}

double ScenePlace::surface(glm::dvec2 ground) const {
  const glm::dvec2 at = (ground - low_) / cell_;
  if (!(at.x >= 0 && at.y >= 0 && at.x < columns_ && at.y < rows_)) return ground_z_;
  const auto cell = static_cast<std::size_t>(at.y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(at.x);
  return std::max(ground_z_, static_cast<double>(tops_[cell]));
}

OpenedScene place_scene(std::shared_ptr<nerf::SharedScene> scene, const std::filesystem::path& path) {
  OpenedScene opened;
  opened.place = std::make_shared<const ScenePlace>(*scene);
  opened.scene = std::move(scene);
  opened.path = path;
  return opened;
}

core::Result<OpenedScene> open_scene(const std::filesystem::path& path, core::Progress& progress) {
  progress.report({.stage = "reading"});
  auto scene = nerf::load_scene(path);
  if (!scene) return scene.error();
  progress.report({.stage = "preparing"});
  OpenedScene opened = place_scene(nerf::SharedScene::of(std::move(*scene)), path);
  if (const auto reader = nerf::SkyReader::open(path)) {
    if (auto hash = reader->content_hash()) opened.content_hash = std::move(*hash);
  }
  return opened;
}

bool lost_its_scene(const std::filesystem::path& project_file) {
  const auto project = editor::Project::open(project_file, editor::Project::Access::kRead);
  return project && !project->find_scene();
}

core::Result<OpenedScene> open_project_scene(const std::filesystem::path& path, const std::filesystem::path& unnamed_folder,
                                             const std::filesystem::path& moved_scene, core::Progress& progress) {
  auto project = open_project(path, unnamed_folder);
  if (!project) return project.error();
  const auto scene = moved_scene.empty() ? project->project.find_scene() : core::Result<std::filesystem::path>(moved_scene);
  if (!scene) return scene.error();
  auto opened = open_scene(*scene, progress);
  if (!opened) return opened;
  if (!moved_scene.empty() && opened->content_hash != project->project.scene().content_hash) {
    return core::Error{"that is not the scene of the project", moved_scene.filename().string(),
                       fmt::format("look for {}", project->project.scene().path.filename().string())};
  }
  opened->edits = std::make_unique<SceneEdits>(opened->scene);
  if (auto loaded = project->project.load(opened->edits->document()); !loaded) return loaded.error();
  if (!moved_scene.empty()) {
    if (auto set = project->project.set_scene({moved_scene, opened->content_hash}); !set) return set.error();
  }
  opened->project = std::move(*project);
  return opened;
}

editor::Surroundings surroundings_of(const nerf::SharedScene& scene, std::shared_ptr<const ScenePlace> place) {
  editor::Surroundings surroundings;
  surroundings.box = scene.field->box;
  surroundings.ground_z = scene.field->ground_z;
  surroundings.surface = [place = std::move(place)](glm::dvec2 ground) { return place->surface(ground); };
  return surroundings;
}

editor::Pose home_pose(const nerf::SceneInfo& info, const nerf::Field& field) {
  if (info.home.width > 0) return editor::pose_of(info.home);
  if (!info.bookmarks.empty()) return editor::pose_of(info.bookmarks.front().camera);
  editor::Pose pose;
  const glm::dvec3 size = field.box.size();
  pose.position = 0.5 * (field.box.low + field.box.high);
  pose.position.y = field.box.low.y;
  pose.position.z = field.box.high.z + 0.3 * std::max(size.x, size.y);
  pose.pitch_deg = -40;
  return pose;
}

}  // namespace skyline::app::desktop
