// What was done, in words of the person's language: "Move the Old Town Hall", "Hide 12 objects".
#pragma once

#include "app/desktop/session.h"

#include <string>
#include <string_view>

namespace skyline::app::desktop {

// Name of the object as it is called now; removed ones by their catalogue entry.
std::string object_name(const Session& session, std::int32_t id);
// "Winter", "Fog of Amber Tower"
std::string effect_title(const Session& session, const editor::Effect& effect);
// The sentence where there is one, else what was done.
std::string gesture_title(const Session& session, const editor::Gesture& gesture);
// What its first operation did.
std::string operations_title(const Session& session, const editor::Gesture& gesture);
std::string_view gesture_icon(const editor::Gesture& gesture);
// What a person said that the gesture was made from, in quotation marks; empty: nothing was said.
std::string gesture_sentence(const Session& session, const editor::Gesture& gesture);
// "12.5 m to the east" and the like; empty where the title says all.
std::string gesture_detail(const Session& session, const editor::Gesture& gesture);

}  // namespace skyline::app::desktop
