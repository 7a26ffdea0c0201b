// JPEG and PNG pictures. The checksums of a PNG's chunks are made right, so that what they protect is reached.
#include "core/image.h"
#include "tests/fuzz/fuzz_target.h"

namespace skyline::fuzz {
namespace {

// CRC of a PNG chunk (PNG specification, annex D).
std::uint32_t crc(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char c : bytes) {
    sum ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum & 1U) != 0 ? 0xEDB88320U ^ (sum >> 1) : sum >> 1;
  }
  return ~sum;
}

std::string with_right_checksums(std::string png) {
  constexpr std::size_t kSignature = 8, kFrame = 12;
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<std::uint8_t>(png[i])); };
  for (std::size_t at = kSignature; at + kFrame <= png.size();) {
    const std::size_t length = byte(at) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
    if (length > png.size() - at - kFrame) break;
    const std::uint32_t sum = crc(std::string_view(png).substr(at + 4, length + 4));
    for (std::size_t i = 0; i < 4; ++i) png[at + 8 + length + i] = static_cast<char>((sum >> (24 - 8 * i)) & 0xFFU);
    at += kFrame + length;
  }
  return png;
}

core::Image small_picture() {
  core::Image image{19, 13, {}};
  for (int i = 0; i < image.width * image.height * 3; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i * i / 7));
  return image;
}

void load(std::string_view content) {
  static const ScratchFile file("picture");
  file.write(content);
  const auto size = core::read_image_size(file.path());
  const auto image = core::load_image(file.path());
  const bool has_size = is_value(size), has_image = is_value(image);
  if (!has_image) return;
  require(has_size && size->width == image->width && size->height == image->height, "the header and the picture have one size");
  require(image->pixels.size() == static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height) * 3,
          "the pixels fit the size");
}

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> made;
  for (const char* name : {"picture.png", "picture.jpg"}) {
    const ScratchFile file(name);
    require(core::save_image(small_picture(), file.path()).ok(), "a picture can be written");
    made.push_back(file.read());
  }
  return made;
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const std::string content(fuzz::text_of(data, size));
  fuzz::load(content.starts_with("\x89PNG") ? fuzz::with_right_checksums(content) : content);
  return 0;
}
