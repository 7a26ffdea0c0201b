// The assistant's panel: the sentence, what its words mean, the plan as a form, and what came of earlier ones.
#include "app/desktop/argument_widgets.h"
#include "app/desktop/assistant.h"
#include "app/desktop/edit_words.h"
#include "app/desktop/interface.h"
#include "app/desktop/sentence_view.h"
#include "app/desktop/suggestions.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace skyline::app::desktop {
namespace {

using models::Plan;
using models::PlanStep;
using renderer::vulkan::Colour;
using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

constexpr std::size_t kMostTargets = 6;  // named in a step
constexpr std::size_t kMostRows = 60;    // of the list of sentences

struct OpWords {
  std::string_view op;
  editor::Text title;
  std::string_view icon;
};
// Of steps that are no row of the command table.
constexpr OpWords kOpWords[] = {
    {"query", {"Question", "提问"}, "question"}, {"camera", {"Camera", "相机"}, "camera"}, {"export", {"Export", "导出"}, "download"}};

std::string step_title(const Interface& ui, const PlanStep& step) {
  const editor::Language language = ui.session.language();
  for (const OpWords& words : kOpWords) {
    if (words.op == step.op) return with_icon(words.icon, words.title.in(language));
  }
  const editor::Command* const command = command_of_step(step);
  if (command == nullptr) return step.op;
  if (step.op == "select") return with_icon("pointer", ui.tr("Select", "选择"));
  std::string title(command->title.in(language));
  if (title.ends_with("…")) title.resize(title.size() - std::string_view("…").size());
  return with_icon(command->icon, title);
}

// One line with an icon in the colour of what it is.
void say(const Interface& ui, std::string_view icon_name, const Colour& colour, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, vec(colour));
  ImGui::TextUnformatted(icon_text(icon_name).c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine(0, px(ui, 8));
  ImGui::TextWrapped("%s", text.c_str());
}

void fly_to(Session& session, const std::vector<std::int32_t>& ids) {
  std::optional<core::Box> box;
  for (const std::int32_t id : ids) {
    const city::Object* object = session.find_object(id);
    if (object == nullptr && session.assistant->scene() != nullptr) object = session.assistant->scene()->catalogue().find(id);
    if (object == nullptr) continue;
    const core::Box of_object = session.box_of(*object);
    if (!box) box = of_object;
    box->low = glm::min(box->low, of_object.low);
    box->high = glm::max(box->high, of_object.high);
  }
  if (!box) return;
  session.leave_photo_camera();
  session.tour.reset();
  session.navigator.travel(session.navigator.frame(*box));
}

// A button as wide as its text that fits into what is left of the line, else on the next one.
bool chip(Interface& ui, const std::string& text, float& left, float room) {
  const float width = std::min(ImGui::CalcTextSize(text.c_str()).x + px(ui, 16), room);
  if (left > 0 && left + width <= room) ImGui::SameLine(0, px(ui, 4));
  left = left > 0 && left + width <= room ? left + width + px(ui, 4) : width + px(ui, 4);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(px(ui, 8), px(ui, 2)));
  const bool pressed = ImGui::Button(fitted(text, width - px(ui, 14)).c_str(), {width, 0});
  ImGui::PopStyleVar();
  return pressed;
}

class AssistantPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene)
      return empty_state(ui, "comment", ui.tr("Open a scene, then say what should change.", "打开场景后，用一句话说明要做的修改。"));
    Assistant& assistant = *session.assistant;
    draw_field(ui, assistant);
    if (!assistant.problem().empty()) {
      say(ui, "warning", palette().warning, assistant.problem());
      return;
    }
    if (assistant.plan() != nullptr) {
      draw_sentence(ui, assistant);
      draw_references(ui, assistant);
      ImGui::BeginDisabled(assistant.waiting());
      draw_answer(ui, assistant);
      ImGui::EndDisabled();
      // Above the form, which may be long: what to press is always in sight.
      draw_buttons(ui, assistant);
      ImGui::BeginDisabled(assistant.waiting());
      draw_steps(ui, assistant);
      ImGui::EndDisabled();
    } else if (assistant.waiting()) {
      ImGui::TextDisabled("%s", ui.tr("Reading…", "正在理解…"));
    } else {
      draw_last(ui, assistant);
      draw_suggestions(ui, assistant);
    }
    draw_said(ui, assistant);
  }

 private:
  static int on_history(ImGuiInputTextCallbackData* data) {
    auto& assistant = *static_cast<Assistant*>(data->UserData);
    const std::string& sentence = assistant.recall(data->EventKey == ImGuiKey_UpArrow ? -1 : 1);
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, sentence.c_str());
    return 0;
  }

  void draw_field(Interface& ui, Assistant& assistant) {
    if (std::exchange(assistant.wants_focus, false)) ImGui::SetKeyboardFocusHere();
    const bool can = assistant.problem().empty();
    ImGui::BeginDisabled(!can);
    ImGui::SetNextItemWidth(-px(ui, 34));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(px(ui, 8), px(ui, 6)));
    // Changed by a command, a choice or an end: the field is made anew, else it would go on with what it holds.
    if (assistant.text() != written_) {
      field_ = written_ = assistant.text();
      ++generation_;
      if (active_ && field_.empty()) ImGui::SetWindowFocus("###view");
    }
    ImGui::PushID(generation_);
    constexpr ImGuiInputTextFlags kFlags =
        ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory | ImGuiInputTextFlags_EscapeClearsAll;
    const bool entered = ImGui::InputTextWithHint("##sentence", ui.tr("Type what should change, or ask", "输入要做的修改，或提问"), &field_,
                                                  kFlags, on_history, &assistant);
    ImGui::PopID();
    active_ = ImGui::IsItemActive();
    if (field_ != assistant.text()) assistant.write(field_);
    written_ = assistant.text();
    ImGui::PopStyleVar();
    ImGui::SameLine(0, px(ui, 4));
    const bool sent = icon_button(ui, "send", "right", false, ui.tr("Enter: show, then apply", "Enter：预览，再次按下应用"));
    ImGui::EndDisabled();
    if (!entered && !sent) return;
    const bool done = assistant.enter();
    field_ = written_ = assistant.text();
    ++generation_;
    active_ = false;
    // After something was done the keyboard goes back to the view; a question waits for its answer.
    if (done && assistant.plan() == nullptr) {
      ImGui::SetWindowFocus("###view");
    } else {
      assistant.wants_focus = true;
    }
  }

  // What the underlined words stand for, in their colours.
  static void draw_references(Interface& ui, const Assistant& assistant) {
    std::vector<int> drawn;
    for (const models::Span& span : assistant.plan()->spans) {
      const int reference = assistant.reference_of(span);
      if (reference < 0 || std::find(drawn.begin(), drawn.end(), reference) != drawn.end()) continue;
      drawn.push_back(reference);
      ImGui::PushID(reference);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float side = px(ui, 9), height = ImGui::GetTextLineHeight();
      ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + 0.5F * (height - side)}, {at.x + side, at.y + 0.5F * (height + side)},
                                                u32(reference_colour(reference)), px(ui, 2));
      std::string names = object_name(ui.session, span.ids.front());
      if (span.ids.size() > 1) names = fmt::format(fmt::runtime(ui.tr("{} objects: {}, …", "{} 个物体：{} 等")), span.ids.size(), names);
      ImGui::SetCursorPosX(ImGui::GetCursorPosX() + side + px(ui, 8));
      const float room = ImGui::GetContentRegionAvail().x;
      if (ImGui::Selectable("##reference", false, ImGuiSelectableFlags_AllowOverlap, {room, 0})) fly_to(ui.session, span.ids);
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip(ui.tr("Click flies there", "单击飞过去"));
      ImGui::SameLine(side + px(ui, 8) + ImGui::GetStyle().WindowPadding.x);
      ImGui::TextUnformatted(fitted(names, room).c_str());
      ImGui::PopID();
    }
  }

  static void draw_answer(Interface& ui, Assistant& assistant) {
    const Plan& plan = *assistant.plan();
    ImGui::Dummy({0, px(ui, 2)});
    switch (plan.status) {
      case Plan::Status::kOk:
        if (!assistant.obstacle().empty()) {
          say(ui, "error", palette().bad, assistant.obstacle());
        } else if (!plan.reply.empty()) {
          say(ui, assistant.has_effect() ? "check" : "info", palette().good, plan.reply);
        }
        break;
      case Plan::Status::kAsk:
        say(ui, "question", palette().warning, plan.question);
        draw_candidates(ui, assistant);
        break;
      case Plan::Status::kRefuse:
        say(ui, "info", palette().bad, plan.reason);
        break;
    }
  }

  static void draw_candidates(Interface& ui, Assistant& assistant) {
    const std::vector<models::Candidate> candidates = assistant.plan()->candidates;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      const float width = ImGui::GetContentRegionAvail().x;
      const std::string label = fmt::format("{}   {}", i + 1, candidates[i].label);
      ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, ImVec2(0, 0.5F));
      if (ImGui::Button(fitted(label, width - px(ui, 20)).c_str(), {width, 0})) assistant.choose(i);
      ImGui::PopStyleVar();
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) {
        tooltip(ui.tr("Click here, or the numbered object in the view", "单击此处，或单击画面中带编号的物体"));
      }
      ImGui::PopID();
    }
  }

  static void draw_steps(Interface& ui, Assistant& assistant) {
    if (assistant.plan()->status != Plan::Status::kOk) return;
    const std::vector<PlanStep> steps = assistant.plan()->steps;  // the form changes them
    const bool only_answers = !assistant.has_effect() && !assistant.waiting();
    if (steps.empty() || only_answers) return;
    section(ui, ui.tr("Plan", "计划"));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      draw_step(ui, assistant, i, steps[i], steps.size());
      ImGui::PopID();
    }
  }

  static void draw_step(Interface& ui, Assistant& assistant, std::size_t index, const PlanStep& step, std::size_t count) {
    {
      const TextStyle strong(TextFont::kStrong);
      ImGui::AlignTextToFramePadding();
      const std::string title = count > 1 ? fmt::format("{}  {}", index + 1, step_title(ui, step)) : step_title(ui, step);
      ImGui::TextUnformatted(title.c_str());
    }
    ImGui::SameLine(right_edge() - px(ui, 28));
    if (icon_button(ui, "leave-out", "close", false, ui.tr("Leave this step out", "去掉这一步"))) {
      assistant.remove_step(index);
      return;
    }
    draw_targets(ui, step);
    draw_arguments(ui, assistant, index, step);
  }

  static void draw_targets(Interface& ui, const PlanStep& step) {
    float left = 0;
    const float room = ImGui::GetContentRegionAvail().x;
    for (std::size_t i = 0; i < std::min(step.targets.size(), kMostTargets); ++i) {
      ImGui::PushID(step.targets[i]);
      if (chip(ui, object_name(ui.session, step.targets[i]), left, room)) fly_to(ui.session, {step.targets[i]});
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip(ui.tr("Click flies there", "单击飞过去"));
      ImGui::PopID();
    }
    if (step.targets.size() > kMostTargets) {
      const std::string more = fmt::format(fmt::runtime(ui.tr("+ {} more", "另有 {} 个")), step.targets.size() - kMostTargets);
      if (chip(ui, more, left, room)) fly_to(ui.session, step.targets);
    }
  }

  static void label_of(Interface& ui, const std::string& label) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextDisabled("%s", fitted(label, px(ui, 84)).c_str());
    ImGui::SameLine(px(ui, 96));
    ImGui::SetNextItemWidth(-1);
  }

  static void draw_arguments(Interface& ui, Assistant& assistant, std::size_t index, const PlanStep& step) {
    const editor::Command* const command = step.op == "export" || step.op == "select" ? nullptr : command_of_step(step);
    for (const auto& [name, value] : step.arguments.items()) {
      const auto argument = command == nullptr
                                ? std::span<const editor::Argument>::iterator()
                                : std::find_if(command->arguments.begin(), command->arguments.end(),
                                               [&, n = std::string_view(name)](const editor::Argument& a) { return a.name == n; });
      ImGui::PushID(name.c_str());
      if (command != nullptr && argument != command->arguments.end()) {
        const bool many = argument->type == editor::ArgumentType::kVector2 || argument->type == editor::ArgumentType::kVector3;
        const std::string unit = many && !argument->unit.empty() ? fmt::format(" ({})", argument->unit) : std::string();
        label_of(ui, argument_title(*argument, ui.session.language()) + unit);
        nlohmann::json changed = value;
        if (edit_argument(ui, *argument, changed)) {
          PlanStep edited = step;
          edited.arguments[name] = std::move(changed);
          assistant.set_step(index, std::move(edited));
        }
      } else {
        label_of(ui, name);
        const std::string text =
            value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        ImGui::TextUnformatted(fitted(text, ImGui::GetContentRegionAvail().x).c_str());
      }
      ImGui::PopID();
    }
  }

  static void draw_buttons(Interface& ui, Assistant& assistant) {
    if (assistant.plan()->status != Plan::Status::kOk) return;
    const bool acts = assistant.has_effect() || assistant.waiting();
    if (!acts) return;
    ImGui::Dummy({0, px(ui, 4)});
    ImGui::BeginDisabled(assistant.waiting() || !assistant.obstacle().empty());
    if (assistant.plan()->preview && !assistant.previewing()) {
      say(ui, "warning", palette().warning, ui.tr("This takes much away: look at it first.", "改动较大：请先查看预览。"));
      if (primary_button(ui.tr("Preview", "预览"), {px(ui, 104), 0})) assistant.begin_preview();
    } else if (primary_button(ui.tr("Apply", "应用"), {px(ui, 104), 0})) {
      if (const auto applied = assistant.apply(); !applied) ui.session.fail(applied.error());
    }
    ImGui::EndDisabled();
    ImGui::SameLine();
    if (ImGui::Button(ui.tr("Give up", "放弃"), {px(ui, 84), 0})) assistant.cancel();
    if (!assistant.previewing()) return;
    ImGui::SameLine();
    if (icon_button(ui, "flip", "columns", false, ui.tr("Before, after, both (F4)", "修改前、修改后、对比（F4）")))
      ui.run("assistant.flip");
  }

  // What came of the last sentence.
  static void draw_last(Interface& ui, const Assistant& assistant) {
    if (assistant.said().empty() || assistant.said().back().reply.empty()) return;
    const SaidSentence& last = assistant.said().back();
    const bool good = last.outcome == SaidSentence::Outcome::kApplied || last.outcome == SaidSentence::Outcome::kAnswered;
    const bool applied = last.outcome == SaidSentence::Outcome::kApplied;
    const std::string text =
        applied ? fmt::format(fmt::runtime(ui.tr("Done: {} Ctrl+Z takes it back.", "已完成：{} Ctrl+Z 可撤销。")), last.reply) : last.reply;
    say(ui, good ? "check" : "info", good ? palette().good : palette().warning, text);
  }

  void draw_suggestions(Interface& ui, Assistant& assistant) {
    const Session& session = ui.session;
    const auto picture = session.picture();
    if (!picture) return;
    // Worked out when the camera rests, or the scene or the language changed.
    const bool rests = picture->stage != renderer::Stage::kMoving;
    const std::uint64_t version = session.document()->version();
    if (rests && (picture->camera.position != seen_from_ || version != seen_version_ || session.language() != seen_language_)) {
      seen_from_ = picture->camera.position;
      seen_version_ = version;
      seen_language_ = session.language();
      suggestions_ = suggested_sentences(session, picture->camera);
    }
    if (suggestions_.empty()) return;
    section(ui, ui.tr("Try", "试试"));
    for (const std::string& sentence : suggestions_) {
      if (ImGui::Selectable(fitted(sentence, ImGui::GetContentRegionAvail().x).c_str())) {
        assistant.write(sentence);
        assistant.hurry();
        assistant.wants_focus = true;
      }
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip(sentence.c_str());
    }
  }

  static std::string_view icon_of(SaidSentence::Outcome outcome) {
    switch (outcome) {
      case SaidSentence::Outcome::kApplied:
        return "check";
      case SaidSentence::Outcome::kAnswered:
        return "comment";
      case SaidSentence::Outcome::kAsked:
        return "question";
      case SaidSentence::Outcome::kRefused:
        return "info";
      case SaidSentence::Outcome::kGivenUp:
        return "close";
    }
    return "more";
  }

  static void draw_said(Interface& ui, Assistant& assistant) {
    const std::vector<SaidSentence>& said = assistant.said();
    if (said.empty()) return;
    section(ui, ui.tr("Said before", "历史句子"));
    std::string again;
    for (std::size_t k = 0; k < std::min(said.size(), kMostRows); ++k) {
      const SaidSentence& entry = said[said.size() - 1 - k];
      ImGui::PushID(static_cast<int>(k));
      const float left = ImGui::GetCursorPosX();
      if (ImGui::Selectable("##said", false, ImGuiSelectableFlags_AllowOverlap)) again = entry.sentence;
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal))
        tooltip(fmt::format("{}{}{}", entry.sentence, entry.reply.empty() ? "" : "\n", entry.reply).c_str());
      ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
      ImGui::SameLine(left);
      ImGui::TextUnformatted(icon_text(icon_of(entry.outcome)).c_str());
      ImGui::PopStyleColor();
      ImGui::SameLine(left + px(ui, 24));
      ImGui::TextUnformatted(fitted(entry.sentence, right_edge() - left - px(ui, 26)).c_str());
      ImGui::PopID();
    }
    if (again.empty()) return;
    assistant.write(again);
    assistant.hurry();
    assistant.wants_focus = true;
  }

  std::string field_, written_;  // what the field holds, and what the assistant had of it last
  int generation_ = 0;           // of the field
  bool active_ = false;
  std::vector<std::string> suggestions_;
  glm::dvec3 seen_from_{0.0};
  std::uint64_t seen_version_ = ~std::uint64_t{0};
  editor::Language seen_language_ = editor::Language::kEnglish;
};

}  // namespace

std::unique_ptr<Panel> make_assistant_panel() { return std::make_unique<AssistantPanel>(); }

}  // namespace skyline::app::desktop
