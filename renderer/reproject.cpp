#include "renderer/reproject.h"

#include "core/parallel.h"
#include "renderer/reproject_rows.h"

#include <glm/matrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace skyline::renderer {
namespace {

constexpr std::int64_t kRowsPerTask = 8, kLatticeRowsPerTask = 8;
constexpr std::int64_t kBandsPerTask = 3;  // gaps between rows of the lattice
// Of colours of the former picture around the fresh ones when the camera has moved: surfaces look different from elsewhere.
constexpr float kMovingMargin = 0.08F;

// Columns: right, down, forward.
glm::dmat3 image_axes(const core::Camera& camera) { return {camera.rotation[0], -camera.rotation[1], -camera.rotation[2]}; }

// Pixels whose centres are whole numbers.
glm::dmat3 projection(const core::Camera& camera) {
  return {{camera.fl_x, 0, 0}, {0, camera.fl_y, 0}, {camera.cx - 0.5, camera.cy - 0.5, 1}};
}

Warp warp_between(const core::Camera& from, const core::Camera& to) {
  const glm::dmat3 into = projection(to) * glm::transpose(image_axes(to));
  const glm::dmat3 h = into * image_axes(from) * glm::inverse(projection(from));
  const glm::dvec3 t = into * (from.position - to.position);
  Warp warp;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) warp.h[row * 3 + column] = static_cast<float>(h[column][row]);
    warp.t[row] = static_cast<float>(t[row]);
  }
  return warp;
}

// Owns what a LatticeAxis points to.
struct Axis {
  std::vector<std::int32_t> cell, nearest;
  std::vector<float> share, error_low, error_high;
  int first, stride;

  Axis(int size, int count, int lattice_stride, int offset, float reach) : first(offset), stride(lattice_stride) {
    // The error of a lattice pixel is taken for its neighbours' up to the share `reach` of the stride.
    const auto weight = [&](float away) { return reach > 0 ? std::max(0.0F, 1.0F - away / reach) : 0.0F; };
    for (int i = 0; i < size; ++i) {
      const int from = i - offset + stride, c = std::min(from / stride, count);
      const int rest = from - c * stride;
      const bool outside = c == 0 || c == count;  // before the first, behind the last: both ends are the same
      const float s = outside ? 0.0F : static_cast<float>(rest) / static_cast<float>(stride);
      cell.push_back(c);
      share.push_back(s);
      nearest.push_back(std::clamp(2 * rest < stride ? c - 1 : c, 0, count - 1));
      error_low.push_back(weight(s));
      error_high.push_back(outside ? 0.0F : weight(1.0F - s));
    }
  }
  LatticeAxis view() const { return {cell.data(), nearest.data(), share.data(), error_low.data(), error_high.data(), first, stride}; }
};

// The fresh layer as the kernel reads it.
struct KernelLayer {
  std::vector<std::uint8_t> colour, low_colour, high_colour;
  std::vector<float> depth, low_depth, high_depth;

