#include "app/desktop/assistant.h"

#include "app/desktop/plan_camera.h"
#include "app/desktop/session.h"
#include "city/polygon.h"
#include "core/camera.h"
#include "editor/plan_steps.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace skyline::app::desktop {
namespace {

constexpr double kPause_s = 0.15;        // of typing, after which the sentence is read
constexpr double kPreviewPause_s = 0.5;  // after which what it means is shown in the view
constexpr double kLeastWipe = 0.06;      // share of the picture that each side has at first
constexpr std::size_t kMostTurns = 16;   // that later sentences may refer to
constexpr std::size_t kMostSaid = 200;   // in the list

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

bool has_op(const models::Plan& plan, bool (*test)(std::string_view)) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const models::PlanStep& step) { return test(step.op); });
}

models::Viewpoint viewpoint_of(const editor::Pose& pose) { return {pose.position, pose.yaw_deg, pose.pitch_deg}; }

}  // namespace

const editor::Command* command_of_step(const models::PlanStep& step) {
  if (step.op == "export") return editor::find_command("render.still");
  return editor::find_command(step.op == "select" ? "select.object" : "edit." + step.op);
}

nlohmann::json steps_json(const std::vector<models::PlanStep>& steps) {
  nlohmann::json list = nlohmann::json::array();
  for (const models::PlanStep& step : steps) list.push_back(models::to_json(step));
  return list;
}

Assistant::Assistant(Session& session, std::function<void()> wake) : session_(session), wake_(std::move(wake)) {}
Assistant::~Assistant() = default;

void Assistant::set_engine(EngineMaker maker) {
  reader_.reset();
  maker_ = std::move(maker);
  problem_.clear();
}

void Assistant::write(const std::string& text) {
  if (text == text_) return;
  text_ = text;
  changed_at_ = session_.now();
  enter_waits_ = false;
  end_preview();
  unread_ = !is_blank(text_);
  if (unread_) return;
  reading_ = false;
  answer_.reset();
  obstacle_.clear();
}

void Assistant::hurry() { changed_at_ = std::min(changed_at_, session_.now() - kPreviewPause_s); }

bool Assistant::waiting() const { return unread_ || reading_; }

const std::string& Assistant::planned_sentence() const {
  static const std::string kNone;
  return answer_ ? answer_->sentence : kNone;
}

void Assistant::update() {
  if (reader_) {
    if (auto answer = reader_->take(); answer && answer->number == number_ && !unread_ && reading_) take(std::move(*answer));
  }
  const editor::Document* const document = session_.document();
  if (document == nullptr) return;
  if (answer_ && !waiting() && document->version() != asked_version_) {
    // What was meant then may be something else now.
    end_preview();
    asked_text_ = answer_->sentence;
    if (is_blank(text_)) {
      answer_.reset();
    } else {
      unread_ = true;
      hurry();
    }
  }
  if (unread_ && session_.now() - changed_at_ >= kPause_s) ask();
  const bool ready = answer_ && !waiting() && !settled_ && answer_->read.plan.status == models::Plan::Status::kOk;
  if (!ready || session_.now() - changed_at_ < kPreviewPause_s) return;
  settled_ = true;
  // What takes much away is shown when it is asked for.
  if (changes_picture() && !answer_->read.plan.preview) begin_preview();
}

void Assistant::ask() {
  unread_ = false;
  if (!maker_) {
    problem_ = session_.tr("This program was built without a language engine", "此程序未包含语言引擎");
    return;
  }
  if (!reader_) reader_ = std::make_unique<SentenceReader>(maker_, wake_);
  const editor::Document& document = *session_.document();
  if (memory_version_ != document.version()) {
    memory_.past.clear();
    memory_.future.clear();
  }
  SentenceQuestion question{++number_, text_, memory_, document.state(), document.scene(), document.version()};
  question.situation.camera = viewpoint_of(session_.navigator.pose());
  question.situation.selection = document.state().selection;
  if (session_.pointed_at) question.situation.pointer = glm::dvec2(*session_.pointed_at);
  asked_version_ = question.version;
  reading_ = true;
  reader_->ask(std::move(question));
}

void Assistant::take(SentenceAnswer answer) {
  reading_ = false;
  problem_ = answer.problem;
  obstacle_.clear();
  settled_ = false;
  if (!problem_.empty()) return;
  answer_ = std::move(answer);
  side = PreviewSide::kBoth;
  refresh_preview();
  if (std::exchange(enter_waits_, false)) enter();
}

