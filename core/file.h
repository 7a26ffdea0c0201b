// Files: whole reads, atomic writes, read-only memory maps.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::core {

Result<std::vector<std::byte>> read_file(const std::filesystem::path& path);
Result<std::string> read_text_file(const std::filesystem::path& path);

// Writes to a temporary name in the same folder, syncs, and renames: the old file stays whole until the new one is.
Status write_file_atomic(const std::filesystem::path& path, std::span<const std::byte> content);

// A file mapped into memory. `create` makes a private scratch file of `bytes` (zero-filled, blocks reserved so that a full disk is an
// Error and not a signal) that is unlinked at once and vanishes with the map; it is writable. Movable.
class MappedFile {
 public:
  MappedFile() = default;
  static Result<MappedFile> open_read_only(const std::filesystem::path& path);
  static Result<MappedFile> create_scratch(const std::filesystem::path& folder, std::size_t bytes);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return bytes_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace skyline::core
