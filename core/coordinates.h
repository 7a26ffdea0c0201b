// What is taken for a coordinate of a scene.
#pragma once

namespace skyline::core {

// Coordinates beyond this many units are broken input: even the earth's centre is 6.4e6 m away, and rays are made of floats.
inline constexpr double kFarthestCoordinate = 1e12;

}  // namespace skyline::core
