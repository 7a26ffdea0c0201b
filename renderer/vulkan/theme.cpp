#include "renderer/vulkan/theme.h"

#include "renderer/vulkan/fonts.h"

#include <imgui.h>
#include <implot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace skyline::renderer::vulkan {
namespace {

constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<float>((hex >> 16U) & 0xffU) / 255, static_cast<float>((hex >> 8U) & 0xffU) / 255,
          static_cast<float>(hex & 0xffU) / 255, 1};
}

constexpr Palette kDark = {
    .ground = rgb(0x0e131a),
    .surface = rgb(0x161d26),
    .raised = rgb(0x222c38),
    .field = rgb(0x0a0f15),
    .line = rgb(0x2f3b49),
    .text = rgb(0xe6edf3),
    .muted = rgb(0x9dabba),
    .accent = rgb(0x4fc7b5),
    .on_accent = rgb(0x06201c),
    .good = rgb(0x9bcf63),
    .warning = rgb(0xeabb4e),
    .bad = rgb(0xff8078),
    .shade = rgb(0x0a0f15).with_alpha(0.78F),
    .series = {rgb(0x4fc7b5), rgb(0xeabb4e), rgb(0x8fb4ff), rgb(0xf08fb8), rgb(0x9bcf63), rgb(0xc7a8f5)},
};

constexpr Palette kLight = {
    .ground = rgb(0xdde3e9),
    .surface = rgb(0xf3f6f8),
    .raised = rgb(0xe4eaef),
    .field = rgb(0xffffff),
    .line = rgb(0xbcc7d1),
    .text = rgb(0x17212b),
    .muted = rgb(0x4b5966),
    .accent = rgb(0x0a6f65),
    .on_accent = rgb(0xffffff),
    .good = rgb(0x3a6a17),
    .warning = rgb(0x7d5000),
    .bad = rgb(0xa82a25),
    .shade = rgb(0xffffff).with_alpha(0.82F),
    .series = {rgb(0x0a6f65), rgb(0x9a6300), rgb(0x2f5fc4), rgb(0xa83a72), rgb(0x3a6a17), rgb(0x6c45b5)},
};

bool dark_now = true;  // the theme is the process's, as the toolkit's context is

ImVec4 vec(const Colour& colour, float alpha = 1) { return {colour.r, colour.g, colour.b, colour.a * alpha}; }

Colour mix(const Colour& a, const Colour& b, float part) {
  return {a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part, 1};
}

