// The rows of a reprojected picture: what its SIMD kernel takes. Shared by reproject.cpp and reproject_rows.cpp only.
//
// Colours are RGBA bytes. Errors are 16-bit integers, kErrorScale to a grey level.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

namespace skyline::renderer {

// The last bits of an inverse depth count the frames since the pixel's colour was traced. Oldest: traced long ago, or never.
inline constexpr std::int32_t kOldest = 15;
inline constexpr int kErrorScale = 64;

inline float aged(float inverse_depth, std::int32_t age) {
  std::int32_t bits = 0;
  std::memcpy(&bits, &inverse_depth, sizeof bits);
  bits = (bits & ~kOldest) | age;
  std::memcpy(&inverse_depth, &bits, sizeof bits);
  return inverse_depth;
}

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
  const float* error_low;       // of the error at the gap's lower and upper end, what is taken for the pixel's
  const float* error_high;
  int first, stride;  // of the lattice, in pixels
};

struct RowsInput {
  int width = 0, height = 0;
  // The former picture; null: none.
  const std::uint8_t* past_rgba = nullptr;
  const float* past_depth = nullptr;  // inverse, as all of them
  int past_width = 0, past_height = 0;
  Warp back, forth;  // to the former picture and from it
  // Fresh layer. Gaps are [rows + 1, columns + 1].
  int columns = 0, rows = 0;
  LatticeAxis x, y;
  const std::uint8_t* fresh_rgba = nullptr;  // [rows, columns, 4]
  const float* fresh_depth = nullptr;        // [rows, columns]
  const std::uint8_t* low_colour = nullptr;  // [gaps, 4] least and greatest of the gap's four corners
  const std::uint8_t* high_colour = nullptr;
  const float* low_depth = nullptr;  // [gaps] magnitudes
  const float* high_depth = nullptr;
  bool still = false;              // both cameras are the same: what was traced stays right, however old it is
  std::uint8_t margin = 255;       // of colours where depths agree
  std::uint8_t strict_margin = 8;  // and where they do not
  // Of the camera: whole-numbered pixel of the principal point, 1 / focal length.
  float middle_x = 0, middle_y = 0, slope_x = 1, slope_y = 1;
  std::uint8_t* rgba = nullptr;
  float* depth = nullptr;
  float* distance = nullptr;  // along the rays; 0 where nothing was hit
};

// What the rows of one gap between two rows of the lattice share, spread over the picture's columns.
struct BandLines {
  std::vector<float> upper_depth, lower_depth;         // [width] of the nearest pixel of both lattice rows
  std::vector<float> low_depth, high_depth;            // [width]
  std::vector<std::uint8_t> low_colour, high_colour;   // [width, 4]
  std::vector<std::int16_t> upper_error, lower_error;  // [width, 4]
};

// Fresh colours minus those of the former picture at the pixels of the lattice's row [columns, 4]; 0 where nothing is found.
void error_row(const RowsInput& input, int row, std::int16_t* error);
// Lines of gap row `gap`. `errors` is [rows, columns, 4]. Where `lines` are those of the gap row above, less is done.
void spread_band(const RowsInput& input, int gap, const std::int16_t* errors, bool from_above, BandLines& lines);
// Does row y of the picture, which lies in the band of `lines`.
void picture_row(const RowsInput& input, const BandLines& lines, int y);

}  // namespace skyline::renderer
