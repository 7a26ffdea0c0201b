#include "core/parallel.h"
#include "nerf/store/database.h"
#include "nerf/store/seal.h"
#include "nerf/store/sky_file.h"
#include "nerf/store/tile_codec.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

namespace skyline::nerf {
namespace {

// Tiles that are compressed before they are written: enough for all cores, few enough to stay small.
constexpr std::int64_t kBatchTilesPerThread = 4;

// `seal` comes first, which puts its row at the end of page 2.
constexpr const char* kSchema =
    "CREATE TABLE seal(hash TEXT NOT NULL);"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, json TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE tensors(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, level INTEGER NOT NULL, rows INTEGER NOT NULL,"
    " columns INTEGER NOT NULL, channels INTEGER NOT NULL, encoding TEXT NOT NULL, checksum TEXT NOT NULL);"
    "CREATE TABLE tiles(id INTEGER PRIMARY KEY, tensor INTEGER NOT NULL REFERENCES tensors(id), tile_row INTEGER NOT NULL,"
    " tile_column INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, checksum TEXT NOT NULL, data BLOB NOT NULL,"
    " UNIQUE(tensor, tile_row, tile_column));"
    "CREATE TABLE blobs(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, raw_bytes INTEGER NOT NULL, checksum TEXT NOT NULL,"
    " data BLOB NOT NULL);";

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

}  // namespace

struct SkyWriter::State {
  std::filesystem::path path, temporary;
  int compression = kSkyCompression;
  std::optional<Database> database;
  std::optional<Statement> insert_meta, insert_tensor, insert_tile, insert_blob;
  std::int64_t tensors = 0;
  core::Status status;  // of the first failure

  ~State() { discard(); }

  void close_statements() {
    insert_meta.reset();
    insert_tensor.reset();
    insert_tile.reset();
    insert_blob.reset();
  }

  void discard() {
    close_statements();
    database.reset();
    if (!temporary.empty()) ::unlink(temporary.c_str());
    temporary.clear();
  }

  core::Status failed(core::Error error) {
    status = std::move(error);
    discard();
    return status;
  }

  core::Error error(const std::string& what, const char* advice) const { return {kCannotWrite, path.string() + " (" + what + ")", advice}; }

