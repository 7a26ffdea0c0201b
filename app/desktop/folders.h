// Where the program keeps what belongs to a person, by the XDG base directory specification
// (https://specifications.freedesktop.org/basedir-spec/latest/), and the mark by which a start that failed is known at the next one.
#pragma once

#include <filesystem>

namespace skyline::app::desktop {

std::filesystem::path configuration_folder();  // preferences, layouts
std::filesystem::path state_folder();          // log, start mark, projects without a name
std::filesystem::path cache_folder();          // what can be worked out again
// The program's own folder with the bundled scenes: `assets` beside the program or above it; empty where there is none.
std::filesystem::path assets_folder();

// Safe mode: `begin_start` returns true when the former start never reached `end_start` (it crashed or was killed while starting): then
// layout, device and scale are left at their defaults.
bool begin_start();
void end_start();

}  // namespace skyline::app::desktop
