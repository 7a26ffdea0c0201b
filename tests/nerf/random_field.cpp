#include "tests/nerf/random_field.h"

#include "nerf/model/nerf_layout.h"

#include <glm/geometric.hpp>

#include <algorithm>

namespace skyline::nerf::testing {
namespace {

bool is_used_feature(const Field& field, int feature) {
  const FieldSettings& s = field.settings;
  const int appearance = field.appearance_channels(), first_of_volume = s.levels * appearance;
  return feature < first_of_volume ? feature % appearance < s.appearance_channels
                                   : feature > first_of_volume && feature - first_of_volume < s.volume_channels;
}

// Of the NeRF branch: `name` is nerf.layerN.weights or nerf.layerN.bias.
bool is_used_in_branch(const Field& field, const std::string& name, int row, int channel) {
  const NerfLayout layout(field);
  const int layer = std::stoi(name.substr(name.find_first_of("0123456789"))), hidden = field.settings.nerf_hidden;
  int outputs = layer < layout.colour(0) ? hidden : NerfLayout::kColourHidden;
  if (layer == layout.density_head()) outputs = 1;
  if (layer == layout.colour(2)) outputs = 3;
  if (channel >= outputs) return false;
  if (name.find(".bias") != std::string::npos || layer > layout.colour(0)) return true;
  if (layer == layout.colour(0)) return row < hidden || row >= layout.direction_at;
  if (layer != 0 && layer != NerfLayout::kSkipLayer) return row < hidden;
  if (row >= layout.inputs) return row - layout.inputs < hidden;
  return row <= layout.grid_at || is_used_feature(field, row - layout.grid_at - 1);
}

}  // namespace

FieldSettings small_settings() {
  FieldSettings s;
  s.levels = 2;
  s.density_channels = 3;
  s.appearance_channels = 5;
  s.volume_channels = 3;
  s.texel = 0.5;
  s.step_texels = 1;
  s.features = 5;
  s.hidden = 7;
  s.code_size = 4;
  s.codes = "on";
  s.surroundings_size = 6;
  return s;
}

Box small_box() { return {{-4, -4, 0}, {4, 4, 4}}; }

bool is_used(const Field& field, const ParameterGroup& group, std::size_t i) {
  const FieldSettings& s = field.settings;
  const std::string& name = group.name;
  const auto holds = [&](const char* part) { return name.find(part) != std::string::npos; };
  const int channel = static_cast<int>(i % static_cast<std::size_t>(group.channels));
  const int row = static_cast<int>(i / static_cast<std::size_t>(group.channels));
  const auto used_texel = [&](int c) {
    const int density = field.density_channels();
    return c < density ? c < s.density_channels : c - density < s.appearance_channels;
  };
  if (name.starts_with("nerf.")) return is_used_in_branch(field, name, row, channel);
  if (holds(".plane") || holds(".line")) return used_texel(channel);
  if (holds(".volume")) return channel < s.volume_channels;
  if (holds("basis")) return is_used_feature(field, row) && channel < s.features;
  if (holds("layer0.weights")) return channel < s.hidden && (row < s.features || row >= field.decoder_features());
  if (holds("layer1.weights")) return channel < s.hidden && row < s.hidden;
  if (holds("layer2.weights")) return channel < 3 && row < s.hidden;
  if (holds("layer2.bias")) return channel < 3;
  if (holds(".bias")) return channel < s.hidden;
  if (name == "surroundings" || name == "sky") return channel < s.features;
  return true;
}

Field random_field(const FieldSettings& settings, const Box& box, double low, double high, Random& random) {
  Field field = *Field::create(settings, box, box.low.z, 3, 2, 1);
  // Products of two numbers around 0.4 lie around 0.16; the volume moves their sum to the wanted middle.
  const double products = 0.16 * settings.levels * settings.density_channels, middle = 0.5 * (low + high);
  for (const ParameterGroup& group : field.groups()) {
    const std::string& name = group.name;
    const bool texel = name.find(".plane") != std::string::npos || name.find(".line") != std::string::npos;
    const bool volume = name.find(".volume") != std::string::npos;
    double reach = name.find("decoder.") == 0 ? 0.7 : 0.5;
    if (name == "vignetting" || name == "exposure") reach = 0.2;
    for (std::size_t i = 0; i < group.values.size(); ++i) {
      if (!is_used(field, group, i)) {
        group.values[i] = 0;
        continue;
      }
      const auto channel = static_cast<int>(i % static_cast<std::size_t>(group.channels));
      if (texel) {
        group.values[i] = uniform(random, 0.2, 0.6);
      } else if (volume && channel == 0) {
        group.values[i] = static_cast<float>(middle - products) + uniform(random, -0.5, 0.5) * static_cast<float>(high - low);
      } else {
        group.values[i] = uniform(random, -reach, reach);
      }
    }
  }
  field.occupancy = lattice(field, true);
  return field;
}

Occupancy lattice(const Field& field, bool filled) {
  Occupancy occupancy(field.box, field.finest_texel);
  for (std::uint64_t& word : occupancy.bits()) word = filled ? ~std::uint64_t{0} : 0;
  occupancy.update_summaries();
  return occupancy;
}

Field constant_field(const FieldSettings& settings, const Box& box, float s) {
  Field field = *Field::create(settings, box, box.low.z, 3, 2, 1);
  for (const ParameterGroup& group : field.groups()) {
    if (group.name.find(".plane") != std::string::npos) std::fill(group.values.begin(), group.values.end(), 0.0F);
    if (group.name.find(".volume") == std::string::npos) continue;
    for (std::size_t i = 0; i < group.values.size(); i += static_cast<std::size_t>(group.channels)) group.values[i] = s;
  }
  field.occupancy = lattice(field, true);
  return field;
}

std::vector<TrainingRay> random_rays(const Field& field, int count, int photos, int lenses, Random& random) {
  const glm::dvec3 low = field.box.low, high = field.box.high;
  std::vector<TrainingRay> rays;
  for (int i = 0; i < count; ++i) {
    TrainingRay ray{};
    // Half of the rays start above the box and look down; the rest start inside, every second of them upwards.
    const bool above = i % 2 == 0;
    ray.ray.origin = {uniform(random, low.x + 0.5, high.x - 0.5), uniform(random, low.y + 0.5, high.y - 0.5),
                      above ? static_cast<float>(high.z) + 1.0F : uniform(random, low.z + 0.5, high.z - 0.5)};
    const float vertical = above ? uniform(random, -1.0, -0.4) : (i % 4 == 1 ? uniform(random, 0.02, 0.8) : uniform(random, -0.3, -0.001));
    ray.ray.direction = glm::normalize(glm::vec3(uniform(random, -1, 1), uniform(random, -1, 1), vertical));
    for (float& c : ray.target) c = uniform(random, 0, 1);
    ray.radius2 = uniform(random, 0, 1);
    ray.step = static_cast<float>(field.finest_texel);
    ray.jitter = uniform(random, 0, 0.99);
    ray.photo = static_cast<std::int32_t>(random() % static_cast<unsigned>(photos));
    ray.lens = static_cast<std::int32_t>(random() % static_cast<unsigned>(lenses));
    ray.levels = static_cast<std::uint8_t>(i % 5 == 0 ? std::max(1, field.settings.levels - 1) : field.settings.levels);
    ray.mean_code = i % 3 == 0;
    rays.push_back(ray);
  }
  return rays;
}

}  // namespace skyline::nerf::testing
