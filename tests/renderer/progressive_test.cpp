#include "renderer/progressive.h"

#include "core/parallel.h"
#include "renderer/lattice.h"
#include "tests/renderer/small_scene.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

namespace skyline::renderer {
namespace {

using testing::camera_at;
using testing::colours_of;
using testing::converged_for;
using testing::kView;
using testing::renderer_of;
using testing::request_of;
using testing::small_scene;
using testing::wait_for;
using testing::whole_picture;

constexpr int kWidth = 96, kHeight = 72;

void sleep_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

// Of few rays a frame, so that most of a moving picture comes from elsewhere.
ProgressiveOptions few_rays() {
  ProgressiveOptions options;
  options.frame_budget_ms = 0;
  options.least_rays = kWidth * kHeight / 16;
  return options;
}

bool is_whole(const Frame& frame) {
  int lit = 0;
  for (std::size_t i = 0; i < frame.depth.size(); ++i) {
    if (frame.pixels[i * 4 + 3] != 255) return false;
    lit += frame.pixels[i * 4] + frame.pixels[i * 4 + 1] + frame.pixels[i * 4 + 2] > 0 ? 1 : 0;
  }
  return static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) == frame.depth.size() &&
         lit > static_cast<int>(frame.depth.size()) * 9 / 10;
}

TEST(ProgressiveRenderer, ConvergesToTheMeanOfTheRenderersSamples) {
  const auto scene = small_scene();
  const core::Camera camera = camera_at(kView, kWidth, kHeight);
  ProgressiveOptions options = few_rays();
  const auto renderer = renderer_of(scene, options);
  // By a moving picture of another camera, so that something is there that must not remain.
  renderer->look(request_of(camera_at("1,-9,6,0,-35", kWidth, kHeight), true));
  ASSERT_NE(wait_for(*renderer, [](const Frame&) { return true; }), nullptr);
  const auto frame = wait_for(*renderer, converged_for(renderer->look(request_of(camera, false))));
  ASSERT_NE(frame, nullptr);
  EXPECT_EQ(frame->converged_share, 1.0);

  std::vector<double> mean(static_cast<std::size_t>(kWidth * kHeight) * 3, 0.0);
  for (const glm::vec2 shift : sample_offsets(options.smoothing_samples)) {
    const nerf::Picture picture = whole_picture(*scene->field, camera, shift);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += picture.colour.pixels[i] / static_cast<float>(options.smoothing_samples);
  }
  const nerf::Picture centres = whole_picture(*scene->field, camera);
  for (std::size_t i = 0; i < mean.size(); ++i) ASSERT_NEAR(frame->pixels[i / 3 * 4 + i % 3], 255 * mean[i], 0.51);
  EXPECT_EQ(frame->depth, centres.depth.pixels);
}

TEST(ProgressiveRenderer, ChangedLayersAreShownAndTakenBackToTheSamePicture) {
  const auto scene = small_scene();
  const auto renderer = renderer_of(scene, {});
  ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false);
  const auto before = wait_for(*renderer, converged_for(renderer->look(request)));
  ASSERT_NE(before, nullptr);
  auto layers = std::make_shared<nerf::EditLayers>();
  nerf::ColourChange black;
  black.matrix = glm::mat3(0.0F);
  layers->add(nerf::Tint{nerf::Region({{-4, -4}, {0, -4}, {0, 4}, {-4, 4}}, -1, 5), black, black});
  layers->build();
  request.layers = layers;
  const auto edited = wait_for(*renderer, converged_for(renderer->look(request)));
  ASSERT_NE(edited, nullptr);
  int black_pixels = 0, same = 0;
  for (std::size_t i = 0; i < edited->depth.size(); ++i) {
    const std::uint8_t* const a = edited->pixels.data() + i * 4;
    black_pixels += a[0] + a[1] + a[2] == 0 ? 1 : 0;
    same += std::equal(a, a + 4, before->pixels.data() + i * 4) ? 1 : 0;
  }
  EXPECT_GT(black_pixels, kWidth * kHeight / 8);
  EXPECT_GT(same, kWidth * kHeight / 8) << "what no layer touches stays";
  request.layers = nullptr;
  const auto after = wait_for(*renderer, converged_for(renderer->look(request)));
  ASSERT_NE(after, nullptr);
  EXPECT_EQ(after->pixels, before->pixels);
}

