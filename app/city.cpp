// skyline city: verbs on cities whose every object is known. One source file a verb.
#include "app/city_verbs.h"
#include "app/verbs.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <vector>

namespace skyline::app {

Verb add_city(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("city", "make, import, photograph and render cities whose every object is known");
  command->require_subcommand(1);
  const auto verbs = std::make_shared<std::vector<Verb>>(std::vector<Verb>{
      add_city_generate(*command),
      add_city_import(*command),
      add_city_render(*command),
      add_city_survey(*command),
  });
  return {command, [verbs](const core::StopToken& stop) -> core::Result<int> {
            for (const Verb& verb : *verbs) {
              if (verb.command->parsed()) return verb.run(stop);
            }
            return kExitUsage;
          }};
}

}  // namespace skyline::app
