// The menu bar: menus from the command table, tabs of the workspaces.
#pragma once

#include "app/desktop/interface.h"

namespace skyline::app::desktop {

// Returns its height in pixels.
float draw_menu_bar(Interface& ui);

// The entries of one submenu of choices: "Theme > Dark, Light". True when one was taken.
bool draw_choices(Interface& ui, const editor::Command& command);

}  // namespace skyline::app::desktop
