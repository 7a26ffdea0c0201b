#include "app/desktop/folders.h"

#include "core/file.h"
#include "core/folders.h"

#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

fs::path start_mark() { return core::state_folder() / "starting"; }

}  // namespace

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
