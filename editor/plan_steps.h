// The steps of a plan (docs/commands.md) applied to a document as one gesture, or to a copy of it for a preview.
//
//   [{"op": "remove", "targets": [12]}, {"op": "season", "season": "winter"}]
//
// Steps that change no document (camera, query, export) are left out here; whoever has a camera does them. "undo" and "redo" are steps,
// too: what follows them is the gesture.
#pragma once

#include "core/result.h"
#include "editor/document.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace skyline::editor {

// True when the step is one for `apply_steps`, whether or not this program can do it.
bool changes_document(std::string_view op);

// The state that the steps lead to; the document stays as it is. Errors: no list of steps, an operation that there is not, and those of
// Document::apply; they name the step.
core::Result<DocumentState> state_after(const Document& document, const nlohmann::json& steps);
// All of them or, but for a journal that fails midway, none. `sentence`: kept with the gesture. Errors: those of state_after.
core::Status apply_steps(Document& document, const nlohmann::json& steps, const std::string& sentence);

}  // namespace skyline::editor
