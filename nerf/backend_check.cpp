#include "nerf/backend_check.h"

#include <string>

namespace skyline::nerf {
namespace {

core::Status check_sizes(std::string_view operation, std::string_view what, std::size_t found, std::size_t expected) {
  if (found == expected) return {};
  return core::Error{"cannot run " + std::string(operation),
                     std::string(what) + " has " + std::to_string(found) + " numbers where " + std::to_string(expected) + " belong",
                     "give spans of the shapes in nerf/backend.h"};
}

core::Status check(const DensityOperation& o) { return check_sizes("density", "positions", o.positions.size(), o.density.size() * 3); }

core::Status check(const FeaturesOperation& o) {
  const std::size_t rows = o.positions.size() / 3, columns = static_cast<std::size_t>(o.field->feature_count());
  if (auto sizes = check_sizes("features", "positions", o.positions.size(), rows * 3); !sizes) return sizes;
  return check_sizes("features", "features", o.features.size(), rows * columns);
}

core::Status check(const DecodeOperation& o) {
  const std::size_t rows = o.colours.size() / 3;
  if (auto sizes = check_sizes("decode", "colours", o.colours.size(), rows * 3); !sizes) return sizes;
  if (auto sizes = check_sizes("decode", "directions", o.directions.size(), rows * 3); !sizes) return sizes;
  if (!o.code.empty()) {
    if (auto sizes = check_sizes("decode", "code", o.code.size(), static_cast<std::size_t>(o.field->code_size())); !sizes) return sizes;
  }
  return check_sizes("decode", "features", o.features.size(), rows * static_cast<std::size_t>(o.field->feature_count()));
}

core::Status check(const RenderOperation& o) {
  if (o.picture != nullptr && o.stats != nullptr && o.progress != nullptr) return {};
  return core::Error{"cannot run render", "picture, stats or progress is missing", "give all three"};
}

}  // namespace

core::Status check_operation(const Operation& operation) {
  return std::visit([](const auto& o) { return check(o); }, operation);
}

}  // namespace skyline::nerf
