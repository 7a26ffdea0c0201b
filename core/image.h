// Pictures: 8-bit RGB and float planes, JPEG and PNG.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace skyline::core {

// 8-bit RGB, row-major from the top left, display-encoded. [height, width, 3]
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// One or more float channels, row-major from the top left. [height, width, channels]
struct FloatImage {
  int width = 0;
  int height = 0;
  int channels = 0;
  std::vector<float> pixels;
};

struct ImageSize {
  int width = 0;
  int height = 0;
};

// Size from the header alone. Errors: missing, not a JPEG or PNG.
Result<ImageSize> read_image_size(const std::filesystem::path& path);

// Decodes a JPEG or PNG by its content (alpha dropped, grey expanded, 16 bit reduced). A truncated file is an error, never a half-grey
// picture. EXIF rotation is ignored: the cameras of a reconstruction refer to the stored pixels.
Result<Image> load_image(const std::filesystem::path& path);

// Area (box) filter to a size not larger than the source; every output pixel is the exact mean of the source area that it covers.
// Computed on the stored (display-encoded) values.
Image resize_area(const Image& image, int width, int height);

// How a JPEG is written; PNG is always exact.
struct JpegSettings {
  int quality = 95;          // 1 to 100; with full-resolution colour 95 shows no loss against a rendered picture
  bool half_colour = false;  // colour at half resolution both ways (4:2:0), as cameras write it
};

// Writes beside and renames, by extension .png or .jpg. Errors: unknown extension, cannot write, disk full.
Status save_image(const Image& image, const std::filesystem::path& path, const JpegSettings& jpeg = {});

// Pictures side by side on one sheet, `columns` a row, `gap` pixels of `background` between them; all must have one size.
Image contact_sheet(const std::vector<Image>& images, int columns, int gap, std::uint8_t background);

// [0, 1] floats (3 channels) to 8 bits with rounding, clamped.
Image to_image(const FloatImage& image);

}  // namespace skyline::core
