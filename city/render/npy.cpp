#include "city/render/npy.h"

#include "core/file.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
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

// `type` as in the header, `wanted` the same for people.
template <class Array>
core::Result<Array> load(const std::filesystem::path& path, std::string_view type, const std::string& wanted) {
  using Value = typename decltype(Array::values)::value_type;
  const auto wrong = [&](const std::string& why) {
    return core::Error{"cannot read the array: " + why, path.string(), "use arrays as skyline city survey writes them"};
  };
  const auto bytes = core::read_file(path);
  if (!bytes) return bytes.error();
  constexpr std::size_t kPreamble = 10;
  const std::string_view all(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  if (!all.starts_with(std::string_view("\x93NUMPY\x01\x00", 8)) || all.size() < kPreamble)
    return wrong("it is no .npy file of version 1.0");
  const std::size_t length = static_cast<unsigned char>(all[8]) + 256U * static_cast<unsigned char>(all[9]);
  if (all.size() < kPreamble + length) return wrong("it is cut");
  const std::string_view header = all.substr(kPreamble, length);
  if (header.find(type) == std::string_view::npos || header.find("'fortran_order': False") == std::string_view::npos) {
    return wrong("it is not an array of " + wanted + " in C order");
  }
  const std::size_t open = header.find('('), close = header.find(')', open);
  if (open == std::string_view::npos || close == std::string_view::npos) return wrong("it has no shape");
  Array array;
  std::size_t count = 1;
  const char* at = header.data() + open + 1;
  const char* const end = header.data() + close;
  while (at < end) {
    int side = 0;
    const auto [next, code] = std::from_chars(at, end, side);
    if (code != std::errc() || side < 1 || static_cast<std::size_t>(side) > all.size() / count)
      return wrong("its shape is no list of sizes");
    array.shape.push_back(side);
    count *= static_cast<std::size_t>(side);
    at = next;
    while (at < end && (*at == ',' || *at == ' ')) ++at;
  }
  if (all.size() - kPreamble - length != count * sizeof(Value)) return wrong("its size is not that of its shape");
  array.values.resize(count);
  std::memcpy(array.values.data(), all.data() + kPreamble + length, count * sizeof(Value));
  return array;
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

core::Result<FloatArray> load_npy(const std::filesystem::path& path) { return load<FloatArray>(path, "'<f4'", "32-bit floats"); }
core::Result<ByteArray> load_npy_bytes(const std::filesystem::path& path) { return load<ByteArray>(path, "'|u1'", "bytes"); }

}  // namespace skyline::city
