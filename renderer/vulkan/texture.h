// Pictures that panels show, and their way to the device: written to mapped memory of the frame drawn next, copied at its start.
#pragma once

#include "renderer/vulkan/frame_ring.h"
#include "renderer/vulkan/shell.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

class TextureImage;

// All textures of a shell. Outlives device losses: `attach` and `detach` frame the life of a device.
class TextureStore {
 public:
  std::unique_ptr<Texture> make(const std::string& name);
  void attach(const Device& device, FrameRing& frames);
  // Drops every picture; ids are 0 until the next update.
  void detach();
  // Copies what was updated since the last frame.
  void record(VkCommandBuffer commands);

  const Device* device() const { return device_; }
  FrameRing& frames() const { return *frames_; }

 private:
  friend class TextureImage;
  const Device* device_ = nullptr;
  FrameRing* frames_ = nullptr;
  std::vector<TextureImage*> textures_;
};

}  // namespace skyline::renderer::vulkan
