// Reads plain values from untrusted bytes, never past their end. Private to nerf/data.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>

namespace skyline::nerf {

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes, bool big_endian = false)
      : bytes_(bytes), swap_(big_endian != (std::endian::native == std::endian::big)) {}

  std::size_t position() const { return position_; }
  std::size_t left() const { return bytes_.size() - position_; }

  // False, and nothing is read, when fewer bytes are left.
  template <class T>
  bool read(T& value) {
    static_assert(std::is_arithmetic_v<T>);
    if (left() < sizeof(T)) return false;
    std::byte raw[sizeof(T)];
    std::memcpy(raw, bytes_.data() + position_, sizeof(T));
    if (swap_) std::reverse(raw, raw + sizeof(T));
    std::memcpy(&value, raw, sizeof(T));
    position_ += sizeof(T);
    return true;
  }

  bool skip(std::uint64_t count) {
    if (count > left()) return false;
    position_ += static_cast<std::size_t>(count);
    return true;
  }

  // A text that ends with a zero byte.
  bool read_text(std::string& text) {
    const std::byte* begin = bytes_.data() + position_;
    const std::byte* end = std::find(begin, bytes_.data() + bytes_.size(), std::byte{0});
    if (end == bytes_.data() + bytes_.size()) return false;
    text.assign(reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin));
    position_ += text.size() + 1;
    return true;
  }

  // True when `count` records of at least `bytes_each` can still follow: to be asked before memory is reserved for them.
  bool holds(std::uint64_t count, std::uint64_t bytes_each) const { return count <= left() / bytes_each; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
  bool swap_;
};

}  // namespace skyline::nerf
