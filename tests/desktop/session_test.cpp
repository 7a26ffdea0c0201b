// The session without a window: scenes, commands, failures, a monkey over the command table.
#include "city/polygon.h"
#include "tests/desktop/session_fixture.h"
#include "tests/support/process.h"

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>
#include <thread>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class SessionTest : public SessionFixture {
 protected:
  SessionTest() { begin(); }

  void open_city() {
    session_->open(city());
    ASSERT_TRUE(becomes([&] { return session_->scene && session_->picture(); }));
  }
};

using SessionCommands = SessionTest;
using SessionScenes = SessionTest;

TEST_F(SessionCommands, AreAllBound) { EXPECT_EQ(session_->commands.unbound(), std::vector<std::string>()); }

TEST_F(SessionScenes, ASceneThatIsOpenedIsShown) {
  open_city();
  EXPECT_TRUE(becomes([&] { return session_->picture()->stage == renderer::Stage::kConverged; }));
  EXPECT_EQ(session_->picture()->width, kWidth);
  EXPECT_EQ(session_->log.errors(), 0U);
  EXPECT_EQ(preferences_.recent.size(), 1U);
}

TEST_F(SessionScenes, ABadFileIsOneSentenceAndWhatWasOpenStays) {
  open_city();
  const auto shown = session_->scene;
  const testing::TemporaryFolder folder;
  const fs::path good = city();

  const fs::path cut = folder.path() / "cut.sky";
  fs::copy_file(good, cut);
  fs::resize_file(cut, fs::file_size(cut) * 6 / 10);
  const fs::path newer = folder.path() / "newer.sky";
  fs::copy_file(good, newer);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(newer.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  const fs::path text = folder.path() / "text.sky";
  std::ofstream(text) << "this is no scene";

  for (const fs::path& bad : {cut, newer, text, folder.path() / "missing.sky"}) {
    session_->open(bad);
    ASSERT_TRUE(becomes([&] { return session_->log.dialog() != nullptr; })) << bad;
    const std::string sentence = session_->log.dialog()->text;
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    EXPECT_GT(sentence.size(), 20U);
    EXPECT_EQ(session_->scene, shown);
    session_->log.dismiss_dialog();
  }
}

TEST_F(SessionScenes, AFolderWithoutCamerasIsOneSentence) {
  const testing::TemporaryFolder folder;
  ASSERT_TRUE(run(nlohmann::json{{"command", "file.new_from_photos"}, {"path", folder.path().string()}}.dump()).ok());
  ASSERT_TRUE(becomes([&] { return session_->log.dialog() != nullptr; }));
  EXPECT_EQ(session_->log.dialog()->text.find('\n'), std::string::npos);
}

TEST_F(SessionCommands, GoingToANameSelectsItAndEndsWithItInTheView) {
  open_city();
  const city::Object* named = nullptr;
  for (const city::Object& object : session_->scene->info.objects.objects()) {
    if (!object.name.empty() && object.height > 20) named = &object;
  }
  ASSERT_NE(named, nullptr);
  ASSERT_TRUE(run(nlohmann::json{{"command", "camera.goto_name"}, {"name", named->name}}.dump()).ok());
  ASSERT_TRUE(becomes([&] { return !session_->navigator.travelling(); }));
  ASSERT_EQ(session_->selection().size(), 1U);
  glm::dvec2 pixel;
  const core::Box box = session_->box_of(*session_->find_object(session_->selection()[0]));
  ASSERT_TRUE(core::project(session_->view_camera(kWidth, kHeight), 0.5 * (box.low + box.high), pixel));
  EXPECT_NEAR(pixel.x, kWidth / 2, kWidth / 4);
  EXPECT_NEAR(pixel.y, kHeight / 2, kHeight / 4);
}

TEST_F(SessionCommands, TheObjectAtAPointOnItsRoofIsFound) {
  open_city();
  for (const city::Object& object : session_->scene->info.objects.objects()) {
    if (object.footprint.empty() || object.height < 10 || !city::is_a(object.object_class, city::ObjectClass::kBuilding)) continue;
    const glm::dvec2 middle = city::centroid(object);
    if (!city::contains(object, middle)) continue;
    const city::Object* const found = session_->object_at({middle, object.base + object.height});
    ASSERT_NE(found, nullptr);
    EXPECT_GE(found->height, object.height);
  }
}

TEST_F(SessionCommands, ACameraMoveCanBeUndone) {
  open_city();
  const editor::Pose before = session_->navigator.pose();
  ASSERT_TRUE(run(R"({"command": "camera.goto", "position": [0, 0, 90], "seconds": 0})").ok());
  EXPECT_NE(session_->navigator.pose(), before);
  ASSERT_TRUE(run(R"({"command": "camera.undo"})").ok());
  EXPECT_EQ(session_->navigator.pose(), before);
}

TEST_F(SessionCommands, WhatNeedsASceneSaysSoWithoutOne) {
  const auto status = run(R"({"command": "camera.home"})");
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message().find("open a scene first"), std::string::npos);
}

// Arguments that fit a command, by its table.
std::string random_line(const editor::Command& command, std::mt19937& random) {
  nlohmann::json line{{"command", command.id}};
  const auto number = [&](double low, double high) {
    return std::uniform_real_distribution<double>(std::max(low, -500.0), std::min(high, 500.0))(random);
  };
  for (const editor::Argument& argument : command.arguments) {
    if (!argument.default_value.empty() && random() % 2 == 0) continue;
    nlohmann::json& value = line[std::string(argument.name)];
    using enum editor::ArgumentType;
    switch (argument.type) {
      case kNumber:
        value = number(argument.low, argument.high);
        break;
      case kInteger:
        value = static_cast<int>(number(argument.low, argument.high));
        break;
      case kFlag:
        value = random() % 2 == 0;
        break;
      case kChoice: {
        const auto choices = editor::choices_of(argument);
        value = choices[random() % choices.size()].value;
        break;
      }
      case kVector2:
        value = {std::max(1.0, number(argument.low, argument.high)), 50};
        break;
      case kVector3:
      case kColour:
        value = {number(argument.low, argument.high), number(argument.low, argument.high), number(argument.low, argument.high)};
        break;
      case kIds:
        value = {static_cast<int>(random() % 2000)};
        break;
      case kText:
        value = random() % 2 == 0 ? "tower" : "12,40";
        break;
      case kPath:
        value = "/no/such/place";
        break;
    }
  }
  return line.dump();
}

// SKYLINE_MONKEY_SECONDS=600 for the long run.
TEST_F(SessionCommands, SurviveAMonkey) {
  const char* const wanted = std::getenv("SKYLINE_MONKEY_SECONDS");
  const int seconds = wanted != nullptr ? std::atoi(wanted) : 8;
  open_city();
  std::mt19937 random(7);
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  int runs = 0;
  while (Clock::now() < end || runs < 100) {  // a busy machine takes longer
    const auto table = editor::command_table();
    const editor::Command& command = table[random() % table.size()];
    if (command.id.starts_with("render.") || command.id == "file.open_sample") continue;
    static_cast<void>(run(random_line(command, random)));
    session_->update(0.02, kWidth, kHeight);
    if (session_->log.dialog() != nullptr) session_->log.dismiss_dialog();
    if (!session_->scene) open_city();
    session_->quit = false;
    ++runs;
  }
  const glm::dvec3 position = session_->navigator.pose().position;
  EXPECT_TRUE(std::isfinite(position.x) && std::isfinite(position.y) && std::isfinite(position.z));
}

}  // namespace
}  // namespace skyline::app::desktop
