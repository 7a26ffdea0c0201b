// The objects of a scene, for verbs that take CITY.sky or objects.json.
#pragma once

#include "city/catalogue.h"
#include "core/result.h"

#include <string>

namespace skyline::app {

// A catalogue from objects.json or from a scene. Errors: those of the file, and a scene without objects.
core::Result<city::Catalogue> load_objects(const std::string& path);

}  // namespace skyline::app
