#include "renderer/vulkan/device_picker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ranges>

namespace skyline::renderer::vulkan {
namespace {

constexpr std::string_view kWithoutWindow = "use 'skyline render' to make pictures without a window";

bool usable(const DeviceCandidate& device) { return device.missing.empty() && device.queue_family.has_value(); }

std::string why_not(const DeviceCandidate& device) {
  return device.missing.empty() ? std::string("cannot show a window") : "lacks " + device.missing;
}

bool better(const DeviceCandidate& a, const DeviceCandidate& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  return a.memory_bytes > b.memory_bytes;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool named(const DeviceCandidate& device, std::string_view wanted) { return lower(device.name).find(lower(wanted)) != std::string::npos; }

std::string names_of(const std::vector<DeviceCandidate>& candidates) {
  std::string text;
  for (const DeviceCandidate& device : candidates) text += (text.empty() ? "" : ", ") + device.name;
  return text;
}

std::string passed_over(const std::vector<DeviceCandidate>& candidates, std::size_t chosen) {
  std::string text;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i == chosen) continue;
    const DeviceCandidate& device = candidates[i];
    text += fmt::format("{}{} ({})", text.empty() ? "; passed over: " : ", ", device.name,
                        usable(device) ? kind_name(device.kind) : std::string_view(why_not(device)));
  }
  return text;
}

}  // namespace

std::string_view kind_name(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::kDiscrete:
      return "discrete";
    case DeviceKind::kIntegrated:
      return "integrated";
    case DeviceKind::kVirtual:
      return "virtual";
    case DeviceKind::kSoftware:
      return "software";
    default:
      return "other";
  }
}

core::Result<DeviceChoice> pick_device(const std::vector<DeviceCandidate>& candidates, std::string_view wanted) {
  if (candidates.empty()) {
    return core::Error{"no window can be drawn", "Vulkan finds no device on this machine",
                       fmt::format("install a driver (the package mesa-vulkan-drivers holds one in software), or {}", kWithoutWindow)};
  }
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!usable(candidates[i]) || !named(candidates[i], wanted)) continue;
    if (!best || better(candidates[i], candidates[*best])) best = i;
  }
  if (best) {
    const std::string why = !wanted.empty()          ? fmt::format("it was asked for as '{}'", wanted)
                            : candidates.size() == 1 ? std::string("it is the only one")
                            : candidates[*best].kind == DeviceKind::kSoftware
                                ? std::string("no graphics card can show the window")
                                : fmt::format("it is the best {} one", kind_name(candidates[*best].kind));
    return DeviceChoice{*best, why + passed_over(candidates, *best)};
  }
  const auto same_name = std::ranges::find_if(candidates, [&](const DeviceCandidate& device) { return named(device, wanted); });
  if (same_name == candidates.end()) {
    return core::Error{"no Vulkan device has that name", std::string(wanted), "choose one of: " + names_of(candidates)};
  }
  return core::Error{"no Vulkan device can show the window", fmt::format("{} {}", same_name->name, why_not(*same_name)),
                     fmt::format("update its driver, or {}", kWithoutWindow)};
}

}  // namespace skyline::renderer::vulkan
