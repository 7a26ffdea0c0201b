// Deterministic damage to inputs: the same seed and number give the same input on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace skyline::fuzz {

// One of the seeds, changed in one to four places.
std::string mutated(const std::vector<std::string>& seeds, std::uint64_t number);

}  // namespace skyline::fuzz
