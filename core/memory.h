// Large buffers with an owner and a budget.
//
// Every array that may exceed a megabyte is a Buffer: it is aligned for SIMD, zero-filled, and counted under the name of its owner
// ("field.planes", "train.moments"), so that a panel or `skyline doctor` can say who holds what. A budget makes an allocation that would
// exceed it fail with an Error instead of the machine.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace skyline::core {

struct MemoryOwner {
  std::string name{};
  std::int64_t bytes = 0;
  std::int64_t peak_bytes = 0;
};

// Process-wide ledger of Buffer memory. Thread-safe.
std::vector<MemoryOwner> memory_owners();
std::int64_t memory_in_use_bytes();
void set_memory_budget_bytes(std::int64_t bytes);  // 0: no budget
std::int64_t memory_budget_bytes();
// Resident set of the process, now and at its peak, from the operating system.
std::int64_t resident_bytes();
std::int64_t peak_resident_bytes();
std::int64_t physical_memory_bytes();

// Untyped, 64-byte aligned, zero-filled memory counted in the ledger. Movable, not copyable.
class RawBuffer {
 public:
  RawBuffer() = default;
  static Result<RawBuffer> create(std::string_view owner, std::size_t bytes);
  RawBuffer(RawBuffer&& other) noexcept { swap(other); }
  RawBuffer& operator=(RawBuffer&& other) noexcept {
    RawBuffer moved(std::move(other));  // the memory held before is given back here, not when `other` dies
    swap(moved);
    return *this;
  }
  RawBuffer(const RawBuffer&) = delete;
  RawBuffer& operator=(const RawBuffer&) = delete;
  ~RawBuffer();

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return bytes_; }

 private:
  void swap(RawBuffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    std::swap(owner_, other.owner_);
  }
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
  std::size_t owner_ = 0;
};

// A RawBuffer of `count` trivially copyable T.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  static Result<Buffer> create(std::string_view owner, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    // A count whose bytes do not fit into size_t asks for all of it, which create refuses.
    constexpr std::size_t kMaxCount = std::numeric_limits<std::size_t>::max() / sizeof(T);
    Result<RawBuffer> raw = RawBuffer::create(owner, count > kMaxCount ? std::numeric_limits<std::size_t>::max() : count * sizeof(T));
    if (!raw) return raw.error();
    Buffer buffer;
    buffer.raw_ = std::move(*raw);
    return buffer;
  }

  T* data() { return reinterpret_cast<T*>(raw_.data()); }
  const T* data() const { return reinterpret_cast<const T*>(raw_.data()); }
  std::size_t size() const { return raw_.size() / sizeof(T); }
  bool empty() const { return size() == 0; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  std::span<T> span() { return {data(), size()}; }
  std::span<const T> span() const { return {data(), size()}; }

 private:
  RawBuffer raw_;
};

}  // namespace skyline::core