int Assistant::reference_of(const models::Span& span) const {
  if (!answer_ || span.ids.empty()) return -1;
  // Words that stand for the same objects have one colour.
  std::vector<const std::vector<std::int32_t>*> seen;
  for (const models::Span& other : answer_->read.plan.spans) {
    if (other.ids.empty()) continue;
    if (other.ids == span.ids) {
      const auto known = std::find_if(seen.begin(), seen.end(), [&](const auto* ids) { return *ids == other.ids; });
      return static_cast<int>(known - seen.begin());
    }
    if (std::none_of(seen.begin(), seen.end(), [&](const auto* ids) { return *ids == other.ids; })) seen.push_back(&other.ids);
  }
  return -1;
}

std::vector<Mark> Assistant::marks() const {
  std::vector<Mark> marks;
  if (!answer_) return marks;
  const models::Plan& plan = answer_->read.plan;
  for (const models::Span& span : plan.spans) {
    const int reference = reference_of(span);
    const bool known = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.reference == reference; });
    if (reference >= 0 && !known) marks.push_back({span.ids, reference, 0});
  }
  if (plan.status == models::Plan::Status::kAsk) {
    const int first = static_cast<int>(marks.size());
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) marks.push_back({plan.candidates[i].ids, first, static_cast<int>(i) + 1});
  }
  return marks;
}

void Assistant::set_step(std::size_t index, models::PlanStep step) {
  if (!answer_ || index >= answer_->read.plan.steps.size()) return;
  answer_->read.plan.steps[index] = std::move(step);
  settled_ = true;
  refresh_preview();
}

void Assistant::remove_step(std::size_t index) {
  if (!answer_ || index >= answer_->read.plan.steps.size()) return;
  auto& steps = answer_->read.plan.steps;
  steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
  settled_ = true;
  if (!changes_picture()) end_preview();
  refresh_preview();
}

void Assistant::choose(std::size_t candidate) {
  if (!answer_ || candidate >= answer_->read.plan.candidates.size()) return;
  models::Plan& plan = answer_->read.plan;
  const models::Candidate chosen = plan.candidates[candidate];
  plan.status = models::Plan::Status::kOk;
  plan.steps = chosen.steps;
  plan.reply = chosen.label;
  plan.question.clear();
  plan.candidates.clear();
  // What was in question is settled in the words, too.
  for (models::Span& span : plan.spans) {
    const bool was_in_question =
        span.ids.size() != chosen.ids.size() && std::all_of(chosen.ids.begin(), chosen.ids.end(), [&](std::int32_t id) {
          return std::find(span.ids.begin(), span.ids.end(), id) != span.ids.end();
        });
    if (was_in_question) span.ids = chosen.ids;
  }
  settled_ = true;
  refresh_preview();
  if (changes_picture()) begin_preview();
}

bool Assistant::choose_object(std::int32_t id) {
  if (!answer_ || waiting() || answer_->read.plan.status != models::Plan::Status::kAsk) return false;
  const auto& candidates = answer_->read.plan.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].ids.size() != 1 || candidates[i].ids.front() != id) continue;
    choose(i);
    return true;
  }
  return false;
}

bool Assistant::changes_picture() const {
  const auto is_seen = [](std::string_view op) { return editor::changes_document(op) && op != "select" && op != "rename"; };
  return answer_ && has_op(answer_->read.plan, is_seen);
}

bool Assistant::has_effect() const {
  return answer_ && !waiting() && answer_->read.plan.status == models::Plan::Status::kOk &&
         has_op(answer_->read.plan, [](std::string_view op) { return op != "query"; });
}

// What the steps lead to, checked also while it is not shown: a step that cannot be done is known before anybody applies it.
void Assistant::refresh_preview() {
  obstacle_.clear();
  if (!answer_ || answer_->read.plan.status != models::Plan::Status::kOk || !session_.edits) return;
  const auto state = editor::state_after(*session_.document(), steps_json(answer_->read.plan.steps));
  if (!state) {
    obstacle_ = state.error().message();
    end_preview();
    return;
  }
  if (previewing_) session_.show_planned(*state);
}

void Assistant::begin_preview() {
  if (!has_effect() || !session_.edits) return;
  settled_ = true;
  session_.leave_tool();
  previewing_ = true;
  place_wipe();
  refresh_preview();
}

