// Where panels stand: one arrangement a workspace, kept in a file of the person's configuration, or the first arrangement built here.
#pragma once

#include "app/desktop/interface.h"

#include <filesystem>
#include <string>
#include <vector>

namespace skyline::app::desktop {

// Title of a panel's window: translated, with an id that stays.
std::string panel_window(const PanelEntry& panel, editor::Language language);
inline constexpr const char* kViewWindow = "###view";

class DockLayout {
 public:
  // `folder` empty: arrangements are not kept.
  explicit DockLayout(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Before a frame begins: takes over the arrangement of the session's workspace when that changed or was asked to be reset.
  void prepare(Session& session, const std::vector<PanelEntry>& panels);
  // Within the frame: the space that panels dock into, `low` to `high` on the screen.
  void draw(const Session& session, float left, float top, float width, float height);
  // Keeps the arrangement of the present workspace.
  void save(Session& session);

 private:
  std::filesystem::path file_of(const std::string& workspace) const;
  void build(const std::string& workspace, unsigned dock, float width, float height) const;

  std::filesystem::path folder_;
  std::string workspace_;
  bool build_ = false;
};

// The panels that a workspace shows at first.
bool shown_at_first(const std::string& workspace, const std::string& panel);

}  // namespace skyline::app::desktop
