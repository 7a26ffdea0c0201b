#include "app/desktop/preferences.h"

#include "app/desktop/folders.h"
#include "core/file.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <span>

namespace skyline::app::desktop {
namespace {

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

TEST(Preferences, ComeBackAsTheyWereWritten) {
  const testing::TemporaryFolder folder;
  const auto file = folder.path() / "preferences.json";
  Preferences preferences;
  preferences.language = "zh";
  preferences.theme = "light";
  preferences.scale = 1.5;
  preferences.hints = false;
  preferences.keys["camera.home"] = "Ctrl+H";
  preferences.recent = {"/a.sky", "/b.sky"};
  ASSERT_TRUE(save_preferences(preferences, file).ok());
  std::string notice;
  const Preferences read = load_preferences(file, notice);
  EXPECT_EQ(notice, "");
  EXPECT_EQ(read.language, "zh");
  EXPECT_EQ(read.theme, "light");
  EXPECT_EQ(read.scale, 1.5);
  EXPECT_FALSE(read.hints);
  EXPECT_EQ(read.keys, preferences.keys);
  EXPECT_EQ(read.recent, preferences.recent);
}

TEST(Preferences, ABrokenFileIsKeptAsideAndSaidInOneSentence) {
  for (const std::string broken : {"{", "[]", R"({"values": {"language": "klingon"}})", R"({"keys": 3})", R"({"recent": [1]})", ""}) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "preferences.json";
    write(file, broken);
    std::string notice;
    const Preferences read = load_preferences(file, notice);
    EXPECT_EQ(read.language, "en");
    EXPECT_TRUE(read.keys.empty());
    EXPECT_NE(notice.find("defaults are used"), std::string::npos) << broken;
    EXPECT_FALSE(std::filesystem::exists(file));
    const auto aside = core::read_text_file(folder.path() / "preferences.json.broken");
    ASSERT_TRUE(aside.ok());
    EXPECT_EQ(*aside, broken);
  }
}

TEST(Preferences, AMissingFileMeansTheDefaultsWithoutANotice) {
  std::string notice;
  load_preferences("/no/such/file.json", notice);
  EXPECT_EQ(notice, "");
}

TEST(Preferences, TheNewestSceneComesFirstOnceAndTheListStaysShort) {
  Preferences preferences;
  for (int i = 0; i < 20; ++i) add_recent(preferences, "/scene" + std::to_string(i) + ".sky");
  add_recent(preferences, "/scene15.sky");
  ASSERT_EQ(preferences.recent.size(), kRecentScenes);
  EXPECT_EQ(preferences.recent[0], "/scene15.sky");
  EXPECT_EQ(preferences.recent[1], "/scene19.sky");
  EXPECT_EQ(std::count(preferences.recent.begin(), preferences.recent.end(), "/scene15.sky"), 1);
}

TEST(Preferences, EveryOneHasATitleInBothLanguages) {
  Preferences preferences;
  core::ParameterSet set;
  register_parameters(set, preferences);
  for (const core::Parameter& parameter : set.all()) {
    const PreferenceText* const text = find_preference_text(parameter.name);
    ASSERT_NE(text, nullptr) << parameter.name;
    EXPECT_STRNE(text->title_zh, text->title_en);
    EXPECT_STRNE(text->help_zh, "");
    EXPECT_NE(parameter.info.help, "");
  }
}

TEST(StartMark, AStartThatNeverEndedMakesTheNextOneSafe) {
  const testing::TemporaryFolder folder;
  setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
  EXPECT_FALSE(begin_start());
  EXPECT_TRUE(begin_start());
  end_start();
  EXPECT_FALSE(begin_start());
  unsetenv("XDG_STATE_HOME");
}

}  // namespace
}  // namespace skyline::app::desktop
