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
// A tag of an object in the language of the interface, where it is a known one.
std::string tag_title(std::string_view tag, editor::Language language);
std::string object_title(const city::Object& object, editor::Language language);

}  // namespace skyline::app::desktop
