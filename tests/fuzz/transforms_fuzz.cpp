// transforms*.json as instant-ngp and nerfstudio write it.
#include "nerf/data/dataset.h"
#include "tests/fuzz/camera_checks.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  const std::string pose = R"("transform_matrix": [[1, 0, 0, 4.5], [0, 0.6, -0.8, -20], [0, 0.8, 0.6, 30.25], [0, 0, 0, 1]])";
  return {R"({"camera_angle_x": 0.8, "camera_angle_y": 0.6, "aabb_scale": 4, "frames": [{"file_path": "./images/0001", )" + pose +
              R"(}, {"file_path": "./images/0002", "sharpness": 31.5, )" + pose + "}]}",
          R"({"camera_model": "OPENCV", "w": 640, "h": 480, "fl_x": 500.5, "fl_y": 501, "cx": 320, "cy": 240, "k1": 0.05, "k2": -0.01,
"p1": 1e-4, "p2": -2e-4, "ply_file_path": "sparse_pc.ply", "applied_transform": [[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0]],
"frames": [{"file_path": "images/frame_00001.jpg", "colmap_im_id": 1, )" +
              pose + "}]}",
          R"({"frames": [{"file_path": "a.png", "w": 64, "h": 48, "fl_x": 60, "cx": 32, "cy": 24, "k3": 0.001, )" + pose +
              R"(}, {"file_path": "b.png", "w": 32, "h": 24, "camera_angle_x": 1.2, )" + pose + "}]}"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  std::string points;
  const auto photos = nerf::parse_transforms(fuzz::text_of(data, size), "transforms.json", points);
  if (!fuzz::is_value(photos)) return 0;
  for (const nerf::Photo& photo : *photos) {
    fuzz::require(!photo.path.empty(), "a frame names its photo");
    // A frame without a size is completed from the photo later.
    if (photo.camera.width == 0) {
      fuzz::require_pose(photo.camera);
    } else {
      fuzz::require_usable(photo.camera);
    }
  }
  return 0;
}
