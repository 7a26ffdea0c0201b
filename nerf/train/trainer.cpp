#include "nerf/train/trainer.h"

#include "core/log.h"
#include "core/parallel.h"
#include "nerf/model/directions.h"
#include "nerf/model/prune.h"
#include "nerf/train/gradients.h"
#include "nerf/train/occupancy_keeper.h"
#include "nerf/train/optimiser.h"
#include "nerf/train/ray_sampler.h"
#include "nerf/train/trainer_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace skyline::nerf {
namespace {

constexpr std::int64_t kOccupancyEvery = 32;       // steps between occupancy updates
constexpr std::int64_t kOccupancyWarmUp = 96;      // steps before the first
constexpr double kSeenFrom = 0.6, kHideAt = 0.85;  // share of the training between which seen cells are collected
constexpr double kSeveralLightings = 0.17;         // lighting spread above which photos get codes; see docs/field.md
constexpr double kTexelPerPixel = 0.8;             // finest texel in ground sampling distances

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point a, Clock::time_point b) { return std::chrono::duration<double>(b - a).count(); }

FieldSettings resolve(const FieldSettings& wanted, const SceneGuess& guess) {
  FieldSettings settings = wanted;
  if (settings.texel <= 0) settings.texel = kTexelPerPixel * guess.ground_sampling_distance;
  if (settings.codes == "auto") settings.codes = guess.lighting_spread > kSeveralLightings ? "on" : "off";
  return settings;
}

std::uint32_t interleave(std::uint32_t x) {
  x &= 0xffff;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}

}  // namespace

Trainer::Trainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

core::Result<Trainer> Trainer::create(const Dataset& dataset, const SceneGuess& guess, PhotoCache cache,
                                      const FieldSettings& field_settings, const TrainSettings& settings) {
  auto state = std::make_unique<State>();
  State& s = *state;
  s.settings = settings;
  s.guess = guess;
  s.name = dataset.folder.filename().string();
  s.cache = std::move(cache);
  const auto seed = static_cast<std::uint64_t>(settings.seed);
  auto field = Field::create(resolve(field_settings, guess), guess.box, guess.ground_z, s.cache.photo_count(),
                             static_cast<int>(dataset.lenses.size()), seed);
  if (!field) return field.error();
  s.field = std::move(*field);
  auto keeper = OccupancyKeeper::create(s.field, settings.local_slab ? guess.slab : HeightSlab{});
  if (!keeper) return keeper.error();
  s.keeper = std::move(*keeper);
  auto gradients = FieldGradients::create(s.field);
  if (!gradients) return gradients.error();
  s.gradients = std::move(*gradients);
  auto optimiser = Optimiser::create(s.gradients);
  if (!optimiser) return optimiser.error();
  s.optimiser = std::move(*optimiser);
  s.engine = std::make_unique<GradientEngine>(s.field, s.gradients, s.settings);
  for (int photo = 0; photo < s.cache.photo_count(); ++photo) s.generators.emplace_back(s.cache.camera(photo));
  std::vector<std::vector<glm::vec3>> directions;
  for (const RayGenerator& generator : s.generators) {
    directions.emplace_back();
    constexpr int kGrid = 12;  // rays a side that stand for a photo
    const Camera& camera = generator.camera();
    for (int i = 0; i <= kGrid * (kGrid + 2); ++i) {
      const auto column = static_cast<float>(camera.width * (i % (kGrid + 1))) / kGrid,
                 row = static_cast<float>(camera.height * (i / (kGrid + 1))) / kGrid;
      directions.back().push_back(generator.ray(column, row).direction);
    }
  }
  if (auto set = set_seen_directions(s.field, directions); !set) return set.error();
  s.stats.stages = {{"sampling", 0}, {"march", 0}, {"decode", 0}, {"scatter", 0}, {"optimiser", 0}, {"occupancy", 0}};
  return Trainer(std::move(state));
}

