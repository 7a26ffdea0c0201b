#include "tests/renderer/small_scene.h"

#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace skyline::renderer::testing {

nerf::Field small_city() {
  nerf::testing::Random random(5);
  nerf::Field field = nerf::testing::random_field(nerf::testing::small_settings(), nerf::testing::small_box(), 0, 1, random);
  // Strong colours: a wrong pixel must be seen.
  for (std::size_t i = 0; i < field.decoder.layer2.weights.size(); ++i) field.decoder.layer2.weights.data()[i] *= 12;
  // The same from everywhere: what is wrong then is the geometry's fault.
  nerf::DenseLayer& first = field.decoder.layer0;
  std::fill_n(first.weights.data() + static_cast<std::ptrdiff_t>(field.decoder_features()) * first.outputs,
              static_cast<std::ptrdiff_t>(field.direction_size()) * first.outputs, 0.0F);
  for (nerf::Block& block : field.blocks) {
    const auto channels = static_cast<std::size_t>(field.volume_channels());
    nerf::Volume& v = block.volume;
    std::size_t cell = 0;
    for (int y = 0; y < v.rows; ++y) {
      for (int x = 0; x < v.columns; ++x) {
        for (int z = 0; z < v.layers; ++z, ++cell) {
          const double east = static_cast<double>(x) / (v.columns - 1), north = static_cast<double>(y) / (v.rows - 1);
          const double up = static_cast<double>(z) / (v.layers - 1);
          const bool tower =
              up < 0.7 && ((east > 0.2 && east < 0.4 && north > 0.3 && north < 0.5) || (east > 0.6 && east < 0.8 && north > 0.5));
          v.cells[cell * channels] = z == 0 || tower ? 9.0F : -30.0F;
          v.cells[cell * channels + 1] = tower ? 8.0F : -8.0F;
        }
      }
    }
  }
  return field;
}

std::shared_ptr<nerf::SharedScene> small_scene() {
  nerf::Scene scene;
  scene.field = small_city();
  return nerf::SharedScene::of(std::move(scene));
}

core::Camera camera_at(const std::string& text, int width, int height) { return *core::parse_camera(text, width, height); }

ViewRequest request_of(const core::Camera& camera, bool moving, View view) {
  ViewRequest request;
  request.camera = camera;
  request.moving = moving;
  request.view = view;
  return request;
}

std::unique_ptr<ProgressiveRenderer> renderer_of(const std::shared_ptr<nerf::SharedScene>& scene, const ProgressiveOptions& options) {
  auto made = ProgressiveRenderer::create(options);
  EXPECT_TRUE(made.ok());
  (*made)->show(scene);
  return std::move(*made);
}

std::shared_ptr<const Frame> wait_for(const ProgressiveRenderer& renderer, const Wanted& wanted) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < end) {
    if (auto frame = renderer.latest(); frame && wanted(*frame)) return frame;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return nullptr;
}

Wanted converged_for(std::uint64_t request) {
  return [request](const Frame& frame) { return frame.request >= request && frame.stage == Stage::kConverged; };
}

nerf::Picture whole_picture(const nerf::Field& field, const core::Camera& camera, glm::vec2 shift, bool layers) {
  nerf::Renderer renderer = *nerf::Renderer::create(field, {});
  std::vector<glm::vec2> points;
  for (int y = 0; y < camera.height; ++y) {
    for (int x = 0; x < camera.width; ++x) points.push_back(glm::vec2(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F) + shift);
  }
  nerf::RenderRequest request;
  request.camera = camera;
  request.points = points;
  request.depth = true;
  request.normal = request.opacity = request.cost = request.level = layers;
  nerf::Picture picture;
  nerf::RenderStats stats;
  core::Progress progress;
  EXPECT_TRUE(renderer.render(request, picture, stats, progress).ok());
  for (core::FloatImage* image : {&picture.colour, &picture.depth, &picture.normal, &picture.opacity, &picture.cost, &picture.level}) {
    if (image->width == 0) continue;
    image->width = camera.width;
    image->height = camera.height;
  }
  return picture;
}

core::FloatImage colours_of(const Frame& frame) {
  core::FloatImage image{frame.width, frame.height, 3, {}};
  for (std::size_t i = 0; i < frame.pixels.size(); ++i) {
    if (i % 4 != 3) image.pixels.push_back(static_cast<float>(frame.pixels[i]) / 255.0F);
  }
  return image;
}

}  // namespace skyline::renderer::testing
