#include "app/desktop/widgets.h"

#include "app/desktop/interface.h"
#include "renderer/vulkan/fonts.h"
#include "renderer/vulkan/icons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr float kTooltipWidth = 320;

}  // namespace

float px(const Interface& ui, double units) { return static_cast<float>(std::round(units * ui.shell.scale())); }

std::string icon_text(std::string_view name) { return std::string(renderer::vulkan::icon(name)); }

std::string with_icon(std::string_view icon_name, std::string_view title) {
  const std::string glyph = icon_text(icon_name);
  return glyph.empty() ? std::string(title) : glyph + "  " + std::string(title);
}

bool icon_button(const Interface& ui, const char* id, std::string_view icon_name, bool active, const char* text) {
  const float side = px(ui, 28);
  ImGui::PushStyleColor(ImGuiCol_Button, active ? vec(palette().accent) : ImVec4(0, 0, 0, 0));
  if (active) {
    ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().on_accent));
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, vec(palette().accent));
  }
  const std::string label = icon_text(icon_name) + "###" + id;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  const bool pressed = ImGui::Button(label.c_str(), {side, side});
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(active ? 3 : 1);
  if (text != nullptr && ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) tooltip(text);
  return pressed;
}

void command_button(Interface& ui, std::string_view command_id, const char* label) {
  const editor::Command* const command = editor::find_command(command_id);
  if (command == nullptr) return;
  const std::string reason = ui.session.commands.reason_disabled(*command, ui.session.language());
  const bool active = command->toggles && ui.session.commands.checked(command_id);
  ImGui::BeginDisabled(!reason.empty());
  bool pressed = false;
  if (label == nullptr) {
    pressed = icon_button(ui, std::string(command_id).c_str(), command->icon, active, nullptr);
  } else {
    pressed = ImGui::Button((with_icon(command->icon, label) + "###" + std::string(command_id)).c_str());
  }
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, *command);
  if (pressed) ui.run_or_ask(*command);
}

void command_tooltip(const Interface& ui, const editor::Command& command) {
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(px(ui, kTooltipWidth));
  {
    const TextStyle strong(TextFont::kStrong);
    ImGui::TextUnformatted(std::string(command.title.in(ui.session.language())).c_str());
  }
  if (const std::string key = key_of(ui, command); !key.empty()) {
    ImGui::SameLine();
    ImGui::TextDisabled("  %s", key.c_str());
  }
  ImGui::TextUnformatted(std::string(command.help.in(ui.session.language())).c_str());
  const std::string reason = ui.session.commands.reason_disabled(command, ui.session.language());
  if (!reason.empty()) ImGui::TextColored(vec(palette().warning), "%s", reason.c_str());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

std::string key_of(const Interface& ui, const editor::Command& command) {
  const auto found = ui.session.preferences.keys.find(std::string(command.id));
  return found == ui.session.preferences.keys.end() ? std::string(command.key) : found->second;
}

bool primary_button(const char* label, ImVec2 size) {
  ImGui::PushStyleColor(ImGuiCol_Button, vec(palette().accent));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, vec(palette().accent.with_alpha(0.85F)));
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, vec(palette().accent.with_alpha(0.7F)));
  ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().on_accent));
  const bool pressed = ImGui::Button(label, size);
  ImGui::PopStyleColor(4);
  return pressed;
}

bool choice_button(const char* label, bool chosen) {
  if (chosen) {
    ImGui::PushStyleColor(ImGuiCol_Button, ImGui::GetStyleColorVec4(ImGuiCol_Header));
    ImGui::PushStyleColor(ImGuiCol_Border, vec(palette().accent));
    ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().accent));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
  }
  const bool pressed = ImGui::Button(label);
  if (chosen) {
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(3);
  }
  return pressed;
}

void section(const Interface& ui, const char* title) {
  if (ImGui::GetCursorPosY() > ImGui::GetStyle().WindowPadding.y + px(ui, 2)) ImGui::Dummy({0, px(ui, 4)});
  const TextStyle small(TextFont::kSmall);
  ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
  ImGui::SeparatorText(title);
  ImGui::PopStyleColor();
}

