// skyline doctor: what this machine can do, and why not where it cannot.
#include "app/verbs.h"
#include "app/vulkan_probe.h"
#include "core/memory.h"

#include <hwy/highway.h>

#include <CLI/CLI.hpp>
#include <dlfcn.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct LibraryCloser {
  void operator()(void* library) const { dlclose(library); }
};
using Library = std::unique_ptr<void, LibraryCloser>;

Library open_library(const char* name) { return Library(dlopen(name, RTLD_NOW | RTLD_LOCAL)); }

json cpu() {
  json simd = json::array();
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) simd.push_back("avx2");
  if (__builtin_cpu_supports("avx512f")) simd.push_back("avx512f");
  if (__builtin_cpu_supports("avx512bf16")) simd.push_back("avx512_bf16");
#endif
  // The best target is the lowest bit that is set.
  const auto targets = hwy::SupportedTargets();
  const char* const best = hwy::TargetName(targets & -targets);
  const unsigned cores = std::thread::hardware_concurrency();
  return {
      {"ok", true}, {"cores", cores}, {"simd", simd}, {"target", best}, {"reason", fmt::format("{} cores, kernels for {}", cores, best)}};
}

// "MemAvailable:   123 kB" of the kernel; 0 where it is not told.
std::int64_t available_memory_bytes() {
  std::ifstream file("/proc/meminfo");
  std::string key, unit;
  std::int64_t amount = 0;
  while (file >> key >> amount) {
    std::getline(file, unit);
    if (key == "MemAvailable:") return amount * 1024;
  }
  return 0;
}

json memory() {
  constexpr std::int64_t kComfortable = std::int64_t{4} << 30;
  const std::int64_t total = core::physical_memory_bytes(), available = available_memory_bytes();
  return {{"ok", available == 0 || available >= kComfortable},
          {"total_bytes", total},
          {"available_bytes", available},
          {"reason", fmt::format("{} of {} available; training a city wants 4 GiB", bytes_text(static_cast<double>(available)),
                                 bytes_text(static_cast<double>(total)))}};
}

json cuda() {
  const Library library = open_library("libcuda.so.1");
  if (!library) return {{"ok", false}, {"devices", 0}, {"reason", "no CUDA driver (libcuda.so.1) is installed"}};
  using Init = int (*)(unsigned);
  using Count = int (*)(int*);
  const auto init = reinterpret_cast<Init>(dlsym(library.get(), "cuInit"));
  const auto count = reinterpret_cast<Count>(dlsym(library.get(), "cuDeviceGetCount"));
  int devices = 0;
  if (init == nullptr || count == nullptr || init(0) != 0 || count(&devices) != 0) devices = 0;
  if (devices == 0) return {{"ok", false}, {"devices", 0}, {"reason", "the CUDA driver finds no device"}};
  return {{"ok", false}, {"devices", devices}, {"reason", fmt::format("{} device(s), but this build has no CUDA back end", devices)}};
}

json vulkan() {
  const core::Result<std::vector<VulkanDevice>> devices = probe_vulkan();
  if (!devices)
    return {{"ok", false}, {"devices", json::array()}, {"reason", fmt::format("{}; {}", devices.error().where, devices.error().advice)}};
  json list = json::array();
  std::string reason;
  bool ok = false;
  for (const VulkanDevice& device : *devices) {
    list.push_back({{"name", device.name}, {"kind", device.kind}, {"version", fmt::format("{}.{}", device.major, device.minor)}});
    reason += fmt::format("{}{} ({}, Vulkan {}.{}{})", reason.empty() ? "" : ", ", device.name, device.kind, device.major, device.minor,
                          device.draws_window() ? "" : ": the window needs 1.3");
    ok = ok || device.draws_window();
  }
  if (reason.empty()) reason = "the Vulkan loader finds no device; install the package mesa-vulkan-drivers, which holds one in software";
  return {{"ok", ok}, {"devices", list}, {"reason", reason}};
}

// The window is one of X11, also on Wayland, where an X server comes along.
json display() {
  const char* const name = std::getenv("DISPLAY");
  if (name == nullptr || *name == '\0') {
    return {{"ok", false}, {"reason", "DISPLAY is not set: no window can be opened, skyline render makes pictures without one"}};
  }
  const Library library = open_library("libX11.so.6");
  if (!library) return {{"ok", false}, {"reason", "the library of X11 (libX11.so.6) is not installed"}};
  using Open = void* (*)(const char*);
  using Close = int (*)(void*);
  const auto open = reinterpret_cast<Open>(dlsym(library.get(), "XOpenDisplay"));
  const auto close = reinterpret_cast<Close>(dlsym(library.get(), "XCloseDisplay"));
  void* const connection = open != nullptr ? open(nullptr) : nullptr;
  if (connection == nullptr) return {{"ok", false}, {"reason", fmt::format("DISPLAY={} is set, but no display answers there", name)}};
  if (close != nullptr) close(connection);
  return {{"ok", true}, {"reason", fmt::format("DISPLAY={}", name)}};
}

json disk() {
  constexpr std::uintmax_t kComfortable = std::uintmax_t{2} << 30;
  json report = json::object();
  std::string reason;
  bool ok = true;
  std::error_code code;
  for (const auto& [name, path] : {std::pair{"here", fs::current_path(code)}, std::pair{"temporary", fs::temp_directory_path(code)}}) {
    const fs::space_info space = fs::space(path, code);
    if (code) continue;
    ok = ok && space.available >= kComfortable;
    report[std::string(name) + "_bytes"] = space.available;
    reason += fmt::format("{}{} free in {}", reason.empty() ? "" : ", ", bytes_text(static_cast<double>(space.available)), path.string());
  }
  report["ok"] = ok;
  report["reason"] = reason;
  return report;
}

core::Result<int> run(const CommonOptions& options) {
  const std::pair<const char*, json> parts[] = {{"cpu", cpu()},       {"memory", memory()},   {"cuda", cuda()},
                                                {"vulkan", vulkan()}, {"display", display()}, {"disk", disk()}};
  if (options.json) {
    json report = json::object();
    for (const auto& [name, part] : parts) report[name] = part;
    print_line(report.dump(-1, ' ', false, json::error_handler_t::replace));
    return kExitDone;
  }
  for (const auto& [name, part] : parts) {
    print_line(fmt::format("{:<8} {:<4} {}", name, part["ok"].get<bool>() ? "yes" : "no", part["reason"].get<std::string>()));
  }
  return kExitDone;
}

}  // namespace

Verb add_doctor(CLI::App& program) {
  const auto options = std::make_shared<CommonOptions>();
  CLI::App* const command = program.add_subcommand("doctor", "what this machine can do, and why");
  add_report_options(*command, *options);
  command->footer("Example: skyline doctor --json");
  return {command, [options](const core::StopToken&) { return run(*options); }};
}

}  // namespace skyline::app
