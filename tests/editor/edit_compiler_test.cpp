#include "editor/edit_compiler.h"

#include "editor/bind_commands.h"
#include "editor/grading.h"
#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

using namespace testing;

bool carved(const nerf::EditLayers& layers, const glm::dvec3& point) {
  return std::any_of(layers.carves.begin(), layers.carves.end(), [&](const nerf::Carve& c) { return c.region.contains(point); });
}

class Compiling : public ::testing::Test {
 protected:
  std::shared_ptr<const nerf::EditLayers> after(std::initializer_list<Operation> operations) {
    for (const Operation& operation : operations) {
      const auto status = document_.apply(operation);
      EXPECT_TRUE(status.ok()) << status.error().message();
    }
    return compiler_.compile(document_.state());
  }
  Document document_{small_town()};
  EditCompiler compiler_{document_.scene().catalogue};
};

TEST_F(Compiling, NothingChangedIsNoLayer) {
  EXPECT_EQ(after({}), nullptr);
  EXPECT_EQ(after({Select{{kHouse}}}), nullptr);
  EXPECT_EQ(after({Move{{kHouse}, {5, 0, 0}}, Move{{kHouse}, {-5, 0, 0}}}), nullptr);
}

TEST_F(Compiling, ARemovedHouseLeavesItsNeighbourWhole) {
  const auto layers = after({Remove{{kHouse}}});
  ASSERT_NE(layers, nullptr);
  EXPECT_TRUE(carved(*layers, {5, 4, 5}));
  EXPECT_TRUE(carved(*layers, {-1, 4, 5})) << "a margin around it";
  EXPECT_TRUE(carved(*layers, {5, 4, 12})) << "above its roof";
  EXPECT_FALSE(carved(*layers, {10.1, 4, 5})) << "behind the shared wall";
  EXPECT_FALSE(carved(*layers, {5, 4, 0})) << "without a patch the floor stays";
  EXPECT_TRUE(layers->instances.empty());
}

TEST_F(Compiling, AMovedHouseIsCutOutAndShownElsewhere) {
  const auto layers = after({Move{{kHouse}, {0, 20, 0}}, Rotate{{kHouse}, 90}});
  ASSERT_NE(layers, nullptr);
  EXPECT_TRUE(carved(*layers, {5, 4, 5}));
  ASSERT_EQ(layers->instances.size(), 1u);
  const nerf::Instance& instance = layers->instances.front();
  EXPECT_TRUE(instance.source.contains({5, 4, 5}));
  EXPECT_FALSE(instance.source.contains({5, 4, 0.1})) << "the ground does not come along";
  EXPECT_FALSE(instance.source.contains({10.5, 4, 5})) << "nor the neighbour";
  const glm::dvec3 middle = instance.placement.to_target({5, 4, 5});
  EXPECT_NEAR(middle.y, 24, 1e-9);
}

TEST_F(Compiling, CopiesLeaveTheirOriginalAlone) {
  const auto layers = after({Duplicate{{kTower}, 4, {20, 0, 0}, document_.next_id()}});
  ASSERT_NE(layers, nullptr);
  EXPECT_TRUE(layers->carves.empty());
  EXPECT_EQ(layers->instances.size(), 4u);
}

TEST_F(Compiling, AHiddenOrIsolatedSceneIsEmptyBesides) {
  const auto layers = after({Isolate{{kTower}}});
  ASSERT_NE(layers, nullptr);
  EXPECT_TRUE(carved(*layers, {5, 4, 5}));
  EXPECT_TRUE(carved(*layers, {13, 4, 3}));
  EXPECT_TRUE(carved(*layers, {31, 1, 4})) << "the tree";
  EXPECT_TRUE(carved(*layers, {22, -10, 1})) << "the car";
  EXPECT_FALSE(carved(*layers, {6, 36, 30}));
  EXPECT_EQ(after({Show{{kHouse, kAnnex, kTree, kRoad, kCar}}}), nullptr);
}

TEST_F(Compiling, ARecolouredWallKeepsItsShading) {
  const auto layers = after({Recolor{{kHouse}, Part::kWall, {0xc0, 0x39, 0x2b}}});
  ASSERT_NE(layers, nullptr);
  ASSERT_EQ(layers->tints.size(), 1u);
  const nerf::Tint& tint = layers->tints.front();
  EXPECT_TRUE(tint.region.contains({5, 4, 5}));
  const glm::vec3 mean(0.5F), wanted(0xc0 / 255.0F, 0x39 / 255.0F, 0x2b / 255.0F);
  const glm::vec3 lit = tint.wall.apply(mean), shaded = tint.wall.apply(mean * 0.5F);
  for (int c = 0; c < 3; ++c) {
    EXPECT_NEAR(lit[c], wanted[c], 1e-3F);
    EXPECT_NEAR(shaded[c], wanted[c] * 0.5F, 1e-3F) << "half the light stays half the light";
    EXPECT_EQ(tint.roof.apply(mean)[c], mean[c]);
  }
}

