// skyline run: applies a script of commands to a scene and keeps the result as a project.
#include "app/edited_scene.h"
#include "app/verbs.h"
#include "editor/bind_commands.h"
#include "editor/project.h"
#include "editor/script.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <optional>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;
using core::Error;

struct RunOptions {
  CommonOptions common;
  std::string input, script, output, moved_scene, version;
};

// Runs commands of scripts against one document.
class Runner {
 public:
  explicit Runner(editor::Document& document) : document_(document) {
    editor::bind_edit_commands(registry_, [this] { return &document_; });
    editor::bind_selection_commands(registry_, [this] { return &document_; });
    registry_.set_state([this] { return needs_met(); });
  }

  // Errors name the line.
  core::Status run(const std::vector<editor::ScriptStep>& steps, const std::string& script) {
    for (const editor::ScriptStep& step : steps) {
      const auto* const invocation = std::get_if<editor::Invocation>(&step.action);
      const core::Status status = invocation != nullptr
                                      ? registry_.run(*invocation)
                                      : core::Status(Error{"a script without a window has commands only", "", "run it in skyline-desktop"});
      if (status) continue;
      const Error& error = status.error();
      const std::string what = error.where.empty() ? error.what : error.what + ": " + error.where;
      return Error{fmt::format("line {} of {}", step.line, script), what, error.advice};
    }
    return {};
  }

 private:
  std::uint32_t needs_met() const {
    std::uint32_t met = editor::kScene;
    if (document_.scene().catalogue->size() > 0) met |= editor::kObjects;
    if (!document_.state().selection.empty()) met |= editor::kSelection;
    return met;
  }
  editor::Document& document_;
  editor::CommandRegistry registry_;
};

core::Status check_options(const RunOptions& options) {
  if (is_project(options.input)) {
    if (!options.output.empty()) return Error{"a project is edited in place", options.input, "leave out -o, or copy the project before"};
    return {};
  }
  if (options.output.empty()) return Error{"there is no place for the result", "", "name it with -o PROJECT.skyproj"};
  if (!is_project(options.output)) return Error{"the output is not a project", options.output, "end its name in .skyproj"};
  std::error_code code;
  if (fs::exists(options.output, code)) {
    return Error{"there is such a project already", options.output,
                 fmt::format("choose another name, or go on with it: skyline run {} --script ...", options.output)};
  }
  return check_output_file(options.output);
}

core::Result<int> run(const RunOptions& options) {
  apply_log_level(options.common);
  if (auto fits = check_options(options); !fits) return fits.error();
  const auto steps = editor::load_script(options.script);
  if (!steps) return steps.error();

  std::optional<editor::Project> project;
  fs::path scene_path = options.input;
  if (is_project(options.input)) {
    auto opened = editor::Project::open(options.input);
    if (!opened) return opened.error();
    project.emplace(std::move(*opened));
    const auto place = options.moved_scene.empty() ? project->find_scene() : core::Result<fs::path>(options.moved_scene);
    if (!place) return place.error();
    scene_path = *place;
  }
  const auto scene = nerf::load_scene(scene_path);
  if (!scene) return scene.error();
  const auto hash = content_hash_of(scene_path);
  if (!hash) return hash.error();
  editor::SceneFacts facts = facts_of(*scene);
  set_lazy_ground(facts, *scene, *hash);
  const std::string script_name = fs::path(options.script).filename().string();

  // The whole script once without a file: one that fails half-way changes nothing.
  {
    editor::Document trial(facts);
    if (project) {
      if (auto loaded = project->load(trial); !loaded) return loaded.error();
    }
    if (auto done = Runner(trial).run(*steps, script_name); !done) return done.error();
  }
  if (!project) {
    auto created = editor::Project::create(options.output, {scene_path, *hash});
    if (!created) return created.error();
    project.emplace(std::move(*created));
  } else if (!options.moved_scene.empty()) {
    if (auto set = project->set_scene({scene_path, project->scene().content_hash}); !set) return set.error();
  }
  editor::Document document(facts);
  if (auto loaded = project->load(document); !loaded) return loaded.error();
  project->keep(document);
  if (auto done = Runner(document).run(*steps, script_name); !done) return done.error();
  if (!options.version.empty()) {
    if (auto named = project->name_version(options.version); !named) return named.error();
  }

  const std::string state_hash = fmt::format("{:016x}", document.hash()), log_hash = fmt::format("{:016x}", document.log_hash());
  if (options.common.json) {
    print_line(nlohmann::json{
        {"project", project->path().string()},
        {"commands", steps->size()},
        {"log", document.log_size()},
        {"changed_objects", document.state().objects.size()},
        {"state_hash", state_hash},
        {"log_hash",
         log_hash}}.dump());
  } else if (!options.common.quiet) {
    const auto counted = [](std::size_t count, const char* what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); };
    const std::size_t objects = document.state().objects.size();
    print_line(fmt::format("{}: {}, {} {} from the scene", project->path().string(), counted(steps->size(), "command"),
                           counted(objects, "object"), objects == 1 ? "differs" : "differ"));
  }
  return kExitDone;
}

}  // namespace

Verb add_run(CLI::App& program) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* const command = program.add_subcommand("run", "edit a scene by a script and keep the result as a project");
  command->add_option("scene", options->input, "the scene, or a project to go on with")->required()->type_name("CITY.sky|PROJECT.skyproj");
  command->add_option("--script", options->script, "commands, one JSON object a line")->required()->type_name("FILE.jsonl");
  command->add_option("-o,--output", options->output, "the project to make")->type_name("PROJECT.skyproj");
  command->add_option("--scene", options->moved_scene, "where the project's scene is now")->type_name("CITY.sky");
  command->add_option("--name-version", options->version, "name the result as a version of the project")->type_name("NAME");
  add_report_options(*command, options->common);
  command->footer("Example: skyline run city.sky --script edits.jsonl -o harbour.skyproj");
  return {command, [options](const core::StopToken&) { return run(*options); }};
}

}  // namespace skyline::app
