#include "app/desktop/message_log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <system_error>
#include <utility>

namespace skyline::app::desktop {
namespace {

constexpr std::size_t kKeptMessages = 2000;
constexpr std::uintmax_t kLargestFile = std::uintmax_t{1} << 20;

const char* level_word(Message::Level level) {
  switch (level) {
    case Message::Level::kInfo:
      return "info";
    case Message::Level::kWarning:
      return "warning";
    case Message::Level::kError:
      return "error";
  }
  return "info";
}

}  // namespace

void MessageLog::open(const std::filesystem::path& file) {
  file_ = file;
  if (file.empty()) return;
  std::error_code code;
  if (std::filesystem::file_size(file, code) > kLargestFile && !code) {
    std::filesystem::path old = file;
    old += ".old";
    std::filesystem::rename(file, old, code);
  }
  stream_.open(file, std::ios::app);
}

void MessageLog::add(Message message) {
  if (stream_) {
    std::string line = message.text;
    std::replace(line.begin(), line.end(), '\n', ' ');
    stream_ << fmt::format("{:%Y-%m-%d %H:%M:%S} {}: {}\n", fmt::localtime(std::time(nullptr)), level_word(message.level), line)
            << std::flush;
  }
  if (message.level == Message::Level::kError) ++errors_;
  if (message.dialog) dialogs_.push_back(message);
  messages_.push_back(std::move(message));
  if (messages_.size() > kKeptMessages) messages_.pop_front();
}

void MessageLog::dismiss_dialog() {
  if (!dialogs_.empty()) dialogs_.pop_front();
}

}  // namespace skyline::app::desktop
