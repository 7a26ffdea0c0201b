// The verbs, one source file each. Each function adds its subcommand and returns what runs it.
#pragma once

#include "app/command_line.h"

namespace skyline::app {

Verb add_city(CLI::App& program);
Verb add_objects(CLI::App& program);
Verb add_train(CLI::App& program);
Verb add_eval(CLI::App& program);
Verb add_render(CLI::App& program);
Verb add_bench(CLI::App& program);
Verb add_info(CLI::App& program);
Verb add_commands(CLI::App& program);
Verb add_doctor(CLI::App& program);

}  // namespace skyline::app
