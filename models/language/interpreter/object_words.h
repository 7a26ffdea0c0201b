// Objects in words, in the person's language: "Harbour Tower (84 m)", 海港大厦（84 米）, "3 towers", 3 座塔楼.
#pragma once

#include "city/catalogue.h"
#include "editor/command_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace skyline::models {

using editor::Language;

// "tower", 塔楼; `many`: "towers".
std::string class_title(city::ObjectClass object_class, Language language, bool many = false);
// "3 towers", 3 座塔楼.
std::string counted_class(city::ObjectClass object_class, std::size_t count, Language language);
// Name, else class with number: "tower 12", 12 号塔楼. With `size`: height in metres behind it, where it has one.
std::string object_title(const city::Object& object, Language language, bool size = true);
// One to three by their titles, more by their number and common class. Ids that the catalogue does not have are new objects.
std::string objects_title(std::span<const std::int32_t> ids, const city::Catalogue& catalogue, Language language);
// "84", "7.5": at most one decimal, none when it is 0.
std::string short_number(double value);

}  // namespace skyline::models
