#include "core/file.h"
#include "core/image.h"
#include "core/parallel.h"
#include "support.h"

#include <spng.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>

namespace skyline::core {
namespace {

Image gradient(int width, int height) {
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.pixels.push_back(static_cast<std::uint8_t>(255 * x / width));
      image.pixels.push_back(static_cast<std::uint8_t>(255 * y / height));
      image.pixels.push_back(static_cast<std::uint8_t>((x * 7 + y * 13) % 256));
    }
  }
  return image;
}

void write_png(const std::filesystem::path& path, int bit_depth, int color_type, std::vector<std::uint8_t> samples) {
  const std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)> context(spng_ctx_new(SPNG_CTX_ENCODER), &spng_ctx_free);
  spng_ihdr header{};
  header.width = 2;
  header.height = 1;
  header.bit_depth = static_cast<std::uint8_t>(bit_depth);
  header.color_type = static_cast<std::uint8_t>(color_type);
  spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  spng_set_ihdr(context.get(), &header);
  ASSERT_EQ(spng_encode_image(context.get(), samples.data(), samples.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE), 0);
  std::size_t bytes = 0;
  int code = 0;
  void* const encoded = spng_get_png_buffer(context.get(), &bytes, &code);
  ASSERT_TRUE(write_file_atomic(path, std::span(static_cast<const std::byte*>(encoded), bytes)).ok());
  std::free(encoded);
}

// Keeps the first `share` of a file.
void truncate_file(const std::filesystem::path& path, double share) {
  const auto bytes = static_cast<double>(std::filesystem::file_size(path));
  std::filesystem::resize_file(path, static_cast<std::uintmax_t>(bytes * share));
}

TEST(Image, PngKeepsEveryPixel) {
  const TemporaryFolder folder;
  const Image image = gradient(61, 37);
  ASSERT_TRUE(save_image(image, folder.path() / "a.png").ok());
  const Image loaded = load_image(folder.path() / "a.png").value();
  EXPECT_EQ(loaded.width, 61);
  EXPECT_EQ(loaded.height, 37);
  EXPECT_EQ(loaded.pixels, image.pixels);
}

TEST(Image, JpegKeepsTheLook) {
  const TemporaryFolder folder;
  Image image = gradient(64, 48);
  for (std::size_t i = 2; i < image.pixels.size(); i += 3) image.pixels[i] = 80;  // smooth, as photos mostly are
  ASSERT_TRUE(save_image(image, folder.path() / "a.JPG").ok());
  const Image loaded = load_image(folder.path() / "a.JPG").value();
  ASSERT_EQ(loaded.pixels.size(), image.pixels.size());
  double squares = 0;
  for (std::size_t i = 0; i < image.pixels.size(); ++i) squares += std::pow(double{1} * loaded.pixels[i] - image.pixels[i], 2);
  EXPECT_LT(std::sqrt(squares / static_cast<double>(image.pixels.size())), 3.0);
}

TEST(Image, FormatIsFoundByContentNotByName) {
  const TemporaryFolder folder;
  ASSERT_TRUE(save_image(gradient(8, 4), folder.path() / "a.jpg").ok());
  std::filesystem::rename(folder.path() / "a.jpg", folder.path() / "a.png");
  EXPECT_TRUE(load_image(folder.path() / "a.png").ok());
}

TEST(Image, SizeIsReadFromTheHeaderAlone) {
  const TemporaryFolder folder;
  for (const char* name : {"a.jpg", "a.png"}) {
    const auto path = folder.path() / name;
    ASSERT_TRUE(save_image(gradient(300, 200), path).ok());
    truncate_file(path, 0.5);
    const ImageSize size = read_image_size(path).value();
    EXPECT_EQ(size.width, 300) << name;
    EXPECT_EQ(size.height, 200) << name;
  }
}

TEST(Image, TruncatedJpegIsAnErrorNotAGreyPicture) {
  const TemporaryFolder folder;
  for (const double share : {0.995, 0.9, 0.5, 0.2, 0.02}) {
    const auto path = folder.path() / "a.jpg";
    ASSERT_TRUE(save_image(gradient(300, 200), path).ok());
    truncate_file(path, share);
    const auto image = load_image(path);
    ASSERT_FALSE(image.ok()) << share;
    EXPECT_NE(image.error().message().find("a.jpg"), std::string::npos);
  }
}

TEST(Image, TruncatedPngIsAnError) {
  const TemporaryFolder folder;
  for (const double share : {0.999, 0.9, 0.5, 0.02}) {
    const auto path = folder.path() / "a.png";
    ASSERT_TRUE(save_image(gradient(300, 200), path).ok());
    truncate_file(path, share);
    EXPECT_FALSE(load_image(path).ok()) << share;
  }
}

// Tiny files whose headers claim pictures of hundreds of megabytes.
TEST(Image, AHeaderThatClaimsMoreThanItsFileHoldsIsAnError) {
  const TemporaryFolder folder;
  const std::filesystem::path png = folder.path() / "a.png", jpeg = folder.path() / "a.jpg";
  ASSERT_TRUE(save_image(gradient(8, 4), png).ok());
  ASSERT_TRUE(save_image(gradient(8, 4), jpeg).ok());
  const auto claim = [](const std::filesystem::path& path, std::size_t at, std::string_view size) {
    std::vector<std::byte> content = read_file(path).value();
    for (std::size_t i = 0; i < size.size(); ++i) content[at + i] = static_cast<std::byte>(size[i]);
    ASSERT_TRUE(write_file_atomic(path, content).ok());
  };
  using namespace std::string_view_literals;
  constexpr std::size_t kWidthOfPng = 16;  // width, height, depth and colour 8 and 2, compression, filter, interlace, CRC of these
  claim(png, kWidthOfPng, "\0\0\x40\0\0\0\x40\0\x08\x02\0\0\0\x26\xAA\x87\xD3"sv);
  const std::vector<std::byte> content = read_file(jpeg).value();
  const std::vector<std::byte> start_of_frame = bytes_of("\xFF\xC0");
  const auto frame = std::search(content.begin(), content.end(), start_of_frame.begin(), start_of_frame.end());
  ASSERT_NE(frame, content.end());
  claim(jpeg, static_cast<std::size_t>(frame - content.begin()) + 5, "\x40\0\x40\0"sv);
  for (const std::filesystem::path& path : {png, jpeg}) {
    for (const std::string& message : {read_image_size(path).error().message(), load_image(path).error().message()})
      EXPECT_NE(message.find("its size is not plausible"), std::string::npos) << message;
  }
}

