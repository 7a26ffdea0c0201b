#include "models/caption/colour_words.h"

#include "models/language/interpreter/palette.h"

#include <glm/geometric.hpp>

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

}  // namespace skyline::models
