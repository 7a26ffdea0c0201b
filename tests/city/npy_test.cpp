#include "city/render/npy.h"

#include "core/file.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>

#include <fstream>

namespace skyline::city {
namespace {

TEST(Npy, FloatsComeBackWithTheirShape) {
  const testing::TemporaryFolder folder;
  const std::vector<float> values{1, -2.5F, 3e-7F, 0, 5, 6};
  ASSERT_TRUE(save_npy(folder.path() / "a.npy", {2, 3}, values).ok());
  const auto array = load_npy(folder.path() / "a.npy");
  ASSERT_TRUE(array.ok()) << array.error().message();
  EXPECT_EQ(array->shape, (std::vector<int>{2, 3}));
  EXPECT_EQ(array->values, values);
}

TEST(Npy, BytesComeBackWithTheirShape) {
  const testing::TemporaryFolder folder;
  const std::vector<std::uint8_t> values{0, 1, 127, 128, 255, 7};
  ASSERT_TRUE(save_npy(folder.path() / "b.npy", {3, 2}, values).ok());
  const auto array = load_npy_bytes(folder.path() / "b.npy");
  ASSERT_TRUE(array.ok()) << array.error().message();
  EXPECT_EQ(array->shape, (std::vector<int>{3, 2}));
  EXPECT_EQ(array->values, values);
}

TEST(Npy, OtherTypesAndCutFilesAreRefusedInOneSentence) {
  const testing::TemporaryFolder folder;
  const std::vector<std::int32_t> ids{1, 2, 3};
  ASSERT_TRUE(save_npy(folder.path() / "i.npy", {3}, ids).ok());
  EXPECT_FALSE(load_npy(folder.path() / "i.npy").ok());
  EXPECT_FALSE(load_npy_bytes(folder.path() / "i.npy").ok());
  EXPECT_FALSE(load_npy(folder.path() / "absent.npy").ok());
  ASSERT_TRUE(save_npy(folder.path() / "a.npy", {2, 2}, std::vector<float>{1, 2, 3, 4}).ok());
  const auto whole = core::read_text_file(folder.path() / "a.npy");
  ASSERT_TRUE(whole.ok());
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{11}, whole->size() / 2, whole->size() - 1}) {
    std::ofstream(folder.path() / "cut.npy", std::ios::binary) << whole->substr(0, size);
    const auto cut = load_npy(folder.path() / "cut.npy");
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().message().find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace skyline::city