TrainForecast Trainer::forecast(const SceneGuess& guess, const FieldSettings& field_settings, const TrainSettings& settings,
                                std::int64_t pixels) {
  const FieldSettings s = resolve(field_settings, guess);
  const glm::dvec3 size = guess.box.size();
  const double channels = padded(s.density_channels, kTexelPadding) + padded(s.appearance_channels, kTexelPadding);
  double texels = 0;
  for (int l = 0; l < s.levels; ++l) {
    const double texel = s.texel * (1 << (s.levels - 1 - l));
    texels += size.x / texel * (size.y / texel);
  }
  const double cells = s.volume_channels > 0 ? size.x * size.y * size.z / std::pow(volume_cell(s, guess.box), 3) : 0;
  const double numbers = texels * channels + cells * padded(s.volume_channels, kVolumePadding);
  TrainForecast forecast;
  // Value and gradient of each number and its two moments in half precision; the photos; half a gigabyte for scratch, occupancy and the
  // program.
  forecast.memory_bytes = static_cast<std::int64_t>(numbers * 3 * sizeof(float) + static_cast<double>(pixels) * 3 + 0.5e9);
  forecast.first_picture_seconds = 5;
  const double megapixels = static_cast<double>(pixels) / 1e6;
  forecast.text = "about " +
                  std::to_string(static_cast<int>(std::ceil(static_cast<double>(forecast.memory_bytes) / 1e8)) / 10.0).substr(0, 4) +
                  " GB of memory for " + std::to_string(static_cast<int>(numbers / 1e6)) + " M numbers; " +
                  std::to_string(megapixels).substr(0, 4) + " M pixels" +
                  (settings.steps > 0 ? ", " + std::to_string(settings.steps) + " steps"
                                      : ", " + std::to_string(settings.minutes).substr(0, 4) + " minutes");
  return forecast;
}

int Trainer::State::active_levels() const {
  int levels = 1;
  while (levels < field.settings.levels && stats.progress >= (levels == 1 ? settings.level2_start : settings.level3_start)) ++levels;
  return levels;
}

// Draws the batch's pixels, makes their rays, and sorts them along a Z curve over the ground so that neighbours read the same texels.
void Trainer::State::draw_batch() {
  const auto count = static_cast<std::size_t>(settings.batch_rays);
  const auto seed = static_cast<std::uint64_t>(settings.seed);
  const PixelSequence sequence(cache.total_pixels(), seed);
  rays.resize(count);
  order.resize(count);
  batch.resize(count);
  const int levels = active_levels();
  const auto step = static_cast<float>(field.finest_texel *
                                       std::max(field.settings.step_texels, static_cast<double>(1 << (field.settings.levels - levels))));
  const auto cell = static_cast<float>(64.0 * field.finest_texel);
  const glm::vec3 low = field.box.low;
  core::parallel_for_ranges(static_cast<std::int64_t>(count), 1024, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t position = stats.step * settings.batch_rays + i;
      const std::int64_t pixel = sequence.at(position);
      const auto after = std::upper_bound(first_pixels.begin(), first_pixels.end(), pixel);
      const int photo = static_cast<int>(after - first_pixels.begin()) - 1;
      const Camera& camera = cache.camera(photo);
      const std::int64_t within = pixel - first_pixels[static_cast<std::size_t>(photo)];
      const auto column = static_cast<float>(within % camera.width) + 0.5F, row = static_cast<float>(within / camera.width) + 0.5F;
      TrainingRay& ray = rays[static_cast<std::size_t>(i)];
      ray.ray = generators[static_cast<std::size_t>(photo)].ray(column, row);
      const std::uint8_t* colour = cache.pixels(photo).data() + within * 3;
      for (int c = 0; c < 3; ++c) ray.target[c] = static_cast<float>(colour[c]) / 255.0F;
      ray.radius2 = pixel_radius2(camera, column, row);
      ray.photo = photo;
      ray.lens = camera.lens;
      const std::uint64_t bits = mix_bits(seed ^ 0x5eedULL, static_cast<std::uint64_t>(position));
      ray.jitter = unit_float(bits);
      ray.step = step;
      ray.levels = static_cast<std::uint8_t>(levels);
      if (unit_float(bits << 24) < static_cast<float>(settings.level_dropout) && levels > 1) {
        ray.levels = static_cast<std::uint8_t>(1 + (mix_bits(bits, 1) % static_cast<std::uint64_t>(levels - 1)));
      }
      ray.mean_code = unit_float(mix_bits(bits, 2)) < static_cast<float>(settings.code_dropout);
      // Every share of the view direction is shown, none most often: views fade between known and unknown directions.
      const float dice = unit_float(mix_bits(bits, 3)), share = static_cast<float>(settings.direction_dropout);
      ray.direction_scale = dice < share ? std::max(0.0F, 2 * dice / share - 1) : 1.0F;
      // Ground cell that the ray looks at.
      const float fall = std::min(-0.05F, ray.ray.direction.z);
      const float distance = (static_cast<float>(field.ground_z) - ray.ray.origin.z) / fall;
      const float x = (ray.ray.origin.x + ray.ray.direction.x * distance - low.x) / cell,
                  y = (ray.ray.origin.y + ray.ray.direction.y * distance - low.y) / cell;
      const auto clamp = [](float v) { return static_cast<std::uint32_t>(std::clamp(v + 64.0F, 0.0F, 65535.0F)); };
      const std::uint64_t key = interleave(clamp(x)) | (static_cast<std::uint64_t>(interleave(clamp(y))) << 1);
      order[static_cast<std::size_t>(i)] = (key << 24) | static_cast<std::uint64_t>(i);
    }
  });
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < count; ++i) batch[i] = rays[order[i] & 0xffffff];
}

