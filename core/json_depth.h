// Depth of untrusted JSON, to be asked before it is parsed: the JSON library copies and writes values by recursion, and a few hundred
// kilobytes of brackets would exhaust the stack. Private to Skyline's readers.
#pragma once

#include <string_view>

namespace skyline::core {

// No file that Skyline reads nests deeper than 8.
inline constexpr int kDeepestJson = 100;

// True when lists and objects nest at most kDeepestJson deep. Looks at brackets only; whether the text is JSON is for the parser to say.
inline bool is_shallow_json(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepestJson) return false;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return true;
}

}  // namespace skyline::core
