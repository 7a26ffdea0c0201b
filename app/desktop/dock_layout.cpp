#include "app/desktop/dock_layout.h"

#include "core/file.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

struct Place {
  const char* workspace;
  const char* panel;
  enum class Side { kLeft, kRight, kLowerRight, kBottom } side;
};

using enum Place::Side;
constexpr std::array kPlaces{
    Place{"edit", "objects", kLeft},         Place{"edit", "history", kLowerRight},   Place{"edit", "properties", kRight},
    Place{"edit", "scene", kRight},          Place{"edit", "bookmarks", kLeft},       Place{"edit", "inspector", kBottom},
    Place{"edit", "profiler", kBottom},      Place{"edit", "film_strip", kBottom},    Place{"edit", "jobs", kBottom},
    Place{"edit", "log", kBottom},           Place{"edit", "training", kRight},       Place{"explore", "history", kRight},
    Place{"train", "history", kRight},       Place{"inspect", "history", kRight},     Place{"explore", "objects", kLeft},
    Place{"explore", "bookmarks", kLeft},    Place{"explore", "scene", kRight},       Place{"explore", "properties", kRight},
    Place{"train", "training", kLeft},       Place{"train", "scene", kLeft},          Place{"train", "film_strip", kBottom},
    Place{"train", "jobs", kBottom},         Place{"train", "log", kBottom},          Place{"inspect", "objects", kLeft},
    Place{"inspect", "scene", kLeft},        Place{"inspect", "properties", kRight},  Place{"inspect", "inspector", kBottom},
    Place{"inspect", "profiler", kBottom},   Place{"inspect", "film_strip", kBottom}, Place{"inspect", "log", kBottom},
    Place{"explore", "film_strip", kBottom}, Place{"explore", "jobs", kBottom},       Place{"explore", "profiler", kBottom},
    Place{"explore", "log", kBottom},        Place{"explore", "inspector", kBottom},  Place{"explore", "training", kRight},
    Place{"train", "properties", kRight},    Place{"train", "objects", kLeft},        Place{"train", "bookmarks", kLeft},
    Place{"train", "profiler", kBottom},     Place{"train", "inspector", kBottom},    Place{"inspect", "bookmarks", kLeft},
    Place{"style", "effects", kRight},       Place{"style", "looks", kLeft},          Place{"style", "history", kLeft},
    Place{"style", "objects", kLeft},        Place{"style", "properties", kRight},    Place{"style", "scene", kRight},
    Place{"style", "bookmarks", kLeft},      Place{"style", "film_strip", kBottom},   Place{"style", "jobs", kBottom},
    Place{"style", "log", kBottom},          Place{"style", "inspector", kBottom},    Place{"style", "profiler", kBottom},
    Place{"style", "training", kRight},      Place{"edit", "effects", kRight},        Place{"edit", "looks", kLeft},
    Place{"explore", "effects", kRight},     Place{"explore", "looks", kRight},       Place{"train", "effects", kRight},
    Place{"train", "looks", kRight},         Place{"inspect", "effects", kRight},     Place{"inspect", "looks", kRight},
    Place{"inspect", "training", kRight},    Place{"inspect", "jobs", kBottom},
};

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
  constexpr std::array<std::pair<const char*, const char*>, 22> kShown{
      {{"edit", "objects"},       {"edit", "properties"}, {"edit", "history"},       {"style", "looks"},       {"style", "history"},
       {"style", "effects"},      {"explore", "objects"}, {"explore", "bookmarks"},  {"explore", "scene"},     {"explore", "properties"},
       {"train", "training"},     {"train", "scene"},     {"train", "film_strip"},   {"train", "jobs"},        {"train", "log"},
       {"inspect", "objects"},    {"inspect", "scene"},   {"inspect", "properties"}, {"inspect", "inspector"}, {"inspect", "profiler"},
       {"inspect", "film_strip"}, {"inspect", "log"}}};
  return std::any_of(kShown.begin(), kShown.end(), [&](const auto& shown) { return workspace == shown.first && panel == shown.second; });
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
  ImGuiID middle = dock, left = 0, right = 0, lower_right = 0, bottom = 0;
  ImGui::DockBuilderSplitNode(middle, ImGuiDir_Left, static_cast<float>(shares.left), &left, &middle);
  ImGui::DockBuilderSplitNode(middle, ImGuiDir_Right, static_cast<float>(shares.right / (1 - shares.left)), &right, &middle);
  ImGui::DockBuilderSplitNode(middle, ImGuiDir_Down, static_cast<float>(shares.bottom), &bottom, &middle);
  ImGui::DockBuilderDockWindow(kViewWindow, middle);
  if (workspace == "edit") ImGui::DockBuilderSplitNode(right, ImGuiDir_Down, 0.42F, &lower_right, &right);
  if (ImGuiDockNode* const node = ImGui::DockBuilderGetNode(middle)) node->LocalFlags |= ImGuiDockNodeFlags_NoTabBar;
  for (const Place& place : kPlaces) {
    if (workspace != place.workspace) continue;
    const ImGuiID node = place.side == kLeft ? left : place.side == kRight ? right : place.side == kLowerRight ? lower_right : bottom;
    ImGui::DockBuilderDockWindow((std::string("###") + place.panel).c_str(), node);
  }
  for (const ImGuiID side : {left, right, lower_right, bottom}) {
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
