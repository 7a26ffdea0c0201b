// skyline caption: what is in a view, or what an object is, in sentences with their evidence.
#include "models/caption/caption.h"

#include "app/edited_scene.h"
#include "app/verbs.h"
#include "app/view_pixels.h"
#include "app/views.h"
#include "city/load_city.h"
#include "core/parallel.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;
using models::CaptionScene;
using models::ViewPixels;
using nlohmann::json;

struct CaptionOptions {
  CommonOptions common;
  std::string scene, moved_scene, language = "en";
  ViewChoice view;
  std::optional<int> object;
};

// What a caption is made from, whether it is a field or the city itself.
struct Source {
  std::shared_ptr<const models::SceneView> city;
  std::vector<core::Camera> views;
  models::Conditions conditions;
  std::function<core::Result<ViewPixels>(const core::Camera&, core::Progress&)> look;
  std::function<std::optional<double>(glm::dvec2)> ground;
};

// A scene with or without a project.
core::Result<Source> open_field(const CaptionOptions& options, core::Progress& progress) {
  auto loaded = load_edited_scene(options.scene, options.moved_scene, progress);
  if (!loaded) return loaded.error();
  const auto edited = std::make_shared<const EditedScene>(std::move(*loaded));
  auto views = choose_views(options.view, edited->scene);
  if (!views) return views.error();
  Source source;
  source.city = std::make_shared<const models::SceneView>(models::scene_view_of(edited->state, facts_of(edited->scene)));
  source.views = std::move(*views);
  source.conditions = models::conditions_of(edited->state);
  source.look = [edited, city = source.city, backend = options.common.backend](const core::Camera& camera, core::Progress& watch) {
    return field_pixels(*edited, *city, camera, backend, watch);
  };
  source.ground = [](glm::dvec2) { return std::nullopt; };
  return source;
}

// A city itself: its own surfaces tell what is seen.
core::Result<Source> open_city(const CaptionOptions& options) {
  auto loaded = city::load_city(options.scene);
  if (!loaded) return loaded.error();
  const auto model = std::make_shared<const city::CityModel>(std::move(*loaded));
  nerf::Scene scene;  // that has no field, only views
  scene.info.name = options.scene;
  scene.info.home = home_view(*model, kCaptionWidth, kCaptionWidth * 9 / 16);
  scene.info.bookmarks = city::make_bookmarks(model->catalogue, 9);
  auto views = choose_views(options.view, scene);
  if (!views) return views.error();
  auto tracer = city::CityTracer::build(*model, {}, city::Season::kSummer);
  if (!tracer) return tracer.error();
  Source source;
  source.city = std::make_shared<const models::SceneView>(model->catalogue);
  source.views = std::move(*views);
  source.look = [model, tracer = std::make_shared<const city::CityTracer>(std::move(*tracer))](
                    const core::Camera& camera, core::Progress&) { return core::Result<ViewPixels>(traced_pixels(*tracer, camera)); };
  source.ground = [model](glm::dvec2 place) { return std::optional<double>(model->terrain.height(place)); };
  return source;
}

bool is_field(const fs::path& path) { return is_project(path) || path.extension() == ".sky"; }

