// skyline city import: city models of other programs as a folder of city.glb and objects.json.
#include "app/city_verbs.h"
#include "city/load_city.h"
#include "core/parallel.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>

namespace skyline::app {
namespace {

struct ImportOptions {
  CommonOptions common;
  std::string file, out, name, credit;
};

core::Result<int> run_import(const ImportOptions& options) {
  apply_log_level(options.common);
  const core::ThreadLimit threads(options.common.threads);
  const auto start = std::chrono::steady_clock::now();
  auto model = city::load_city(options.file);
  if (!model) return model.error();
  if (!options.name.empty()) model->name = options.name;
  if (!options.credit.empty()) model->credit = options.credit;
  if (const core::Status saved = city::save_city(*model, options.out); !saved) return saved.error();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::size_t triangles = 0;
  for (const city::Placement& placement : model->placements) triangles += model->meshes[placement.mesh].indices.size() / 3;
  if (options.common.json) {
    print_line(nlohmann::json{
        {"file", options.file},
        {"out", options.out},
        {"objects", model->catalogue.size()},
        {"triangles", triangles},
        {"materials", model->materials.size()},
        {"low", {model->low.x, model->low.y, model->low.z}},
        {"high", {model->high.x, model->high.y, model->high.z}},
        {"seconds",
         seconds}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else if (!options.common.quiet) {
    const glm::dvec3 size = model->high - model->low;
    print_line(fmt::format("{}: {} objects, {} triangles, {:.0f} x {:.0f} m, {:.0f} m high, in {:.2f} s", options.out,
                           model->catalogue.size(), triangles, size.x, size.y, size.z, seconds));
  }
  return kExitDone;
}

}  // namespace

Verb add_city_import(CLI::App& city) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* const command = city.add_subcommand("import", "take over a city model: glTF, OBJ (LoD2) or CityJSON");
  command->add_option("file", options->file, "the model")->required()->type_name("FILE");
  command->add_option("-o,--out", options->out, "folder for city.glb and objects.json")->required()->type_name("DIR");
  command->add_option("--name", options->name, "name of the city instead of the file's")->type_name("TEXT");
  command->add_option("--credit", options->credit, "who made the data and under which licence")->type_name("TEXT");
  command->add_option("--threads", options->common.threads, "worker threads; 0: all cores")->check(CLI::Range(0, 4096))->type_name("N");
  add_report_options(*command, options->common);
  command->footer("Example: skyline city import linz_center.obj -o linz --credit \"Data: Stadt Linz, CC BY 4.0\"");
  return {command, [options](const core::StopToken&) { return run_import(*options); }};
}

}  // namespace skyline::app
