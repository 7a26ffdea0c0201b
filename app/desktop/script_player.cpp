#include "app/desktop/script_player.h"

#include "app/desktop/assistant.h"
#include "app/desktop/desktop_window.h"

#include <imgui.h>
#include <nlohmann/json.hpp>

#include <variant>

namespace skyline::app::desktop {
namespace {

constexpr double kLongestWait_s = 600;

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

// A plan, question or refusal is there; where it is previewed by itself, both pictures are.
bool has_plan(const Session& session) {
  const Assistant& assistant = *session.assistant;
  if (!assistant.problem().empty()) return true;
  return assistant.plan() != nullptr && !assistant.waiting() && assistant.settled() &&
         (!assistant.previewing() || session.pictures.complete());
}

bool reached(const Session& session, editor::WaitFor::What what, std::uint64_t version_before) {
  const auto picture = session.picture();
  switch (what) {
    case editor::WaitFor::What::kConverged:
      // Of what is asked for now: on a busy machine what was shown before may still stand there.
      return session.scene && !session.animating() && picture && picture->stage == renderer::Stage::kConverged &&
             session.pictures.complete();
    case editor::WaitFor::What::kScene:
      return session.scene && picture;
    case editor::WaitFor::What::kTraining:
      return !session.training_runs();
    case editor::WaitFor::What::kJobs:
      return session.jobs.idle();
    case editor::WaitFor::What::kPlan:
      return has_plan(session);
    case editor::WaitFor::What::kEdit:
      return session.document() != nullptr && session.document()->version() != version_before;
  }
  return true;
}

}  // namespace

void ScriptPlayer::advance(Session& session, DesktopWindow& window) {
  if (next_ == steps_.size()) return;
  const editor::ScriptStep& step = steps_[next_];
  if (!begun_) {
    // Widgets answer a frame or two after what was done to them.
    if (settled_ < kSettlingFrames) return;
    begun_ = true;
    settled_ = 0;
    begin_ = std::chrono::steady_clock::now();
    // An edit counts from the step before on: it may come while that one ends.
    version_before_ = begun_version_;
    begun_version_ = session.document() != nullptr ? session.document()->version() : 0;
    begin(session, window, step);
  }
  if (waits(session, step)) return;
  begun_ = false;
  settled_ = 0;
  ++next_;
}

void ScriptPlayer::begin(Session& session, DesktopWindow& window, const editor::ScriptStep& step) {
  std::visit(Overloaded{[&](const editor::Invocation& invocation) {
                          // A command that the person must fill in is shown as its form; a script gives its arguments.
                          if (const auto status = session.commands.run(invocation); !status) session.fail(status.error());
                        },
                        [&](const editor::Screenshot& screenshot) { session.window.screenshot = screenshot.path; },
                        [&](const editor::KeyPress& key) { window.press(key.chord); },
                        [&](const editor::PointerMove& move) {
                          ImGui::GetIO().AddMousePosEvent(static_cast<float>(move.column), static_cast<float>(move.row));
                        },
                        [](const editor::PointerButton& button) {
                          // Dear ImGui numbers its buttons in the same order.
                          ImGui::GetIO().AddMouseButtonEvent(static_cast<int>(button.which), button.down);
                        },
                        [](const editor::TypeText& typed) { ImGui::GetIO().AddInputCharactersUTF8(typed.text.c_str()); },
                        [&](const editor::SaySentence& said) {
                          const auto call = editor::Invocation::create("assistant.say", nlohmann::json{{"text", said.text}}.dump());
                          const auto status = call ? session.commands.run(*call) : core::Status(call.error());
                          if (!status) session.fail(status.error());
                        },
                        [](const editor::Wait&) {}, [](const editor::WaitFor&) {}},
             step.action);
}

bool ScriptPlayer::waits(Session& session, const editor::ScriptStep& step) {
  const double waited = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  if (const auto* const wait = std::get_if<editor::Wait>(&step.action)) return waited < wait->seconds;
  const auto* const wait = std::get_if<editor::WaitFor>(&step.action);
  const bool said = std::holds_alternative<editor::SaySentence>(step.action);
  if (wait != nullptr || said) {
    if (reached(session, said ? editor::WaitFor::What::kPlan : wait->what, version_before_)) return false;
    if (waited < kLongestWait_s) return true;
    failure_ = core::Error{"the script waited too long", "line " + std::to_string(step.line), ""};
    next_ = steps_.size() - 1;
    return false;
  }
  return session.window.screenshot.has_value();
}

}  // namespace skyline::app::desktop
