// The running window: opens it, draws when something changed, plays scripts and flights, writes the report.
#pragma once

#include "app/view_options.h"
#include "core/result.h"

namespace skyline::app::desktop {

// Until the person closes the window or the options' work is done; returns the exit code. Errors: no display, no Vulkan, a script that is
// wrong, an output that cannot be written.
core::Result<int> run_window(const ViewOptions& options);

}  // namespace skyline::app::desktop
