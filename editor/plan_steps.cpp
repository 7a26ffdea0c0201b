#include "editor/plan_steps.h"

#include "editor/bind_commands.h"
#include "editor/command_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace skyline::editor {
namespace {

using core::Error;
using nlohmann::json;

std::string op_of(const json& step) {
  const auto op = step.is_object() ? step.find("op") : step.end();
  return step.is_object() && op != step.end() && op->is_string() ? op->get<std::string>() : std::string();
}

core::Status step_history(Document& document, const json& step, bool back) {
  const auto given = step.find("steps");
  const int steps = given != step.end() && given->is_number_integer() ? std::clamp(given->get<int>(), 1, 100000) : 1;
  for (int k = 0; k < steps; ++k) {
    if (auto taken = back ? document.undo() : document.redo(); !taken) return k > 0 ? core::Status() : taken;
  }
  return {};
}

core::Status apply_step(Document& document, const json& step, const std::string& op, const std::string& sentence) {
  if (op == "undo" || op == "redo") {
    if (auto taken = step_history(document, step, op == "undo"); !taken) return taken;
    document.begin_gesture(sentence);  // those ended the former one
    return {};
  }
  const Command* const command = find_command(op == "select" ? "select.object" : "edit." + op);
  if (command == nullptr) return Error{fmt::format("\"{}\" cannot be done in this version", op), "", "leave this step out"};
  json line = step;
  // A plan names targets always; what concerns the whole picture takes none.
  const bool takes_targets = std::any_of(command->arguments.begin(), command->arguments.end(),
                                         [](const Argument& argument) { return argument.name == "targets" || argument.name == "ids"; });
  if (!takes_targets) line.erase("targets");
  const auto invocation = parse_invocation(line.dump(-1, ' ', false, json::error_handler_t::replace));
  if (!invocation) return invocation.error();
  const auto operation = operation_of(*invocation, document);
  if (!operation) return operation.error();
  return document.apply(*operation);
}

core::Status apply_all(Document& document, const json& steps, const std::string& sentence) {
  if (!steps.is_array()) return Error{"cannot read the plan", "it is no list of steps", "write [{\"op\": \"remove\", \"targets\": [12]}]"};
  document.begin_gesture(sentence);
  core::Status status;
  for (std::size_t i = 0; i < steps.size() && status; ++i) {
    const std::string op = op_of(steps[i]);
    if (op.empty()) {
      status = Error{"cannot read the plan", fmt::format("step {} names no operation", i + 1), ""};
    } else if (changes_document(op)) {
      status = apply_step(document, steps[i], op, sentence);
      if (!status && steps.size() > 1) {
        status = Error{fmt::format("step {}: {}", i + 1, status.error().what), status.error().where, status.error().advice};
      }
    }
  }
  document.end_gesture();
  return status;
}

core::Result<Document> document_after(const Document& document, const json& steps) {
  Document copy = document;
  copy.set_journal({});
  if (auto applied = apply_all(copy, steps, ""); !applied) return applied.error();
  return copy;
}

}  // namespace

bool changes_document(std::string_view op) { return op != "camera" && op != "query" && op != "export"; }

core::Result<DocumentState> state_after(const Document& document, const json& steps) {
  const auto after = document_after(document, steps);
  if (!after) return after.error();
  return after->state();
}

core::Status apply_steps(Document& document, const json& steps, const std::string& sentence) {
  if (const auto possible = document_after(document, steps); !possible) return possible.error();
  return apply_all(document, steps, sentence);
}

}  // namespace skyline::editor
