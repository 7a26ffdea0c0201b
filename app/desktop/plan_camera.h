// Steps of a plan that change no document: the camera flies, a picture is written.
#pragma once

#include "app/desktop/session.h"
#include "models/language/interpreter/plan.h"

namespace skyline::app::desktop {

// Errors: an action that the window does not know, nothing to look at.
core::Status move_camera(Session& session, const models::PlanStep& step);
// Asks for what the step leaves open, as the menu entry does. Errors: a kind that the window cannot write.
core::Status export_view(Session& session, const models::PlanStep& step);

}  // namespace skyline::app::desktop
