#include "core/memory.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace skyline::core {
namespace {

constexpr std::size_t kAlignment = 64;                   // a cache line, and the widest SIMD register
constexpr std::size_t kHugePage = std::size_t{1} << 21;  // from this size on, memory is mapped in whole huge pages of x86-64 and arm64

struct Ledger {
  std::mutex mutex;
  std::vector<MemoryOwner> owners;
  std::int64_t in_use_bytes = 0;
  std::int64_t budget_bytes = 0;
};

// Never destroyed: buffers of static lifetime give their memory back after main.
Ledger& ledger() {
  static Ledger* const instance = new Ledger;
  return *instance;
}

std::string readable(std::int64_t bytes) {
  if (bytes < std::int64_t{1} << 20) return fmt::format("{} bytes", bytes);
  if (bytes < std::int64_t{1} << 30) return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
  return fmt::format("{:.2f} GiB", static_cast<double>(bytes) / (1 << 30));
}

std::size_t round_up(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

// Zero-filled by the system on first touch, aligned to a huge page so that all of it can be backed by huge pages.
std::byte* map_huge(std::size_t bytes) {
  const std::size_t size = round_up(bytes, kHugePage);
  void* const reserved = mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (reserved == MAP_FAILED) return nullptr;
  auto* const begin = static_cast<std::byte*>(reserved);
  const std::size_t head = (kHugePage - reinterpret_cast<std::uintptr_t>(begin) % kHugePage) % kHugePage;
  if (head > 0) munmap(begin, head);
  if (head < kHugePage) munmap(begin + head + size, kHugePage - head);
  madvise(begin + head, size, MADV_HUGEPAGE);  // a wish: kernels without huge pages refuse it and nothing is lost
  return begin + head;
}

std::byte* allocate(std::size_t bytes) {
  if (bytes >= kHugePage) return map_huge(bytes);
  const std::size_t size = round_up(bytes, kAlignment);
  void* const memory = std::aligned_alloc(kAlignment, size);
  if (memory != nullptr) std::memset(memory, 0, size);
  return static_cast<std::byte*>(memory);
}

void release(std::byte* data, std::size_t bytes) {
  if (bytes >= kHugePage) {
    munmap(data, round_up(bytes, kHugePage));
  } else {
    std::free(data);
  }
}

}  // namespace

std::vector<MemoryOwner> memory_owners() {
  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  return state.owners;
}

std::int64_t memory_in_use_bytes() {
  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  return state.in_use_bytes;
}

void set_memory_budget_bytes(std::int64_t bytes) {
  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  state.budget_bytes = std::max<std::int64_t>(0, bytes);
}

std::int64_t memory_budget_bytes() {
  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  return state.budget_bytes;
}

std::int64_t resident_bytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  long total_pages = 0;
  long resident_pages = 0;
  const int fields = std::fscanf(file, "%ld %ld", &total_pages, &resident_pages);
  std::fclose(file);
  return fields == 2 ? std::int64_t{resident_pages} * sysconf(_SC_PAGESIZE) : 0;
}

std::int64_t peak_resident_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;  // Linux counts ru_maxrss in KiB
}

std::int64_t physical_memory_bytes() { return std::int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE); }

Result<RawBuffer> RawBuffer::create(std::string_view owner, std::size_t bytes) {
  RawBuffer buffer;
  if (bytes == 0) return buffer;
  if (bytes > static_cast<std::size_t>(PTRDIFF_MAX) - 2 * kHugePage) {
    return Error{"cannot allocate memory", std::string(owner) + " asked for more than the address space", "use smaller settings"};
  }

  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  const auto signed_bytes = static_cast<std::int64_t>(bytes);
  if (state.budget_bytes > 0 && signed_bytes > state.budget_bytes - state.in_use_bytes) {
    return Error{"the memory budget is exhausted",
                 fmt::format("{} needs {} and {} of {} are in use", owner, readable(signed_bytes), readable(state.in_use_bytes),
                             readable(state.budget_bytes)),
                 "raise the budget or use smaller settings"};
  }
  std::byte* const data = allocate(bytes);
  if (data == nullptr) {
    return Error{"the system has no memory left",
                 fmt::format("{} needs {}, {} are in use", owner, readable(signed_bytes), readable(state.in_use_bytes)),
                 "close other programs or use smaller settings"};
  }

  auto entry = std::find_if(state.owners.begin(), state.owners.end(), [&](const MemoryOwner& o) { return o.name == owner; });
  if (entry == state.owners.end()) entry = state.owners.insert(entry, MemoryOwner{.name = std::string(owner)});
  entry->bytes += signed_bytes;
  entry->peak_bytes = std::max(entry->peak_bytes, entry->bytes);
  state.in_use_bytes += signed_bytes;
  buffer.data_ = data;
  buffer.bytes_ = bytes;
  buffer.owner_ = static_cast<std::size_t>(entry - state.owners.begin());
  return buffer;
}

RawBuffer::~RawBuffer() {
  if (data_ == nullptr) return;
  release(data_, bytes_);
  Ledger& state = ledger();
  const std::lock_guard lock(state.mutex);
  state.owners[owner_].bytes -= static_cast<std::int64_t>(bytes_);
  state.in_use_bytes -= static_cast<std::int64_t>(bytes_);
}

}  // namespace skyline::core