  KernelLayer(const FreshLayer& fresh, const DepthOf& depths) {
    const Lattice& l = fresh.lattice;
    const auto count = static_cast<std::size_t>(l.count());
    const auto gaps = static_cast<std::size_t>(l.columns + 1) * static_cast<std::size_t>(l.rows + 1);
    colour.resize(count * 4);
    depth.resize(count);
    low_colour.resize(gaps * 4);
    high_colour.resize(gaps * 4);
    low_depth.resize(gaps);
    high_depth.resize(gaps);
    core::parallel_for_ranges(l.rows, kLatticeRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      for (auto row = static_cast<int>(begin); row < end; ++row) read_row(fresh, depths, row);
    });
    core::parallel_for_ranges(l.rows + 1, kLatticeRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      for (auto row = static_cast<int>(begin); row < end; ++row) bound_gaps(l, row);
    });
  }

  // The layer's own pixels of the picture's row y.
  void put_row(const Lattice& l, int y, int width, std::span<std::uint8_t> rgba, std::span<float> inverse_depth) const {
    if (y < l.offset.y || (y - l.offset.y) % l.stride.y != 0) return;
    const std::size_t row = static_cast<std::size_t>((y - l.offset.y) / l.stride.y) * static_cast<std::size_t>(l.columns);
    std::size_t pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(l.offset.x);
    for (std::size_t i = row; i < row + static_cast<std::size_t>(l.columns); ++i, pixel += static_cast<std::size_t>(l.stride.x)) {
      std::memcpy(rgba.data() + pixel * 4, colour.data() + i * 4, 4);
      inverse_depth[pixel] = depth[i];
    }
  }

 private:
  void read_row(const FreshLayer& fresh, const DepthOf& depths, int row) {
    const Lattice& l = fresh.lattice;
    for (int column = 0; column < l.columns; ++column) {
      const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(l.columns) + static_cast<std::size_t>(column);
      for (std::size_t c = 0; c < 3; ++c)
        colour[i * 4 + c] = static_cast<std::uint8_t>(255.0F * std::clamp(fresh.value[i * 3 + c], 0.0F, 1.0F) + 0.5F);
      colour[i * 4 + 3] = 255;
      depth[i] = aged(depths.inverse(static_cast<float>(l.offset.x + column * l.stride.x) + 0.5F,
                                     static_cast<float>(l.offset.y + row * l.stride.y) + 0.5F, fresh.depth[i]),
                      0);
    }
  }

  // Least and greatest of the four corners of each gap of a gap row.
  void bound_gaps(const Lattice& l, int row) {
    const auto columns = static_cast<std::size_t>(l.columns);
    const std::size_t upper = static_cast<std::size_t>(std::max(row - 1, 0)) * columns;
    const std::size_t lower = static_cast<std::size_t>(std::min(row, l.rows - 1)) * columns;
    for (std::size_t column = 0; column <= columns; ++column) {
      const std::size_t left = column == 0 ? 0 : column - 1, right = std::min(column, columns - 1);
      const std::size_t gap = static_cast<std::size_t>(row) * (columns + 1) + column;
      const std::size_t corner[4] = {upper + left, upper + right, lower + left, lower + right};
      for (std::size_t c = 0; c < 4; ++c) {
        const std::uint8_t v[4] = {colour[corner[0] * 4 + c], colour[corner[1] * 4 + c], colour[corner[2] * 4 + c],
                                   colour[corner[3] * 4 + c]};
        low_colour[gap * 4 + c] = std::min(std::min(v[0], v[1]), std::min(v[2], v[3]));
        high_colour[gap * 4 + c] = std::max(std::max(v[0], v[1]), std::max(v[2], v[3]));
      }
      const float w[4] = {std::abs(depth[corner[0]]), std::abs(depth[corner[1]]), std::abs(depth[corner[2]]), std::abs(depth[corner[3]])};
      low_depth[gap] = std::min(std::min(w[0], w[1]), std::min(w[2], w[3]));
      high_depth[gap] = std::max(std::max(w[0], w[1]), std::max(w[2], w[3]));
    }
  }
};

// First row of the picture in gap row `gap`, and of the next one.
int first_row_of(const Lattice& l, int gap, int height) { return gap == 0 ? 0 : std::min(height, l.offset.y + (gap - 1) * l.stride.y); }
int end_row_of(const Lattice& l, int gap, int height) { return gap == l.rows ? height : first_row_of(l, gap + 1, height); }

}  // namespace

DepthOf::DepthOf(const core::Camera& camera, double ground_z)
    : fl_x_(camera.fl_x), fl_y_(camera.fl_y), cx_(camera.cx), cy_(camera.cy), height_(camera.position.z - ground_z) {
  const glm::dmat3 axes = image_axes(camera);
  for (int k = 0; k < 3; ++k) down_[k] = axes[k].z;
}

float DepthOf::inverse(float column, float row, float distance) const {
  const double x = (column - cx_) / fl_x_, y = (row - cy_) / fl_y_;
  if (distance > 0) return static_cast<float>(std::sqrt(x * x + y * y + 1) / static_cast<double>(distance));
  // The surroundings' ground: the ray falls by `fall` a unit of planar depth.
  const double fall = -(x * down_[0] + y * down_[1] + down_[2]);
  return -static_cast<float>(fall > 1e-4 && height_ > 0 ? fall / height_ : 0.0);
}

