// Tools of the view as values and in a session: measuring, the gizmo, areas, placing, moves along the ground and on a grid, a project whose
// scene is not where it was.
#include "app/desktop/gizmo_drag.h"
#include "app/desktop/measuring.h"
#include "city/polygon.h"
#include "tests/desktop/session_fixture.h"
#include "tests/support/process.h"

#include <glm/gtc/matrix_transform.hpp>
#include <gtest/gtest.h>

#include <variant>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

double flat(glm::dvec2) { return 2; }

TEST(Measures, ADistanceIsInSpaceAndTellsLevelAndHeight) {
  Measuring measuring;
  measuring.begin(Measure::Kind::kDistance);
  EXPECT_FALSE(measuring.point({0, 0, 0}, flat));
  EXPECT_TRUE(measuring.point({3, 4, 12}, flat));
  ASSERT_EQ(measuring.done().size(), 1U);
  EXPECT_DOUBLE_EQ(measuring.done().front().value(), 13);
  const std::string text = measuring.done().front().text(editor::Language::kEnglish);
  EXPECT_NE(text.find("13.00 m"), std::string::npos) << text;
  EXPECT_NE(text.find("5.00 m"), std::string::npos) << text;
  EXPECT_NE(text.find("+12.00 m"), std::string::npos) << text;
}

TEST(Measures, AHeightIsAboveTheGroundBelow) {
  Measuring measuring;
  measuring.begin(Measure::Kind::kHeight);
  EXPECT_TRUE(measuring.point({7, 8, 32.5}, flat));
  EXPECT_DOUBLE_EQ(measuring.done().front().value(), 30.5);
}

TEST(Measures, AnAreaIsOfItsPlanAndNeedsThreeCorners) {
  Measuring measuring;
  measuring.begin(Measure::Kind::kArea);
  for (const glm::dvec3 corner : {glm::dvec3(0, 0, 0), glm::dvec3(10, 0, 5)}) EXPECT_FALSE(measuring.point(corner, flat));
  EXPECT_FALSE(measuring.end()) << "a line has no area";
  measuring.begin(Measure::Kind::kArea);
  for (const glm::dvec3 corner : {glm::dvec3(0, 0, 0), glm::dvec3(10, 0, 5), glm::dvec3(10, 6, 5), glm::dvec3(0, 6, 0)})
    EXPECT_FALSE(measuring.point(corner, flat));
  EXPECT_TRUE(measuring.end());
  EXPECT_DOUBLE_EQ(measuring.done().front().value(), 60);
}

TEST(Measures, TheOldestAreForgotten) {
  Measuring measuring;
  measuring.begin(Measure::Kind::kHeight);
  for (std::size_t k = 0; k < Measuring::kKept + 5; ++k) measuring.point({0, 0, 3.0 + static_cast<double>(k)}, flat);
  ASSERT_EQ(measuring.done().size(), Measuring::kKept);
  EXPECT_DOUBLE_EQ(measuring.done().front().value(), 1 + static_cast<double>(Measuring::kKept) + 4);
}

TEST(Gizmo, ADragIsOneCommand) {
  glm::mat4 begin(1.0F);
  begin[3] = {100, 50, 3, 1};
  const GizmoDrag move(GizmoMode::kMove, {4, 7}, begin);
  EXPECT_TRUE(move.command(begin).empty());
  EXPECT_EQ(move.command(glm::translate(glm::mat4(1.0F), {112.5F, 50, 3})),
            R"({"command": "edit.move", "targets": [4, 7], "offset": [12.500, 0.000, 0.000], "on_ground": true})");
  EXPECT_NE(move.command(glm::translate(glm::mat4(1.0F), {100, 50, 8})).find(R"("on_ground": false)"), std::string::npos)
      << "what is lifted leaves the ground";
  const GizmoDrag turn(GizmoMode::kRotate, {4}, begin);
  EXPECT_EQ(turn.command(glm::rotate(begin, glm::radians(90.0F), {0, 0, 1})), R"({"command": "edit.rotate", "targets": [4], "angle": 90})");
  const GizmoDrag scale(GizmoMode::kScale, {4}, begin);
  EXPECT_EQ(scale.command(glm::scale(begin, {1, 1, 2})), R"({"command": "edit.scale", "targets": [4], "factor": [1, 1, 2]})");
}

class SessionTools : public SessionFixture {
 protected:
  SessionTools() {
    SessionFixture::begin();
    session_->projects_folder = folder_.path() / "projects";
  }
  void open(const fs::path& path) {
    session_->open(path);
    ASSERT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  }
  std::int32_t any_building() {
    for (const city::Object& object : session_->scene->info.objects.objects()) {
      if (!object.footprint.empty() && city::is_a(object.object_class, city::ObjectClass::kBuilding)) return object.id;
    }
    return 0;
  }
  const testing::TemporaryFolder folder_;
};

