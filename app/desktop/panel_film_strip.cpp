// The training photos in a row, with the error of each while the field learns; a click flies to where one was taken.
#include "app/desktop/interface.h"
#include "app/desktop/photo_comparison.h"
#include "app/desktop/photo_thumbnails.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::Colour;
using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

Colour mix(const Colour& a, const Colour& b, float share) {
  return {a.r + share * (b.r - a.r), a.g + share * (b.g - a.g), a.b + share * (b.b - a.b), 1};
}

// Lowest and highest PSNR measured; a range of at least 6 dB, so that small differences look small.
struct ErrorRange {
  double low = 0, high = 0;
  // 0: the worst, 1: the best.
  float share(double psnr) const { return static_cast<float>(std::clamp((psnr - low) / (high - low), 0.0, 1.0)); }
};

ErrorRange range_of(const std::vector<nerf::PhotoError>& errors) {
  constexpr double kLeast = 6;  // dB
  ErrorRange range{1e9, -1e9};
  for (const nerf::PhotoError& error : errors) {
    if (error.psnr < 0) continue;
    range.low = std::min(range.low, error.psnr);
    range.high = std::max(range.high, error.psnr);
  }
  const double middle = 0.5 * (range.low + range.high), half = std::max(kLeast, range.high - range.low) / 2;
  return {middle - half, middle + half};
}

Colour error_colour(float share) {
  return share < 0.5F ? mix(palette().bad, palette().warning, 2 * share) : mix(palette().warning, palette().good, 2 * share - 1);
}

class FilmStripPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene || session.scene->info.cameras.empty()) {
      return empty_state(ui, "photos", ui.tr("The photos that a scene was trained from appear here.", "场景的训练照片会显示在这里。"));
    }
    read_photos(ui);
    thumbnails_.update(ui);
    if (!any_photo(session) && !session.training_runs()) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
      ImGui::AlignTextToFramePadding();
      ImGui::TextUnformatted(ui.tr("The photos are not beside the scene; their cameras are.", "照片不在场景旁，仅有相机位置。"));
      ImGui::PopStyleColor();
      ImGui::SameLine();
      command_button(ui, "scene.photo_folder", ui.tr("Where are they…", "指定照片位置…"));
    }
    const bool learns = session.training && session.training->scene() == session.scene;
    const std::vector<nerf::PhotoError> errors = learns ? session.training->photo_errors() : std::vector<nerf::PhotoError>();
    draw_strip(ui, errors);
  }

 private:
  void read_photos(Interface& ui) {
    Session& session = ui.session;
    const auto& cameras = session.scene->info.cameras;
    std::vector<std::string> names;
    for (const core::Camera& camera : cameras) names.push_back(camera.name);
    const std::string key =
        fmt::format("{} {} {}", static_cast<const void*>(session.scene.get()), session.photo_folder.string(), names.size());
    std::vector<std::filesystem::path> files;
    if (session.training && session.training->scene() == session.scene) {
      for (const nerf::Photo& photo : session.training->plan().dataset.photos) files.push_back(photo.path);
    }
    thumbnails_.show(ui, key, names.size(),
                     [names, files, folder = session.photo_folder, scene = session.scene_path](std::size_t photo) -> std::filesystem::path {
                       if (photo < files.size()) return files[photo];
                       const auto found = find_photo(names[photo], folder, scene);
                       return found ? *found : std::filesystem::path();
                     });
  }

  // The first photo stands for all; looked for again when the folder was chosen.
  bool any_photo(const Session& session) {
    const std::string where = session.scene_path.string() + "\n" + session.photo_folder.string();
    if (where != looked_in_) {
      looked_in_ = where;
      found_ = static_cast<bool>(find_photo(session.scene->info.cameras.front().name, session.photo_folder, session.scene_path));
    }
    return found_;
  }

  void draw_strip(Interface& ui, const std::vector<nerf::PhotoError>& errors) {
    const Session& session = ui.session;
    const auto& cameras = session.scene->info.cameras;
    const float gap = px(ui, 6), bar = errors.empty() ? 0 : px(ui, 5);
    ImGui::BeginChild("##strip", {0, 0}, ImGuiChildFlags_None, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    // The wheel moves the film.
    if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0)
      ImGui::SetScrollX(ImGui::GetScrollX() - ImGui::GetIO().MouseWheel * px(ui, 120));
    const float room = ImGui::GetWindowHeight() - ImGui::GetStyle().ScrollbarSize - px(ui, 2);
    const bool labelled = room > px(ui, 90);
    const float line = labelled ? ImGui::GetTextLineHeight() : 0;
    const float height = std::clamp(room - bar - line - 2 * px(ui, 3), px(ui, 24), px(ui, PhotoThumbnails::kSide));
    const float shape =
        std::clamp(static_cast<float>(cameras.front().width) / static_cast<float>(std::max(1, cameras.front().height)), 0.5F, 2.0F);
    const float width = std::round(height * shape), stride = width + gap;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    ImGui::Dummy({stride * static_cast<float>(cameras.size()) - gap, height + bar + line});
    if (session.current_photo != shown_photo_) {
      shown_photo_ = session.current_photo;
      if (shown_photo_ >= 0)
        ImGui::SetScrollX(std::max(0.0F, static_cast<float>(shown_photo_) * stride - 0.5F * (ImGui::GetWindowWidth() - width)));
    }
    const ErrorRange range = range_of(errors);
    const float left = ImGui::GetScrollX();
    const auto first = static_cast<std::size_t>(std::max(0.0F, left / stride));
    const auto last = std::min(cameras.size(), static_cast<std::size_t>((left + ImGui::GetWindowWidth()) / stride) + 1);
    for (std::size_t i = first; i < last; ++i) {
      const ImVec2 low{origin.x + static_cast<float>(i) * stride, origin.y};
      draw_photo(ui, i, low, {low.x + width, low.y + height}, i < errors.size() ? errors[i] : nerf::PhotoError(), range, bar, labelled);
    }
    ImGui::EndChild();
  }

  void draw_photo(Interface& ui, std::size_t i, ImVec2 low, ImVec2 high, const nerf::PhotoError& error, const ErrorRange& range, float bar,
                  bool labelled) {
    const std::string& name = ui.session.scene->info.cameras[i].name;
    const bool current = ui.session.current_photo == static_cast<int>(i);
    ImDrawList* const list = ImGui::GetWindowDrawList();
    ImGui::SetCursorScreenPos(low);
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("##photo", {high.x - low.x, high.y - low.y}))
      ui.run("camera.photo", fmt::format("{{\"photo\": \"{}\"}}", i));
    const bool hovered = ImGui::IsItemHovered();
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(tooltip_of(ui, name, error).c_str());
    ImGui::PopID();
    draw_thumbnail(ui, list, thumbnails_.thumbnail(i), low, high);
    if (current || hovered)
      list->AddRect(low, high, u32(current ? palette().accent : palette().line), px(ui, 3), px(ui, current ? 3 : 1.5));
    float y = high.y + px(ui, 3);
    if (bar > 0) {
      list->AddRectFilled({low.x, y}, {high.x, y + bar}, u32(palette().field), bar / 2);
      if (error.psnr >= 0) {
        const float share = range.share(error.psnr);
        list->AddRectFilled({low.x, y}, {low.x + std::max(bar, share * (high.x - low.x)), y + bar}, u32(error_colour(share)), bar / 2);
      }
      y += bar + px(ui, 2);
    }
    if (!labelled) return;
    const TextStyle small(TextFont::kSmall);
    const std::string label = error.psnr >= 0 ? fmt::format("{}  {:.1f} dB", i, error.psnr) : fmt::format("{}", i);
    list->AddText({low.x, y}, u32(current ? palette().accent : palette().muted), fitted(label, high.x - low.x).c_str());
  }

  static std::string tooltip_of(const Interface& ui, const std::string& name, const nerf::PhotoError& error) {
    if (error.psnr < 0) return name;
    return fmt::format(
        "{}\n{}", name,
        fmt::format(fmt::runtime(ui.tr("{:.2f} dB at 64 pixels, measured at step {}", "64 像素宽时 {:.2f} dB，第 {} 步测得")), error.psnr,
                    error.step));
  }

  PhotoThumbnails thumbnails_;
  int shown_photo_ = -1;
  std::string looked_in_;
  bool found_ = false;
};

}  // namespace

std::unique_ptr<Panel> make_film_strip_panel() { return std::make_unique<FilmStripPanel>(); }

}  // namespace skyline::app::desktop
