// What a person set once: language, theme, scale, keys, recent scenes. One JSON file in the user's configuration folder, written beside and
// renamed. A file that cannot be read is kept aside and replaced by the defaults, with a message.
#pragma once

#include "core/parameters.h"
#include "core/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace skyline::app::desktop {

struct Preferences {
  std::string language = "en";    // en | zh
  std::string theme = "dark";     // dark | light
  double scale = 0;               // of the interface, 1 to 3; 0: the monitor's
  std::string controls = "game";  // game | blender: which button orbits
  double look_speed = 1, fly_speed = 1;
  bool invert_pitch = false;
  double frame_budget_ms = 40;  // of a moving picture
  int smoothing_samples = 4;
  std::string device;                       // wanted Vulkan device; empty: the best
  double training_share = 0.6;              // of the processor while a view is open
  bool hints = true;                        // the three lines for newcomers
  std::map<std::string, std::string> keys;  // command id -> key, where it differs from the table
  std::vector<std::string> recent;          // scenes, newest first, at most 12
};

void register_parameters(core::ParameterSet& set, Preferences& preferences);

// Folders by the XDG base directory specification: configuration (preferences, layouts, recent), state (log, start marker).
std::filesystem::path configuration_folder();
std::filesystem::path state_folder();

// `notice` receives a sentence for the person when the file was broken and defaults are used.
Preferences load_preferences(const std::filesystem::path& file, std::string& notice);
core::Status save_preferences(const Preferences& preferences, const std::filesystem::path& file);

// Safe mode: `begin_start` returns true when the former start never reached `end_start` (it crashed or was killed while starting): then
// layout, device and scale are left at their defaults.
bool begin_start();
void end_start();

}  // namespace skyline::app::desktop
