#include "city/score.h"

#include "city/overlay.h"
#include "city/polygon.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace skyline::city {
namespace {

struct Building {
  std::int32_t id = 0;
  Polygon footprint;
  Rectangle box;
  double base = 0, height = 0;
};

std::vector<Building> buildings_of(const Catalogue& catalogue, const Polygon& within) {
  std::vector<Building> all;
  for (const Object& object : catalogue.objects()) {
    if (!is_a(object.object_class, ObjectClass::kBuilding) || object.footprint.empty()) continue;
    if (!within.empty() && !contains(within, centroid(object.footprint))) continue;
    all.push_back({object.id, object.footprint, bounds(object.footprint), object.base, object.height});
  }
  return all;
}

// Touching buildings of equal height become one, with the outer border of their union.
std::vector<Building> merge_touching(std::vector<Building> parts, const ScoreSettings& settings) {
  std::vector<std::size_t> leader(parts.size());
  std::iota(leader.begin(), leader.end(), 0);
  const auto find = [&](std::size_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t k = i + 1; k < parts.size(); ++k) {
      const double tops = std::abs(parts[i].base + parts[i].height - parts[k].base - parts[k].height);
      if (tops > settings.equal_height || !parts[i].box.grown(settings.touching_gap).touches(parts[k].box)) continue;
      if (gap(parts[i].footprint, parts[k].footprint) > settings.touching_gap) continue;
      const std::size_t a = find(i), b = find(k);
      leader[std::max(a, b)] = std::min(a, b);
    }
  }
  std::vector<Building> merged;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (find(i) != i) continue;
    std::vector<Polygon> group;
    for (std::size_t k = i; k < parts.size(); ++k) {
      if (find(k) == i) group.push_back(parts[k].footprint);
    }
    Building building = parts[i];
    if (group.size() > 1) {
      building.footprint = union_of(group, settings.touching_gap).front().outer;
      building.box = bounds(building.footprint);
    }
    merged.push_back(std::move(building));
  }
  return merged;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

Score score_buildings(const Catalogue& truth_catalogue, const Catalogue& found_catalogue, const ScoreSettings& settings) {
  const std::vector<Building> truth = merge_touching(buildings_of(truth_catalogue, settings.within), settings);
  const std::vector<Building> found = buildings_of(found_catalogue, settings.within);
  struct Pair {
    std::size_t truth, found;
    double overlap;
  };
  std::vector<Pair> pairs;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    for (std::size_t f = 0; f < found.size(); ++f) {
      if (!truth[t].box.touches(found[f].box)) continue;
      const double overlap = intersection_over_union(truth[t].footprint, found[f].footprint);
      if (overlap >= settings.least_overlap) pairs.push_back({t, f, overlap});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tuple(-a.overlap, a.truth, a.found) < std::tuple(-b.overlap, b.truth, b.found);
  });
  Score score;
  std::vector<char> truth_taken(truth.size()), found_taken(found.size());
  std::vector<double> errors;
  double overlap = 0;
  int found_right = 0, truth_right = 0;
  for (const Pair& pair : pairs) {
    if (truth_taken[pair.truth] != 0 || found_taken[pair.found] != 0) continue;
    truth_taken[pair.truth] = found_taken[pair.found] = 1;
    const Building &t = truth[pair.truth], &f = found[pair.found];
    if (f.height > settings.lowest) ++found_right;
    if (t.height <= settings.lowest) continue;
    ++truth_right;
    score.matches.push_back({t.id, f.id, pair.overlap, f.height - t.height});
    errors.push_back(std::abs(f.height - t.height));
    overlap += pair.overlap;
  }
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (truth[t].height <= settings.lowest) continue;
    ++score.truth;
    if (truth_taken[t] == 0) score.missed.push_back(truth[t].id);
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (found[f].height <= settings.lowest) continue;
    ++score.found;
    if (found_taken[f] == 0) score.invented.push_back(found[f].id);
  }
  score.recall = score.truth > 0 ? static_cast<double>(truth_right) / score.truth : 0;
  score.precision = score.found > 0 ? static_cast<double>(found_right) / score.found : 0;
  score.mean_overlap = score.matches.empty() ? 0 : overlap / static_cast<double>(score.matches.size());
  score.median_height_error = median(std::move(errors));
  return score;
}

}  // namespace skyline::city
