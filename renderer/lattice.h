// Which pixels are traced when: interleaved lattices of a picture, and the order of work that refines it at rest.
//
// A lattice is every stride-th pixel from an offset. Its pixels come as image points of the whole camera in blocks of neighbours, as
// nerf::Renderer takes them. Pure functions of their arguments.
#pragma once

#include <glm/vec2.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace skyline::renderer {

struct Lattice {
  glm::ivec2 stride{1}, offset{0};
  int columns = 0, rows = 0;  // pixels of the lattice in the picture

  Lattice() = default;
  Lattice(glm::ivec2 size, glm::ivec2 s, glm::ivec2 o);
  std::int64_t count() const { return static_cast<std::int64_t>(columns) * rows; }
};

// The finest stride whose lattices have at most `rays` pixels, nearly square; every pixel (1, 1) where rays allow it.
glm::ivec2 stride_for(glm::ivec2 size, std::int64_t rays);

// All offsets of a stride, each next one as far as possible from those before it (on the torus): whatever has been traced so far is spread
// evenly.
std::vector<glm::ivec2> offset_order(glm::ivec2 stride);

// Image points to trace, in pixels, and what each belongs to: `pixel` counts the lattice's own pixels (row * columns + column), or those of
// the picture.
struct Points {
  std::vector<glm::vec2> at;
  std::vector<std::uint32_t> pixel;
};

// All pixel centres of a lattice; `pixel` is of the lattice.
void lattice_points(const Lattice& lattice, Points& points);

// Sub-pixel positions of the samples of a pixel, from its centre; the first is the centre itself, and so is the mean of all (of two
// it cannot be).
std::span<const glm::vec2> sample_offsets(int samples);
inline constexpr int kMostSamples = 8;

// The work of refining a picture: first every pixel's centre, interleaved, then the further samples. Units of at most 128 points each.
class RefinementOrder {
 public:
  RefinementOrder() = default;
  // Pixels near `focus` come earlier. `samples` a pixel in all; `first_offset` turns the order of the offsets, so that work which is begun
  // anew again and again still reaches every pixel.
  RefinementOrder(glm::ivec2 size, int samples, glm::dvec2 focus, std::size_t first_offset = 0);

  std::size_t units() const { return units_.size(); }
  // Units of the first sample, which come first.
  std::size_t first_units() const { return first_units_; }
  // Which sample of its pixels unit `i` is.
  int sample(std::size_t i) const { return units_[i].sample; }
  // Some pixel of the unit may lie in [low, high).
  bool touches(std::size_t i, glm::ivec2 low, glm::ivec2 high) const;
  // Appends the points of unit `i`; `pixel` is of the picture.
  void append(std::size_t i, Points& points) const;

 private:
  struct Unit {
    float key;
    std::uint16_t sample, lattice;  // lattice: place in the order of the offsets
    std::int32_t column, row;       // of the tile
  };
  glm::ivec2 size_{0};
  std::vector<glm::ivec2> offsets_;
  std::vector<Unit> units_;
  std::size_t first_units_ = 0;
  int samples_ = 1;
};

}  // namespace skyline::renderer
