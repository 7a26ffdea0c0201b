// What a program does with a .sky: open, verify, hash, load, look.
#pragma once

#include <filesystem>

namespace skyline::fuzz {

// True when the scene could be loaded. Then its pictures must come to an end, too.
bool use_sky(const std::filesystem::path& path);

}  // namespace skyline::fuzz
