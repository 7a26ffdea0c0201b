// Colours in words: the palette of the commands, nearest in CIELAB, with a shade where it is clearly lighter or darker.
#pragma once

#include <glm/vec3.hpp>

#include <optional>
#include <string>

namespace skyline::models {

struct ColourWord {
  std::string name, shade;  // "red"; "light", "dark" or empty
};

// Display-encoded sRGB. The palette's nearest colour, whatever the distance.
ColourWord nearest_colour(glm::u8vec3 colour);
// The same, but nothing when no word of the palette would come to a person's mind: farther than kClearColour from all of them.
std::optional<ColourWord> clear_colour(glm::u8vec3 colour);
inline constexpr double kClearColour = 24;  // CIE76 difference

}  // namespace skyline::models