void set_colours(const Palette& p, ImVec4* colours) {
  const Colour hovered = mix(p.raised, p.accent, 0.18F), pressed = mix(p.raised, p.accent, 0.34F);
  const Colour chosen = mix(p.surface, p.accent, 0.24F);
  const std::pair<ImGuiCol, ImVec4> table[] = {
      {ImGuiCol_Text, vec(p.text)},
      {ImGuiCol_TextDisabled, vec(p.muted)},
      {ImGuiCol_WindowBg, vec(p.surface)},
      {ImGuiCol_ChildBg, vec(p.surface, 0)},
      {ImGuiCol_PopupBg, vec(mix(p.surface, p.raised, 0.4F))},
      {ImGuiCol_Border, vec(p.line)},
      {ImGuiCol_BorderShadow, vec(p.line, 0)},
      {ImGuiCol_FrameBg, vec(p.field)},
      {ImGuiCol_FrameBgHovered, vec(mix(p.field, p.accent, 0.12F))},
      {ImGuiCol_FrameBgActive, vec(mix(p.field, p.accent, 0.2F))},
      {ImGuiCol_TitleBg, vec(p.ground)},
      {ImGuiCol_TitleBgActive, vec(p.ground)},
      {ImGuiCol_TitleBgCollapsed, vec(p.ground)},
      {ImGuiCol_MenuBarBg, vec(p.ground)},
      {ImGuiCol_ScrollbarBg, vec(p.surface, 0)},
      {ImGuiCol_ScrollbarGrab, vec(mix(p.surface, p.muted, 0.35F))},
      {ImGuiCol_ScrollbarGrabHovered, vec(mix(p.surface, p.muted, 0.55F))},
      {ImGuiCol_ScrollbarGrabActive, vec(p.accent)},
      {ImGuiCol_CheckMark, vec(p.accent)},
      {ImGuiCol_CheckboxSelectedBg, vec(mix(p.field, p.accent, 0.25F))},
      {ImGuiCol_SliderGrab, vec(p.accent)},
      {ImGuiCol_SliderGrabActive, vec(mix(p.accent, p.text, 0.25F))},
      {ImGuiCol_Button, vec(p.raised)},
      {ImGuiCol_ButtonHovered, vec(hovered)},
      {ImGuiCol_ButtonActive, vec(pressed)},
      {ImGuiCol_Header, vec(chosen)},
      {ImGuiCol_HeaderHovered, vec(hovered)},
      {ImGuiCol_HeaderActive, vec(pressed)},
      {ImGuiCol_Separator, vec(p.line)},
      {ImGuiCol_SeparatorHovered, vec(p.accent)},
      {ImGuiCol_SeparatorActive, vec(p.accent)},
      {ImGuiCol_ResizeGrip, vec(p.line, 0)},
      {ImGuiCol_ResizeGripHovered, vec(p.accent, 0.6F)},
      {ImGuiCol_ResizeGripActive, vec(p.accent)},
      {ImGuiCol_InputTextCursor, vec(p.accent)},
      {ImGuiCol_Tab, vec(p.ground)},
      {ImGuiCol_TabHovered, vec(hovered)},
      {ImGuiCol_TabSelected, vec(p.surface)},
      {ImGuiCol_TabSelectedOverline, vec(p.accent)},
      {ImGuiCol_TabDimmed, vec(p.ground)},
      {ImGuiCol_TabDimmedSelected, vec(p.surface)},
      {ImGuiCol_TabDimmedSelectedOverline, vec(p.line)},
      {ImGuiCol_DockingPreview, vec(p.accent, 0.45F)},
      {ImGuiCol_DockingEmptyBg, vec(p.ground)},
      {ImGuiCol_PlotLines, vec(p.accent)},
      {ImGuiCol_PlotLinesHovered, vec(p.warning)},
      {ImGuiCol_PlotHistogram, vec(p.accent)},
      {ImGuiCol_PlotHistogramHovered, vec(p.warning)},
      {ImGuiCol_TableHeaderBg, vec(p.raised)},
      {ImGuiCol_TableBorderStrong, vec(p.line)},
      {ImGuiCol_TableBorderLight, vec(mix(p.surface, p.line, 0.6F))},
      {ImGuiCol_TableRowBg, vec(p.surface, 0)},
      {ImGuiCol_TableRowBgAlt, vec(p.text, 0.025F)},
      {ImGuiCol_TextLink, vec(p.accent)},
      {ImGuiCol_TextSelectedBg, vec(p.accent, 0.32F)},
      {ImGuiCol_TreeLines, vec(p.line)},
      {ImGuiCol_DragDropTarget, vec(p.accent)},
      {ImGuiCol_DragDropTargetBg, vec(p.accent, 0.15F)},
      {ImGuiCol_UnsavedMarker, vec(p.warning)},
      {ImGuiCol_NavCursor, vec(p.accent)},
      {ImGuiCol_NavWindowingHighlight, vec(p.accent, 0.7F)},
      {ImGuiCol_NavWindowingDimBg, vec(p.field, 0.5F)},
      {ImGuiCol_ModalWindowDimBg, vec(p.field, 0.6F)},
  };
  static_assert(std::size(table) == ImGuiCol_COUNT, "a colour of the toolkit is left at its default");
  for (const auto& [index, colour] : table) colours[index] = colour;
}

