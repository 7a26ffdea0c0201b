// Single things for a scene that has none of their kind: the generator's buildings, trees and vehicles one at a time, and a few landmarks.
#pragma once

#include "city/model.h"
#include "core/result.h"

#include <cstdint>
#include <span>

namespace skyline::city {

// Classes that props are made of. A general class stands for its most common kind: building, vehicle.
std::span<const ObjectClass> prop_classes();
bool has_props(ObjectClass object_class);

// One placed object around the origin, its ground at z = 0, id 1. The same class and variant give the same thing. Errors: a class without
// props.
core::Result<CityModel> make_prop(ObjectClass object_class, std::uint32_t variant = 0);

}  // namespace skyline::city
