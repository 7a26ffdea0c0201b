// The file of --path: a list of cameras, an object with frames, or the wish for the scene's flight.
#include "app/views.h"
#include "tests/fuzz/camera_checks.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  const std::string pose = R"("transform_matrix": [[1,0,0,0],[0,0.7071,-0.7071,-80],[0,0.7071,0.7071,90],[0,0,0,1]])";
  return {R"({"flight": true})", R"([{"fl_x": 60, )" + pose + R"(}, {"fl_x": 60, "w": 64, "h": 48, )" + pose + "}]",
          R"({"w": 64, "h": 48, "camera_angle_x": 0.9, "frames": [{)" + pose + "}]}"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  static const fuzz::ScratchFile file("path.json");
  file.write(fuzz::text_of(data, size));
  nerf::Scene scene;
  scene.field.box = {{-10, -10, 0}, {10, 10, 5}};
  scene.info.flight = {{-5, -5, 4}, {5, -5, 4}, {5, 5, 4}, {-5, 5, 4}};
  for (const int width : {0, 32}) {
    app::ViewChoice choice;
    choice.path = file.path().string();
    choice.frames = 3;
    choice.width = width;
    choice.height = width * 3 / 4;
    const auto views = app::choose_views(choice, scene);
    if (!fuzz::is_value(views)) continue;
    fuzz::require(!views->empty(), "a path has views");
    for (const nerf::Camera& view : *views) fuzz::require_usable(view);
  }
  return 0;
}
