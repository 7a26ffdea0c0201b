#include "nerf/store/seal.h"

#include "nerf/store/database.h"
#include "nerf/store/tile_codec.h"

#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

namespace skyline::nerf {
namespace {

constexpr const char* kCannotRead = "cannot read the scene file";
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

// Bytes read; fewer than asked for only at the end of the file, -1 on failure.
std::int64_t read_at(int fd, char* bytes, std::size_t count, std::int64_t offset) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(fd, bytes + done, count - done, static_cast<off_t>(offset) + static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<std::int64_t>(done);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

int Descriptor::close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

core::Result<std::string> read_seal(const Descriptor& file, const std::filesystem::path& path) {
  std::string seal(kSealMark.size() + kSealDigits, '\0');
  const std::int64_t got = read_at(file.get(), seal.data(), seal.size(), kSealOffset);
  if (got < 0) return file_error(kCannotRead, path, errno);
  if (got < static_cast<std::int64_t>(seal.size()) || !seal.starts_with(kSealMark)) return damaged(path, "its seal is missing");
  return seal;
}

core::Result<std::string> compute_seal(const Descriptor& file, const std::filesystem::path& path) {
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  const std::unique_ptr<XXH3_state_t, Free> state(XXH3_createState());
  XXH3_64bits_reset(state.get());
  std::vector<char> chunk(kChunkBytes);
  const std::int64_t digits = kSealOffset + static_cast<std::int64_t>(kSealMark.size());
  for (std::int64_t offset = 0;; offset += static_cast<std::int64_t>(chunk.size())) {
    const std::int64_t got = read_at(file.get(), chunk.data(), chunk.size(), offset);
    if (got < 0) return file_error(kCannotRead, path, errno);
    if (offset == 0 && got >= 2 * kPageBytes) std::fill_n(chunk.begin() + digits, kSealDigits, '0');
    XXH3_64bits_update(state.get(), chunk.data(), static_cast<std::size_t>(got));
    if (got < static_cast<std::int64_t>(chunk.size())) break;
  }
  return std::string(kSealMark) + hexadecimal(XXH3_64bits_digest(state.get()));
}

}  // namespace skyline::nerf
