// The typefaces of the window: Inter for Latin, WenQuanYi Micro Hei for Chinese, Fork Awesome for icons, looked for on the machine.
//
//   TextStyle heading(TextFont::kTitle);    // until the end of the block
//   ImGui::TextUnformatted("Skyline");
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

enum class TextFont { kBody, kStrong, kTitle, kSmall, kMono };

constexpr float kBodySize = 15;  // pixels at scale 1

// Text in one of the styles as long as it lives; within a frame only.
class TextStyle {
 public:
  explicit TextStyle(TextFont font);
  ~TextStyle();
  TextStyle(const TextStyle&) = delete;
  TextStyle& operator=(const TextStyle&) = delete;
};

// Loads what the machine has into Dear ImGui's context. Returns one sentence for each typeface that is missing and what shows instead.
std::vector<std::string> load_fonts();

// The current typeface (with those merged into it) has a glyph for every character of the text (UTF-8).
bool has_glyphs(const char* text);

}  // namespace skyline::renderer::vulkan
