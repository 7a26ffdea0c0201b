#include "editor/argument_check.h"

#include "editor/nearest_name.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace skyline::editor {
namespace {

using core::Error;
using nlohmann::json;

constexpr std::size_t kLongestText = 4096;  // of a text or a path
constexpr std::size_t kMostIds = 100000;

// What was given, short enough for a sentence.
std::string value_text(const json& value) {
  constexpr std::size_t kLongest = 60;
  const std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);  // ASCII, so that it may be cut anywhere
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

bool in_range(const Argument& argument, double value) { return std::isfinite(value) && value >= argument.low && value <= argument.high; }

std::optional<std::int64_t> whole_number(const json& value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  if (!(std::abs(number) <= kExact) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<json> number_of(const Argument& argument, const json& value) {
  if (!value.is_number() || !in_range(argument, value.get<double>())) return std::nullopt;
  return value.get<double>();
}

std::optional<json> integer_of(const Argument& argument, const json& value) {
  const auto number = whole_number(value);
  if (!number || !in_range(argument, static_cast<double>(*number))) return std::nullopt;
  if (*number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max()) return std::nullopt;
  return *number;
}

// A number stands for its text: {"photo": 3}.
std::optional<json> text_of(const json& value) {
  if (const auto number = whole_number(value)) return std::to_string(*number);
  if (!value.is_string() || value.get_ref<const std::string&>().size() > kLongestText) return std::nullopt;
  return value;
}

std::optional<json> path_of(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& path = value.get_ref<const std::string&>();
  if (path.empty() || path.size() > kLongestText || path.find('\0') != std::string::npos) return std::nullopt;
  return value;
}

std::optional<json> vector_of(const Argument& argument, const json& value, std::size_t count) {
  if (!value.is_array() || value.size() != count) return std::nullopt;
  json numbers = json::array();
  for (const json& part : value) {
    const auto number = number_of(argument, part);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

std::optional<json> colour_of(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() != 7 || text[0] != '#' || text.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos) return std::nullopt;
  return value;
}

std::optional<json> ids_of(const json& value) {
  if (!value.is_array() || value.size() > kMostIds) return std::nullopt;
  json ids = json::array();
  for (const json& part : value) {
    const auto id = whole_number(part);
    if (!id || *id < 1 || *id > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

std::optional<json> choice_of(const Argument& argument, const json& value) {
  if (!value.is_string()) return std::nullopt;
  for (const Choice& choice : choices_of(argument)) {
    if (choice.value == value.get_ref<const std::string&>()) return value;
  }
  return std::nullopt;
}

std::optional<json> value_of(const Argument& argument, const json& value) {
  switch (argument.type) {
    case ArgumentType::kNumber:
      return number_of(argument, value);
    case ArgumentType::kInteger:
      return integer_of(argument, value);
    case ArgumentType::kFlag:
      return value.is_boolean() ? std::optional<json>(value) : std::nullopt;
    case ArgumentType::kText:
      return text_of(value);
    case ArgumentType::kChoice:
      return choice_of(argument, value);
    case ArgumentType::kPath:
      return path_of(value);
    case ArgumentType::kVector2:
      return vector_of(argument, value, 2);
    case ArgumentType::kVector3:
      return vector_of(argument, value, 3);
    case ArgumentType::kColour:
      return colour_of(value);
    case ArgumentType::kIds:
      return ids_of(value);
  }
  return std::nullopt;
}

std::string advice(const Argument& argument, const json& value) {
  if (argument.type == ArgumentType::kChoice && value.is_string()) {
    std::vector<std::string_view> names;
    for (const Choice& choice : choices_of(argument)) names.push_back(choice.value);
    const std::string otherwise = "give " + allowed_values(argument);
    return did_you_mean(value.get_ref<const std::string&>(), names, otherwise);
  }
  return "give " + allowed_values(argument);
}

}  // namespace

std::string_view type_name(ArgumentType type) {
  static constexpr std::string_view kNames[] = {"number", "integer", "flag",    "text",   "choice",
                                                "path",   "vector2", "vector3", "colour", "ids"};
  return kNames[static_cast<std::size_t>(type)];
}

core::Result<json> checked_argument(const Command& command, const Argument& argument, const json& value) {
  if (auto checked = value_of(argument, value)) return std::move(*checked);
  return Error{fmt::format("cannot run {}", command.id), fmt::format("'{}' is {}", argument.name, value_text(value)),
               advice(argument, value)};
}

}  // namespace skyline::editor
