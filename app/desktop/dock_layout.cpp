#include "app/desktop/dock_layout.h"

#include "core/file.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

enum class Side : std::uint8_t { kLeft, kRight, kLowerRight, kBottom };

// Where a panel stands in a workspace when it is opened there, and whether it is open at first.
struct Place {
  Side side = Side::kRight;
  bool open = false;
};
constexpr Place left{Side::kLeft}, right{Side::kRight}, lower{Side::kLowerRight}, bottom{Side::kBottom};
constexpr Place opened(Place place) { return {place.side, true}; }

constexpr std::array<std::string_view, 5> kWorkspaces{"explore", "edit", "style", "train", "inspect"};
struct PanelPlaces {
  std::string_view panel;
  std::array<Place, kWorkspaces.size()> places;
};
// In the order of the tabs.
constexpr std::array kPlaces{
    // explore, edit, style, train, inspect
    PanelPlaces{"objects", {opened(left), opened(left), left, left, opened(left)}},
    PanelPlaces{"shelf", {left, opened(left), left, left, left}},
    PanelPlaces{"measures", {right, lower, right, right, right}},
    PanelPlaces{"bookmarks", {opened(left), left, left, left, left}},
    PanelPlaces{"looks", {right, left, opened(left), right, right}},
    PanelPlaces{"training", {right, right, right, opened(left), right}},
    PanelPlaces{"scene", {opened(right), right, right, opened(left), opened(left)}},
    PanelPlaces{"properties", {opened(right), opened(right), right, right, opened(right)}},
    PanelPlaces{"effects", {right, right, opened(right), right, right}},
    PanelPlaces{"assistant", {opened(lower), opened(lower), opened(lower), right, right}},
    PanelPlaces{"caption", {lower, lower, lower, right, right}},
    PanelPlaces{"history", {right, opened(lower), opened(left), right, right}},
    PanelPlaces{"film_strip", {bottom, bottom, bottom, opened(bottom), opened(bottom)}},
    PanelPlaces{"jobs", {bottom, bottom, bottom, opened(bottom), bottom}},
    PanelPlaces{"inspector", {bottom, bottom, bottom, bottom, opened(bottom)}},
    PanelPlaces{"profiler", {bottom, bottom, bottom, bottom, opened(bottom)}},
    PanelPlaces{"log", {bottom, bottom, bottom, opened(bottom), opened(bottom)}},
};

std::size_t workspace_index(std::string_view workspace) {
  const auto found = std::find(kWorkspaces.begin(), kWorkspaces.end(), workspace);
  return found == kWorkspaces.end() ? 0 : static_cast<std::size_t>(found - kWorkspaces.begin());
}

struct Shares {
  double left, right, bottom;  // of the width and height
};

Shares shares_of(const std::string& workspace) {
  if (workspace == "edit" || workspace == "style") return {0.18, 0.22, 0.24};
  if (workspace == "train") return {0.30, 0.2, 0.24};
  if (workspace == "inspect") return {0.18, 0.2, 0.32};
  return {0.2, 0.22, 0.26};
}

}  // namespace

bool shown_at_first(const std::string& workspace, const std::string& panel) {
  const auto found = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const PanelPlaces& row) { return row.panel == panel; });
  return found != kPlaces.end() && found->places[workspace_index(workspace)].open;
}

std::string panel_window(const PanelEntry& panel, editor::Language language) {
  return std::string(panel.title.in(language)) + "###" + panel.id;
}

fs::path DockLayout::file_of(const std::string& workspace) const { return folder_ / ("layout-" + workspace + ".ini"); }

void DockLayout::prepare(Session& session, const std::vector<PanelEntry>& panels) {
  WindowState& window = session.window;
  const bool changed = window.workspace != workspace_;
  if (!changed && !window.reset_layout) return;
  std::error_code code;
  if (window.reset_layout && !folder_.empty()) fs::remove(file_of(window.workspace), code);
  workspace_ = window.workspace;
  window.panels.clear();
  for (const PanelEntry& panel : panels) window.panels[panel.id] = shown_at_first(workspace_, panel.id);
  build_ = true;
  window.raised_panel = workspace_ == "train"     ? "training"
                        : workspace_ == "edit"    ? "properties"
                        : workspace_ == "style"   ? "effects"
                        : workspace_ == "inspect" ? "inspector"
                                                  : "objects";
  if (!folder_.empty() && !window.reset_layout) {
    const auto kept = core::read_text_file(file_of(workspace_));
    // First line: the open panels as a JSON list; then Dear ImGui's own text.
    const std::size_t line_end = kept ? kept->find('\n') : std::string::npos;
    const auto open = line_end == std::string::npos ? nlohmann::json() : nlohmann::json::parse(kept->substr(0, line_end), nullptr, false);
    if (open.is_array()) {
      for (auto& [id, shown] : window.panels) shown = std::find(open.begin(), open.end(), id) != open.end();
      ImGui::LoadIniSettingsFromMemory(kept->c_str() + line_end + 1, kept->size() - line_end - 1);
      build_ = false;
    }
  }
  window.reset_layout = false;
}

