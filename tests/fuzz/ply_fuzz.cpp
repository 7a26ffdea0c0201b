// PLY points, ASCII and binary.
#include "nerf/data/dataset.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>
#include <cstring>

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  const std::string properties =
      "property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n";
  std::string little = "ply\nformat binary_little_endian 1.0\nelement vertex 3\n" + properties + "end_header\n";
  for (int i = 0; i < 3; ++i) {
    for (const float value : {1.5F, -2.0F, 3.25F * static_cast<float>(i)}) {
      char raw[sizeof(float)];
      std::memcpy(raw, &value, sizeof(float));
      little.append(raw, sizeof(float));
    }
    little += "rgb";
  }
  return {"ply\nformat ascii 1.0\ncomment by hand\nelement vertex 2\n" + properties + "end_header\n1 2 3 10 20 30\n-4 5.5 6e1 40 50 60\n",
          little,
          "ply\nformat ascii 1.0\nelement face 1\nproperty list uchar int vertex_indices\nelement vertex 2\nproperty list uchar int seen\n"
          "property double x\nproperty double y\nproperty double z\nproperty float r\nend_header\n3 0 1 2\n2 5 6 1 2 3 0.5\n0 4 1 1 1\n",
          std::string("ply\nformat binary_big_endian 1.0\nelement list 1\nproperty list uchar short i\nelement vertex 1\nproperty short x\n"
                      "property short y\nproperty short z\nend_header\n") +
              std::string("\x02\x00\x01\x00\x02\x00\x01\x00\x02\x00\x03", 11)};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const auto points = nerf::parse_ply_points(fuzz::bytes_of(fuzz::text_of(data, size)), "points.ply");
  if (!fuzz::is_value(points)) return 0;
  fuzz::require(points->size() <= size, "every point takes room in the file");
  for (const nerf::SparsePoint& point : *points) {
    fuzz::require(std::isfinite(point.position.x) && std::isfinite(point.position.y) && std::isfinite(point.position.z),
                  "a point is finite");
  }
  return 0;
}
