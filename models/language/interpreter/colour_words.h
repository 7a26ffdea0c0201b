// Colours as captions, replies and the history say them: a name of the palette, with a shade where the colour is clearly lighter or darker
// than the name's.
#pragma once

#include <glm/vec3.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace skyline::models {

struct ColourWord {
  std::string_view name, shade;  // "red"; "light", "dark" or empty
};

// Display-encoded sRGB. Nothing when no name would come to a person's mind: farther than kClearColour from all of them.
std::optional<ColourWord> colour_word(glm::u8vec3 colour);
inline constexpr double kClearColour = 24;  // difference in CIELAB (CIE76)

// "dark red", "深红色" of "#rrggbb"; the text itself where no name would come to mind, or it is no colour.
std::string colour_phrase(const std::string& hex, bool chinese);

}  // namespace skyline::models
