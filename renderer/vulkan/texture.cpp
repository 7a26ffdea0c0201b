#include "renderer/vulkan/texture.h"

#include <backends/imgui_impl_vulkan.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
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

// Members are in the order of making and go in the reverse order.
struct Picture {
  DeviceImage image;
  ImageView view;
  std::array<Buffer, FrameRing::kFrames> staging;
  DescriptorSet set;
  int width = 0, height = 0;
  int newest = 0;          // staging buffer of the last update
  bool submitted = true;   // a frame since that update: the buffer may be with the device
  bool image_old = false;  // the image lacks the last update
  bool id_wanted = false;  // something shows the image

  void record(VkCommandBuffer commands);
};

namespace {

// RGBA to the byte order of the window.
void copy_pixels(std::span<const std::uint8_t> rgba, std::uint8_t* to, bool blue_first) {
  if (!blue_first) {
    std::memcpy(to, rgba.data(), rgba.size());
    return;
  }
  for (std::size_t at = 0; at < rgba.size(); at += 4) {
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, rgba.data() + at, 4);
    pixel = (pixel & 0xff00ff00U) | ((pixel & 0xffU) << 16U) | ((pixel >> 16U) & 0xffU);
    std::memcpy(to + at, &pixel, 4);
  }
}

// The command buffer of the frame, within callbacks of Dear ImGui's lists.
VkCommandBuffer frame_commands() {
  return static_cast<const ImGui_ImplVulkan_RenderState*>(ImGui::GetPlatformIO().Renderer_RenderState)->CommandBuffer;
}

// A picture that is copied to the window when its turn in the lists comes.
struct DirectDraw {
  const TextureStore* store;
  const Picture* picture;
  int x, y;

  static void record(const ImDrawList*, const ImDrawCmd* command) {
    const auto& direct = *static_cast<const DirectDraw*>(command->UserCallbackData);
    const Picture& picture = *direct.picture;
    const ImVec4& clip = command->ClipRect;
    record_picture_copy(frame_commands(), direct.store->target(),
                        {.from = picture.staging[static_cast<std::size_t>(picture.newest)].get(),
                         .width = picture.width,
                         .height = picture.height,
                         .x = direct.x,
                         .y = direct.y,
                         .clip_left = static_cast<int>(clip.x),
                         .clip_top = static_cast<int>(clip.y),
                         .clip_right = static_cast<int>(clip.z),
                         .clip_bottom = static_cast<int>(clip.w)});
  }
};

}  // namespace

class TextureImage final : public Texture {
 public:
  TextureImage(TextureStore& store, std::string name) : store_(store), name_(std::move(name)) { store_.textures_.push_back(this); }
  ~TextureImage() override {
    std::erase(store_.textures_, this);
    retire();
  }

  core::Status update(std::span<const std::uint8_t> rgba, int width, int height) override;
  std::uint64_t id() const override;
  int width() const override { return picture_ ? picture_->width : 0; }
  int height() const override { return picture_ ? picture_->height : 0; }

  void draw(float x, float y, float width, float height) const override;

  void drop() { picture_.reset(); }

 private:
  core::Result<std::shared_ptr<Picture>> make_picture(int width, int height) const;
  core::Status make_staging(int slot);
  void retire() {
    if (picture_ && store_.device() != nullptr) store_.frames().retire(std::move(picture_));
  }

  TextureStore& store_;
  std::string name_;
  std::shared_ptr<Picture> picture_;
};

core::Status TextureImage::update(std::span<const std::uint8_t> rgba, int width, int height) {
  const std::size_t bytes = static_cast<std::size_t>(std::max(width, 0)) * static_cast<std::size_t>(std::max(height, 0)) * 4;
  if (bytes == 0 || rgba.size() != bytes) {
    return core::Error{"a picture cannot be shown", fmt::format("{}: {} bytes for {}x{}", name_, rgba.size(), width, height),
                       "report this"};
  }
  const Device* const device = store_.device();
  if (device == nullptr) return core::Error{"a picture cannot be shown", name_, "the graphics device is being rebuilt; try again"};
  if (width != this->width() || height != this->height()) {
    core::Result<std::shared_ptr<Picture>> made = make_picture(width, height);
    if (!made) return made.error();
    retire();
    picture_ = std::move(*made);
  }
  // The buffer that a frame may still read stays as it is; one that no frame has seen is written again.
  const int slot = picture_->submitted ? picture_->newest ^ 1 : picture_->newest;
  if (core::Status made = make_staging(slot); !made) return made;
  const Buffer& staging = picture_->staging[static_cast<std::size_t>(slot)];
  copy_pixels(rgba, static_cast<std::uint8_t*>(device->mapped(staging)), store_.blue_first_);
  vmaFlushAllocation(device->allocator(), staging.memory(), 0, VK_WHOLE_SIZE);
  if (picture_->submitted) store_.updated_.push_back(picture_);
  picture_->newest = slot;
  picture_->submitted = false;
  picture_->image_old = true;
  return {};
}

