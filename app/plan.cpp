// skyline plan: what a sentence would do to a city, as one JSON object; many sentences from a file.
#include "app/verbs.h"
#include "city/catalogue.h"
#include "models/language/interpreter/interpreter.h"
#include "models/language/interpreter/operations.h"
#include "nerf/store/sky_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>

namespace skyline::app {
namespace {

using nlohmann::json;

struct PlanOptions {
  CommonOptions common;
  std::string scene, objects, text, batch;
  std::vector<double> camera, pointer;
  std::vector<std::int32_t> selection;
  std::vector<std::string> history;
};

core::Result<city::Catalogue> load_objects(const std::string& path) {
  if (!path.ends_with(".sky")) return city::load_catalogue(path);
  const auto reader = nerf::SkyReader::open(path);
  if (!reader) return reader.error();
  if (!reader->has_meta("objects")) return core::Error{"the scene has no objects", path, "find them with: skyline objects extract " + path};
  const auto text = reader->meta("objects");
  if (!text) return text.error();
  return city::parse_catalogue(*text, path);
}

std::optional<models::Viewpoint> viewpoint(const std::vector<double>& numbers) {
  if (numbers.size() != 5) return std::nullopt;
  return models::Viewpoint{{numbers[0], numbers[1], numbers[2]}, numbers[3], numbers[4]};
}

// The situation after the earlier sentences, each taken as applied.
void take_history(models::Situation& situation, const models::Interpreter& engine, const std::vector<std::string>& history) {
  for (const std::string& sentence : history) {
    const models::Interpretation answer = engine.interpret(sentence, situation);
    situation.take(sentence, answer.reading, answer.plan);
  }
}

// One line of a batch; errors are one sentence.
struct Line {
  json id;
  std::string text;
  std::vector<double> camera, pointer;
  std::vector<std::int32_t> selection;
  std::vector<std::string> history;
};

core::Status read_numbers(const json& line, const char* key, std::size_t count, std::vector<double>& numbers) {
  if (!line.contains(key) || line[key].is_null()) return {};
  const json& list = line[key];
  if (!list.is_array() || list.size() != count || !std::all_of(list.begin(), list.end(), [](const json& n) { return n.is_number(); })) {
    return core::Error{"cannot read the line", fmt::format("\"{}\" must be {} numbers", key, count)};
  }
  numbers = list.get<std::vector<double>>();
  return {};
}

core::Status read_line(const std::string& text, Line& line) {
  const json object = json::parse(text, nullptr, false);
  if (object.is_discarded() || !object.is_object()) return core::Error{"cannot read the line", "it is not a JSON object"};
  if (object.contains("id")) line.id = object["id"];
  if (!object.contains("text") || !object["text"].is_string()) return core::Error{"cannot read the line", "\"text\" must be a sentence"};
  line.text = object["text"].get<std::string>();
  if (auto status = read_numbers(object, "camera", 5, line.camera); !status) return status;
  if (auto status = read_numbers(object, "pointer", 2, line.pointer); !status) return status;
  if (object.contains("selection") && !object["selection"].is_null()) {
    const json& list = object["selection"];
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), [](const json& n) { return n.is_number_integer(); })) {
      return core::Error{"cannot read the line", "\"selection\" must be numbers of objects"};
    }
    line.selection = list.get<std::vector<std::int32_t>>();
  }
  if (object.contains("history") && !object["history"].is_null()) {
    const json& list = object["history"];
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), [](const json& n) { return n.is_string(); })) {
      return core::Error{"cannot read the line", "\"history\" must be sentences"};
    }
    line.history = list.get<std::vector<std::string>>();
  }
  return {};
}

models::Plan refused(const std::string& reason) {
  models::Plan plan;
  plan.reason = reason;
  return plan;
}

class Planner {
 public:
  Planner(std::shared_ptr<const models::SceneView> scene, std::unique_ptr<models::Interpreter> engine)
      : scene_(std::move(scene)), engine_(std::move(engine)) {}

