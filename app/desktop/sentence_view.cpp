#include "app/desktop/sentence_view.h"

#include "app/desktop/edit_words.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/theme.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::Colour;
using renderer::vulkan::palette;

constexpr int kMostNames = 3;

// One code point of the sentence and where it is drawn.
struct Glyph {
  std::string text;
  float x = 0, width = 0;
  int line = 0;
};

std::size_t length_of(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

std::vector<Glyph> glyphs_of(const std::string& sentence) {
  std::vector<Glyph> glyphs;
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t length = std::min(length_of(static_cast<unsigned char>(sentence[at])), sentence.size() - at);
    Glyph glyph;
    glyph.text = sentence.substr(at, length);
    glyph.width = ImGui::CalcTextSize(glyph.text.c_str()).x;
    glyphs.push_back(std::move(glyph));
    at += length;
  }
  return glyphs;
}

bool is_space(const Glyph& glyph) { return glyph.text == " " || glyph.text == "\t" || glyph.text == "\n"; }
// Lines may break before and after characters that are words of their own.
bool is_wide(const Glyph& glyph) { return glyph.text.size() >= 3; }

// Breaks into lines of at most `room` pixels; the number of lines.
int lay_out(std::vector<Glyph>& glyphs, float room) {
  int line = 0;
  float x = 0;
  for (std::size_t begin = 0; begin < glyphs.size();) {
    std::size_t end = begin + 1;
    while (!is_space(glyphs[begin]) && !is_wide(glyphs[begin]) && end < glyphs.size() && !is_space(glyphs[end]) && !is_wide(glyphs[end]))
      ++end;
    float width = 0;
    for (std::size_t i = begin; i < end; ++i) width += glyphs[i].width;
    if (x > 0 && x + width > room && !is_space(glyphs[begin])) {
      ++line;
      x = 0;
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (x > 0 && x + glyphs[i].width > room && !is_space(glyphs[i])) {  // a word longer than the line
        ++line;
        x = 0;
      }
      glyphs[i].x = x;
      glyphs[i].line = line;
      x += glyphs[i].width;
    }
    begin = end;
  }
  return line + 1;
}

struct Meaning {
  std::string_view means;
  editor::Text title;
};
constexpr std::array kMeanings = std::to_array<Meaning>({
    {"op", {"what to do", "操作"}},
    {"targets", {"who is meant", "对象"}},
    {"amount", {"how much", "数量"}},
    {"direction", {"direction", "方向"}},
    {"color", {"colour", "颜色"}},
    {"place", {"place", "位置"}},
    {"part", {"part", "部分"}},
    {"season", {"season", "季节"}},
    {"time", {"time", "时间"}},
    {"weather", {"weather", "天气"}},
    {"style", {"style", "风格"}},
    {"angle", {"angle", "角度"}},
    {"count", {"number", "个数"}},
    {"ignored", {"nothing to do with it", "与操作无关"}},
    {"question", {"question", "问题"}},
    {"name", {"name", "名称"}},
    {"asset", {"kind of object", "物体种类"}},
    {"strength", {"strength", "强度"}},
    {"camera", {"camera", "相机"}},
    {"kind", {"kind of file", "文件类型"}},
    {"unknown", {"not understood", "没有理解"}},
});

std::string meaning_title(const Interface& ui, const std::string& means) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.means == means) return std::string(meaning.title.in(ui.session.language()));
  }
  return means;
}

Colour colour_of(const Assistant& assistant, const models::Span& span) {
  if (const int reference = assistant.reference_of(span); reference >= 0) return reference_colour(reference);
  if (span.means == "unknown") return palette().bad;
  return span.means == "op" || span.means == "question" ? palette().text : palette().muted;
}

std::string words_of(const Interface& ui, const models::Span& span) {
  std::string words = meaning_title(ui, span.means);
  for (std::size_t i = 0; i < std::min<std::size_t>(span.ids.size(), kMostNames); ++i)
    words += fmt::format("\n{}", object_name(ui.session, span.ids[i]));
  if (span.ids.size() > kMostNames) words += fmt::format("\n+ {}", span.ids.size() - kMostNames);
  return words;
}

// How many wider spans a span lies within: inner ones are underlined nearer to the words.
int depth_below(const std::vector<models::Span>& spans, std::size_t index) {
  int depth = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const bool inside = spans[i].start >= spans[index].start && spans[i].end <= spans[index].end;
    const bool smaller = spans[i].end - spans[i].start < spans[index].end - spans[index].start;
    if (i != index && inside && smaller) depth = std::max(depth, depth_below(spans, i) + 1);
  }
  return std::min(depth, 3);
}

}  // namespace

Colour reference_colour(int reference) {
  // The first colour of a plot is the accent, which the selection has.
  constexpr std::array<std::size_t, 5> kOrder{1, 3, 2, 4, 5};
  return palette().series[kOrder[static_cast<std::size_t>(std::max(reference, 0)) % kOrder.size()]];
}

void draw_sentence(Interface& ui, const Assistant& assistant) {
  if (assistant.plan() == nullptr) return;
  const std::vector<models::Span>& spans = assistant.plan()->spans;
  std::vector<Glyph> glyphs = glyphs_of(assistant.planned_sentence());
  const int lines = lay_out(glyphs, ImGui::GetContentRegionAvail().x);
  const float rise = px(ui, 3), thickness = px(ui, 2), text_height = ImGui::GetTextLineHeight();
  const float step = text_height + px(ui, 12);
  const ImVec2 low = ImGui::GetCursorScreenPos();
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float alpha = assistant.waiting() ? 0.5F : 1.0F;
  for (const Glyph& glyph : glyphs) {
    if (is_space(glyph)) continue;
    list->AddText({low.x + glyph.x, low.y + step * static_cast<float>(glyph.line)}, u32(palette().text.with_alpha(alpha)),
                  glyph.text.c_str());
  }
  const models::Span* pointed = nullptr;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t s = 0; s < spans.size(); ++s) {
    const models::Span& span = spans[s];
    if (span.means == "ignored" || span.end > glyphs.size() || span.start >= span.end) continue;
    const float below = text_height + px(ui, 1) + rise * static_cast<float>(depth_below(spans, s));
    for (std::size_t i = span.start; i < span.end;) {
      std::size_t end = i;
      while (end + 1 < span.end && glyphs[end + 1].line == glyphs[i].line) ++end;
      std::size_t last = end;
      while (last > i && is_space(glyphs[last])) --last;
      const float y = low.y + step * static_cast<float>(glyphs[i].line);
      const ImVec2 a{low.x + glyphs[i].x, y + below}, b{low.x + glyphs[last].x + glyphs[last].width, y + below};
      list->AddRectFilled(a, {b.x, b.y + thickness}, u32(colour_of(assistant, span).with_alpha(alpha)), 0.5F * thickness);
      const bool over = mouse.x >= a.x && mouse.x < b.x && mouse.y >= y && mouse.y < y + step;
      if (over && (pointed == nullptr || span.end - span.start < pointed->end - pointed->start)) pointed = &span;
      i = end + 1;
    }
  }
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, step * static_cast<float>(lines)});
  if (pointed != nullptr && ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(words_of(ui, *pointed).c_str());
}

}  // namespace skyline::app::desktop
