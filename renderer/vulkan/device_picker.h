// Which of the machine's Vulkan devices draws the window, and why. No Vulkan in here: it decides over what was read of the devices.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::renderer::vulkan {

enum class DeviceKind { kDiscrete, kIntegrated, kVirtual, kSoftware, kOther };

std::string_view kind_name(DeviceKind kind);

struct DeviceCandidate {
  std::string name, driver;
  DeviceKind kind = DeviceKind::kOther;
  std::uint64_t memory_bytes = 0;                  // the largest device-local heap
  std::optional<std::uint32_t> queue_family = {};  // draws and presents; none where the device cannot show a window
  std::string missing;                             // what the window needs and the device lacks, "Vulkan 1.3"; empty: nothing
};

struct DeviceChoice {
  std::size_t index = 0;  // among the candidates
  std::string reason;     // one sentence, naming those that were passed over
};

// The device whose name holds `wanted` (any case), else the best one: discrete before integrated before virtual before software, more
// memory first. Errors: no device, none that can show the window, none of that name.
core::Result<DeviceChoice> pick_device(const std::vector<DeviceCandidate>& candidates, std::string_view wanted);

}  // namespace skyline::renderer::vulkan
