// What a value of an argument may be. Private to the commands.
#pragma once

#include "core/result.h"
#include "editor/command_table.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace skyline::editor {

// The value in the one form that commands read: whole numbers as integers, texts as texts. Errors name the command, the argument and the
// rule.
core::Result<nlohmann::json> checked_argument(const Command& command, const Argument& argument, const nlohmann::json& value);

// "number", "text", "choice" ...
std::string_view type_name(ArgumentType type);

}  // namespace skyline::editor
