#include "app/desktop/flight_benchmark.h"

#include "core/memory.h"
#include "nerf/flight.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace skyline::app::desktop {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kKeptEvery = 25;
constexpr double kFieldOfView = 50;  // degrees, vertical, as `skyline bench`

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// PSNR of two RGBA pictures of one size over their colours; 99 for equal ones.
double psnr_of(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i % 4 == 3) continue;
    const double difference = (static_cast<double>(a[i]) - static_cast<double>(b[i])) / 255;
    sum += difference * difference;
    ++count;
  }
  return sum == 0 ? 99 : 10 * std::log10(static_cast<double>(count) / sum);
}

}  // namespace

void FlightBenchmark::plan(Session& session) {
  const nerf::SceneInfo& info = session.scene->info;
  if (info.flight.size() < 3 || info.cameras.empty()) {
    session.say(Message::Level::kError, session.tr("The scene has no flight path.", "场景没有航线。"), true);
    stage_ = Stage::kDone;
    return;
  }
  const nerf::Field& field = *session.scene->field;
  const double height = nerf::mean_camera_height(info.cameras, field.ground_z);
  for (const nerf::FlightView& view : nerf::bench_flight(info.flight, field.box, field.ground_z, height, frames_)) {
    poses_.push_back({view.position, view.yaw_deg, view.pitch_deg, kFieldOfView});
  }
}

void FlightBenchmark::before_frame(Session& session, int width, int height) {
  if (!session.scene || stage_ == Stage::kDone) return;
  if (stage_ == Stage::kFlying) {
    session.navigator.follow(poses_[std::min(at_, poses_.size() - 1)]);
    // A flight is motion, also where two of its views are the same.
    session.keep_moving();
    result_.width = width;
    result_.height = height;
  }
  if (stage_ == Stage::kJudging) session.navigator.reset(editor::pose_of(kept_[judged_].frame->camera));
}

void FlightBenchmark::after_frame(Session& session, FrameMeter& meter, const std::shared_ptr<const renderer::Frame>& picture) {
  if (!picture || stage_ == Stage::kDone) return;
  const bool fresh = picture->serial != last_serial_;
  last_serial_ = picture->serial;
  switch (stage_) {
    case Stage::kWaiting:
      // Beginning once the map is drawn and nothing else runs.
      if (picture->stage != renderer::Stage::kConverged || !session.jobs.idle()) return;
      plan(session);
      if (stage_ == Stage::kDone) return;
      meter.restart();
      result_.memory_begin = core::resident_bytes();
      stage_ = Stage::kFlying;
      return;
    case Stage::kFlying:
      if (!fresh || picture->stage != renderer::Stage::kMoving) return;
      if (at_ % kKeptEvery == kKeptEvery - 1) kept_.push_back({picture});
      if (++at_ < poses_.size()) return;
      end_flight(meter);
      standing_since_ = Clock::now();
      stage_ = Stage::kStanding;
      return;
    case Stage::kStanding:
      if (picture->stage != renderer::Stage::kConverged) return;
      result_.converge_s = seconds_since(standing_since_);
      stage_ = kept_.empty() ? Stage::kDone : Stage::kJudging;
      return;
    case Stage::kJudging:
      if (picture->stage != renderer::Stage::kConverged) return;
      judge(*picture);
      return;
    case Stage::kDone:
      return;
  }
}

void FlightBenchmark::end_flight(const FrameMeter& meter) {
  const auto& pictures = meter.moving();
  result_.frames = static_cast<int>(pictures.intervals_ms.size()) + 1;
  result_.interval_p50_ms = percentile(pictures.intervals_ms, 0.5);
  result_.interval_p99_ms = percentile(pictures.intervals_ms, 0.99);
  result_.fps_median = result_.interval_p50_ms > 0 ? 1000 / result_.interval_p50_ms : 0;
  result_.rays_median = percentile(pictures.rays, 0.5);
  result_.interface_p50_ms = percentile(meter.interface_ms(), 0.5);
  result_.interface_p99_ms = percentile(meter.interface_ms(), 0.99);
  result_.memory_end = core::resident_bytes();
}

void FlightBenchmark::judge(const renderer::Frame& converged) {
  const renderer::Frame& moving = *kept_[judged_].frame;
  // The converged picture of the view before may still be on the screen.
  const bool same_place = converged.camera.position == moving.camera.position && converged.camera.rotation == moving.camera.rotation;
  const glm::dvec3 apart = converged.camera.position - moving.camera.position;
  if (!same_place && std::abs(apart.x) + std::abs(apart.y) + std::abs(apart.z) > 1e-6) return;
  if (converged.width == moving.width && converged.height == moving.height) psnr_.push_back(psnr_of(moving.pixels, converged.pixels));
  kept_[judged_].frame.reset();
  if (++judged_ < kept_.size()) return;
  if (!psnr_.empty()) {
    result_.psnr_mean = std::accumulate(psnr_.begin(), psnr_.end(), 0.0) / static_cast<double>(psnr_.size());
    result_.psnr_least = *std::min_element(psnr_.begin(), psnr_.end());
  }
  stage_ = Stage::kDone;
}

}  // namespace skyline::app::desktop
