#include "renderer/objects_below.h"
#include "tests/renderer/small_scene.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <tuple>

namespace skyline::renderer {
namespace {

using testing::camera_at;
using testing::kView;
using testing::renderer_of;
using testing::request_of;

constexpr int kWidth = 64, kHeight = 48;

struct Rgb {
  int r, g, b;
  bool operator<(const Rgb& o) const { return std::tie(r, g, b) < std::tie(o.r, o.g, o.b); }
  bool operator==(const Rgb& o) const = default;
};

Rgb at(const Frame& frame, std::size_t i) { return {frame.pixels[i * 4], frame.pixels[i * 4 + 1], frame.pixels[i * 4 + 2]}; }

std::shared_ptr<const Frame> converged(const std::shared_ptr<nerf::SharedScene>& scene, const ViewRequest& request) {
  const auto renderer = renderer_of(scene, {});
  return testing::wait_for(*renderer, testing::converged_for(renderer->look(request)));
}

TEST(Views, EveryViewConvergesToAPictureWithContent) {
  const auto scene = testing::small_scene();
  for (int v = 0; v < kViews; ++v) {
    ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false, static_cast<View>(v));
    auto truth = std::make_shared<core::FloatImage>();
    *truth = {kWidth, kHeight, 3, std::vector<float>(static_cast<std::size_t>(kWidth * kHeight) * 3, 0.5F)};
    request.truth = truth;
    request.photo = 0;
    const auto frame = converged(scene, request);
    ASSERT_NE(frame, nullptr) << view_name(request.view);
    EXPECT_EQ(frame->view, request.view);
    std::set<Rgb> colours;
    for (std::size_t i = 0; i < frame->depth.size(); ++i) colours.insert(at(*frame, i));
    EXPECT_GE(colours.size(), request.view == View::kObject || request.view == View::kLevel ? 2U : 8U) << view_name(request.view);
  }
}

TEST(Views, NormalsAndOpacitiesAreThoseOfTheRenderer) {
  const auto scene = testing::small_scene();
  const core::Camera camera = camera_at(kView, kWidth, kHeight);
  const nerf::Picture picture = testing::whole_picture(*scene->field, camera, {0, 0}, true);
  const auto normal = converged(scene, request_of(camera, false, View::kNormal));
  const auto opacity = converged(scene, request_of(camera, false, View::kOpacity));
  ASSERT_NE(normal, nullptr);
  ASSERT_NE(opacity, nullptr);
  for (std::size_t i = 0; i < picture.depth.pixels.size(); ++i) {
    EXPECT_NEAR(at(*opacity, i).r, 255 * picture.opacity.pixels[i], 0.51);
    if (picture.depth.pixels[i] > 0) {
      EXPECT_NEAR(at(*normal, i).b, 255 * (0.5 + 0.5 * picture.normal.pixels[i * 3 + 2]), 0.51);
    }
  }
}

TEST(Views, NearDepthsAreWarmAndMissesBlack) {
  const auto frame = converged(testing::small_scene(), request_of(camera_at(kView, kWidth, kHeight), false, View::kDepth));
  ASSERT_NE(frame, nullptr);
  std::size_t nearest = 0, farthest = 0;
  for (std::size_t i = 0; i < frame->depth.size(); ++i) {
    if (!(frame->depth[i] > 0)) {
      EXPECT_EQ(at(*frame, i), (Rgb{0, 0, 0}));
      continue;
    }
    if (!(frame->depth[nearest] > 0) || frame->depth[i] < frame->depth[nearest]) nearest = i;
    if (frame->depth[i] > frame->depth[farthest]) farthest = i;
  }
  EXPECT_GT(at(*frame, nearest).r, at(*frame, nearest).b);
  EXPECT_LT(at(*frame, farthest).r, at(*frame, farthest).b + 40);
}

TEST(Views, NoDifferenceToItsOwnPictureIsDark) {
  const auto scene = testing::small_scene();
  ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false, View::kDifference);
  request.photo = 0;
  request.truth = std::make_shared<core::FloatImage>(testing::whole_picture(*scene->field, request.camera).colour);
  const auto frame = converged(scene, request);
  ASSERT_NE(frame, nullptr);
  for (std::size_t i = 0; i < frame->depth.size(); ++i) EXPECT_EQ(at(*frame, i), (Rgb{20, 20, 20}));
}

city::Object house(int id, double x, double height) {
  city::Object object;
  object.id = id;
  object.footprint = {{x, 0}, {x + 10, 0}, {x + 10, 10}, {x, 10}};
  object.height = height;
  return object;
}

TEST(Objects, PointsBelongToTheObjectThatReachesThem) {
  city::Catalogue catalogue;
  ASSERT_TRUE(catalogue.add(house(4, 0, 20)).ok());
  ASSERT_TRUE(catalogue.add(house(9, 50, 5)).ok());
  const ObjectsBelow objects(catalogue);
  EXPECT_EQ(objects.at({5, 5, 20}), 4);
  EXPECT_EQ(objects.at({-0.5, 5, 10}), 4) << "its wall, as thick as a field's surface";
  EXPECT_EQ(objects.at({-0.5, 5, 0}), 0) << "the pavement beside it";
  EXPECT_EQ(objects.at({55, 5, 4}), 9);
  EXPECT_EQ(objects.at({55, 5, 20}), 0) << "above it";
  EXPECT_EQ(objects.at({30, 5, 1}), 0);
}

TEST(Objects, ColoursStayAndDiffer) {
  std::set<Rgb> colours;
  for (int id = 0; id <= 30; ++id) {
    const glm::vec3 c = object_colour(id);
    EXPECT_EQ(c, object_colour(id));
    for (int k = 0; k < 3; ++k) {
      EXPECT_GE(c[k], 0.0F);
      EXPECT_LE(c[k], 1.0F);
    }
    colours.insert({static_cast<int>(c.x * 20), static_cast<int>(c.y * 20), static_cast<int>(c.z * 20)});
  }
  EXPECT_GE(colours.size(), 28U);
}

}  // namespace
}  // namespace skyline::renderer
