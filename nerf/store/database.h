// SQLite as values: a connection, a statement, a blob opened for reading. Private to nerf/store, but for Connection, Statement and the form
// of paths, which the project file shares.
//
// A connection knows its file and what is being done with it, so that every failure becomes one sentence for a person.
#pragma once

#include "core/result.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace skyline::nerf {

// The sentence about a failed system call on a scene file.
core::Error file_error(const char* what, const std::filesystem::path& path, int code);
core::Error damaged(const std::filesystem::path& path, const std::string& part);

// SQLite's form of a path that may hold any character (https://www.sqlite.org/uri.html, section 3.1).
std::string database_uri(const std::filesystem::path& path, const char* query);

// An open database file; what kind of file it is says how failures are told.
class Connection {
 public:
  Connection(Connection&&) noexcept = default;
  Connection& operator=(Connection&&) noexcept = default;
  virtual ~Connection() = default;

  core::Status run(const char* sql) const;  // statements without rows
  virtual core::Error error() const = 0;    // what the last call failed with
  sqlite3* handle() const { return connection_.get(); }
  const std::filesystem::path& path() const { return path_; }

 protected:
  Connection() = default;
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
  std::filesystem::path path_;
  bool writing_ = false;
};

// A scene file.
class Database : public Connection {
 public:
  // Reading never locks, never looks for a journal and never writes. Writing keeps no journal: a failed file is thrown away whole.
  static core::Result<Database> open_read_only(const std::filesystem::path& path);
  // `temporary` is written, `target` is named in errors.
  static core::Result<Database> open_for_writing(const std::filesystem::path& temporary, const std::filesystem::path& target);

  core::Error error() const override;
  core::Status close();

 private:
  static core::Result<Database> open(const std::string& uri, int flags, const std::filesystem::path& path, bool writing);
};

// Bind (1-based), then `next` until false, or `run` for what has no rows. Must not outlive its connection, nor may that move.
class Statement {
 public:
  static core::Result<Statement> prepare(const Connection& database, const char* sql);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::int64_t number);
  Statement& bind(int index, std::span<const std::byte> bytes);  // the bytes must live until `run` returns
  core::Result<bool> next();                                     // true: there is a row
  core::Status run();                                            // to the end, and ready to be bound again
  std::string text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void note(int code) {
    if (bind_code_ == SQLITE_OK) bind_code_ = code;
  }
  const Connection* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bind_code_ = SQLITE_OK;
};

// Incremental reads of the column `data` of a table, row after row.
class BlobCursor {
 public:
  BlobCursor(const Database& database, const char* table) : database_(&database), table_(table) {}
  core::Status open(std::int64_t row);
  std::size_t size() const { return static_cast<std::size_t>(sqlite3_blob_bytes(blob_.get())); }
  core::Status read(std::span<std::byte> bytes) const;  // the first bytes.size() bytes

 private:
  struct Close {
    void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
  };
  const Database* database_;
  const char* table_;
  std::unique_ptr<sqlite3_blob, Close> blob_;
};

}  // namespace skyline::nerf
