// cameras.txt, images.txt and points3D.txt of COLMAP, in this order in one input.
#include "tests/fuzz/colmap_checks.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  const std::string mark(kPartMark);
  const std::string images =
      "# IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME\n"
      "1 0.7071067811865476 0 0 0.7071067811865476 0 2 3 1 p0.png\n12.5 2 -1 30 40 99\n"
      "2 1 0 0 0 1 2.5 -3e-1 1 sub/p 1.png\n\n";
  const std::string points = "# POINT3D_ID\n99 1 2 3 10 20 30 0.5 1 1 1 1\n100 -1.5 2e2 3 0 0 255 0.25 1 0 2 0 1 1\n";
  std::vector<std::string> made;
  for (const char* camera : {"1 OPENCV 40 20 30 31 20 10 0.01 0.02 0.001 0.002\n", "1 SIMPLE_PINHOLE 40 20 30 20 10\n",
                             "1 FULL_OPENCV 40 20 30 31 20 10 0.01 0 0 0 0 0 0 0\n2 SIMPLE_RADIAL 4 2 3 2 1 0.1\n"}) {
    made.push_back("# Camera list\n" + std::string(camera) + mark + images + mark + points);
  }
  return made;
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const auto parts = fuzz::parts_of(fuzz::text_of(data, size), 3);
  fuzz::require_model(nerf::parse_colmap_text(parts[0], parts[1], parts[2]));
  return 0;
}
