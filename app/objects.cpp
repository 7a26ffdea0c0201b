// skyline objects: the objects of a field. list and export show them, extract finds them, score holds them against a truth.
#include "app/outlines.h"
#include "app/scene_objects.h"
#include "app/verbs.h"
#include "city/polygon.h"
#include "city/score.h"
#include "core/parallel.h"
#include "nerf/objects/extract.h"
#include "nerf/store/sky_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <memory>

namespace skyline::app {
namespace {

using nlohmann::json;

struct ExtractOptions {
  CommonOptions common;
  std::string scene, output, objects, outlines, heights;
  nerf::ExtractSettings settings;
  std::unique_ptr<core::ParameterSet> parameters;
};

std::map<std::string, int> count_classes(const city::Catalogue& catalogue) {
  std::map<std::string, int> counts;
  for (const city::Object& object : catalogue.objects()) ++counts[std::string(city::class_name(object.object_class))];
  return counts;
}

core::Result<int> extract(const ExtractOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit threads(options.common.threads);
  const std::string output = options.output.empty() ? options.scene : options.output;
  for (const std::string& path : {output, options.objects, options.outlines, options.heights}) {
    if (path.empty()) continue;
    if (auto writable = check_output_file(path); !writable) return writable.error();
  }
  const auto scene = nerf::load_scene(options.scene);
  if (!scene) return scene.error();
  const auto progress = core::make_console_progress(stop, options.common.quiet || options.common.json);
  const auto found = nerf::extract_objects(scene->field, options.settings, scene->info.mean_code, scene->info.cameras, *progress);
  if (!found) return found.error();
  if (!options.objects.empty()) {
    if (auto saved = city::save_catalogue(found->catalogue, options.objects); !saved) return saved.error();
  }
  if (!options.outlines.empty()) {
    if (auto saved = core::save_image(draw_outlines(found->map, found->catalogue), options.outlines); !saved) return saved.error();
  }
  if (!options.heights.empty()) {
    constexpr float kWhite = 40;  // metres
    if (auto saved = core::save_image(draw_heights(found->map, found->ground, kWhite), options.heights); !saved) return saved.error();
  }
  if (auto stored = nerf::amend_scene(options.scene, output, {.objects = &found->catalogue}); !stored) return stored.error();
  const auto counts = count_classes(found->catalogue);
  if (options.common.json) {
    print_line(json{{"scene", output}, {"objects", found->catalogue.size()}, {"classes", counts}}.dump());
    return kExitDone;
  }
  std::string list;
  for (const auto& [name, count] : counts) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count, name);
  print_line(fmt::format("{}: {} objects{}{}", output, found->catalogue.size(), list.empty() ? "" : ": ", list));
  return kExitDone;
}

Verb add_extract(CLI::App& objects) {
  const auto options = std::make_shared<ExtractOptions>();
  CLI::App* const command = objects.add_subcommand("extract", "find buildings, groups of trees and bridges in a field");
  command->add_option("scene", options->scene, "the scene; the objects are stored in it")->required()->type_name("CITY.sky");
  command->add_option("-o,--output", options->output, "another file for the scene with its objects")->type_name("FILE.sky");
  command->add_option("--objects", options->objects, "write the catalogue to this file, too")->type_name("FILE.json");
  command->add_option("--outlines", options->outlines, "write a picture from above with the outlines")->type_name("FILE.png");
  command->add_option("--heights", options->heights, "write heights above the ground as grey (white: 40 m)")->type_name("FILE.png");
  options->parameters = std::make_unique<core::ParameterSet>();
  nerf::register_parameters(*options->parameters, options->settings);
  add_parameters(*command, *options->parameters, "Extraction");
  add_report_options(*command, options->common);
  command->add_option("--threads", options->common.threads, "threads; 0 = all cores")->check(CLI::Range(0, 1024));
  command->footer("Example: skyline objects extract city.sky --outlines outlines.png");
  return {command, [options](const core::StopToken& stop) { return extract(*options, stop); }};
}

struct StoreOptions {
  CommonOptions common;
  std::string scene, output, objects;
  int bookmarks = 9;
};

core::Result<int> store(const StoreOptions& options, const core::StopToken&) {
  apply_log_level(options.common);
  const std::string output = options.output.empty() ? options.scene : options.output;
  if (auto writable = check_output_file(output); !writable) return writable.error();
  const auto catalogue = city::load_catalogue(options.objects);
  if (!catalogue) return catalogue.error();
  const std::vector<city::Bookmark> bookmarks = city::make_bookmarks(*catalogue, options.bookmarks);
  if (auto stored = nerf::amend_scene(options.scene, output, {.objects = &*catalogue, .bookmarks = &bookmarks}); !stored) {
    return stored.error();
  }
  print_line(options.common.json ? json{{"scene", output}, {"objects", catalogue->size()}, {"bookmarks", bookmarks.size()}}.dump()
                                 : fmt::format("{}: {} objects, {} bookmarks", output, catalogue->size(), bookmarks.size()));
  return kExitDone;
}

Verb add_store(CLI::App& objects) {
  const auto options = std::make_shared<StoreOptions>();
  CLI::App* const command =
      objects.add_subcommand("store", "put a catalogue that is known otherwise into a scene, with bookmarks of what has a name");
  command->add_option("scene", options->scene, "the scene")->required()->type_name("CITY.sky");
  command->add_option("objects", options->objects, "the catalogue, in the scene's coordinates")->required()->type_name("objects.json");
  command->add_option("-o,--output", options->output, "another file for the scene with its objects")->type_name("FILE.sky");
  command->add_option("--bookmarks", options->bookmarks, "most bookmarks to make")->capture_default_str()->check(CLI::Range(0, 100));
  add_report_options(*command, options->common);
  command->footer("Example: skyline objects store city.sky survey/objects.json");
  return {command, [options](const core::StopToken& stop) { return store(*options, stop); }};
}

struct ScoreOptions {
  CommonOptions common;
  std::string found, truth;
  std::vector<double> within;
  city::ScoreSettings settings;
};

core::Result<int> score(ScoreOptions& options, const core::StopToken&) {
  apply_log_level(options.common);
  const auto found = load_objects(options.found);
  if (!found) return found.error();
  const auto truth = load_objects(options.truth);
  if (!truth) return truth.error();
  if (options.within.size() == 4) {
    const auto& w = options.within;
    options.settings.within = {{w[0], w[1]}, {w[2], w[1]}, {w[2], w[3]}, {w[0], w[3]}};
  }
  const city::Score score = city::score_buildings(*truth, *found, options.settings);
  if (options.common.json) {
    print_line(json{{"truth", score.truth},
                    {"found", score.found},
                    {"recall", score.recall},
                    {"precision", score.precision},
                    {"mean_iou", score.mean_overlap},
                    {"median_height_error", score.median_height_error},
                    {"missed", score.missed},
                    {"invented", score.invented}}
                   .dump());
    return kExitDone;
  }
  print_line(fmt::format(
      "{} buildings above {} m, {} found: recall {:.3f}, precision {:.3f}, mean footprint IoU {:.3f}, median height error {:.2f} m",
      score.truth, options.settings.lowest, score.found, score.recall, score.precision, score.mean_overlap, score.median_height_error));
  return kExitDone;
}

Verb add_score(CLI::App& objects) {
  const auto options = std::make_shared<ScoreOptions>();
  CLI::App* const command = objects.add_subcommand("score", "hold objects that were found against the truth");
  command->add_option("found", options->found, "what was found")->required()->type_name("CITY.sky|objects.json");
  command->add_option("truth", options->truth, "the truth")->required()->type_name("objects.json");
  command->add_option("--within", options->within, "only buildings in the rectangle west,south,east,north")->delimiter(',')->expected(4);
  command->add_option("--lowest", options->settings.lowest, "height in metres above which buildings count")->capture_default_str();
  add_report_options(*command, options->common);
  command->footer("Example: skyline objects score city.sky city/objects.json");
  return {command, [options](const core::StopToken& stop) { return score(*options, stop); }};
}

struct ListOptions {
  CommonOptions common;
  std::string input, output, object_class;
};

core::Result<city::Catalogue> chosen_objects(const ListOptions& options) {
  apply_log_level(options.common);
  auto all = load_objects(options.input);
  if (!all || options.object_class.empty()) return all;
  const auto wanted = city::find_class(options.object_class);
  if (!wanted) {
    std::string known;
    for (const city::ObjectClass c : city::all_classes()) known += fmt::format("{}{}", known.empty() ? "" : ", ", city::class_name(c));
    return core::Error{"there is no such class of objects", options.object_class, "choose from " + known};
  }
  city::Catalogue chosen;
  chosen.units = all->units;
  for (const city::Object& object : all->objects()) {
    if (!city::is_a(object.object_class, *wanted)) continue;
    if (auto added = chosen.add(object); !added) return added.error();
  }
  return chosen;
}

std::string line_of(const city::Object& object) {
  const glm::dvec2 middle = city::centroid(object);
  std::string names = object.name;
  if (!object.name_zh.empty()) names += (names.empty() ? "" : " / ") + object.name_zh;
  const std::string extent =
      object.path.empty() ? fmt::format("{:7.1f} m high", object.height) : fmt::format("{:7.1f} m wide", object.width);
  return fmt::format("{:>6}  {:<10} {}  at {:8.1f}, {:8.1f}  {}", object.id, city::class_name(object.object_class), extent, middle.x,
                     middle.y, names);
}

core::Result<int> list(const ListOptions& options, const core::StopToken&) {
  const auto objects = chosen_objects(options);
  if (!objects) return objects.error();
  if (options.common.json) {
    print_line(json::parse(city::write_catalogue(*objects)).dump());
    return kExitDone;
  }
  for (const city::Object& object : objects->objects()) print_line(line_of(object));
  return kExitDone;
}

core::Result<int> write_objects(const ListOptions& options, const core::StopToken&) {
  if (auto writable = check_output_file(options.output); !writable) return writable.error();
  const auto objects = chosen_objects(options);
  if (!objects) return objects.error();
  if (auto saved = city::save_catalogue(*objects, options.output); !saved) return saved.error();
  print_line(options.common.json ? json{{"file", options.output}, {"objects", objects->size()}}.dump()
                                 : fmt::format("{}: {} objects", options.output, objects->size()));
  return kExitDone;
}

Verb add_list(CLI::App& objects, bool to_file) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* const command = to_file ? objects.add_subcommand("export", "write the objects of a scene as objects.json")
                                    : objects.add_subcommand("list", "the objects of a scene, one a line");
  command->add_option("scene", options->input, "the scene, or a catalogue")->required()->type_name("CITY.sky|objects.json");
  if (to_file) command->add_option("-o,--output", options->output, "the file")->required()->type_name("objects.json");
  command->add_option("--class", options->object_class, "only objects of this class and its kinds (building, tower, tree ...)")
      ->type_name("CLASS");
  add_report_options(*command, options->common);
  command->footer(to_file ? "Example: skyline objects export city.sky -o objects.json"
                          : "Example: skyline objects list city.sky --class building");
  if (to_file) return {command, [options](const core::StopToken& stop) { return write_objects(*options, stop); }};
  return {command, [options](const core::StopToken& stop) { return list(*options, stop); }};
}

}  // namespace

Verb add_objects(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("objects", "the objects of a field: list them, find them, score them");
  return group_of(*command,
                  {add_list(*command, false), add_list(*command, true), add_extract(*command), add_store(*command), add_score(*command)});
}

}  // namespace skyline::app
