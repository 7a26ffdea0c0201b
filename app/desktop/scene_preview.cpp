#include "app/desktop/scene_preview.h"

#include "nerf/store/sky_file.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace skyline::app::desktop {

core::Result<ScenePreview> read_preview(const std::filesystem::path& scene) {
  const auto reader = nerf::SkyReader::open(scene, false);
  if (!reader) return reader.error();
  const auto meta = reader->meta("scene");
  if (!meta) return meta.error();
  const auto json = nlohmann::json::parse(*meta, nullptr, false);
  ScenePreview preview;
  if (!json.is_object()) return preview;
  const auto text = [&](const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
  };
  preview.name = text("name");
  preview.credit = text("credit");
  if (!json.contains("preview") || !reader->has_blob("preview")) return preview;
  const auto bytes = reader->blob("preview");
  if (!bytes) return bytes.error();
  const auto& size = json["preview"];
  const auto side = [&](const char* key) {
    return size.is_object() && size.contains(key) && size[key].is_number_integer() ? size[key].get<int>() : 0;
  };
  const int width = side("w"), height = side("h");
  if (width < 1 || height < 1 || bytes->size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) return preview;
  preview.image = {width, height, std::vector<std::uint8_t>(bytes->size())};
  std::memcpy(preview.image.pixels.data(), bytes->data(), bytes->size());
  return preview;
}

}  // namespace skyline::app::desktop
