#include "app/desktop/start_page.h"

#include "app/desktop/folders.h"
#include "app/desktop/scene_preview.h"
#include "app/desktop/widgets.h"
#include "core/memory.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>
#include <system_error>
#include <thread>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

constexpr double kContentWidth = 860;
constexpr std::size_t kMostUnsaved = 4;

std::vector<std::uint8_t> rgba_of(const core::Image& image) {
  std::vector<std::uint8_t> rgba(image.pixels.size() / 3 * 4, 255);
  for (std::size_t pixel = 0; pixel < image.pixels.size() / 3; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) rgba[4 * pixel + channel] = image.pixels[3 * pixel + channel];
  }
  return rgba;
}

std::string path_json(const fs::path& path) {
  return nlohmann::json{{"path", path.string()}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

StartPage::Thumbnail& StartPage::thumbnail(Interface& ui, const fs::path& scene) {
  const auto [entry, added] = thumbnails_.try_emplace(scene.string());
  if (added) {
    const std::string key = scene.string();
    ui.session.jobs.start(ui.tr("Reading a preview", "正在读取预览"), [this, &ui, scene, key](core::Progress&) -> Jobs::Finish {
      auto preview = std::make_shared<core::Result<ScenePreview>>(read_preview(scene));
      return [this, &shell = ui.shell, preview, key] {
        // A file that cannot be read says so when it is opened.
        if (!*preview || (*preview)->image.width == 0) return;
        Thumbnail& target = thumbnails_[key];
        target.credit = (*preview)->credit;
        target.texture = shell.make_texture("preview");
        const core::Image& image = (*preview)->image;
        if (!target.texture->update(rgba_of(image), image.width, image.height)) target.texture.reset();
      };
    });
  }
  return entry->second;
}

void StartPage::card(Interface& ui, const fs::path& scene, const std::string& title, const std::string& note, ImVec2 size) {
  ImGui::PushID(scene.c_str());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::InvisibleButton("##card", size);
  const bool hovered = ImGui::IsItemHovered();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip(scene.c_str());
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float rounding = px(ui, 8), text_height = 2 * ImGui::GetTextLineHeight() + px(ui, 18);
  const ImVec2 end{at.x + size.x, at.y + size.y}, picture_end{end.x, end.y - text_height};
  list->AddRectFilled(at, end, u32(palette().raised), rounding);
  const Thumbnail& picture = thumbnail(ui, scene);
  if (picture.texture && picture.texture->id() != 0) {
    // The middle of the picture, cut to the card's shape.
    const float shape = (picture_end.x - at.x) / (picture_end.y - at.y);
    const float own = static_cast<float>(picture.texture->width()) / static_cast<float>(picture.texture->height());
    const float u = own > shape ? 0.5F * (1 - shape / own) : 0, v = own > shape ? 0 : 0.5F * (1 - own / shape);
    list->AddImageRounded(static_cast<ImTextureID>(picture.texture->id()), at, picture_end, {u, v}, {1 - u, 1 - v}, IM_COL32_WHITE,
                          rounding, ImDrawFlags_RoundTop);
  } else {
    list->AddRectFilled(at, picture_end, u32(palette().field), rounding, ImDrawFlags_RoundTop);
  }
  list->AddRect(at, end, u32(hovered ? palette().accent : palette().line), rounding, px(ui, hovered ? 2 : 1));
  const float left = at.x + px(ui, 12), room = size.x - px(ui, 24);
  {
    const TextStyle strong(TextFont::kStrong);
    list->AddText({left, picture_end.y + px(ui, 7)}, u32(palette().text), fitted(title, room).c_str());
  }
  list->AddText({left, picture_end.y + px(ui, 9) + ImGui::GetTextLineHeight()}, u32(palette().muted), fitted(note, room).c_str());
  if (pressed) ui.run("file.open", path_json(scene));
  ImGui::PopID();
}

void StartPage::draw_samples(Interface& ui, float width) {
  const fs::path assets = assets_folder();
  section(ui, ui.tr("Samples", "示例"));
  if (assets.empty()) {
    ImGui::TextDisabled("%s", ui.tr("The bundled scenes are not beside this program.", "程序旁没有自带的场景。"));
    return;
  }
  const float gap = px(ui, 14), card_width = std::min(px(ui, 280), std::floor((width - 2 * gap) / 3));
  const ImVec2 size{card_width, std::floor(card_width * 0.56F) + 2 * ImGui::GetTextLineHeight() + px(ui, 18)};
  card(ui, assets / "city.sky", ui.tr("Generated city", "程序生成的城市"), ui.tr("with a catalogue of its objects", "带物体目录"), size);
  ImGui::SameLine(0, gap);
  card(ui, assets / "warsaw.sky", ui.tr("Warsaw Ochota", "华沙奥霍塔区"), ui.tr("from photos of a kite", "由风筝航拍照片重建"), size);
  ImGui::SameLine(0, gap);
  // New from photos, as a card of its own.
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (ImGui::InvisibleButton("##new", size)) ui.run_or_ask(*editor::find_command("file.new_from_photos"));
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* const list = ImGui::GetWindowDrawList();
  list->AddRect(at, {at.x + size.x, at.y + size.y}, u32(hovered ? palette().accent : palette().line), px(ui, 8), px(ui, hovered ? 2 : 1));
  const auto centred = [&](const std::string& text, float y, const renderer::vulkan::Colour& colour) {
    const ImVec2 text_size = ImGui::CalcTextSize(text.c_str(), nullptr, false, size.x - px(ui, 24));
    list->AddText(nullptr, 0, {at.x + 0.5F * (size.x - text_size.x), at.y + y}, u32(colour), text.c_str(), nullptr, size.x - px(ui, 24));
  };
  {
    const TextStyle title(TextFont::kTitle);
    centred(icon_text("photos"), 0.26F * size.y, palette().accent);
  }
  {
    const TextStyle strong(TextFont::kStrong);
    centred(ui.tr("New from photos", "由照片新建"), 0.52F * size.y, palette().text);
  }
  centred(ui.tr("or drop a folder here", "或把文件夹拖到这里"), 0.52F * size.y + ImGui::GetTextLineHeight() + px(ui, 6), palette().muted);
}

void StartPage::draw_recent(Interface& ui, float width) {
  const auto& recent = ui.session.preferences.recent;
  section(ui, ui.tr("Recent", "最近打开"));
  if (recent.empty()) {
    ImGui::TextDisabled("%s", ui.tr("Scenes that you open appear here.", "打开过的场景会出现在这里。"));
    return;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(recent.size(), 6); ++i) {
    std::error_code code;
    const fs::path path = recent[i];
    const bool there = fs::exists(path, code);
    ImGui::PushID(static_cast<int>(i));
    ImGui::BeginDisabled(!there);
    if (ImGui::Selectable("##recent", false, ImGuiSelectableFlags_AllowOverlap, {width, 0})) ui.run("file.open", path_json(path));
    ImGui::EndDisabled();
    ImGui::SameLine(px(ui, 4));
    ImGui::TextUnformatted(with_icon("file", path.filename().string()).c_str());
    ImGui::SameLine(px(ui, 240));
    ImGui::TextDisabled("%s", fitted(there ? path.parent_path().string() : ui.tr("is not there any more", "文件已不存在"),
                                     std::max(px(ui, 40), width - px(ui, 250)))
                                  .c_str());
    ImGui::PopID();
  }
}

void StartPage::draw_recovery(Interface& ui, float width) {
  if (!read_) {
    read_ = true;
    unsaved_ = find_unsaved(ui.session.projects_folder);
  }
  if (unsaved_.empty()) return;
  section(ui, ui.tr("Edited and not saved under a name", "已编辑但尚未命名保存"));
  const std::int64_t now = std::time(nullptr);
  for (std::size_t i = 0; i < std::min<std::size_t>(unsaved_.size(), kMostUnsaved); ++i) {
    const UnsavedProject& project = unsaved_[i];
    ImGui::PushID(static_cast<int>(i));
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(with_icon("history", project.scene.stem().string()).c_str());
    ImGui::SameLine(px(ui, 240));
    const std::string edits = fmt::format(fmt::runtime(ui.tr("{} edits", "{} 处更改")), project.edits);
    ImGui::TextDisabled("%s", fmt::format(fmt::runtime(ui.tr("{}, {} ago", "{}，{}前")), edits,
                                          duration_words(ui, static_cast<double>(std::max<std::int64_t>(now - project.changed_at, 1))))
                                  .c_str());
    ImGui::SameLine(width - px(ui, 190));
    if (primary_button(ui.tr("Continue", "继续编辑"), {px(ui, 104), 0})) ui.run("file.open_project", path_json(project.path));
    ImGui::SameLine();
    if (ImGui::Button(ui.tr("Discard", "丢弃"), {px(ui, 78), 0})) {
      forget_project(project.path);
      read_ = false;
    }
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(ui.tr("Deletes these edits for good", "永久删除这些更改"));
    ImGui::PopID();
  }
}

void StartPage::draw_machine(Interface& ui) {
  section(ui, ui.tr("This machine", "本机"));
  const renderer::vulkan::DeviceReport& device = ui.shell.device();
  figure(ui, ui.tr("Window", "窗口"), device.name + (device.kind == "software" ? ui.tr("  (software)", "（软件渲染）") : ""));
  figure(ui, ui.tr("Field", "辐射场"), fmt::format("{} {}", std::thread::hardware_concurrency(), ui.tr("processor cores", "个处理器核心")));
  figure(ui, ui.tr("Memory", "内存"), bytes_words(static_cast<double>(core::physical_memory_bytes())));
  figure(ui, ui.tr("Network", "网络"), ui.tr("never used", "完全离线"));
}

void StartPage::draw(Interface& ui, ImVec2 low, ImVec2 high) {
  ImGui::SetNextWindowPos(low);
  ImGui::SetNextWindowSize({high.x - low.x, high.y - low.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus;
  ImGui::Begin("##start", nullptr, kFlags & ~ImGuiWindowFlags_NoScrollbar);
  ImGui::PopStyleVar(2);
  const float width = std::min(px(ui, kContentWidth), ImGui::GetContentRegionAvail().x);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, 0.5F * (ImGui::GetContentRegionAvail().x - width)));
  ImGui::BeginChild("##content", {width, 0}, ImGuiChildFlags_AutoResizeY);
  ImGui::Dummy({0, std::min(px(ui, 28), 0.04F * (high.y - low.y))});
  {
    const TextStyle title(TextFont::kTitle);
    ImGui::TextUnformatted("Skyline");
  }
  ImGui::TextDisabled("%s", ui.tr("Photos of a city in, a field to fly through out.", "输入城市照片，输出可以自由飞行的辐射场。"));
  draw_recovery(ui, width);
  draw_samples(ui, width);
  draw_recent(ui, width);
  ImGui::Dummy({0, px(ui, 4)});
  command_button(ui, "file.open", ui.tr("Open a scene", "打开场景"));
  ImGui::SameLine();
  command_button(ui, "help.keys", ui.tr("Keys", "快捷键"));
  if (ui.session.scene) {
    ImGui::SameLine();
    if (ImGui::Button(ui.tr("Back to the scene", "返回场景"))) ui.session.window.start_page = false;
  }
  draw_machine(ui);
  ImGui::EndChild();
  ImGui::End();
}

}  // namespace skyline::app::desktop
