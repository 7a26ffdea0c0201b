#include "nerf/model/field.h"

#include "nerf/model/nerf_layout.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace skyline::nerf {
namespace {

constexpr double kMostVolumeCells = 12e6;

// Amplitude of the lines at the start. Lines begin as cosines over z (channel c has c half waves), so that a column's planes are its cosine
// coefficients; planes begin near 0. Both small enough that one step of Adam at the planes' rate moves a density by about 0.1.
constexpr double kLineAmplitude = 0.3;
constexpr double kPlaneNoise = 0.01;

// The NeRF branch's density head starts flat and positive, so that its ReLU passes gradients everywhere.
constexpr double kNerfDensityGain = 0.05;
constexpr float kNerfDensityBias = 0.1F;

using Random = std::mt19937_64;

// Uniform in [-1, 1) from the generator's high bits: the same on every standard library.
float symmetric(Random& random) { return static_cast<float>(static_cast<double>(random() >> 11) * 0x1.0p-52 - 1.0); }

int texels_for(double extent, double texel) { return std::max(2, static_cast<int>(std::lround(extent / texel)) + 1); }

core::Result<DenseLayer> make_layer(int inputs, int used_inputs_a, int inputs_b_begin, int inputs_b, int outputs, double gain,
                                    Random& random) {
  DenseLayer layer;
  layer.inputs = inputs;
  layer.outputs = padded(outputs, kChannelPadding);
  auto weights =
      core::Buffer<float>::create("field.decoder", static_cast<std::size_t>(layer.inputs) * static_cast<std::size_t>(layer.outputs));
  if (!weights) return weights.error();
  auto bias = core::Buffer<float>::create("field.decoder", static_cast<std::size_t>(layer.outputs));
  if (!bias) return bias.error();
  layer.weights = std::move(*weights);
  layer.bias = std::move(*bias);
  const float scale = static_cast<float>(gain * std::sqrt(6.0 / (used_inputs_a + inputs_b)));  // He uniform
  for (int i = 0; i < inputs; ++i) {
    const bool used = i < used_inputs_a || (i >= inputs_b_begin && i < inputs_b_begin + inputs_b);
    for (int o = 0; o < outputs; ++o) {
      const float r = symmetric(random);
      if (used)
        layer.weights[static_cast<std::size_t>(i) * static_cast<std::size_t>(layer.outputs) + static_cast<std::size_t>(o)] = scale * r;
    }
  }
  return layer;
}

core::Status make_block_tensors(Field& field, Block& block, double coarse_texel, Random& random) {
  const int density = field.density_channels(), channels = field.texel_channels();
  const glm::dvec3 size = block.extent.size();
  const int base_x = texels_for(size.x, coarse_texel), base_y = texels_for(size.y, coarse_texel), base_z = texels_for(size.z, coarse_texel);
  for (int level = 0; level < field.settings.levels; ++level) {
    const int scale = 1 << level;
    Plane plane;
    plane.columns = (base_x - 1) * scale + 1;
    plane.rows = (base_y - 1) * scale + 1;
    auto texels =
        core::Buffer<float>::create("field.planes", static_cast<std::size_t>(plane.columns) * static_cast<std::size_t>(plane.rows) *
                                                        static_cast<std::size_t>(channels));
    if (!texels) return texels.error();
    plane.texels = std::move(*texels);
    Line line;
    line.size = (base_z - 1) * scale + 1;
    auto line_texels = core::Buffer<float>::create("field.lines", static_cast<std::size_t>(line.size) * static_cast<std::size_t>(channels));
    if (!line_texels) return line_texels.error();
    line.texels = std::move(*line_texels);

    const auto used = [&](int c) {
      return c < density ? c < field.settings.density_channels : c - density < field.settings.appearance_channels;
    };
    for (std::size_t i = 0; i < plane.texels.size(); ++i) {
      if (used(static_cast<int>(i % static_cast<std::size_t>(channels)))) {
        plane.texels[i] = static_cast<float>(kPlaneNoise) * symmetric(random);
      }
    }
    for (int z = 0; z < line.size; ++z) {
      const double height = static_cast<double>(z) / std::max(1, line.size - 1);
      for (int c = 0; c < channels; ++c) {
        if (!used(c)) continue;
        const int waves = c < density ? c : c - density;
        line.texels[static_cast<std::size_t>(z) * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] =
            static_cast<float>(kLineAmplitude * std::cos(3.14159265358979 * waves * height));
      }
    }
    block.planes.push_back(std::move(plane));
    block.lines.push_back(std::move(line));
  }
  if (field.settings.volume_channels > 0) {
    const double cell = volume_cell(field.settings, field.box);
    Volume& volume = block.volume;
    volume.columns = texels_for(size.x, cell);
    volume.rows = texels_for(size.y, cell);
    volume.layers = texels_for(size.z, cell);
    auto cells = core::Buffer<float>::create(
        "field.volume", static_cast<std::size_t>(volume.columns) * static_cast<std::size_t>(volume.rows) *
                            static_cast<std::size_t>(volume.layers) * static_cast<std::size_t>(field.volume_channels()));
    if (!cells) return cells.error();
    volume.cells = std::move(*cells);
  }
  return {};
}

// Weights that read padding are 0: otherwise padding would get a gradient.
void clear_unused_rows(const Field& field, DenseLayer& layer, int first_feature) {
  for (int f = 0; f < field.feature_count(); ++f) {
    if (field.is_feature(f)) continue;
    std::fill_n(layer.weights.data() + static_cast<std::ptrdiff_t>(first_feature + f) * layer.outputs, layer.outputs, 0.0F);
  }
}

core::Status make_decoder(Field& field, Random& random) {
  const FieldSettings& s = field.settings;
  auto basis = make_layer(field.feature_count(), field.feature_count(), 0, 0, s.features, 1.0, random);
  if (!basis) return basis.error();
  field.decoder.basis = std::move(*basis);
  clear_unused_rows(field, field.decoder.basis, 0);
  const int inputs = field.decoder_features() + field.direction_size() + field.code_size();
  auto layer0 = make_layer(inputs, s.features, field.decoder_features(), field.direction_size() + field.code_size(), s.hidden, 1.0, random);
  if (!layer0) return layer0.error();
  field.decoder.layer0 = std::move(*layer0);
  const int hidden = padded(s.hidden, kChannelPadding);
  auto layer1 = make_layer(hidden, s.hidden, 0, 0, s.hidden, 1.0, random);
  if (!layer1) return layer1.error();
  field.decoder.layer1 = std::move(*layer1);
  auto layer2 = make_layer(hidden, s.hidden, 0, 0, 3, 0.3, random);
  if (!layer2) return layer2.error();
  field.decoder.layer2 = std::move(*layer2);
  return {};
}

core::Status make_nerf_branch(Field& field, Random& random) {
  const NerfLayout layout(field);
  const int hidden = field.settings.nerf_hidden;
  for (int i = 0; i < layout.layer_count(); ++i) {
    const int inputs = layout.layer_inputs(i);
    // Inputs that carry numbers: [0, first) and [second_begin, second_begin + second).
    int first = i > layout.colour(0) ? inputs : hidden, second_begin = 0, second = 0, outputs = hidden;
    if (i == 0) first = inputs;
    if (i == NerfLayout::kSkipLayer && i < layout.trunk_layers) {
      first = second_begin = layout.inputs;
      second = hidden;
    }
    if (i == layout.colour(0)) {
      second_begin = layout.direction_at;
      second = layout.colour_inputs - layout.direction_at;
    }
    double gain = 1.0;
    if (i == layout.density_head()) {
      outputs = 1;
      gain = kNerfDensityGain;
    } else if (i == layout.colour(2)) {
      outputs = 3;
      gain = 0.3;
    } else if (i >= layout.colour(0)) {
      outputs = NerfLayout::kColourHidden;
    }
    auto layer = make_layer(inputs, first, second_begin, second, outputs, gain, random);
    if (!layer) return layer.error();
    if (i == layout.density_head()) layer->bias[0] = kNerfDensityBias;
    if (i == 0 || (i == NerfLayout::kSkipLayer && i < layout.trunk_layers)) clear_unused_rows(field, *layer, layout.grid_at + 1);
    field.nerf.push_back(std::move(*layer));
  }
  return {};
}

// Cuts the box into blocks; where two meet, their extents overlap by one coarse texel on each side.
void place_blocks(Field& field, double coarse_texel) {
  const int nx = field.settings.blocks_x, ny = field.settings.blocks_y;
  const glm::dvec3 size = field.box.size();
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      Block block;
      block.region = field.box;
      block.region.low.x = field.box.low.x + size.x * i / nx;
      block.region.high.x = field.box.low.x + size.x * (i + 1) / nx;
      block.region.low.y = field.box.low.y + size.y * j / ny;
      block.region.high.y = field.box.low.y + size.y * (j + 1) / ny;
      block.extent = block.region;
      if (i > 0) block.extent.low.x -= coarse_texel;
      if (i + 1 < nx) block.extent.high.x += coarse_texel;
      if (j > 0) block.extent.low.y -= coarse_texel;
      if (j + 1 < ny) block.extent.high.y += coarse_texel;
      field.blocks.push_back(std::move(block));
    }
  }
}

