// What the window shows without a scene: samples with thumbnails, recent scenes, New from photos, what this machine can do.
#pragma once

#include "app/desktop/interface.h"

#include <imgui.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace skyline::app::desktop {

class StartPage {
 public:
  // The page is not shown in this frame.
  void left() { read_ = false; }
  // Over the area of the view.
  void draw(Interface& ui, ImVec2 low, ImVec2 high);

 private:
  struct Thumbnail {
    std::unique_ptr<renderer::vulkan::Texture> texture;  // null: being read, or none
    std::string credit;
  };
  void card(Interface& ui, const std::filesystem::path& scene, const std::string& title, const std::string& note, ImVec2 size);
  // Reads the preview in the background.
  Thumbnail& thumbnail(Interface& ui, const std::filesystem::path& scene);
  void draw_samples(Interface& ui, float width);
  void draw_recent(Interface& ui, float width);
  // Projects that have no name yet, of programs that ended.
  void draw_recovery(Interface& ui, float width);
  static void draw_machine(Interface& ui);

  std::map<std::string, Thumbnail> thumbnails_;
  std::vector<UnsavedProject> unsaved_;
  bool read_ = false;  // unsaved_, since the page was shown
};

}  // namespace skyline::app::desktop
