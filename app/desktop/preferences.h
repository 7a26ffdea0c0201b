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

inline constexpr std::size_t kRecentScenes = 12;

struct Preferences {
  std::string language = "en";    // en | zh
  std::string theme = "dark";     // dark | light
  double scale = 0;               // of the interface, 1 to 3; 0: the monitor's
  std::string controls = "game";  // game | blender: which button orbits
  double look_speed = 1, fly_speed = 1;
  bool invert_pitch = false;
  double frame_budget_ms = 33;  // of a moving picture
  int smoothing_samples = 4;
  std::string device;                       // wanted Vulkan device; empty: the best
  double training_share = 0.6;              // of the processor while a view is open
  bool hints = true;                        // the three lines for newcomers
  std::map<std::string, std::string> keys;  // command id -> key, where it differs from the table
  std::vector<std::string> recent;          // scenes, newest first, at most kRecentScenes
};

// Scalars only: `keys` and `recent` have their own entries in the file. `title_zh` etc. are in preference_titles.
void register_parameters(core::ParameterSet& set, Preferences& preferences);

// Title and help of a preference in the person's language, for the window that is made from the registry.
struct PreferenceText {
  const char* name;
  const char* title_en;
  const char* title_zh;
  const char* help_zh;  // the English help is the parameter's
};
const PreferenceText* find_preference_text(std::string_view name);

void add_recent(Preferences& preferences, const std::filesystem::path& scene);

// `notice` receives a sentence for the person when the file was broken and defaults are used.
Preferences load_preferences(const std::filesystem::path& file, std::string& notice);
core::Status save_preferences(const Preferences& preferences, const std::filesystem::path& file);

}  // namespace skyline::app::desktop