// Layers by number: tints and moved parts here and there, partly over each other, one of them out of sight.
std::shared_ptr<const nerf::EditLayers> some_edits(unsigned which) {
  auto layers = std::make_shared<nerf::EditLayers>();
  const auto square = [](double x, double y, double half) {
    return std::vector<glm::dvec2>{{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}};
  };
  nerf::ColourChange dark, red;
  dark.matrix = glm::mat3(0.3F);
  red.offset = {0.4F, 0, 0};
  if ((which & 1U) != 0) layers->add(nerf::Tint{nerf::Region(square(-2, -1, 0.7), -1, 5), dark, dark});
  if ((which & 2U) != 0) layers->add(nerf::Tint{nerf::Region(square(-1.6, -0.8, 0.7), -1, 5), red, red});
  if ((which & 4U) != 0) {
    nerf::Placement placement;
    placement.offset = {2.5, 1, 0};
    placement.yaw_deg = 20;
    layers->add(nerf::Carve{nerf::Region(square(0, 0, 1), 0.3, 4)});
    layers->add(nerf::Instance{nerf::Region(square(0, 0, 1), 0.3, 4), placement});
  }
  if ((which & 8U) != 0) layers->add(nerf::Carve{nerf::Region(square(0, -40, 1), 0, 4)});
  if ((which & 16U) != 0) layers->add(nerf::Carve{nerf::Region(square(2, 2, 0.8), 0.2, 4, 0.5)});
  if (layers->empty()) return nullptr;
  layers->build();
  return layers;
}

TEST(ProgressiveRenderer, PictureAfterManyEditsIsThatOfTheLastOneFromScratch) {
  const auto scene = small_scene();
  // Passes of a few rays, so that edits come into unfinished pictures.
  const auto renderer = renderer_of(scene, few_rays());
  ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false);
  ASSERT_NE(wait_for(*renderer, converged_for(renderer->look(request))), nullptr);
  const unsigned steps[] = {1, 3, 7, 5, 4, 12, 28, 31, 30, 14, 6, 2, 0, 16, 20, 21};
  for (std::size_t i = 0; i < std::size(steps); ++i) {
    request.layers = some_edits(steps[i]);
    const std::uint64_t number = renderer->look(request);
    if (i % 3 == 0) sleep_ms(static_cast<int>(i));
    if (i % 5 != 4) continue;
    const auto frame = wait_for(*renderer, converged_for(number));
    ASSERT_NE(frame, nullptr);
    const auto fresh = renderer_of(scene, {});
    const auto scratch = wait_for(*fresh, converged_for(fresh->look(request)));
    ASSERT_NE(scratch, nullptr);
    EXPECT_EQ(frame->pixels, scratch->pixels) << "after edit " << i;
    EXPECT_EQ(frame->depth, scratch->depth) << "after edit " << i;
  }
}

TEST(ProgressiveRenderer, AnEditTracesWhatItChangesAndTheRestStays) {
  const auto scene = small_scene();
  const auto renderer = renderer_of(scene, few_rays());
  ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false);
  const auto before = wait_for(*renderer, converged_for(renderer->look(request)));
  ASSERT_NE(before, nullptr);
  const std::int64_t rays = renderer->stats().rays;
  request.layers = some_edits(1);
  const std::uint64_t number = renderer->look(request);
  const auto first = wait_for(*renderer, [&](const Frame& frame) { return frame.request == number; });
  ASSERT_NE(first, nullptr);
  int same = 0;
  for (std::size_t i = 0; i < first->depth.size(); ++i)
    same += std::equal(first->pixels.begin() + static_cast<std::ptrdiff_t>(4 * i),
                       first->pixels.begin() + static_cast<std::ptrdiff_t>(4 * i + 4),
                       before->pixels.begin() + static_cast<std::ptrdiff_t>(4 * i))
                ? 1
                : 0;
  EXPECT_GT(same, kWidth * kHeight * 2 / 3) << "no flash of a coarse picture";
  EXPECT_LT(same, kWidth * kHeight) << "the first picture shows the edit";
  ASSERT_NE(wait_for(*renderer, converged_for(number)), nullptr);
  EXPECT_LT(renderer->stats().rays - rays, rays / 2);
  // What lies out of sight is answered without a ray.
  request.layers = some_edits(9);
  const std::int64_t so_far = renderer->stats().rays;
  ASSERT_NE(wait_for(*renderer, converged_for(renderer->look(request))), nullptr);
  EXPECT_EQ(renderer->stats().rays, so_far);
}

