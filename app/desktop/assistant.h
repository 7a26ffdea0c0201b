// The assistant: what was typed, what it was taken to mean, its preview, and what came of earlier sentences. Belongs to a session; no Dear
// ImGui in here, so that scripts and tests talk to it without a window. The panel (panel_assistant.cpp) shows it.
//
//   assistant.write("remove the tallest tower");   // at every key; read after a pause
//   assistant.update();                            // once a frame: asks, takes answers, begins the preview
//   assistant.enter();                             // shows the preview; when that is shown, applies it as one gesture
//
// Nothing is in the document before `apply`. An answer to a sentence that was changed since is dropped. When the document changes under a
// plan (undo, an edit by hand), the sentence is read again.
#pragma once

#include "app/desktop/sentence_reader.h"
#include "core/result.h"
#include "models/language/interpreter/interpreter.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

class Session;

// A sentence that was entered, for the list in the panel.
struct SaidSentence {
  enum class Outcome : std::uint8_t { kApplied, kAnswered, kAsked, kRefused, kGivenUp };
  std::string sentence;
  Outcome outcome = Outcome::kApplied;
  std::string reply;  // what the program said
};

// Objects that some words stand for: outlined in the view in the colour that the words are underlined in.
struct Mark {
  std::vector<std::int32_t> ids;
  int reference = 0;  // counts the references of the sentence from 0
  int number = 0;     // of a candidate, from 1; 0: none
};

// How the view is parted while a plan is previewed.
enum class PreviewSide : std::uint8_t { kBoth, kBefore, kAfter };

class Assistant {
 public:
  // `wake`: called from another thread when there is an answer.
  Assistant(Session& session, std::function<void()> wake);
  ~Assistant();
  // Before the first sentence. Without one, `problem` says that there is none.
  void set_engine(EngineMaker maker);

  // What stands in the field.
  const std::string& text() const { return text_; }
  void write(const std::string& text);
  // Asks at once instead of after the pause.
  void hurry();
  void update();
  // The sentence is to be read, or is being read.
  bool waiting() const;
  // Why no sentence can be read; empty: they can.
  const std::string& problem() const { return problem_; }

  // The plan of the text; null: nothing was typed, or it is not read yet. Of a question that was asked, the plan with its candidates.
  const models::Plan* plan() const { return answer_ ? &answer_->read.plan : nullptr; }
  const models::Reading* reading() const { return answer_ ? &answer_->read.reading : nullptr; }
  // The sentence that `plan` is of; it stays until the next one is read.
  const std::string& planned_sentence() const;
  // The scene in which the plan's references were resolved; null without a plan.
  const models::SceneView* scene() const { return answer_ ? answer_->scene.get() : nullptr; }
  std::vector<Mark> marks() const;
  // Number of the reference that a span is; -1: it is none.
  int reference_of(const models::Span& span) const;

  // The plan as a form.
  void set_step(std::size_t index, models::PlanStep step);
  void remove_step(std::size_t index);
  // Takes one of the readings of an ambiguous sentence.
  void choose(std::size_t candidate);
  // The same by an object in the view; false: no reading of a question is about it alone.
  bool choose_object(std::int32_t id);

  // There are steps that would change the scene, the camera, or write a file.
  bool has_effect() const;
  // Why `apply` would do nothing; empty: it would.
  const std::string& obstacle() const { return obstacle_; }
  bool previewing() const { return previewing_; }
  // Nothing more happens to the plan by itself.
  bool settled() const { return settled_ || (answer_ && answer_->read.plan.status != models::Plan::Status::kOk); }
  void begin_preview();
  void end_preview();
  // The key Enter in the field. True: something was applied or answered, and the field is free for the next sentence.
  bool enter();
  core::Status apply();
  // Ends preview and plan; the text goes to the list.
  void cancel();

  const std::vector<SaidSentence>& said() const { return said_; }
  // An earlier sentence into the field: -1 the one before, 1 the one after. Empty at the end.
  const std::string& recall(int direction);

  PreviewSide side = PreviewSide::kBoth;
  double wipe = 0.5;         // share of the picture's width left of which the scene is as it is
  bool wants_focus = false;  // the panel gives the keyboard to its field

  // What was said belongs to a scene.
  void forget();

 private:
  void ask();
  void take(SentenceAnswer answer);
  void refresh_preview();
  void place_wipe();
  void keep_turn();
  void list(SaidSentence::Outcome outcome, const std::string& reply);
  void finish();
  bool changes_picture() const;
  core::Status run_steps(const models::Plan& plan, const std::string& sentence);

  Session& session_;
  std::function<void()> wake_;
  EngineMaker maker_;
  std::unique_ptr<SentenceReader> reader_;
  std::string problem_, obstacle_;

  std::string text_, asked_text_;
  double changed_at_ = 0;  // seconds of the session
  std::uint64_t number_ = 0, asked_version_ = 0;
  bool unread_ = false;       // the text changed since it was asked about
  bool reading_ = false;      // an answer is on its way
  bool enter_waits_ = false;  // Enter came before the answer
  std::optional<SentenceAnswer> answer_;
  bool settled_ = false;  // the plan was entered or previewed by itself already
  bool previewing_ = false;

  models::Situation memory_;          // what was said before and what it was about; no scene
  std::uint64_t memory_version_ = 0;  // of the document after the last turn
  std::vector<SaidSentence> said_;
  std::size_t recalled_ = 0;
};

// Row of the command table that a step is an invocation of; null: there is none.
const editor::Command* command_of_step(const models::PlanStep& step);
nlohmann::json steps_json(const std::vector<models::PlanStep>& steps);

}  // namespace skyline::app::desktop
