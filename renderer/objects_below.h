// Which object of a catalogue a point of the scene belongs to, and the colours of objects.
//
// A point belongs to the smallest object whose footprint holds it (or whose line runs over it) and whose height reaches it, within a margin
// for the field's own thickness. Built once for a catalogue that must outlive it; safe from any thread.
#pragma once

#include "city/catalogue.h"
#include "city/spatial_index.h"

#include <glm/vec3.hpp>

#include <cstdint>

namespace skyline::renderer {

class ObjectsBelow {
 public:
  explicit ObjectsBelow(const city::Catalogue& catalogue);
  // Identity of the object at the point, 0 where there is none.
  std::int32_t at(const glm::dvec3& point) const;

 private:
  const city::Catalogue& catalogue_;
  city::SpatialIndex index_;
};

// A colour that stays with the identity, far from those of the numbers near it; grey for 0. Display-encoded [0, 1].
glm::vec3 object_colour(std::int32_t id);

}  // namespace skyline::renderer
