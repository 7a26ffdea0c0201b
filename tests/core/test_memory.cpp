#include "core/memory.h"
#include "support.h"

#include <algorithm>
#include <cstdint>

namespace skyline::core {
namespace {

MemoryOwner owner(std::string_view name) {
  for (const MemoryOwner& entry : memory_owners()) {
    if (entry.name == name) return entry;
  }
  return {};
}

struct Budget {
  explicit Budget(std::int64_t bytes) { set_memory_budget_bytes(bytes); }
  ~Budget() { set_memory_budget_bytes(0); }
};

TEST(Memory, BuffersAreZeroAndAligned) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{1000}, std::size_t{600'000}, std::size_t{1'000'001}}) {
    for (int round = 0; round < 2; ++round) {  // the second may get the dirty memory of the first
      auto buffer = Buffer<float>::create("test.zero", count).value();
      ASSERT_EQ(buffer.size(), count);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0u);
      EXPECT_TRUE(std::all_of(buffer.span().begin(), buffer.span().end(), [](float v) { return v == 0; }));
      std::fill(buffer.span().begin(), buffer.span().end(), 1.0f);
    }
  }
}

TEST(Memory, EmptyBufferIsValid) { EXPECT_TRUE(Buffer<int>::create("test.empty", 0).value().empty()); }

TEST(Memory, LedgerCountsBytesUnderTheNameOfTheirOwner) {
  const std::int64_t before = memory_in_use_bytes();
  {
    const auto a = Buffer<double>::create("test.ledger", 100).value();
    const auto b = Buffer<double>::create("test.ledger", 50).value();
    EXPECT_EQ(owner("test.ledger").bytes, 1200);
    EXPECT_EQ(memory_in_use_bytes(), before + 1200);
  }
  EXPECT_EQ(owner("test.ledger").bytes, 0);
  EXPECT_EQ(owner("test.ledger").peak_bytes, 1200);
  EXPECT_EQ(memory_in_use_bytes(), before);
}

TEST(Memory, MoveLeavesAnEmptyBufferAndFreesTheOldMemory) {
  auto a = Buffer<int>::create("test.move", 10).value();
  auto b = Buffer<int>::create("test.move", 20).value();
  a[3] = 5;
  b = std::move(a);
  EXPECT_EQ(b.size(), 10u);
  EXPECT_EQ(b[3], 5);
  EXPECT_EQ(a.size(), 0u);  // NOLINT(bugprone-use-after-move): the promise under test
  EXPECT_EQ(owner("test.move").bytes, 40);
}

TEST(Memory, BudgetRefusesWhatWouldExceedItAndSaysWho) {
  const Budget budget(memory_in_use_bytes() + 1000);
  const auto fits = Buffer<char>::create("test.budget", 1000);
  EXPECT_TRUE(fits.ok());
  const auto exceeds = Buffer<char>::create("test.budget", 1);
  ASSERT_FALSE(exceeds.ok());
  EXPECT_NE(exceeds.error().message().find("test.budget"), std::string::npos);
  EXPECT_EQ(owner("test.budget").bytes, 1000);
}

TEST(Memory, ImpossibleSizesAreErrors) {
  EXPECT_FALSE(Buffer<double>::create("test.huge", SIZE_MAX / 4).ok());
  EXPECT_FALSE(RawBuffer::create("test.huge", std::size_t{1} << 60).ok());
}

TEST(Memory, LargeBuffersCostNothingUntilTheyAreTouched) {
  const std::int64_t before = resident_bytes();
  auto buffer = Buffer<char>::create("test.lazy", std::size_t{256} << 20).value();
  EXPECT_LT(resident_bytes() - before, std::int64_t{32} << 20);
  EXPECT_GT(resident_bytes(), 0);
  EXPECT_GE(peak_resident_bytes(), resident_bytes() / 2);
  EXPECT_GT(physical_memory_bytes(), resident_bytes());
}

}  // namespace
}  // namespace skyline::core
