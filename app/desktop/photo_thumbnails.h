// Small pictures of photos for panels: decoded one after the other in a job, packed into few textures, shown as they come.
#pragma once

#include "core/image.h"
#include "core/result.h"
#include "renderer/vulkan/shell.h"

#include <imgui.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skyline::app::desktop {

struct Interface;

class PhotoThumbnails {
 public:
  // Finds the file of a photo; called in the job. Empty: there is none.
  using FindFile = std::function<std::filesystem::path(std::size_t)>;

  // Reads `count` photos, unless those of this key are read already.
  void show(Interface& ui, const std::string& key, std::size_t count, FindFile find);
  // The same of pictures that are made one after the other; `title` of the job. Called in the job; an Error leaves a blank.
  using Make = std::function<core::Result<core::Image>(std::size_t)>;
  void show_made(Interface& ui, const std::string& key, const std::string& title, std::size_t count, Make make);
  // Puts what was decoded since into the textures. Once a frame, before `thumbnail`.
  void update(Interface& ui);

  struct Thumbnail {
    ImTextureID texture = 0;
    ImVec2 low{0, 0}, high{1, 1};  // texture coordinates
    float shape = 1;               // width by height
  };
  // Empty while it is not read, and where it could not be.
  std::optional<Thumbnail> thumbnail(std::size_t photo) const;

  static constexpr int kSide = 144;  // pixels of the longer side

 private:
  // What the job hands over.
  struct Decoded {
    std::mutex mutex;
    bool stopped = false;  // the panel wants others
    std::vector<std::pair<std::size_t, core::Image>> ready;
  };
  struct Page {
    std::unique_ptr<renderer::vulkan::Texture> texture;
    std::vector<std::uint8_t> pixels;  // RGBA
    bool changed = false;
  };
  void place(std::size_t photo, const core::Image& image);

  std::string key_;
  std::shared_ptr<Decoded> decoded_;
  std::vector<Page> pages_;
  std::vector<core::ImageSize> sizes_;  // of what was placed; 0: nothing
};

// The photo drawn into a rectangle of its shape, or a blank ground where there is none yet.
void draw_thumbnail(const Interface& ui, ImDrawList* list, const std::optional<PhotoThumbnails::Thumbnail>& thumbnail, ImVec2 low,
                    ImVec2 high);

}  // namespace skyline::app::desktop
