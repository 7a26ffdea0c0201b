#include "nerf/cpu/field_view.h"

#include "core/parallel.h"
#include "nerf/cpu/kernels.h"

namespace skyline::nerf {

DensityActivation parse_activation(const std::string& name) {
  if (name == "softplus") return DensityActivation::kSoftplus;
  if (name == "relu") return DensityActivation::kRelu;
  return DensityActivation::kExp;
}

FieldView make_view(const Field& field) {
  FieldView view;
  view.blocks_x = field.settings.blocks_x;
  view.blocks_y = field.settings.blocks_y;
  const glm::dvec3 size = field.box.size();
  view.low_x = static_cast<float>(field.box.low.x);
  view.low_y = static_cast<float>(field.box.low.y);
  view.block_size_x = static_cast<float>(size.x / field.settings.blocks_x);
  view.block_size_y = static_cast<float>(size.y / field.settings.blocks_y);
  view.levels = field.settings.levels;
  view.density_channels = field.density_channels();
  view.appearance_channels = field.appearance_channels();
  view.volume_channels = field.volume_channels();
  view.activation = parse_activation(field.settings.density_activation);
  view.density_scale = static_cast<float>(field.density_scale);
  for (const Block& block : field.blocks) {
    view.border = std::max({view.border, static_cast<float>(block.region.low.x - block.extent.low.x),
                            static_cast<float>(block.extent.high.x - block.region.high.x),
                            static_cast<float>(block.region.low.y - block.extent.low.y),
                            static_cast<float>(block.extent.high.y - block.region.high.y)});
    BlockView b{};
    b.low_x = static_cast<float>(block.extent.low.x);
    b.low_y = static_cast<float>(block.extent.low.y);
    b.low_z = static_cast<float>(block.extent.low.z);
    const glm::dvec3 extent = block.extent.size();
    const auto scale = [](int texels, double length) { return static_cast<float>((texels - 1) / length); };
    for (std::size_t l = 0; l < block.planes.size(); ++l) {
      const Plane& plane = block.planes[l];
      const Line& line = block.lines[l];
      // Gradient and training code write through the view; whoever holds a const Field only reads.
      b.levels[l] = {const_cast<float*>(plane.texels.data()),
                     const_cast<float*>(line.texels.data()),
                     plane.columns,
                     plane.rows,
                     line.size,
                     scale(plane.columns, extent.x),
                     scale(plane.rows, extent.y),
                     scale(line.size, extent.z)};
    }
    if (!block.volume.cells.empty()) {
      b.volume = const_cast<float*>(block.volume.cells.data());
      b.volume_columns = block.volume.columns;
      b.volume_rows = block.volume.rows;
      b.volume_layers = block.volume.layers;
      b.volume_scale_x = scale(block.volume.columns, extent.x);
      b.volume_scale_y = scale(block.volume.rows, extent.y);
      b.volume_scale_z = scale(block.volume.layers, extent.z);
    }
    view.blocks.push_back(b);
  }
  return view;
}

core::Result<HalfCopy> HalfCopy::create(const Field& field) {
  HalfCopy copy;
  core::Status status;
  const auto half_of = [&](const core::Buffer<float>& numbers) {
    auto half = core::Buffer<std::uint16_t>::create("render.half", numbers.size());
    if (!half) {
      status = half.error();
      return core::Buffer<std::uint16_t>();
    }
    constexpr std::int64_t kGrain = 1 << 16;
    core::parallel_for_ranges(static_cast<std::int64_t>(numbers.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
      to_half(end - begin, numbers.data() + begin, half->data() + begin);
    });
    return std::move(*half);
  };
  for (const Block& block : field.blocks) {
    BlockCopy half;
    for (const Plane& plane : block.planes) half.planes.push_back(half_of(plane.texels));
    if (!block.volume.cells.empty()) half.volume = half_of(block.volume.cells);
    if (!status) return status.error();
    copy.blocks_.push_back(std::move(half));
  }
  return copy;
}

void HalfCopy::attach(FieldView& view) const {
  view.half = true;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    for (std::size_t l = 0; l < blocks_[b].planes.size(); ++l) view.blocks[b].levels[l].half_plane = blocks_[b].planes[l].data();
    view.blocks[b].half_volume = blocks_[b].volume.data();
  }
}

}  // namespace skyline::nerf
