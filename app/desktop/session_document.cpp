// What the session does with its document: where it is kept, and the ground that removals are covered with.
#include "app/desktop/assistant.h"
#include "app/desktop/session.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace skyline::app::desktop {
namespace {

constexpr const char* kBookmarksNote = "bookmarks";

nlohmann::json json_of(const city::Bookmark& bookmark) {
  const editor::Pose pose = editor::pose_of(bookmark.camera);
  return {{"name", bookmark.name},
          {"name_zh", bookmark.name_zh},
          {"position", {pose.position.x, pose.position.y, pose.position.z}},
          {"yaw", pose.yaw_deg},
          {"pitch", pose.pitch_deg},
          {"fov", pose.fov_deg},
          {"size", {bookmark.camera.width, bookmark.camera.height}}};
}

// Nothing where it is no bookmark.
std::optional<city::Bookmark> bookmark_of(const nlohmann::json& json) {
  try {
    editor::Pose pose;
    const auto position = json.at("position").get<std::vector<double>>();
    const auto size = json.at("size").get<std::vector<int>>();
    if (position.size() != 3 || size.size() != 2 || size[0] < 1 || size[1] < 1) return std::nullopt;
    pose.position = {position[0], position[1], position[2]};
    pose.yaw_deg = json.at("yaw").get<double>();
    pose.pitch_deg = json.at("pitch").get<double>();
    pose.fov_deg = json.at("fov").get<double>();
    return city::Bookmark{json.at("name").get<std::string>(), json.at("name_zh").get<std::string>(),
                          editor::camera_of(pose, size[0], size[1])};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

void Session::keep_document(OpenedScene& opened) {
  ground_begun_ = false;
  gesture_pictures.forget();
  edits = opened.edits ? std::move(opened.edits) : std::make_unique<SceneEdits>(scene);
  project = std::move(opened.project);
  if (project) {
    if (const auto note = project->project.note(kBookmarksNote); note && !note->empty()) {
      const auto kept = nlohmann::json::parse(*note, nullptr, false);
      std::vector<city::Bookmark> read;
      for (const auto& entry : kept.is_array() ? kept : nlohmann::json::array()) {
        if (auto bookmark = bookmark_of(entry)) read.push_back(std::move(*bookmark));
      }
      bookmarks = std::move(read);
    }
  } else if (!opened.content_hash.empty() && !projects_folder.empty()) {
    auto begun = begin_project(projects_folder, {scene_path, opened.content_hash});
    if (begun) {
      project = std::move(*begun);
    } else {
      fail(begun.error());
    }
  }
  if (project) project->project.keep(edits->document());
  std::vector<std::filesystem::path> folders{scene_path.parent_path()};
  if (project) folders.insert(folders.begin(), project->project.path().parent_path());
  edits->find_meshes_in(std::move(folders));
  edits->refresh();
}

void Session::leave_project() {
  if (!project) return;
  const std::filesystem::path path = project->project.path();
  const auto edits_made = project->project.edits();
  const auto note = project->project.note(kBookmarksNote);
  const bool empty = !project->named && edits_made && *edits_made == 0 && note && note->empty();
  project.reset();
  if (empty) forget_project(path);
}

core::Status Session::save_project(const std::filesystem::path& path) {
  if (!project) return core::Error{"there is no project to save", "", "open a scene from a file first"};
  std::filesystem::path target = path;
  if (target.extension() != kProjectExtension) target += kProjectExtension;
  if (auto saved = save_project_as(*project, target); !saved) return saved;
  project->project.keep(edits->document());
  add_recent(preferences, target);
  save_preferences();
  say(Message::Level::kInfo, tr("Saved ", "已保存 ") + target.string());
  return {};
}

void Session::keep_bookmarks() {
  if (!project) return;
  nlohmann::json list = nlohmann::json::array();
  for (const city::Bookmark& bookmark : bookmarks) list.push_back(json_of(bookmark));
  const std::string text = list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (const auto kept = project->project.put_note(kBookmarksNote, text); !kept) fail(kept.error());
}

// What the view shows after a gesture, unless something is shown that is not done.
void Session::picture_gesture() {
  const bool plain = view.view == renderer::View::kColour && !view.split_on && !assistant->previewing() && !scene->live;
  if (!plain || &edits->state() != &edits->document().state()) return;
  const std::size_t done = edits->document().done();
  const std::int64_t gesture = done == 0 ? 0 : edits->document().history()[done - 1].number;
  if (gesture_pictures.find(gesture) != nullptr) return;
  if (const auto frame = pictures.traced()) gesture_pictures.take(gesture, *frame);
}

// Begun when the first picture has come to rest, or something is edited: the first picture comes first.
void Session::make_ground() {
  if (ground_begun_ || scene->live || scene->info.objects.size() == 0) return;
  const auto frame = picture();
  const bool rests = frame && frame->stage == renderer::Stage::kConverged;
  if (!rests && edits->changed_objects() == 0) return;
  ground_begun_ = true;
  const std::filesystem::path cache_file =
      editor::SceneGround::cache_file(cache_folder, project ? project->project.scene().content_hash : std::string());
  ground_job_ = jobs.start(tr("Preparing the ground for edits", "正在为编辑准备地面"),
                           [this, shown = scene, cache = cache_file](core::Progress& progress) -> Jobs::Finish {
                             auto ground = std::make_shared<core::Result<std::shared_ptr<const editor::SceneGround>>>(
                                 editor::SceneGround::make(*shown->field, shown->info, progress, cache));
                             return [this, shown, ground] {
                               ground_job_ = 0;
                               if (scene != shown || !edits) return;
                               if (*ground) {
                                 edits->set_ground(**ground);
                               } else {
                                 fail(ground->error());
                               }
                             };
                           });
}

}  // namespace skyline::app::desktop
