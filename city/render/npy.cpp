#include "city/render/npy.h"

#include "core/file.h"

#include <bit>
#include <string>
#include <vector>

namespace skyline::city {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they lie in memory");

template <class T>
core::Status save(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const T> values, const char* type) {
  std::string text = std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': (";
  std::size_t count = 1;
  for (const int side : shape) {
    text += std::to_string(side) + ",";
    count *= static_cast<std::size_t>(side);
  }
  if (count != values.size()) core::end_program("an array's shape does not fit its values");
  text += "), }";
  constexpr std::size_t kPreamble = 10, kAlignment = 64;
  while ((kPreamble + text.size() + 1) % kAlignment != 0) text += ' ';
  text += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() & 0xFF);
  header += static_cast<char>(text.size() >> 8);
  header += text;
  std::vector<std::byte> bytes;
  const auto as_bytes = std::as_bytes(std::span(header));
  const auto body = std::as_bytes(values);
  bytes.reserve(as_bytes.size() + body.size());
  bytes.insert(bytes.end(), as_bytes.begin(), as_bytes.end());
  bytes.insert(bytes.end(), body.begin(), body.end());
  return core::write_file_atomic(path, bytes);
}

}  // namespace

core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const float> values) {
  return save(path, shape, values, "<f4");
}
core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const std::int32_t> values) {
  return save(path, shape, values, "<i4");
}
core::Status save_npy(const std::filesystem::path& path, std::initializer_list<int> shape, std::span<const std::uint8_t> values) {
  return save(path, shape, values, "|u1");
}

}  // namespace skyline::city