TEST_F(SessionTools, AMoveWithThePointerStaysOnTheGroundAndALiftDoesNot) {
  open(city());
  const std::int32_t id = any_building();
  session_->document()->set_ground([](glm::dvec2 place) { return 0.1 * place.x; });
  session_->select({id});
  ASSERT_TRUE(run(R"({"command": "tool.move"})").ok());
  for (const char* const key : {"X", "4", "0", "Enter"}) EXPECT_TRUE(session_->press_tool_key(key));
  session_->update(0, kWidth, kHeight);
  EXPECT_NEAR(session_->document()->state().objects.at(id).offset.z, 4, 1e-9);
  ASSERT_TRUE(run(R"({"command": "tool.move"})").ok());
  for (const char* const key : {"Z", "5", "Enter"}) EXPECT_TRUE(session_->press_tool_key(key));
  EXPECT_NEAR(session_->document()->state().objects.at(id).offset.z, 9, 1e-9);
}

TEST_F(SessionTools, OnAGridThePivotComesToRestOnItsCorners) {
  open(city());
  session_->select({any_building()});
  ASSERT_TRUE(run(R"({"command": "tool.snap_to_grid", "cell": 10})").ok());
  ASSERT_TRUE(run(R"({"command": "tool.move"})").ok());
  session_->point_tool({glm::dvec2(0, 0), {0, 0}}, false);
  session_->point_tool({glm::dvec2(33, -21), {0, 0}}, false);
  EXPECT_TRUE(session_->press_tool_key("Enter"));
  session_->update(0, kWidth, kHeight);
  const glm::dvec3 pivot = session_->selection_pivot();
  EXPECT_NEAR(std::remainder(pivot.x, 10), 0, 1e-6);
  EXPECT_NEAR(std::remainder(pivot.y, 10), 0, 1e-6);
}

TEST_F(SessionTools, ALassoHoldsWhatItsPolygonHolds) {
  open(city());
  const core::Camera camera = session_->view_camera(kWidth, kHeight);
  const double w = kWidth, h = kHeight;
  const auto whole = session_->objects_in(camera, {{0, 0}, {w, 0}, {w, h}, {0, h}});
  const auto left = session_->objects_in(camera, {{0, 0}, {w / 2, 0}, {w / 2, h}, {0, h}});
  const auto triangle = session_->objects_in(camera, {{0, 0}, {w, h}, {0, h}});
  EXPECT_FALSE(left.empty());
  EXPECT_LT(left.size(), whole.size());
  EXPECT_LT(triangle.size(), whole.size());
  EXPECT_TRUE(session_->objects_in(camera, {{0, 0}, {w, h}}).empty());
}

TEST_F(SessionTools, WhatIsPlacedIsShownBeforeItIsPutDown) {
  open(city());
  EXPECT_FALSE(run(R"({"command": "tool.place", "asset": "river"})").ok());
  EXPECT_EQ(session_->pointer_tool, PointerTool::kNone);
  ASSERT_TRUE(run(R"({"command": "tool.place", "asset": "monument"})").ok());
  ASSERT_EQ(session_->pointer_tool, PointerTool::kPlace);
  const std::uint64_t hash = session_->document()->hash();
  session_->show_command(R"({"command": "edit.insert", "asset": "monument", "at": [0, 0]})");
  session_->update(0, kWidth, kHeight);
  EXPECT_NE(session_->edits->layers(), nullptr);
  EXPECT_EQ(session_->document()->hash(), hash) << "nothing is done yet";
  EXPECT_TRUE(session_->press_tool_key("Escape"));
  session_->update(0, kWidth, kHeight);
  EXPECT_EQ(session_->edits->layers(), nullptr);
}

TEST_F(SessionTools, AProjectAsksWhereItsSceneIsAndRemembersIt) {
  const fs::path scene = folder_.path() / "here.sky", moved = folder_.path() / "elsewhere" / "there.sky";
  const fs::path project = folder_.path() / "work" / "edits.skyproj";
  fs::create_directories(moved.parent_path());
  fs::create_directories(project.parent_path());
  fs::copy_file(city(), scene);
  open(scene);
  const std::int32_t id = any_building();
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [)" + std::to_string(id) + R"(], "offset": [20, 0, 0]})").ok());
  const std::uint64_t hash = session_->document()->hash();
  ASSERT_TRUE(session_->save_project(project).ok());
  session_->close_scene();
  fs::rename(scene, moved);

  session_->open(project);
  ASSERT_TRUE(becomes([&] { return !session_->loading(); }));
  EXPECT_EQ(session_->window.asked_command, "file.find_scene");
  EXPECT_EQ(session_->log.errors(), 0U) << "a question is no error";
  ASSERT_TRUE(run(R"({"command": "file.find_scene", "path": ")" + moved.string() + R"("})").ok());
  ASSERT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  EXPECT_EQ(session_->document()->hash(), hash);
  session_->close_scene();
  open(project);
  EXPECT_EQ(session_->document()->hash(), hash) << "it is not asked again";
}

}  // namespace
}  // namespace skyline::app::desktop
