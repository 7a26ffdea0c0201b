// How rows of the command table become operations of a document: everything that a person left open is settled here (what is selected, new
// numbers, heights of the ground, what stands for a class), so that an operation means the same whenever it is folded. Private to the
// binding.
#pragma once

#include "editor/command_table.h"
#include "editor/document.h"

#include <span>
#include <string_view>

namespace skyline::editor {

struct OperationRow {
  std::string_view command;
  core::Result<Operation> (*resolve)(const Invocation& call, const Document& document);
};

// One file a subject.
std::span<const OperationRow> insert_rows();
std::span<const OperationRow> select_by_rows();

// Those that are named, else the selection.
ObjectIds targets_of(const Invocation& call, const Document& document);

}  // namespace skyline::editor
