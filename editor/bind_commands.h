// Binds the rows of the command table that change a document.
//
//   bind_edit_commands(registry, [&] { return session.document.get(); });       // edit.undo ... edit.grade
//   bind_selection_commands(registry, [&] { return session.document.get(); });  // select.object, next, previous, none, save, saved
//
// What a row leaves open is resolved here, before it becomes an operation: targets are the selection, copies get their numbers and places.
#pragma once

#include "editor/command_table.h"
#include "editor/document.h"

#include <functional>

namespace skyline::editor {

// The document that is open now; null: none.
using OpenDocument = std::function<Document*()>;

void bind_edit_commands(CommandRegistry& registry, OpenDocument document);
void bind_selection_commands(CommandRegistry& registry, OpenDocument document);

// The operation that a command with its arguments means for a document now. Errors: it is no operation (undo, redo), or nothing is
// selected. Whether the document accepts it is not checked.
core::Result<Operation> operation_of(const Invocation& invocation, const Document& document);

// With lifts that keep each target, or copy, as high above the ground as the target stands now.
Move on_ground(Move move, const Document& document);
Duplicate on_ground(Duplicate copies, const Document& document);

}  // namespace skyline::editor
