// What the scene file holds: origin, photos, training, size.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace skyline::app::desktop {
namespace {

class ScenePanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "info", ui.tr("No scene is open.", "没有打开的场景。"));
    read(session);
    const nerf::SceneInfo& info = session.scene->info;
    const nerf::Field& field = *session.scene->field;
    section(ui, ui.tr("Scene", "场景"));
    figure(ui, ui.tr("Name", "名称"), info.name.empty() ? session.scene_path.stem().string() : info.name);
    figure(ui, ui.tr("File", "文件"), session.scene_path.empty() ? ui.tr("not saved yet", "尚未保存") : session.scene_path.string());
    if (file_bytes_ > 0) figure(ui, ui.tr("Size", "大小"), bytes_words(static_cast<double>(file_bytes_)));
    const glm::dvec3 size = field.box.size();
    figure(ui, ui.tr("Extent", "范围"), fmt::format("{:.0f} × {:.0f} × {:.0f} m", size.x, size.y, size.z));
    figure(ui, ui.tr("Finest texel", "最细纹素"), fmt::format("{:.2f} m", field.finest_texel));
    figure(ui, ui.tr("Objects", "物体"), std::to_string(info.objects.size()));
    if (!info.credit.empty()) {
      ImGui::TextDisabled("%s", ui.tr("Credit", "来源"));
      ImGui::TextWrapped("%s", info.credit.c_str());
    }
    section(ui, ui.tr("Training", "训练"));
    figure(ui, ui.tr("Photos", "照片"), fmt::format("{} × {} px", info.cameras.size(), info.training_width));
    for (const auto& [label, value] : training_)
      figure(ui, session.language() == editor::Language::kChinese ? label.second : label.first, value);
    draw_photos(ui);
  }

 private:
  void read(const Session& session) {
    if (session.scene.get() == read_) return;
    read_ = session.scene.get();
    std::error_code code;
    const auto bytes = std::filesystem::file_size(session.scene_path, code);
    file_bytes_ = code ? 0 : bytes;
    training_.clear();
    const auto json = nlohmann::json::parse(session.scene->info.training_json, nullptr, false);
    if (!json.is_object()) return;
    const auto number = [&](const char* key) { return json.contains(key) && json[key].is_number() ? json[key].get<double>() : -1.0; };
    if (number("psnr") >= 0) training_.push_back({{"Training PSNR", "训练 PSNR"}, fmt::format("{:.2f} dB", number("psnr"))});
    if (number("steps") >= 0) training_.push_back({{"Steps", "步数"}, count_words(number("steps"))});
    if (number("rays") >= 0) training_.push_back({{"Rays", "光线"}, count_words(number("rays"))});
  }

  static void draw_photos(Interface& ui) {
    Session& session = ui.session;
    const auto& cameras = session.scene->info.cameras;
    if (cameras.empty()) return;
    section(ui, ui.tr("Photos", "照片"));
    ImGui::BeginChild("##photos", {0, std::max(px(ui, 120), ImGui::GetContentRegionAvail().y)});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(cameras.size()));
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const std::string label = cameras[static_cast<std::size_t>(i)].name + "###" + std::to_string(i);
        if (ImGui::Selectable(label.c_str(), session.current_photo == i)) ui.run("camera.photo", fmt::format("{{\"photo\": \"{}\"}}", i));
      }
    }
    ImGui::EndChild();
  }

  const void* read_ = nullptr;
  std::uintmax_t file_bytes_ = 0;
  std::vector<std::pair<std::pair<const char*, const char*>, std::string>> training_;
};

}  // namespace

std::unique_ptr<Panel> make_scene_panel() { return std::make_unique<ScenePanel>(); }

}  // namespace skyline::app::desktop
