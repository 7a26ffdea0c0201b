#include "app/desktop/run_report.h"

#include "core/file.h"
#include "core/memory.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cmath>
#include <ctime>
#include <fstream>
#include <span>
#include <sstream>
#include <string>

namespace skyline::app::desktop {
namespace {

double rounded(double value) { return std::round(value * 100) / 100; }

nlohmann::json summary_of(const EditLatency::Times& times) {
  return {{"count", times.ms.size()},
          {"p50", rounded(percentile(times.ms, 0.5))},
          {"p95", rounded(percentile(times.ms, 0.95))},
          {"max", rounded(percentile(times.ms, 1))},
          {"processor_p50", rounded(percentile(times.processor_ms, 0.5))},
          {"processor_p95", rounded(percentile(times.processor_ms, 0.95))}};
}

nlohmann::json summary_of(const EditLatency& latency) {
  nlohmann::json summary = summary_of(latency.all());
  summary["commands"] = nlohmann::json::object();
  for (const auto& [command, times] : latency.commands()) summary["commands"][command] = summary_of(times);
  return summary;
}

}  // namespace

double milliseconds_since_process_start() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  // The name in brackets may hold spaces; starttime is the 22nd field, the 20th after it.
  const std::size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return 0;
  std::istringstream fields(line.substr(bracket + 1));
  std::string field;
  for (int i = 0; i < 20 && (fields >> field); ++i) {
  }
  timespec now{};
  if (!fields || clock_gettime(CLOCK_BOOTTIME, &now) != 0) return 0;
  const double start_s = std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return (static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) - start_s) * 1000;
}

void RunReport::started() {
  begin_ = std::chrono::steady_clock::now();
  exec_to_main_ms_ = milliseconds_since_process_start();
}

double RunReport::since_exec_ms() const {
  return exec_to_main_ms_ + std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count();
}

void RunReport::frame_drawn(const renderer::Frame* picture, std::uint64_t shown_serial) {
  ++frames_;
  if (window_ms_ < 0) window_ms_ = since_exec_ms();
  if (picture == nullptr || shown_serial == 0) return;
  if (picture_ms_ < 0) {
    picture_ms_ = since_exec_ms();
    memory_begin_ = core::resident_bytes();
  }
  if (converged_ms_ < 0 && picture->stage == renderer::Stage::kConverged) converged_ms_ = since_exec_ms();
}

core::Status RunReport::write(const std::filesystem::path& file, const FrameMeter& meter, const EditLatency& latency,
                              const renderer::vulkan::Shell& shell, const Session& session, const FlightBenchmark* flight) const {
  const auto& pictures = meter.moving();
  const editor::Pose& pose = session.navigator.pose();
  const double interval = percentile(pictures.intervals_ms, 0.5);
  nlohmann::json report{
      {"exec_to_window_ms", rounded(window_ms_)},
      {"exec_to_picture_ms", rounded(picture_ms_)},
      {"exec_to_converged_ms", rounded(converged_ms_)},
      {"frames", frames_},
      {"interface_ms_p50", rounded(percentile(meter.interface_ms(), 0.5))},
      {"interface_ms_p99", rounded(percentile(meter.interface_ms(), 0.99))},
      {"moving_pictures", pictures.intervals_ms.size()},
      {"pictures_per_s_median", rounded(interval > 0 ? 1000 / interval : 0)},
      {"picture_interval_ms_p99", rounded(percentile(pictures.intervals_ms, 0.99))},
      {"fresh_rays_median", percentile(pictures.rays, 0.5)},
      {"edit_to_picture_ms", summary_of(latency)},
      {"longest_cancel_ms", rounded(session.renderer.stats().longest_cancel_ms)},
      {"validation_messages", shell.validation_messages()},
      {"errors", session.log.errors()},
      {"memory_begin_bytes", memory_begin_},
      {"memory_end_bytes", core::resident_bytes()},
      {"memory_peak_bytes", core::peak_resident_bytes()},
      {"device", shell.device().name},
      {"scene", session.scene_path.string()},
      {"selection", session.selection()},
      {"camera",
       {{"position", {pose.position.x, pose.position.y, pose.position.z}},
        {"yaw", pose.yaw_deg},
        {"pitch", pose.pitch_deg},
        {"fov", pose.fov_deg}}},
  };
  if (flight != nullptr) {
    const FlightResult& result = flight->result();
    report["flight"] = {{"frames", result.frames},
                        {"width", result.width},
                        {"height", result.height},
                        {"pictures_per_s_median", rounded(result.fps_median)},
                        {"picture_interval_ms_p50", rounded(result.interval_p50_ms)},
                        {"picture_interval_ms_p99", rounded(result.interval_p99_ms)},
                        {"fresh_rays_median", result.rays_median},
                        {"interface_ms_p50", rounded(result.interface_p50_ms)},
                        {"interface_ms_p99", rounded(result.interface_p99_ms)},
                        {"psnr_mean", rounded(result.psnr_mean)},
                        {"psnr_least", rounded(result.psnr_least)},
                        {"converge_s", rounded(result.converge_s)},
                        {"memory_begin_bytes", result.memory_begin},
                        {"memory_end_bytes", result.memory_end}};
  }
  const std::string text = report.dump(2) + "\n";
  return core::write_file_atomic(file, std::as_bytes(std::span(text)));
}

}  // namespace skyline::app::desktop
