// What the fuzz targets share. A target is one file: `LLVMFuzzerTestOneInput` gives one input to a loader, `seeds` makes valid inputs.
//
// What every target promises of its loader: no crash, no hang, no allocation that the input's size does not justify, and either a value or
// an Error with a message. The limits are kept by whoever runs the target: replay_driver.cpp in the ordinary build, libFuzzer in
// scripts/fuzz.
#pragma once

#include "core/result.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace skyline::fuzz {

// Valid inputs of the target, few and small: mutation starts from them.
std::vector<std::string> seeds();

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }
inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

// Ends the program, which is how a target reports a broken promise.
inline void require(bool condition, std::string_view promise) {
  if (!condition) core::end_program("broken promise: " + std::string(promise));
}

// True for a value; an Error must say something.
template <class T>
bool is_value(const core::Result<T>& result) {
  if (!result.ok()) require(!result.error().what.empty() && !result.error().message().empty(), "an error has a message");
  return result.ok();
}

// A loader of several files gets them from one input, cut at this mark. Always `count` parts; missing ones are empty.
inline constexpr std::string_view kPartMark = "<NEXT FILE>";
inline std::vector<std::string_view> parts_of(std::string_view input, std::size_t count) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < count) {
    const std::size_t end = std::min(input.find(kPartMark), input.size());
    parts.push_back(input.substr(0, end));
    input.remove_prefix(std::min(end + kPartMark.size(), input.size()));
  }
  parts.push_back(input);
  return parts;
}

// A file in a folder of this process, for loaders that take a path.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& name);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void write(std::string_view content) const { write(path_, content); }
  std::string read() const;
  static void write(const std::filesystem::path& path, std::string_view content);

 private:
  std::filesystem::path path_;
};

}  // namespace skyline::fuzz
