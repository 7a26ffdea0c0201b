#include "nerf/cpu/renderer.h"

#include "nerf/metrics.h"
#include "nerf/reference/reference_ray.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace skyline::nerf {
namespace {

using testing::Random;
using testing::uniform;

Camera camera_at(const std::string& text, int width, int height) { return *core::parse_camera(text, width, height); }

// Pictures of a field with every extra channel that is asked for.
Picture render(const Field& field, const RenderSettings& settings, const RenderRequest& request) {
  Renderer renderer = *Renderer::create(field, settings);
  Picture picture;
  RenderStats stats;
  core::Progress progress;
  const core::Status status = renderer.render(request, picture, stats, progress);
  EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message());
  return picture;
}

float largest_difference(const core::FloatImage& a, const core::FloatImage& b) {
  float largest = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) largest = std::max(largest, std::abs(a.pixels[i] - b.pixels[i]));
  return largest;
}

double mean_of(const core::FloatImage& image) {
  return std::accumulate(image.pixels.begin(), image.pixels.end(), 0.0) / static_cast<double>(image.pixels.size());
}

// Smooth random haze over opaque ground; only cells that are at least `opacity` opaque over one texel are occupied.
Field haze_field(double opacity, Random& random) {
  Field field = testing::random_field(testing::small_settings(), testing::small_box(), -14, 2, random);
  for (Block& block : field.blocks) {
    const auto channels = static_cast<std::size_t>(field.volume_channels());
    for (std::size_t i = 0; i < block.volume.cells.size() / channels; ++i) {
      if (i % static_cast<std::size_t>(block.volume.layers) == 0) block.volume.cells[i * channels] = 7;
    }
  }
  const ReferenceField<float> reference(field);
  Occupancy occupancy = testing::lattice(field, false);
  const auto cell = static_cast<float>(occupancy.cell());
  for (int z = 0; z < occupancy.layers(); ++z) {
    for (int y = 0; y < occupancy.rows(); ++y) {
      for (int x = 0; x < occupancy.columns(); ++x) {
        float most = 0;
        for (int k = 0; k < 27; ++k) {
          const float fx = 0.5F * static_cast<float>(k % 3), fy = 0.5F * static_cast<float>(k / 3 % 3),
                      fz = 0.5F * static_cast<float>(k / 9);
          most = std::max(most, reference.density({static_cast<float>(field.box.low.x) + (static_cast<float>(x) + fx) * cell,
                                                   static_cast<float>(field.box.low.y) + (static_cast<float>(y) + fy) * cell,
                                                   static_cast<float>(field.box.low.z) + (static_cast<float>(z) + fz) * cell},
                                                  field.settings.levels));
        }
        if (interval_opacity(static_cast<double>(most), field.finest_texel) > opacity) occupancy.set(x, y, z, true);
      }
    }
  }
  occupancy.update_summaries();
  field.occupancy = std::move(occupancy);
  return field;
}

class AgainstDenseMarch : public ::testing::TestWithParam<std::string> {};

TEST_P(AgainstDenseMarch, PicturesAreAbove45Decibel) {
  Random random(21);
  const Field field = haze_field(1e-3, random);
  EXPECT_LT(field.occupancy.filled_fraction(), 0.9);
  EXPECT_GT(field.occupancy.filled_fraction(), 0.1);
  std::printf("filled %f\n", field.occupancy.filled_fraction());
  RenderSettings settings;
  settings.decode = GetParam();
  settings.step = 0.125;
  RenderRequest request;
  for (const char* view : {"0.3,-9,6,10,-30", "1,1,9,0,-80", "-2,-2,2,-40,3"}) {
    request.camera = camera_at(view, 40, 30);
    const Picture picture = render(field, settings, request);
    const ReferenceField<double> reference(field);
    const RayGenerator generator(request.camera);
    core::FloatImage truth{40, 30, 3, {}};
    for (int y = 0; y < 30; ++y) {
      for (int x = 0; x < 40; ++x) {
        const Ray ray = generator.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
        const auto seen = dense_march(reference, ray, 0.05, reference.code(-1), settings.decode == "sample");
        for (const double c : seen.colour) truth.pixels.push_back(static_cast<float>(c));
      }
    }
    const double decibel = psnr(picture.colour, truth);
    std::printf("%f\n", decibel);
    EXPECT_GT(decibel, 45.0) << view;
  }
}
INSTANTIATE_TEST_SUITE_P(Renderer, AgainstDenseMarch, ::testing::Values("deferred", "sample"));

