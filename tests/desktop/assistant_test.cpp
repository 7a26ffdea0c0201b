// The assistant in a session without a window, with an engine whose answers the test knows: what is typed is previewed beside the scene as
// it is, applied as one gesture, and never done silently.
#include "app/desktop/assistant.h"

#include "city/polygon.h"
#include "tests/desktop/session_fixture.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

namespace skyline::app::desktop {
namespace {

using models::Interpretation;
using models::Plan;
using models::PlanStep;
using models::Situation;

// Answers the sentences that it was taught.
class TaughtEngine final : public models::Interpreter {
 public:
  using Answer = std::function<Plan(const Situation&)>;
  explicit TaughtEngine(std::shared_ptr<std::map<std::string, Answer>> answers) : answers_(std::move(answers)) {}
  std::string_view name() const override { return "taught"; }
  Interpretation interpret(std::string_view sentence, const Situation& situation) const override {
    const auto found = answers_->find(std::string(sentence));
    if (found != answers_->end()) return {{}, found->second(situation)};
    Plan plan;
    plan.reason = "I was not taught this";
    return {{}, plan};
  }

 private:
  std::shared_ptr<std::map<std::string, Answer>> answers_;
};

std::int32_t tallest_of(const city::Catalogue& catalogue) {
  const city::Object* tallest = nullptr;
  for (const city::Object& object : catalogue.objects()) {
    if (object.footprint.empty() || !city::is_a(object.object_class, city::ObjectClass::kBuilding)) continue;
    if (tallest == nullptr || object.height > tallest->height) tallest = &object;
  }
  return tallest->id;
}

std::int32_t tallest_of(const Situation& situation) { return tallest_of(situation.scene->catalogue()); }

Plan plan_of(std::vector<PlanStep> steps, std::string reply) {
  Plan plan;
  plan.status = Plan::Status::kOk;
  plan.steps = std::move(steps);
  plan.reply = std::move(reply);
  return plan;
}

constexpr const char* kRemove = "remove the tallest building";
constexpr const char* kRemoveMany = "remove all buildings";
constexpr const char* kWhich = "remove the building";
constexpr const char* kHowTall = "how tall is it?";

class AssistantInSession : public SessionFixture {
 protected:
  AssistantInSession() {
    begin();
    (*answers_)[kRemove] = [](const Situation& s) {
      const std::int32_t id = tallest_of(s);
      Plan plan = plan_of({{"remove", {id}}}, "Remove it.");
      plan.spans = {{"the tallest building", 7, 27, "targets", {id}}};
      return plan;
    };
    (*answers_)[kRemoveMany] = [](const Situation& s) {
      Plan plan = plan_of({{"remove", {tallest_of(s)}}}, "Remove them.");
      plan.preview = true;
      return plan;
    };
    (*answers_)[kWhich] = [](const Situation& s) {
      Plan plan;
      plan.status = Plan::Status::kAsk;
      plan.question = "Which one?";
      const auto& objects = s.scene->catalogue().objects();
      for (const std::int32_t id : {tallest_of(s), objects.front().id}) plan.candidates.push_back({{id}, {{"remove", {id}}}, "that one"});
      return plan;
    };
    (*answers_)[kHowTall] = [this](const Situation& s) {
      turns_seen_ = s.turns.size();
      it_seen_ = s.it;
      return plan_of({{"query", {tallest_of(s)}, {{"what", "height"}, {"answer", 84}}}}, "84 m.");
    };
    session_->assistant->set_engine([answers = answers_]() -> core::Result<std::unique_ptr<models::Interpreter>> {
      return std::unique_ptr<models::Interpreter>(std::make_unique<TaughtEngine>(answers));
    });
    session_->open(city());
    EXPECT_TRUE(becomes([&] { return session_->scene && !session_->loading(); }));
  }

  Assistant& assistant() { return *session_->assistant; }
  editor::Document& document() { return *session_->document(); }

