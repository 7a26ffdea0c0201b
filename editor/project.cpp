#include "editor/project.h"

#include "editor/project_database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

namespace skyline::editor {
namespace {

namespace fs = std::filesystem;
using core::Error;

constexpr const char* kSchema =
    "PRAGMA application_id = 1397446992;"  // kProjectApplicationId
    "PRAGMA user_version = 1;"             // kProjectVersion
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE log(serial INTEGER PRIMARY KEY, gesture INTEGER NOT NULL, command TEXT NOT NULL, made_at INTEGER NOT NULL);"
    "CREATE TABLE checkpoint(serial INTEGER PRIMARY KEY, state_hash TEXT NOT NULL);"
    "CREATE TABLE version(name TEXT PRIMARY KEY, serial INTEGER NOT NULL, made_at INTEGER NOT NULL) WITHOUT ROWID;";
constexpr const char* kSentenceTable = "CREATE TABLE IF NOT EXISTS sentence(gesture INTEGER PRIMARY KEY, text TEXT NOT NULL)";
static_assert(kProjectApplicationId == 1397446992 && kProjectVersion == 1);

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

// The file begins like a project. Errors: missing, or something else.
core::Status check_header(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return Error{"there is no such project", path.string(), "check the path"};
  if (fs::is_directory(path, code)) return Error{"cannot read the project", path.string() + " is a folder", "name a .skyproj file"};
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kApplicationIdAt = 68;  // https://www.sqlite.org/fileformat.html section 1.3
  std::array<unsigned char, 100> header{};
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return Error{"cannot read the project", path.string() + " (" + std::generic_category().message(errno) + ")", "check the permissions"};
  }
  const std::size_t bytes = std::fread(header.data(), 1, header.size(), file);
  std::fclose(file);
  std::int64_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id * 256 + header[kApplicationIdAt + i];
  if (bytes < header.size() || std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0 || id != kProjectApplicationId) {
    return Error{"this is not a project", path.string(), "choose a .skyproj file that Skyline has written"};
  }
  return {};
}

core::Status put_meta(const ProjectDatabase& database, std::string_view key, std::string_view value) {
  auto statement =
      nerf::Statement::prepare(database, "INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2");
  if (!statement) return statement.error();
  return statement->bind(1, key).bind(2, value).run();
}

core::Status put_scene(const ProjectDatabase& database, const fs::path& project, const SceneReference& scene) {
  std::error_code code;
  const fs::path absolute = fs::absolute(scene.path, code).lexically_normal();
  const fs::path relative = absolute.lexically_relative(fs::absolute(project, code).lexically_normal().parent_path());
  for (const auto& [key, value] : std::initializer_list<std::pair<const char*, std::string>>{
           {"scene_path", absolute.string()}, {"scene_relative_path", relative.string()}, {"scene_hash", scene.content_hash}}) {
    if (auto put = put_meta(database, key, value); !put) return put;
  }
  return {};
}

}  // namespace

struct Project::State {
  ProjectDatabase database;
  fs::path path;
  SceneReference scene;
  fs::path relative_scene;
  Document* kept = nullptr;

  core::Status append(const LogEntry& entry) {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
    core::Status status = put(entry);
    if (status) status = database.run("COMMIT");
    if (!status) static_cast<void>(database.run("ROLLBACK"));
    return status;
  }

  core::Status put(const LogEntry& entry) {
    auto statement = nerf::Statement::prepare(database, "INSERT INTO log(serial, gesture, command, made_at) VALUES(?1, ?2, ?3, ?4)");
    if (!statement) return statement.error();
    if (auto done = statement->bind(1, entry.serial).bind(2, entry.gesture).bind(3, entry.command).bind(4, now_ms()).run(); !done)
      return done;
    if (!entry.sentence.empty()) {
      if (auto kept_sentence = put_sentence(entry); !kept_sentence) return kept_sentence;
    }
    const std::int64_t before = entry.serial - 1;
    if (before == 0 || before % kProjectCheckpointGap != 0) return {};
    auto checkpoint = nerf::Statement::prepare(database, "INSERT OR REPLACE INTO checkpoint(serial, state_hash) VALUES(?1, ?2)");
    if (!checkpoint) return checkpoint.error();
    return checkpoint->bind(1, before).bind(2, hash_text(kept->hash())).run();
  }