void Trainer::step() {
  State& s = *state_;
  if (s.first_pixels.empty()) {
    for (int photo = 0; photo < s.cache.photo_count(); ++photo) s.first_pixels.push_back(s.cache.first_pixel(photo));
  }
  const Clock::time_point start = Clock::now();
  s.update_progress();
  s.draw_batch();
  const Clock::time_point drawn = Clock::now();

  const double entropy = s.stats.progress > 0.5 ? s.settings.weight_entropy : 0;
  const BatchLoss loss = s.engine->accumulate(s.batch, s.settings.weight_distortion, entropy, s.stats.progress >= s.settings.nerf_start);
  const Clock::time_point accumulated = Clock::now();

  // Exponential decay to the final share, after a short linear warm-up.
  const double share = std::pow(s.settings.final_rate, s.stats.progress) * std::min(1.0, (static_cast<double>(s.stats.step) + 1) / 20.0);
  Optimiser::Rates rates;
  rates.planes = s.settings.rate_planes * share;
  rates.lines = s.settings.rate_decoder * share;
  rates.decoder = s.settings.rate_decoder * share;
  rates.codes = s.settings.rate_codes * share;
  // The branch joins late; its rate falls from its own start on.
  const double nerf_progress = (s.stats.progress - s.settings.nerf_start) / std::max(1e-6, 1.0 - s.settings.nerf_start);
  rates.nerf = s.settings.rate_nerf * std::pow(s.settings.final_rate, std::clamp(nerf_progress, 0.0, 1.0));
  // Weights are per mean over the batch; a touched texel sees its share of it.
  const double per_texel = 1.0 / static_cast<double>(s.settings.batch_rays);
  rates.decay_codes = s.settings.weight_code * per_texel;
  rates.total_variation = s.settings.weight_tv * per_texel;
  rates.l1_density = s.settings.weight_l1 * per_texel;
  rates.density_channels = s.field.density_channels();
  s.optimiser.step(s.gradients, rates);
  const Clock::time_point optimised = Clock::now();

  if (s.stats.step >= kOccupancyWarmUp && s.stats.step % kOccupancyEvery == 0) {
    s.keeper.update(s.field, s.active_levels(), s.stats.step / kOccupancyEvery, static_cast<std::uint64_t>(s.settings.seed),
                    s.settings.occupancy_opacity);
    if (s.seen_state == 0 && s.stats.progress >= kSeenFrom) {
      std::fill(s.engine->seen_cells().begin(), s.engine->seen_cells().end(), std::uint8_t{0});
      s.seen_state = 1;
    } else if (s.seen_state == 1 && s.stats.progress >= kHideAt) {
      s.keeper.hide_unseen(s.field, s.engine->seen_cells());
      s.seen_state = 2;
    }
  }
  const Clock::time_point end = Clock::now();

  ++s.stats.step;
  s.stats.rays += s.settings.batch_rays;
  const double seconds = seconds_between(start, end);
  s.stats.seconds += seconds;
  const double error = std::max(1e-10, loss.squared_error);
  const double memory = std::max(0.02, 1.0 / static_cast<double>(s.stats.step));
  s.recent_error += memory * (error - s.recent_error);
  s.recent_seconds += memory * (seconds - s.recent_seconds);
  s.stats.loss += memory * (loss.loss - s.stats.loss);
  s.stats.psnr = -10.0 * std::log10(s.recent_error);
  s.stats.rays_per_s = s.settings.batch_rays / s.recent_seconds;
  s.stats.samples_per_ray = static_cast<double>(loss.density_samples) / s.settings.batch_rays;
  const double times[] = {seconds_between(start, drawn),
                          loss.march_seconds,
                          loss.decode_seconds,
                          loss.scatter_seconds,
                          seconds_between(accumulated, optimised),
                          seconds_between(optimised, end)};
  for (std::size_t i = 0; i < std::size(times); ++i) s.stats.stages[i].seconds += times[i];
}

