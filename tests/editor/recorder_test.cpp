#include "editor/recorder.h"

#include "editor/script.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace skyline::editor {
namespace {

namespace fs = std::filesystem;

class RecorderFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("recorder_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(RecorderFile, ARecordedSessionIsAScript) {
  const fs::path file = folder_ / "state" / "commands.jsonl";
  const char* const lines[] = {R"({"command":"camera.home"})", R"({"command":"camera.goto_name","name":"海港大厦"})",
                               R"({"command":"camera.top"})"};
  {
    auto recorder = Recorder::open(file);
    ASSERT_TRUE(recorder.ok()) << recorder.error().message();
    ASSERT_TRUE(recorder->record(*parse_invocation(lines[0]), core::Status()).ok());
    ASSERT_TRUE(recorder->record(*parse_invocation(lines[1]), core::Status()).ok());
    ASSERT_TRUE(recorder->record(*parse_invocation(R"({"command":"scene.verify"})"), core::Error{"two\nlines"}).ok());
  }
  auto recorder = Recorder::open(file);
  ASSERT_TRUE(recorder->record(*parse_invocation(lines[2]), core::Status()).ok());
  const auto steps = load_script(file);
  ASSERT_TRUE(steps.ok()) << steps.error().message();
  ASSERT_EQ(steps->size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ((*steps)[i].to_json(), lines[i]);
}

TEST_F(RecorderFile, ALargeRecordIsPutAside) {
  fs::create_directories(folder_);
  const fs::path file = folder_ / "commands.jsonl";
  std::ofstream(file) << std::string((4 << 20) + 1, '#');
  auto recorder = Recorder::open(file);
  ASSERT_TRUE(recorder.ok());
  EXPECT_EQ(fs::file_size(file), 0u);
  EXPECT_EQ(fs::file_size(folder_ / "commands.jsonl.old"), (4u << 20) + 1);
}

TEST_F(RecorderFile, APlaceThatCannotBeWrittenIsOneSentence) {
  fs::create_directories(folder_ / "commands.jsonl");
  const auto recorder = Recorder::open(folder_ / "commands.jsonl");
  ASSERT_FALSE(recorder.ok());
  EXPECT_NE(recorder.error().message().find("cannot record commands"), std::string::npos);
}

}  // namespace
}  // namespace skyline::editor
