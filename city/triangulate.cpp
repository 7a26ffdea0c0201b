#include "city/triangulate.h"

#include "city/polygon.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace skyline::city {
namespace {

using glm::dvec2;
using glm::dvec3;

// Newell's method: area vector of a ring that need not be plane.
dvec3 area_vector(const std::vector<dvec3>& ring) {
  dvec3 sum(0.0);
  for (std::size_t i = 0; i < ring.size(); ++i) sum += glm::cross(ring[i] - ring[0], ring[(i + 1) % ring.size()] - ring[0]);
  return sum / 2.0;
}

using Loop = std::vector<std::uint32_t>;

double loop_area(const Loop& loop, const std::vector<dvec2>& places) {
  double twice = 0;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const dvec2 a = places[loop[i]] - places[loop[0]], b = places[loop[(i + 1) % loop.size()]] - places[loop[0]];
    twice += a.x * b.y - a.y * b.x;
  }
  return twice / 2;
}

// The corner of the loop that a hole's corner sees first: the shortest connection that crosses no edge of the loop or of the other holes.
std::size_t visible_corner(const Loop& loop, const std::vector<Loop>& holes, std::uint32_t from, const std::vector<dvec2>& places) {
  std::vector<std::size_t> order(loop.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto distance = [&](std::size_t i) { return glm::distance(places[loop[i]], places[from]); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double x = distance(a), y = distance(b);
    return x != y ? x < y : a < b;
  });
  const auto crosses = [&](const Loop& ring, std::uint32_t to) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const std::uint32_t a = ring[i], b = ring[(i + 1) % ring.size()];
      const auto shares = [&](std::uint32_t c) { return places[c] == places[from] || places[c] == places[to]; };
      if (!shares(a) && !shares(b) && segments_touch(places[from], places[to], places[a], places[b])) return true;
    }
    return false;
  };
  // The connection leaves the corner into the inside of the loop.
  const auto inside = [&](std::size_t i) {
    const dvec2 before = places[loop[(i + loop.size() - 1) % loop.size()]], at = places[loop[i]],
                after = places[loop[(i + 1) % loop.size()]];
    const dvec2 to = places[from];
    const bool left_of_first = orientation(before, at, to) >= 0, left_of_second = orientation(at, after, to) >= 0;
    return orientation(before, at, after) >= 0 ? left_of_first && left_of_second : left_of_first || left_of_second;
  };
  for (const std::size_t i : order) {
    if (!inside(i) || crosses(loop, loop[i])) continue;
    if (std::none_of(holes.begin(), holes.end(), [&](const Loop& hole) { return crosses(hole, loop[i]); })) return i;
  }
  return order[0];
}

void join_holes(Loop& loop, std::vector<Loop> holes, const std::vector<dvec2>& places) {
  const auto easternmost = [&](const Loop& hole) {
    return std::max_element(hole.begin(), hole.end(), [&](std::uint32_t a, std::uint32_t b) { return places[a].x < places[b].x; });
  };
  std::sort(holes.begin(), holes.end(),
            [&](const Loop& a, const Loop& b) { return places[*easternmost(a)].x > places[*easternmost(b)].x; });
  for (std::size_t h = 0; h < holes.size(); ++h) {
    Loop hole = holes[h];
    std::rotate(hole.begin(), hole.begin() + (easternmost(hole) - hole.cbegin()), hole.end());
    const std::vector<Loop> others(holes.begin() + static_cast<std::ptrdiff_t>(h), holes.end());
    const std::size_t at = visible_corner(loop, others, hole[0], places);
    // ... at, hole once around, back to at ...
    hole.push_back(hole[0]);
    hole.push_back(loop[at]);
    loop.insert(loop.begin() + static_cast<std::ptrdiff_t>(at) + 1, hole.begin(), hole.end());
  }
}

bool is_ear(const Loop& loop, std::size_t i, const std::vector<dvec2>& places) {
  const std::size_t n = loop.size();
  const dvec2 a = places[loop[(i + n - 1) % n]], b = places[loop[i]], c = places[loop[(i + 1) % n]];
  if (orientation(a, b, c) <= 0) return false;
  for (std::size_t j = 0; j < n; ++j) {
    const dvec2 p = places[loop[j]];
    if (p == a || p == b || p == c) continue;
    if (orientation(a, b, p) >= 0 && orientation(b, c, p) >= 0 && orientation(c, a, p) >= 0) return false;
  }
  return true;
}

}  // namespace

std::vector<std::array<std::uint32_t, 3>> triangulate(const std::vector<std::vector<dvec3>>& rings) {
  std::vector<std::array<std::uint32_t, 3>> triangles;
  if (rings.empty() || rings[0].size() < 3) return triangles;
  const dvec3 normal = area_vector(rings[0]);
  if (!(glm::length(normal) > 1e-9)) return triangles;

  // Drop the longest axis of the normal; keep the ring counter-clockwise.
  const dvec3 size = glm::abs(normal);
  const int drop = size.x > size.y ? (size.x > size.z ? 0 : 2) : (size.y > size.z ? 1 : 2);
  std::vector<dvec2> places;
  Loop loop;
  std::vector<Loop> holes;
  for (const auto& ring : rings) {
    Loop indices;
    for (const dvec3& p : ring) {
      dvec2 place(p[(drop + 1) % 3], p[(drop + 2) % 3]);
      if (normal[drop] < 0) place = {place.y, place.x};
      const auto index = static_cast<std::uint32_t>(places.size());
      places.push_back(place);
      if (indices.empty() || places[indices.back()] != place) indices.push_back(index);
    }
    while (indices.size() > 1 && places[indices.front()] == places[indices.back()]) indices.pop_back();
    if (&ring == &rings[0]) {
      loop = std::move(indices);
    } else if (indices.size() >= 3) {
      if (loop_area(indices, places) > 0) std::reverse(indices.begin(), indices.end());
      holes.push_back(std::move(indices));
    }
  }
  if (loop.size() < 3) return triangles;
  join_holes(loop, std::move(holes), places);

  while (loop.size() > 3) {
    std::size_t ear = loop.size();
    for (std::size_t i = 0; i < loop.size() && ear == loop.size(); ++i) {
      if (is_ear(loop, i, places)) ear = i;
    }
    const std::size_t n = loop.size();
    if (ear == n) {
      // No ear: a corner on a straight line goes first, else (a ring that crosses itself) any.
      ear = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (orientation(places[loop[(i + n - 1) % n]], places[loop[i]], places[loop[(i + 1) % n]]) == 0) {
          ear = i;
          break;
        }
      }
    }
    const std::array<std::uint32_t, 3> corners{loop[(ear + n - 1) % n], loop[ear], loop[(ear + 1) % n]};
    if (orientation(places[corners[0]], places[corners[1]], places[corners[2]]) > 0) triangles.push_back(corners);
    loop.erase(loop.begin() + static_cast<std::ptrdiff_t>(ear));
  }
  if (orientation(places[loop[0]], places[loop[1]], places[loop[2]]) > 0) triangles.push_back({loop[0], loop[1], loop[2]});
  return triangles;
}

}  // namespace skyline::city
