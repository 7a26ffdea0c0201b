// Places worth going back to: the scene's and those added since.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>
#include <nlohmann/json.hpp>

namespace skyline::app::desktop {
namespace {

class BookmarksPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "bookmark", ui.tr("Open a scene to see its bookmarks.", "打开场景后显示其书签。"));
    ImGui::SetNextItemWidth(-px(ui, 40));
    const bool entered = ImGui::InputTextWithHint("##name", ui.tr("Name of this view", "为当前视角命名"), name_, sizeof(name_),
                                                  ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::SameLine();
    if (icon_button(ui, "add", "add", false, ui.tr("Add a bookmark of this view", "把当前视角添加为书签")) || entered) {
      ui.run("camera.add_bookmark",
             nlohmann::json{{"name", std::string(name_)}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
      name_[0] = '\0';
    }
    if (session.bookmarks.empty()) return empty_state(ui, "bookmark", ui.tr("No bookmarks yet.", "还没有书签。"));
    ImGui::BeginChild("##list");
    for (std::size_t i = 0; i < session.bookmarks.size(); ++i) draw_bookmark(ui, i);
    ImGui::EndChild();
  }

 private:
  static void draw_bookmark(Interface& ui, std::size_t i) {
    const city::Bookmark& bookmark = ui.session.bookmarks[i];
    const bool zh = ui.session.language() == editor::Language::kChinese;
    const std::string& name = zh && !bookmark.name_zh.empty() ? bookmark.name_zh : bookmark.name;
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::Selectable(fitted(name, ImGui::GetContentRegionAvail().x - px(ui, 36)).c_str())) {
      ui.session.leave_photo_camera();
      ui.session.tour.reset();
      ui.session.navigator.travel(editor::pose_of(bookmark.camera));
    }
    if (i < 9) {
      ImGui::SameLine(right_edge() - px(ui, 18));
      ImGui::TextDisabled("%zu", i + 1);
    }
    ImGui::PopID();
  }

  char name_[128] = "";
};

}  // namespace

std::unique_ptr<Panel> make_bookmarks_panel() { return std::make_unique<BookmarksPanel>(); }

}  // namespace skyline::app::desktop
