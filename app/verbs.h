// The verbs, one source file each. Each function adds its subcommand and returns what runs it.
#pragma once

#include "app/command_line.h"

namespace skyline::app {

Verb add_city(CLI::App& program);
Verb add_objects(CLI::App& program);
Verb add_train(CLI::App& program);
Verb add_eval(CLI::App& program);
Verb add_render(CLI::App& program);
Verb add_caption(CLI::App& program);
Verb add_run(CLI::App& program);
Verb add_bench(CLI::App& program);
Verb add_plan(CLI::App& program);
Verb add_info(CLI::App& program);
Verb add_commands(CLI::App& program);
Verb add_doctor(CLI::App& program);
// `arguments`: those after the verb, handed on to the window's program.
Verb add_view(CLI::App& program, std::vector<std::string> arguments);

// A display is there and this build has a window.
bool window_possible();
// Becomes the window's program. Errors: no display, no Vulkan, no such program; they name the way without a window.
core::Result<int> open_window(const std::vector<std::string>& arguments);

}  // namespace skyline::app
