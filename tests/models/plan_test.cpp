// Plans as JSON.
#include "models/language/interpreter/plan.h"

#include <gtest/gtest.h>

namespace skyline::models {
namespace {

TEST(PlanStepJson, KeepsEveryMember) {
  const nlohmann::json line = {{"op", "rotate"}, {"targets", {3, 7}}, {"angle", 30.5}};
  const auto step = plan_step_from_json(line);
  ASSERT_TRUE(step.ok()) << step.error().message();
  EXPECT_EQ(step->targets, (std::vector<std::int32_t>{3, 7}));
  EXPECT_EQ(to_json(*step), line);
}

TEST(PlanStepJson, NamesWhatIsWrong) {
  EXPECT_FALSE(plan_step_from_json({{"targets", {1}}}).ok());
  EXPECT_FALSE(plan_step_from_json({{"op", "hide"}, {"targets", "all"}}).ok());
  EXPECT_FALSE(plan_step_from_json({{"op", "hide"}, {"targets", {"one"}}}).ok());
}

}  // namespace
}  // namespace skyline::models