TEST(ProgressiveRenderer, ConvergedPictureDoesNotDependOnTheWay) {
  const auto scene = small_scene();
  const auto direct = renderer_of(scene, {}), roundabout = renderer_of(scene, few_rays());
  const core::Camera camera = camera_at(kView, kWidth, kHeight);
  for (int i = 0; i < 10; ++i) {
    roundabout->look(request_of(camera_at("0." + std::to_string(i) + ",-9,6,10,-30", kWidth, kHeight), i % 3 != 0));
    sleep_ms(3);
  }
  const auto a = wait_for(*direct, converged_for(direct->look(request_of(camera, false))));
  const auto b = wait_for(*roundabout, converged_for(roundabout->look(request_of(camera, false))));
  ASSERT_NE(a, nullptr);
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(a->depth, b->depth);
  EXPECT_EQ(a->pixels, b->pixels);
}

TEST(ProgressiveRenderer, UsesNoProcessorWhenConverged) {
  const auto renderer = renderer_of(small_scene(), {});
  ASSERT_NE(wait_for(*renderer, converged_for(renderer->look(request_of(camera_at(kView, kWidth, kHeight), false)))), nullptr);
  sleep_ms(50);
  const double before = core::process_cpu_seconds();
  const std::uint64_t frames = renderer->stats().frames;
  sleep_ms(500);
  EXPECT_LT(core::process_cpu_seconds() - before, 0.02);
  EXPECT_EQ(renderer->stats().frames, frames);
}

TEST(ProgressiveRenderer, PauseStopsAllWork) {
  const auto renderer = renderer_of(small_scene(), few_rays());
  renderer->look(request_of(camera_at(kView, kWidth, kHeight), true));
  ASSERT_NE(wait_for(*renderer, [](const Frame&) { return true; }), nullptr);
  renderer->pause(true);
  sleep_ms(100);
  const std::uint64_t frames = renderer->stats().frames;
  sleep_ms(100);
  EXPECT_EQ(renderer->stats().frames, frames);
  renderer->pause(false);
  EXPECT_NE(wait_for(*renderer, [&](const Frame& frame) { return frame.serial > frames + 1; }), nullptr);
}

TEST(ProgressiveRenderer, IsNeverBlankUnderAStormOfRequests) {
  const auto renderer = renderer_of(small_scene(), few_rays());
  std::atomic<int> told{0};
  renderer->set_listener([&] { ++told; });
  renderer->look(request_of(camera_at(kView, kWidth, kHeight), true));
  ASSERT_NE(wait_for(*renderer, [](const Frame&) { return true; }), nullptr);
  std::uint64_t serial = 0, request = 0;
  const int before = told;
  for (int i = 0; i < 400; ++i) {
    const int width = i % 50 < 25 ? kWidth : kWidth / 2;
    renderer->look(request_of(camera_at(std::to_string(0.01 * i) + ",-9,6,10,-30", width, width * 3 / 4), i % 2 == 0,
                              i % 100 < 80 ? View::kColour : View::kNormal));
    const auto frame = renderer->latest();
    ASSERT_NE(frame, nullptr);
    EXPECT_GE(frame->serial, serial);
    EXPECT_GE(frame->request, request);
    if (frame->serial != serial && frame->view == View::kColour) {
      EXPECT_TRUE(is_whole(*frame));
    }
    serial = frame->serial;
    request = frame->request;
    sleep_ms(1);
  }
  EXPECT_GT(told, before + 10);
}