  models::Plan plan(const Line& line) const {
    for (const std::int32_t id : line.selection) {
      if (scene_->catalogue().find(id) == nullptr)
        return refused(fmt::format("the selection names object {}, which the scene does not have", id));
    }
    models::Situation situation;
    situation.scene = scene_;
    situation.camera = viewpoint(line.camera);
    situation.selection = line.selection;
    if (line.pointer.size() == 2) situation.pointer = glm::dvec2(line.pointer[0], line.pointer[1]);
    take_history(situation, *engine_, line.history);
    return engine_->interpret(line.text, situation).plan;
  }

 private:
  std::shared_ptr<const models::SceneView> scene_;
  std::unique_ptr<models::Interpreter> engine_;
};

std::string dumped(const json& object) { return object.dump(-1, ' ', false, json::error_handler_t::replace); }

core::Result<int> run_batch(const Planner& planner, const PlanOptions& options, const core::StopToken& stop) {
  std::ifstream file;
  const bool from_file = options.batch != "-";
  if (from_file) {
    file.open(options.batch, std::ios::binary);
    if (!file) return core::Error{"cannot read the sentences", options.batch, "check the path"};
  }
  std::istream& input = from_file ? static_cast<std::istream&>(file) : std::cin;
  std::string text;
  while (!stop.stop_requested() && std::getline(input, text)) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    Line line;
    const core::Status status = read_line(text, line);
    json answer = models::to_json(status ? planner.plan(line) : refused(status.error().message()));
    answer["id"] = line.id;
    print_line(dumped(answer));
  }
  return kExitDone;
}

// For people: what would be done, or what is in question.
std::string plain(const models::Plan& plan) {
  std::string text = !plan.reply.empty() ? plan.reply : !plan.question.empty() ? plan.question : plan.reason;
  for (std::size_t i = 0; i < plan.candidates.size(); ++i) text += fmt::format("\n  {}. {}", i + 1, plan.candidates[i].label);
  for (const models::PlanStep& step : plan.steps) text += "\n  " + dumped(models::to_json(step));
  return text;
}

core::Result<int> plan(const PlanOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const std::string path = options.objects.empty() ? options.scene : options.objects;
  if (path.empty()) return core::Error{"no scene is named", "skyline plan", "give a scene or --objects FILE"};
  if (options.text.empty() == options.batch.empty())
    return core::Error{"nothing to read", "skyline plan", "give --text SENTENCE or --batch FILE"};
  auto catalogue = load_objects(path);
  if (!catalogue) return catalogue.error();
  auto engine = models::make_rule_interpreter();
  if (!engine) return engine.error();
  const Planner planner(std::make_shared<const models::SceneView>(*std::move(catalogue)), *std::move(engine));
  if (!options.batch.empty()) return run_batch(planner, options, stop);
  const models::Plan answer = planner.plan({{}, options.text, options.camera, options.pointer, options.selection, options.history});
  print_line(options.common.json ? dumped(models::to_json(answer)) : plain(answer));
  return kExitDone;
}

}  // namespace

Verb add_plan(CLI::App& program) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* const command = program.add_subcommand("plan", "what a sentence in English or Chinese would do; changes nothing");
  command->add_option("scene", options->scene, "the scene, or its objects")->type_name("CITY.sky|objects.json");
  command->add_option("--objects", options->objects, "the objects of the scene")->type_name("objects.json|CITY.sky");
  command->add_option("--text", options->text, "the sentence")->type_name("SENTENCE");
  command
      ->add_option("--batch", options->batch,
                   "a file with one JSON object a line: id, text, camera, selection, pointer, history; - reads the input")
      ->type_name("IN.jsonl");
  command->add_option("--camera", options->camera, "where the camera stands: x,y,z,yaw,pitch")->delimiter(',')->expected(5);
  command->add_option("--pointer", options->pointer, "where the pointer is on the ground: x,y")->delimiter(',')->expected(2);
  command->add_option("--selection", options->selection, "numbers of the selected objects")->delimiter(',');
  command->add_option("--history", options->history, "an earlier sentence; may be given again, oldest first")->type_name("SENTENCE");
  add_report_options(*command, options->common);
  command->footer("Example: skyline plan city.sky --text \"remove the tall tower next to the river\" --json");
  return {command, [options](const core::StopToken& stop) { return plan(*options, stop); }};
}

}  // namespace skyline::app