void DockLayout::save(Session& session) {
  session.window.save_layout = false;
  if (folder_.empty() || workspace_.empty()) return;
  nlohmann::json open = nlohmann::json::array();
  for (const auto& [id, shown] : session.window.panels) {
    if (shown) open.push_back(id);
  }
  const std::string text = open.dump() + "\n" + ImGui::SaveIniSettingsToMemory();
  if (const auto saved = core::write_file_atomic(file_of(workspace_), std::as_bytes(std::span(text))); !saved) session.fail(saved.error());
}

void DockLayout::build(const std::string& workspace, unsigned dock, float width, float height) const {
  ImGui::DockBuilderRemoveNode(dock);
  ImGui::DockBuilderAddNode(dock, ImGuiDockNodeFlags_DockSpace);
  ImGui::DockBuilderSetNodeSize(dock, {width, height});
  const Shares shares = shares_of(workspace);
  struct {
    ImGuiID middle = 0, left = 0, right = 0, lower_right = 0, bottom = 0;
  } nodes;
  nodes.middle = dock;
  ImGui::DockBuilderSplitNode(nodes.middle, ImGuiDir_Left, static_cast<float>(shares.left), &nodes.left, &nodes.middle);
  ImGui::DockBuilderSplitNode(nodes.middle, ImGuiDir_Right, static_cast<float>(shares.right / (1 - shares.left)), &nodes.right,
                              &nodes.middle);
  ImGui::DockBuilderSplitNode(nodes.middle, ImGuiDir_Down, static_cast<float>(shares.bottom), &nodes.bottom, &nodes.middle);
  ImGui::DockBuilderDockWindow(kViewWindow, nodes.middle);
  const std::size_t column = workspace_index(workspace);
  const bool has_lower = std::any_of(kPlaces.begin(), kPlaces.end(), [&](const PanelPlaces& row) {
    return row.places[column].open && row.places[column].side == Side::kLowerRight;
  });
  // Effects have much to show, the sentence above them little.
  const float lower_share = workspace == "style" ? 0.36F : 0.56F;
  if (has_lower) ImGui::DockBuilderSplitNode(nodes.right, ImGuiDir_Down, lower_share, &nodes.lower_right, &nodes.right);
  if (ImGuiDockNode* const node = ImGui::DockBuilderGetNode(nodes.middle)) node->LocalFlags |= ImGuiDockNodeFlags_NoTabBar;
  for (const PanelPlaces& row : kPlaces) {
    const Side side = row.places[column].side;
    const ImGuiID node = side == Side::kLeft                      ? nodes.left
                         : side == Side::kBottom                  ? nodes.bottom
                         : side == Side::kLowerRight && has_lower ? nodes.lower_right
                                                                  : nodes.right;
    ImGui::DockBuilderDockWindow(("###" + std::string(row.panel)).c_str(), node);
  }
  for (const ImGuiID side : {nodes.left, nodes.right, nodes.lower_right, nodes.bottom}) {
    if (ImGuiDockNode* const node = ImGui::DockBuilderGetNode(side)) node->LocalFlags |= ImGuiDockNodeFlags_NoCloseButton;
  }
  ImGui::DockBuilderFinish(dock);
}

void DockLayout::draw(const Session&, float left, float top, float width, float height) {
  ImGui::SetNextWindowPos({left, top});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavFocus |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;
  ImGui::Begin("##dock", nullptr, kFlags);
  ImGui::PopStyleVar(3);
  const ImGuiID dock = ImGui::GetID(("dock-" + workspace_).c_str());
  if (build_ || ImGui::DockBuilderGetNode(dock) == nullptr) {
    build(workspace_, dock, width, height);
    build_ = false;
  }
  ImGui::DockSpace(dock);
  ImGui::End();
}

}  // namespace skyline::app::desktop
