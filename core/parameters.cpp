#include "core/parameters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <type_traits>
#include <utility>

namespace skyline::core {
namespace {

using Value = std::variant<bool, int, std::int64_t, float, double, std::string>;

bool well_formed(std::string_view name) {
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (name.empty() || !is_word(name.front()) || !is_word(name.back()) || name.find("--") != name.npos) return false;
  return std::all_of(name.begin(), name.end(), [&](char c) { return is_word(c) || c == '-'; });
}

template <class T>
bool read_number(std::string_view text, T& number) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc() && end == text.data() + text.size();
}

Error bad_value(const Parameter& parameter, std::string_view text, std::string advice) {
  return {"a parameter has a wrong value", fmt::format("{} = \"{}\"", parameter.name, text), std::move(advice)};
}

std::string range_advice(const ParameterInfo& info) {
  const ParameterInfo unbounded;
  const std::string unit = info.unit.empty() ? "" : " " + info.unit;
  if (info.low == unbounded.low && info.high == unbounded.high) return "give a number that fits its type";
  if (info.high == unbounded.high) return fmt::format("give a number of at least {}{}", info.low, unit);
  if (info.low == unbounded.low) return fmt::format("give a number of at most {}{}", info.high, unit);
  return fmt::format("give a number from {} to {}{}", info.low, info.high, unit);
}

template <class T>
Result<Value> parse_number(const Parameter& parameter, std::string_view text) {
  T number{};
  double exact = 0;  // the bounds apply to what the person wrote: 0.1 is within [0, 0.1] although the float nearest to it is above
  if (std::is_integral_v<T> && read_number(text, exact) && exact != std::floor(exact)) {
    return bad_value(parameter, text, "give a whole number");
  }
  if (!read_number(text, number) || !read_number(text, exact)) return bad_value(parameter, text, range_advice(parameter.info));
  if (!std::isfinite(exact) || exact < parameter.info.low || exact > parameter.info.high) {
    return bad_value(parameter, text, range_advice(parameter.info));
  }
  return Value(number);
}

Result<Value> parse(const Parameter& parameter, std::string_view text) {
  return std::visit(
      [&](auto* target) -> Result<Value> {
        using T = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_same_v<T, bool>) {
          if (text != "true" && text != "false") return bad_value(parameter, text, "give true or false");
          return Value(text == "true");
        } else if constexpr (std::is_same_v<T, std::string>) {
          const std::vector<std::string>& choices = parameter.info.choices;
          if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
            return bad_value(parameter, text, fmt::format("choose one of {}", fmt::join(choices, ", ")));
          }
          return Value(std::string(text));
        } else {
          return parse_number<T>(parameter, text);
        }
      },
      parameter.target);
}

void store(const Parameter& parameter, Value value) {
  std::visit([&](auto* target) { *target = std::get<std::remove_pointer_t<decltype(target)>>(std::move(value)); }, parameter.target);
}

// Shortest text that reads back to the same value.
std::string text_of(const ParameterTarget& target) {
  return std::visit([](const auto* value) { return fmt::format("{}", *value); }, target);
}

nlohmann::ordered_json json_of(const ParameterTarget& target) {
  return std::visit(
      [&](const auto* value) -> nlohmann::ordered_json {
        using T = std::remove_cvref_t<decltype(*value)>;
        if constexpr (std::is_same_v<T, float>) {
          // Through the shortest text: the file says 0.02, not the 17 digits of the double nearest to that float.
          double shortest = 0;
          return read_number(text_of(target), shortest) ? shortest : static_cast<double>(*value);
        } else {
          return *value;
        }
      },
      target);
}

// The text of a JSON value of the kind that the parameter has; texts stand for strings only, so that "1" is no number.
Result<std::string> text_of_json(const Parameter& parameter, const nlohmann::json& value) {
  const bool wants_text = std::holds_alternative<std::string*>(parameter.target);
  const bool wants_bool = std::holds_alternative<bool*>(parameter.target);
  if (wants_text && value.is_string()) return value.get<std::string>();
  if (wants_bool && value.is_boolean()) return std::string(value.get<bool>() ? "true" : "false");
  if (!wants_text && !wants_bool && value.is_number()) {
    if (value.is_number_unsigned()) return fmt::format("{}", value.get<std::uint64_t>());
    if (value.is_number_integer()) return fmt::format("{}", value.get<std::int64_t>());
    return fmt::format("{}", value.get<double>());
  }
  return Error{"a parameter has a value of the wrong kind", parameter.name,
               wants_text   ? "give a JSON string"
               : wants_bool ? "give true or false"
                            : "give a JSON number"};
}

Error unknown_name(std::string_view name, std::span<const Parameter> all) {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : all) names.push_back(parameter.name);
  return {"there is no such parameter", std::string(name), fmt::format("use one of {}", fmt::join(names, ", "))};
}

}  // namespace

const Parameter* ParameterSet::find(std::string_view name) const {
  const auto found = std::find_if(parameters_.begin(), parameters_.end(), [&](const Parameter& p) { return p.name == name; });
  return found == parameters_.end() ? nullptr : &*found;
}

Status ParameterSet::set(std::string_view name, std::string_view text) {
  const Parameter* const parameter = find(name);
  if (parameter == nullptr) return unknown_name(name, parameters_);
  Result<Value> value = parse(*parameter, text);
  if (!value) return value.error();
  store(*parameter, std::move(*value));
  return {};
}

std::string ParameterSet::get(std::string_view name) const {
  const Parameter* const parameter = find(name);
  if (parameter == nullptr) end_program("the parameter " + std::string(name) + " was read but never registered");
  return text_of(parameter->target);
}

std::string ParameterSet::to_json() const {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const Parameter& parameter : parameters_) object[parameter.name] = json_of(parameter.target);
  constexpr int kIndent = 2;
  return object.dump(kIndent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Status ParameterSet::from_json(std::string_view text) {
  // Read and check every value before the first one is stored.
  std::vector<std::pair<const Parameter*, Value>> values;
  try {
    const nlohmann::json object = nlohmann::json::parse(text);
    if (!object.is_object()) return Error{"the parameters are not a JSON object", "", "begin with { and end with }"};
    for (const auto& [name, json] : object.items()) {
      const Parameter* const parameter = find(name);
      if (parameter == nullptr) return unknown_name(name, parameters_);
      const Result<std::string> value_text = text_of_json(*parameter, json);
      if (!value_text) return value_text.error();
      Result<Value> value = parse(*parameter, *value_text);
      if (!value) return value.error();
      values.emplace_back(parameter, std::move(*value));
    }
  } catch (const std::exception& exception) {
    return Error{"the parameters are not valid JSON", exception.what(), "correct the text at that place"};
  }
  for (auto& [parameter, value] : values) store(*parameter, std::move(value));
  return {};
}

void ParameterSet::add_target(std::string name, ParameterTarget target, ParameterInfo info) {
  if (!well_formed(name)) end_program("the parameter name " + name + " is not lower-case words joined by '-'");
  if (find(name) != nullptr) end_program("the parameter " + name + " was registered twice");
  std::string default_text = text_of(target);
  parameters_.push_back({std::move(name), target, std::move(info), std::move(default_text)});
}

}  // namespace skyline::core
