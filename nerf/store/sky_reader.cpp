#include "core/json_depth.h"
#include "core/parallel.h"
#include "nerf/store/database.h"
#include "nerf/store/seal.h"
#include "nerf/store/sky_file.h"
#include "nerf/store/tile_codec.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr const char* kCannotRead = "cannot read the scene file";
constexpr std::int64_t kBatchTilesPerThread = 4;

// In the order that `read_row` expects, with the number of tiles at the end.
const std::string kTensorRows =
    "SELECT id, name, level, rows, columns, channels, encoding, checksum,"
    " (SELECT count(*) FROM tiles WHERE tiles.tensor = tensors.id) FROM tensors ";

// zstd cannot shrink further (a block of 128 KiB takes at least 4 bytes), so whoever claims more is not believed and nothing is allocated
// for it.
bool is_believable(std::int64_t raw_bytes, std::size_t compressed_bytes) {
  return raw_bytes >= 0 && raw_bytes / (std::int64_t{32} << 10) <= static_cast<std::int64_t>(compressed_bytes);
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

std::uint32_t big_endian(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

core::Error not_a_sky(const std::filesystem::path& path) {
  return {"not a .sky file", path.string(), "give a file that `skyline train` wrote"};
}

// The first 100 bytes (https://www.sqlite.org/fileformat2.html, section 1.3) tell a foreign file, another version and a cut one apart.
core::Status check_header(const Descriptor& file, const std::filesystem::path& path) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return file_error(kCannotRead, path, errno);
  if (S_ISDIR(info.st_mode)) return file_error(kCannotRead, path, EISDIR);
  std::array<unsigned char, 100> header{};
  const ssize_t got = ::pread(file.get(), header.data(), header.size(), 0);
  if (got < 0) return file_error(kCannotRead, path, errno);
  if (got < static_cast<ssize_t>(header.size()) || std::memcmp(header.data(), "SQLite format 3", 16) != 0 ||
      big_endian(&header[68]) != static_cast<std::uint32_t>(kSkyApplicationId)) {
    return not_a_sky(path);
  }
  const std::uint32_t version = big_endian(&header[60]);
  if (version != static_cast<std::uint32_t>(kSkyVersion)) {
    return core::Error{
        "the scene file has another version",
        path.string() + " (version " + std::to_string(version) + ", this program reads version " + std::to_string(kSkyVersion) + ")",
        version > static_cast<std::uint32_t>(kSkyVersion) ? "use a newer Skyline" : "train it anew"};
  }
  const std::int64_t page_bytes = header[16] << 8 | header[17];
  if (page_bytes != kPageBytes) return damaged(path, "its pages have another size");
  const std::int64_t bytes = std::int64_t{big_endian(&header[28])} * page_bytes;
  if (info.st_size != bytes) {
    return damaged(path, "it has " + std::to_string(info.st_size) + " bytes instead of " + std::to_string(bytes));
  }
  return {};
}

// Removes what two trainings of the same field do not share.
void drop_timing(nlohmann::json& json) {
  if (json.is_object()) json.erase("timing");
  if (json.is_structured()) {
    for (auto& child : json) drop_timing(child);
  }
}

}  // namespace

struct SkyReader::State {
  struct Row {  // of tensors
    std::int64_t id = 0;
    TensorInfo info;
  };
  struct PackedTile {
    Tile tile;
    std::vector<std::byte> data;
    std::vector<std::byte> raw;
    std::string checksum;
    bool whole = false;
  };
  using UseTile = std::function<void(PackedTile&)>;

  std::filesystem::path path;
  Descriptor file{-1};
  std::optional<Database> database;

  core::Error fault(const std::string& part) const { return damaged(path, part); }
  core::Result<Statement> prepare(const char* sql) const { return Statement::prepare(*database, sql); }

  core::Status open(bool check_seal);
  core::Result<Row> read_row(const Statement& statement) const;
  core::Result<Row> find(const std::string& name) const;
  core::Status for_each_tile(const Row& row, const UseTile& in_parallel, const UseTile& in_order,
                             std::vector<std::string>* faults = nullptr) const;
  core::Result<std::vector<std::string>> column(const char* sql) const;
  std::vector<std::string> file_faults() const;
};