  // Its table came later than version 1 of the format and is made when it is needed: programs that do not know it read the log as before.
  core::Status put_sentence(const LogEntry& entry) const {
    if (auto made = database.run(kSentenceTable); !made) return made;
    auto statement = nerf::Statement::prepare(database, "INSERT OR REPLACE INTO sentence(gesture, text) VALUES(?1, ?2)");
    if (!statement) return statement.error();
    return statement->bind(1, entry.gesture).bind(2, entry.sentence).run();
  }
};

Project::Project(std::unique_ptr<State> state) : state_(std::move(state)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() {
  if (state_ && state_->kept != nullptr) state_->kept->set_journal({});
}

core::Result<Project> Project::create(const fs::path& path, const SceneReference& scene) {
  std::error_code code;
  if (fs::exists(path, code)) return Error{"cannot make the project", path.string() + " is there already", "choose another name"};
  // Made whole beside its place, so that nobody ever finds half of it.
  fs::path temporary = path;
  temporary.replace_filename(fmt::format(".{}.partial-{}", path.filename().string(), ::getpid()));
  const auto make = [&]() -> core::Status {
    auto database = ProjectDatabase::open(temporary, ProjectDatabase::Mode::kCreate);
    if (!database) return Error{"cannot write the project", path.string(), "check that its folder is there and can be written to"};
    database->set_name(path);
    if (auto made = database->run(kSchema); !made) return made;
    if (auto put = put_scene(*database, path, scene); !put) return put;
    return database->run("PRAGMA journal_mode = WAL");
  };
  core::Status made = make();
  if (made) {
    fs::rename(temporary, path, code);
    if (code) made = Error{"cannot write the project", path.string() + " (" + code.message() + ")", "check the folder"};
  }
  if (!made) {
    fs::remove(temporary, code);
    return made.error();
  }
  return open(path);
}

core::Result<Project> Project::open(const fs::path& path, Access access) {
  if (auto begins = check_header(path); !begins) return begins.error();
  auto database = ProjectDatabase::open(path, access == Access::kWrite ? ProjectDatabase::Mode::kWrite : ProjectDatabase::Mode::kRead);
  if (!database) return database.error();
  const auto version = database->number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kProjectVersion) {
    return Error{"the project was made by a newer Skyline", fmt::format("{} has format version {}", path.string(), *version),
                 "update Skyline"};
  }
  auto whole = database->text("PRAGMA quick_check(1)");
  if (!whole) return whole.error();
  if (*whole != "ok") {
    std::replace(whole->begin(), whole->end(), '\n', ' ');
    return Error{"the project is damaged", path.string() + " (" + *whole + ")", "open a copy of it"};
  }
  if (access == Access::kWrite) {
    // Nothing that was accepted may be lost, by a power cut either.
    if (auto set = database->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"); !set) return set.error();
    if (sqlite3_db_readonly(database->handle(), "main") != 0) {
      return Error{"cannot write the project", path.string(), "check the permissions of the file and its folder"};
    }
  }
  auto state = std::make_unique<State>();
  state->path = path;
  for (const auto& [key, target] :
       std::initializer_list<std::pair<const char*, std::string>>{{"SELECT value FROM meta WHERE key = 'scene_path'", "path"},
                                                                  {"SELECT value FROM meta WHERE key = 'scene_relative_path'", "relative"},
                                                                  {"SELECT value FROM meta WHERE key = 'scene_hash'", "hash"}}) {
    const auto value = database->text(key);
    if (!value) return value.error();
    if (target == "path") state->scene.path = *value;
    if (target == "relative") state->relative_scene = *value;
    if (target == "hash") state->scene.content_hash = *value;
  }
  state->database = std::move(*database);
  return Project(std::move(state));
}

const fs::path& Project::path() const { return state_->path; }
const SceneReference& Project::scene() const { return state_->scene; }

core::Result<fs::path> Project::find_scene() const {
  std::error_code code;
  if (fs::is_regular_file(state_->scene.path, code)) return state_->scene.path;
  const fs::path beside = fs::absolute(state_->path, code).parent_path() / state_->relative_scene;
  if (!state_->relative_scene.empty() && fs::is_regular_file(beside, code)) return beside;
  return Error{"the scene of the project is missing", state_->scene.path.string(), "say where it is now with --scene FILE.sky"};
}

core::Status Project::set_scene(const SceneReference& scene) {
  if (auto begun = state_->database.run("BEGIN IMMEDIATE"); !begun) return begun;
  core::Status status = put_scene(state_->database, state_->path, scene);
  if (status) status = state_->database.run("COMMIT");
  if (!status) {
    static_cast<void>(state_->database.run("ROLLBACK"));
    return status;
  }
  state_->scene = scene;
  return {};
}

core::Status Project::load(Document& document) const {
  auto checkpoints = nerf::Statement::prepare(state_->database, "SELECT serial, state_hash FROM checkpoint ORDER BY serial");
  if (!checkpoints) return checkpoints.error();
  std::vector<StateHash> hashes;
  while (true) {
    const auto row = checkpoints->next();
    if (!row) return row.error();
    if (!*row) break;
    hashes.push_back({checkpoints->integer(0), std::strtoull(checkpoints->text(1).c_str(), nullptr, 16)});
  }
  const auto has_sentences = state_->database.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sentence'");
  if (!has_sentences) return has_sentences.error();
  auto rows = nerf::Statement::prepare(
      state_->database, *has_sentences > 0 ? "SELECT serial, log.gesture, command, coalesce(text, '') FROM log LEFT JOIN sentence "
                                             "ON sentence.gesture = serial ORDER BY serial"
                                           : "SELECT serial, gesture, command, '' FROM log ORDER BY serial");
  if (!rows) return rows.error();
  std::vector<LogEntry> log;
  while (true) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (!*row) break;
    log.push_back({rows->integer(0), rows->integer(1), rows->text(2), rows->text(3)});
  }
  return document.replay(log, hashes);
}

