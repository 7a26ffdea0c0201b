// skyline city generate: a procedural quarter as a folder of city.glb and objects.json.
#include "app/city_verbs.h"
#include "city/generate/generate.h"
#include "city/load_city.h"
#include "core/parallel.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <map>
#include <memory>

namespace skyline::app {
namespace {

struct GenerateOptions {
  CommonOptions common;
  city::GenerateSettings settings;
  core::ParameterSet parameters;
  std::string out;
};

// A city may replace a city, nothing else.
core::Status check_folder(const std::filesystem::path& out) {
  std::error_code code;
  if (!std::filesystem::exists(out, code)) return {};
  if (!std::filesystem::is_directory(out, code))
    return core::Error{"the city cannot be written", out.string(), "it is a file, name a folder"};
  if (std::filesystem::is_empty(out, code) || std::filesystem::exists(out / "objects.json", code)) return {};
  return core::Error{"the city cannot be written", out.string(), "the folder holds other things, name a new one"};
}

core::Result<int> run_generate(const GenerateOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit threads(options.common.threads);
  if (const core::Status free = check_folder(options.out); !free) return free.error();
  const auto start = std::chrono::steady_clock::now();
  const auto progress = core::make_console_progress(stop, options.common.quiet);
  const auto model = city::generate_city(options.settings, *progress);
  if (!model) return model.error();
  const double making = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (const core::Status saved = city::save_city(*model, options.out); !saved) return saved.error();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::map<std::string, std::size_t> classes;
  for (const city::Object& object : model->catalogue.objects()) ++classes[std::string(city::class_name(object.object_class))];
  std::size_t shown = 0, stored = 0;
  for (const city::Placement& placement : model->placements) shown += model->meshes[placement.mesh].indices.size() / 3;
  for (const city::Mesh& mesh : model->meshes) stored += mesh.indices.size() / 3;
  if (options.common.json) {
    print_line(nlohmann::json{
        {"out", options.out},
        {"name", model->name},
        {"objects", model->catalogue.size()},
        {"classes", classes},
        {"placements", model->placements.size()},
        {"triangles", stored},
        {"triangles_shown", shown},
        {"materials", model->materials.size()},
        {"seconds_making", making},
        {"seconds",
         seconds}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else if (!options.common.quiet) {
    print_line(fmt::format("{}: {}, {} objects, {} triangles ({} with all copies), in {:.2f} s", options.out, model->name,
                           model->catalogue.size(), stored, shown, seconds));
    std::string list;
    for (const auto& [name, count] : classes) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count, name);
    print_line(list);
  }
  return kExitDone;
}

}  // namespace

Verb add_city_generate(CLI::App& city) {
  const auto options = std::make_shared<GenerateOptions>();
  CLI::App* const command = city.add_subcommand("generate", "make a quarter whose every object is known");
  command->add_option("-o,--out", options->out, "folder for city.glb and objects.json")->required()->type_name("DIR");
  city::register_parameters(options->parameters, options->settings);
  add_parameters(*command, options->parameters, "City");
  command->add_option("--threads", options->common.threads, "worker threads; 0: all cores")->check(CLI::Range(0, 4096))->type_name("N");
  add_report_options(*command, options->common);
  command->footer("Example: skyline city generate --seed 7 --size 400 --out quarter");
  return {command, [options](const core::StopToken& stop) { return run_generate(*options, stop); }};
}

}  // namespace skyline::app
