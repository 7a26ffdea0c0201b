// What can be put into the scene, with small pictures: a click takes it to the pointer, a drag into the view puts it down there.
#include "app/desktop/asset_pictures.h"
#include "app/desktop/interface.h"
#include "app/desktop/names.h"
#include "app/desktop/photo_thumbnails.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr int kPictureWidth = 96, kPictureHeight = 72;
constexpr double kLeastWidth = 84;  // of a picture at scale 1: two beside each other in a narrow panel

class ShelfPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    const Session& session = ui.session;
    if (!session.scene)
      return empty_state(ui, "cubes", ui.tr("What can be put into a scene appears here.", "可放入场景的物体会显示在这里。"));
    read(ui);
    thumbnails_.update(ui);
    if (ImGui::Button(with_icon("cube", ui.tr("Mesh file…", "网格文件…")).c_str())) ui.run_or_ask(*editor::find_command("tool.place_mesh"));
    ImGui::BeginChild("##assets");
    const float gap = px(ui, 8), room = ImGui::GetContentRegionAvail().x;
    const int columns = std::max(1, static_cast<int>((room + gap) / (px(ui, kLeastWidth) + gap)));
    const float width = (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height = width * kPictureHeight / kPictureWidth, line = ImGui::GetTextLineHeight() + px(ui, 8);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < assets_.size(); ++i) {
      const auto column = static_cast<float>(i % static_cast<std::size_t>(columns)),
                 row = static_cast<float>(i / static_cast<std::size_t>(columns));
      draw_asset(ui, i, {origin.x + column * (width + gap), origin.y + row * (height + line)}, width, height);
    }
    const auto rows = static_cast<float>((assets_.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns));
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({room, rows * (height + line)});
    ImGui::EndChild();
  }

 private:
  void read(Interface& ui) {
    const Session& session = ui.session;
    if (session.scene.get() == shown_) return;
    shown_ = session.scene.get();
    assets_ = assets_of(session.scene->info.objects);
    thumbnails_.show_made(
        ui, fmt::format("{}", static_cast<const void*>(shown_)), ui.tr("Drawing the shelf", "正在绘制素材架"), assets_.size(),
        [assets = assets_, scene = session.scene](std::size_t i) { return picture_of(assets[i], *scene, kPictureWidth, kPictureHeight); });
  }

  void draw_asset(Interface& ui, std::size_t i, ImVec2 low, float width, float height) {
    const Asset& asset = assets_[i];
    const std::string& name = ui.session.language() == editor::Language::kChinese && !asset.name_zh.empty() ? asset.name_zh : asset.name;
    const std::string of_class = class_title(asset.object_class, ui.session.language());
    const ImVec2 high{low.x + width, low.y + height};
    ImDrawList* const list = ImGui::GetWindowDrawList();
    ImGui::SetCursorScreenPos(low);
    ImGui::PushID(static_cast<int>(i));
    ImGui::InvisibleButton("##asset", {width, height + ImGui::GetTextLineHeight()});
    // As soon as the button goes down: the same hand may drag it into the view.
    if (ImGui::IsItemActivated()) {
      const std::string object = asset.object > 0 ? fmt::format(R"(, "object": {})", asset.object) : std::string();
      ui.run("tool.place", fmt::format(R"({{"asset": "{}"{}}})", city::class_name(asset.object_class), object));
    }
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) {
      std::string text = name.empty() ? of_class : name + "\n" + of_class;
      if (asset.height > 0) text += fmt::format("   {:.0f} m", asset.height);
      tooltip((text + "\n" + ui.tr("Click, or drag into the view", "单击，或拖入画面")).c_str());
    }
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    draw_thumbnail(ui, list, thumbnails_.thumbnail(i), low, high);
    if (hovered) list->AddRect(low, high, u32(palette().accent), px(ui, 3), px(ui, 2));
    const renderer::vulkan::TextStyle small(renderer::vulkan::TextFont::kSmall);
    list->AddText({low.x, high.y + px(ui, 2)}, u32(palette().muted), fitted(name.empty() ? of_class : name, width).c_str());
  }

  const void* shown_ = nullptr;
  std::vector<Asset> assets_;
  PhotoThumbnails thumbnails_;
};

// The last measurements, the newest first.
class MeasuresPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    for (const char* const what : {"distance", "area", "height"}) {
      const auto choices = editor::choices_of(editor::find_command("tool.measure")->arguments.front());
      const auto choice = std::find_if(choices.begin(), choices.end(), [&](const editor::Choice& c) { return c.value == what; });
      ImGui::BeginDisabled(!ui.session.scene);
      if (ImGui::Button(std::string(choice->title.in(ui.session.language())).c_str()))
        ui.run("tool.measure", fmt::format(R"({{"what": "{}"}})", what));
      ImGui::EndDisabled();
      ImGui::SameLine();
    }
    // On a line of their own in a narrow panel.
    if (right_edge() - ImGui::GetCursorPosX() < px(ui, 58)) ImGui::NewLine();
    command_button(ui, "tool.copy_measures");
    ImGui::SameLine(0, px(ui, 2));
    command_button(ui, "tool.clear_measures");
    const auto& done = ui.session.measuring.done();
    if (done.empty()) return empty_state(ui, "ruler", ui.tr("Measurements appear here.", "测量结果会显示在这里。"));
    for (std::size_t i = 0; i < done.size(); ++i) {
      const std::string text = done[i].text(ui.session.language());
      ImGui::PushID(static_cast<int>(i));
      if (ImGui::Selectable(fitted(text, right_edge() - ImGui::GetCursorPosX()).c_str())) ui.session.window.clipboard = text;
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip((text + "\n" + ui.tr("Click copies it", "单击复制")).c_str());
      ImGui::PopID();
    }
  }
};

}  // namespace

std::unique_ptr<Panel> make_shelf_panel() { return std::make_unique<ShelfPanel>(); }
std::unique_ptr<Panel> make_measures_panel() { return std::make_unique<MeasuresPanel>(); }

}  // namespace skyline::app::desktop