core::Status check_object(const CaptionOptions& options, const models::SceneView& city) {
  if (!options.object || city.catalogue().find(*options.object) != nullptr) return {};
  const std::string where = fmt::format("{} in {}", *options.object, options.scene);
  const auto& objects = city.catalogue().objects();
  if (objects.empty())
    return core::Error{"there is no such object", where, "no objects are known there; find them with: skyline objects extract"};
  const auto [low, high] = std::minmax_element(objects.begin(), objects.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return core::Error{"there is no such object", where,
                     fmt::format("its {} objects have ids from {} to {}", objects.size(), low->id, high->id)};
}

std::vector<editor::Language> languages_of(const std::string& word) {
  if (word == "both") return {editor::Language::kEnglish, editor::Language::kChinese};
  return {word == "zh" ? editor::Language::kChinese : editor::Language::kEnglish};
}

core::Result<std::vector<models::Caption>> caption(const CaptionOptions& options, const Source& source, const core::Camera& camera,
                                                   bool view_wanted, core::Progress& progress) {
  const CaptionScene scene{*source.city, source.ground(glm::dvec2(camera.position)), source.conditions};
  std::optional<ViewPixels> pixels;
  if (view_wanted) {
    auto seen = source.look(camera, progress);
    if (!seen) return seen.error();
    pixels = std::move(*seen);
  }
  std::vector<models::Caption> captions;
  if (options.object) {
    const auto facts = models::make_object_sheet(scene, *options.object, pixels ? &*pixels : nullptr);
    for (const editor::Language language : languages_of(options.language)) captions.push_back(models::caption_of_object(*facts, language));
  } else {
    const models::FactSheet facts = models::make_fact_sheet(scene, *pixels);
    for (const editor::Language language : languages_of(options.language)) captions.push_back(models::caption_of_view(facts, language));
  }
  return captions;
}

// What the sentences cannot say, and the way out.
std::string note_of(const CaptionOptions& options, const Source& source) {
  if (source.city->catalogue().size() > 0) return {};
  return fmt::format("no objects are known in this scene; find them with: skyline objects extract {}", options.scene);
}

json json_of(const std::vector<models::Caption>& captions) {
  json list = json::array();
  for (const models::Caption& one : captions) list.push_back(models::to_json(one));
  return list;
}

core::Result<int> run(const CaptionOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_backend(options.common.backend); !status) return status.error();
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet || options.common.json);
  const auto source = is_field(options.scene) ? open_field(options, *progress) : open_city(options);
  if (!source) return source.error();
  if (auto known = check_object(options, *source->city); !known) return known.error();

  const ViewChoice& view = options.view;
  const bool named =
      !view.camera.empty() || !view.camera_json.empty() || !view.photo.empty() || !view.bookmark.empty() || !view.path.empty();
  json views = json::array();
  for (const core::Camera& camera : source->views) {
    const auto captions = caption(options, *source, camera, named || !options.object, *progress);
    if (!captions) return captions.error();
    if (options.common.json) {
      views.push_back({{"view", camera.name}, {"captions", json_of(*captions)}});
      continue;
    }
    for (const models::Caption& one : *captions) print_line(one.text);
  }
  const std::string note = note_of(options, *source);
  if (!options.common.json) {
    if (!note.empty() && !options.common.quiet) print_line("(" + note + ")");
    return kExitDone;
  }
  json report{{"scene", options.scene}};
  if (options.object) report["object"] = *options.object;
  if (!note.empty()) report["note"] = note;
  if (view.path.empty()) {
    report["captions"] = views.front()["captions"];
  } else {
    report["views"] = std::move(views);
  }
  print_line(report.dump(-1, ' ', false, json::error_handler_t::replace));
  return kExitDone;
}

}  // namespace

Verb add_caption(CLI::App& program) {
  const auto options = std::make_shared<CaptionOptions>();
  CLI::App* const command = program.add_subcommand("caption", "say what is in a view, or what an object is (default: the home view)");
  command->add_option("scene", options->scene, "the scene, a project with its edits, or a city")
      ->required()
      ->type_name("CITY.sky|PROJECT.skyproj|CITY");
  command->add_option("--scene", options->moved_scene, "where the project's scene is now")->type_name("CITY.sky");
  add_view_choice(*command, options->view);
  command->add_option("--object", options->object, "describe this object; with a view also where it is seen there")->type_name("ID");
  command->add_option("--language", options->language, "en | zh | both")
      ->type_name("WORD")
      ->check(CLI::IsMember({"en", "zh", "both"}))
      ->capture_default_str();
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  command->footer("Example: skyline caption city.sky --camera 0,-300,200,0,-35 --language both");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
