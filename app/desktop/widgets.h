// Small pieces that many panels share: lengths and colours in Dear ImGui's types, icon buttons, rows of figures, chips, empty states.
#pragma once

#include "editor/command_table.h"
#include "renderer/vulkan/theme.h"

#include <imgui.h>

#include <string>
#include <string_view>

namespace skyline::app::desktop {

struct Interface;

// Pixels of `units` at scale 1.
float px(const Interface& ui, double units);

inline ImVec4 vec(const renderer::vulkan::Colour& colour) { return {colour.r, colour.g, colour.b, colour.a}; }
inline ImU32 u32(const renderer::vulkan::Colour& colour) { return ImGui::ColorConvertFloat4ToU32(vec(colour)); }

// The icon's character, or a blank of the same use where the typeface lacks it.
std::string icon_text(std::string_view name);
// "icon  title".
std::string with_icon(std::string_view icon_name, std::string_view title);

// A square button with an icon and a tooltip of title, key and help. `active`: drawn as chosen.
bool icon_button(const Interface& ui, const char* id, std::string_view icon_name, bool active, const char* tooltip);
// A command's icon button: runs it, greyed with its reason.
void command_button(Interface& ui, std::string_view command_id, const char* label = nullptr);
// Title, key and help of a command; the reason where it cannot run now.
void command_tooltip(const Interface& ui, const editor::Command& command);
// The chosen key of a command; empty: none.
std::string key_of(const Interface& ui, const editor::Command& command);

// A button that stands out: the one thing to do here.
bool primary_button(const char* label, ImVec2 size = {0, 0});
// A button of several of which one may be chosen.
bool choice_button(const char* label, bool chosen);
// Muted heading of a section, with space above.
void section(const Interface& ui, const char* title);
// "label ........ value" within the panel's width; the value is cut with an ellipsis and shown whole in a tooltip.
void figure(const Interface& ui, const char* label, const std::string& value);
// Centred muted text with an icon: what a panel shows while it has nothing.
void empty_state(const Interface& ui, std::string_view icon_name, const char* text);
void tooltip(const char* text);
// Right end of the content, from the window's left edge.
float right_edge();
// Text cut with an ellipsis to `width` pixels.
std::string fitted(std::string_view text, float width);
// A rounded ground under figures that lie over the picture.
void shade(ImDrawList* list, ImVec2 low, ImVec2 high, float rounding);
// A thin bar, `share` in 0..1; negative: unknown, a moving band.
void progress_bar(const Interface& ui, double share, float width);

std::string bytes_words(double bytes);  // "1.5 GiB"
std::string duration_words(const Interface& ui, double seconds);
std::string count_words(double number);  // "57.6 k"

// True when all characters of `wanted` appear in `text` in this order (any case); `score` is higher for better places.
bool fuzzy_match(std::string_view wanted, std::string_view text, int& score);

}  // namespace skyline::app::desktop
