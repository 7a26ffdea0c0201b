// Which cameras `skyline render` shows, and pictures of layers that are not colour.
#pragma once

#include "city/model.h"
#include "core/image.h"
#include "core/result.h"
#include "nerf/space.h"
#include "nerf/store/sky_file.h"

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace skyline::app {

// How a person named the view; at most one member is set, none means the scene's home view.
struct ViewChoice {
  std::string camera;         // x,y,z,yaw,pitch[,fov]
  std::string camera_json;    // file
  std::string photo;          // name or index of a training photo
  std::string bookmark;       // name of a bookmark of the scene, in either language, or its number from 1
  std::string path;           // "flight", or a JSON file: a list of cameras, or an object with `frames` or "flight": true
  int frames = 0;             // of a path; 0: as many as it has, 120 for a flight
  int width = 0, height = 0;  // 0: the camera's own
};

// --camera, --camera-json, --photo, --bookmark, --path with --frames; at most one of them.
void add_view_choice(CLI::App& command, ViewChoice& choice);

// Camera names become file names. Errors: no such photo, file missing or wrong.
core::Result<std::vector<nerf::Camera>> choose_views(const ViewChoice& choice, const nerf::Scene& scene);

// Of a city: from the south, a little aside, so high that the quarter fills the picture.
core::Camera home_view(const city::CityModel& model, int width, int height);

// The same view in another size: the vertical field of view stays, pixels keep their shape.
nerf::Camera fit_view(const nerf::Camera& camera, int width, int height);

// Finite range of the numbers above 0; (0, 0) without any.
std::pair<float, float> range_of(const core::FloatImage& image);
// Grey picture of one channel: 0 where the number is not above 0, else from 1 (low) to 255 (high).
core::Image grey_image(const core::FloatImage& image, float low, float high);
// Unit normals to colours: (n + 1) / 2; black where there is none.
core::Image normal_image(const core::FloatImage& image);
// 8-bit picture to [0, 1] floats.
core::FloatImage to_float(const core::Image& image);

}  // namespace skyline::app
