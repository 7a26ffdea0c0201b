// Check-points: the field in full precision, the optimiser, the occupancy and the schedule, in one database of the .sky container.
#include "nerf/store/sky_file.h"
#include "nerf/train/trainer_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace skyline::nerf {
namespace {

constexpr int kFastCompression = 1;
constexpr const char* kStateKey = "checkpoint";

// A shape under which a group's numbers are cut into few large tiles.
TensorInfo shape_of(const Field& field, const FieldGradients::Group& group, const std::string& prefix) {
  TensorInfo info;
  info.name = prefix + group.parameters.name;
  info.encoding = Encoding::kFloat32;
  info.rows = 1;
  info.channels = group.parameters.channels;
  info.columns = static_cast<int>(group.parameters.values.size() / static_cast<std::size_t>(info.channels));
  using Kind = FieldGradients::Group::Kind;
  if (group.kind == Kind::kPlane) {
    info.rows = group.rows;
    info.columns = group.columns;
  } else if (group.kind == Kind::kVolume) {
    const Volume& volume = field.blocks[static_cast<std::size_t>(std::stoi(group.parameters.name.substr(5)))].volume;
    info.rows = volume.rows;
    info.columns = volume.columns;
    info.channels *= volume.layers;
  }
  return info;
}

template <class T>
std::span<const std::byte> bytes_of(std::span<T> values) {
  return std::as_bytes(values);
}

core::Status read_into(const SkyReader& reader, const std::string& name, std::span<std::byte> target) {
  auto content = reader.blob(name);
  if (!content) return content.error();
  if (content->size() != target.size()) {
    return core::Error{"cannot resume", name + " has another size",
                       "the photos or settings differ from the interrupted run; train without --resume"};
  }
  std::copy(content->begin(), content->end(), target.begin());
  return {};
}

std::string settings_text(const FieldSettings& field, const TrainSettings& training) {
  FieldSettings field_copy = field;
  TrainSettings training_copy = training;
  // These do not change the field.
  training_copy.checkpoint_minutes = 0.01;
  training_copy.encoding = "float16";
  training_copy.credit.clear();
  core::ParameterSet set;
  register_parameters(set, field_copy);
  register_parameters(set, training_copy);
  return set.to_json();
}

core::Error not_a_checkpoint(const std::filesystem::path& path) {
  return {"cannot resume", path.string() + " is no check-point", "train without --resume"};
}

// A number of a check-point; throws json::exception where there is none and std::out_of_range where it cannot be one of ours.
double number(const nlohmann::json& state, const char* key) {
  constexpr double kMost = 1e15;  // below 2^53: whole numbers are exact
  const double value = state.at(key).get<double>();
  if (!(value >= 0 && value <= kMost)) throw std::out_of_range(key);
  return value;
}
std::int64_t whole_number(const nlohmann::json& state, const char* key) { return static_cast<std::int64_t>(number(state, key)); }

// What a check-point says beside tensors and blobs.
struct Schedule {
  std::int64_t photos = 0, pixels = 0, step = 0, rays = 0, optimiser_steps = 0;
  int seen_state = 0;
  double seconds = 0, recent_error = 0, recent_seconds = 0, loss = 0;
  std::vector<double> stage_seconds;
};

core::Result<Schedule> read_schedule(const nlohmann::json& state, const std::filesystem::path& path) {
  try {
    Schedule schedule;
    schedule.photos = whole_number(state, "photos");
    schedule.pixels = whole_number(state, "pixels");
    schedule.step = whole_number(state, "step");
    schedule.rays = whole_number(state, "rays");
    schedule.optimiser_steps = whole_number(state, "optimiser_steps");
    schedule.seen_state = static_cast<int>(std::min<std::int64_t>(whole_number(state, "seen_state"), std::numeric_limits<int>::max()));
    schedule.seconds = number(state, "seconds");
    schedule.recent_error = number(state, "recent_error");
    schedule.recent_seconds = number(state, "recent_seconds");
    if (state.contains("loss")) schedule.loss = number(state, "loss");
    for (const nlohmann::json& stage : state.at("stages")) schedule.stage_seconds.push_back(number(stage, "seconds"));
    return schedule;
  } catch (const std::exception&) {
    return not_a_checkpoint(path);
  }
}

}  // namespace

std::filesystem::path checkpoint_path(const std::filesystem::path& scene_path) {
  std::filesystem::path path = scene_path;
  path += ".checkpoint";
  return path;
}

