#include "nerf/model/directions.h"

#include "core/parallel.h"
#include "nerf/maths/field_maths.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace skyline::nerf {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;
constexpr double kNear = 6.0 * kDegree, kFar = 20.0 * kDegree;
// A direction that only the corner of one photo saw is as good as unknown: this many photos must have looked that way, one for every
// twelve.
constexpr std::ptrdiff_t kMostWitnesses = 5, kPhotosAWitness = 12;

glm::vec3 direction_of(int row, int column) {
  const double elevation = -0.5 * std::numbers::pi + std::numbers::pi * (row + 0.5) / kDirectionRows;
  const double azimuth = -std::numbers::pi + 2.0 * std::numbers::pi * (column + 0.5) / kDirectionColumns;
  return {static_cast<float>(std::cos(elevation) * std::cos(azimuth)), static_cast<float>(std::cos(elevation) * std::sin(azimuth)),
          static_cast<float>(std::sin(elevation))};
}

}  // namespace

core::Status set_seen_directions(Field& field, const std::vector<std::vector<glm::vec3>>& photos) {
  auto table = core::Buffer<float>::create("field.other", static_cast<std::size_t>(kDirectionRows) * kDirectionColumns);
  if (!table) return table.error();
  field.seen_directions = std::move(*table);
  const auto count = static_cast<std::ptrdiff_t>(photos.size());
  const std::ptrdiff_t needed = std::clamp<std::ptrdiff_t>(count / kPhotosAWitness, 1, kMostWitnesses);
  core::parallel_for(kDirectionRows, [&](std::int64_t row) {
    std::vector<float> nearest(photos.size());  // cosine of the angle to each photo's nearest ray
    for (int column = 0; column < kDirectionColumns; ++column) {
      const glm::vec3 centre = direction_of(static_cast<int>(row), column);
      for (std::size_t p = 0; p < photos.size(); ++p) {
        nearest[p] = -1;
        for (const glm::vec3& d : photos[p]) nearest[p] = std::max(nearest[p], glm::dot(centre, d));
      }
      float cosine = -1;
      if (count > 0) {
        std::nth_element(nearest.begin(), nearest.begin() + (needed - 1), nearest.end(), std::greater<>());
        cosine = nearest[static_cast<std::size_t>(needed - 1)];
      }
      const double angle = std::acos(std::clamp(static_cast<double>(cosine), -1.0, 1.0));
      const double x = std::clamp((kFar - angle) / (kFar - kNear), 0.0, 1.0);
      field.seen_directions[static_cast<std::size_t>(row) * kDirectionColumns + static_cast<std::size_t>(column)] =
          static_cast<float>(x * x * (3 - 2 * x));
    }
  });
  return {};
}

float direction_familiarity(const Field& field, const glm::vec3& direction) {
  if (field.seen_directions.empty()) return 1;
  const float v = (std::asin(std::clamp(direction.z, -1.0F, 1.0F)) / static_cast<float>(std::numbers::pi) + 0.5F) * kDirectionRows - 0.5F;
  const float u = (std::atan2(direction.y, direction.x) / static_cast<float>(2 * std::numbers::pi) + 0.5F) * kDirectionColumns - 0.5F;
  const Tap<float> row = tap(v, 0.0F, 1.0F, kDirectionRows);
  const int column = static_cast<int>(std::floor(u));
  const float fraction = u - static_cast<float>(column);
  const auto at = [&](int r, int c) {
    return field.seen_directions[static_cast<std::size_t>(r) * kDirectionColumns +
                                 static_cast<std::size_t>((c + kDirectionColumns) % kDirectionColumns)];
  };
  const float low = at(row.index, column) * (1 - fraction) + at(row.index, column + 1) * fraction;
  const float high = at(row.index + 1, column) * (1 - fraction) + at(row.index + 1, column + 1) * fraction;
  return low + (high - low) * row.fraction;
}

void encode_view(const Field& field, const glm::vec3& direction, float scale, float* encoded) {
  const float d[3] = {direction.x, direction.y, direction.z};
  encode_direction(d, field.settings.direction_frequencies, encoded);
  const float factor = scale * direction_familiarity(field, direction);
  if (factor == 1.0F) return;
  for (int i = 0; i < field.direction_size(); ++i) encoded[i] *= factor;
}

}  // namespace skyline::nerf
