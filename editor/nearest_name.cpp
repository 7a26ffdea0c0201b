#include "editor/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace skyline::editor {
namespace {

constexpr std::size_t kLongestName = 64;  // longer texts are no slips of a name

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view wanted, std::span<const std::string_view> names) {
  std::string_view nearest;
  if (wanted.size() > kLongestName) return nearest;
  std::size_t least = wanted.size() / 3 + 1;  // the first distance that is too far
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(wanted, name);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string_view> names, std::string_view otherwise) {
  const std::string_view name = nearest_name(wanted, names);
  return name.empty() ? std::string(otherwise) : "did you mean " + std::string(name);
}

}  // namespace skyline::editor
