#include "core/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace skyline::core {
namespace {

TEST(Result, MessageLeavesOutEmptyParts) {
  EXPECT_EQ((Error{"cannot read", "a.jpg", "copy it again"}).message(), "cannot read: a.jpg; copy it again");
  EXPECT_EQ((Error{"cannot read", "", "copy it again"}).message(), "cannot read; copy it again");
  EXPECT_EQ((Error{"cannot read", "a.jpg", ""}).message(), "cannot read: a.jpg");
  EXPECT_EQ((Error{"cannot read", "", ""}).message(), "cannot read");
}

TEST(Result, ValuesThatCannotBeCopiedMoveOut) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
  ASSERT_TRUE(result);
  const std::unique_ptr<int> value = *std::move(result);
  EXPECT_EQ(*value, 3);
}

TEST(Result, StatusIsSuccessUntilAnErrorIsGiven) {
  EXPECT_TRUE(Status().ok());
  const Status failed = Error{"no"};
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().what, "no");
}

TEST(ResultDeathTest, ReadingTheValueOfAFailureEndsTheProgramWithItsError) {
  const Result<int> failed = Error{"cannot read", "a.jpg", ""};
  EXPECT_DEATH(static_cast<void>(failed.value()), "cannot read: a.jpg");
  const Result<int> good = 1;
  EXPECT_DEATH(static_cast<void>(good.error()), "successful result");
}

}  // namespace
}  // namespace skyline::core