TEST(ProgressiveRenderer, PassesAtRestStopQuicklyWhenTheViewChanges) {
  const auto renderer = renderer_of(small_scene(), {});
  for (int i = 0; i < 20; ++i) {
    const auto number = renderer->look(request_of(camera_at("0." + std::to_string(10 + i) + ",-9,6,10,-30", 640, 480), false));
    ASSERT_NE(wait_for(*renderer, [&](const Frame& frame) { return frame.request == number; }), nullptr);
    sleep_ms(5);
  }
  EXPECT_GT(renderer->stats().longest_cancel_ms, 0.0) << "nothing was stopped";
  EXPECT_LT(renderer->stats().longest_cancel_ms, 250.0);
}

TEST(ProgressiveRenderer, MovingPictureOfAStillCameraBecomesTheFullOne) {
  const auto scene = small_scene();
  const core::Camera camera = camera_at(kView, kWidth, kHeight);
  const auto renderer = renderer_of(scene, few_rays());
  renderer->look(request_of(camera, true));
  const auto first = wait_for(*renderer, [](const Frame&) { return true; });
  ASSERT_NE(first, nullptr);
  const core::FloatImage full = whole_picture(*scene->field, camera).colour;
  EXPECT_LT(nerf::psnr(colours_of(*first), full), 40);
  // How many pictures that takes depends on the rays that a loaded machine can trace in each.
  const auto later = wait_for(*renderer, [&](const Frame& frame) { return nerf::psnr(colours_of(frame), full) > 40; });
  ASSERT_NE(later, nullptr);
  EXPECT_EQ(later->stage, Stage::kMoving);
}

// Pixels that are wrong at a glance.
int wrong_pixels(const core::FloatImage& shown, const core::FloatImage& truth) {
  constexpr float kAtAGlance = 0.2F;
  int wrong = 0;
  for (std::size_t i = 0; i < shown.pixels.size(); i += 3) {
    float most = 0;
    for (std::size_t c = 0; c < 3; ++c) most = std::max(most, std::abs(shown.pixels[i + c] - truth.pixels[i + c]));
    wrong += most > kAtAGlance ? 1 : 0;
  }
  return wrong;
}

// A camera that passes the towers: what a tower uncovers must not go on showing the tower. Held against pictures without a past.
TEST(ProgressiveRenderer, FrameRateGivesWayBeforeTheLeastRaysDo) {
  const auto rays_within = [](double longest_ms) {
    ProgressiveOptions options;
    options.frame_budget_ms = 0;
    options.longest_frame_ms = longest_ms;
    options.least_rays = kWidth * kHeight / 4;
    const auto renderer = renderer_of(small_scene(), options);
    renderer->look(request_of(camera_at(kView, kWidth, kHeight), true));
    const auto frame = wait_for(*renderer, [](const Frame& f) { return f.serial > 3; });
    return frame ? frame->fresh_rays : 0;
  };
  EXPECT_EQ(rays_within(10000), kWidth * kHeight / 4);
  EXPECT_EQ(rays_within(0), kWidth * kHeight / 8);
}

TEST(ProgressiveRenderer, MovingPictureHasNoGhosts) {
  const auto scene = small_scene();
  const auto renderer = renderer_of(scene, few_rays());
  int wrong = 0, wrong_without_past = 0;
  for (int i = 0; i < 24; ++i) {
    const core::Camera camera = camera_at(std::to_string(-3 + 0.25 * i) + ",-9,5,0,-25", kWidth, kHeight);
    const auto number = renderer->look(request_of(camera, true));
    const auto frame = wait_for(*renderer, [&](const Frame& f) { return f.request == number; });
    const auto other = renderer_of(scene, few_rays());
    other->look(request_of(camera, true));
    const auto without_past = wait_for(*other, [](const Frame&) { return true; });
    ASSERT_NE(frame, nullptr);
    ASSERT_NE(without_past, nullptr);
    if (i < 4) continue;
    const core::FloatImage full = whole_picture(*scene->field, camera).colour;
    wrong += wrong_pixels(colours_of(*frame), full);
    wrong_without_past += wrong_pixels(colours_of(*without_past), full);
  }
  EXPECT_GT(wrong_without_past, 300) << "the scene has too few edges for this test";
  EXPECT_LT(wrong, wrong_without_past * 3 / 4);
}

