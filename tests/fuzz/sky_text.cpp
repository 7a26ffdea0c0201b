#include "tests/fuzz/sky_text.h"

#include "nerf/store/database.h"
#include "nerf/store/seal.h"
#include "nerf/store/tile_codec.h"
#include "tests/fuzz/fuzz_target.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <optional>

namespace skyline::fuzz {
namespace {

using nerf::Statement;

constexpr std::int64_t kMostBytes = 1 << 20;  // of a tile or blob that is really there
constexpr int kFast = 1;

std::string_view next_word(std::string_view& line, char end_mark = ' ') {
  const std::size_t end = std::min(line.find(end_mark), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

// What is no number is 0.
std::int64_t next_number(std::string_view& line) {
  const std::string_view word = next_word(line);
  std::int64_t number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

std::vector<std::byte> content_of(std::string_view hex, std::int64_t raw_bytes) {
  std::vector<std::byte> pattern;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
    pattern.push_back(static_cast<std::byte>(value));
  }
  if (pattern.empty()) pattern.push_back(std::byte{0});
  std::vector<std::byte> content(static_cast<std::size_t>(std::clamp<std::int64_t>(raw_bytes, 0, kMostBytes)));
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = pattern[i % pattern.size()];
  return content;
}

std::optional<Statement> prepare(const nerf::Database& database, const char* sql) {
  auto statement = Statement::prepare(database, sql);
  require(statement.ok(), "a statement can be prepared");
  return std::move(*statement);
}

// The tables without rows, made by the writer itself.
const std::string& empty_sky() {
  static const std::string content = [] {
    const ScratchFile file("empty.sky");
    auto writer = nerf::SkyWriter::create(file.path());
    require(writer.ok() && writer->finish().ok(), "an empty scene file can be written");
    return file.read();
  }();
  return content;
}

// Puts lines into the tables of a file. A row that a table refuses (a name given twice) is left out.
class SkyInserter {
 public:
  explicit SkyInserter(const nerf::Database& database)
      : meta_(prepare(database, "INSERT OR IGNORE INTO meta VALUES(?, ?, ?)")),
        tensor_(prepare(database, "INSERT OR IGNORE INTO tensors VALUES(?, ?, ?, ?, ?, ?, ?, ?)")),
        tile_(prepare(database, "INSERT OR IGNORE INTO tiles VALUES(NULL, ?, ?, ?, ?, ?, ?)")),
        blob_(prepare(database, "INSERT OR IGNORE INTO blobs VALUES(NULL, ?, ?, ?, ?)")) {}

  void put(std::string_view line) {
    const std::string_view kind = next_word(line);
    if (kind == "meta") put_meta(line);
    if (kind == "tensor") put_tensor(line);
    if (kind == "tile") put_tile(line);
    if (kind == "blob") put_blob(line);
  }

 private:
  void put_meta(std::string_view line) {
    const std::string_view key = next_word(line);
    meta_->bind(1, key).bind(2, line).bind(3, nerf::checksum(nerf::meta_label(key), bytes_of(line)));
    (void)meta_->run();
  }

  void put_tensor(std::string_view line) {
    name_ = next_word(line);
    std::int64_t numbers[4];
    for (std::int64_t& number : numbers) number = next_number(line);
    const std::string_view encoding = next_word(line);
    std::string label = "tensor " + name_;
    for (const std::int64_t number : numbers) label.append(" ").append(std::to_string(number));
    label.append(" ").append(encoding);
    tensor_->bind(1, ++id_).bind(2, name_);
    for (int i = 0; i < 4; ++i) tensor_->bind(3 + i, numbers[i]);
    tensor_->bind(7, encoding).bind(8, nerf::checksum(label, {}));
    (void)tensor_->run();
  }

  void put_tile(std::string_view line) {
    const std::int64_t row = next_number(line), column = next_number(line), raw_bytes = next_number(line);
    nerf::Tile tile;
    tile.row = static_cast<int>(row);
    tile.column = static_cast<int>(column);
    const auto data = nerf::compress(content_of(line, raw_bytes), kFast);
    tile_->bind(1, id_).bind(2, row).bind(3, column).bind(4, raw_bytes);
    tile_->bind(5, nerf::checksum(nerf::tile_label(name_, tile, raw_bytes), data)).bind(6, std::span<const std::byte>(data));
    (void)tile_->run();
  }

  void put_blob(std::string_view line) {
    const std::string_view name = next_word(line);
    const std::int64_t raw_bytes = next_number(line);
    const auto data = nerf::compress(content_of(line, raw_bytes), kFast);
    blob_->bind(1, name).bind(2, raw_bytes).bind(3, nerf::checksum(nerf::blob_label(name, raw_bytes), data));
    blob_->bind(4, std::span<const std::byte>(data));
    (void)blob_->run();
  }

  std::optional<Statement> meta_, tensor_, tile_, blob_;
  std::int64_t id_ = 0;
  std::string name_;
};

}  // namespace

void seal_again(const std::filesystem::path& path) {
  const nerf::Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  const auto seal = nerf::compute_seal(file, path);
  require(seal.ok(), "a seal can be computed");
  if (std::filesystem::file_size(path) < 2 * static_cast<std::uintmax_t>(nerf::kPageBytes)) return;
  require(::pwrite(file.get(), seal->data(), seal->size(), nerf::kSealOffset) == static_cast<ssize_t>(seal->size()),
          "a seal can be written");
}

void write_sky(std::string_view text, const std::filesystem::path& path) {
  ScratchFile::write(path, empty_sky());
  {
    auto database = nerf::Database::open_for_writing(path, path);
    require(database.ok(), "the empty scene file can be opened");
    require(database->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN").ok(),
            "the empty scene file can be changed");
    {
      SkyInserter inserter(*database);
      while (!text.empty()) inserter.put(next_word(text, '\n'));
    }
    require(database->run("COMMIT").ok() && database->close().ok(), "the scene file can be written");
  }
  seal_again(path);
}

std::string text_of_sky(const std::filesystem::path& path) {
  const auto reader = nerf::SkyReader::open(path);
  require(reader.ok(), "a saved scene can be opened");
  const auto database = nerf::Database::open_read_only(path);
  require(database.ok(), "a saved scene can be opened");
  std::string text;
  auto keys = prepare(*database, "SELECT key FROM meta");
  while (*keys->next()) text.append("meta ").append(keys->text(0)).append(" ").append(*reader->meta(keys->text(0))).append("\n");
  const auto tensors = reader->tensors();
  require(tensors.ok(), "a saved scene has tensors");
  for (const nerf::TensorInfo& info : *tensors) {
    text += nerf::tensor_label(info) + "\n";
    for (std::int64_t i = 0; i < nerf::tile_count(info); ++i) {
      const nerf::Tile tile = nerf::tile_at(info, i);
      // 3c: 0.01 as float32, 1.06 as float16, small in the scales and steps of int8.
      text.append("tile ").append(std::to_string(tile.row)).append(" ").append(std::to_string(tile.column));
      text.append(" ").append(std::to_string(nerf::tile_bytes(info, tile))).append(" 3c\n");
    }
  }
  auto blobs = prepare(*database, "SELECT name, raw_bytes FROM blobs");
  while (*blobs->next()) text.append("blob ").append(blobs->text(0)).append(" ").append(std::to_string(blobs->integer(1))).append(" ff\n");
  return text;
}

}  // namespace skyline::fuzz