core::Status SkyReader::State::open(bool check_seal) {
  file = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return file_error(kCannotRead, path, errno);
  if (auto checked = check_header(file, path); !checked) return checked;
  auto seal = read_seal(file, path);
  if (!seal) return seal.error();
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return file_error(kCannotRead, path, errno);
  if (check_seal && info.st_size <= kSealCheckedBytes) {
    const auto computed = compute_seal(file, path);
    if (!computed) return computed.error();
    if (*computed != *seal) return fault("its bytes do not have the hash that it was written with");
  }
  auto opened = Database::open_read_only(path);
  if (!opened) return opened.error();
  database = std::move(*opened);
  // SQLite opened the name once more: it must be the same file.
  const auto sealed = column("SELECT hash FROM seal");
  if (!sealed) return sealed.error();
  if (sealed->size() != 1 || sealed->front() != *seal) return fault("it changed while it was opened, or its seal is damaged");
  return {};
}

core::Result<std::vector<std::string>> SkyReader::State::column(const char* sql) const {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  std::vector<std::string> values;
  while (true) {
    const auto row = statement->next();
    if (!row) return row.error();
    if (!*row) return values;
    values.push_back(statement->text(0));
  }
}

core::Result<SkyReader::State::Row> SkyReader::State::read_row(const Statement& statement) const {
  Row row;
  row.id = statement.integer(0);
  row.info.name = statement.text(1);
  const core::Error wrong = fault("the description of " + row.info.name + " is wrong");
  constexpr std::int64_t kMax = std::numeric_limits<int>::max();
  for (int i = 3; i <= 5; ++i) {
    if (statement.integer(i) < 1 || statement.integer(i) > kMax) return wrong;
  }
  if (statement.integer(2) < -1 || statement.integer(2) > kMax) return wrong;
  row.info.level = static_cast<int>(statement.integer(2));
  row.info.rows = static_cast<int>(statement.integer(3));
  row.info.columns = static_cast<int>(statement.integer(4));
  row.info.channels = static_cast<int>(statement.integer(5));
  const auto encoding = parse_encoding(statement.text(6));
  if (!encoding) return wrong;
  row.info.encoding = *encoding;
  if (statement.text(7) != checksum(tensor_label(row.info), {})) return wrong;
  // 129 x 129 texels of 4 bytes stay below 2^17 per channel, so the product cannot overflow.
  if (tile_bytes(row.info, tile_at(row.info, 0)) > kMaxTileBytes) return wrong;
  if (statement.integer(8) != tile_count(row.info)) {
    return fault(row.info.name + " has " + std::to_string(statement.integer(8)) + " of " + std::to_string(tile_count(row.info)) + " tiles");
  }
  return row;
}

core::Result<SkyReader::State::Row> SkyReader::State::find(const std::string& name) const {
  auto statement = prepare((kTensorRows + "WHERE name = ?").c_str());
  if (!statement) return statement.error();
  const auto row = statement->bind(1, name).next();
  if (!row) return row.error();
  if (!*row) return fault("it has no tensor " + name);
  return read_row(*statement);
}

// Reads in batches: the bytes in order, then `in_parallel` on all cores (the raw bytes are decompressed and checked), then `in_order`. A
// tile that is not whole ends the reading, or is noted in `faults` and left out.
core::Status SkyReader::State::for_each_tile(const Row& row, const UseTile& in_parallel, const UseTile& in_order,
                                             std::vector<std::string>* faults) const {
  auto statement =
      prepare("SELECT id, tile_row, tile_column, raw_bytes, checksum FROM tiles WHERE tensor = ? ORDER BY tile_row, tile_column");
  if (!statement) return statement.error();
  statement->bind(1, row.id);
  BlobCursor cursor(*database, "tiles");
  const std::int64_t count = tile_count(row.info);
  std::vector<PackedTile> batch(static_cast<std::size_t>(std::min(count, kBatchTilesPerThread * core::thread_count())));
  for (std::int64_t first = 0; first < count; first += static_cast<std::int64_t>(batch.size())) {
    const std::int64_t size = std::min(static_cast<std::int64_t>(batch.size()), count - first);
    for (std::int64_t i = 0; i < size; ++i) {
      PackedTile& packed = batch[static_cast<std::size_t>(i)];
      packed.tile = tile_at(row.info, first + i);
      const auto next = statement->next();
      if (!next) return next.error();
      if (!*next || statement->integer(1) != packed.tile.row || statement->integer(2) != packed.tile.column ||
          statement->integer(3) != tile_bytes(row.info, packed.tile)) {
        return fault("the tiles of " + row.info.name + " are not its own");
      }
      packed.checksum = statement->text(4);
      if (auto opened = cursor.open(statement->integer(0)); !opened) return opened;
      packed.data.resize(cursor.size());
      if (auto read = cursor.read(packed.data); !read) return read;
      if (!is_believable(statement->integer(3), packed.data.size())) return fault("the tiles of " + row.info.name + " are not its own");
    }
    core::parallel_for(size, [&](std::int64_t i) {
      PackedTile& packed = batch[static_cast<std::size_t>(i)];
      packed.raw.resize(static_cast<std::size_t>(tile_bytes(row.info, packed.tile)));
      packed.whole =
          checksum(tile_label(row.info.name, packed.tile, static_cast<std::int64_t>(packed.raw.size())), packed.data) == packed.checksum &&
          decompress(packed.data, packed.raw);
      if (packed.whole && in_parallel) in_parallel(packed);
    });
    for (std::int64_t i = 0; i < size; ++i) {
      PackedTile& packed = batch[static_cast<std::size_t>(i)];
      if (packed.whole) {
        if (in_order) in_order(packed);
        continue;
      }
      const core::Error error =
          fault("tile " + std::to_string(packed.tile.row) + ", " + std::to_string(packed.tile.column) + " of " + row.info.name);
      if (faults == nullptr) return error;
      faults->push_back(error.message());
    }
  }
  return {};
}

