// The rows of a reprojected picture: what its SIMD kernel takes. Shared by reproject.cpp and reproject_rows.cpp only.
#pragma once

#include <cstdint>

namespace skyline::renderer {

// From pixel (x, y) of one camera, whose centres are whole numbers, at inverse depth w to another's: [u, v, s] = h [x, y, 1] + w t, pixel
// (u / s, v / s), inverse depth w / s.
struct Warp {
  float h[9];  // by rows
  float t[3];
};

// Where the pixels along one axis lie in the lattice.
struct LatticeAxis {
  const std::int32_t* cell;     // gap between two lattice pixels, 0 before the first
  const std::int32_t* nearest;  // lattice pixel
  const float* share;           // of the gap's upper end, 0..1
};

struct RowsInput {
  int width = 0, height = 0;
  // The former picture; null: none.
  const std::uint8_t* past_rgba = nullptr;
  const float* past_depth = nullptr;  // inverse, as all of them
  int past_width = 0, past_height = 0;
  Warp back, forth;  // to the former picture and from it
  // Fresh layer. Gaps are [rows + 1, columns + 1], with four numbers each where they are colours of 0..255.
  int columns = 0, rows = 0;
  LatticeAxis x, y;
  const float* fresh_colour = nullptr;  // [rows, columns, 4]
  const float* fresh_depth = nullptr;   // [rows, columns]
  const float* low_colour = nullptr;    // [gaps, 4] least and greatest of the gap's four corners
  const float* high_colour = nullptr;
  const float* low_depth = nullptr;  // [gaps] magnitudes
  const float* high_depth = nullptr;
  float margin = 255;       // of colours where depths agree
  float strict_margin = 8;  // and where they do not
  // Of the camera: whole-numbered pixel of the principal point, 1 / focal length.
  float middle_x = 0, middle_y = 0, slope_x = 1, slope_y = 1;
  std::uint8_t* rgba = nullptr;
  float* depth = nullptr;
};

// Does row y; returns the number of pixels that came from the former picture.
int reproject_row(const RowsInput& input, int y);
// Distances along the rays [width] of row y's depths; 0 where nothing was hit.
void distance_row(const RowsInput& input, int y, float* distance);

}  // namespace skyline::renderer
