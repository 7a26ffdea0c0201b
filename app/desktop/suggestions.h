// Sentences that make sense in this scene, for somebody who does not know what to type.
#pragma once

#include "app/desktop/session.h"

#include <string>
#include <vector>

namespace skyline::app::desktop {

// Three at most, in the session's language, about objects that the picture shows: every object and class that they name is there.
std::vector<std::string> suggested_sentences(const Session& session, const core::Camera& camera);

}  // namespace skyline::app::desktop
