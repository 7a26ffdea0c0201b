// Light, season, weather and style in the session without a window.
#include "app/desktop/edit_words.h"
#include "tests/desktop/session_fixture.h"

namespace skyline::app::desktop {
namespace {

class SessionEffects : public SessionFixture {
 protected:
  SessionEffects() {
    begin();
    session_->open(city());
    EXPECT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  }
  bool comes_to_rest() {
    return becomes([&] {
      const auto picture = session_->picture();
      return picture && picture->stage == renderer::Stage::kConverged &&
             picture->request == renderer_->look(session_->view_request(kWidth, kHeight));
    });
  }
};

TEST_F(SessionEffects, EachChangesThePictureAndUndoGivesTheFirstOneAgain) {
  ASSERT_TRUE(comes_to_rest());
  const auto before = session_->picture()->pixels;
  for (const char* const line :
       {R"({"command": "edit.season", "season": "winter", "strength": 1})", R"({"command": "edit.weather", "weather": "fog"})",
        R"({"command": "edit.time_of_day", "time": "night"})", R"({"command": "edit.style", "style": "comic"})"}) {
    ASSERT_TRUE(run(line).ok()) << line;
    ASSERT_TRUE(comes_to_rest());
    EXPECT_NE(session_->picture()->pixels, before) << line;
    ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
    ASSERT_TRUE(comes_to_rest());
    EXPECT_EQ(session_->picture()->pixels, before) << line;
  }
}

TEST_F(SessionEffects, HaveNamesInTheHistory) {
  ASSERT_TRUE(run(R"({"command": "edit.season", "season": "winter"})").ok());
  ASSERT_TRUE(run(R"({"command": "edit.style", "style": "van_gogh", "targets": [208]})").ok());
  const auto history = session_->document()->history();
  EXPECT_EQ(gesture_title(*session_, history[0]), "Winter");
  EXPECT_EQ(gesture_detail(*session_, history[0]), "60 %");
  EXPECT_EQ(gesture_title(*session_, history[1]), "Van Gogh of Saint Martin's Church");
  session_->preferences.language = "zh";
  EXPECT_EQ(gesture_title(*session_, history[0]), "冬");
}

TEST_F(SessionEffects, AStrengthIsSeenBeforeItIsDone) {
  ASSERT_TRUE(run(R"({"command": "edit.season", "season": "winter", "strength": 1})").ok());
  ASSERT_TRUE(comes_to_rest());
  const auto full = session_->picture()->pixels;
  session_->show_pending(editor::SetEffectStrength{1, 0.1});
  ASSERT_TRUE(comes_to_rest());
  EXPECT_NE(session_->picture()->pixels, full);
  EXPECT_EQ(session_->document()->history().size(), 1U);
  session_->show_pending({});
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(session_->picture()->pixels, full);
}

}  // namespace
}  // namespace skyline::app::desktop
