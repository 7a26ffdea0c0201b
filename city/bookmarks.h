// Views worth keeping of a city whose objects are known: one of each thing that has a name and stands out.
#pragma once

#include "city/catalogue.h"
#include "core/camera.h"

#include <string>
#include <vector>

namespace skyline::city {

struct Bookmark {
  std::string name, name_zh;
  core::Camera camera;  // a pinhole of any size: programs keep its pose and vertical field of view
};

// At most `count` of the named objects, the rarest classes first, each seen from the south-west at a slant from where it fills about a
// third of the picture; the whole city comes first. Empty for an empty catalogue.
std::vector<Bookmark> make_bookmarks(const Catalogue& catalogue, int count);

}  // namespace skyline::city
