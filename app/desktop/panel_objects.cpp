// The catalogue as a tree by class: search, counts, selection; a double click flies to the object.
#include "app/desktop/edit_words.h"
#include "app/desktop/interface.h"
#include "app/desktop/names.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

namespace skyline::app::desktop {
namespace {

constexpr std::size_t kMostEditedRows = 8;

class ObjectsPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "building", ui.tr("Open a scene to see its objects.", "打开场景后显示其中的物体。"));
    if (session.scene->info.objects.size() == 0) {
      return empty_state(ui, "building",
                         ui.tr("This scene has no catalogue of objects. \"skyline objects extract\" finds them.",
                               "此场景没有物体目录，可用 skyline objects extract 提取。"));
    }
    regroup(ui);
    ImGui::SetNextItemWidth(-1);
    const char* const long_hint = ui.tr("Search by name, class or number", "按名称、类别或编号搜索");
    const bool fits = ImGui::CalcTextSize(long_hint).x + 2 * ImGui::GetStyle().FramePadding.x <= ImGui::GetContentRegionAvail().x;
    ImGui::InputTextWithHint("##search", fits ? long_hint : ui.tr("Search", "搜索"), search_, sizeof(search_));
    ImGui::BeginChild("##tree");
    draw_edited(ui);
    for (const auto& [object_class, objects] : groups_) draw_group(ui, object_class, objects);
    ImGui::EndChild();
    raised_ = session.selection().empty() ? 0 : session.selection().back();
  }

 private:
  using Group = std::vector<const city::Object*>;

  void regroup(const Interface& ui) {
    const auto* const scene = ui.session.scene.get();
    if (scene == grouped_) return;
    grouped_ = scene;
    groups_.clear();
    for (const city::Object& object : scene->info.objects.objects()) groups_[object.object_class].push_back(&object);
  }

  bool matches(const Interface& ui, const city::Object& object) const {
    if (ui.session.find_object(object.id) == nullptr) return false;  // removed
    int score = 0;
    const std::string wanted = search_;
    return wanted.empty() || fuzzy_match(wanted, object.name, score) || object.name_zh.find(wanted) != std::string::npos ||
           std::to_string(object.id) == wanted || fuzzy_match(wanted, class_title(object.object_class, ui.session.language()), score);
  }

  void draw_group(Interface& ui, city::ObjectClass object_class, const Group& objects) {
    const bool searching = search_[0] != '\0';
    const auto count = std::count_if(objects.begin(), objects.end(), [&](const city::Object* object) { return matches(ui, *object); });
    if (count == 0) return;
    const auto& selection = ui.session.selection();
    const bool holds_new = !selection.empty() && selection.back() != raised_ &&
                           std::any_of(objects.begin(), objects.end(), [&](const auto* object) { return object->id == selection.back(); });
    if (searching || holds_new) ImGui::SetNextItemOpen(true);
    const bool open = ImGui::TreeNodeEx(("###" + std::string(city::class_name(object_class))).c_str(), ImGuiTreeNodeFlags_SpanAvailWidth);
    const float left = ImGui::GetTreeNodeToLabelSpacing() + ImGui::GetCursorStartPos().x;
    ImGui::SameLine(left);
    ImGui::TextUnformatted(icon_text(class_icon(object_class)).c_str());
    ImGui::SameLine(left + px(ui, 26));
    ImGui::TextUnformatted(class_title(object_class, ui.session.language()).c_str());
    const std::string number = std::to_string(count);
    ImGui::SameLine(right_edge() - ImGui::CalcTextSize(number.c_str()).x - px(ui, 4));
    ImGui::TextDisabled("%s", number.c_str());
    if (!open) return;
    for (const city::Object* const object : objects) {
      if (matches(ui, *object)) draw_object(ui, *object);
    }
    ImGui::TreePop();
  }

  void draw_object(Interface& ui, const city::Object& object) {
    const auto& selection = ui.session.selection();
    const bool selected = std::find(selection.begin(), selection.end(), object.id) != selection.end();
    const std::string name = object_title(object, ui.session.language());
    ImGui::PushID(object.id);
    const float right = right_edge();
    if (ImGui::Selectable(fitted(name, right - ImGui::GetCursorPosX() - px(ui, 56)).c_str(), selected,
                          ImGuiSelectableFlags_AllowDoubleClick | ImGuiSelectableFlags_SpanAllColumns)) {
      choose(ui, object, selected);
    }
    if (selected && selection.back() == object.id && raised_ != object.id) ImGui::SetScrollHereY(0.4F);
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) {
      tooltip((name + "\n" + ui.tr("Double click flies there", "双击飞过去")).c_str());
    }
    if (object.height >= 0.5) {
      const std::string height = std::to_string(static_cast<int>(object.height + 0.5)) + " m";
      ImGui::SameLine(right - ImGui::CalcTextSize(height.c_str()).x - px(ui, 4));
      ImGui::TextDisabled("%s", height.c_str());
    }
    ImGui::PopID();
  }

  static std::string_view icon_of(const Interface& ui, std::int32_t id, const editor::ObjectState& object) {
    if (object.removed) return "trash";
    if (ui.session.edits->problems().contains(id)) return "warning";
    if (ui.session.scene->info.objects.find(id) == nullptr) return "copy";
    if (object.moved()) return "move";
    if (object.wall || object.roof) return "brush";
    return object.hidden ? "eye-off" : "pencil";
  }

  // What differs from the scene as it was photographed, each with an eye.
  static void draw_edited(Interface& ui) {
    const auto& objects = ui.session.document()->state().objects;
    if (objects.empty()) return;
    section(ui, ui.tr("Edited", "已编辑"));
    std::string command, arguments;
    const auto row_of = [&](const auto& entry) {
      const auto& [id, object] = entry;
      ImGui::PushID(id);
      const auto& selection = ui.session.selection();
      const bool selected = std::find(selection.begin(), selection.end(), id) != selection.end();
      const float left = ImGui::GetCursorPosX(), right = right_edge();
      if (ImGui::Selectable("##edited", selected, ImGuiSelectableFlags_AllowOverlap) && !object.removed) {
        command = "select.object";
        arguments = fmt::format(R"({{"ids": [{}]}})", id);
      }
      ImGui::PushStyleColor(ImGuiCol_Text, vec(object.gone() ? renderer::vulkan::palette().muted : renderer::vulkan::palette().text));
      ImGui::SameLine(left + px(ui, 4));
      ImGui::TextUnformatted(icon_text(icon_of(ui, id, object)).c_str());
      ImGui::SameLine(left + px(ui, 30));
      ImGui::TextUnformatted(fitted(object_name(ui.session, id), right - left - px(ui, 64)).c_str());
      ImGui::PopStyleColor();
      const auto problem = ui.session.edits->problems().find(id);
      if (problem != ui.session.edits->problems().end() && ImGui::IsItemHovered()) tooltip(problem->second.c_str());
      if (!object.removed) {
        ImGui::SameLine(right - px(ui, 24));
        ImGui::TextUnformatted(icon_text(object.hidden ? "eye-off" : "eye").c_str());
        if (ImGui::IsItemHovered()) tooltip(object.hidden ? ui.tr("Show", "显示") : ui.tr("Hide", "隐藏"));
        if (ImGui::IsItemHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
          command = object.hidden ? "edit.show" : "edit.hide";
          arguments = fmt::format(R"({{"targets": [{}]}})", id);
        }
      }
      ImGui::PopID();
    };
    const float row = ImGui::GetTextLineHeightWithSpacing();
    ImGui::BeginChild("##edited-rows", {0, row * static_cast<float>(std::min<std::size_t>(objects.size(), kMostEditedRows)) + px(ui, 4)});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(objects.size()));
    while (clipper.Step()) {
      auto entry = std::next(objects.begin(), clipper.DisplayStart);
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i, ++entry) row_of(*entry);
    }
    ImGui::EndChild();
    section(ui, ui.tr("Scene", "场景"));
    // Afterwards: it changes the list.
    if (!command.empty()) ui.run(command, arguments);
  }

  static void choose(Interface& ui, const city::Object& object, bool selected) {
    const ImGuiIO& io = ImGui::GetIO();
    const char* const mode = io.KeyCtrl && selected ? "remove" : io.KeyCtrl || io.KeyShift ? "add" : "set";
    ui.run("select.object", fmt::format(R"({{"ids": [{}], "mode": "{}"}})", object.id, mode));
    if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) ui.run("camera.frame");
  }

  char search_[128] = "";
  const void* grouped_ = nullptr;
  std::map<city::ObjectClass, Group> groups_;
  std::int32_t raised_ = 0;  // the selection that the tree was scrolled to
};

}  // namespace

std::unique_ptr<Panel> make_objects_panel() { return std::make_unique<ObjectsPanel>(); }

}  // namespace skyline::app::desktop