core::Status Trainer::save_checkpoint(const std::filesystem::path& path) const {
  State& s = *state_;
  auto writer = SkyWriter::create(path, kFastCompression);
  if (!writer) return writer.error();
  nlohmann::json state;
  state["settings"] = nlohmann::json::parse(settings_text(s.field.settings, s.settings));
  state["photos"] = s.cache.photo_count();
  state["pixels"] = s.cache.total_pixels();
  state["step"] = s.stats.step;
  state["rays"] = s.stats.rays;
  state["seconds"] = s.stats.seconds;
  state["optimiser_steps"] = s.optimiser.steps();
  state["seen_state"] = s.seen_state;
  state["recent_error"] = s.recent_error;
  state["recent_seconds"] = s.recent_seconds;
  state["loss"] = std::max(0.0, s.stats.loss);
  for (const TrainStats::Stage& stage : s.stats.stages) state["stages"].push_back({{"name", stage.name}, {"seconds", stage.seconds}});
  if (auto put = writer->put_meta(kStateKey, state.dump()); !put) return put;
  for (std::size_t g = 0; g < s.gradients.groups.size(); ++g) {
    const FieldGradients::Group& group = s.gradients.groups[g];
    if (auto put = writer->put_tensor(shape_of(s.field, group, "value."), group.parameters.values); !put) return put;
    if (auto put = writer->put_tensor(shape_of(s.field, group, "moment1."), s.optimiser.moments(g, 0)); !put) return put;
    if (auto put = writer->put_tensor(shape_of(s.field, group, "moment2."), s.optimiser.moments(g, 1)); !put) return put;
  }
  if (auto put = writer->put_blob("occupancy.opacity", bytes_of(s.keeper.opacity())); !put) return put;
  if (auto put = writer->put_blob("occupancy.hidden", bytes_of(s.keeper.hidden())); !put) return put;
  if (auto put = writer->put_blob("occupancy.seen", bytes_of(s.engine->seen_cells())); !put) return put;
  const std::vector<std::uint64_t>& bits = s.field.occupancy.bits();
  if (auto put = writer->put_blob("occupancy.bits", std::as_bytes(std::span(bits))); !put) return put;
  return writer->finish();
}

core::Status Trainer::load_checkpoint(const std::filesystem::path& path) {
  State& s = *state_;
  auto reader = SkyReader::open(path);
  if (!reader) return reader.error();
  auto text = reader->meta(kStateKey);
  if (!text) return text.error();
  const nlohmann::json state = nlohmann::json::parse(*text, nullptr, false);
  if (!state.is_object() || !state.contains("settings") || !state["settings"].is_object()) return not_a_checkpoint(path);
  const nlohmann::json wanted = nlohmann::json::parse(settings_text(s.field.settings, s.settings));
  for (const auto& [key, value] : wanted.items()) {
    // A longer or shorter budget is what people resume for; it changes the schedule, nothing else.
    if (key == "minutes" || key == "steps") continue;
    if (state["settings"].value(key, nlohmann::json()) != value) {
      return core::Error{"cannot resume with another --" + key,
                         "the check-point was made with " + state["settings"].value(key, nlohmann::json()).dump(),
                         "use the same options, or train without --resume"};
    }
  }
  const core::Result<Schedule> schedule = read_schedule(state, path);
  if (!schedule) return schedule.error();
  if (schedule->photos != s.cache.photo_count() || schedule->pixels != s.cache.total_pixels()) {
    return core::Error{"cannot resume", "the photos or --width differ from the interrupted run",
                       "use the same ones, or train without --resume"};
  }
  for (std::size_t g = 0; g < s.gradients.groups.size(); ++g) {
    FieldGradients::Group& group = s.gradients.groups[g];
    if (auto read = reader->tensor("value." + group.parameters.name, group.parameters.values); !read) return read;
    std::vector<float> moments(group.gradient.size());
    for (const int which : {0, 1}) {
      const std::string name = (which == 0 ? "moment1." : "moment2.") + group.parameters.name;
      if (auto read = reader->tensor(name, moments); !read) return read;
      s.optimiser.set_moments(g, which, moments);
    }
  }
  if (auto read = read_into(*reader, "occupancy.opacity", std::as_writable_bytes(s.keeper.opacity())); !read) return read;
  if (auto read = read_into(*reader, "occupancy.hidden", std::as_writable_bytes(s.keeper.hidden())); !read) return read;
  if (auto read = read_into(*reader, "occupancy.seen", std::as_writable_bytes(s.engine->seen_cells())); !read) return read;
  if (auto read = read_into(*reader, "occupancy.bits", std::as_writable_bytes(std::span(s.field.occupancy.bits()))); !read) return read;
  s.field.occupancy.update_summaries();
  s.stats.step = schedule->step;
  s.stats.rays = schedule->rays;
  s.stats.seconds = schedule->seconds;
  s.optimiser.set_steps(schedule->optimiser_steps);
  s.seen_state = schedule->seen_state;
  s.recent_error = schedule->recent_error;
  s.recent_seconds = schedule->recent_seconds;
  s.stats.loss = schedule->loss;
  for (std::size_t i = 0; i < s.stats.stages.size() && i < schedule->stage_seconds.size(); ++i)
    s.stats.stages[i].seconds = schedule->stage_seconds[i];
  s.update_progress();
  return {};
}

}  // namespace skyline::nerf
