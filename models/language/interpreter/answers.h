// What is said about objects: names, measures, descriptions, places. Only what the scene holds; names are text and nothing else.
#pragma once

#include "city/catalogue.h"
#include "editor/command_table.h"
#include "models/language/interpreter/situation.h"

#include <string>
#include <vector>

namespace skyline::models {

// "tower", "塔楼"; `many`: "towers".
std::string class_word(city::ObjectClass object_class, editor::Language language, bool many = false);
// "Harbour Tower"; "tower 12" without a name.
std::string object_words(const city::Object& object, editor::Language language);
// "Harbour Tower (84 m)": how a choice is labelled. Flat things by their area.
std::string object_label(const city::Object& object, const Measured& measured, editor::Language language);
// "84 m", "2.5 m", "1.2 km"; "400 m²".
std::string metres_words(double metres, editor::Language language);
std::string area_words(double square_metres, editor::Language language);

// One or two sentences: class, size, colours, material, what is beside it.
std::string describe_object(const SceneView& scene, const city::Object& object, editor::Language language);
// Where it stands: compass place in the scene and the nearest things that have names; seen from the camera when there is one.
std::string where_words(const Situation& situation, const city::Object& object, editor::Language language);

}  // namespace skyline::models
