// That what the assistant suggests makes sense in the scene: the rule engine reads each sentence without a question.
#include "app/desktop/suggestions.h"

#include "app/desktop/assistant.h"
#include "tests/desktop/session_fixture.h"

namespace skyline::app::desktop {
namespace {

class Suggestions : public SessionFixture, public ::testing::WithParamInterface<const char*> {};

TEST_P(Suggestions, AreUnderstoodFromEveryBookmark) {
  begin();
  preferences_.language = GetParam();
  session_->open(city());
  ASSERT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  auto engine = models::make_rule_interpreter();
  ASSERT_TRUE(engine.ok()) << engine.error().message();
  models::Situation situation;
  situation.scene = std::make_shared<models::SceneView>(models::scene_view_of({}, session_->document()->scene()));
  int sentences = 0;
  for (const city::Bookmark& bookmark : session_->bookmarks) {
    const editor::Pose pose = editor::pose_of(bookmark.camera);
    situation.camera = models::Viewpoint{pose.position, pose.yaw_deg, pose.pitch_deg};
    for (const std::string& sentence : suggested_sentences(*session_, editor::camera_of(pose, 640, 400))) {
      ++sentences;
      const models::Plan plan = (*engine)->interpret(sentence, situation).plan;
      EXPECT_EQ(plan.status, models::Plan::Status::kOk) << sentence << ": " << plan.question << plan.reason;
      EXPECT_FALSE(plan.steps.empty()) << sentence;
    }
  }
  EXPECT_GE(sentences, 3);
}

INSTANTIATE_TEST_SUITE_P(Languages, Suggestions, ::testing::Values("en", "zh"),
                         [](const auto& language) { return std::string(language.param); });

}  // namespace
}  // namespace skyline::app::desktop
