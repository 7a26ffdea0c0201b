#include "core/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <exception>
#include <memory>

namespace skyline::core {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

// Never destroyed: static objects may still log while the program ends.
spdlog::logger& logger() {
  static spdlog::logger* const instance = [] {
    auto* created = new spdlog::logger("skyline", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    // On a terminal a progress line may stand on the current row: clear it first, the next report draws it again below.
    created->set_pattern(isatty(STDERR_FILENO) != 0 ? "\r\033[K[%H:%M:%S] %l: %v" : "[%H:%M:%S] %l: %v");
    created->set_level(spdlog::level::info);
    return created;
  }();
  return *instance;
}

void write(spdlog::level::level_enum level, std::string_view message) {
  // A message that cannot be written must not end the work it tells about.
  try {
    logger().log(level, spdlog::string_view_t(message.data(), message.size()));
  } catch (const std::exception&) {
  }
}

}  // namespace

void set_log_level(LogLevel level) { logger().set_level(to_spdlog(level)); }
void log_debug(std::string_view message) { write(spdlog::level::debug, message); }
void log_info(std::string_view message) { write(spdlog::level::info, message); }
void log_warning(std::string_view message) { write(spdlog::level::warn, message); }

}  // namespace skyline::core
