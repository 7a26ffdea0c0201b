// The project of the scene that is open: a file from the first moment on, so that nothing is lost whatever ends the program. Until a person
// gives it a name it lies in a folder of the program's own; what a killed program left there is offered at the next start.
#pragma once

#include "core/result.h"
#include "editor/project.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

inline constexpr const char* kProjectExtension = ".skyproj";

// A project and the right to write it: other windows leave it alone while this lives.
struct OpenProject {
  editor::Project project;
  std::shared_ptr<void> lock;
  bool named = false;  // by the person
};

// A new project without a name in `folder`, which is made. Errors: those of Project::create.
core::Result<OpenProject> begin_project(const std::filesystem::path& folder, const editor::SceneReference& scene);
// A project that is there. Errors: those of Project::open; another window has it.
core::Result<OpenProject> open_project(const std::filesystem::path& path, const std::filesystem::path& unnamed_folder);
// The project under another name, which replaces what is there; the unnamed file goes. Errors: those of Project::copy_to; what was open
// stays.
core::Status save_project_as(OpenProject& open, const std::filesystem::path& path);
// Takes an unnamed project's file away.
void forget_project(const std::filesystem::path& path);

// What a program that ended left without a name.
struct UnsavedProject {
  std::filesystem::path path, scene;
  std::int64_t edits = 0;
  std::int64_t changed_at = 0;  // seconds since 1970
};
// The newest first; those of other windows that run now, of no edits and unreadable ones are left out.
std::vector<UnsavedProject> find_unsaved(const std::filesystem::path& folder);

}  // namespace skyline::app::desktop
