#include "app/scene_objects.h"

#include "nerf/store/sky_file.h"

namespace skyline::app {

core::Result<city::Catalogue> load_objects(const std::string& path) {
  if (!path.ends_with(".sky")) return city::load_catalogue(path);
  const auto reader = nerf::SkyReader::open(path);
  if (!reader) return reader.error();
  if (!reader->has_meta("objects")) return core::Error{"the scene has no objects", path, "find them with: skyline objects extract " + path};
  const auto text = reader->meta("objects");
  if (!text) return text.error();
  return city::parse_catalogue(*text, path);
}

}  // namespace skyline::app
