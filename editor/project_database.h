// SQLite as values for project files. Private to the project.
//
// Every failure becomes one sentence about the project's file.
#pragma once

#include "core/result.h"
#include "nerf/store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace skyline::editor {

class ProjectDatabase : public nerf::Connection {
 public:
  enum class Mode { kRead, kWrite, kCreate };
  // kWrite waits up to two seconds for another program's write.
  static core::Result<ProjectDatabase> open(const std::filesystem::path& path, Mode mode);

  core::Result<std::int64_t> number(const char* sql) const;
  core::Result<std::string> text(const char* sql) const;
  core::Error error() const override;
  // Named in errors instead of the file that is open (which may be a temporary one).
  void set_name(std::filesystem::path path) { path_ = std::move(path); }
};

}  // namespace skyline::editor
