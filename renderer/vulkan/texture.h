// Pictures that panels show, and their way to the device: written to mapped memory, copied to an image at the start of the frame drawn
// next.
//
// On a software device a picture that is drawn in its own size skips the image: it is copied from the mapped memory to the window
// (picture_copy.h). The image is then only kept up to date where something asks for its id.
#pragma once

#include "renderer/vulkan/frame_ring.h"
#include "renderer/vulkan/picture_copy.h"
#include "renderer/vulkan/picture_pipeline.h"
#include "renderer/vulkan/shell.h"
#include "renderer/vulkan/swapchain.h"

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
  void attach(const Device& device, FrameRing& frames, const PicturePipeline& pipeline, const Swapchain& swapchain);
  // Drops every picture; ids are 0 until the next update.
  void detach();
  // Copies what was updated since the last frame.
  void record(VkCommandBuffer commands);

  // What the frame that is being recorded is drawn to.
  void draw_to(const FrameTarget& target) { target_ = target; }

  const FrameTarget& target() const { return target_; }
  const Device* device() const { return device_; }
  FrameRing& frames() const { return *frames_; }
  const PicturePipeline& pipeline() const { return *pipeline_; }

 private:
  friend class TextureImage;
  const Device* device_ = nullptr;
  FrameRing* frames_ = nullptr;
  const PicturePipeline* pipeline_ = nullptr;
  bool blue_first_ = false;  // byte order of pictures, that of the window
  bool direct_ = false;      // pictures are copied to the window
  FrameTarget target_;
  std::vector<TextureImage*> textures_;
  // Pictures to copy at the start of the next frame. They are held here: a texture may get another one, or die, before that frame is drawn.
  std::vector<std::shared_ptr<Picture>> updated_;
};

}  // namespace skyline::renderer::vulkan