std::vector<std::string> SkyReader::State::file_faults() const {
  std::vector<std::string> lines;
  const auto note = [&](const core::Error& error) { lines.push_back(error.message()); };
  const auto stored = read_seal(file, path);
  const auto computed = compute_seal(file, path);
  if (!stored) note(stored.error());
  if (!computed) note(computed.error());
  if (stored && computed && *stored != *computed) note(fault("its bytes do not have the hash that it was written with"));
  if (const auto header = check_header(file, path); !header) note(header.error());
  if (const auto pages = column("PRAGMA integrity_check"); !pages) {
    note(pages.error());
  } else if (*pages != std::vector<std::string>{"ok"}) {
    for (const std::string& line : *pages) note(fault(line));
  }
  return lines;
}

core::Result<SkyReader> SkyReader::open(const std::filesystem::path& path, bool check_seal) {
  auto state = std::make_unique<State>();
  state->path = path;
  if (auto opened = state->open(check_seal); !opened) return opened.error();
  return SkyReader(std::move(state));
}

SkyReader::SkyReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SkyReader::SkyReader(SkyReader&&) noexcept = default;
SkyReader& SkyReader::operator=(SkyReader&&) noexcept = default;
SkyReader::~SkyReader() = default;

core::Result<std::string> SkyReader::meta(const std::string& key) const {
  auto statement = state_->prepare("SELECT json, checksum FROM meta WHERE key = ?");
  if (!statement) return statement.error();
  const auto row = statement->bind(1, key).next();
  if (!row) return row.error();
  if (!*row) return state_->fault("it has no meta " + key);
  std::string json = statement->text(0);
  if (statement->text(1) != checksum(meta_label(key), bytes_of(json)) || !core::is_shallow_json(json) || !nlohmann::json::accept(json)) {
    return state_->fault("meta " + key);
  }
  return json;
}

core::Result<std::vector<TensorInfo>> SkyReader::tensors() const {
  auto statement = state_->prepare((kTensorRows + "ORDER BY name").c_str());
  if (!statement) return statement.error();
  std::vector<TensorInfo> infos;
  while (true) {
    const auto next = statement->next();
    if (!next) return next.error();
    if (!*next) return infos;
    auto row = state_->read_row(*statement);
    if (!row) return row.error();
    infos.push_back(std::move(row->info));
  }
}

core::Status SkyReader::tensor(const std::string& name, std::span<float> values) const {
  const auto row = state_->find(name);
  if (!row) return row.error();
  const TensorInfo& info = row->info;
  const std::size_t texel = static_cast<std::size_t>(info.rows) * static_cast<std::size_t>(info.columns);
  if (values.size() % texel != 0 || values.size() / texel != static_cast<std::size_t>(info.channels)) {
    return state_->fault(name + " has another size than it should have");
  }
  return state_->for_each_tile(
      *row, [&](State::PackedTile& packed) { decode_tile(info, packed.tile, packed.raw, values); }, nullptr);
}

