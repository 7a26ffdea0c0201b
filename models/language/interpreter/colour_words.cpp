#include "models/language/interpreter/colour_words.h"

#include "models/language/interpreter/colours.h"
#include "models/language/interpreter/palette.h"

#include <glm/geometric.hpp>

#include <charconv>

namespace skyline::models {

std::optional<ColourWord> colour_word(glm::u8vec3 colour) {
  constexpr double kShadeStep = 12;  // of L*: that much lighter or darker is worth a word
  const NamedColour& nearest = palette()[static_cast<std::size_t>(nearest_colour(colour))];
  const glm::dvec3 own = lab_of(colour), named = lab_of(nearest.colour);
  if (glm::distance(own, named) > kClearColour) return std::nullopt;
  // Nobody says light black or dark white.
  if (nearest.name == "black" || nearest.name == "white") return ColourWord{nearest.name, {}};
  return ColourWord{nearest.name, own.x > named.x + kShadeStep ? "light" : own.x < named.x - kShadeStep ? "dark" : ""};
}

std::string colour_phrase(const std::string& hex, bool chinese) {
  const auto phrase = [&](std::string_view shade, const NamedColour& colour) {
    if (chinese) return (shade == "dark" ? "深" : shade == "light" ? "浅" : "") + std::string(colour.name_zh) + "色";
    return (shade.empty() ? std::string() : std::string(shade) + " ") + std::string(colour.name);
  };
  // What a sentence asked for keeps its own name: dark orange is nearer to brown.
  for (const NamedColour& colour : palette()) {
    const std::string plain = palette_hex(colour.name);
    if (hex == plain) return phrase({}, colour);
    for (const std::string_view shade : {"dark", "light"}) {
      if (hex == shaded(plain, shade)) return phrase(shade, colour);
    }
  }
  unsigned value = 0;
  const char* const end = hex.data() + hex.size();
  const bool is_colour = hex.size() == 7 && hex[0] == '#' && std::from_chars(hex.data() + 1, end, value, 16).ptr == end;
  if (!is_colour) return hex;
  const auto word = colour_word(glm::u8vec3(value >> 16U, value >> 8U & 255U, value & 255U));
  if (!word) return hex;
  return phrase(word->shade, palette()[static_cast<std::size_t>(find_colour(word->name))]);
}

}  // namespace skyline::models