void set_lengths(ImGuiStyle& style, bool dark) {
  style.WindowPadding = {12, 10};
  style.FramePadding = {9, 5};
  style.CellPadding = {8, 4};
  style.ItemSpacing = {8, 7};
  style.ItemInnerSpacing = {7, 5};
  style.IndentSpacing = 18;
  style.ScrollbarSize = 12;
  style.GrabMinSize = 12;
  style.WindowBorderSize = 1;
  style.ChildBorderSize = 1;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = dark ? 0.F : 1.F;  // light fields hardly differ from light panels
  style.TabBorderSize = 0;
  style.TabBarBorderSize = 1;
  style.TabBarOverlineSize = 2;
  style.TabMinWidthShrink = 44;  // narrow panels show all their tabs before they scroll
  style.TabCloseButtonMinWidthSelected = 76;
  style.WindowRounding = 8;
  style.ChildRounding = 6;
  style.FrameRounding = 5;
  style.PopupRounding = 8;
  style.ScrollbarRounding = 8;
  style.GrabRounding = 4;
  style.TabRounding = 5;
  style.WindowTitleAlign = {0, 0.5F};
  style.WindowMenuButtonPosition = ImGuiDir_None;
  style.SeparatorTextBorderSize = 1;
  style.SeparatorTextPadding = {0, 6};
  style.DockingSeparatorSize = 4;
  style.DisabledAlpha = 0.55F;
}

void set_plots(const Palette& p, float scale) {
  ImPlotStyle& style = ImPlot::GetStyle();
  style = ImPlotStyle();
  ImVec4* const colours = style.Colors;
  colours[ImPlotCol_FrameBg] = vec(p.field, 0);
  colours[ImPlotCol_PlotBg] = vec(p.field);
  colours[ImPlotCol_PlotBorder] = vec(p.line);
  colours[ImPlotCol_LegendBg] = vec(p.surface, 0.9F);
  colours[ImPlotCol_LegendBorder] = vec(p.line);
  colours[ImPlotCol_LegendText] = vec(p.text);
  colours[ImPlotCol_TitleText] = vec(p.text);
  colours[ImPlotCol_InlayText] = vec(p.text);
  colours[ImPlotCol_AxisText] = vec(p.muted);
  colours[ImPlotCol_AxisGrid] = vec(p.line, 0.6F);
  colours[ImPlotCol_AxisTick] = vec(p.line);
  colours[ImPlotCol_AxisBg] = vec(p.field, 0);
  colours[ImPlotCol_AxisBgHovered] = vec(p.accent, 0.15F);
  colours[ImPlotCol_AxisBgActive] = vec(p.accent, 0.25F);
  colours[ImPlotCol_Selection] = vec(p.accent);
  colours[ImPlotCol_Crosshairs] = vec(p.muted);
  style.PlotPadding = {8 * scale, 8 * scale};
  style.LabelPadding = {6 * scale, 4 * scale};
  style.LegendPadding = {8 * scale, 8 * scale};
  style.PlotDefaultSize = {360 * scale, 200 * scale};
  style.PlotMinSize = {120 * scale, 80 * scale};
  style.MinorAlpha = 0.35F;

  std::array<ImVec4, std::extent_v<decltype(Palette::series)>> series;
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = vec(p.series[i]);
  const char* const name = dark_now ? "Skyline dark" : "Skyline light";
  ImPlotColormap map = ImPlot::GetColormapIndex(name);
  if (map == -1) map = ImPlot::AddColormap(name, series.data(), static_cast<int>(series.size()));
  style.Colormap = map;
}

double linear(float encoded) {
  const double value = encoded;
  return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const Colour& c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

}  // namespace

const Palette& palette(bool dark) { return dark ? kDark : kLight; }
const Palette& palette() { return palette(dark_now); }
bool dark_theme() { return dark_now; }

double contrast(const Colour& a, const Colour& b) {
  const double first = luminance(a), second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

void apply_theme(bool dark, double scale) {
  dark_now = dark;
  ImGuiStyle style;
  set_lengths(style, dark);
  set_colours(palette(dark), style.Colors);
  style.ScaleAllSizes(static_cast<float>(scale));
  style.FontSizeBase = kBodySize;
  style.FontScaleDpi = static_cast<float>(scale);
  ImGui::GetStyle() = style;
  set_plots(palette(dark), static_cast<float>(scale));
}

}  // namespace skyline::renderer::vulkan
