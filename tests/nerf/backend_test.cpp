#include "nerf/backend.h"

#include "nerf/metrics.h"
#include "tests/nerf/random_field.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace skyline::nerf {
namespace {

using testing::Random;
using testing::uniform;

// One operation of the table over one field, with the numbers that it wrote.
struct Example {
  std::string name;
  std::function<core::Status(Backend&, std::vector<float>& out)> run;
};

class Backends : public ::testing::Test {
 protected:
  Backends() {
    FieldSettings settings = testing::small_settings();
    settings.blocks_x = settings.blocks_y = 2;
    field_ = testing::random_field(settings, testing::small_box(), -1, 2, random_);
    constexpr std::size_t kPoints = 5000;  // more than one task of the cpu back end
    for (std::size_t i = 0; i < kPoints; ++i) {
      positions_.insert(positions_.end(), {uniform(random_, -4.2, 4.2), uniform(random_, -4.2, 4.2), uniform(random_, -0.2, 4.2)});
    }
    for (std::size_t i = 0; i < 700; ++i) {
      const glm::vec3 d = glm::normalize(glm::vec3(uniform(random_, -1, 1), uniform(random_, -1, 1), uniform(random_, -1, 1)));
      directions_.insert(directions_.end(), {d.x, d.y, d.z});
      for (int c = 0; c < field_.feature_count(); ++c) features_.push_back(uniform(random_, -1, 1));
    }
  }

  core::Status density(Backend& backend, std::vector<float>& out) {
    out.assign(positions_.size() / 3, -1.0F);
    return backend.run(DensityOperation{&field_, positions_, out});
  }
  core::Status features(Backend& backend, std::vector<float>& out) {
    out.assign(positions_.size() / 3 * static_cast<std::size_t>(field_.feature_count()), -1.0F);
    return backend.run(FeaturesOperation{&field_, positions_, out});
  }
  core::Status decode(Backend& backend, std::span<const float> code, std::vector<float>& out) {
    out.assign(directions_.size(), -1.0F);
    return backend.run(DecodeOperation{&field_, features_, directions_, code, out});
  }
  core::Status render(Backend& backend, const RenderSettings& settings, std::vector<float>& out) {
    Picture picture;
    RenderStats stats;
    core::Progress progress;
    const core::Status status = backend.run(render_operation(settings, picture, stats, progress));
    out = picture.colour.pixels;
    for (const core::FloatImage* image : {&picture.depth, &picture.opacity, &picture.cost})
      out.insert(out.end(), image->pixels.begin(), image->pixels.end());
    return status;
  }
  RenderOperation render_operation(const RenderSettings& settings, Picture& picture, RenderStats& stats, core::Progress& progress) {
    RenderRequest request;
    request.camera = *core::parse_camera("0.3,-9,6,10,-30", 33, 21);
    request.depth = request.opacity = request.cost = true;
    return {&field_, settings, request, &picture, &stats, &progress, nullptr};
  }