void add_layer_groups(std::vector<ParameterGroup>& groups, const std::string& name, DenseLayer& layer, bool with_bias) {
  groups.push_back({name + ".weights", layer.weights.span(), layer.outputs});
  if (with_bias) groups.push_back({name + ".bias", layer.bias.span(), layer.outputs});
}

}  // namespace

double volume_cell(const FieldSettings& settings, const Box& box) {
  if (settings.volume_cell > 0) return settings.volume_cell;
  const double coarse = settings.texel * (1 << (settings.levels - 1));
  const glm::dvec3 size = box.size();
  return std::max(coarse, std::cbrt(size.x * size.y * size.z / kMostVolumeCells));
}

core::Result<Field> Field::create(const FieldSettings& settings, const Box& box, double ground_z, int photos, int lenses,
                                  std::uint64_t seed) {
  const glm::dvec3 size = box.size();
  if (!(size.x > 0 && size.y > 0 && size.z > 0))
    return core::Error{"cannot make a field", "the scene box is empty", "check the cameras' poses"};
  if (settings.texel <= 0) return core::Error{"cannot make a field", "the texel size is not positive", "give --texel"};
  Field field;
  field.settings = settings;
  field.box = box;
  field.ground_z = ground_z;
  field.finest_texel = settings.texel;
  field.density_scale = 1.0 / settings.texel;
  field.use_codes = settings.codes == "on";
  Random random(seed);
  const double coarse = settings.texel * (1 << (settings.levels - 1));
  if (size.x / settings.blocks_x < 2 * coarse || size.y / settings.blocks_y < 2 * coarse) {
    return core::Error{"cannot make a field", "the blocks are narrower than two coarse texels", "use fewer --blocks or a smaller --texel"};
  }
  place_blocks(field, coarse);
  for (Block& block : field.blocks) {
    if (auto made = make_block_tensors(field, block, coarse, random); !made) return made.error();
  }
  if (auto made = make_decoder(field, random); !made) return made.error();

  const auto features = static_cast<std::size_t>(field.decoder_features());
  const auto allocate = [](core::Buffer<float>& target, std::size_t count) -> core::Status {
    auto buffer = core::Buffer<float>::create("field.other", count);
    if (!buffer) return buffer.error();
    target = std::move(*buffer);
    return {};
  };
  if (settings.surroundings) {
    const auto side = static_cast<std::size_t>(settings.surroundings_size);
    if (auto made = allocate(field.surroundings, side * side * features); !made) return made.error();
  }
  if (settings.sky) {
    if (auto made = allocate(field.sky, kSkyBasis * features); !made) return made.error();
  }
  if (field.use_codes) {
    const auto count = static_cast<std::size_t>(photos);
    if (auto made = allocate(field.codes, count * static_cast<std::size_t>(settings.code_size)); !made) return made.error();
    if (settings.exposure) {
      if (auto made = allocate(field.exposure, count * 3); !made) return made.error();
    }
    for (float& value : field.codes.span()) value = 0.05F * symmetric(random);
  }
  if (settings.vignetting) {
    if (auto made = allocate(field.vignetting, static_cast<std::size_t>(std::max(1, lenses)) * 3); !made) return made.error();
  }
  // Last, so that the grid starts the same with and without it.
  if (settings.nerf_branch) {
    if (auto made = make_nerf_branch(field, random); !made) return made.error();
  }
  return field;
}

