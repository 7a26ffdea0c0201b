#include "renderer/vulkan/picture_pipeline.h"

#include <imgui.h>

#include <array>
#include <cstddef>
#include <span>

namespace skyline::renderer::vulkan {
namespace {

constexpr std::uint32_t kVertexShader[] =
#include "picture.vert.inc"
    ;
constexpr std::uint32_t kFragmentShader[] =
#include "picture.frag.inc"
    ;

using ShaderModule = Owned<VkShaderModule, &vkDestroyShaderModule>;
using SetLayout = Owned<VkDescriptorSetLayout, &vkDestroyDescriptorSetLayout>;

ShaderModule make_shader(const Device& device, std::span<const std::uint32_t> code) {
  VkShaderModuleCreateInfo info{.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO};
  info.codeSize = code.size_bytes();
  info.pCode = code.data();
  VkShaderModule module = VK_NULL_HANDLE;
  vkCreateShaderModule(device.handle(), &info, nullptr, &module);
  device.name(module, VK_OBJECT_TYPE_SHADER_MODULE, "picture shader");
  return {device.handle(), module};
}

// One object of that kind for the fragment shader, as in Dear ImGui's sets: sets are interchangeable where the layouts are alike.
SetLayout make_set_layout(const Device& device, VkDescriptorType type) {
  VkDescriptorSetLayoutBinding binding{};
  binding.descriptorType = type;
  binding.descriptorCount = 1;
  binding.stageFlags = VK_SHADER_STAGE_FRAGMENT_BIT;
  VkDescriptorSetLayoutCreateInfo info{.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO};
  info.bindingCount = 1;
  info.pBindings = &binding;
  VkDescriptorSetLayout layout = VK_NULL_HANDLE;
  vkCreateDescriptorSetLayout(device.handle(), &info, nullptr, &layout);
  device.name(layout, VK_OBJECT_TYPE_DESCRIPTOR_SET_LAYOUT, "picture set layout");
  return {device.handle(), layout};
}

VkPipelineLayout make_layout(const Device& device, VkDescriptorSetLayout textures, VkDescriptorSetLayout samplers) {
  const VkDescriptorSetLayout sets[] = {textures, samplers};
  const VkPushConstantRange placement{VK_SHADER_STAGE_VERTEX_BIT, 0, 4 * sizeof(float)};
  VkPipelineLayoutCreateInfo info{.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  info.setLayoutCount = 2;
  info.pSetLayouts = sets;
  info.pushConstantRangeCount = 1;
  info.pPushConstantRanges = &placement;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  vkCreatePipelineLayout(device.handle(), &info, nullptr, &layout);
  device.name(layout, VK_OBJECT_TYPE_PIPELINE_LAYOUT, "picture layout");
  return layout;
}

VkResult make_pipeline(const Device& device, VkFormat format, VkPipelineLayout layout, VkPipeline* pipeline) {
  const ShaderModule vertex = make_shader(device, kVertexShader), fragment = make_shader(device, kFragmentShader);
  std::array<VkPipelineShaderStageCreateInfo, 2> stages{};
  for (VkPipelineShaderStageCreateInfo& stage : stages) {
    stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    stage.pName = "main";
  }
  stages[0].stage = VK_SHADER_STAGE_VERTEX_BIT;
  stages[0].module = vertex.get();
  stages[1].stage = VK_SHADER_STAGE_FRAGMENT_BIT;
  stages[1].module = fragment.get();

  const VkVertexInputBindingDescription vertices{0, sizeof(ImDrawVert), VK_VERTEX_INPUT_RATE_VERTEX};
  const std::array attributes = {VkVertexInputAttributeDescription{0, 0, VK_FORMAT_R32G32_SFLOAT, offsetof(ImDrawVert, pos)},
                                 VkVertexInputAttributeDescription{1, 0, VK_FORMAT_R32G32_SFLOAT, offsetof(ImDrawVert, uv)}};
  VkPipelineVertexInputStateCreateInfo input{.sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO};
  input.vertexBindingDescriptionCount = 1;
  input.pVertexBindingDescriptions = &vertices;
  input.vertexAttributeDescriptionCount = static_cast<std::uint32_t>(attributes.size());
  input.pVertexAttributeDescriptions = attributes.data();
  VkPipelineInputAssemblyStateCreateInfo assembly{.sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO};
  assembly.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
  VkPipelineViewportStateCreateInfo viewport{.sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO};
  viewport.viewportCount = 1;
  viewport.scissorCount = 1;
  VkPipelineRasterizationStateCreateInfo raster{.sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO};
  raster.polygonMode = VK_POLYGON_MODE_FILL;
  raster.cullMode = VK_CULL_MODE_NONE;
  raster.lineWidth = 1;
  VkPipelineMultisampleStateCreateInfo samples{.sType = VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO};
  samples.rasterizationSamples = VK_SAMPLE_COUNT_1_BIT;
  VkPipelineColorBlendAttachmentState written{};
  written.colorWriteMask = VK_COLOR_COMPONENT_R_BIT | VK_COLOR_COMPONENT_G_BIT | VK_COLOR_COMPONENT_B_BIT | VK_COLOR_COMPONENT_A_BIT;
  VkPipelineColorBlendStateCreateInfo blend{.sType = VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO};
  blend.attachmentCount = 1;
  blend.pAttachments = &written;
  const std::array moving = {VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
  VkPipelineDynamicStateCreateInfo dynamic{.sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO};
  dynamic.dynamicStateCount = static_cast<std::uint32_t>(moving.size());
  dynamic.pDynamicStates = moving.data();
  VkPipelineRenderingCreateInfo rendering{.sType = VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO};
  rendering.colorAttachmentCount = 1;
  rendering.pColorAttachmentFormats = &format;

  VkGraphicsPipelineCreateInfo info{.sType = VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO, .pNext = &rendering};
  info.stageCount = static_cast<std::uint32_t>(stages.size());
  info.pStages = stages.data();
  info.pVertexInputState = &input;
  info.pInputAssemblyState = &assembly;
  info.pViewportState = &viewport;
  info.pRasterizationState = &raster;
  info.pMultisampleState = &samples;
  info.pColorBlendState = &blend;
  info.pDynamicState = &dynamic;
  info.layout = layout;
  return vkCreateGraphicsPipelines(device.handle(), VK_NULL_HANDLE, 1, &info, nullptr, pipeline);
}

}  // namespace

core::Result<std::unique_ptr<PicturePipeline>> PicturePipeline::create(const Device& device, VkFormat format) {
  auto made = std::make_unique<PicturePipeline>();
  made->textures_ = make_set_layout(device, VK_DESCRIPTOR_TYPE_SAMPLED_IMAGE);
  made->samplers_ = make_set_layout(device, VK_DESCRIPTOR_TYPE_SAMPLER);
  made->layout_ = {device.handle(), make_layout(device, made->textures_.get(), made->samplers_.get())};
  VkPipeline pipeline = VK_NULL_HANDLE;
  if (const VkResult result = make_pipeline(device, format, made->layout_.get(), &pipeline); result != VK_SUCCESS) {
    return vulkan_error("vkCreateGraphicsPipelines", result);
  }
  made->pipeline_ = {device.handle(), pipeline};
  device.name(pipeline, VK_OBJECT_TYPE_PIPELINE, "picture pipeline");
  return made;
}

}  // namespace skyline::renderer::vulkan