  bool comes_to_rest() {
    return becomes([&] { return session_->jobs.idle() && !session_->animating() && session_->pictures.complete(); });
  }
  // Written, read, and settled.
  bool says(const std::string& sentence) {
    assistant().write(sentence);
    return becomes([&] { return assistant().plan() != nullptr && !assistant().waiting() && assistant().planned_sentence() == sentence; });
  }
  void look_at_tallest() {
    const std::int32_t id = tallest_of(session_->scene->info.objects);
    session_->navigator.jump(session_->navigator.frame(session_->box_of(*session_->find_object(id))));
  }

  std::shared_ptr<std::map<std::string, TaughtEngine::Answer>> answers_ = std::make_shared<std::map<std::string, TaughtEngine::Answer>>();
  std::atomic<std::size_t> turns_seen_{0};
  std::vector<std::int32_t> it_seen_;
};

// Columns and rows that an object covers in a picture, and a few around.
struct Extent {
  int left = 1 << 30, right = -1, top = 1 << 30, bottom = -1;
  void add(int column, int row) {
    left = std::min(left, column), right = std::max(right, column), top = std::min(top, row), bottom = std::max(bottom, row);
  }
};
Extent extent_of(const city::Object& object, const core::Camera& camera) {
  Extent extent;
  for (const glm::dvec2& corner : object.footprint) {
    for (const double z : {object.base, object.base + object.height}) {
      glm::dvec2 pixel;
      if (core::project(camera, {corner, z}, pixel)) extent.add(static_cast<int>(pixel.x), static_cast<int>(pixel.y));
    }
  }
  return extent;
}
Extent difference_of(const renderer::Frame& a, const renderer::Frame& b) {
  Extent changed;
  for (int row = 0; row < a.height; ++row) {
    for (int column = 0; column < a.width; ++column) {
      const auto at = 4 * static_cast<std::ptrdiff_t>(row * a.width + column);
      if (!std::equal(a.pixels.begin() + at, a.pixels.begin() + at + 3, b.pixels.begin() + at)) changed.add(column, row);
    }
  }
  return changed;
}

TEST_F(AssistantInSession, PreviewsBesideTheSceneAsItIsAndTheDocumentDoesNotKnow) {
  look_at_tallest();
  ASSERT_TRUE(comes_to_rest());
  const auto first = session_->picture();
  const std::uint64_t log = document().log_hash();
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(document().log_hash(), log);
  const auto after = session_->pictures.shown(), before = session_->pictures.before();
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->pixels, first->pixels);
  const city::Object& target = *session_->scene->info.objects.find(assistant().plan()->steps[0].targets[0]);
  const Extent changed = difference_of(*before, *after), covered = extent_of(target, after->camera);
  EXPECT_GE(changed.right, changed.left) << "nothing changed";
  constexpr int kSoftEdge = 4;  // pixels
  EXPECT_GE(changed.left, covered.left - kSoftEdge);
  EXPECT_LE(changed.right, covered.right + kSoftEdge);
  EXPECT_GE(changed.top, covered.top - kSoftEdge);
  EXPECT_LE(changed.bottom, covered.bottom + kSoftEdge);
}

TEST_F(AssistantInSession, AppliesOneGestureWithItsSentenceAndUndoGivesTheFirstPictureAgain) {
  look_at_tallest();
  ASSERT_TRUE(comes_to_rest());
  const auto first = session_->picture()->pixels;
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  ASSERT_TRUE(comes_to_rest());
  const auto previewed = session_->pictures.shown()->pixels;
  EXPECT_TRUE(assistant().enter());
  EXPECT_TRUE(assistant().text().empty());
  ASSERT_EQ(document().history().size(), 1U);
  EXPECT_EQ(document().history().front().sentence, kRemove);
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(session_->picture()->pixels, previewed);
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  ASSERT_TRUE(comes_to_rest());
  EXPECT_EQ(session_->picture()->pixels, first);
  ASSERT_FALSE(assistant().said().empty());
  EXPECT_EQ(assistant().said().back().outcome, SaidSentence::Outcome::kApplied);
  EXPECT_EQ(session_->log.errors(), 0U);
}

TEST_F(AssistantInSession, EndsThePreviewWhenTheSentenceIsEditedOrGivenUp) {
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  EXPECT_FALSE(session_->edits->state().objects.empty());
  assistant().write("remove the tallest buildin");
  EXPECT_FALSE(assistant().previewing());
  EXPECT_TRUE(session_->edits->state().objects.empty());
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  assistant().cancel();
  EXPECT_FALSE(assistant().previewing());
  EXPECT_TRUE(session_->edits->state().objects.empty());
  EXPECT_EQ(document().log_size(), 0);
}

TEST_F(AssistantInSession, ShowsWhatTakesMuchAwayBeforeItAppliesIt) {
  ASSERT_TRUE(says(kRemoveMany));
  const double begin = session_->now();
  ASSERT_TRUE(becomes([&] { return session_->now() - begin > 0.8; }));
  EXPECT_FALSE(assistant().previewing()) << "it is not shown unasked";
  EXPECT_FALSE(assistant().enter());
  EXPECT_TRUE(assistant().previewing());
  EXPECT_EQ(document().log_size(), 0);
  EXPECT_TRUE(assistant().enter());
  EXPECT_EQ(document().log_size(), 1);
}

TEST_F(AssistantInSession, AnEnterBeforeTheAnswerShowsAndDoesNotApply) {
  assistant().write(kRemove);
  EXPECT_FALSE(assistant().enter());
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  EXPECT_EQ(document().log_size(), 0);
}

TEST_F(AssistantInSession, DropsTheAnswerToASentenceThatWasChangedAndNeverWaitsForTheEngine) {
  std::mutex mutex;
  std::condition_variable news;
  bool begun = false, released = false;
  (*answers_)["slow"] = [&](const Situation& s) {
    std::unique_lock lock(mutex);
    begun = true;
    news.notify_all();
    news.wait(lock, [&] { return released; });
    return plan_of({{"remove", {s.scene->catalogue().objects().front().id}}}, "slow");
  };
  assistant().write("slow");
  // Frames go on while the engine thinks.
  ASSERT_TRUE(becomes([&] {
    const std::lock_guard lock(mutex);
    return begun;
  }));
  assistant().write(kHowTall);
  for (int frame = 0; frame < 50; ++frame) session_->update(0.016, kWidth, kHeight);
  {
    const std::lock_guard lock(mutex);
    released = true;
  }
  news.notify_all();
  ASSERT_TRUE(becomes([&] {
    EXPECT_TRUE(assistant().plan() == nullptr || assistant().plan()->reply != "slow");
    return assistant().plan() != nullptr && !assistant().waiting();
  }));
  EXPECT_EQ(assistant().plan()->reply, "84 m.");
}

TEST_F(AssistantInSession, AsksWhichOneAndTakesTheOneThatIsClicked) {
  ASSERT_TRUE(says(kWhich));
  EXPECT_EQ(assistant().marks().size(), 2U);
  EXPECT_EQ(assistant().marks()[1].number, 2);
  EXPECT_FALSE(assistant().has_effect());
  const std::int32_t second = assistant().plan()->candidates[1].ids[0];
  EXPECT_FALSE(assistant().choose_object(1 << 20));
  EXPECT_TRUE(assistant().choose_object(second));
  EXPECT_TRUE(assistant().previewing());
  EXPECT_TRUE(assistant().enter());
  EXPECT_TRUE(document().state().objects.at(second).removed);
}

TEST_F(AssistantInSession, MarksEachReferenceInAColourOfItsOwn) {
  (*answers_)["move the tower to the church"] = [](const Situation& s) {
    const std::int32_t other = s.scene->catalogue().objects().front().id;
    Plan plan = plan_of({{"move", {tallest_of(s)}, {{"offset", {5, 0, 0}}}}}, "");
    plan.spans = {{"move", 0, 4, "op", {}},
                  {"the tower", 5, 14, "targets", {tallest_of(s)}},
                  {"to the church", 15, 28, "place", {other}},
                  {"the church", 18, 28, "targets", {other}}};
    return plan;
  };
  ASSERT_TRUE(says("move the tower to the church"));
  const auto& spans = assistant().plan()->spans;
  EXPECT_EQ(assistant().reference_of(spans[0]), -1);
  EXPECT_EQ(assistant().reference_of(spans[1]), 0);
  EXPECT_EQ(assistant().reference_of(spans[2]), 1);
  EXPECT_EQ(assistant().reference_of(spans[3]), 1);
  ASSERT_EQ(assistant().marks().size(), 2U);
  EXPECT_EQ(assistant().marks()[1].ids, spans[2].ids);
}

TEST_F(AssistantInSession, AnswersWithoutATraceAndRemembersWhatWasSaid) {
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  const std::int32_t removed = assistant().plan()->steps[0].targets[0];
  ASSERT_TRUE(assistant().enter());
  ASSERT_TRUE(says(kHowTall));
  EXPECT_EQ(turns_seen_, 1U);
  EXPECT_TRUE(std::find(it_seen_.begin(), it_seen_.end(), removed) == it_seen_.end()) << "it is gone";
  EXPECT_TRUE(assistant().enter());
  EXPECT_EQ(document().history().size(), 1U);
  EXPECT_EQ(assistant().said().back().outcome, SaidSentence::Outcome::kAnswered);
  EXPECT_EQ(assistant().recall(-1), kHowTall);
  EXPECT_EQ(assistant().recall(-1), kRemove);
  EXPECT_EQ(assistant().recall(1), kHowTall);
}

TEST_F(AssistantInSession, ReadsAgainWhatTheDocumentHasOvertaken) {
  ASSERT_TRUE(says(kRemove));
  ASSERT_TRUE(becomes([&] { return assistant().previewing(); }));
  const std::int32_t first = assistant().plan()->steps[0].targets[0];
  ASSERT_TRUE(document().apply(editor::Remove{{first}}).ok());
  session_->update(0.016, kWidth, kHeight);
  ASSERT_TRUE(becomes([&] { return assistant().plan() != nullptr && !assistant().waiting() && assistant().previewing(); }));
  EXPECT_NE(assistant().plan()->steps[0].targets[0], first);
  EXPECT_TRUE(assistant().obstacle().empty()) << assistant().obstacle();
}

TEST_F(AssistantInSession, APlanThatIsEditedIsDoneAsItStands) {
  (*answers_)["turn it"] = [](const Situation& s) {
    return plan_of({{"rotate", {tallest_of(s)}, {{"angle", 30}}}, {"remove", {tallest_of(s)}}}, "");
  };
  ASSERT_TRUE(says("turn it"));
  const std::int32_t target = assistant().plan()->steps[0].targets[0];
  PlanStep step = assistant().plan()->steps[0];
  step.arguments["angle"] = 45;
  assistant().set_step(0, step);
  assistant().remove_step(1);
  assistant().begin_preview();
  EXPECT_EQ(session_->edits->state().objects.at(target).yaw_deg, 45);
  ASSERT_TRUE(assistant().apply().ok());
  EXPECT_EQ(document().state().objects.at(target).yaw_deg, 45);
  EXPECT_FALSE(document().state().objects.at(target).removed);
}

TEST_F(AssistantInSession, WhatCannotBeDoneIsSaidBeforeAnybodyAppliesIt) {
  (*answers_)["levitate"] = [](const Situation& s) { return plan_of({{"levitate", {tallest_of(s)}}}, ""); };
  ASSERT_TRUE(says("levitate"));
  EXPECT_FALSE(assistant().obstacle().empty());
  EXPECT_FALSE(assistant().apply().ok());
  EXPECT_EQ(document().log_size(), 0);
}

}  // namespace
}  // namespace skyline::app::desktop
