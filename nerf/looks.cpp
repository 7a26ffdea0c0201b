#include "nerf/looks.h"

#include "nerf/cpu/renderer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr int kWidth = 24, kHeight = 16;  // of the picture that photos are compared by
constexpr std::size_t kMostPhotos = 240;  // that are looked at, evenly spread
constexpr int kRounds = 4;                // of moving each look to the middle of its photos

struct Candidate {
  int photo = 0;
  std::vector<float> pixels;
};

double apart(const Candidate& a, const Candidate& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    const double off = static_cast<double>(a.pixels[i]) - static_cast<double>(b.pixels[i]);
    sum += off * off;
  }
  return std::sqrt(sum / static_cast<double>(a.pixels.size()));
}

std::size_t nearest(const std::vector<Candidate>& all, const std::vector<std::size_t>& middles, std::size_t of) {
  std::size_t best = 0;
  for (std::size_t m = 1; m < middles.size(); ++m) {
    if (apart(all[of], all[middles[m]]) < apart(all[of], all[middles[best]])) best = m;
  }
  return best;
}

// The one that is nearest to all others of its group.
std::size_t middle_of(const std::vector<Candidate>& all, const std::vector<std::size_t>& group) {
  std::size_t best = group.front();
  double least = std::numeric_limits<double>::max();
  for (const std::size_t candidate : group) {
    double sum = 0;
    for (const std::size_t other : group) sum += apart(all[candidate], all[other]);
    if (sum < least) {
      least = sum;
      best = candidate;
    }
  }
  return best;
}

// Numbers of the candidates that stand for the others, and who belongs to each: the one furthest from all is a new look as long as it is
// far (T. Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985), then each moves to the middle of its group.
std::vector<std::vector<std::size_t>> grouped(const std::vector<Candidate>& all, const LookSettings& settings,
                                              std::vector<std::size_t>& middles) {
  std::vector<std::size_t> everybody(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) everybody[i] = i;
  middles = {middle_of(all, everybody)};
  while (static_cast<int>(middles.size()) < settings.most) {
    std::size_t furthest = 0;
    double distance = -1;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double to_nearest = apart(all[i], all[middles[nearest(all, middles, i)]]);
      if (to_nearest > distance) {
        distance = to_nearest;
        furthest = i;
      }
    }
    if (distance < settings.least_apart) break;
    middles.push_back(furthest);
  }
  std::vector<std::vector<std::size_t>> groups;
  for (int round = 0; round < kRounds; ++round) {
    groups.assign(middles.size(), {});
    for (std::size_t i = 0; i < all.size(); ++i) groups[nearest(all, middles, i)].push_back(i);
    for (std::size_t m = 0; m < middles.size(); ++m) {
      if (!groups[m].empty()) middles[m] = middle_of(all, groups[m]);
    }
  }
  return groups;
}

}  // namespace

core::Result<std::vector<CapturedLook>> find_looks(const Field& field, const SceneInfo& info, const LookSettings& settings,
                                                   core::Progress& progress) {
  if (!field.use_codes || field.code_size() == 0) return std::vector<CapturedLook>();
  const auto size = static_cast<std::size_t>(field.code_size()), photos = field.codes.size() / size;
  auto renderer = Renderer::create(field, {});
  if (!renderer) return renderer.error();
  core::Progress silent(progress.stop_token());
  const auto drawn = [&](int photo, int width, int height) -> core::Result<core::FloatImage> {
    RenderRequest request;
    // The view's middle in the wanted shape.
    request.camera = info.home;
    const double scale = static_cast<double>(height) / std::max(1, info.home.height);
    request.camera.width = width;
    request.camera.height = height;
    request.camera.fl_x = request.camera.fl_y = info.home.fl_y * scale;
    request.camera.cx = 0.5 * width;
    request.camera.cy = 0.5 * height;
    request.camera.distortion = {};
    request.code = std::span<const float>(field.codes.data() + static_cast<std::size_t>(photo) * size, size);
    Picture picture;
    RenderStats stats;
    if (auto status = renderer->render(request, picture, stats, silent); !status) return status.error();
    return std::move(picture.colour);
  };

  std::vector<Candidate> all;
  const std::size_t step = std::max<std::size_t>(1, (photos + kMostPhotos - 1) / kMostPhotos);
  for (std::size_t photo = 0; photo < photos; photo += step) {
    auto picture = drawn(static_cast<int>(photo), kWidth, kHeight);
    if (!picture) return picture.error();
    all.push_back({static_cast<int>(photo), std::move(picture->pixels)});
    progress.report(
        {.stage = "comparing lights", .done = static_cast<double>(photo), .total = static_cast<double>(photos), .unit = "photos"});
  }
  if (all.empty()) return std::vector<CapturedLook>();

  std::vector<std::size_t> middles;
  const auto groups = grouped(all, settings, middles);
  std::vector<CapturedLook> looks;
  for (std::size_t m = 0; m < middles.size(); ++m) {
    if (groups[m].empty()) continue;
    CapturedLook look;
    look.photo = all[middles[m]].photo;
    look.photos = static_cast<int>(groups[m].size() * step);
    const std::vector<float>& pixels = all[middles[m]].pixels;
    for (std::size_t i = 0; i + 2 < pixels.size(); i += 3) look.colour += glm::vec3(pixels[i], pixels[i + 1], pixels[i + 2]);
    look.colour /= static_cast<float>(pixels.size() / 3);
    const auto picture = drawn(look.photo, settings.thumbnail_width, settings.thumbnail_height);
    if (!picture) return picture.error();
    look.thumbnail = core::to_image(*picture);
    looks.push_back(std::move(look));
  }
  std::stable_sort(looks.begin(), looks.end(), [](const CapturedLook& a, const CapturedLook& b) { return a.photos > b.photos; });
  return looks;
}

}  // namespace skyline::nerf
