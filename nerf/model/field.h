// The field in memory: everything that is learned, laid out for gathers.
//
//   density   sigma(x) = act(sum_levels sum_c plane_c(x, y) line_c(z) + volume_0(x, y, z) + shift)            per world unit
//   features  F(x) = [plane_c(x, y) line_c(z) for appearance channels of each level | volume(x, y, z)]        `feature_count()` numbers
//   colour    decoder(basis^T F, view direction, appearance code)
//
// A scene is blocks_x x blocks_y blocks over the ground. Each has its own planes, lines and volume, which reach one coarse texel beyond the
// block's edge; inside that border neighbours are blended linearly, so a ray crosses blocks without a seam.
//
// Channel counts are padded to whole SIMD vectors. Padding is zero and stays zero (the gradient of a product of two zeros is zero).
//
// A Field is plain data: const access from any thread; whoever trains it is the only writer.
#pragma once

#include "core/memory.h"
#include "core/result.h"
#include "nerf/model/field_settings.h"
#include "nerf/model/occupancy.h"
#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::nerf {

inline constexpr int kChannelPadding = 16;  // of the decoder's layers, in floats: one AVX-512 vector
inline constexpr int kTexelPadding = 8;     // of the channels of planes and lines: half a cache line
inline constexpr int kVolumePadding = 8;
inline constexpr int kMaxLevels = 3;
inline constexpr int kSkyBasis = 9;  // real spherical harmonics up to degree 2

constexpr int padded(int count, int multiple) { return (count + multiple - 1) / multiple * multiple; }

// One level's plane: [rows, columns, channels], row 0 at low y; texel centres lie on the block's extent ("align corners").
// Channels: density [0, D), appearance [D, D + A), D and A padded.
struct Plane {
  int columns = 0, rows = 0;
  core::Buffer<float> texels;
};

// One level's line: [size, channels], index 0 at low z, same channel order as the plane.
struct Line {
  int size = 0;
  core::Buffer<float> texels;
};

// Dense 3-D grid: [rows (y), columns (x), layers (z), channels], channel 0 is density.
struct Volume {
  int columns = 0, rows = 0, layers = 0;
  core::Buffer<float> cells;
};

struct Block {
  Box region;                 // what the block owns
  Box extent;                 // what its tensors cover: the region and a border of one coarse texel where it has neighbours
  std::vector<Plane> planes;  // one a level
  std::vector<Line> lines;
  Volume volume;
};

// A fully connected layer: weights [inputs, outputs] and bias [outputs], outputs padded to kChannelPadding.
struct DenseLayer {
  int inputs = 0, outputs = 0;
  core::Buffer<float> weights;
  core::Buffer<float> bias;
};

// Linear basis (no bias), then two hidden ReLU layers and three outputs (sigmoid). Input of layer 0: [features padded | direction | code].
struct Decoder {
  DenseLayer basis;
  DenseLayer layer0, layer1, layer2;
};

// A named run of learned numbers; the optimiser, check-points and gradient checks go over these. `channels` is the innermost size (padded).
struct ParameterGroup {
  std::string name;  // "block0.plane2", "decoder.layer1.weights", "codes", ...
  std::span<float> values;
  int channels = 1;
};

// Edge of the 3-D grid's cells in world units: as the settings say, else the coarsest texel, widened where the box would hold more than
// 12 million cells (their number grows with the cube of the photos' width, and walls need no more).
double volume_cell(const FieldSettings& settings, const Box& box);

class Field {
 public:
  // Allocates and initialises (deterministic for a seed). `photos` = training photos (codes and exposures), `lenses` = lenses (vignetting).
  // Errors: settings out of range, out of memory budget.
  static core::Result<Field> create(const FieldSettings& settings, const Box& box, double ground_z, int photos, int lenses,
                                    std::uint64_t seed);

  // Sizes of the padded layout.
  int density_channels() const { return padded(settings.density_channels, kTexelPadding); }
  int appearance_channels() const { return padded(settings.appearance_channels, kTexelPadding); }
  int texel_channels() const { return density_channels() + appearance_channels(); }
  int volume_channels() const { return padded(settings.volume_channels, kVolumePadding); }
  int feature_count() const { return settings.levels * appearance_channels() + volume_channels(); }
  // False for features that are only padding (or the volume's density channel): always 0, and so are the weights that read them.
  bool is_feature(int f) const {
    const int of_volume = f - settings.levels * appearance_channels();
    return of_volume < 0 ? f % appearance_channels() < settings.appearance_channels : of_volume > 0 && of_volume < settings.volume_channels;
  }
  int decoder_features() const { return padded(settings.features, kChannelPadding); }
  int direction_size() const { return 3 + 6 * settings.direction_frequencies; }
  int code_size() const { return use_codes ? settings.code_size : 0; }

  // All learned numbers in a fixed order.
  std::vector<ParameterGroup> groups();

  FieldSettings settings;
  Box box;
  double ground_z = 0;
  double finest_texel = 0;   // world units
  double density_scale = 1;  // sigma of the activation is multiplied by this: 1 / (world units that are "one" for the density)
  bool use_codes = false;    // what `codes` = auto was decided to be

  std::vector<Block> blocks;  // row-major: block (i, j) at j * blocks_x + i
  Decoder decoder;
  core::Buffer<float> surroundings;     // [surroundings_size, surroundings_size, decoder_features]; empty when off
  core::Buffer<float> sky;              // [kSkyBasis, decoder_features]; empty when off
  core::Buffer<float> codes;            // [photos, code_size]; empty when off
  core::Buffer<float> exposure;         // [photos, 3] log gains; empty when off
  core::Buffer<float> vignetting;       // [lenses, 3] coefficients of r^2, r^4, r^6, r = 1 at the corner; empty when off
  core::Buffer<float> seen_directions;  // not learned: familiarity of view directions, see directions.h; empty = all familiar
  std::vector<DenseLayer> nerf;         // NeRF branch: density trunk, heads, colour trunk; empty when off
  Occupancy occupancy;
};

}  // namespace skyline::nerf
