#include "editor/recorder.h"

#include <algorithm>
#include <string>
#include <system_error>

namespace skyline::editor {
namespace {

constexpr std::uintmax_t kLargestFile = 4 << 20;

core::Error write_error(const std::filesystem::path& path) {
  return {"cannot record commands", path.string(), "check that its folder can be written to and the disk has space"};
}

}  // namespace

core::Result<Recorder> Recorder::open(const std::filesystem::path& path) {
  std::error_code code;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), code);
  if (const auto bytes = std::filesystem::file_size(path, code); !code && bytes > kLargestFile) {
    std::filesystem::path old = path;
    old += ".old";
    std::filesystem::rename(path, old, code);
  }
  Recorder recorder;
  recorder.path_ = path;
  recorder.file_.reset(std::fopen(path.c_str(), "ab"));
  if (!recorder.file_) return write_error(path);
  return recorder;
}

core::Status Recorder::record(const Invocation& invocation, const core::Status& status) {
  std::string line = invocation.to_json();
  if (!status) {
    std::string message = status.error().message();
    std::replace(message.begin(), message.end(), '\n', ' ');
    line = "# " + line + " failed: " + message;
  }
  line += '\n';
  const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() && std::fflush(file_.get()) == 0;
  if (!written) return write_error(path_);
  return {};
}

}  // namespace skyline::editor
