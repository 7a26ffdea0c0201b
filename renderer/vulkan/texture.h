// Pictures that panels show, and their way to the device: written to mapped memory of the frame drawn next, copied at its start.
#pragma once

#include "renderer/vulkan/frame_ring.h"
#include "renderer/vulkan/picture_pipeline.h"
#include "renderer/vulkan/shell.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

class TextureImage;
struct Picture;

// All textures of a shell. Outlives device losses: `attach` and `detach` frame the life of a device.
class TextureStore {
 public:
  std::unique_ptr<Texture> make(const std::string& name);
  void attach(const Device& device, FrameRing& frames, const PicturePipeline& pipeline);
  // Drops every picture; ids are 0 until the next update.
  void detach();
  // Copies what was updated since the last frame.
  void record(VkCommandBuffer commands);

  const Device* device() const { return device_; }
  FrameRing& frames() const { return *frames_; }
  const PicturePipeline& pipeline() const { return *pipeline_; }

 private:
  friend class TextureImage;
  const Device* device_ = nullptr;
  FrameRing* frames_ = nullptr;
  const PicturePipeline* pipeline_ = nullptr;
  std::vector<TextureImage*> textures_;
  // Pictures to copy at the start of the next frame. They are held here: a texture may get another one, or die, before that frame is drawn.
  std::vector<std::shared_ptr<Picture>> updated_;
};

}  // namespace skyline::renderer::vulkan
