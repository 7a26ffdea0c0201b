#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>

namespace skyline::renderer::vulkan {
namespace {

namespace fs = std::filesystem;

using Places = std::vector<fs::path>;

// Where Debian, Fedora, Arch keep them; the first that exists is taken.
const Places kLatin = {"/usr/share/fonts/opentype/inter/Inter-Regular.otf", "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
                       "/usr/share/fonts/inter/Inter-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                       "/usr/share/fonts/TTF/DejaVuSans.ttf"};
const Places kLatinStrong = {"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf",
                             "/usr/share/fonts/inter/Inter-SemiBold.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
                             "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"};
const Places kMono = {"/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "/usr/share/fonts/TTF/DejaVuSansMono.ttf",
                      "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"};
const Places kChinese = {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/wenquanyi/wqy-microhei/wqy-microhei.ttc",
                         "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                         "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"};
const Places kIcons = {"/usr/share/fonts/truetype/fork-awesome/forkawesome-webfont.ttf",
                       "/usr/share/fonts-fork-awesome/fonts/forkawesome-webfont.ttf",
                       "/usr/share/fonts/fork-awesome/forkawesome-webfont.ttf"};

struct Style {
  ImFont* font = nullptr;
  float size = kBodySize;
};
std::array<Style, 5> styles;  // by TextFont, of Dear ImGui's one context

fs::path first_of(const Places& places) {
  std::error_code code;
  const auto found = std::ranges::find_if(places, [&](const fs::path& path) { return fs::is_regular_file(path, code); });
  return found == places.end() ? fs::path() : *found;
}

struct Files {
  fs::path chinese, icons;
};

// A typeface with the Chinese and the icons merged into it.
ImFont* add_family(const fs::path& latin, const Files& merged) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFont* const font = latin.empty() ? atlas.AddFontDefaultVector() : atlas.AddFontFromFileTTF(latin.c_str());
  ImFontConfig config;
  config.MergeMode = true;
  if (!merged.icons.empty()) {
    config.GlyphOffset.y = 1;
    config.GlyphMinAdvanceX = kBodySize * 1.25F;
    atlas.AddFontFromFileTTF(merged.icons.c_str(), 0, &config);
  }
  if (!merged.chinese.empty()) {
    config.GlyphOffset.y = 0;
    config.GlyphMinAdvanceX = 0;
    atlas.AddFontFromFileTTF(merged.chinese.c_str(), 0, &config);
  }
  return font;
}

std::string missing(std::string_view what, std::string_view instead, std::string_view package) {
  return fmt::format("{} is not installed: {}; install the package {}", what, instead, package);
}

}  // namespace

std::vector<std::string> load_fonts() {
  std::vector<std::string> notices;
  const fs::path latin = first_of(kLatin), strong = first_of(kLatinStrong), mono = first_of(kMono);
  const Files merged{first_of(kChinese), first_of(kIcons)};
  if (latin != kLatin.front()) notices.push_back(missing("the typeface Inter", "another one is shown", "fonts-inter"));
  if (merged.chinese.empty()) notices.push_back(missing("a Chinese typeface", "Chinese text shows as boxes", "fonts-wqy-microhei"));
  if (merged.icons.empty()) notices.push_back(missing("the icon typeface", "buttons show text only", "fonts-fork-awesome"));

  ImFont* const body = add_family(latin, merged);
  ImFont* const bold = strong.empty() ? body : add_family(strong, merged);
  ImFont* const fixed = mono.empty() ? body : add_family(mono, merged);
  styles = {Style{body, kBodySize}, Style{bold, kBodySize}, Style{bold, 22}, Style{body, 13}, Style{fixed, 14}};
  ImGui::GetIO().FontDefault = body;
  return notices;
}

TextStyle::TextStyle(TextFont font) {
  const Style& style = styles[static_cast<std::size_t>(font)];
  ImGui::PushFont(style.font, style.size);
}

TextStyle::~TextStyle() { ImGui::PopFont(); }

bool has_glyphs(const char* text) {
  ImFont* const font = ImGui::GetFont();
  for (const char* at = text; *at != '\0';) {
    unsigned code = 0;
    at += ImTextCharFromUtf8(&code, at, nullptr);
    if (!font->IsGlyphInFont(static_cast<ImWchar>(code))) return false;
  }
  return true;
}

}  // namespace skyline::renderer::vulkan
