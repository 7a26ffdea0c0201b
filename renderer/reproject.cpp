#include "renderer/reproject.h"

#include "core/parallel.h"
#include "renderer/reproject_rows.h"

#include <glm/matrix.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace skyline::renderer {
namespace {

constexpr std::int64_t kRowsPerTask = 8;

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
  std::vector<float> share;

  Axis(int size, int count, int stride, int offset) {
    for (int i = 0; i < size; ++i) {
      const int from = i - offset + stride, c = std::min(from / stride, count);
      const int rest = from - c * stride;
      cell.push_back(c);
      share.push_back(c == 0 || c == count ? 0.0F : static_cast<float>(rest) / static_cast<float>(stride));
      nearest.push_back(std::clamp(2 * rest < stride ? c - 1 : c, 0, count - 1));
    }
  }
  LatticeAxis view() const { return {cell.data(), nearest.data(), share.data()}; }
};

// The fresh layer as the kernel reads it.
struct KernelLayer {
  std::vector<float> colour, depth, low_colour, high_colour, low_depth, high_depth;

  KernelLayer(const FreshLayer& fresh, const DepthOf& depths) {
    const Lattice& l = fresh.lattice;
    const auto count = static_cast<std::size_t>(l.count());
    colour.resize(count * 4);
    depth.resize(count);
    core::parallel_for_ranges(l.rows, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      for (auto row = static_cast<int>(begin); row < end; ++row) {
        for (int column = 0; column < l.columns; ++column) {
          const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(l.columns) + static_cast<std::size_t>(column);
          for (std::size_t c = 0; c < 3; ++c) colour[i * 4 + c] = 255.0F * fresh.value[i * 3 + c];
          colour[i * 4 + 3] = 255.0F;
          depth[i] = depths.inverse(static_cast<float>(l.offset.x + column * l.stride.x) + 0.5F,
                                    static_cast<float>(l.offset.y + row * l.stride.y) + 0.5F, fresh.depth[i]);
        }
      }
    });
    bound_gaps(l);
  }

  // Least and greatest of the four corners of each gap.
  void bound_gaps(const Lattice& l) {
    const auto gaps = static_cast<std::size_t>(l.columns + 1) * static_cast<std::size_t>(l.rows + 1);
    low_colour.resize(gaps * 4);
    high_colour.resize(gaps * 4);
    low_depth.resize(gaps);
    high_depth.resize(gaps);
    core::parallel_for_ranges(l.rows + 1, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
      for (auto row = static_cast<int>(begin); row < end; ++row) {
        for (int column = 0; column <= l.columns; ++column) {
          const auto gap = static_cast<std::size_t>(row) * static_cast<std::size_t>(l.columns + 1) + static_cast<std::size_t>(column);
          std::size_t corner[4];
          for (int k = 0; k < 4; ++k) {
            const int x = std::clamp(column - 1 + k % 2, 0, l.columns - 1), y = std::clamp(row - 1 + k / 2, 0, l.rows - 1);
            corner[k] = static_cast<std::size_t>(y) * static_cast<std::size_t>(l.columns) + static_cast<std::size_t>(x);
          }
          for (std::size_t c = 0; c < 4; ++c) {
            const float v[4] = {colour[corner[0] * 4 + c], colour[corner[1] * 4 + c], colour[corner[2] * 4 + c], colour[corner[3] * 4 + c]};
            low_colour[gap * 4 + c] = std::min(std::min(v[0], v[1]), std::min(v[2], v[3]));
            high_colour[gap * 4 + c] = std::max(std::max(v[0], v[1]), std::max(v[2], v[3]));
          }
          const float w[4] = {std::abs(depth[corner[0]]), std::abs(depth[corner[1]]), std::abs(depth[corner[2]]),
                              std::abs(depth[corner[3]])};
          low_depth[gap] = std::min(std::min(w[0], w[1]), std::min(w[2], w[3]));
          high_depth[gap] = std::max(std::max(w[0], w[1]), std::max(w[2], w[3]));
        }
      }
    });
  }
};

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
        inverse[i] = depths.inverse(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F, distance[i]);
      }
    }
  });
}

double reproject(const core::Camera& camera, double ground_z, const FreshLayer& fresh, const PastPicture* past,
                 const ReprojectOptions& options, std::span<std::uint8_t> rgba, std::span<float> inverse_depth, std::span<float> distance) {
  constexpr int kLeastPastSize = 8;  // of what the filter can read
  const Lattice& l = fresh.lattice;
  const DepthOf depths(camera, ground_z);
  const KernelLayer layer(fresh, depths);
  const Axis across(camera.width, l.columns, l.stride.x, l.offset.x), down(camera.height, l.rows, l.stride.y, l.offset.y);
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
  }
  input.columns = l.columns;
  input.rows = l.rows;
  input.x = across.view();
  input.y = down.view();
  input.fresh_colour = layer.colour.data();
  input.fresh_depth = layer.depth.data();
  input.low_colour = layer.low_colour.data();
  input.high_colour = layer.high_colour.data();
  input.low_depth = layer.low_depth.data();
  input.high_depth = layer.high_depth.data();
  input.margin = 255.0F * options.margin;
  input.middle_x = static_cast<float>(camera.cx - 0.5);
  input.middle_y = static_cast<float>(camera.cy - 0.5);
  input.slope_x = static_cast<float>(1 / camera.fl_x);
  input.slope_y = static_cast<float>(1 / camera.fl_y);
  input.rgba = rgba.data();
  input.depth = inverse_depth.data();
  std::atomic<std::int64_t> taken{0};
  core::parallel_for_ranges(camera.height, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
    std::int64_t of_rows = 0;
    for (auto y = static_cast<int>(begin); y < end; ++y) {
      of_rows += reproject_row(input, y);
      const std::size_t line = static_cast<std::size_t>(y) * static_cast<std::size_t>(camera.width);
      if (y >= l.offset.y && (y - l.offset.y) % l.stride.y == 0) {
        const std::size_t row = static_cast<std::size_t>((y - l.offset.y) / l.stride.y) * static_cast<std::size_t>(l.columns);
        for (std::size_t k = 0; k < static_cast<std::size_t>(l.columns); ++k) {
          const std::size_t pixel = line + static_cast<std::size_t>(l.offset.x) + k * static_cast<std::size_t>(l.stride.x);
          for (std::size_t c = 0; c < 3; ++c) rgba[pixel * 4 + c] = static_cast<std::uint8_t>(layer.colour[(row + k) * 4 + c] + 0.5F);
          inverse_depth[pixel] = layer.depth[row + k];
        }
      }
      distance_row(input, y, distance.data() + line);
    }
    taken += of_rows;
  });
  return static_cast<double>(taken) / (static_cast<double>(camera.width) * camera.height);
}

}  // namespace skyline::renderer
