#include "core/folders.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace skyline::core {
namespace {

// An environment variable with another value as long as this lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* const former = std::getenv(name)) former_ = former;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { former_.empty() ? unsetenv(name_) : setenv(name_, former_.c_str(), 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string former_;
};

TEST(Folders, FollowTheirVariablesAndAreMade) {
  const testing::TemporaryFolder folder;
  const Variable configuration("XDG_CONFIG_HOME", (folder.path() / "c").string()), state("XDG_STATE_HOME", (folder.path() / "s").string()),
      cache("XDG_CACHE_HOME", (folder.path() / "k").string());
  EXPECT_EQ(configuration_folder(), folder.path() / "c" / "skyline");
  EXPECT_EQ(state_folder(), folder.path() / "s" / "skyline");
  EXPECT_EQ(cache_folder(), folder.path() / "k" / "skyline");
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "k" / "skyline"));
}

TEST(Folders, RelativeVariablesAreIgnored) {
  const testing::TemporaryFolder folder;
  const Variable home("HOME", folder.path().string()), state("XDG_STATE_HOME", "here");
  EXPECT_EQ(state_folder(), folder.path() / ".local" / "state" / "skyline");
}

}  // namespace
}  // namespace skyline::core
