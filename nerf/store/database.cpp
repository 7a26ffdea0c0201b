#include "nerf/store/database.h"

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr const char* kCannotWrite = "cannot write the scene file";

}  // namespace

std::string database_uri(const std::filesystem::path& path, const char* query) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '.' || c == '-' || c == '_') {
      uri += c;
    } else {
      char escaped[4];
      std::snprintf(escaped, sizeof(escaped), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      uri += escaped;
    }
  }
  return uri + query;
}

core::Error file_error(const char* what, const std::filesystem::path& path, int code) {
  const char* advice = "check the disk and try again";
  if (code == ENOENT || code == ENOTDIR) advice = "check the path";
  if (code == EISDIR) advice = "name a file, not a folder";
  if (code == EACCES || code == EPERM || code == EROFS) advice = "check the permissions";
  if (code == ENOSPC || code == EDQUOT || code == EFBIG) advice = "free space on the disk or choose another folder";
  return {what, path.string() + " (" + std::generic_category().message(code) + ")", advice};
}

core::Error damaged(const std::filesystem::path& path, const std::string& part) {
  return {"the scene file is damaged", path.string() + " (" + part + ")", "copy it again or train it anew"};
}

core::Result<Database> Database::open(const std::string& uri, int flags, const std::filesystem::path& path, bool writing) {
  Database database;
  database.path_ = path;
  database.writing_ = writing;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &connection, flags | SQLITE_OPEN_URI, nullptr);
  database.connection_.reset(connection);
  if (code != SQLITE_OK) return database.error();
  sqlite3_extended_result_codes(connection, 1);
  return database;
}

core::Result<Database> Database::open_read_only(const std::filesystem::path& path) {
  auto database = open(database_uri(path, "?immutable=1"), SQLITE_OPEN_READONLY, path, false);
  if (!database) return database.error();
  // What a stranger's schema could make SQLite do stays off.
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (auto set = database->run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON"); !set) return set.error();
  return database;
}

core::Result<Database> Database::open_for_writing(const std::filesystem::path& temporary, const std::filesystem::path& target) {
  return open(database_uri(temporary, ""), SQLITE_OPEN_READWRITE, target, true);
}

core::Status Connection::run(const char* sql) const {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return {};
}

core::Error Database::error() const {
  const int code = sqlite3_extended_errcode(handle());
  const std::string message = sqlite3_errmsg(handle());
  int system_code = 0;
  if (sqlite3_file_control(handle(), "main", SQLITE_FCNTL_LAST_ERRNO, &system_code) != SQLITE_OK || system_code == 0) {
    system_code = sqlite3_system_errno(handle());
  }
  if (!writing_) return damaged(path_, message);
  if (code == SQLITE_FULL) return file_error(kCannotWrite, path_, ENOSPC);
  const bool is_system_error = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
  if (is_system_error && system_code != 0) return file_error(kCannotWrite, path_, system_code);
  return {kCannotWrite, path_.string() + " (" + message + ")", "check the disk and try again"};
}

core::Status Database::close() {
  if (sqlite3_close(handle()) != SQLITE_OK) return error();
  static_cast<void>(connection_.release());
  return {};
}

core::Result<Statement> Statement::prepare(const Connection& database, const char* sql) {
  Statement statement;
  statement.database_ = &database;
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql, -1, &prepared, nullptr);
  statement.statement_.reset(prepared);
  if (code != SQLITE_OK) return database.error();
  return statement;
}

Statement& Statement::bind(int index, std::string_view text) {
  note(sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
  note(sqlite3_bind_int64(statement_.get(), index, number));
  return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> bytes) {
  note(sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

core::Result<bool> Statement::next() {
  if (bind_code_ != SQLITE_OK) return database_->error();
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error();
}

core::Status Statement::run() {
  while (true) {
    const auto row = next();
    if (!row) return row.error();
    if (!*row) break;
  }
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  return {};
}

std::string Statement::text(int column) const {
  const auto* const characters = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (characters == nullptr) return {};
  return {characters, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

core::Status BlobCursor::open(std::int64_t row) {
  if (blob_) {
    if (sqlite3_blob_reopen(blob_.get(), row) != SQLITE_OK) return database_->error();
    return {};
  }
  sqlite3_blob* opened = nullptr;
  const int code = sqlite3_blob_open(database_->handle(), "main", table_, "data", row, 0, &opened);
  blob_.reset(opened);
  if (code != SQLITE_OK) return database_->error();
  return {};
}

core::Status BlobCursor::read(std::span<std::byte> bytes) const {
  if (sqlite3_blob_read(blob_.get(), bytes.data(), static_cast<int>(bytes.size()), 0) != SQLITE_OK) return database_->error();
  return {};
}

}  // namespace skyline::nerf
