// Small scenes of the kinds that a .sky can hold.
#pragma once

#include <string>
#include <vector>

namespace skyline::fuzz {

// The bytes of whole files.
std::vector<std::string> sky_files();
// The same as the text of sky_text.h.
std::vector<std::string> sky_texts();

}  // namespace skyline::fuzz