  core::Status begin();
  core::Status put_tiles(const TensorInfo& info, std::span<const float> values);
  core::Status finish();
};

core::Status SkyWriter::State::begin() {
  auto opened = Database::open_for_writing(temporary, path);
  if (!opened) return opened.error();
  database = std::move(*opened);
  const std::string settings =
      "PRAGMA page_size = " + std::to_string(kPageBytes) +
      "; PRAGMA auto_vacuum = NONE; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
      " PRAGMA locking_mode = EXCLUSIVE; PRAGMA application_id = " +
      std::to_string(kSkyApplicationId) + "; PRAGMA user_version = " + std::to_string(kSkyVersion) + "; BEGIN;";
  if (auto run = database->run(settings.c_str()); !run) return run.error();
  if (auto run = database->run(kSchema); !run) return run.error();
  auto seal = Statement::prepare(*database, "INSERT INTO seal VALUES(?)");
  if (!seal) return seal.error();
  if (auto run = seal->bind(1, std::string(kSealMark) + std::string(kSealDigits, '0')).run(); !run) return run.error();
  const auto prepare = [&](std::optional<Statement>& target, const char* sql) -> core::Status {
    auto statement = Statement::prepare(*database, sql);
    if (!statement) return statement.error();
    target = std::move(*statement);
    return {};
  };
  if (auto made = prepare(insert_meta, "INSERT INTO meta VALUES(?, ?, ?)"); !made) return made;
  if (auto made = prepare(insert_tensor, "INSERT INTO tensors VALUES(?, ?, ?, ?, ?, ?, ?, ?)"); !made) return made;
  if (auto made = prepare(insert_tile, "INSERT INTO tiles VALUES(NULL, ?, ?, ?, ?, ?, ?)"); !made) return made;
  return prepare(insert_blob, "INSERT INTO blobs VALUES(NULL, ?, ?, ?, ?)");
}

core::Status SkyWriter::State::put_tiles(const TensorInfo& info, std::span<const float> values) {
  struct Packed {
    Tile tile;
    std::int64_t raw_bytes = 0;
    std::vector<std::byte> data;
    std::string checksum;
    bool fits = false;
  };
  const std::int64_t count = tile_count(info);
  std::vector<Packed> batch(static_cast<std::size_t>(std::min(count, kBatchTilesPerThread * core::thread_count())));
  for (std::int64_t first = 0; first < count; first += static_cast<std::int64_t>(batch.size())) {
    const std::int64_t size = std::min(static_cast<std::int64_t>(batch.size()), count - first);
    core::parallel_for(size, [&](std::int64_t i) {
      Packed& packed = batch[static_cast<std::size_t>(i)];
      packed.tile = tile_at(info, first + i);
      std::vector<std::byte> raw;
      packed.fits = encode_tile(info, packed.tile, values, raw);
      if (!packed.fits) return;
      packed.raw_bytes = static_cast<std::int64_t>(raw.size());
      packed.data = compress(raw, compression);
      packed.checksum = checksum(tile_label(info.name, packed.tile, packed.raw_bytes), packed.data);
    });
    for (std::int64_t i = 0; i < size; ++i) {
      const Packed& packed = batch[static_cast<std::size_t>(i)];
      if (!packed.fits)
        return error(info.name + " has numbers that " + encoding_name(info.encoding) + " cannot hold", "save it as float32");
      insert_tile->bind(1, tensors).bind(2, std::int64_t{packed.tile.row}).bind(3, std::int64_t{packed.tile.column});
      insert_tile->bind(4, packed.raw_bytes).bind(5, packed.checksum).bind(6, std::span<const std::byte>(packed.data));
      if (auto run = insert_tile->run(); !run) return run;
    }
  }
  return {};
}

core::Status SkyWriter::State::finish() {
  close_statements();
  if (auto run = database->run("COMMIT"); !run) return run;
  if (auto closed = database->close(); !closed) return closed;
  database.reset();

  if (auto sealed = seal_and_rename(temporary, path); !sealed) return sealed;
  temporary.clear();
  return {};
}

core::Result<SkyWriter> SkyWriter::create(const std::filesystem::path& path, int compression) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->compression = compression;
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) return file_error(kCannotWrite, path, EISDIR);
  constexpr mode_t kMode = 0666;  // less the umask of the person, as for any file they make
  int fd = -1;
  do {
    state->temporary = temporary_name(path);
    fd = ::open(state->temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  } while (fd < 0 && (errno == EEXIST || errno == EINTR));
  if (fd < 0) {
    const int code = errno;
    state->temporary.clear();
    return file_error(kCannotWrite, path, code);
  }
  ::close(fd);
  if (auto begun = state->begin(); !begun) return begun.error();
  return SkyWriter(std::move(state));
}

SkyWriter::SkyWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SkyWriter::SkyWriter(SkyWriter&&) noexcept = default;
SkyWriter& SkyWriter::operator=(SkyWriter&&) noexcept = default;
SkyWriter::~SkyWriter() = default;

core::Status SkyWriter::put_meta(const std::string& key, const std::string& json) {
  if (!state_->status) return state_->status;
  if (!nlohmann::json::accept(json)) return state_->failed(state_->error("meta " + key + " is not JSON", "give one JSON value"));
  state_->insert_meta->bind(1, key).bind(2, json).bind(3, checksum(meta_label(key), bytes_of(json)));
  if (auto run = state_->insert_meta->run(); !run) return state_->failed(run.error());
  return {};
}

core::Status SkyWriter::put_tensor(const TensorInfo& info, std::span<const float> values) {
  if (!state_->status) return state_->status;
  const bool is_empty = info.rows < 1 || info.columns < 1 || info.channels < 1;
  const std::int64_t count = is_empty ? 0 : std::int64_t{info.rows} * info.columns * info.channels;
  if (is_empty || count != static_cast<std::int64_t>(values.size())) {
    return state_->failed(state_->error(info.name + " has " + std::to_string(values.size()) + " numbers, not rows x columns x channels",
                                        "report this as a fault of the program"));
  }
  if (tile_bytes(info, tile_at(info, 0)) > kMaxTileBytes) {
    return state_->failed(state_->error(info.name + " has too many channels", "train with fewer channels or a larger volume cell"));
  }
  ++state_->tensors;
  state_->insert_tensor->bind(1, state_->tensors).bind(2, info.name).bind(3, std::int64_t{info.level});
  state_->insert_tensor->bind(4, std::int64_t{info.rows}).bind(5, std::int64_t{info.columns}).bind(6, std::int64_t{info.channels});
  state_->insert_tensor->bind(7, encoding_name(info.encoding)).bind(8, checksum(tensor_label(info), {}));
  if (auto run = state_->insert_tensor->run(); !run) return state_->failed(run.error());
  if (auto put = state_->put_tiles(info, values); !put) return state_->failed(put.error());
  return {};
}

core::Status SkyWriter::put_blob(const std::string& name, std::span<const std::byte> content) {
  if (!state_->status) return state_->status;
  const std::vector<std::byte> data = compress(content, state_->compression);
  const auto raw_bytes = static_cast<std::int64_t>(content.size());
  state_->insert_blob->bind(1, name).bind(2, raw_bytes).bind(3, checksum(blob_label(name, raw_bytes), data));
  state_->insert_blob->bind(4, std::span<const std::byte>(data));
  if (auto run = state_->insert_blob->run(); !run) return state_->failed(run.error());
  return {};
}

core::Status SkyWriter::finish() {
  if (!state_->status) return state_->status;
  if (!state_->database) return state_->error("it is finished already", "report this as a fault of the program");
  if (auto finished = state_->finish(); !finished) return state_->failed(finished.error());
  return {};
}

}  // namespace skyline::nerf
