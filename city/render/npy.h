// Arrays for scripts: NumPy's .npy format, version 1.0 (numpy.lib.format), little-endian, C order.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <vector>

namespace skyline::city {

// `shape` is outermost first, for example {height, width}; its product is the number of values. Written beside and renamed.
core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const float> values);
core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const std::int32_t> values);
core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const std::uint8_t> values);

struct FloatArray {
  std::vector<int> shape;
  std::vector<float> values;
};
struct ByteArray {
  std::vector<int> shape;
  std::vector<std::uint8_t> values;
};
// Read arrays of 32-bit floats, or of bytes, as save_npy writes them. Errors: missing, another type or order, cut.
core::Result<FloatArray> load_npy(const std::filesystem::path& path);
core::Result<ByteArray> load_npy_bytes(const std::filesystem::path& path);

}  // namespace skyline::city
