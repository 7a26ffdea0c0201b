// Logging to stderr (spdlog behind it). Info is what a person wants to know while waiting, warning what they should look at afterwards.
#pragma once

#include <string_view>

namespace skyline::core {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

void set_log_level(LogLevel level);
void log_debug(std::string_view message);
void log_info(std::string_view message);
void log_warning(std::string_view message);

}  // namespace skyline::core
