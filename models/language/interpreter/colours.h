// Colours in words: the palette's values, lighter and darker.
#pragma once

#include <string>
#include <string_view>

namespace skyline::models {

// "#c0392b" of "red"; empty: not of the palette.
std::string palette_hex(std::string_view name);
// `shade` dark or light: 20 of CIELAB's lightness down or up, hue and chroma kept as far as sRGB reaches.
std::string shaded(const std::string& hex, std::string_view shade);

}  // namespace skyline::models
