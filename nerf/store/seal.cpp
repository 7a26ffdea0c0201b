#include "nerf/store/seal.h"

#include "nerf/store/database.h"
#include "nerf/store/tile_codec.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
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

namespace {

// Of all temporary files of `path`; a process id follows.
std::string temporary_prefix(const std::filesystem::path& path) {
  std::string prefix(1, '.');
  return prefix += path.filename().string() + ".partial-";
}

}  // namespace

std::filesystem::path temporary_name(const std::filesystem::path& path) {
  static std::atomic<unsigned> next{0};
  return path.parent_path() / (temporary_prefix(path) + std::to_string(::getpid()) + "-" + std::to_string(next++));
}

void remove_abandoned(const std::filesystem::path& path) {
  const std::string prefix = temporary_prefix(path);
  std::error_code code;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::filesystem::directory_iterator entry(folder, code);
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(prefix)) continue;
    pid_t writer = 0;
    const char* const digits = name.data() + prefix.size();
    const auto [end, error] = std::from_chars(digits, name.data() + name.size(), writer);
    if (error != std::errc() || end == name.data() + name.size() || *end != '-') continue;
    const bool gone = ::kill(writer, 0) != 0 && errno == ESRCH;
    if (gone) ::unlink(entry->path().c_str());
  }
}

core::Status seal_and_rename(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  Descriptor file(::open(temporary.c_str(), O_RDWR | O_CLOEXEC));
  if (file.get() < 0) return file_error(kCannotWrite, path, errno);
  if (auto blank = read_seal(file, path); !blank) return blank.error();
  const auto seal = compute_seal(file, path);
  if (!seal) return seal.error();
  const ssize_t written = ::pwrite(file.get(), seal->data(), seal->size(), static_cast<off_t>(kSealOffset));
  if (written != static_cast<ssize_t>(seal->size())) return file_error(kCannotWrite, path, written < 0 ? errno : ENOSPC);
  if (::fsync(file.get()) != 0) return file_error(kCannotWrite, path, errno);
  if (const int code = file.close(); code != 0) return file_error(kCannotWrite, path, code);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return file_error(kCannotWrite, path, errno);

  // The new name lasts once its folder is on the disk; some file systems refuse the call, and the file itself is safe.
  const std::filesystem::path folder = path.parent_path().empty() ? "." : path.parent_path();
  if (const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); opened.get() >= 0) ::fsync(opened.get());
  return {};
}

}  // namespace skyline::nerf
