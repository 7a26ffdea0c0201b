// Editing in the session without a window: the document is drawn, kept and offered again; tools mean the operations that their hands show.
#include "app/desktop/projects.h"
#include "city/polygon.h"
#include "tests/desktop/session_fixture.h"
#include "tests/support/process.h"

#include <nlohmann/json.hpp>

#include <variant>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
class SessionEdits : public SessionFixture {
 protected:
  SessionEdits() { begin(); }

  void begin() {
    SessionFixture::begin();
    session_->projects_folder = projects();
  }

  fs::path projects() const { return folder_.path() / "projects"; }

  bool comes_to_rest() {
    return becomes([&] {
      const auto picture = session_->picture();
      return picture && picture->stage == renderer::Stage::kConverged && session_->jobs.idle() && picture->request == newest_request();
    });
  }

  std::uint64_t newest_request() { return renderer_->look(session_->view_request(kWidth, kHeight)); }

  void open(const fs::path& path) {
    session_->open(path);
    ASSERT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  }

  // Selects the tallest building and looks at it.
  std::int32_t select_tallest() {
    const city::Object* tallest = nullptr;
    for (const city::Object& object : session_->scene->info.objects.objects()) {
      if (object.footprint.empty() || !city::is_a(object.object_class, city::ObjectClass::kBuilding)) continue;
      if (tallest == nullptr || object.height > tallest->height) tallest = &object;
    }
    session_->select({tallest->id});
    session_->navigator.jump(session_->navigator.frame(session_->box_of(*tallest)));
    return tallest->id;
  }

  const testing::TemporaryFolder folder_;
};

TEST_F(SessionEdits, EachGestureHasAPictureOfWhatTheViewShowedAfterIt) {
  open(city());
  select_tallest();
  const auto picture_of_last = [&] {
    const auto gesture = session_->document()->history()[session_->document()->done() - 1].number;
    EXPECT_TRUE(becomes([&] { return session_->gesture_pictures.find(gesture) != nullptr; }));
    return session_->gesture_pictures.find(gesture)->pixels;
  };
  const auto selected = picture_of_last();
  EXPECT_EQ(selected.size(), static_cast<std::size_t>(GesturePictures::kWidth) * GesturePictures::kHeight * 3);
  ASSERT_TRUE(run(R"({"command": "edit.remove"})").ok());
  const auto removed = picture_of_last();
  EXPECT_NE(removed, selected) << "the tower is gone";
  ASSERT_TRUE(run(R"({"command": "edit.season", "season": "winter", "strength": 1})").ok());
  EXPECT_NE(picture_of_last(), removed) << "there is snow";
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  session_->update(0.016, kWidth, kHeight);
  EXPECT_EQ(picture_of_last(), removed) << "a gesture that is come back to keeps its picture";
}

TEST_F(SessionEdits, ARemovalChangesThePictureAndUndoGivesTheFirstOneAgain) {
  open(city());
  select_tallest();
  ASSERT_TRUE(comes_to_rest());
  const auto before = session_->picture()->pixels;
  ASSERT_TRUE(run(R"({"command": "edit.remove"})").ok());
  ASSERT_TRUE(comes_to_rest());
  EXPECT_NE(session_->picture()->pixels, before);
  EXPECT_TRUE(session_->selection().empty());
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(session_->picture()->pixels, before);
  EXPECT_EQ(session_->log.errors(), 0U);
}

TEST_F(SessionEdits, WhatIsHiddenLooksTheSameWhateverWasUndoneBefore) {
  open(city());
  select_tallest();
  ASSERT_TRUE(comes_to_rest());
  ASSERT_TRUE(run(R"({"command": "edit.hide"})").ok());
  ASSERT_TRUE(comes_to_rest());
  const auto hidden = session_->picture()->pixels;
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.remove"})").ok());  // mends the ground
  ASSERT_TRUE(comes_to_rest());
  EXPECT_NE(session_->picture()->pixels, hidden);
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.hide"})").ok());
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(session_->picture()->pixels, hidden);
}

TEST_F(SessionEdits, WhatIsRemovedOrMovedIsNotFoundWhereItStood) {
  open(city());
  const std::int32_t id = select_tallest();
  const city::Object before = *session_->find_object(id);
  const glm::dvec3 roof{city::centroid(before), before.base + before.height};
  ASSERT_TRUE(run(R"({"command": "edit.move", "offset": [300, 0, 0]})").ok());
  session_->update(0, kWidth, kHeight);
  const city::Object* const here = session_->object_at(roof);
  EXPECT_TRUE(here == nullptr || here->id != id);
  ASSERT_NE(session_->object_at(roof + glm::dvec3(300, 0, 0)), nullptr);
  EXPECT_EQ(session_->object_at(roof + glm::dvec3(300, 0, 0))->id, id);
  EXPECT_NEAR(city::centroid(*session_->find_object(id)).x, city::centroid(before).x + 300, 1e-6);
}

