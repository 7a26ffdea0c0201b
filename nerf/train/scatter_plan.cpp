#include "nerf/train/scatter_plan.h"

#include "core/parallel.h"
#include "nerf/train/gradients.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace skyline::nerf {
namespace {

constexpr int kTileColumns = 8;  // coarse texels along a strip in one bin

}  // namespace

ScatterPlan::ScatterPlan(const Field& field, FieldGradients& gradients) {
  for (std::size_t b = 0; b < field.blocks.size(); ++b) {
    const Block& block = field.blocks[b];
    BlockPlan plan;
    // A strip must be taller than what a sample reaches across its end: one coarse texel, or two cells of the volume.
    if (!block.volume.cells.empty()) {
      const double cells_a_texel = static_cast<double>(block.volume.rows - 1) / (block.planes[0].rows - 1);
      plan.strip_rows = std::max(plan.strip_rows, static_cast<int>(std::ceil(3.0 / cells_a_texel)));
    }
    plan.strips = (block.planes[0].rows + plan.strip_rows - 1) / plan.strip_rows;
    plan.tiles = (block.planes[0].columns + kTileColumns - 1) / kTileColumns;
    plan.first_bin = bins_;
    plan.first_task = tasks_;
    bins_ += plan.strips * plan.tiles;
    tasks_ += plan.strips;
    blocks_.push_back(plan);

    const std::string prefix = "block" + std::to_string(b) + ".";
    GradientView::BlockGradient target{};
    std::vector<float*> lines;
    std::size_t floats = 0;
    for (std::size_t l = 0; l < block.planes.size(); ++l) {
      FieldGradients::Group* plane = gradients.find(prefix + "plane" + std::to_string(l));
      target.planes[l] = plane->gradient.data();
      target.plane_touched[l] = plane->touched.data();
      FieldGradients::Group* line = gradients.find(prefix + "line" + std::to_string(l));
      lines.push_back(line->gradient.data());
      floats += line->gradient.size();
    }
    if (!block.volume.cells.empty()) {
      FieldGradients::Group* volume = gradients.find(prefix + "volume");
      target.volume = volume->gradient.data();
      target.volume_touched = volume->touched.data();
    }
    target_.blocks.push_back(target);
    line_targets_.push_back(lines);
    line_sizes_.push_back(floats);
    for (int s = 0; s < plan.strips; ++s) line_sums_.emplace_back(floats);
  }
}

int ScatterPlan::bin_of(const FieldView& view, int block, float x, float y) const {
  const BlockPlan& plan = blocks_[static_cast<std::size_t>(block)];
  const BlockView& b = view.blocks[static_cast<std::size_t>(block)];
  const Tap<float> tx = tap(x, b.low_x, b.levels[0].scale_x, b.levels[0].columns);
  const Tap<float> ty = tap(y, b.low_y, b.levels[0].scale_y, b.levels[0].rows);
  return plan.first_bin + (ty.index / plan.strip_rows) * plan.tiles + tx.index / kTileColumns;
}

void ScatterPlan::sort_by_bin(const FieldView& view, const std::vector<std::span<const ScatterRecord>>& records) {
  // A counting sort in which every part of the records counts and places its own; a record in the border of blocks has an entry in each.
  const std::size_t parts = records.size(), bins = static_cast<std::size_t>(bins_);
  counts_.assign(parts * bins, 0);
  const auto for_each_entry = [&](std::size_t part, auto&& visit) {
    for (const ScatterRecord& record : records[part]) {
      BlockShare shares[4];
      const int count = view.shares(record.x, record.y, shares);
      for (int k = 0; k < count; ++k) visit(record, static_cast<std::size_t>(bin_of(view, shares[k].block, record.x, record.y)));
    }
  };
  core::parallel_for(static_cast<std::int64_t>(parts), [&](std::int64_t p) {
    std::int32_t* counts = counts_.data() + static_cast<std::size_t>(p) * bins;
    for_each_entry(static_cast<std::size_t>(p), [&](const ScatterRecord&, std::size_t bin) { ++counts[bin]; });
  });
  bin_begin_.resize(bins + 1);
  std::int32_t total = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    bin_begin_[bin] = total;
    for (std::size_t p = 0; p < parts; ++p) {
      const std::int32_t count = counts_[p * bins + bin];
      counts_[p * bins + bin] = total;
      total += count;
    }
  }
  bin_begin_[bins] = total;
  sorted_.resize(static_cast<std::size_t>(total));
  core::parallel_for(static_cast<std::int64_t>(parts), [&](std::int64_t p) {
    std::int32_t* next = counts_.data() + static_cast<std::size_t>(p) * bins;
    for_each_entry(static_cast<std::size_t>(p),
                   [&](const ScatterRecord& record, std::size_t bin) { sorted_[static_cast<std::size_t>(next[bin]++)] = record; });
  });
}

void ScatterPlan::scatter(const FieldView& view, const std::vector<std::span<const ScatterRecord>>& records,
                          const float* feature_gradients) {
  sort_by_bin(view, records);
  for (int parity = 0; parity < 2; ++parity) {
    std::vector<std::pair<int, int>> strips;  // block, strip
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      for (int s = parity; s < blocks_[b].strips; s += 2) strips.emplace_back(static_cast<int>(b), s);
    }
    core::parallel_for(static_cast<std::int64_t>(strips.size()), [&](std::int64_t task) {
      const auto [block, strip] = strips[static_cast<std::size_t>(task)];
      const BlockPlan& plan = blocks_[static_cast<std::size_t>(block)];
      std::vector<float>& sums = line_sums_[static_cast<std::size_t>(plan.first_task + strip)];
      std::fill(sums.begin(), sums.end(), 0.0F);
      const std::int32_t begin = bin_begin_[static_cast<std::size_t>(plan.first_bin + strip * plan.tiles)];
      const std::int32_t end = bin_begin_[static_cast<std::size_t>(plan.first_bin + (strip + 1) * plan.tiles)];
      if (begin == end) return;
      GradientView target = target_;
      float* at = sums.data();
      for (int l = 0; l < view.levels; ++l) {
        target.blocks[static_cast<std::size_t>(block)].lines[static_cast<std::size_t>(l)] = at;
        at += static_cast<std::ptrdiff_t>(view.blocks[static_cast<std::size_t>(block)].levels[static_cast<std::size_t>(l)].size) *
              view.texel_channels();
      }
      scatter_gradients(view, sorted_.data() + begin, end - begin, feature_gradients, target, block);
    });
  }

  // Lines: strips added in order, every (block, level) on its own.
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    for (int s = 0; s < blocks_[b].strips; ++s) {
      const float* at = line_sums_[static_cast<std::size_t>(blocks_[b].first_task + s)].data();
      for (std::size_t l = 0; l < line_targets_[b].size(); ++l) {
        const auto count = static_cast<std::ptrdiff_t>(view.blocks[b].levels[l].size) * view.texel_channels();
        float* target = line_targets_[b][l];
        for (std::ptrdiff_t i = 0; i < count; ++i) target[i] += at[i];
        at += count;
      }
    }
  }
}

}  // namespace skyline::nerf