TEST(Image, TextIsAnErrorNotAPicture) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.png";
  ASSERT_TRUE(write_file_atomic(path, bytes_of("hello")).ok());
  EXPECT_FALSE(load_image(path).ok());
  EXPECT_FALSE(read_image_size(path).ok());
  EXPECT_FALSE(load_image(folder.path() / "missing.png").ok());
}

TEST(Image, GreyIsExpandedAlphaDroppedAndSixteenBitsReduced) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.png";
  write_png(path, 8, SPNG_COLOR_TYPE_GRAYSCALE, {10, 200});
  EXPECT_EQ(load_image(path).value().pixels, (std::vector<std::uint8_t>{10, 10, 10, 200, 200, 200}));
  write_png(path, 8, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, {1, 2, 3, 0, 4, 5, 6, 128});
  EXPECT_EQ(load_image(path).value().pixels, (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6}));
  write_png(path, 16, SPNG_COLOR_TYPE_TRUECOLOR, {9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4});
  EXPECT_EQ(load_image(path).value().pixels, (std::vector<std::uint8_t>{9, 8, 7, 6, 5, 4}));
}

TEST(Image, UnknownExtensionIsAnError) {
  const TemporaryFolder folder;
  EXPECT_FALSE(save_image(gradient(2, 2), folder.path() / "a.tga").ok());
  EXPECT_TRUE(folder.file_names().empty());
}

TEST(Image, FullDiskLeavesNoFile) {
  const TemporaryFolder folder;
  const FileSizeLimit limit(100);
  EXPECT_FALSE(save_image(gradient(64, 64), folder.path() / "a.png").ok());
  EXPECT_FALSE(save_image(gradient(64, 64), folder.path() / "a.jpg").ok());
  EXPECT_TRUE(folder.file_names().empty());
}

TEST(ResizeArea, SameSizeChangesNothing) {
  const Image image = gradient(31, 17);
  EXPECT_EQ(resize_area(image, 31, 17).pixels, image.pixels);
}

TEST(ResizeArea, EveryPixelIsTheMeanOfTheAreaItCovers) {
  const Image image = gradient(37, 53);
  for (const auto& [width, height] : {std::pair{10, 7}, std::pair{36, 52}, std::pair{1, 1}, std::pair{37, 20}}) {
    const Image small = resize_area(image, width, height);
    ASSERT_EQ(small.pixels.size(), static_cast<std::size_t>(width * height * 3));
    const double step_x = 37.0 / width;
    const double step_y = 53.0 / height;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        for (int c = 0; c < 3; ++c) {
          double sum = 0;
          for (int v = 0; v < 53; ++v) {
            for (int u = 0; u < 37; ++u) {
              const double overlap_x = std::max(0.0, std::min(u + 1.0, (x + 1) * step_x) - std::max(u + 0.0, x * step_x));
              const double overlap_y = std::max(0.0, std::min(v + 1.0, (y + 1) * step_y) - std::max(v + 0.0, y * step_y));
              sum += overlap_x * overlap_y * image.pixels[static_cast<std::size_t>((v * 37 + u) * 3 + c)];
            }
          }
          const double mean = sum / (step_x * step_y);
          ASSERT_NEAR(small.pixels[static_cast<std::size_t>((y * width + x) * 3 + c)], mean, 0.5 + 1e-6) << x << ' ' << y << ' ' << c;
        }
      }
    }
  }
}

TEST(ResizeArea, IsTheSameForEveryThreadCount) {
  const Image image = gradient(301, 203);
  std::vector<std::uint8_t> serial;
  {
    const ThreadLimit one(1);
    serial = resize_area(image, 100, 90).pixels;
  }
  const ThreadLimit four(4);
  EXPECT_EQ(resize_area(image, 100, 90).pixels, serial);
}

TEST(ContactSheet, PlacesPicturesRowByRowWithGaps) {
  std::vector<Image> images;
  for (std::uint8_t i = 1; i <= 3; ++i) images.push_back(Image{1, 1, {i, i, i}});
  const Image sheet = contact_sheet(images, 2, 1, 99);
  ASSERT_EQ(sheet.width, 3);
  ASSERT_EQ(sheet.height, 3);
  std::vector<std::uint8_t> red;
  for (std::size_t i = 0; i < sheet.pixels.size(); i += 3) red.push_back(sheet.pixels[i]);
  EXPECT_EQ(red, (std::vector<std::uint8_t>{1, 99, 2, 99, 99, 99, 3, 99, 99}));
}

TEST(ToImage, RoundsAndClamps) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const FloatImage image{2, 1, 3, {-1.0f, 0.0f, 1.0f, 2.0f, 0.5f, nan}};
  EXPECT_EQ(to_image(image).pixels, (std::vector<std::uint8_t>{0, 0, 255, 255, 128, 0}));
}

}  // namespace
}  // namespace skyline::core
