#include "nerf/cpu/field_view.h"

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

}  // namespace skyline::nerf
