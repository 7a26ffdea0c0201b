// What the Vulkan loader of this machine finds, asked without linking it: the program starts where there is none.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace skyline::app {

struct VulkanDevice {
  std::string name;
  std::string kind;  // "discrete", "integrated", "virtual", "software", "other"
  std::uint32_t major = 0, minor = 0;
  bool draws_window() const { return major > 1 || (major == 1 && minor >= 3); }
};

// Errors: no loader, no driver.
core::Result<std::vector<VulkanDevice>> probe_vulkan();

}  // namespace skyline::app
