#include "nerf/store/database.h"
#include "nerf/store/scene_json.h"
#include "nerf/store/seal.h"
#include "nerf/store/sky_file.h"
#include "nerf/store/tile_codec.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <system_error>

namespace skyline::nerf {
namespace {

core::Status put(const Database& database, std::string_view key, const std::string& json) {
  auto row = Statement::prepare(database, "INSERT OR REPLACE INTO meta VALUES(?, ?, ?)");
  if (!row) return row.error();
  row->bind(1, key).bind(2, json).bind(3, checksum(meta_label(key), std::as_bytes(std::span(json))));
  return row->run();
}

core::Status amend(const std::filesystem::path& temporary, const std::filesystem::path& target, const SceneAdditions& additions) {
  auto database = Database::open_for_writing(temporary, target);
  if (!database) return database.error();
  if (auto run = database->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN;"); !run) {
    return run;
  }
  {
    auto seal = Statement::prepare(*database, "UPDATE seal SET hash = ?");
    if (!seal) return seal.error();
    if (auto run = seal->bind(1, std::string(kSealMark) + std::string(kSealDigits, '0')).run(); !run) return run;
  }
  if (additions.objects != nullptr) {
    if (auto stored = put(*database, "objects", city::write_catalogue(*additions.objects)); !stored) return stored;
  }
  if (additions.bookmarks != nullptr) {
    if (auto stored = put(*database, "bookmarks", bookmarks_to_json(*additions.bookmarks).dump()); !stored) return stored;
  }
  if (auto run = database->run("COMMIT"); !run) return run;
  return database->close();
}

}  // namespace

core::Status amend_scene(const std::filesystem::path& path, const std::filesystem::path& target, const SceneAdditions& additions) {
  if (const auto whole = SkyReader::open(path); !whole) return whole.error();
  const std::filesystem::path temporary = temporary_name(target);
  std::error_code code;
  core::Status status;
  if (std::filesystem::copy_file(path, temporary, code); code) {
    status = file_error(kCannotWrite, target, code.value());
  } else {
    std::filesystem::permissions(temporary, std::filesystem::perms::owner_write, std::filesystem::perm_options::add, code);
    status = amend(temporary, target, additions);
    if (status) status = seal_and_rename(temporary, target);
  }
  if (!status) ::unlink(temporary.c_str());
  return status;
}

}  // namespace skyline::nerf
