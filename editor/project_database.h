// SQLite as values for project files. Private to the project.
//
// Every failure becomes one sentence about the project's file.
#pragma once

#include "core/result.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace skyline::editor {

class ProjectDatabase {
 public:
  enum class Mode { kRead, kWrite, kCreate };
  // kWrite waits up to two seconds for another program's write.
  static core::Result<ProjectDatabase> open(const std::filesystem::path& path, Mode mode);

  core::Status run(const char* sql) const;  // statements without rows
  core::Result<std::int64_t> number(const char* sql) const;
  core::Result<std::string> text(const char* sql) const;
  core::Error error() const;  // what the last call failed with
  sqlite3* handle() const { return connection_.get(); }
  const std::filesystem::path& path() const { return path_; }
  // Named in errors instead of the file that is open (which may be a temporary one).
  void set_name(std::filesystem::path path) { path_ = std::move(path); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
  std::filesystem::path path_;
  bool writing_ = false;
};

// Bind (1-based), then `next` until false, or `run` for what has no rows. Must not outlive its database.
class ProjectStatement {
 public:
  static core::Result<ProjectStatement> prepare(const ProjectDatabase& database, const char* sql);
  ProjectStatement& bind(int index, std::string_view text);
  ProjectStatement& bind(int index, std::int64_t number);
  core::Result<bool> next();  // true: there is a row
  core::Status run();
  std::string text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  const ProjectDatabase* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace skyline::editor