TEST(ProgressiveRenderer, ShowsWhatHasChangedInTheScene) {
  const auto scene = small_scene();
  const auto renderer = renderer_of(scene, {});
  const core::Camera camera = camera_at(kView, kWidth, kHeight);
  const auto number = renderer->look(request_of(camera, false));
  const auto before = wait_for(*renderer, converged_for(number));
  ASSERT_NE(before, nullptr);
  {
    const std::lock_guard lock(scene->changing);
    auto& field = const_cast<nerf::Field&>(*scene->field);
    for (std::size_t c = 0; c < 3; ++c) field.decoder.layer2.bias.data()[c] += 0.8F;
    ++scene->version;
  }
  const auto after = wait_for(*renderer, [&](const Frame& f) { return f.serial > before->serial && f.stage == Stage::kConverged; });
  ASSERT_NE(after, nullptr);
  double brighter = 0;
  for (std::size_t i = 0; i < after->pixels.size(); i += 4) brighter += after->pixels[i] - before->pixels[i];
  EXPECT_GT(brighter, 0);
  EXPECT_EQ(after->request, number);
}

TEST(ProgressiveRenderer, ASettingThatDoesNotFitIsAFaultAndTheLastFrameStays) {
  const auto renderer = renderer_of(small_scene(), {});
  ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false);
  ASSERT_NE(wait_for(*renderer, converged_for(renderer->look(request))), nullptr);
  std::atomic<bool> told = false;
  renderer->set_listener([&] { told = true; });
  request.settings.branch = "nerf";
  renderer->look(request);
  for (int i = 0; i < 2000 && !told; ++i) sleep_ms(1);
  EXPECT_NE(renderer->failure().find("NeRF branch"), std::string::npos);
  EXPECT_NE(renderer->latest(), nullptr);
  request.settings.branch = "grid";
  ASSERT_NE(wait_for(*renderer, converged_for(renderer->look(request))), nullptr);
  EXPECT_TRUE(renderer->failure().empty());
}

TEST(ProgressiveRenderer, AnEqualRequestGoesOnWithTheOneBefore) {
  const auto renderer = renderer_of(small_scene(), {});
  const ViewRequest request = request_of(camera_at(kView, kWidth, kHeight), false);
  const auto number = renderer->look(request);
  EXPECT_EQ(renderer->look(request), number);
  ViewRequest other = request;
  other.camera.position.x += 0.1;
  EXPECT_EQ(renderer->look(other), number + 1);
}

TEST(ProgressiveRenderer, CanBeDestroyedAtAnyTime) {
  const auto scene = small_scene();
  for (int i = 0; i < 15; ++i) {
    const auto renderer = renderer_of(scene, {});
    renderer->look(request_of(camera_at(kView, 640, 480), i % 2 == 0));
    sleep_ms(2 * i);
  }
  SUCCEED();
}

TEST(ProgressiveRenderer, FramesOfTheFormerSceneAreDropped) {
  const auto renderer = renderer_of(small_scene(), {});
  renderer->look(request_of(camera_at(kView, kWidth, kHeight), true));
  ASSERT_NE(wait_for(*renderer, [](const Frame&) { return true; }), nullptr);
  renderer->show(nullptr);
  sleep_ms(100);
  EXPECT_EQ(renderer->latest(), nullptr);
  renderer->show(small_scene());
  EXPECT_NE(wait_for(*renderer, [](const Frame&) { return true; }), nullptr);
}

}  // namespace
}  // namespace skyline::renderer
