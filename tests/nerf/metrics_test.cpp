#include "nerf/metrics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace skyline::nerf {
namespace {

core::FloatImage constant(int width, int height, float value) {
  return {width, height, 3, std::vector<float>(static_cast<std::size_t>(width * height * 3), value)};
}

core::FloatImage pattern(int width, int height) {
  core::FloatImage image = constant(width, height, 0);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = 0.5f + 0.4f * std::sin(static_cast<float>(i) * 0.37f);
  return image;
}

TEST(Psnr, OfAConstantOffsetOfATenthIsTwenty) { EXPECT_NEAR(psnr(constant(20, 10, 0.6f), constant(20, 10, 0.5f)), 20, 1e-4); }

TEST(Psnr, OfIdenticalPicturesIsNinetyNine) { EXPECT_EQ(psnr(pattern(20, 10), pattern(20, 10)), 99); }

TEST(Psnr, ComparesOnlyTheWindow) {
  core::FloatImage left_wrong = constant(20, 10, 0.5f);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 30; ++x) left_wrong.pixels[static_cast<std::size_t>(y * 60 + x)] = 0.6f;
  }
  EXPECT_EQ(psnr(left_wrong, constant(20, 10, 0.5f), {10, 20}), 99);
  EXPECT_NEAR(psnr(left_wrong, constant(20, 10, 0.5f), {0, 10}), 20, 1e-4);
  EXPECT_NEAR(psnr(left_wrong, constant(20, 10, 0.5f)), 20 + 10 * std::log10(2.0), 1e-4);
}

TEST(Ssim, OfIdenticalPicturesIsOne) { EXPECT_NEAR(ssim(pattern(40, 30), pattern(40, 30)), 1, 1e-5); }

TEST(Ssim, OfConstantPicturesIsTheLuminanceTerm) {
  const double a = 0.3, b = 0.7, c1 = 1e-4;
  EXPECT_NEAR(ssim(constant(20, 20, 0.3f), constant(20, 20, 0.7f)), (2 * a * b + c1) / (a * a + b * b + c1), 1e-3);
}

TEST(Ssim, FollowsTheFormulaInASingleWindow) {
  core::FloatImage x = pattern(11, 11), y = pattern(11, 11);
  for (std::size_t i = 0; i < y.pixels.size(); ++i) y.pixels[i] = 0.8f * y.pixels[i] + 0.05f * static_cast<float>(i % 7) / 7.0f;
  double expected = 0;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    double sum = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
    for (int r = -5; r <= 5; ++r) {
      for (int c = -5; c <= 5; ++c) {
        const double w = std::exp(-(r * r + c * c) / (2 * 1.5 * 1.5));
        const std::size_t i = static_cast<std::size_t>((r + 5) * 11 + c + 5) * 3 + channel;
        const double a = x.pixels[i], b = y.pixels[i];
        sum += w, mx += w * a, my += w * b, xx += w * a * a, yy += w * b * b, xy += w * a * b;
      }
    }
    mx /= sum, my /= sum;
    const double vx = xx / sum - mx * mx, vy = yy / sum - my * my, cov = xy / sum - mx * my;
    expected += (2 * mx * my + 1e-4) * (2 * cov + 9e-4) / ((mx * mx + my * my + 1e-4) * (vx + vy + 9e-4)) / 3;
  }
  EXPECT_NEAR(ssim(x, y), expected, 1e-4);
}

TEST(Ssim, AcceptsPicturesSmallerThanItsWindow) { EXPECT_NEAR(ssim(pattern(5, 1), pattern(5, 1)), 1, 1e-5); }

TEST(BandPsnr, PutsAConstantOffsetIntoTheSlowBand) {
  const BandPsnr bands = band_psnr(constant(60, 40, 0.6f), constant(60, 40, 0.5f));
  EXPECT_NEAR(bands.slow, 20, 1e-3);
  EXPECT_GT(bands.fine, 80);
}

TEST(BandPsnr, PutsACheckerboardIntoTheFineBand) {
  core::FloatImage board = constant(60, 40, 0.5f);
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 180; ++x) board.pixels[static_cast<std::size_t>(y * 180 + x)] += (x / 3 + y) % 2 == 0 ? 0.1f : -0.1f;
  }
  const BandPsnr bands = band_psnr(board, constant(60, 40, 0.5f));
  EXPECT_NEAR(bands.fine, 20, 0.1);
  EXPECT_GT(bands.slow, 40);
}

}  // namespace
}  // namespace skyline::nerf
