// skyline city: verbs on cities whose every object is known. One source file a verb.
#include "app/city_verbs.h"
#include "app/verbs.h"

#include <CLI/CLI.hpp>

namespace skyline::app {

Verb add_city(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("city", "make, import, photograph and render cities whose every object is known");
  return group_of(*command, {
                                add_city_generate(*command),
                                add_city_import(*command),
                                add_city_render(*command),
                                add_city_survey(*command),
                            });
}

}  // namespace skyline::app
