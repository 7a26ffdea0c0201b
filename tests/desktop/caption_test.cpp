// Captions in a session: by command, by themselves, of the object that is selected; what they were made of decides when they are made anew.
#include "app/desktop/captions.h"
#include "tests/desktop/session_fixture.h"

#include <algorithm>

namespace skyline::app::desktop {
namespace {

class SessionCaptions : public SessionFixture {
 protected:
  SessionCaptions() {
    begin();
    session_->open(city());
    EXPECT_TRUE(becomes([&] { return session_->scene && session_->picture(); }));
  }
  bool described() {
    return becomes([&] { return !session_->captions->working() && session_->captions->caption() != nullptr; });
  }
};

TEST_F(SessionCaptions, TheViewIsDescribedInTheLanguageOfTheInterface) {
  ASSERT_TRUE(run(R"({"command": "caption.view"})"));
  EXPECT_TRUE(session_->window.panels["caption"]);
  ASSERT_TRUE(described());
  EXPECT_NE(session_->captions->caption()->text.find("above the ground, looking"), std::string::npos)
      << session_->captions->caption()->text;
  EXPECT_GE(session_->captions->caption()->statements.size(), 4U);
  ASSERT_TRUE(run(R"({"command": "view.language", "language": "zh"})"));
  EXPECT_NE(session_->captions->caption()->text.find("从离地"), std::string::npos) << session_->captions->caption()->text;
}

TEST_F(SessionCaptions, TheObjectIsTheOneSelectedLast) {
  EXPECT_FALSE(run(R"({"command": "caption.object"})"));
  const auto& objects = session_->scene->info.objects.objects();
  const auto named = std::find_if(objects.begin(), objects.end(),
                                  [](const city::Object& object) { return !object.name.empty() && !object.footprint.empty(); });
  ASSERT_NE(named, objects.end());
  session_->select({named->id});
  ASSERT_TRUE(run(R"({"command": "caption.object"})"));
  ASSERT_TRUE(described());
  EXPECT_TRUE(session_->captions->caption()->text.starts_with(named->name + " is a")) << session_->captions->caption()->text;
  // Of another object nothing was said yet.
  session_->captions->automatic = false;
  session_->select({objects.front().id == named->id ? objects.back().id : objects.front().id});
  EXPECT_EQ(session_->captions->caption(), nullptr);
}

TEST_F(SessionCaptions, AnOpenPanelDescribesByItselfWhatHasComeToRest) {
  EXPECT_FALSE(becomes([&, frames = 0]() mutable { return session_->captions->caption() != nullptr || ++frames > 40; }) &&
               session_->captions->caption() != nullptr);
  session_->window.panels["caption"] = true;
  ASSERT_TRUE(described());
  EXPECT_TRUE(becomes([&] { return !session_->captions->working() && !session_->captions->stale(); }));
  const std::string before = session_->captions->caption()->text;
  // A selection is no other view.
  session_->select({session_->scene->info.objects.objects().front().id});
  EXPECT_FALSE(session_->captions->stale());
  ASSERT_TRUE(run(R"({"command": "camera.top"})"));
  EXPECT_TRUE(becomes([&] { return session_->captions->caption() != nullptr && session_->captions->caption()->text != before; }));
}

TEST_F(SessionCaptions, CopyPutsTheSentencesOnTheClipboard) {
  EXPECT_FALSE(run(R"({"command": "caption.copy"})"));
  ASSERT_TRUE(run(R"({"command": "caption.view"})"));
  ASSERT_TRUE(described());
  ASSERT_TRUE(run(R"({"command": "caption.copy"})"));
  EXPECT_EQ(session_->window.clipboard, session_->captions->caption()->text);
}

TEST_F(SessionCaptions, CaptionsGoWithTheirScene) {
  ASSERT_TRUE(run(R"({"command": "caption.view"})"));
  session_->close_scene();
  becomes([&] { return session_->jobs.idle(); });
  EXPECT_EQ(session_->captions->caption(), nullptr);
}

}  // namespace
}  // namespace skyline::app::desktop
