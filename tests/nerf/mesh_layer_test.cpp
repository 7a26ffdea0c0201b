// Mesh layers: composed with the field by depth, and nothing else is touched.
#include "city/generate/prop.h"
#include "nerf/cpu/renderer.h"
#include "nerf/edit/layers.h"
#include "nerf/edit/mesh_shadow.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <cmath>

namespace skyline::nerf {
namespace {

// A cube of a metre on the ground around the origin, of one colour.
city::CityModel cube() {
  city::CityModel model;
  model.materials.push_back({.part = city::Part::kOther, .color = glm::vec3(0.9F, 0.2F, 0.1F), .weathering = 0});
  city::Mesh mesh;
  for (int corner = 0; corner < 8; ++corner) {
    mesh.positions.emplace_back((corner & 1) != 0 ? 0.5F : -0.5F, (corner & 2) != 0 ? 0.5F : -0.5F, (corner & 4) != 0 ? 1.0F : 0.0F);
    mesh.uvs.emplace_back(0.0F);
  }
  mesh.indices = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};
  mesh.materials.assign(12, 0);
  model.meshes.push_back(std::move(mesh));
  model.placements.push_back({});
  model.low = {-0.5, -0.5, 0};
  model.high = {0.5, 0.5, 1};
  return model;
}

class MeshLayers : public ::testing::Test {
 protected:
  MeshLayers() : random_(5), field_(testing::random_field(testing::small_settings(), testing::small_box(), 5, 6, random_)) {
    // Solid ground, and a block in front of the place (x and y from 2 to 4).
    Occupancy occupancy = testing::lattice(field_, false);
    const Box& box = occupancy.box();
    for (int z = 0; z < occupancy.layers(); ++z) {
      for (int y = 0; y < occupancy.rows(); ++y) {
        for (int x = 0; x < occupancy.columns(); ++x) {
          const glm::dvec3 at = occupancy.cell() * glm::dvec3(x + 0.5, y + 0.5, z + 0.5);
          occupancy.set(x, y, z, at.z < 0.5 || (at.x > 2 && at.x < 4 && at.y > 2 && at.y < 4 && at.z < 2.5));
        }
      }
    }
    static_cast<void>(box);
    occupancy.update_summaries();
    field_.occupancy = occupancy;
    const auto shape = MeshShape::make(cube());
    EXPECT_TRUE(shape.ok());
    shape_ = *shape;
  }
  EditLayers standing_at(const glm::dvec3& place, double size = 1, const MeshLight& light = {}) const {
    EditLayers layers;
    layers.light = light;
    Placement placement;
    placement.offset = field_.box.low + place;
    placement.scale = glm::dvec3(size);
    layers.add(MeshLayer{shape_, placement});
    layers.build();
    return layers;
  }
  Camera camera() const {
    const glm::dvec3& at = field_.box.low;
    return *core::parse_camera(std::to_string(at.x - 3) + "," + std::to_string(at.y - 3) + "," + std::to_string(at.z + 5) + ",-45,-28,45",
                               96, 72);
  }
  // How much of its brightness a place of the field keeps.
  double kept_at(const Picture& plain, const Picture& edited, const glm::dvec3& place) const {
    glm::dvec2 pixel;
    EXPECT_TRUE(core::project(camera(), field_.box.low + place, pixel));
    const auto i = 3 * (static_cast<std::size_t>(pixel.y) * 96 + static_cast<std::size_t>(pixel.x));
    double before = 0, after = 0;
    for (std::size_t c = i; c < i + 3; ++c) {
      before += static_cast<double>(plain.colour.pixels[c]);
      after += static_cast<double>(edited.colour.pixels[c]);
    }
    return after / before;
  }
  Picture render(const EditLayers* layers) {
    Renderer renderer = *Renderer::create(field_, {});
    Picture picture;
    RenderStats stats;
    core::Progress progress;
    RenderRequest request{.camera = camera(), .depth = true, .normal = true, .opacity = true};
    request.layers = layers;
    EXPECT_TRUE(renderer.render(request, picture, stats, progress).ok());
    return picture;
  }
  // How many pixels differ, and the mean change of depth there.
  static std::pair<int, double> changed(const Picture& a, const Picture& b) {
    int count = 0;
    double nearer = 0;
    for (std::size_t i = 0; i < a.depth.pixels.size(); ++i) {
      if (a.colour.pixels[3 * i] == b.colour.pixels[3 * i] && a.depth.pixels[i] == b.depth.pixels[i]) continue;
      ++count;
      nearer += static_cast<double>(a.depth.pixels[i]) - static_cast<double>(b.depth.pixels[i]);
    }
    return {count, count > 0 ? nearer / count : 0};
  }
  testing::Random random_;
  Field field_;
  std::shared_ptr<const MeshShape> shape_;
};

TEST_F(MeshLayers, AMeshInFrontHidesTheFieldAndOtherPixelsKeepTheirBits) {
  const Picture plain = render(nullptr);
  const EditLayers layers = standing_at({1, 1, 0.5});
  const Picture edited = render(&layers);
  const auto [count, nearer] = changed(plain, edited);
  EXPECT_GT(count, 20);
  EXPECT_LT(count, 96 * 72 / 2) << "what the mesh does not cover is the same to the last bit";
  EXPECT_GT(nearer, 0) << "the mesh stands in front";
  std::size_t red = 0;
  for (std::size_t i = 0; i < edited.depth.pixels.size(); ++i) {
    const float* const c = edited.colour.pixels.data() + 3 * i;
    red += c[0] > 1.8F * c[1] && c[0] > 1.8F * c[2] ? 1 : 0;
  }
  EXPECT_GT(red, 20u) << "in its own colour";
}

TEST_F(MeshLayers, AMeshBehindTheFieldIsHidden) {
  const Picture plain = render(nullptr);
  const EditLayers below = standing_at({3, 3, 0.3}, 0.15);  // inside of the block, in the ground
  const Picture edited = render(&below);
  double most = 0;
  for (std::size_t i = 0; i < plain.colour.pixels.size(); ++i)
    most = std::max(most, std::abs(static_cast<double>(plain.colour.pixels[i] - edited.colour.pixels[i])));
  EXPECT_LT(most, 0.02);
}

TEST_F(MeshLayers, DepthAndNormalAreThoseOfTheMesh) {
  const EditLayers layers = standing_at({1, 1, 0.5});
  const Picture edited = render(&layers);
  const glm::dvec3 middle = field_.box.low + glm::dvec3(1, 1, 1.5);  // of its top
  const glm::dvec3 eye = field_.box.low + glm::dvec3(-3, -3, 5);
  const Camera camera =
      *core::parse_camera(std::to_string(eye.x) + "," + std::to_string(eye.y) + "," + std::to_string(eye.z) + ",-45,-28,45", 96, 72);
  glm::dvec2 pixel;
  ASSERT_TRUE(core::project(camera, middle, pixel));
  const auto i = static_cast<std::size_t>(pixel.y) * 96 + static_cast<std::size_t>(pixel.x);
  EXPECT_NEAR(edited.depth.pixels[i], glm::distance(middle, eye), 0.15);
  EXPECT_NEAR(edited.normal.pixels[3 * i + 2], 1, 1e-3);
  EXPECT_EQ(edited.opacity.pixels[i], 1);
}

TEST_F(MeshLayers, TheGroundIsDarkInItsShadowAndBesideItAndNowhereElse) {
  MeshLight light;
  light.to_sun = glm::normalize(glm::vec3(1, 0, 0.6F));
  const EditLayers layers = standing_at({1.2, 1.2, 0.5}, 1, light);
  const Picture plain = render(nullptr), edited = render(&layers);
  const double shadow = kept_at(plain, edited, {0.15, 1.2, 0.5}), beside = kept_at(plain, edited, {1.2, 0.5, 0.5}),
               away = kept_at(plain, edited, {1.2, 0.1, 0.5});
  EXPECT_LT(shadow, 0.9) << "behind it, from the sun";
  EXPECT_LT(beside, 0.985) << "where it hides the sky";
  EXPECT_GT(beside, shadow);
  EXPECT_NEAR(away, 1, 1e-3) << "the sun shines past it";
  light.sun = 0;
  const EditLayers overcast = standing_at({1.2, 1.2, 0.5}, 1, light);
  const Picture grey = render(&overcast);
  EXPECT_NEAR(kept_at(plain, grey, {0.15, 1.2, 0.5}), 1, 0.01) << "no shadow without a sun";
  EXPECT_NEAR(kept_at(plain, grey, {1.2, 0.5, 0.5}), beside, 1e-3) << "the sky stays hidden";
}

TEST_F(MeshLayers, ARayOutsideOfWhatItShadesKeepsItsBits) {
  MeshLight light;
  light.to_sun = glm::normalize(glm::vec3(1, 0, 0.6F));
  const EditLayers layers = standing_at({1, 1, 0.5}, 1, light);
  const core::Box box = shaded_bounds(layers.meshes.front(), light);
  EXPECT_LT(box.low.x, field_.box.low.x - 0.3) << "the shadow is in it";
  const Picture plain = render(nullptr), edited = render(&layers);
  const core::RayGenerator rays(camera());
  int inside = 0, changed = 0;
  for (int row = 0; row < 72; ++row) {
    for (int column = 0; column < 96; ++column) {
      const auto i = static_cast<std::size_t>(row) * 96 + static_cast<std::size_t>(column);
      const bool same = std::equal(plain.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i),
                                   plain.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i + 3),
                                   edited.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i));
      double begin = 0, end = 1e6;
      if (clip_to_box(rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F), box, begin, end)) {
        ++inside;
        changed += same ? 0 : 1;
      } else {
        EXPECT_TRUE(same) << column << " " << row;
      }
    }
  }
  EXPECT_LT(inside, 96 * 72 * 2 / 3);
  EXPECT_GT(changed, 50);
}

TEST_F(MeshLayers, WhatFacesTheSunIsBrighter) {
  MeshHit top, side;
  ASSERT_TRUE(shape_->intersect({0, 0, 5}, {0, 0, -1}, 100, top));
  ASSERT_TRUE(shape_->intersect({-5, 0, 0.5}, {1, 0, 0}, 100, side));
  MeshLight light;
  light.to_sun = {0.6F, 0, 0.8F};
  EXPECT_GT(shape_->colour(top, {0, 0, -1}, 0.01F, light).r, shape_->colour(side, {1, 0, 0}, 0.01F, light).r);
}

TEST(MeshShape, AnEmptyModelIsRefused) { EXPECT_FALSE(MeshShape::make({}).ok()); }

}  // namespace
}  // namespace skyline::nerf