TEST(Renderer, EarlyTerminationDoesNotDarken) {
  Random random(22);
  const Field field = haze_field(1e-3, random);
  RenderRequest request;
  request.camera = camera_at("0.3,-9,6,10,-30", 64, 48);
  RenderSettings whole;
  whole.stop_transmittance = 0;
  RenderSettings early;
  early.stop_transmittance = 0.02;
  for (const char* decode : {"deferred", "sample"}) {
    whole.decode = early.decode = decode;
    const Picture a = render(field, whole, request), b = render(field, early, request);
    EXPECT_LT(largest_difference(a.colour, b.colour), 0.02F);
    EXPECT_NEAR(mean_of(b.colour), mean_of(a.colour), 1e-3);
  }
}

TEST(Renderer, DecodingOnceAPixelEqualsDecodingEverySampleWhereOneSampleDominates) {
  Random random(23);
  const Field field = testing::random_field(testing::small_settings(), testing::small_box(), 7, 9, random);
  RenderRequest request;
  request.camera = camera_at("0.3,-9,6,10,-30", 48, 36);
  RenderSettings deferred;
  RenderSettings sample;
  sample.decode = "sample";
  EXPECT_LT(largest_difference(render(field, deferred, request).colour, render(field, sample, request).colour), 1e-4F);
}

// Looks along +y through eight units of constant density.
TEST(Renderer, OpacityAndDepthOfASlabMatchTheClosedForm) {
  const Field field = testing::constant_field(testing::small_settings(), testing::small_box(), 0.6F);
  const double sigma = field.density_scale * std::exp(0.6 + kExpShift), passed = std::exp(-sigma * 8);
  RenderSettings settings;
  settings.step = 0.125;
  RenderRequest request;
  request.camera = camera_at("0,-7,2,0,0", 33, 25);
  request.depth = request.opacity = request.cost = request.normal = true;
  const Picture picture = render(field, settings, request);
  const std::size_t centre = 12 * 33 + 16;
  EXPECT_NEAR(picture.opacity.pixels[centre], 1 - passed, 1e-4);
  EXPECT_NEAR(picture.depth.pixels[centre], 3 + 1 / sigma - 8 * passed / (1 - passed), 2e-3);
  EXPECT_EQ(picture.cost.pixels[centre], 64.0F);
  for (const std::size_t c : {0U, 1U, 2U}) EXPECT_NEAR(picture.normal.pixels[centre * 3 + c], 0, 1e-3) << "constant density has no normal";
}

TEST(Renderer, NormalsOfFlatGroundPointUpAndDepthIsTheDistanceToIt) {
  Field field = testing::constant_field(testing::small_settings(), testing::small_box(), 0);
  // Density falls steeply with height: e^(9 - 9 z) reaches opacity near z = 1.
  Volume& volume = field.blocks[0].volume;
  const auto channels = static_cast<std::size_t>(field.volume_channels());
  for (std::size_t i = 0; i < volume.cells.size() / channels; ++i) {
    const auto layer = static_cast<double>(i % static_cast<std::size_t>(volume.layers));
    volume.cells[i * channels] = static_cast<float>(10 - 9 * layer * 4 / (volume.layers - 1));
  }
  RenderSettings settings;
  settings.step = 0.05;
  RenderRequest request;
  request.camera = camera_at("0,0,8,0,-90", 24, 24);
  request.depth = request.normal = request.opacity = true;
  const Picture picture = render(field, settings, request);
  const ReferenceField<double> reference(field);
  const RayGenerator generator(request.camera);
  for (int y = 4; y < 20; ++y) {
    for (int x = 4; x < 20; ++x) {
      const auto pixel = static_cast<std::size_t>(y * 24 + x);
      const Ray ray = generator.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      const double depth = dense_march(reference, ray, 0.01, reference.code(-1), false).depth;
      EXPECT_NEAR(picture.depth.pixels[pixel], depth, 0.01);
      EXPECT_NEAR(picture.opacity.pixels[pixel], 1.0F, 1e-3);
      EXPECT_GT(picture.normal.pixels[pixel * 3 + 2], 0.999F);
    }
  }
}