// The line goes through the middle of what changes, so that both sides show some of it.
void Assistant::place_wipe() {
  wipe = 0.5;
  const auto picture = session_.picture();
  if (!picture || scene() == nullptr) return;
  double sum = 0;
  int count = 0;
  for (const models::PlanStep& step : answer_->read.plan.steps) {
    if (!editor::changes_document(step.op)) continue;
    for (const std::int32_t id : step.targets) {
      const city::Object* const object = scene()->catalogue().find(id);
      glm::dvec2 pixel;
      if (object == nullptr || !core::project(picture->camera, {city::centroid(*object), object->base + 0.5 * object->height}, pixel))
        continue;
      const double share = pixel.x / picture->camera.width;
      if (share < 0 || share > 1) continue;
      sum += share;
      ++count;
    }
  }
  if (count > 0) wipe = std::clamp(sum / count, kLeastWipe, 1 - kLeastWipe);
}

void Assistant::end_preview() {
  if (!std::exchange(previewing_, false)) return;
  session_.show_planned(std::nullopt);
}

bool Assistant::enter() {
  if (is_blank(text_) && !has_effect()) return false;
  if (waiting()) {
    enter_waits_ = true;
    hurry();
    return false;
  }
  if (!answer_) return false;
  const models::Plan& plan = answer_->read.plan;
  if (plan.status == models::Plan::Status::kRefuse) {
    list(SaidSentence::Outcome::kRefused, plan.reason);
    return false;
  }
  if (plan.status == models::Plan::Status::kAsk) {
    list(SaidSentence::Outcome::kAsked, plan.question);
    keep_turn();
    text_.clear();  // the plan with its question stays until there is an answer to it
    return true;
  }
  if (!has_effect()) {
    list(SaidSentence::Outcome::kAnswered, plan.reply);
    keep_turn();
    finish();
    return true;
  }
  if (changes_picture() && !previewing_) {
    begin_preview();
    return false;
  }
  const auto applied = apply();
  if (!applied) session_.fail(applied.error());
  return applied.ok();
}

core::Status Assistant::apply() {
  if (!has_effect()) return core::Error{"there is no plan to apply", "", "type what should change"};
  if (!obstacle_.empty()) return core::Error{obstacle_, "", ""};
  const models::Plan plan = answer_->read.plan;
  end_preview();
  if (auto done = run_steps(plan, answer_->sentence); !done) return done;
  list(SaidSentence::Outcome::kApplied, plan.reply);
  keep_turn();
  finish();
  return {};
}

core::Status Assistant::run_steps(const models::Plan& plan, const std::string& sentence) {
  if (has_op(plan, editor::changes_document)) {
    const nlohmann::json arguments = {{"steps", steps_json(plan.steps).dump()}, {"sentence", sentence}};
    const auto call = editor::Invocation::create("edit.plan", arguments.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    if (!call) return call.error();
    if (auto done = session_.commands.run(*call); !done) return done;
  }
  for (const models::PlanStep& step : plan.steps) {
    if (step.op == "camera") {
      if (auto moved = move_camera(session_, step); !moved) return moved;
    } else if (step.op == "export") {
      if (auto written = export_view(session_, step); !written) return written;
    }
  }
  return {};
}

void Assistant::keep_turn() {
  models::Situation situation = std::move(memory_);
  situation.scene = answer_->scene;
  situation.selection = session_.selection();
  situation.take(answer_->sentence, answer_->read.reading, answer_->read.plan);
  if (situation.turns.size() > kMostTurns) situation.turns.erase(situation.turns.begin());
  memory_ = std::move(situation);
  memory_.scene.reset();
  memory_.selection.clear();
  memory_version_ = session_.document()->version();
}

void Assistant::list(SaidSentence::Outcome outcome, const std::string& reply) {
  const std::string& sentence = planned_sentence();
  const bool again = !said_.empty() && said_.back().sentence == sentence && said_.back().outcome == outcome;
  if (!again) said_.push_back({sentence, outcome, reply});
  if (said_.size() > kMostSaid) said_.erase(said_.begin());
  recalled_ = said_.size();
}

void Assistant::finish() {
  text_.clear();
  unread_ = reading_ = enter_waits_ = false;
  answer_.reset();
  obstacle_.clear();
}

void Assistant::cancel() {
  end_preview();
  if (answer_ && !is_blank(text_)) list(SaidSentence::Outcome::kGivenUp, "");
  finish();
}

const std::string& Assistant::recall(int direction) {
  static const std::string kNone;
  const auto count = static_cast<int>(said_.size());
  const int wanted = std::clamp(static_cast<int>(recalled_) + direction, 0, count);
  recalled_ = static_cast<std::size_t>(wanted);
  return wanted == count ? kNone : said_[recalled_].sentence;
}

void Assistant::forget() {
  previewing_ = false;
  finish();
  said_.clear();
  recalled_ = 0;
  memory_ = {};
}

}  // namespace skyline::app::desktop
