// Selections by class, attribute, place and neighbourhood; regions that a person marks.
#include "editor/bind_commands.h"
#include "editor/edit_compiler.h"
#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::editor {
namespace {

using namespace testing;

class SelectingBy : public ::testing::Test {
 protected:
  SelectingBy() {
    bind_edit_commands(registry_, [this] { return &document_; });
    bind_selection_commands(registry_, [this] { return &document_; });
    registry_.set_state(
        [this] { return kScene | kObjects | (document_.state().selection.empty() ? 0u : static_cast<unsigned>(kSelection)); });
  }
  core::Status run(std::string_view line) {
    const auto invocation = parse_invocation(line);
    if (!invocation) return invocation.error();
    return registry_.run(*invocation);
  }
  // What is selected after the line, in order of ids.
  ObjectIds after(std::string_view line) {
    const auto status = run(line);
    EXPECT_TRUE(status.ok()) << line << ": " << (status.ok() ? "" : status.error().message());
    ObjectIds ids = document_.state().selection;
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  Document document_{small_town()};
  CommandRegistry registry_;
};

TEST_F(SelectingBy, AClassHoldsItsKinds) {
  EXPECT_EQ(after(R"({"command": "select.class", "class": "house"})"), (ObjectIds{kHouse, kAnnex}));
  EXPECT_EQ(after(R"({"command": "select.class", "class": "building"})"), (ObjectIds{kHouse, kAnnex, kTower}));
  EXPECT_EQ(after(R"({"command": "select.class", "class": "road"})"), (ObjectIds{kRoad}));
}

TEST_F(SelectingBy, AttributesAreAllMet) {
  EXPECT_EQ(after(R"({"command": "select.where", "min_height": 7.5})"), (ObjectIds{kHouse, kTower}));
  EXPECT_EQ(after(R"({"command": "select.where", "min_height": 7.5, "max_area": 100})"), (ObjectIds{kHouse}));
  EXPECT_EQ(after(R"({"command": "select.where", "class": "tree"})"), (ObjectIds{kTree}));
  EXPECT_TRUE(after(R"({"command": "select.where", "min_height": 100})").empty());
}

TEST_F(SelectingBy, AColourIsThatOfNow) {
  EXPECT_TRUE(after(R"({"command": "select.where", "color": "#c0392b"})").empty());
  ASSERT_TRUE(run(R"({"command": "edit.recolor", "targets": [6], "color": "#c03020"})").ok());
  EXPECT_EQ(after(R"({"command": "select.where", "color": "#c0392b"})"), (ObjectIds{kTower}));
}

TEST_F(SelectingBy, ModesAddTakeAwayAndIntersect) {
  after(R"({"command": "select.class", "class": "house"})");
  EXPECT_EQ(after(R"({"command": "select.class", "class": "tree", "mode": "add"})"), (ObjectIds{kHouse, kAnnex, kTree}));
  EXPECT_EQ(after(R"({"command": "select.where", "max_height": 6.5, "mode": "remove"})"), (ObjectIds{kHouse, kTree}));
  EXPECT_EQ(after(R"({"command": "select.class", "class": "building", "mode": "intersect"})"), (ObjectIds{kHouse}));
  ASSERT_TRUE(document_.undo().ok());
  EXPECT_EQ(document_.state().selection, (ObjectIds{kHouse, kTree})) << "choosing is undone like editing";
}

TEST_F(SelectingBy, GrowingTakesNeighboursAndShrinkingGivesThemBack) {
  after(R"({"command": "select.object", "ids": [1]})");
  EXPECT_EQ(after(R"({"command": "select.grow", "gap": 1})"), (ObjectIds{kHouse, kAnnex}));
  EXPECT_EQ(after(R"({"command": "select.grow", "gap": 15})"), (ObjectIds{kHouse, kAnnex, kTree, kCar}));
  EXPECT_EQ(after(R"({"command": "select.shrink", "gap": 23})"), (ObjectIds{kTree, kCar})) << "the tower stands 22 m from the two houses";
}

TEST_F(SelectingBy, InvertTakesWhatStandsAndIsSeen) {
  ASSERT_TRUE(run(R"({"command": "edit.hide", "targets": [3]})").ok());
  after(R"({"command": "select.object", "ids": [1, 2]})");
  EXPECT_EQ(after(R"({"command": "select.invert"})"), (ObjectIds{kCar, kTower}));
}

TEST_F(SelectingBy, AnAreaHoldsWhatStandsInItNow) {
  EXPECT_EQ(after(R"({"command": "select.area", "points": "-1,-1 40,-1 40,20 -1,20"})"), (ObjectIds{kHouse, kAnnex, kTree}));
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [6], "offset": [10, -30, 0]})").ok());
  EXPECT_EQ(after(R"({"command": "select.area", "points": "-1,-1 40,-1 40,20 -1,20"})"), (ObjectIds{kHouse, kAnnex, kTree, kTower}));
  for (const char* const points : {"", "1,1 2,2", "1,1 2 3,3", "a,b c,d e,f", "1,1 2,nan 3,3"}) {
    EXPECT_FALSE(run(std::string(R"({"command": "select.area", "points": ")") + points + R"("})").ok()) << points;
  }
}

TEST_F(SelectingBy, AMarkedRegionIsAnObjectOfTheDocument) {
  EXPECT_FALSE(run(R"({"command": "select.region", "at": [60, 60]})").ok()) << "the ground is not known";
  document_.set_standing_at([](glm::dvec2 place) -> core::Result<OwnSource> {
    if (place.x < 50) return core::Error{"nothing stands there", "", ""};
    OwnSource kiosk;
    kiosk.kind = OwnSource::Kind::kRegion;
    kiosk.footprint = {{58, 58}, {62, 58}, {62, 62}, {58, 62}};
    kiosk.height = 4;
    return kiosk;
  });
  EXPECT_EQ(after(R"({"command": "select.region", "at": [5, 4]})"), (ObjectIds{kHouse})) << "an object that is known comes first";
  EXPECT_FALSE(run(R"({"command": "select.region", "at": [40, 60]})").ok());
  const ObjectIds marked = after(R"({"command": "select.region", "at": [60, 60]})");
  ASSERT_EQ(marked.size(), 1u);
  EditCompiler compiler(document_.scene().catalogue);
  EXPECT_EQ(compiler.compile(document_.state()), nullptr) << "marking changes no pixel";
  EXPECT_EQ(after(R"({"command": "select.region", "at": [61, 61]})"), marked) << "marked once";

  ASSERT_TRUE(run(R"({"command": "edit.move", "offset": [0, 20, 0]})").ok());
  const auto layers = compiler.compile(document_.state());
  ASSERT_NE(layers, nullptr);
  EXPECT_TRUE(layers->carves.front().region.contains({60, 60, 2}));
  EXPECT_TRUE(layers->instances.front().source.contains({60, 60, 2}));
  ASSERT_TRUE(run(R"({"command": "edit.duplicate", "offset": [10, 0, 0]})").ok());
  EXPECT_EQ(compiler.compile(document_.state())->instances.size(), 2u) << "it can be copied";
  for (int k = 0; k < 4; ++k) ASSERT_TRUE(document_.undo().ok());
  EXPECT_EQ(document_.state().objects.count(marked.front()), 0u);
}

TEST_F(SelectingBy, ASoftEdgeIsOfTheCutAndOfThePicture) {
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [6], "offset": [30, 0, 0]})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.soft_edge", "targets": [6], "width": 2})").ok());
  EditCompiler compiler(document_.scene().catalogue);
  const auto layers = compiler.compile(document_.state());
  ASSERT_NE(layers, nullptr);
  EXPECT_EQ(layers->carves.front().region.soft(), 2);
  EXPECT_EQ(layers->instances.front().source.soft(), 2);
  EXPECT_FALSE(run(R"({"command": "edit.soft_edge", "targets": [6], "width": -1})").ok());
}

}  // namespace
}  // namespace skyline::editor
