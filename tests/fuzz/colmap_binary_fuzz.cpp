// cameras.bin, images.bin and points3D.bin of COLMAP, in this order in one input.
#include "tests/fuzz/colmap_checks.h"

#include <cstring>

namespace skyline::fuzz {
namespace {

template <class T>
void append(std::string& bytes, std::initializer_list<T> values) {
  for (const T value : values) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes.append(raw, sizeof(T));
  }
}

// Two photos of one camera with the lens model `id`, one point.
std::string model(std::int32_t id, std::initializer_list<double> parameters) {
  std::string bytes;
  append<std::uint64_t>(bytes, {1});
  append<std::uint32_t>(bytes, {7});
  append<std::int32_t>(bytes, {id});
  append<std::uint64_t>(bytes, {40, 20});
  append<double>(bytes, parameters);
  bytes += kPartMark;
  append<std::uint64_t>(bytes, {2});
  for (const std::uint32_t image : {1U, 2U}) {
    append<std::uint32_t>(bytes, {image});
    append<double>(bytes, {0.5, 0.5, -0.5, 0.5, 1.0 * image, 2, 3});
    append<std::uint32_t>(bytes, {7});
    bytes.append("p.png", 6);
    append<std::uint64_t>(bytes, {1});
    append<double>(bytes, {12, 8});
    append<std::uint64_t>(bytes, {99});
  }
  bytes += kPartMark;
  append<std::uint64_t>(bytes, {1, 99});
  append<double>(bytes, {1, 2, 3});
  bytes += "abc";
  append<double>(bytes, {0.5});
  append<std::uint64_t>(bytes, {2});
  append<std::uint32_t>(bytes, {1, 0, 2, 0});
  return bytes;
}

}  // namespace

std::vector<std::string> seeds() {
  return {model(4, {30, 31, 20, 10, 0.01, 0.02, 0.001, 0.002}), model(0, {30, 20, 10}),
          model(6, {30, 31, 20, 10, 0.01, 0.02, 0.001, 0.002, 0.003, 0, 0, 0})};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const auto parts = fuzz::parts_of(fuzz::text_of(data, size), 3);
  fuzz::require_model(nerf::parse_colmap_binary(fuzz::bytes_of(parts[0]), fuzz::bytes_of(parts[1]), fuzz::bytes_of(parts[2])));
  return 0;
}
