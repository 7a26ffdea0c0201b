// The rows of the command table by menu, one source file a menu. Private to the table.
#pragma once

#include "editor/command_table.h"

#include <span>

namespace skyline::editor {

std::span<const Command> file_commands();
std::span<const Command> object_commands();  // first in the Edit menu
std::span<const Command> effect_commands();  // last in the Edit menu
std::span<const Command> insert_commands();  // of the Edit menu
std::span<const Command> tool_commands();    // of the Edit and Select menus
std::span<const Command> assistant_commands();
std::span<const Command> edit_commands();
std::span<const Command> select_commands();
std::span<const Command> select_by_commands();
std::span<const Command> view_commands();
std::span<const Command> caption_commands();  // also in the View menu
std::span<const Command> camera_commands();  // also in the View menu
std::span<const Command> scene_commands();
std::span<const Command> train_commands();
std::span<const Command> render_commands();
std::span<const Command> window_commands();
std::span<const Command> help_commands();

// Pictures larger than this take more memory than a laptop has.
inline constexpr double kLargestPicture = 16384;  // pixels a side

}  // namespace skyline::editor
