// The lights that the scene was photographed in, as pictures: a click takes one, a click with Shift takes a second, and a slider blends
// both.
#include "app/desktop/interface.h"
#include "app/desktop/photo_thumbnails.h"
#include "app/desktop/widgets.h"
#include "nerf/looks.h"

#include <fmt/format.h>
#include <imgui.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

class LooksPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "photos", ui.tr("Open a scene to see its lights.", "打开场景后显示其光照。"));
    find(ui);
    if (!found_ || !found_->done) return empty_state(ui, "clock", ui.tr("Comparing the light of the photos…", "正在比较照片的光照…"));
    if (found_->looks.size() < 2) {
      return empty_state(ui, "photos",
                         ui.tr("This scene was photographed in one light. Time of Day, in Effects, changes it by colour.",
                               "此场景只有一种光照，可在“效果”中选择“时刻”来改变"));
    }
    draw_looks(ui);
    draw_blend(ui);
  }

 private:
  struct Found {
    bool done = false;
    std::vector<nerf::CapturedLook> looks;
  };

  // In a job, once a scene; a scene that is still learned has no looks yet.
  void find(Interface& ui) {
    Session& session = ui.session;
    if (scene_ == session.scene || session.scene->live) return;
    scene_ = session.scene;
    textures_.clear();
    found_ = std::make_shared<Found>();
    session.jobs.start(ui.tr("Comparing lights", "正在比较光照"),
                       [found = found_, scene = session.scene](core::Progress& progress) -> Jobs::Finish {
                         auto looks = nerf::find_looks(*scene->field, scene->info, {}, progress);
                         return [found, looks = looks ? std::move(*looks) : std::vector<nerf::CapturedLook>()]() mutable {
                           found->looks = std::move(looks);
                           found->done = true;
                         };
                       });
  }

  editor::Look look(const Interface& ui) const { return ui.session.edits->state().look.value_or(editor::Look()); }

  void draw_looks(Interface& ui) {
    const editor::Look now = look(ui);
    const float gap = px(ui, 6), room = ImGui::GetContentRegionAvail().x;
    const int columns = std::max(1, static_cast<int>((room + gap) / (px(ui, 104) + gap)));
    const float width = std::floor((room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns)),
                height = std::round(0.625F * width);
    textures_.resize(found_->looks.size());
    for (std::size_t i = 0; i < found_->looks.size(); ++i) {
      if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, gap);
      draw_look(ui, i, now, {width, height});
    }
    ImGui::BeginDisabled(!ui.session.edits->state().look);
    if (ImGui::Button(ui.tr("Mean of all photos", "所有照片的平均"))) ui.run("edit.look", R"({"photo": -1})");
    ImGui::EndDisabled();
  }

  void draw_look(Interface& ui, std::size_t i, const editor::Look& now, ImVec2 size) {
    const nerf::CapturedLook& captured = found_->looks[i];
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + size.x, low.y + size.y};
    ImGui::PushID(static_cast<int>(i));
    const bool pressed = ImGui::InvisibleButton("##look", size);
    ImGui::PopID();
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) {
      tooltip(fmt::format("{} {}\n{}", captured.photos, ui.tr("photos look like this", "张照片为此光照"),
                          ui.tr("Click to use it, Shift+click to blend with it", "单击使用，Shift+单击混合"))
                  .c_str());
    }
    ImDrawList* const list = ImGui::GetWindowDrawList();
    draw_thumbnail(ui, list, thumbnail(ui, i), low, high);
    const bool first = now.photo == captured.photo, second = now.other == captured.photo;
    if (first || second || ImGui::IsItemHovered())
      list->AddRect(low, high, u32(first || second ? palette().accent : palette().line), px(ui, 3), px(ui, first ? 3 : 1.5));
    if (!pressed) return;
    if (ImGui::GetIO().KeyShift && now.photo >= 0 && !first) {
      ui.run("edit.look", fmt::format(R"({{"photo": {}, "other": {}, "blend": 0.5}})", now.photo, captured.photo));
    } else {
      ui.run("edit.look", fmt::format(R"({{"photo": {}}})", captured.photo));
    }
  }

  std::optional<PhotoThumbnails::Thumbnail> thumbnail(Interface& ui, std::size_t i) {
    const core::Image& image = found_->looks[i].thumbnail;
    auto& texture = textures_[i];
    // A device made anew has no pictures.
    if (!texture || texture->id() == 0) {
      if (!texture) texture = ui.shell.make_texture("look");
      std::vector<std::uint8_t> rgba;
      for (std::size_t p = 0; p + 2 < image.pixels.size(); p += 3)
        rgba.insert(rgba.end(), {image.pixels[p], image.pixels[p + 1], image.pixels[p + 2], 255});
      if (const auto status = texture->update(rgba, image.width, image.height); !status) ui.session.fail(status.error());
      if (texture->id() == 0) return std::nullopt;
    }
    return PhotoThumbnails::Thumbnail{
        static_cast<ImTextureID>(texture->id()), {0, 0}, {1, 1}, static_cast<float>(image.width) / static_cast<float>(image.height)};
  }

  // Seen while it is dragged, done when it is let go.
  void draw_blend(Interface& ui) {
    const editor::Look now = look(ui);
    if (now.photo < 0 || now.other < 0) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
      ImGui::TextWrapped("%s", ui.tr("Shift+click a second light to blend both.", "按住 Shift 单击第二种光照即可混合。"));
      ImGui::PopStyleColor();
      return;
    }
    auto percent = static_cast<float>(100 * now.blend);
    ImGui::SetNextItemWidth(-1);
    editor::Look wanted = now;
    if (ImGui::SliderFloat("##blend", &percent, 0, 100, ui.tr("Blend %.0f %%", "混合 %.0f %%"), ImGuiSliderFlags_AlwaysClamp)) {
      wanted.blend = static_cast<double>(percent) / 100;
      changed_ = true;
      ui.session.show_pending(wanted);
    }
    if (!changed_ || !ImGui::IsItemDeactivated()) return;
    changed_ = false;
    ui.session.show_pending({});
    ui.run("edit.look", fmt::format(R"({{"photo": {}, "other": {}, "blend": {}}})", wanted.photo, wanted.other, wanted.blend));
  }

  std::shared_ptr<nerf::SharedScene> scene_;
  std::shared_ptr<Found> found_;
  std::vector<std::unique_ptr<renderer::vulkan::Texture>> textures_;
  bool changed_ = false;
};

}  // namespace

std::unique_ptr<Panel> make_looks_panel() { return std::make_unique<LooksPanel>(); }

}  // namespace skyline::app::desktop