std::vector<ParameterGroup> Field::groups() {
  std::vector<ParameterGroup> groups;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::string prefix = "block" + std::to_string(b) + ".";
    for (std::size_t l = 0; l < blocks[b].planes.size(); ++l) {
      groups.push_back({prefix + "plane" + std::to_string(l), blocks[b].planes[l].texels.span(), texel_channels()});
      groups.push_back({prefix + "line" + std::to_string(l), blocks[b].lines[l].texels.span(), texel_channels()});
    }
    if (!blocks[b].volume.cells.empty()) groups.push_back({prefix + "volume", blocks[b].volume.cells.span(), volume_channels()});
  }
  add_layer_groups(groups, "decoder.basis", decoder.basis, false);
  add_layer_groups(groups, "decoder.layer0", decoder.layer0, true);
  add_layer_groups(groups, "decoder.layer1", decoder.layer1, true);
  add_layer_groups(groups, "decoder.layer2", decoder.layer2, true);
  if (!surroundings.empty()) groups.push_back({"surroundings", surroundings.span(), decoder_features()});
  if (!sky.empty()) groups.push_back({"sky", sky.span(), decoder_features()});
  if (!codes.empty()) groups.push_back({"codes", codes.span(), settings.code_size});
  if (!exposure.empty()) groups.push_back({"exposure", exposure.span(), 3});
  if (!vignetting.empty()) groups.push_back({"vignetting", vignetting.span(), 3});
  for (std::size_t i = 0; i < nerf.size(); ++i) add_layer_groups(groups, "nerf.layer" + std::to_string(i), nerf[i], true);
  return groups;
}

}  // namespace skyline::nerf
