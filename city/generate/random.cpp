#include "city/generate/random.h"

#include <cmath>

namespace skyline::city::procedural {

double value_noise(std::uint64_t seed, double x, double y) {
  const double fx = std::floor(x), fy = std::floor(y);
  const auto ease = [](double t) { return t * t * (3 - 2 * t); };
  const auto corner = [&](double cx, double cy) {
    const auto a = static_cast<std::uint64_t>(static_cast<std::int64_t>(cx)), b = static_cast<std::uint64_t>(static_cast<std::int64_t>(cy));
    return static_cast<double>(mix(seed ^ mix(a * 0x8CB92BA72F3D8DD7ULL ^ mix(b))) >> 11) * 0x1.0p-52 - 1.0;
  };
  const double tx = ease(x - fx), ty = ease(y - fy);
  const double south = corner(fx, fy) * (1 - tx) + corner(fx + 1, fy) * tx;
  const double north = corner(fx, fy + 1) * (1 - tx) + corner(fx + 1, fy + 1) * tx;
  return south * (1 - ty) + north * ty;
}

}  // namespace skyline::city::procedural
