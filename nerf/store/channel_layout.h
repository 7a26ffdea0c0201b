// Which channels of a texel are learned and which are padding: a .sky stores the learned ones only. Private to nerf/store.
#pragma once

#include "nerf/model/field.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace skyline::nerf {

// Runs of learned channels, each padded in memory; the whole sequence `repeat` times in a texel (the layers of a volume's column).
struct ChannelLayout {
  struct Run {
    int learned = 0;
    int memory = 0;
  };
  std::vector<Run> runs;
  int repeat = 1;

  int stored_channels() const {
    int sum = 0;
    for (const Run& run : runs) sum += run.learned;
    return sum * repeat;
  }
  int memory_channels() const {
    int sum = 0;
    for (const Run& run : runs) sum += run.memory;
    return sum * repeat;
  }
  bool is_padded() const { return stored_channels() != memory_channels(); }

  void pack(std::span<const float> memory, std::span<float> stored) const {
    const float* from = memory.data();
    float* to = stored.data();
    for (std::size_t i = 0; i < memory.size(); i += sequence_channels()) {
      for (const Run& run : runs) {
        to = std::copy_n(from, run.learned, to);
        from += run.memory;
      }
    }
  }
  // `memory` is zero where the padding is.
  void unpack(std::span<const float> stored, std::span<float> memory) const {
    const float* from = stored.data();
    float* to = memory.data();
    for (std::size_t i = 0; i < memory.size(); i += sequence_channels()) {
      for (const Run& run : runs) {
        std::copy_n(from, run.learned, to);
        from += run.learned;
        to += run.memory;
      }
    }
  }

 private:
  std::size_t sequence_channels() const { return static_cast<std::size_t>(memory_channels() / repeat); }
};

inline ChannelLayout plain_layout(int channels) { return {{{channels, channels}}, 1}; }
inline ChannelLayout outputs_layout(int outputs) { return {{{outputs, padded(outputs, kChannelPadding)}}, 1}; }
inline ChannelLayout texel_layout(const Field& field) {
  return {{{field.settings.density_channels, field.density_channels()}, {field.settings.appearance_channels, field.appearance_channels()}},
          1};
}
inline ChannelLayout volume_layout(const Field& field, int layers) {
  return {{{field.settings.volume_channels, field.volume_channels()}}, layers};
}

}  // namespace skyline::nerf