core::Result<std::int64_t> Project::edits() const {
  return state_->database.number(
      "SELECT count(DISTINCT gesture) FROM log WHERE command NOT LIKE '{\"command\":\"select.%' AND command NOT IN "
      "('{\"command\":\"edit.undo\"}', '{\"command\":\"edit.redo\"}')");
}

core::Status Project::put_note(const std::string& key, const std::string& text) { return put_meta(state_->database, "note_" + key, text); }

core::Result<std::string> Project::note(const std::string& key) const {
  auto statement = nerf::Statement::prepare(state_->database, "SELECT value FROM meta WHERE key = ?1");
  if (!statement) return statement.error();
  const auto row = statement->bind(1, "note_" + key).next();
  if (!row) return row.error();
  return *row ? statement->text(0) : std::string();
}

core::Status Project::copy_to(const fs::path& path) const {
  fs::path temporary = path;
  temporary.replace_filename(fmt::format(".{}.partial-{}", path.filename().string(), ::getpid()));
  std::error_code code;
  fs::remove(temporary, code);
  const auto make = [&]() -> core::Status {
    auto statement = nerf::Statement::prepare(state_->database, "VACUUM INTO ?1");
    if (!statement) return statement.error();
    if (auto copied = statement->bind(1, temporary.string()).run(); !copied) {
      return Error{"cannot write the project", path.string(), "check that its folder is there and can be written to"};
    }
    auto database = ProjectDatabase::open(temporary, ProjectDatabase::Mode::kWrite);
    if (!database) return database.error();
    database->set_name(path);
    if (auto put = put_scene(*database, path, state_->scene); !put) return put;
    return database->run("PRAGMA journal_mode = WAL");
  };
  core::Status made = make();
  if (made) {
    for (const char* const ending : {"-wal", "-shm"}) fs::remove(path.string() + ending, code);
    fs::rename(temporary, path, code);
    if (code) made = Error{"cannot write the project", path.string() + " (" + code.message() + ")", "check the folder"};
  }
  if (!made) fs::remove(temporary, code);
  return made;
}

void Project::keep(Document& document) {
  state_->kept = &document;
  document.set_journal([state = state_.get()](const LogEntry& entry) { return state->append(entry); });
}

core::Status Project::name_version(const std::string& name) {
  if (name.empty()) return Error{"the version has no name", "", "give it one"};
  auto statement =
      nerf::Statement::prepare(state_->database,
                               "INSERT INTO version(name, serial, made_at) VALUES(?1, (SELECT coalesce(max(serial), 0) FROM log), ?2) "
                               "ON CONFLICT(name) DO UPDATE SET serial = excluded.serial, made_at = excluded.made_at");
  if (!statement) return statement.error();
  return statement->bind(1, name).bind(2, now_ms()).run();
}

core::Result<std::vector<NamedVersion>> Project::versions() const {
  auto statement = nerf::Statement::prepare(state_->database, "SELECT name, serial, made_at FROM version ORDER BY made_at, name");
  if (!statement) return statement.error();
  std::vector<NamedVersion> versions;
  while (true) {
    const auto row = statement->next();
    if (!row) return row.error();
    if (!*row) return versions;
    versions.push_back({statement->text(0), statement->integer(1), statement->integer(2)});
  }
}

}  // namespace skyline::editor
