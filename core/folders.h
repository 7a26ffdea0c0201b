// The user's folders by the XDG base directory specification (freedesktop.org, version 0.8).
#pragma once

#include <filesystem>

namespace skyline::core {

// Each is made when it is not there. Where neither the variable nor HOME names a place it is in the folder for temporary files.
std::filesystem::path configuration_folder();  // what a person set: preferences, layouts
std::filesystem::path state_folder();          // what the program keeps between runs: log, projects without a name
std::filesystem::path cache_folder();          // what can be worked out again

}  // namespace skyline::core
