// skyline commands: the command table, for people and for programs.
#include "app/verbs.h"
#include "editor/command_table.h"
#include "models/language/interpreter/operations.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace skyline::app {
namespace {

struct CommandsOptions {
  CommonOptions common;
  std::string language = "en";
  bool schema = false, grammar = false;
};

}  // namespace

Verb add_commands(CLI::App& program) {
  auto options = std::make_shared<CommandsOptions>();
  CLI::App* command = program.add_subcommand("commands", "the commands of menus, keys and scripts");
  command->footer("Example: skyline commands --json");
  add_report_options(*command, options->common);
  command->add_option("--language", options->language, "of titles and help: en | zh")
      ->type_name("WORD")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str();
  command->add_flag("--schema", options->schema, "the JSON Schema of plans (docs/plan.schema.json) instead");
  command->add_flag("--grammar", options->grammar, "the grammar of plans' steps in GBNF, for constrained decoding, instead");
  return {command, [options](const core::StopToken&) -> core::Result<int> {
            if (options->schema) {
              print_line(models::plan_schema().dump(2));
              return kExitDone;
            }
            if (options->grammar) {
              print_line(models::plan_grammar());
              return kExitDone;
            }
            const auto language = options->language == "zh" ? editor::Language::kChinese : editor::Language::kEnglish;
            print_line(options->common.json ? editor::commands_json() : editor::commands_text(language));
            return kExitDone;
          }};
}

}  // namespace skyline::app
