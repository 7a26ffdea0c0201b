// The verbs below `skyline city`.
#pragma once

#include "app/command_line.h"

namespace skyline::app {

Verb add_city_generate(CLI::App& city);
Verb add_city_import(CLI::App& city);
Verb add_city_render(CLI::App& city);
Verb add_city_survey(CLI::App& city);

}  // namespace skyline::app
