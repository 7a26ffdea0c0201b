#include "tests/nerf/toy_training.h"

#include "tests/support/toy_city.h"

#include <chrono>
#include <thread>

namespace skyline::nerf::testing {

TrainingPlanOptions toy_options(int steps) {
  TrainingPlanOptions options;
  options.split = "transforms.json";
  options.field.hidden = 16;
  options.field.surroundings_size = 16;
  options.train.steps = steps;
  options.train.batch_rays = 700;
  return options;
}

TrainingPlan toy_plan(const std::filesystem::path& folder, const TrainingPlanOptions& options) {
  core::Progress progress;
  auto plan = plan_training(folder, options, progress);
  if (!plan) core::end_program(plan.error().message());
  return std::move(*plan);
}

std::unique_ptr<TrainingSession> toy_session(const std::filesystem::path& folder, const TrainingPlanOptions& options,
                                             const std::filesystem::path& output) {
  auto session = TrainingSession::start(toy_plan(folder, options), output);
  if (!session) core::end_program(session.error().message());
  return std::move(*session);
}

bool wait_until(const std::function<bool()>& so, double seconds) {
  const auto begin = std::chrono::steady_clock::now();
  while (!so()) {
    if (std::chrono::steady_clock::now() - begin > std::chrono::duration<double>(seconds)) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

std::string content_hash(const std::filesystem::path& scene) {
  const auto reader = SkyReader::open(scene);
  if (!reader) return {};
  const auto hash = reader->content_hash();
  return hash ? *hash : std::string();
}

ToyFolder::ToyFolder() { skyline::testing::write_toy_city(photos(), {}); }

}  // namespace skyline::nerf::testing
