#include "app/desktop/folders.h"

#include "core/file.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

// The folder that `variable` names, else `fallback` in the home folder; relative paths in the variable are ignored, as the specification
// asks for.
fs::path base_folder(const char* variable, const char* fallback) {
  const char* const value = std::getenv(variable);
  if (value != nullptr && fs::path(value).is_absolute()) return value;
  const char* const home = std::getenv("HOME");
  return fs::path(home != nullptr && *home != '\0' ? home : "/tmp") / fallback;
}

fs::path own_folder(const char* variable, const char* fallback) {
  fs::path folder = base_folder(variable, fallback) / "skyline";
  std::error_code code;
  fs::create_directories(folder, code);
  return folder;
}

fs::path start_mark() { return state_folder() / "starting"; }

}  // namespace

fs::path configuration_folder() { return own_folder("XDG_CONFIG_HOME", ".config"); }
fs::path cache_folder() { return own_folder("XDG_CACHE_HOME", ".cache"); }
fs::path state_folder() { return own_folder("XDG_STATE_HOME", ".local/state"); }

fs::path assets_folder() {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  if (code) return {};
  for (const char* const place : {"assets", "../assets", "../../assets", "../../../assets", "../share/skyline"}) {
    const fs::path folder = program.parent_path() / place;
    if (fs::is_regular_file(folder / "city.sky", code)) return fs::weakly_canonical(folder, code);
  }
  return {};
}

bool begin_start() {
  std::error_code code;
  const bool failed_before = fs::exists(start_mark(), code);
  // A folder that cannot be written to only costs the safe mode.
  static_cast<void>(core::write_file_atomic(start_mark(), {}));
  return failed_before;
}

void end_start() {
  std::error_code code;
  fs::remove(start_mark(), code);
}

}  // namespace skyline::app::desktop
