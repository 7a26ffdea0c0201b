// The project file (.skyproj): one document in one SQLite database. docs/project-format.md is the written specification.
//
//   auto project = Project::create("harbour.skyproj", {"city.sky", content_hash});
//   Document document(scene);
//   project->load(document);                     // replays what is in the file
//   project->keep(document);                     // from now on each operation is in the file before it counts
//   project->name_version("before the harbour");
//
// Each operation is one transaction when it is made: there is nothing to save to be safe, and a program that is killed loses nothing that
// it had accepted. One thread; the document must not outlive the project once it is kept.
#pragma once

#include "core/result.h"
#include "editor/document.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace skyline::editor {

inline constexpr std::int32_t kProjectApplicationId = 0x534B5950;  // "SKYP"
inline constexpr int kProjectVersion = 1;
inline constexpr std::int64_t kProjectCheckpointGap = 256;  // entries between two hashes of the state

struct SceneReference {
  std::filesystem::path path;
  std::string content_hash;  // of nerf::SkyReader
};

struct NamedVersion {
  std::string name;
  std::int64_t serial = 0;   // of the last entry that belongs to it
  std::int64_t made_at = 0;  // milliseconds since 1970
};

class Project {
 public:
  enum class Access { kRead, kWrite };
  // Errors: there is such a file, folder missing or not writable.
  static core::Result<Project> create(const std::filesystem::path& path, const SceneReference& scene);
  // What a killed program left is recovered. Errors: missing, not a project, of a newer version, cut, damaged, and for kWrite not writable.
  static core::Result<Project> open(const std::filesystem::path& path, Access access = Access::kWrite);
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;
  ~Project();

  const std::filesystem::path& path() const;
  // Where the scene was, and what it was.
  const SceneReference& scene() const;
  // Where it is now: at its path, or where it lay as seen from the project. Errors: at neither place.
  core::Result<std::filesystem::path> find_scene() const;
  core::Status set_scene(const SceneReference& scene);

  // Replays the log into a new document of the scene. Errors: damaged, or made for another scene.
  core::Status load(Document& document) const;
  // Becomes the document's journal.
  void keep(Document& document);

  // Names the present end of the log; a name that is there moves. Errors: empty name, not writable.
  core::Status name_version(const std::string& name);
  core::Result<std::vector<NamedVersion>> versions() const;

  // Gestures in the log that changed the scene, undone ones too; choosing objects is none.
  core::Result<std::int64_t> edits() const;
  // What a program keeps with the project under a key of its own; empty: nothing.
  core::Status put_note(const std::string& key, const std::string& text);
  core::Result<std::string> note(const std::string& key) const;
  // The project as it is now under another name, whole or not at all; replaces what is there. Errors: folder missing or not writable.
  core::Status copy_to(const std::filesystem::path& path) const;

 private:
  struct State;
  explicit Project(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::editor
