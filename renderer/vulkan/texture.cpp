#include "renderer/vulkan/texture.h"

#include <backends/imgui_impl_vulkan.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace skyline::renderer::vulkan {

// What Dear ImGui calls a texture: freed with the frame that used it last.
class DescriptorSet {
 public:
  DescriptorSet() = default;
  explicit DescriptorSet(VkImageView view) : set_(ImGui_ImplVulkan_AddTexture(view, VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL)) {}
  ~DescriptorSet() {
    if (set_ != VK_NULL_HANDLE) ImGui_ImplVulkan_RemoveTexture(set_);
  }
  DescriptorSet(DescriptorSet&& other) noexcept : set_(std::exchange(other.set_, VK_NULL_HANDLE)) {}
  DescriptorSet& operator=(DescriptorSet&& other) noexcept {
    std::swap(set_, other.set_);
    return *this;
  }
  VkDescriptorSet get() const { return set_; }

 private:
  VkDescriptorSet set_ = VK_NULL_HANDLE;
};

class TextureImage final : public Texture {
 public:
  TextureImage(TextureStore& store, std::string name) : store_(store), name_(std::move(name)) { store_.textures_.push_back(this); }
  ~TextureImage() override {
    std::erase(store_.textures_, this);
    if (store_.device() != nullptr) store_.frames().retire(std::move(picture_));
  }

  core::Status update(std::span<const std::uint8_t> rgba, int width, int height) override;
  std::uint64_t id() const override { return reinterpret_cast<std::uint64_t>(picture_.set.get()); }
  int width() const override { return picture_.width; }
  int height() const override { return picture_.height; }

  void drop() { picture_ = {}; }
  void record(VkCommandBuffer commands);

 private:
  struct Picture {  // in the order of making; members go in the reverse order
    DeviceImage image;
    ImageView view;
    std::array<Buffer, FrameRing::kFrames> staging;
    DescriptorSet set;
    int width = 0, height = 0;
  };
  core::Result<Picture> make_picture(int width, int height) const;
  core::Status make_staging(int slot);

  TextureStore& store_;
  std::string name_;
  Picture picture_;
  int updated_slot_ = -1;  // staging buffer to copy from at the next frame's start
};

core::Status TextureImage::update(std::span<const std::uint8_t> rgba, int width, int height) {
  const std::size_t bytes = static_cast<std::size_t>(std::max(width, 0)) * static_cast<std::size_t>(std::max(height, 0)) * 4;
  if (bytes == 0 || rgba.size() != bytes) {
    return core::Error{"a picture cannot be shown", fmt::format("{}: {} bytes for {}x{}", name_, rgba.size(), width, height),
                       "report this"};
  }
  const Device* const device = store_.device();
  if (device == nullptr) return core::Error{"a picture cannot be shown", name_, "the graphics device is being rebuilt; try again"};
  if (width != picture_.width || height != picture_.height) {
    core::Result<Picture> made = make_picture(width, height);
    if (!made) return made.error();
    store_.frames().retire(std::exchange(picture_, std::move(*made)));
  }
  const int slot = store_.frames().current();
  if (core::Status made = make_staging(slot); !made) return made;
  const Buffer& staging = picture_.staging[static_cast<std::size_t>(slot)];
  std::memcpy(device->mapped(staging), rgba.data(), rgba.size());
  vmaFlushAllocation(device->allocator(), staging.memory(), 0, VK_WHOLE_SIZE);
  updated_slot_ = slot;
  return {};
}

core::Status TextureImage::make_staging(int slot) {
  Buffer& staging = picture_.staging[static_cast<std::size_t>(slot)];
  if (staging) return {};
  const VkDeviceSize bytes = VkDeviceSize{4} * static_cast<VkDeviceSize>(picture_.width) * static_cast<VkDeviceSize>(picture_.height);
  core::Result<Buffer> made = store_.device()->make_host_buffer(bytes, false, fmt::format("{} staging {}", name_, slot));
  if (!made) return made.error();
  staging = std::move(*made);
  return {};
}

core::Result<TextureImage::Picture> TextureImage::make_picture(int width, int height) const {
  const Device& device = *store_.device();
  VkImageCreateInfo info{.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  info.imageType = VK_IMAGE_TYPE_2D;
  info.format = VK_FORMAT_R8G8B8A8_UNORM;
  info.extent = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 1};
  info.mipLevels = 1;
  info.arrayLayers = 1;
  info.samples = VK_SAMPLE_COUNT_1_BIT;
  info.tiling = VK_IMAGE_TILING_OPTIMAL;
  info.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  info.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  info.initialLayout = VK_IMAGE_LAYOUT_UNDEFINED;
  VmaAllocationCreateInfo where{};
  where.usage = VMA_MEMORY_USAGE_AUTO_PREFER_DEVICE;
  VkImage image = VK_NULL_HANDLE;
  VmaAllocation memory = nullptr;
  if (const VkResult result = vmaCreateImage(device.allocator(), &info, &where, &image, &memory, nullptr); result != VK_SUCCESS) {
    return vulkan_error("vmaCreateImage", result);
  }
  Picture picture;
  picture.image = DeviceImage(device.allocator(), image, memory);
  device.name(image, VK_OBJECT_TYPE_IMAGE, name_);

  VkImageViewCreateInfo view_info{.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
  view_info.image = image;
  view_info.viewType = VK_IMAGE_VIEW_TYPE_2D;
  view_info.format = info.format;
  view_info.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
  VkImageView view = VK_NULL_HANDLE;
  if (const VkResult result = vkCreateImageView(device.handle(), &view_info, nullptr, &view); result != VK_SUCCESS) {
    return vulkan_error("vkCreateImageView", result);
  }
  picture.view = ImageView(device.handle(), view);
  device.name(view, VK_OBJECT_TYPE_IMAGE_VIEW, name_ + " view");
  picture.set = DescriptorSet(view);
  device.name(picture.set.get(), VK_OBJECT_TYPE_DESCRIPTOR_SET, name_ + " set");
  picture.width = width;
  picture.height = height;
  return picture;
}

void TextureImage::record(VkCommandBuffer commands) {
  if (updated_slot_ < 0) return;
  const VkImage image = picture_.image.get();
  record_barrier(commands, {.image = image,
                            .from = VK_IMAGE_LAYOUT_UNDEFINED,
                            .to = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .after_access = 0,
                            .before_access = VK_ACCESS_2_TRANSFER_WRITE_BIT});
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = {static_cast<std::uint32_t>(picture_.width), static_cast<std::uint32_t>(picture_.height), 1};
  vkCmdCopyBufferToImage(commands, picture_.staging[static_cast<std::size_t>(updated_slot_)].get(), image,
                         VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
  record_barrier(commands, {.image = image,
                            .from = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT,
                            .after_access = VK_ACCESS_2_TRANSFER_WRITE_BIT,
                            .before_access = VK_ACCESS_2_SHADER_SAMPLED_READ_BIT});
  updated_slot_ = -1;
}

std::unique_ptr<Texture> TextureStore::make(const std::string& name) { return std::make_unique<TextureImage>(*this, name); }

void TextureStore::attach(const Device& device, FrameRing& frames) {
  device_ = &device;
  frames_ = &frames;
}

void TextureStore::detach() {
  for (TextureImage* texture : textures_) texture->drop();
  device_ = nullptr;
  frames_ = nullptr;
}

void TextureStore::record(VkCommandBuffer commands) {
  for (TextureImage* texture : textures_) texture->record(commands);
}

}  // namespace skyline::renderer::vulkan
