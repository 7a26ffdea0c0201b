#include "app/desktop/projects.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using core::Error;

fs::path lock_of(const fs::path& project) { return project.string() + ".lock"; }

// Ends with the program, however that ends. Null: somebody has it, or the folder cannot be written to.
std::shared_ptr<void> take_lock(const fs::path& project) {
  const int file = ::open(lock_of(project).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return nullptr;
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return nullptr;
  }
  return {reinterpret_cast<void*>(static_cast<std::intptr_t>(file + 1)),
          [](void* value) { ::close(static_cast<int>(reinterpret_cast<std::intptr_t>(value)) - 1); }};
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code code;
  return !folder.empty() && fs::weakly_canonical(path, code).parent_path() == fs::weakly_canonical(folder, code);
}

std::int64_t changed_at(const fs::path& project) {
  std::int64_t newest = 0;
  for (const fs::path& part : {project, fs::path(project.string() + "-wal")}) {
    struct stat status {};
    if (::stat(part.c_str(), &status) == 0) newest = std::max<std::int64_t>(newest, status.st_mtime);
  }
  return newest;
}

}  // namespace

core::Result<OpenProject> begin_project(const fs::path& folder, const editor::SceneReference& scene) {
  std::error_code code;
  fs::create_directories(folder, code);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const fs::path path = folder / fmt::format("{}-{}-{}{}", scene.path.stem().string(), milliseconds, ::getpid(), kProjectExtension);
  auto lock = take_lock(path);
  auto project = editor::Project::create(path, scene);
  if (!project) return project.error();
  return OpenProject{std::move(*project), std::move(lock), false};
}

core::Result<OpenProject> open_project(const fs::path& path, const fs::path& unnamed_folder) {
  std::error_code code;
  if (!fs::exists(path, code)) return Error{"there is no such project", path.string(), "check the path"};
  const bool unnamed = lies_in(path, unnamed_folder);
  std::shared_ptr<void> lock;
  if (unnamed) {
    lock = take_lock(path);
    if (!lock) return Error{"the project is open in another window", path.filename().string(), "close that window first"};
  }
  auto project = editor::Project::open(path);
  if (!project) return project.error();
  return OpenProject{std::move(*project), std::move(lock), !unnamed};
}

core::Status save_project_as(OpenProject& open, const fs::path& path) {
  std::error_code code;
  const fs::path former = open.project.path();
  if (fs::weakly_canonical(former, code) == fs::weakly_canonical(path, code)) return {};
  if (auto copied = open.project.copy_to(path); !copied) return copied;
  auto project = editor::Project::open(path);
  if (!project) return project.error();
  const bool was_named = open.named;
  open.project = std::move(*project);
  open.lock.reset();
  open.named = true;
  if (!was_named) forget_project(former);
  return {};
}

void forget_project(const fs::path& path) {
  std::error_code code;
  for (const char* const ending : {"", "-wal", "-shm", ".lock"}) fs::remove(path.string() + ending, code);
}

std::vector<UnsavedProject> find_unsaved(const fs::path& folder) {
  std::vector<UnsavedProject> unsaved;
  std::error_code code;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, code)) {
    if (entry.path().extension() != kProjectExtension || entry.path().filename().string().front() == '.') continue;
    const auto lock = take_lock(entry.path());
    if (!lock) continue;
    const std::int64_t changed = changed_at(entry.path());
    const auto project = editor::Project::open(entry.path());
    // Looking at it is no change.
    fs::last_write_time(entry.path(), fs::file_time_type::clock::from_sys(std::chrono::sys_seconds(std::chrono::seconds(changed))), code);
    const auto edits = project ? project->edits() : core::Result<std::int64_t>(project.error());
    if (!edits || *edits == 0) continue;
    unsaved.push_back({entry.path(), project->scene().path, *edits, changed});
  }
  std::sort(unsaved.begin(), unsaved.end(), [](const auto& a, const auto& b) { return a.changed_at > b.changed_at; });
  return unsaved;
}

}  // namespace skyline::app::desktop
