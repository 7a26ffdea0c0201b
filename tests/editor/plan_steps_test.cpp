// That a plan is one gesture: all of it or nothing, previewed without a trace, taken back by one undo, kept with its sentence.
#include "editor/plan_steps.h"

#include "editor/project.h"
#include "tests/editor/small_town.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace skyline::editor {
namespace {

using namespace testing;
using nlohmann::json;

const json kTwoSteps = json::parse(R"([{"op": "move", "targets": [1], "offset": [5, 0, 0]}, {"op": "remove", "targets": [6]}])");

TEST(PlanSteps, AreOneGestureThatOneUndoTakesBack) {
  Document document(small_town());
  const std::uint64_t before = document.hash();
  ASSERT_TRUE(apply_steps(document, kTwoSteps, "move the house 5 m east, then remove the tower").ok());
  ASSERT_EQ(document.history().size(), 1U);
  EXPECT_EQ(document.history().front().operations.size(), 2U);
  EXPECT_EQ(document.history().front().sentence, "move the house 5 m east, then remove the tower");
  EXPECT_TRUE(document.state().objects.at(kTower).removed);
  ASSERT_TRUE(document.undo().ok());
  EXPECT_EQ(document.hash(), before);
}

TEST(PlanSteps, APreviewIsTheStateThatTheyLeadToAndLeavesTheDocumentAlone) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, 10}).ok());
  const std::uint64_t log = document.log_hash(), version = document.version();
  const auto state = state_after(document, kTwoSteps);
  ASSERT_TRUE(state.ok()) << state.error().message();
  EXPECT_EQ(document.log_hash(), log);
  EXPECT_EQ(document.version(), version);
  ASSERT_TRUE(apply_steps(document, kTwoSteps, "").ok());
  EXPECT_EQ(hash_of(*state), document.hash());
}

TEST(PlanSteps, OfWhichOneIsImpossibleChangeNothing) {
  Document document(small_town());
  for (const char* const steps : {R"([{"op": "remove", "targets": [1]}, {"op": "remove", "targets": [1]}])",
                                  R"([{"op": "remove", "targets": [1]}, {"op": "levitate", "targets": [6]}])",
                                  R"([{"op": "remove", "targets": [1]}, {"targets": [6]}])", R"({"op": "remove"})", "7"}) {
    const auto applied = apply_steps(document, json::parse(steps), "");
    ASSERT_FALSE(applied.ok()) << steps;
    EXPECT_FALSE(applied.error().message().empty());
    EXPECT_EQ(document.log_size(), 0) << steps;
  }
}

TEST(PlanSteps, ACorrectionUndoesTheFormerGestureAndIsItsOwn) {
  Document document(small_town());
  ASSERT_TRUE(apply_steps(document, json::parse(R"([{"op": "rotate", "targets": [1], "angle": 30}])"), "turn the house 30 degrees").ok());
  const json correction = json::parse(R"([{"op": "undo", "steps": 1, "targets": []}, {"op": "rotate", "targets": [1], "angle": 45}])");
  ASSERT_TRUE(apply_steps(document, correction, "actually 45").ok());
  ASSERT_EQ(document.history().size(), 1U);
  EXPECT_EQ(document.history().front().sentence, "actually 45");
  EXPECT_EQ(document.state().objects.at(kHouse).yaw_deg, 45);
}

TEST(PlanSteps, ThatAskOrLookChangeNoDocument) {
  Document document(small_town());
  const json steps =
      json::parse(R"([{"op": "query", "what": "count", "targets": [1]}, {"op": "camera", "action": "goto", "targets": [1]}])");
  ASSERT_TRUE(apply_steps(document, steps, "how many houses are there?").ok());
  EXPECT_EQ(document.log_size(), 0);
}

TEST(PlanSteps, TheirSentenceIsKeptInTheProjectAndItsCopies) {
  const skyline::testing::TemporaryFolder folder;
  const auto path = folder.path() / "town.skyproj", copied = folder.path() / "copy.skyproj";
  const SceneReference scene{folder.path() / "town.sky", "0123456789abcdef"};
  std::uint64_t hash = 0;
  {
    auto project = Project::create(path, scene);
    ASSERT_TRUE(project.ok());
    Document document(small_town());
    project->keep(document);
    ASSERT_TRUE(document.apply(Move{{kHouse}, {1, 0, 0}}).ok());
    ASSERT_TRUE(apply_steps(document, json::parse(R"([{"op": "remove", "targets": [6]}])"), "移除最高的塔楼").ok());
    ASSERT_TRUE(document.apply(Move{{kHouse}, {1, 0, 0}}).ok());
    hash = document.log_hash();
    ASSERT_TRUE(project->copy_to(copied).ok());
  }
  for (const auto& file : {path, copied}) {
    const auto project = Project::open(file, Project::Access::kRead);
    ASSERT_TRUE(project.ok());
    Document document(small_town());
    ASSERT_TRUE(project->load(document).ok());
    EXPECT_EQ(document.log_hash(), hash);
    ASSERT_EQ(document.history().size(), 3U);
    EXPECT_EQ(document.history()[0].sentence, "");
    EXPECT_EQ(document.history()[1].sentence, "移除最高的塔楼");
    EXPECT_EQ(document.history()[2].sentence, "");
  }
}

}  // namespace
}  // namespace skyline::editor