TEST_F(SessionEdits, AModalMoveShowsAPreviewAndIsOneGestureWhenItIsApplied) {
  open(city());
  const std::int32_t id = select_tallest();
  const double x = city::centroid(*session_->find_object(id)).x;
  const std::size_t gestures = session_->document()->done();
  ASSERT_TRUE(run(R"({"command": "tool.move"})").ok());
  for (const char* const key : {"X", "1", "2", ".", "5"}) EXPECT_TRUE(session_->press_tool_key(key));
  session_->update(0, kWidth, kHeight);
  EXPECT_NEAR(city::centroid(*session_->find_object(id)).x, x + 12.5, 1e-6);
  EXPECT_EQ(session_->document()->done(), gestures);
  EXPECT_TRUE(session_->press_tool_key("Enter"));
  session_->update(0, kWidth, kHeight);
  ASSERT_EQ(session_->document()->done(), gestures + 1);
  const auto& operations = session_->document()->history().back().operations;
  ASSERT_EQ(operations.size(), 1U);
  const auto* const move = std::get_if<editor::Move>(&operations.front());
  ASSERT_NE(move, nullptr);
  EXPECT_EQ(move->targets, editor::ObjectIds{id});
  EXPECT_EQ(move->offset, glm::dvec3(12.5, 0, 0));
}

TEST_F(SessionEdits, AToolThatIsGivenUpLeavesNothing) {
  open(city());
  const std::int32_t id = select_tallest();
  const city::Object before = *session_->find_object(id);
  const std::uint64_t hash = session_->document()->hash();
  ASSERT_TRUE(run(R"({"command": "tool.duplicate"})").ok());
  session_->point_tool({glm::dvec2(0, 0), {0, 0}}, false);
  session_->point_tool({glm::dvec2(40, 10), {0, 0}}, false);
  session_->update(0, kWidth, kHeight);
  EXPECT_NE(session_->edits->layers(), nullptr);
  EXPECT_TRUE(session_->press_tool_key("Escape"));
  session_->update(0, kWidth, kHeight);
  EXPECT_EQ(session_->edits->layers(), nullptr);
  EXPECT_EQ(session_->document()->hash(), hash);
  EXPECT_EQ(session_->find_object(id)->footprint, before.footprint);
}

// What was done is in a file the moment it is done: the copy of the folder is what a killed program leaves.
TEST_F(SessionEdits, AKilledSessionIsOfferedAgainWithEverythingThatWasDone) {
  open(city());
  select_tallest();
  ASSERT_TRUE(run(R"({"command": "edit.move", "offset": [20, 0, 0]})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.rotate", "angle": 30})").ok());
  ASSERT_TRUE(run(R"({"command": "camera.add_bookmark", "name": "here"})").ok());
  const std::size_t bookmarks = session_->bookmarks.size();
  const std::uint64_t hash = session_->document()->hash();
  EXPECT_TRUE(find_unsaved(projects()).empty()) << "a project that is open is nobody else's";
  const fs::path left = folder_.path() / "left";
  fs::copy(projects(), left, fs::copy_options::recursive);
  begin();
  session_->projects_folder = left;
  const auto unsaved = find_unsaved(left);
  ASSERT_EQ(unsaved.size(), 1U);
  EXPECT_EQ(unsaved[0].edits, 2);
  EXPECT_EQ(unsaved[0].scene.filename(), "city.sky");
  open(unsaved[0].path);
  EXPECT_EQ(session_->document()->hash(), hash);
  EXPECT_EQ(session_->bookmarks.size(), bookmarks);
  EXPECT_EQ(session_->bookmarks.back().name, "here");
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
}

TEST_F(SessionEdits, ASceneThatWasOnlyLookedAtLeavesNoFile) {
  open(city());
  select_tallest();
  session_->close_scene();
  EXPECT_TRUE(fs::is_empty(projects()));
}

TEST_F(SessionEdits, AProjectThatIsSavedUnderANameGoesOnThere) {
  open(city());
  const std::int32_t id = select_tallest();
  ASSERT_TRUE(run(R"({"command": "edit.remove"})").ok());
  const fs::path named = folder_.path() / "named.skyproj";
  ASSERT_TRUE(run(nlohmann::json{{"command", "file.save_project"}, {"path", named.string()}}.dump()).ok());
  EXPECT_TRUE(fs::is_empty(projects()));
  ASSERT_TRUE(run(R"({"command": "edit.grade", "exposure": 1})").ok());
  const std::uint64_t hash = session_->document()->hash();
  begin();
  open(named);
  EXPECT_EQ(session_->document()->hash(), hash);
  EXPECT_EQ(session_->find_object(id), nullptr);
  EXPECT_TRUE(session_->project->named);
}

}  // namespace
}  // namespace skyline::app::desktop
