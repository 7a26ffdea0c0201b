// The text of --camera, and the file of --camera-json.
#include "nerf/space.h"
#include "tests/fuzz/camera_checks.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  return {"0,-300,200,0,-35", "1.5, 2e3 ,+7,-90,-90,47.5",
          R"({"transform_matrix": [[1,0,0,0],[0,0.7071,-0.7071,-80],[0,0.7071,0.7071,90],[0,0,0,1]], "fl_x": 60, "w": 64, "h": 48})",
          R"({"camera_angle_x": 0.9, "w": 640, "h": 480, "cx": 310, "cy": 250, "k1": 0.1, "k2": -0.05, "k3": 0.01, "p1": 1e-3, "p2": 1e-3,
"transform_matrix": [[1,0,0,3],[0,1,0,4],[0,0,1,50]]})"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const std::string text(fuzz::text_of(data, size));
  if (const auto camera = core::parse_camera(text, 64, 48); fuzz::is_value(camera)) fuzz::require_usable(*camera);
  static const fuzz::ScratchFile file("camera.json");
  file.write(text);
  for (const int width : {0, 32}) {
    const auto camera = core::read_camera_json(file.path().string(), width, width * 3 / 4);
    if (fuzz::is_value(camera)) fuzz::require_usable(*camera);
  }
  return 0;
}
