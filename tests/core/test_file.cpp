#include "core/file.h"
#include "support.h"

#include <algorithm>

namespace skyline::core {
namespace {

TEST(File, WrittenBytesAreReadBack) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a";
  ASSERT_TRUE(write_file_atomic(path, bytes_of("old and long")).ok());
  ASSERT_TRUE(write_file_atomic(path, bytes_of("new")).ok());
  EXPECT_EQ(read_text_file(path).value(), "new");
  EXPECT_EQ(read_file(path).value(), bytes_of("new"));
  EXPECT_EQ(folder.file_names(), std::vector<std::string>{"a"});
}

TEST(File, EmptyFileIsReadAndMapped) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "empty";
  ASSERT_TRUE(write_file_atomic(path, {}).ok());
  EXPECT_EQ(read_text_file(path).value(), "");
  EXPECT_EQ(MappedFile::open_read_only(path).value().size(), 0u);
}

TEST(File, FilesWithoutAKnownSizeAreReadToTheEnd) { EXPECT_GT(read_text_file("/proc/self/status").value().size(), 100u); }

TEST(File, MissingFileIsAnErrorThatNamesIt) {
  const auto result = read_text_file("/missing/file");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message(), "cannot read the file: /missing/file (No such file or directory); check the path");
  EXPECT_FALSE(MappedFile::open_read_only("/missing/file").ok());
}

TEST(File, FolderIsAnErrorNotAnEmptyFile) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_file(folder.path()).ok());
  EXPECT_FALSE(MappedFile::open_read_only(folder.path()).ok());
}

TEST(File, FullDiskIsAnErrorThatKeepsTheOldFileAndLeavesNoOther) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a";
  ASSERT_TRUE(write_file_atomic(path, bytes_of("old")).ok());
  {
    const FileSizeLimit limit(1000);
    EXPECT_FALSE(write_file_atomic(path, std::vector<std::byte>(5000)).ok());
  }
  EXPECT_EQ(read_text_file(path).value(), "old");
  EXPECT_EQ(folder.file_names(), std::vector<std::string>{"a"});
}

TEST(File, WriteIntoAMissingFolderIsAnError) {
  const TemporaryFolder folder;
  EXPECT_FALSE(write_file_atomic(folder.path() / "none" / "a", bytes_of("x")).ok());
}

TEST(MappedFile, ShowsTheContentOfTheFile) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a";
  ASSERT_TRUE(write_file_atomic(path, bytes_of("content")).ok());
  const MappedFile map = MappedFile::open_read_only(path).value();
  EXPECT_EQ(std::vector<std::byte>(map.data(), map.data() + map.size()), bytes_of("content"));
}

TEST(MappedFile, ScratchIsZeroWritableAndHasNoName) {
  const TemporaryFolder folder;
  MappedFile scratch = MappedFile::create_scratch(folder.path(), 1 << 20).value();
  EXPECT_TRUE(folder.file_names().empty());
  ASSERT_EQ(scratch.size(), std::size_t{1} << 20);
  EXPECT_TRUE(std::all_of(scratch.data(), scratch.data() + scratch.size(), [](std::byte b) { return b == std::byte{0}; }));
  scratch.data()[scratch.size() - 1] = std::byte{7};
  const MappedFile moved = std::move(scratch);
  EXPECT_EQ(moved.data()[moved.size() - 1], std::byte{7});
}

TEST(MappedFile, ScratchOnAFullDiskIsAnErrorNotASignal) {
  const TemporaryFolder folder;
  const FileSizeLimit limit(1000);
  EXPECT_FALSE(MappedFile::create_scratch(folder.path(), 1 << 20).ok());
  EXPECT_TRUE(folder.file_names().empty());
}

}  // namespace
}  // namespace skyline::core
