#include "nerf/train/session.h"

#include <fmt/format.h>

#include <algorithm>

namespace skyline::nerf {
namespace {

constexpr std::size_t kFewestPhotos = 3;

int resolved_width(const Dataset& dataset, int wanted) {
  if (wanted >= 0) return wanted;
  int width = kDefaultTrainingWidth;
  for (const Photo& photo : dataset.photos) width = std::min(width, photo.camera.width);
  return width;
}

// Moves photos that cannot be used out of the data set.
void leave_out_unusable(TrainingPlan& plan) {
  for (const LeftOutPhoto& photo : plan.dataset.left_out) {
    plan.unusable.push_back({photo.path, {.verdict = PhotoCheck::Verdict::kUnreadable, .sharpness = 0, .reason = photo.reason}});
  }
  std::vector<Photo> photos;
  std::vector<PhotoCheck> checks;
  for (std::size_t i = 0; i < plan.dataset.photos.size(); ++i) {
    if (plan.checks[i].usable()) {
      photos.push_back(std::move(plan.dataset.photos[i]));
      checks.push_back(std::move(plan.checks[i]));
    } else {
      plan.unusable.push_back({plan.dataset.photos[i].path, std::move(plan.checks[i])});
    }
  }
  plan.dataset.photos = std::move(photos);
  plan.checks = std::move(checks);
}

std::string notice_of(const TrainingPlan& plan) {
  const std::size_t all = plan.dataset.photos.size() + plan.unusable.size();
  const auto with = [&](PhotoCheck::Verdict verdict) {
    return std::count_if(plan.checks.begin(), plan.checks.end(), [&](const PhotoCheck& check) { return check.verdict == verdict; });
  };
  const auto blurred = with(PhotoCheck::Verdict::kBlurred), out_of_place = with(PhotoCheck::Verdict::kOutOfPlace);
  std::string notice;
  const auto add = [&](const std::string& part) { notice += (notice.empty() ? "" : "; ") + part; };
  if (!plan.unusable.empty()) add(fmt::format("{} of {} photos cannot be used, training goes without them", plan.unusable.size(), all));
  if (out_of_place > 0) add(fmt::format("{} of {} photos are out of place", out_of_place, all));
  if (blurred > 0) add(fmt::format("{} of {} photos are blurred", blurred, all));
  return notice;
}

void forecast(TrainingPlan& plan) {
  plan.pixels = PhotoCache::count_pixels(plan.dataset, plan.options.width);
  plan.forecast = Trainer::forecast(plan.guess, plan.options.field, plan.options.train, plan.pixels);
}

}  // namespace

core::Result<TrainingPlan> plan_training(const std::filesystem::path& folder, const TrainingPlanOptions& options,
                                         core::Progress& progress) {
  TrainingPlan plan;
  plan.options = options;
  progress.report({.stage = "reading cameras", .note = {}});
  auto dataset = load_dataset(folder, {.split = options.split, .skip_unusable = options.skip_bad});
  if (!dataset) return dataset.error();
  plan.dataset = std::move(*dataset);

  // Photos: what is damaged is refused or left out.
  auto checks = check_photos(plan.dataset, progress);
  if (!checks) return checks.error();
  plan.checks = std::move(*checks);
  if (options.skip_bad) {
    leave_out_unusable(plan);
  } else {
    for (const PhotoCheck& check : plan.checks) {
      if (check.verdict == PhotoCheck::Verdict::kUnreadable) return core::Error{.what = check.reason};
    }
  }
  plan.notice = notice_of(plan);
  if (plan.dataset.photos.size() < kFewestPhotos) {
    return core::Error{fmt::format("only {} photos can be used", plan.dataset.photos.size()), plan.unusable.front().check.reason,
                       fmt::format("at least {} are needed", kFewestPhotos)};
  }

  // Everything that a person would otherwise have to type.
  progress.report({.stage = "finding the scene", .note = {}});
  plan.options.width = resolved_width(plan.dataset, options.width);
  auto guess = analyse_scene(plan.dataset, plan.options.width);
  if (!guess) return guess.error();
  plan.guess = std::move(*guess);
  apply_world_frame(plan.guess, plan.dataset);
  forecast(plan);
  return plan;
}

void change_plan(TrainingPlan& plan, int width, const TrainSettings& train) {
  const int resolved = resolved_width(plan.dataset, width);
  if (resolved != plan.options.width) change_width(plan.guess, plan.dataset, resolved);
  plan.options.width = resolved;
  plan.options.train = train;
  forecast(plan);
}

}  // namespace skyline::nerf