void inverse_depths(const core::Camera& camera, double ground_z, std::span<const float> distance, std::span<float> inverse) {
  const DepthOf depths(camera, ground_z);
  core::parallel_for_ranges(camera.height, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
    for (auto y = static_cast<int>(begin); y < end; ++y) {
      for (int x = 0; x < camera.width; ++x) {
        const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(camera.width) + static_cast<std::size_t>(x);
        inverse[i] = aged(depths.inverse(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F, distance[i]), 0);
      }
    }
  });
}

void reproject(const core::Camera& camera, double ground_z, const FreshLayer& fresh, const PastPicture* past,
               const ReprojectOptions& options, std::span<std::uint8_t> rgba, std::span<float> inverse_depth, std::span<float> distance) {
  constexpr int kLeastPastSize = 8;  // of what the filter can read
  const Lattice& l = fresh.lattice;
  const DepthOf depths(camera, ground_z);
  const KernelLayer layer(fresh, depths);
  const Axis across(camera.width, l.columns, l.stride.x, l.offset.x, options.reach);
  const Axis down(camera.height, l.rows, l.stride.y, l.offset.y, options.reach);
  RowsInput input;
  input.width = camera.width;
  input.height = camera.height;
  if (past != nullptr && past->camera->width >= kLeastPastSize && past->camera->height >= kLeastPastSize) {
    input.past_rgba = past->rgba;
    input.past_depth = past->inverse_depth;
    input.past_width = past->camera->width;
    input.past_height = past->camera->height;
    input.back = warp_between(camera, *past->camera);
    input.forth = warp_between(*past->camera, camera);
    input.still = camera.position == past->camera->position && camera.rotation == past->camera->rotation;
    input.still = input.still && options.margin >= 1 && camera.fl_x == past->camera->fl_x && camera.width == past->camera->width &&
                  camera.height == past->camera->height;
    if (input.still) input.strict_margin = 255;
    input.margin = input.still ? std::uint8_t{255} : static_cast<std::uint8_t>(255.0F * std::min(options.margin, kMovingMargin));
  }
  input.columns = l.columns;
  input.rows = l.rows;
  input.x = across.view();
  input.y = down.view();
  input.fresh_rgba = layer.colour.data();
  input.fresh_depth = layer.depth.data();
  input.low_colour = layer.low_colour.data();
  input.high_colour = layer.high_colour.data();
  input.low_depth = layer.low_depth.data();
  input.high_depth = layer.high_depth.data();
  input.middle_x = static_cast<float>(camera.cx - 0.5);
  input.middle_y = static_cast<float>(camera.cy - 0.5);
  input.slope_x = static_cast<float>(1 / camera.fl_x);
  input.slope_y = static_cast<float>(1 / camera.fl_y);
  input.rgba = rgba.data();
  input.depth = inverse_depth.data();
  input.distance = distance.data();

  std::vector<std::int16_t> errors;
  if (input.past_rgba != nullptr) {
    errors.resize(static_cast<std::size_t>(l.count()) * 4);
    core::parallel_for_ranges(l.rows, kLatticeRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      for (auto row = begin; row < end; ++row) error_row(input, static_cast<int>(row), errors.data() + row * l.columns * 4);
    });
  }
  core::parallel_for_ranges(l.rows + 1, kBandsPerTask, [&](std::int64_t begin, std::int64_t end) {
    thread_local BandLines lines;
    for (auto gap = static_cast<int>(begin); gap < end; ++gap) {
      spread_band(input, gap, errors.data(), gap > begin, lines);
      for (int y = first_row_of(l, gap, camera.height); y < end_row_of(l, gap, camera.height); ++y) {
        picture_row(input, lines, y);
        layer.put_row(l, y, camera.width, rgba, inverse_depth);
      }
    }
  });
}

}  // namespace skyline::renderer
