// From the stack of effects to what draws them: an appearance for the marcher, styles for the finished picture.
//
//   request.appearance = compile_appearance(document.state(), document.scene(), field.ground_z).get();
//   repaint(*compile_styles(document.state(), document.scene()), camera, picture, depth);
//
// Objects count where they stand now. Pure functions of the state; some milliseconds for a city.
#pragma once

#include "editor/document_state.h"
#include "editor/picture_style.h"
#include "nerf/edit/appearance.h"

#include <memory>

namespace skyline::editor {

// Null when light, season and weather are as photographed.
std::shared_ptr<const nerf::Appearance> compile_appearance(const DocumentState& state, const SceneFacts& scene, double ground_z);

// Null when nothing repaints the picture.
std::shared_ptr<const StyleStack> compile_styles(const DocumentState& state, const SceneFacts& scene);

// Both are drawn alike: selecting, renaming and saving selections change neither.
bool same_effects(const DocumentState& a, const DocumentState& b);

}  // namespace skyline::editor
