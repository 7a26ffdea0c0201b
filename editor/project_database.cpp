#include "editor/project_database.h"

#include <system_error>
#include <utility>

namespace skyline::editor {
namespace {

constexpr int kPatienceMs = 2000;

bool has_journal(const std::filesystem::path& path) {
  std::filesystem::path journal = path;
  journal += "-wal";
  std::error_code code;
  const auto bytes = std::filesystem::file_size(journal, code);
  return !code && bytes > 0;
}

}  // namespace

core::Result<ProjectDatabase> ProjectDatabase::open(const std::filesystem::path& path, Mode mode) {
  const auto connect = [&](const char* query, int flags, ProjectDatabase& database) {
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(nerf::database_uri(path, query).c_str(), &connection, flags | SQLITE_OPEN_URI, nullptr);
    database.connection_.reset(connection);
    if (code != SQLITE_OK) return code;
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, kPatienceMs);
    // What a stranger's schema could make SQLite do stays off.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return sqlite3_exec(connection, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; SELECT count(*) FROM sqlite_schema", nullptr,
                        nullptr, nullptr);
  };
  ProjectDatabase database;
  database.path_ = path;
  database.writing_ = mode != Mode::kRead;
  int code = SQLITE_OK;
  if (mode == Mode::kRead) {
    code = connect("?mode=ro", SQLITE_OPEN_READONLY, database);
    // In a folder that cannot be written to there is no place for SQLite's index of the journal; without a journal none is needed.
    if ((code & 0xFF) != SQLITE_OK && (code & 0xFF) != SQLITE_NOTADB && !has_journal(path)) {
      code = connect("?immutable=1", SQLITE_OPEN_READONLY, database);
    }
  } else {
    code = connect("", SQLITE_OPEN_READWRITE | (mode == Mode::kCreate ? SQLITE_OPEN_CREATE : 0), database);
  }
  if (code != SQLITE_OK) return database.error();
  return database;
}

core::Error ProjectDatabase::error() const {
  const char* const what = writing_ ? "cannot write the project" : "cannot read the project";
  if (connection_ == nullptr) return {what, path_.string(), "close other programs and try again"};
  const int code = sqlite3_extended_errcode(handle());
  const std::string message = sqlite3_errmsg(handle());
  const int system_code = sqlite3_system_errno(handle());
  const std::string reason = system_code != 0 ? std::generic_category().message(system_code) : message;
  const std::string where = path_.string() + " (" + reason + ")";
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {what, where, "free space on the disk; nothing that was done before is lost"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {what, where, "check the permissions of the file and its folder"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {what, path_.string() + " is being written by another program", "close it there and try again"};
    case SQLITE_CONSTRAINT:
      return {what, path_.string() + " was changed by another program", "open it again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {"the project is damaged", path_.string() + " (" + message + ")", "open a copy of it"};
    default:
      return {what, where, "check the disk, the folder and its permissions"};
  }
}

core::Result<std::int64_t> ProjectDatabase::number(const char* sql) const {
  auto statement = nerf::Statement::prepare(*this, sql);
  if (!statement) return statement.error();
  const auto row = statement->next();
  if (!row) return row.error();
  return *row ? statement->integer(0) : 0;
}

core::Result<std::string> ProjectDatabase::text(const char* sql) const {
  auto statement = nerf::Statement::prepare(*this, sql);
  if (!statement) return statement.error();
  const auto row = statement->next();
  if (!row) return row.error();
  return *row ? statement->text(0) : std::string();
}

}  // namespace skyline::editor
