#include "models/language/interpreter/reading.h"

#include <array>

namespace skyline::models {
namespace {

constexpr std::array<std::string_view, 22> kOps{"select",  "remove", "move",  "rotate", "scale",   "duplicate", "insert", "replace",
                                                "recolor", "style",  "light", "season", "weather", "hide",      "show",   "isolate",
                                                "camera",  "rename", "query", "undo",   "redo",    "export"};

}  // namespace

std::string_view op_name(Op op) { return kOps.at(static_cast<std::size_t>(op)); }

std::optional<Op> find_op(std::string_view name) {
  for (std::size_t i = 0; i < kOps.size(); ++i) {
    if (kOps[i] == name) return static_cast<Op>(i);
  }
  return std::nullopt;
}

}  // namespace skyline::models