TEST_F(Compiling, ARecolouredWallHasTheWantedColourInTheMeanAndDoesNotSaturate) {
  const auto layers = after({Recolor{{kHouse}, Part::kWall, {0xc0, 0x39, 0x2b}}});
  ASSERT_NE(layers, nullptr);
  const nerf::Tint& tint = layers->tints.front();
  const glm::vec3 wanted(0xc0 / 255.0F, 0x39 / 255.0F, 0x2b / 255.0F);
  glm::vec3 sum(0.0F);
  constexpr int kShades = 41;  // of a wall half in the shade: 0.25 to 0.75 of white, 0.5 in the mean
  for (int i = 0; i < kShades; ++i) {
    const glm::vec3 changed = tint.wall.apply(glm::vec3(0.25F + 0.5F * static_cast<float>(i) / (kShades - 1)));
    EXPECT_LT(changed.r, 0.99F) << "light and texture are lost where a channel is full";
    sum += changed;
  }
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(sum[c] / kShades, wanted[c], 0.04F);
}

TEST(Grading, NeutralGradingKeepsEveryBitAndExposureDoublesLight) {
  EXPECT_TRUE(Grader(Grading{}).changes_nothing());
  const glm::vec3 colour(0.2F, 0.4F, 0.3F);
  EXPECT_EQ(Grader(Grading{}).graded(colour), colour);
  const auto linear = [](float v) { return std::pow((v + 0.055F) / 1.055F, 2.4F); };
  const glm::vec3 brighter = Grader(Grading{1, 0, 0, 1}).graded(colour);
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(linear(brighter[c]), 2 * linear(colour[c]), 2e-3F);
  const glm::vec3 grey = Grader(Grading{0, 0, 0, 0}).graded(colour);
  EXPECT_NEAR(grey.r, grey.g, 1e-6F);
  EXPECT_GT(Grader(Grading{0, 1, 0, 1}).graded(colour).r, colour.r);
}

class EditCommands : public ::testing::Test {
 protected:
  EditCommands() {
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
  Document document_{small_town()};
  CommandRegistry registry_;
};

TEST_F(EditCommands, TargetsAreTheSelectionWhereNoneAreNamed) {
  EXPECT_FALSE(run(R"({"command": "edit.remove"})").ok());
  ASSERT_TRUE(run(R"({"command": "select.object", "ids": [1, 3]})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.move", "offset": [1, 2, 3]})").ok());
  EXPECT_EQ(document_.state().objects.size(), 2u);
  ASSERT_TRUE(run(R"({"command": "edit.hide", "targets": [5]})").ok());
  EXPECT_TRUE(document_.state().objects.at(kCar).hidden);
  ASSERT_TRUE(run(R"({"command": "edit.show"})").ok());
  EXPECT_FALSE(document_.state().objects.contains(kCar));
}

TEST_F(EditCommands, StepsOfAPlanAreCommands) {
  ASSERT_TRUE(run(R"({"op": "select", "targets": [6]})").ok());
  EXPECT_EQ(document_.state().selection, ObjectIds{kTower});
  ASSERT_TRUE(run(R"({"op": "rotate", "targets": [1], "angle": 30})").ok());
  ASSERT_TRUE(run(R"({"op": "remove", "targets": [3]})").ok());
  ASSERT_TRUE(run(R"({"op": "undo", "steps": 2, "targets": []})").ok());
  EXPECT_TRUE(document_.state().objects.empty());
  EXPECT_FALSE(run(R"({"op": "weather", "weather": "frogs", "targets": []})").ok());
  EXPECT_FALSE(run(R"({"op": 3})").ok());
  EXPECT_FALSE(run(R"({"op": "remove", "targets": [77]})").ok());
  EXPECT_FALSE(run(R"({"op": "scale", "targets": [1], "factor": [1, 1, 0]})").ok());
}

TEST_F(EditCommands, CopiesStandBesideTheirOriginalAndAreSelected) {
  ASSERT_TRUE(run(R"({"command": "edit.duplicate", "targets": [6], "count": 2})").ok());
  ASSERT_EQ(document_.state().selection, (ObjectIds{7, 8}));
  EXPECT_EQ(document_.state().objects.at(7).offset, glm::dvec3(14, 0, 0)) << "12 m wide and 2 m between";
  EXPECT_EQ(document_.state().objects.at(8).offset, glm::dvec3(28, 0, 0));
}

TEST_F(EditCommands, ASavedSelectionComesBackWithoutWhatWasRemoved) {
  ASSERT_TRUE(run(R"({"command": "select.object", "ids": [1, 2, 3]})").ok());
  ASSERT_TRUE(run(R"({"command": "select.save", "name": "row"})").ok());
  ASSERT_TRUE(run(R"({"command": "select.none"})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.remove", "targets": [2]})").ok());
  ASSERT_TRUE(run(R"({"command": "select.saved", "name": "row"})").ok());
  EXPECT_EQ(document_.state().selection, (ObjectIds{1, 3}));
  EXPECT_FALSE(run(R"({"command": "select.saved", "name": "column"})").ok());
  ASSERT_TRUE(run(R"({"command": "select.next"})").ok());
  EXPECT_EQ(document_.state().selection, ObjectIds{4});
  ASSERT_TRUE(run(R"({"command": "select.object", "ids": [1]})").ok());
  ASSERT_TRUE(run(R"({"command": "select.next"})").ok());
  EXPECT_EQ(document_.state().selection, ObjectIds{3}) << "removed objects are passed over";
}

}  // namespace
}  // namespace skyline::editor