void figure(const Interface& ui, const char* label, const std::string& value) {
  ImGui::TextDisabled("%s", label);
  const float label_width = std::max(ImGui::CalcTextSize(label).x + px(ui, 12), px(ui, 96));
  const float left = ImGui::GetCursorStartPos().x;
  const float right = left + ImGui::GetContentRegionAvail().x;
  const float room = right - left - label_width;
  if (room < px(ui, 60)) {
    ImGui::TextWrapped("%s", value.c_str());
    return;
  }
  const std::string shown = fitted(value, room);
  ImGui::SameLine(left + label_width);
  ImGui::TextUnformatted(shown.c_str());
  if (shown != value && ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(value.c_str());
}

void empty_state(const Interface& ui, std::string_view icon_name, const char* text) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float wrap = std::min(room.x - px(ui, 16), px(ui, 320));
  const ImVec2 size = ImGui::CalcTextSize(text, nullptr, false, std::max(wrap, 1.0F));
  const std::string glyph = icon_text(icon_name);
  const float line = ImGui::GetTextLineHeightWithSpacing();
  const bool with_glyph = !glyph.empty() && room.y > size.y + 3 * line;
  const float height = size.y + (with_glyph ? 2 * line : 0);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0F, 0.45F * (room.y - height)));
  ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
  if (with_glyph) {
    const TextStyle title(TextFont::kTitle);
    const float width = ImGui::CalcTextSize(glyph.c_str()).x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, 0.5F * (room.x - width)));
    ImGui::TextUnformatted(glyph.c_str());
  }
  const float left = ImGui::GetCursorPosX() + std::max(0.0F, 0.5F * (room.x - size.x));
  ImGui::SetCursorPosX(left);
  ImGui::PushTextWrapPos(left + std::max(wrap, 1.0F));
  ImGui::TextUnformatted(text);
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void tooltip(const char* text) {
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(kTooltipWidth * ImGui::GetStyle().FontScaleDpi);
  ImGui::TextUnformatted(text);
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

float right_edge() { return ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x; }

std::string fitted(std::string_view text, float width) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (ImGui::CalcTextSize(begin, end).x <= width) return std::string(text);
  constexpr const char* kEllipsis = "…";
  const float room = width - ImGui::CalcTextSize(kEllipsis).x;
  std::size_t length = text.size();
  while (length > 0) {
    do --length;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U);
    if (ImGui::CalcTextSize(begin, begin + length).x <= room) break;
  }
  return std::string(text.substr(0, length)) + kEllipsis;
}

void shade(ImDrawList* list, ImVec2 low, ImVec2 high, float rounding) { list->AddRectFilled(low, high, u32(palette().shade), rounding); }

void progress_bar(const Interface& ui, double share, float width) {
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float height = px(ui, 4);
  ImDrawList* const list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, {low.x + width, low.y + height}, u32(palette().field), height / 2);
  float begin = 0, end = static_cast<float>(std::clamp(share, 0.0, 1.0)) * width;
  if (share < 0) {
    const float phase = static_cast<float>(std::fmod(ImGui::GetTime(), 1.5) / 1.5);
    begin = std::max(0.0F, (phase * 1.3F - 0.3F) * width);
    end = std::min(width, phase * 1.3F * width);
  }
  if (end > begin) list->AddRectFilled({low.x + begin, low.y}, {low.x + end, low.y + height}, u32(palette().accent), height / 2);
  ImGui::Dummy({width, height});
}

std::string bytes_words(double bytes) {
  constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return unit < 2 ? fmt::format("{:.0f} {}", bytes, kUnits[unit]) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string duration_words(const Interface& ui, double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(std::clamp(seconds, 0.0, 1e9)));
  if (whole < 60) return fmt::format("{} {}", whole, ui.tr("s", "秒"));
  if (whole < 3600) return fmt::format("{} {} {:02} {}", whole / 60, ui.tr("min", "分"), whole % 60, ui.tr("s", "秒"));
  return fmt::format("{} {} {:02} {}", whole / 3600, ui.tr("h", "小时"), whole % 3600 / 60, ui.tr("min", "分"));
}

std::string count_words(double number) {
  if (number < 1000) return fmt::format("{:.0f}", number);
  if (number < 1e6) return fmt::format("{:.1f} k", number / 1e3);
  return fmt::format("{:.2f} M", number / 1e6);
}

bool fuzzy_match(std::string_view wanted, std::string_view text, int& score) {
  score = 0;
  std::size_t at = 0;
  bool joined = false;
  for (const char wanted_char : wanted) {
    if (wanted_char == ' ') {
      joined = false;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && lower(text[at]) != lower(wanted_char)) ++at;
    if (at == text.size()) return false;
    const bool word_start = at == 0 || text[at - 1] == ' ' || text[at - 1] == '.' || text[at - 1] == '_';
    score += word_start ? 8 : 0;
    score += joined && at == begin ? 5 : 0;
    score -= static_cast<int>(std::min<std::size_t>(at - begin, 10));
    joined = true;
    ++at;
  }
  return true;
}

}  // namespace skyline::app::desktop
