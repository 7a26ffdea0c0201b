#include "app/desktop/photo_thumbnails.h"

#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr int kCells = 12;  // along each side of a page
constexpr int kPageSide = kCells * PhotoThumbnails::kSide;
constexpr std::size_t kPerPage = static_cast<std::size_t>(kCells) * kCells;

core::Image reduced(const core::Image& image) {
  const double factor = std::min(1.0, static_cast<double>(PhotoThumbnails::kSide) / std::max(image.width, image.height));
  const auto side = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * factor))); };
  return core::resize_area(image, side(image.width), side(image.height));
}

}  // namespace

void PhotoThumbnails::show(Interface& ui, const std::string& key, std::size_t count, FindFile find) {
  show_made(ui, key, ui.tr("Reading photos", "正在读取照片"), count, [find = std::move(find)](std::size_t photo) {
    const std::filesystem::path file = find(photo);
    return file.empty() ? core::Result<core::Image>(core::Error{}) : core::load_image(file);
  });
}

void PhotoThumbnails::show_made(Interface& ui, const std::string& key, const std::string& title, std::size_t count, Make make) {
  if (key == key_) return;
  key_ = key;
  if (decoded_) {
    const std::lock_guard lock(decoded_->mutex);
    decoded_->stopped = true;
  }
  decoded_ = std::make_shared<Decoded>();
  pages_.clear();
  sizes_.assign(count, {});
  if (count == 0) return;
  ui.session.jobs.start(title, [decoded = decoded_, count, make = std::move(make)](core::Progress& progress) -> Jobs::Finish {
    for (std::size_t photo = 0; photo < count && !progress.stop_requested(); ++photo) {
      const auto image = make(photo);
      {
        const std::lock_guard lock(decoded->mutex);
        if (decoded->stopped) break;
        if (image) decoded->ready.emplace_back(photo, reduced(*image));
      }
      progress.report({.stage = {}, .done = static_cast<double>(photo + 1), .total = static_cast<double>(count), .unit = {}, .note = {}});
    }
    return [] {};
  });
}

void PhotoThumbnails::update(Interface& ui) {
  if (!decoded_) return;
  std::vector<std::pair<std::size_t, core::Image>> ready;
  {
    const std::lock_guard lock(decoded_->mutex);
    ready.swap(decoded_->ready);
  }
  for (const auto& [photo, image] : ready) place(photo, image);
  for (Page& page : pages_) {
    // A device made anew has no pictures.
    if (!page.changed && page.texture && page.texture->id() != 0) continue;
    if (!page.texture) page.texture = ui.shell.make_texture("photo thumbnails");
    if (const auto status = page.texture->update(page.pixels, kPageSide, kPageSide); !status) ui.session.fail(status.error());
    page.changed = false;
  }
}

void PhotoThumbnails::place(std::size_t photo, const core::Image& image) {
  const std::size_t page_number = photo / kPerPage, cell = photo % kPerPage;
  if (pages_.size() <= page_number) pages_.resize(page_number + 1);
  for (Page& page : pages_) {
    if (page.pixels.empty()) page.pixels.assign(static_cast<std::size_t>(kPageSide) * kPageSide * 4, 0);
  }
  Page& page = pages_[page_number];
  const std::size_t left = cell % kCells * kSide, top = cell / kCells * kSide;
  const auto width = static_cast<std::size_t>(image.width), height = static_cast<std::size_t>(image.height);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      std::uint8_t* const target = page.pixels.data() + 4 * ((top + y) * kPageSide + left + x);
      std::copy_n(image.pixels.data() + 3 * (y * width + x), 3, target);
      target[3] = 255;
    }
  }
  page.changed = true;
  sizes_[photo] = {image.width, image.height};
}

std::optional<PhotoThumbnails::Thumbnail> PhotoThumbnails::thumbnail(std::size_t photo) const {
  if (photo >= sizes_.size() || sizes_[photo].width == 0) return std::nullopt;
  const Page& page = pages_[photo / kPerPage];
  if (!page.texture || page.texture->id() == 0) return std::nullopt;
  const std::size_t cell = photo % kPerPage;
  const float left = static_cast<float>(cell % kCells * kSide), top = static_cast<float>(cell / kCells * kSide);
  const auto width = static_cast<float>(sizes_[photo].width), height = static_cast<float>(sizes_[photo].height);
  constexpr float kSize = kPageSide, kHalf = 0.5F;  // half a pixel keeps the neighbours out of the filter
  return Thumbnail{static_cast<ImTextureID>(page.texture->id()),
                   {(left + kHalf) / kSize, (top + kHalf) / kSize},
                   {(left + width - kHalf) / kSize, (top + height - kHalf) / kSize},
                   width / height};
}

void draw_thumbnail(const Interface& ui, ImDrawList* list, const std::optional<PhotoThumbnails::Thumbnail>& thumbnail, ImVec2 low,
                    ImVec2 high) {
  const float rounding = px(ui, 3);
  if (!thumbnail) {
    list->AddRectFilled(low, high, u32(palette().field), rounding);
    return;
  }
  // The middle of the photo, cut to the rectangle's shape.
  const float shape = (high.x - low.x) / std::max(1.0F, high.y - low.y);
  ImVec2 from = thumbnail->low, to = thumbnail->high;
  if (thumbnail->shape > shape) {
    const float cut = 0.5F * (1 - shape / thumbnail->shape) * (to.x - from.x);
    from.x += cut;
    to.x -= cut;
  } else {
    const float cut = 0.5F * (1 - thumbnail->shape / shape) * (to.y - from.y);
    from.y += cut;
    to.y -= cut;
  }
  list->AddImageRounded(thumbnail->texture, low, high, from, to, IM_COL32_WHITE, rounding);
}

}  // namespace skyline::app::desktop
