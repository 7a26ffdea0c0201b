// A field as the CPU kernels see it: raw pointers and factors, no ownership. Valid as long as the Field it was made from is neither moved
// nor reallocated. `FieldView` of gradients has the same shapes and points into the gradient buffers.
#pragma once

#include "nerf/maths/field_maths.h"
#include "nerf/model/field.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace skyline::nerf {

struct LevelView {
  float* plane;  // [rows, columns, channels]
  float* line;   // [size, channels]
  int columns, rows, size;
  float scale_x, scale_y, scale_z;            // texels a world unit
  const std::uint16_t* half_plane = nullptr;  // the plane in half precision, where the view has a copy
};

struct BlockView {
  float low_x, low_y, low_z;
  std::array<LevelView, kMaxLevels> levels;
  float* volume;  // [rows, columns, layers, channels] or null
  int volume_columns, volume_rows, volume_layers;
  float volume_scale_x, volume_scale_y, volume_scale_z;
  const std::uint16_t* half_volume = nullptr;
};

// One block's share of a sample. Inside the border of two blocks both have one; shares add up to 1.
struct BlockShare {
  int block;
  float weight;
};

struct FieldView {
  std::vector<BlockView> blocks;
  int blocks_x = 1, blocks_y = 1;
  float low_x = 0, low_y = 0, block_size_x = 1, block_size_y = 1, border = 0;
  int levels = 0;
  int density_channels = 0, appearance_channels = 0, volume_channels = 0;  // padded
  DensityActivation activation = DensityActivation::kExp;
  float density_scale = 1;
  bool half = false;  // kernels read the copies in half precision (HalfCopy); lines stay float

  int texel_channels() const { return density_channels + appearance_channels; }
  int feature_count() const { return levels * appearance_channels + volume_channels; }

  // Blocks that a ground position reads, with their shares; returns how many (1, 2 or 4).
  int shares(float x, float y, BlockShare* out) const {
    if (blocks.size() == 1) {
      out[0] = {0, 1.0F};
      return 1;
    }
    int ix[2], iy[2];
    float wx[2], wy[2];
    const int nx = axis_shares((x - low_x) / block_size_x, blocks_x, border / block_size_x, ix, wx);
    const int ny = axis_shares((y - low_y) / block_size_y, blocks_y, border / block_size_y, iy, wy);
    int count = 0;
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) out[count++] = {iy[j] * blocks_x + ix[i], wx[i] * wy[j]};
    }
    return count;
  }

 private:
  static int axis_shares(float position, int blocks, float border, int* index, float* weight) {
    const int own = std::clamp(static_cast<int>(position), 0, blocks - 1);
    const float from_low = position - static_cast<float>(own), from_high = 1.0F - from_low;
    index[0] = own;
    weight[0] = 1.0F;
    int other = -1;
    float share = 0;
    if (own > 0 && from_low < border) {
      other = own - 1;
      share = 0.5F * (1.0F - std::max(0.0F, from_low) / border);
    } else if (own + 1 < blocks && from_high < border) {
      other = own + 1;
      share = 0.5F * (1.0F - std::max(0.0F, from_high) / border);
    }
    if (other < 0) return 1;
    index[1] = other;
    weight[1] = share;
    weight[0] = 1.0F - share;
    return 2;
  }
};

FieldView make_view(const Field& field);

// Planes and volume in half precision, for those who only look: half the memory traffic.
class HalfCopy {
 public:
  // Copies what `field` has now. Errors: out of memory budget.
  static core::Result<HalfCopy> create(const Field& field);
  // Lets a view of the same field read this copy, which must outlive it.
  void attach(FieldView& view) const;

 private:
  struct BlockCopy {
    std::vector<core::Buffer<std::uint16_t>> planes;
    core::Buffer<std::uint16_t> volume;
  };
  std::vector<BlockCopy> blocks_;
};
DensityActivation parse_activation(const std::string& name);

}  // namespace skyline::nerf
