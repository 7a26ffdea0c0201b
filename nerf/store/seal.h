// The seal of a .sky: a hash of the whole file inside the file, at a place that never moves. Private to nerf/store.
//
// The seal is the one row of the first table, so its text is the end of page 2. The hash is made with the 16 digits as zeros.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace skyline::nerf {

inline constexpr std::int64_t kPageBytes = 4096;
inline constexpr std::string_view kSealMark = "xxh3-64:";
inline constexpr std::size_t kSealDigits = 16;
inline constexpr std::int64_t kSealOffset = 2 * kPageBytes - static_cast<std::int64_t>(kSealMark.size() + kSealDigits);

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int close();  // 0, or the error number: a delayed write may fail only here

 private:
  int fd_;
};

// The whole seal, mark and digits, as it is written in the file, and as it should be. Errors: not readable.
core::Result<std::string> read_seal(const Descriptor& file, const std::filesystem::path& path);
core::Result<std::string> compute_seal(const Descriptor& file, const std::filesystem::path& path);

inline constexpr const char* kCannotWrite = "cannot write the scene file";
// ".NAME.partial-PID-N" in the folder of `path`.
std::filesystem::path temporary_name(const std::filesystem::path& path);
// Puts the seal into a finished file whose seal is blank, syncs it and gives it its name. The temporary file stays where that fails.
core::Status seal_and_rename(const std::filesystem::path& temporary, const std::filesystem::path& path);

}  // namespace skyline::nerf
