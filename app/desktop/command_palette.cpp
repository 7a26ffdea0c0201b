#include "app/desktop/popups.h"
#include "app/desktop/widgets.h"

#include <imgui.h>

#include <algorithm>

namespace skyline::app::desktop {
namespace {

constexpr const char* kName = "##palette";

}  // namespace

std::vector<const editor::Command*> find_commands(std::string_view wanted, const std::function<bool(const editor::Command&)>& possible) {
  struct Hit {
    const editor::Command* command;
    bool possible;
    int score;
  };
  std::vector<Hit> hits;
  for (const editor::Command& command : editor::command_table()) {
    Hit hit{&command, possible(command), -1000};
    bool found = false;
    for (const std::string_view text : {command.title.en, command.title.zh, command.id}) {
      int score = 0;
      if (!fuzzy_match(wanted, text, score)) continue;
      found = true;
      hit.score = std::max(hit.score, score);
    }
    if (found) hits.push_back(hit);
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const Hit& a, const Hit& b) { return a.possible != b.possible ? a.possible : a.score > b.score; });
  std::vector<const editor::Command*> commands;
  for (const Hit& hit : hits) commands.push_back(hit.command);
  return commands;
}

void CommandPalette::draw(Interface& ui) {
  bool& asked = ui.session.window.palette;
  if (asked && !open_) {
    ImGui::OpenPopup(kName);
    wanted_[0] = '\0';
    chosen_ = 0;
    open_ = true;
  }
  asked = false;
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  const float width = std::min(px(ui, 620), screen->Size.x - px(ui, 40));
  ImGui::SetNextWindowPos({screen->Pos.x + 0.5F * (screen->Size.x - width), screen->Pos.y + std::min(px(ui, 90), 0.12F * screen->Size.y)});
  ImGui::SetNextWindowSize({width, 0});
  if (!ImGui::BeginPopup(kName, ImGuiWindowFlags_NoMove)) {
    open_ = false;
    return;
  }
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  const bool entered = ImGui::InputTextWithHint("##wanted", ui.tr("Type a command", "输入命令"), wanted_, sizeof(wanted_),
                                                ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemEdited()) chosen_ = 0;
  const auto possible_now = [&](const editor::Command& command) {
    return ui.session.commands.reason_disabled(command, ui.session.language()).empty();
  };
  const auto hits = find_commands(wanted_, possible_now);
  const int count = static_cast<int>(hits.size());
  bool moved = false;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) chosen_ += 1, moved = true;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) chosen_ -= 1, moved = true;
  chosen_ = count > 0 ? (chosen_ + count) % count : 0;
  const editor::Command* run = entered && count > 0 ? hits[static_cast<std::size_t>(chosen_)] : nullptr;

  ImGui::BeginChild("##hits", {0, std::min(0.5F * screen->Size.y, px(ui, 380))});
  if (hits.empty()) empty_state(ui, "search", ui.tr("No command of that name.", "没有这样的命令。"));
  for (int i = 0; i < count; ++i) {
    const editor::Command& command = *hits[static_cast<std::size_t>(i)];
    const editor::Language language = ui.session.language();
    const bool possible = possible_now(command);
    ImGui::PushID(i);
    ImGui::PushStyleColor(ImGuiCol_Text, vec(possible ? renderer::vulkan::palette().text : renderer::vulkan::palette().muted));
    if (ImGui::Selectable("##row", i == chosen_, ImGuiSelectableFlags_AllowOverlap)) run = &command;
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) command_tooltip(ui, command);
    if (moved && i == chosen_) ImGui::SetScrollHereY(0.5F);
    ImGui::SameLine(px(ui, 6));
    ImGui::TextUnformatted(icon_text(command.icon).c_str());
    ImGui::SameLine(px(ui, 36));
    ImGui::TextUnformatted(std::string(command.title.in(language)).c_str());
    ImGui::SameLine();
    // The title in the other language, so that both can be learned from.
    const editor::Language other = language == editor::Language::kEnglish ? editor::Language::kChinese : editor::Language::kEnglish;
    ImGui::TextDisabled("%s", std::string(command.title.in(other)).c_str());
    const std::string key = key_of(ui, command);
    if (!key.empty()) {
      ImGui::SameLine(right_edge() - ImGui::CalcTextSize(key.c_str()).x - px(ui, 8));
      ImGui::TextDisabled("%s", key.c_str());
    }
    ImGui::PopStyleColor();
    ImGui::PopID();
  }
  ImGui::EndChild();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  if (run != nullptr) {
    ImGui::CloseCurrentPopup();
    const std::string reason = ui.session.commands.reason_disabled(*run, ui.session.language());
    if (reason.empty()) {
      ui.run_or_ask(*run);
    } else {
      ui.session.say(Message::Level::kWarning, std::string(run->title.in(ui.session.language())) + ": " + reason);
    }
  }
  ImGui::EndPopup();
}

}  // namespace skyline::app::desktop