TEST(Renderer, ExposureAndVignettingScaleTheColour) {
  Random random(24);
  Field field = testing::random_field(testing::small_settings(), testing::small_box(), 0, 2, random);
  for (std::size_t i = 0; i < 6; ++i) field.vignetting[i] = i == 0 ? -0.4F : 0.0F;
  RenderRequest request;
  request.camera = camera_at("0.3,-9,6,10,-30", 32, 24);
  const Picture plain = render(field, {}, request);
  const std::vector<float> gains{std::log(0.5F), std::log(0.25F), 0.0F};
  request.exposure = gains;
  RenderSettings darkened;
  darkened.vignetting = true;
  const Picture scaled = render(field, darkened, request);
  for (const std::size_t pixel : {0U, 12U * 32U + 16U}) {
    const double dx = static_cast<double>(pixel % 32) + 0.5 - 16, dy = static_cast<double>(pixel / 32) + 0.5 - 12;
    const double fall_off = 1 - 0.4 * (dx * dx + dy * dy) / (16 * 16 + 12 * 12);
    for (std::size_t c = 0; c < 3; ++c) {
      const double gain = c == 0 ? 0.5 : (c == 1 ? 0.25 : 1.0);
      EXPECT_NEAR(scaled.colour.pixels[pixel * 3 + c], static_cast<double>(plain.colour.pixels[pixel * 3 + c]) * gain * fall_off, 1e-5);
    }
  }
}

// Asks for the stop as soon as anything is reported.
class StopAtFirstReport : public core::Progress {
 public:
  void report(const core::ProgressReport&) override {
    ++reports_;
    core::StopToken token = stop_token();
    token.request_stop();
  }
  int reports() const { return reports_; }

 private:
  std::atomic<int> reports_ = 0;
};

TEST(Renderer, StopsWhenAskedToAndSaysSo) {
  Random random(25);
  const Field field = testing::random_field(testing::small_settings(), testing::small_box(), 0, 2, random);
  Renderer renderer = *Renderer::create(field, {});
  RenderRequest request;
  request.camera = camera_at("0.3,-9,6,10,-30", 640, 480);
  Picture picture;
  RenderStats stats;
  StopAtFirstReport progress;
  const core::Status status = renderer.render(request, picture, stats, progress);
  ASSERT_FALSE(status.ok());
  EXPECT_TRUE(status.error().stopped);
  EXPECT_GE(progress.reports(), 1);
  EXPECT_LE(progress.reports(), 4) << "it went on after the stop";
}

TEST(Renderer, ShowsCoarseLevelsWhereAPixelCoversManyTexels) {
  Random random(27);
  const Field field = testing::random_field(testing::small_settings(), testing::small_box(), 0, 2, random);
  RenderRequest request;
  request.camera = camera_at("0.3,-9,6,10,-30", 48, 32);
  RenderSettings all, coarse, far;
  all.step = coarse.step = far.step = field.finest_texel;
  all.footprint = 0;
  coarse.levels = 1;
  far.footprint = 1e-6;
  EXPECT_EQ(render(field, far, request).colour.pixels, render(field, coarse, request).colour.pixels);
  EXPECT_GT(largest_difference(render(field, far, request).colour, render(field, all, request).colour), 0.02F);
  // Each pixel of this camera covers less than half a finest texel of what it sees.
  request.camera = camera_at("0.3,-9,6,10,-30,2", 480, 320);
  far.footprint = 0.5;
  EXPECT_EQ(render(field, far, request).colour.pixels, render(field, all, request).colour.pixels);
}

TEST(Renderer, RefusesWhatTheFieldDoesNotHave) {
  Random random(26);
  const Field field = testing::random_field(testing::small_settings(), testing::small_box(), 0, 2, random);
  RenderSettings settings;
  settings.branch = "nerf";
  EXPECT_FALSE(Renderer::create(field, settings).ok());
  settings = {};
  settings.code = 3;  // photos 0 to 2
  EXPECT_FALSE(Renderer::create(field, settings).ok());
}

}  // namespace
}  // namespace skyline::nerf
