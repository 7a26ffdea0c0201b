// Keys pressed in the window to commands of the key map.
#pragma once

#include "app/desktop/interface.h"
#include "editor/key_map.h"

#include <imgui.h>

#include <string_view>

namespace skyline::app::desktop {

// Dear ImGui's key of a name of editor::key_names(); ImGuiKey_None where it has none.
ImGuiKey imgui_key(std::string_view name);

// Runs the commands whose keys were pressed in this frame. `in_view`: the keyboard belongs to the view, plain letters are commands.
void run_keys(Interface& ui, const editor::KeyMap& keys, bool in_view);
// The command of a chord, as if it had been pressed (scripts).
void run_chord(Interface& ui, const editor::KeyMap& keys, const editor::Chord& chord);

}  // namespace skyline::app::desktop