  Random random_{41};
  Field field_;
  std::vector<float> positions_, directions_, features_;
};

TEST_F(Backends, AgreeOnEveryOperation) {
  const std::vector<float> code{0.3F, -0.2F, 0.5F, 0.1F};
  RenderSettings deferred, sample, coarse;
  sample.decode = "sample";
  sample.code = 1;
  sample.vignetting = true;
  coarse.levels = 1;
  sample.footprint = 0.02;
  coarse.step = 0.3;
  const std::vector<Example> table{
      {"density", [&](Backend& b, std::vector<float>& out) { return density(b, out); }},
      {"features", [&](Backend& b, std::vector<float>& out) { return features(b, out); }},
      {"decode with a code", [&](Backend& b, std::vector<float>& out) { return decode(b, code, out); }},
      {"decode with the mean code", [&](Backend& b, std::vector<float>& out) { return decode(b, {}, out); }},
      {"render deferred", [&](Backend& b, std::vector<float>& out) { return render(b, deferred, out); }},
      {"render every sample", [&](Backend& b, std::vector<float>& out) { return render(b, sample, out); }},
      {"render one level", [&](Backend& b, std::vector<float>& out) { return render(b, coarse, out); }},
  };
  const std::vector<Backend*> backends = available_backends();
  ASSERT_GE(backends.size(), 2U);
  ASSERT_EQ(backends.front()->name(), "cpu");
  for (const Example& example : table) {
    std::vector<float> expected;
    const core::Status truth = example.run(*backends.front(), expected);
    ASSERT_TRUE(truth.ok()) << truth.error().message();
    ASSERT_GT(*std::max_element(expected.begin(), expected.end()), *std::min_element(expected.begin(), expected.end())) << example.name;
    for (Backend* backend : backends) {
      std::vector<float> found;
      const core::Status status = example.run(*backend, found);
      ASSERT_TRUE(status.ok()) << status.error().message();
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_NEAR(found[i], expected[i], 2e-5F + 2e-5F * std::abs(expected[i]))
            << example.name << " on " << backend->name() << " at " << i;
    }
  }
}

// 10 bits of mantissa in planes and volume: far below the noise of 8-bit photos.
TEST_F(Backends, HalfPrecisionChangesPicturesByLessThanHalfAGreyLevel) {
  Backend& cpu = *available_backends().front();
  RenderSettings settings;
  std::vector<float> half, full;
  ASSERT_TRUE(render(cpu, settings, full).ok());
  settings.precision = "half";
  ASSERT_TRUE(render(cpu, settings, half).ok());
  ASSERT_EQ(half.size(), full.size());
  const std::size_t colours = 33 * 21 * 3;
  bool differs = false;
  for (std::size_t i = 0; i < colours; ++i) {
    EXPECT_NEAR(half[i], full[i], 0.5F / 255) << i;
    differs = differs || half[i] != full[i];
  }
  EXPECT_TRUE(differs);
}

TEST_F(Backends, ASessionGivesTheSamePictures) {
  Backend& cpu = *available_backends().front();
  Picture fresh, kept;
  RenderStats stats;
  core::Progress progress;
  RenderOperation operation = render_operation({}, fresh, stats, progress);
  ASSERT_TRUE(cpu.run(operation).ok());
  std::unique_ptr<RenderSession> session;
  operation.session = &session;
  operation.picture = &kept;
  for (int picture = 0; picture < 2; ++picture) {
    ASSERT_TRUE(cpu.run(operation).ok());
    EXPECT_EQ(kept.colour.pixels, fresh.colour.pixels);
  }
  EXPECT_NE(session, nullptr);
}

TEST_F(Backends, CostGrowsWithTheWorkAndAutoTakesTheCheapest) {
  std::vector<float> out(positions_.size() / 3);
  const DensityOperation all{&field_, positions_, out}, half{&field_, std::span(positions_).first(3000), std::span(out).first(1000)};
  for (const Backend* backend : available_backends()) {
    EXPECT_GT(backend->cost(all), backend->cost(half));
    EXPECT_FALSE(backend->description().empty());
  }
  const core::Result<Backend*> chosen = select_backend("auto", all);
  ASSERT_TRUE(chosen.ok());
  for (const Backend* backend : available_backends()) EXPECT_LE((*chosen)->cost(all), backend->cost(all));
  EXPECT_EQ((*select_backend("reference", all))->name(), "reference");
}

TEST_F(Backends, WhatABackEndLacksIsRunByTheCpu) {
  Picture picture;
  RenderStats stats;
  core::Progress progress;
  RenderOperation operation = render_operation({}, picture, stats, progress);
  EXPECT_EQ(operation_name(operation), "render");
  EXPECT_EQ((*select_backend("reference", operation))->name(), "reference");
  operation.request.normal = true;
  EXPECT_EQ((*select_backend("reference", operation))->name(), "cpu");
}

TEST_F(Backends, NamesThatAreNotHereAreRefusedWithAReason) {
  std::vector<float> out(positions_.size() / 3);
  const DensityOperation operation{&field_, positions_, out};
  const core::Result<Backend*> unknown = select_backend("abacus", operation);
  ASSERT_FALSE(unknown.ok());
  EXPECT_NE(unknown.error().message().find("abacus"), std::string::npos);
  EXPECT_NE(unknown.error().advice.find("cpu"), std::string::npos);
  const auto is_cuda = [](const Backend* backend) { return backend->name() == "cuda"; };
  const std::vector<Backend*> backends = available_backends();
  if (std::any_of(backends.begin(), backends.end(), is_cuda)) GTEST_SKIP() << "this build has CUDA";
  const core::Result<Backend*> cuda = select_backend("cuda", operation);
  ASSERT_FALSE(cuda.ok());
  EXPECT_NE(cuda.error().where.find("CUDA"), std::string::npos);
  EXPECT_NE(cuda.error().advice.find("--backend cpu"), std::string::npos);
}

TEST_F(Backends, SpansOfTheWrongShapeAreRefused) {
  std::vector<float> out(7);
  for (Backend* backend : available_backends()) {
    EXPECT_FALSE(backend->run(DensityOperation{&field_, positions_, out}).ok()) << backend->name();
    EXPECT_FALSE(backend->run(FeaturesOperation{&field_, positions_, out}).ok()) << backend->name();
    EXPECT_FALSE(backend->run(DecodeOperation{&field_, features_, directions_, {}, out}).ok()) << backend->name();
  }
}

}  // namespace
}  // namespace skyline::nerf
