// A widget for one argument of a command, on its JSON value: what forms and the assistant's plans are made of.
#pragma once

#include "app/desktop/interface.h"

#include <nlohmann/json_fwd.hpp>

namespace skyline::app::desktop {

// Draws it in the width that is set for the next item; true when the value was changed. Values stay within the
// argument's range. Kinds without a widget (ids, paths) are shown as text.
bool edit_argument(Interface& ui, const editor::Argument& argument, nlohmann::json& value);
// "offset", "color": the argument's name for a label, in the person's language where it has one.
std::string argument_title(const editor::Argument& argument, editor::Language language);

}  // namespace skyline::app::desktop
