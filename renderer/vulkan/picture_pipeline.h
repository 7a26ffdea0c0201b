// Draws a picture pixel for pixel. Dear ImGui's own pipeline filters and blends, which costs a software driver three times as much for a
// picture that fills the window.
#pragma once

#include "renderer/vulkan/device.h"

#include <memory>

namespace skyline::renderer::vulkan {

class PicturePipeline {
 public:
  // `format`: of the images drawn to.
  static core::Result<std::unique_ptr<PicturePipeline>> create(const Device& device, VkFormat format);
  // Takes the place of Dear ImGui's pipeline; sets and push constants of its layout stay valid.
  VkPipeline handle() const { return pipeline_.get(); }

 private:
  Owned<VkDescriptorSetLayout, &vkDestroyDescriptorSetLayout> textures_, samplers_;
  Owned<VkPipelineLayout, &vkDestroyPipelineLayout> layout_;
  Owned<VkPipeline, &vkDestroyPipeline> pipeline_;
};

}  // namespace skyline::renderer::vulkan
