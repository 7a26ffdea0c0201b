// Names of things of a city in both languages, for panels.
#pragma once

#include "city/catalogue.h"
#include "editor/command_table.h"

#include <string>
#include <string_view>

namespace skyline::app::desktop {

std::string class_title(city::ObjectClass object_class, editor::Language language);
std::string_view class_icon(city::ObjectClass object_class);
// The object's name; its class and number where it has none.
std::string object_title(const city::Object& object, editor::Language language);

}  // namespace skyline::app::desktop
