// skyline city survey: photos of a city along a flight plan, ready for skyline train.
#include "app/city_verbs.h"
#include "city/load_city.h"
#include "city/survey.h"
#include "core/parallel.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace skyline::app {
namespace {

struct CitySurveyOptions {
  CommonOptions common;
  std::string city, output;
  city::SurveySettings survey;
  city::RenderSettings light;
  core::ParameterSet survey_parameters, light_parameters;
};

core::Result<int> run(CitySurveyOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  const auto model = city::load_city(options.city);
  if (!model) return model.error();
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  const auto report = city::survey_city(*model, options.output, options.survey, options.light, *progress);
  if (!report) return report.error();
  if (options.common.json) {
    print_line(nlohmann::json{{"folder", options.output},
                              {"photos", report->photos},
                              {"held_out", report->held_out},
                              {"points", report->points},
                              {"altitude_m", report->altitude},
                              {"overlap", report->overlap},
                              {"bytes_per_pixel", report->bytes_per_pixel},
                              {"seconds", report->seconds}}
                   .dump());
  } else if (!options.common.quiet) {
    print_line(fmt::format("{}: {} photos ({} held out) from {:.0f} m with {:.0f} % overlap, {} points, {:.2f} bytes a pixel, {:.1f} s",
                           options.output, report->photos, report->held_out, report->altitude, 100 * report->overlap, report->points,
                           report->bytes_per_pixel, report->seconds));
  }
  return kExitDone;
}

}  // namespace

Verb add_city_survey(CLI::App& city) {
  const auto options = std::make_shared<CitySurveyOptions>();
  city::register_parameters(options->survey_parameters, options->survey);
  city::register_parameters(options->light_parameters, options->light);
  CLI::App* const command = city.add_subcommand("survey", "photos of a city along a drone's flight plan, with cameras and truth");
  command->add_option("city", options->city, "the city")->required()->type_name("CITY");
  command->add_option("-o,--out", options->output, "folder to write; it must not exist yet")->required()->type_name("FOLDER");
  add_pair(*command, "--size", options->survey.width, options->survey.height, "WxH", "size of the photos (default 400x300)");
  command->add_option("--threads", options->common.threads, "threads to use; 0 = all cores")->type_name("N")->check(CLI::Range(0, 4096));
  add_report_options(*command, options->common);
  add_parameters(*command, options->survey_parameters, "Flight");
  add_parameters(*command, options->light_parameters, "Light and weather");
  command->footer("Example: skyline city survey town/ --out photos/ --photos 120 --size 400x300, then skyline train photos/ -o town.sky");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
