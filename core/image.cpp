#include "core/image.h"

#include "core/file.h"
#include "core/parallel.h"

#include <spng.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <span>

namespace skyline::core {
namespace {

constexpr int kChannels = 3;
// Larger pictures are taken for a damaged header: 2^29 pixels are three times what the largest aerial cameras deliver.
constexpr std::int64_t kMaxPixels = std::int64_t{1} << 29;
// The most pixels that a byte of a file can stand for; a header that claims more is not believed and nothing is allocated for it. A block
// of 8 x 8 takes at least one bit of a JPEG's Huffman code, 16 of them may share one chroma block (ITU-T T.81, sections A.2.4 and F.1.2).
// PNG has 8 pixels a byte at best and deflate expands 1032-fold at most (https://zlib.net/zlib_tech.html).
constexpr std::int64_t kJpegPixelsPerByte = 1024;
constexpr std::int64_t kPngPixelsPerByte = 8 * 1032;

using Bytes = std::span<const std::byte>;

struct JpegDeleter {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Jpeg = std::unique_ptr<void, JpegDeleter>;

struct PngDeleter {
  void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Png = std::unique_ptr<spng_ctx, PngDeleter>;

enum class Format { kJpeg, kPng };

std::optional<Format> detect(Bytes bytes) {
  constexpr unsigned char kJpegStart[] = {0xff, 0xd8, 0xff};
  constexpr unsigned char kPngStart[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  const auto starts_with = [&](std::span<const unsigned char> magic) {
    return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
  };
  if (starts_with(kJpegStart)) return Format::kJpeg;
  if (starts_with(kPngStart)) return Format::kPng;
  return std::nullopt;
}

Error unreadable(const std::filesystem::path& path, const std::string& reason) {
  return {"cannot read the picture", path.string() + " (" + reason + ")", "copy it again from the camera or leave it out"};
}

Error unwritable(const std::filesystem::path& path, const std::string& reason) {
  return {"cannot write the picture", path.string() + " (" + reason + ")", "choose a smaller size"};
}

Result<ImageSize> checked_size(const std::filesystem::path& path, std::int64_t width, std::int64_t height, std::int64_t most_pixels) {
  most_pixels = std::min(most_pixels, kMaxPixels);
  if (width < 1 || height < 1 || width > most_pixels || height > most_pixels / width) return unreadable(path, "its size is not plausible");
  return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

const unsigned char* raw(Bytes bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

std::size_t pixel_bytes(int width, int height) { return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * kChannels; }

Result<ImageSize> jpeg_size(tjhandle handle, Bytes bytes, const std::filesystem::path& path) {
  int width = 0;
  int height = 0;
  int subsampling = 0;
  int colour_space = 0;
  // The size is valid even where turbojpeg complains about a rare chroma subsampling that it can decode all the same.
  const int code = tjDecompressHeader3(handle, raw(bytes), bytes.size(), &width, &height, &subsampling, &colour_space);
  if (code != 0 && (width < 1 || height < 1)) return unreadable(path, tjGetErrorStr2(handle));
  return checked_size(path, width, height, kJpegPixelsPerByte * static_cast<std::int64_t>(bytes.size()));
}

Result<Image> decode_jpeg(Bytes bytes, const std::filesystem::path& path) {
  const Jpeg handle(tjInitDecompress());
  if (!handle) return unreadable(path, "the JPEG decoder did not start");
  const Result<ImageSize> size = jpeg_size(handle.get(), bytes, path);
  if (!size) return size.error();
  Image image{size->width, size->height, std::vector<std::uint8_t>(pixel_bytes(size->width, size->height))};
  // Warnings count as failures: the decoder fills what a damaged file lacks with grey and only warns.
  const int code = tjDecompress2(handle.get(), raw(bytes), bytes.size(), image.pixels.data(), image.width, image.width * kChannels,
                                 image.height, TJPF_RGB, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
  if (code != 0) return unreadable(path, tjGetErrorStr2(handle.get()));
  return image;
}

Result<ImageSize> png_size(spng_ctx* context, Bytes bytes, const std::filesystem::path& path) {
  spng_ihdr header{};
  const int code = spng_get_ihdr(context, &header);
  if (code != 0) return unreadable(path, spng_strerror(code));
  return checked_size(path, header.width, header.height, kPngPixelsPerByte * static_cast<std::int64_t>(bytes.size()));
}

// Follows the chunks to IEND (PNG specification, section 5.3): the decoder itself stops at the last pixel and misses a lost tail.
bool reaches_png_end(Bytes bytes) {
  constexpr std::size_t kSignatureBytes = 8;
  constexpr std::size_t kFrameBytes = 12;  // length, type and checksum around the data of a chunk
  for (std::size_t at = kSignatureBytes; bytes.size() - at >= kFrameBytes;) {
    const unsigned char* const chunk = raw(bytes.subspan(at));
    const std::size_t data_bytes =
        std::size_t{chunk[0]} << 24 | std::size_t{chunk[1]} << 16 | std::size_t{chunk[2]} << 8 | std::size_t{chunk[3]};
    if (data_bytes > bytes.size() - at - kFrameBytes) return false;
    if (std::memcmp(chunk + 4, "IEND", 4) == 0) return true;
    at += kFrameBytes + data_bytes;
  }
  return false;
}

Result<Image> decode_png(Bytes bytes, const std::filesystem::path& path) {
  if (!reaches_png_end(bytes)) return unreadable(path, "it ends too early");
  const Png context(spng_ctx_new(0));
  if (!context) return unreadable(path, "the PNG decoder did not start");
  int code = spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  if (code != 0) return unreadable(path, spng_strerror(code));
  const Result<ImageSize> size = png_size(context.get(), bytes, path);
  if (!size) return size.error();
  Image image{size->width, size->height, std::vector<std::uint8_t>(pixel_bytes(size->width, size->height))};
  code = spng_decode_image(context.get(), image.pixels.data(), image.pixels.size(), SPNG_FMT_RGB8, 0);
  if (code != 0) return unreadable(path, spng_strerror(code));
  return image;
}

Status save_jpeg(const Image& image, const std::filesystem::path& path, const JpegSettings& jpeg) {
  const Jpeg handle(tjInitCompress());
  if (!handle) return unwritable(path, "the JPEG encoder did not start");
  unsigned char* encoded = nullptr;
  unsigned long encoded_bytes = 0;
  const int code = tjCompress2(handle.get(), image.pixels.data(), image.width, image.width * kChannels, image.height, TJPF_RGB, &encoded,
                               &encoded_bytes, jpeg.half_colour ? TJSAMP_420 : TJSAMP_444, jpeg.quality, TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, decltype(&tjFree)> owned(encoded, &tjFree);
  if (code != 0) return unwritable(path, tjGetErrorStr2(handle.get()));
  return write_file_atomic(path, std::as_bytes(std::span(encoded, encoded_bytes)));
}

Status save_png(const Image& image, const std::filesystem::path& path) {
  const Png context(spng_ctx_new(SPNG_CTX_ENCODER));
  if (!context) return unwritable(path, "the PNG encoder did not start");
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(image.width);
  header.height = static_cast<std::uint32_t>(image.height);
  header.bit_depth = 8;
  header.color_type = SPNG_COLOR_TYPE_TRUECOLOR;
  int code = spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  if (code == 0) code = spng_set_ihdr(context.get(), &header);
  if (code == 0) code = spng_encode_image(context.get(), image.pixels.data(), image.pixels.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  if (code != 0) return unwritable(path, spng_strerror(code));
  std::size_t encoded_bytes = 0;
  const std::unique_ptr<void, decltype(&std::free)> encoded(spng_get_png_buffer(context.get(), &encoded_bytes, &code), &std::free);
  if (!encoded) return unwritable(path, spng_strerror(code));
  return write_file_atomic(path, std::span(static_cast<const std::byte*>(encoded.get()), encoded_bytes));
}

bool whole(const Image& image) {
  return image.width > 0 && image.height > 0 && image.pixels.size() == pixel_bytes(image.width, image.height);
}

// Calls visit(source, weight) for the source pixels that output pixel `index` covers along one axis. In units of 1 / target of a source
// pixel, that is [index * source, (index + 1) * source); the weights are whole and sum to `source`.
template <class Visit>
void visit_covered(std::int64_t index, std::int64_t source, std::int64_t target, const Visit& visit) {
  const std::int64_t begin = index * source;
  const std::int64_t end = begin + source;
  for (std::int64_t i = begin / target; i * target < end; ++i) {
    visit(static_cast<std::size_t>(i), static_cast<std::uint64_t>(std::min(end, (i + 1) * target) - std::max(begin, i * target)));
  }
}

}  // namespace

Result<ImageSize> read_image_size(const std::filesystem::path& path) {
  const Result<MappedFile> file = MappedFile::open_read_only(path);  // a map, so that only the header is read from the disk
  if (!file) return file.error();
  const Bytes bytes(file->data(), file->size());
  const std::optional<Format> format = detect(bytes);
  if (!format) return unreadable(path, "it is neither a JPEG nor a PNG");
  if (*format == Format::kJpeg) {
    const Jpeg handle(tjInitDecompress());
    if (!handle) return unreadable(path, "the JPEG decoder did not start");
    return jpeg_size(handle.get(), bytes, path);
  }
  const Png context(spng_ctx_new(0));
  if (!context) return unreadable(path, "the PNG decoder did not start");
  const int code = spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  if (code != 0) return unreadable(path, spng_strerror(code));
  return png_size(context.get(), bytes, path);
}

Result<Image> load_image(const std::filesystem::path& path) {
  const Result<std::vector<std::byte>> bytes = read_file(path);
  if (!bytes) return bytes.error();
  const std::optional<Format> format = detect(*bytes);
  if (!format) return unreadable(path, "it is neither a JPEG nor a PNG");
  try {
    return *format == Format::kJpeg ? decode_jpeg(*bytes, path) : decode_png(*bytes, path);
  } catch (const std::exception&) {
    return Error{"cannot read the picture", path.string() + " needs more than the free memory", "close other programs"};
  }
}

Image resize_area(const Image& image, int width, int height) {
  if (!whole(image)) end_program("resize_area got a picture whose pixels do not fit its size");
  if (width < 1 || height < 1) end_program("resize_area was asked for an empty picture");
  Image result{width, height, std::vector<std::uint8_t>(pixel_bytes(width, height))};
  const std::size_t source_row = static_cast<std::size_t>(image.width) * kChannels;
  const std::size_t target_row = static_cast<std::size_t>(width) * kChannels;
  const std::uint64_t area = static_cast<std::uint64_t>(image.width) * static_cast<std::uint64_t>(image.height);

  constexpr std::int64_t kRowsPerTask = 16;  // shares one column buffer; small enough to spread a thumbnail over many cores
  parallel_for_ranges(height, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
    std::vector<std::uint64_t> columns(source_row);
    for (std::int64_t y = begin; y < end; ++y) {
      // Sum the covered rows into one row of columns.
      std::fill(columns.begin(), columns.end(), 0);
      visit_covered(y, image.height, height, [&](std::size_t row, std::uint64_t weight) {
        const std::uint8_t* const pixels = image.pixels.data() + row * source_row;
        for (std::size_t i = 0; i < source_row; ++i) columns[i] += weight * pixels[i];
      });
      // Sum the covered columns and divide by the area once, so that the mean is exact up to the final rounding.
      std::uint8_t* const out = result.pixels.data() + static_cast<std::size_t>(y) * target_row;
      for (std::int64_t x = 0; x < width; ++x) {
        std::uint64_t sums[kChannels] = {};
        visit_covered(x, image.width, width, [&](std::size_t column, std::uint64_t weight) {
          for (std::size_t c = 0; c < kChannels; ++c) sums[c] += weight * columns[column * kChannels + c];
        });
        for (std::size_t c = 0; c < kChannels; ++c) {
          out[static_cast<std::size_t>(x) * kChannels + c] = static_cast<std::uint8_t>((sums[c] + area / 2) / area);
        }
      }
    }
  });
  return result;
}

Status save_image(const Image& image, const std::filesystem::path& path, const JpegSettings& jpeg) {
  if (!whole(image)) end_program("save_image got a picture whose pixels do not fit its size");
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".png") return save_png(image, path);
  if (extension == ".jpg" || extension == ".jpeg") return save_jpeg(image, path, jpeg);
  return Error{"cannot write the picture", path.string() + " has an unknown extension", "end the name with .png or .jpg"};
}

Image contact_sheet(const std::vector<Image>& images, int columns, int gap, std::uint8_t background) {
  if (images.empty()) return {};
  if (columns < 1 || gap < 0) end_program("contact_sheet needs at least one column and a gap of at least 0");
  const Image& first = images.front();
  const int count = static_cast<int>(images.size());
  const int used_columns = std::min(columns, count);
  const int rows = (count + used_columns - 1) / used_columns;
  Image sheet;
  sheet.width = used_columns * first.width + (used_columns - 1) * gap;
  sheet.height = rows * first.height + (rows - 1) * gap;
  sheet.pixels.assign(pixel_bytes(sheet.width, sheet.height), background);
  for (int i = 0; i < count; ++i) {
    const Image& image = images[static_cast<std::size_t>(i)];
    if (!whole(image) || image.width != first.width || image.height != first.height) end_program("contact_sheet got pictures of two sizes");
    const int left = i % used_columns * (first.width + gap);
    const int top = i / used_columns * (first.height + gap);
    const std::size_t row_bytes = pixel_bytes(image.width, 1);
    for (int y = 0; y < image.height; ++y) {
      std::uint8_t* const target = sheet.pixels.data() + pixel_bytes(sheet.width, top + y) + pixel_bytes(left, 1);
      std::memcpy(target, image.pixels.data() + static_cast<std::size_t>(y) * row_bytes, row_bytes);
    }
  }
  return sheet;
}

Image to_image(const FloatImage& image) {
  if (image.channels != kChannels || image.pixels.size() != pixel_bytes(image.width, image.height)) {
    end_program("to_image needs a picture of 3 channels whose pixels fit its size");
  }
  Image result{image.width, image.height, std::vector<std::uint8_t>(image.pixels.size())};
  std::transform(image.pixels.begin(), image.pixels.end(), result.pixels.begin(), [](float value) {
    const float clamped = value > 0 ? std::min(value, 1.0f) : 0.0f;  // not-a-number becomes 0
    return static_cast<std::uint8_t>(std::lround(clamped * 255.0f));
  });
  return result;
}

}  // namespace skyline::core