std::uint64_t TextureImage::id() const {
  if (!picture_) return 0;
  if (!std::exchange(picture_->id_wanted, true) && picture_->submitted) store_.updated_.push_back(picture_);
  return reinterpret_cast<std::uint64_t>(picture_->set.get());
}

void TextureImage::draw(float x, float y, float width, float height) const {
  if (!picture_) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto own_width = static_cast<float>(picture_->width), own_height = static_cast<float>(picture_->height);
  if (width != own_width || height != own_height || ImGui::GetIO().DisplayFramebufferScale.x != 1) {
    list.AddImage(ImTextureRef(id()), {x, y}, {x + width, y + height});
    return;
  }
  const ImVec2 corner(std::floor(x + 0.5F), std::floor(y + 0.5F));
  if (store_.direct_) {
    DirectDraw direct{&store_, picture_.get(), static_cast<int>(corner.x), static_cast<int>(corner.y)};
    list.AddCallback(&DirectDraw::record, &direct, sizeof(direct));
  } else {
    const auto bind = [](const ImDrawList*, const ImDrawCmd* command) {
      vkCmdBindPipeline(frame_commands(), VK_PIPELINE_BIND_POINT_GRAPHICS, static_cast<VkPipeline>(command->UserCallbackData));
    };
    list.AddCallback(bind, store_.pipeline().handle());
    list.AddImage(ImTextureRef(id()), corner, {corner.x + width, corner.y + height}, {0, 0}, {own_width, own_height});
  }
  list.AddCallback(ImGui::GetPlatformIO().DrawCallback_ResetRenderState, nullptr);
}

core::Status TextureImage::make_staging(int slot) {
  Buffer& staging = picture_->staging[static_cast<std::size_t>(slot)];
  if (staging) return {};
  const VkDeviceSize bytes = VkDeviceSize{4} * static_cast<VkDeviceSize>(width()) * static_cast<VkDeviceSize>(height());
  core::Result<Buffer> made = store_.device()->make_host_buffer(bytes, false, fmt::format("{} staging {}", name_, slot));
  if (!made) return made.error();
  staging = std::move(*made);
  return {};
}

core::Result<std::shared_ptr<Picture>> TextureImage::make_picture(int width, int height) const {
  const Device& device = *store_.device();
  VkImageCreateInfo info{.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  info.imageType = VK_IMAGE_TYPE_2D;
  info.format = store_.blue_first_ ? VK_FORMAT_B8G8R8A8_UNORM : VK_FORMAT_R8G8B8A8_UNORM;
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
  auto picture = std::make_shared<Picture>();
  picture->image = DeviceImage(device.allocator(), image, memory);
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
  picture->view = ImageView(device.handle(), view);
  device.name(view, VK_OBJECT_TYPE_IMAGE_VIEW, name_ + " view");
  picture->set = DescriptorSet(view);
  if (picture->set.get() == VK_NULL_HANDLE) {
    return core::Error{"a picture cannot be shown", name_ + ": too many are shown at once", "close panels or film strips"};
  }
  device.name(picture->set.get(), VK_OBJECT_TYPE_DESCRIPTOR_SET, name_ + " set");
  picture->width = width;
  picture->height = height;
  return picture;
}

void Picture::record(VkCommandBuffer commands) {
  submitted = true;
  if (!id_wanted || !std::exchange(image_old, false)) return;
  const Buffer& from = staging[static_cast<std::size_t>(newest)];
  record_barrier(commands, {.image = image.get(),
                            .from = VK_IMAGE_LAYOUT_UNDEFINED,
                            .to = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .after_access = 0,
                            .before_access = VK_ACCESS_2_TRANSFER_WRITE_BIT});
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 1};
  vkCmdCopyBufferToImage(commands, from.get(), image.get(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
  record_barrier(commands, {.image = image.get(),
                            .from = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT,
                            .after_access = VK_ACCESS_2_TRANSFER_WRITE_BIT,
                            .before_access = VK_ACCESS_2_SHADER_SAMPLED_READ_BIT});
}

std::unique_ptr<Texture> TextureStore::make(const std::string& name) { return std::make_unique<TextureImage>(*this, name); }

void TextureStore::attach(const Device& device, FrameRing& frames, const PicturePipeline& pipeline, const Swapchain& swapchain) {
  blue_first_ = swapchain.format() == VK_FORMAT_B8G8R8A8_UNORM;
  direct_ = device.software() && swapchain.writable() && (blue_first_ || swapchain.format() == VK_FORMAT_R8G8B8A8_UNORM);
  device_ = &device;
  frames_ = &frames;
  pipeline_ = &pipeline;
}

void TextureStore::detach() {
  for (TextureImage* texture : textures_) texture->drop();
  updated_.clear();
  device_ = nullptr;
  frames_ = nullptr;
  pipeline_ = nullptr;
}

void TextureStore::record(VkCommandBuffer commands) {
  for (const std::shared_ptr<Picture>& picture : updated_) picture->record(commands);
  updated_.clear();
}

}  // namespace skyline::renderer::vulkan
