// The name that a person most likely meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace skyline::editor {

// The name with the smallest edit distance (Levenshtein 1966) to `wanted`; empty when none is near: more than a third of it would change.
std::string_view nearest_name(std::string_view wanted, std::span<const std::string_view> names);

// "did you mean NAME", else `otherwise`.
std::string did_you_mean(std::string_view wanted, std::span<const std::string_view> names, std::string_view otherwise);

}  // namespace skyline::editor
