// Where the program's own files lie, and the mark by which a start that failed is known at the next one (core/folders.h has the user's
// folders).
#pragma once

#include <filesystem>

namespace skyline::app::desktop {

// The program's own folder with the bundled scenes: `assets` beside the program or above it; empty where there is none.
std::filesystem::path assets_folder();

// Safe mode: `begin_start` returns true when the former start never reached `end_start` (it crashed or was killed while starting): then
// layout, device and scale are left at their defaults.
bool begin_start();
void end_start();  // also of a start that ended by an Error: that is no crash

}  // namespace skyline::app::desktop
