// The meta data of a scene as JSON. Private to nerf/store; docs/sky-format.md, section 5, lists the keys.
#pragma once

#include "nerf/store/sky_file.h"

#include <nlohmann/json_fwd.hpp>

namespace skyline::nerf {

nlohmann::json field_to_json(const Field& field);     // everything but the tensors
nlohmann::json scene_to_json(const SceneInfo& info);  // everything but cameras, training, mean code and the preview's pixels
nlohmann::json cameras_to_json(const std::vector<Camera>& cameras);
nlohmann::json bookmarks_to_json(const std::vector<city::Bookmark>& bookmarks);
nlohmann::json occupancy_to_json(const Occupancy& occupancy);

// These throw nlohmann::json::exception or std::invalid_argument where the JSON is not what they expect; only load_scene calls them.
void field_from_json(const nlohmann::json& json, Field& field);
void scene_from_json(const nlohmann::json& json, SceneInfo& info);
std::vector<Camera> cameras_from_json(const nlohmann::json& json);
std::vector<city::Bookmark> bookmarks_from_json(const nlohmann::json& json);
// An empty lattice; `words` is the number of its words.
Occupancy occupancy_from_json(const nlohmann::json& json, std::size_t words);

}  // namespace skyline::nerf
