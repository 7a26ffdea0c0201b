#include "core/folders.h"

#include <cstdlib>
#include <system_error>

namespace skyline::core {
namespace {

namespace fs = std::filesystem;

// `skyline` in the folder that `variable` names, else in `fallback` of the home folder; relative paths in the variable are ignored, as the
// specification asks for.
fs::path own_folder(const char* variable, const char* fallback) {
  const char* const named = std::getenv(variable);
  const char* const home = std::getenv("HOME");
  const bool has_home = home != nullptr && *home != '\0';
  const bool is_named = named != nullptr && fs::path(named).is_absolute();
  const fs::path base = is_named ? fs::path(named) : (has_home ? fs::path(home) : fs::path("/tmp")) / fallback;
  std::error_code code;
  fs::create_directories(base / "skyline", code);
  return base / "skyline";
}

}  // namespace

fs::path configuration_folder() { return own_folder("XDG_CONFIG_HOME", ".config"); }
fs::path state_folder() { return own_folder("XDG_STATE_HOME", ".local/state"); }
fs::path cache_folder() { return own_folder("XDG_CACHE_HOME", ".cache"); }

}  // namespace skyline::core