void Trainer::State::update_progress() {
  stats.progress = settings.steps > 0 ? static_cast<double>(stats.step) / settings.steps : stats.seconds / (settings.minutes * 60.0);
}

bool Trainer::finished() const {
  const State& s = *state_;
  return s.settings.steps > 0 ? s.stats.step >= s.settings.steps : s.stats.seconds >= s.settings.minutes * 60.0;
}

void Trainer::finish() { clear_unreachable(state_->field); }

void Trainer::release_scratch() {
  State& s = *state_;
  s.engine.reset();
  s.optimiser = {};
  s.gradients = {};
  s.keeper = {};
  s.rays = {};
  s.batch = {};
  s.order = {};
}

const TrainStats& Trainer::stats() const { return state_->stats; }
const Field& Trainer::field() const { return state_->field; }
std::span<const TrainingRay> Trainer::batch() const { return state_->batch; }
const PhotoCache& Trainer::photos() const { return state_->cache; }

SceneInfo Trainer::scene_info() const {
  const State& s = *state_;
  SceneInfo info;
  info.name = s.name;
  info.credit = s.settings.credit;
  info.training_width = s.cache.camera(0).width;
  for (int photo = 0; photo < s.cache.photo_count(); ++photo) info.cameras.push_back(s.cache.camera(photo));
  info.flight = s.guess.flight;
  info.near_distance = s.guess.near_distance;
  info.far_distance = s.guess.far_distance;
  info.home = home_camera(s.field.box, s.field.ground_z, info.cameras);
  if (s.field.use_codes) {
    const auto size = static_cast<std::size_t>(s.field.settings.code_size);
    info.mean_code.assign(size, 0.0F);
    for (std::size_t i = 0; i < s.field.codes.size(); ++i) {
      info.mean_code[i % size] += s.field.codes[i] / (static_cast<float>(s.field.codes.size()) / static_cast<float>(size));
    }
  }
  FieldSettings field_settings = s.field.settings;
  TrainSettings train_settings = s.settings;
  core::ParameterSet field_set, train_set;
  register_parameters(field_set, field_settings);
  register_parameters(train_set, train_settings);
  nlohmann::json training;
  training["field"] = nlohmann::json::parse(field_set.to_json());
  training["training"] = nlohmann::json::parse(train_set.to_json());
  training["steps"] = s.stats.step;
  training["rays"] = s.stats.rays;
  training["psnr"] = s.stats.psnr;
  training["lighting_spread"] = s.guess.lighting_spread;
  training["summary"] = s.guess.summary;
  std::vector<double> rotation;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) rotation.push_back(s.guess.world_from_input[column][row]);
  }
  training["world_from_input"] = rotation;
  training["timing"] = {{"seconds", s.stats.seconds}, {"rays_per_s", s.stats.rays_per_s}};
  for (const TrainStats::Stage& stage : s.stats.stages) training["timing"]["stages"][stage.name] = stage.seconds;
  info.training_json = training.dump();
  return info;
}

float pixel_radius2(const Camera& camera, float column, float row) {
  const double x = column - camera.cx, y = row - camera.cy;
  const double far_x = std::max(camera.cx, camera.width - camera.cx), far_y = std::max(camera.cy, camera.height - camera.cy);
  return static_cast<float>((x * x + y * y) / (far_x * far_x + far_y * far_y));
}

Camera home_camera(const Box& box, double ground_z, const std::vector<Camera>& cameras) {
  // South of the middle, looking north and down at 40 degrees from the mean height of the photos, so that the middle of the box is in the
  // centre.
  double height = 0;
  for (const Camera& camera : cameras) height += (camera.position.z - ground_z) / static_cast<double>(cameras.size());
  height *= 0.8;
  const double pitch = 40.0 * 3.14159265358979 / 180.0;
  const glm::dvec3 middle = 0.5 * (box.low + box.high);
  Camera home;
  home.name = "home";
  home.width = 1280;
  home.height = 720;
  home.fl_x = home.fl_y = 0.5 * home.height / std::tan(0.5 * 50.0 * 3.14159265358979 / 180.0);
  home.cx = 0.5 * home.width;
  home.cy = 0.5 * home.height;
  home.position = {middle.x, middle.y - height / std::tan(pitch), ground_z + height};
  // Columns: right (east), up, backwards.
  home.rotation[0] = {1, 0, 0};
  home.rotation[1] = {0, std::sin(pitch), std::cos(pitch)};
  home.rotation[2] = {0, -std::cos(pitch), std::sin(pitch)};
  return home;
}

}  // namespace skyline::nerf
