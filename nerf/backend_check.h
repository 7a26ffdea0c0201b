// What every back end checks before it runs an operation: that the spans have the shapes of the contract.
#pragma once

#include "nerf/backend.h"

namespace skyline::nerf {

core::Status check_operation(const Operation& operation);

}  // namespace skyline::nerf