core::Result<std::vector<std::byte>> SkyReader::blob(const std::string& name) const {
  auto statement = state_->prepare("SELECT id, raw_bytes, checksum FROM blobs WHERE name = ?");
  if (!statement) return statement.error();
  const auto row = statement->bind(1, name).next();
  if (!row) return row.error();
  if (!*row) return state_->fault("it has no blob " + name);
  const std::int64_t raw_bytes = statement->integer(1);
  BlobCursor cursor(*state_->database, "blobs");
  if (auto opened = cursor.open(statement->integer(0)); !opened) return opened.error();
  std::vector<std::byte> data(cursor.size());
  if (auto read = cursor.read(data); !read) return read.error();
  if (!is_believable(raw_bytes, data.size()) || statement->text(2) != checksum(blob_label(name, raw_bytes), data)) {
    return state_->fault("blob " + name);
  }
  std::vector<std::byte> raw(static_cast<std::size_t>(raw_bytes));
  if (!decompress(data, raw)) return state_->fault("blob " + name);
  return raw;
}

bool SkyReader::has_blob(const std::string& name) const {
  auto statement = state_->prepare("SELECT 1 FROM blobs WHERE name = ?");
  if (!statement) return false;
  const auto row = statement->bind(1, name).next();
  return row && *row;
}

bool SkyReader::has_meta(const std::string& key) const {
  auto statement = state_->prepare("SELECT 1 FROM meta WHERE key = ?");
  if (!statement) return false;
  const auto row = statement->bind(1, key).next();
  return row && *row;
}

core::Result<std::vector<std::string>> SkyReader::verify() const {
  std::vector<std::string> lines = state_->file_faults();
  const auto note = [&](const core::Error& error) { lines.push_back(error.message()); };
  if (const auto keys = state_->column("SELECT key FROM meta ORDER BY key"); !keys) {
    note(keys.error());
  } else {
    for (const std::string& key : *keys) {
      if (const auto json = meta(key); !json) note(json.error());
    }
  }
  if (const auto names = state_->column("SELECT name FROM tensors ORDER BY name"); !names) {
    note(names.error());
  } else {
    for (const std::string& name : *names) {
      const auto row = state_->find(name);
      if (!row) {
        note(row.error());
      } else if (const auto read = state_->for_each_tile(*row, nullptr, nullptr, &lines); !read) {
        note(read.error());
      }
    }
  }
  if (const auto orphans = state_->column("SELECT id FROM tiles WHERE tensor NOT IN (SELECT id FROM tensors)"); !orphans) {
    note(orphans.error());
  } else {
    for (const std::string& id : *orphans) note(state_->fault("tile " + id + " belongs to no tensor"));
  }
  if (const auto names = state_->column("SELECT name FROM blobs ORDER BY name"); !names) {
    note(names.error());
  } else {
    for (const std::string& name : *names) {
      if (const auto content = blob(name); !content) note(content.error());
    }
  }
  return lines;
}

core::Result<std::string> SkyReader::content_hash() const {
  struct Free {
    void operator()(XXH3_state_t* hash) const { XXH3_freeState(hash); }
  };
  const std::unique_ptr<XXH3_state_t, Free> hash(XXH3_createState());
  XXH3_64bits_reset(hash.get());
  const auto add = [&](std::span<const std::byte> bytes) { XXH3_64bits_update(hash.get(), bytes.data(), bytes.size()); };

  const auto keys = state_->column("SELECT key FROM meta ORDER BY key");
  if (!keys) return keys.error();
  for (const std::string& key : *keys) {
    if (key == "timing") continue;
    const auto text = meta(key);
    if (!text) return text.error();
    nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
    drop_timing(json);
    const std::string canonical = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    add(bytes_of(meta_label(key) + '\n' + canonical + '\n'));
  }
  const auto infos = tensors();
  if (!infos) return infos.error();
  for (const TensorInfo& info : *infos) {
    const auto row = state_->find(info.name);
    if (!row) return row.error();
    add(bytes_of(tensor_label(info) + '\n'));
    const auto read = state_->for_each_tile(*row, nullptr, [&](State::PackedTile& packed) { add(packed.raw); });
    if (!read) return read.error();
  }
  const auto names = state_->column("SELECT name FROM blobs ORDER BY name");
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const auto content = blob(name);
    if (!content) return content.error();
    add(bytes_of(blob_label(name, static_cast<std::int64_t>(content->size())) + '\n'));
    add(*content);
  }
  return hexadecimal(XXH3_64bits_digest(hash.get()));
}

}  // namespace skyline::nerf
