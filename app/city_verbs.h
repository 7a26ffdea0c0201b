// The verbs below `skyline city`.
#pragma once

#include "app/command_line.h"

namespace skyline::app {}  // namespace skyline::app
