// The published forms of a plan: JSON Schema for programs, GBNF for constrained decoding.
#include "models/language/interpreter/operations.h"

#include <fmt/format.h>

namespace skyline::models {
namespace {

using editor::Argument;
using editor::ArgumentType;
using ordered = nlohmann::ordered_json;

constexpr double kUnlimited = 1e299;

ordered number_schema(const Argument& argument, bool integer) {
  ordered schema{{"type", integer ? "integer" : "number"}};
  if (argument.low > -kUnlimited) schema["minimum"] = argument.low;
  if (argument.high < kUnlimited) schema["maximum"] = argument.high;
  return schema;
}

ordered vector_schema(const Argument& argument, int size) {
  return {{"type", "array"}, {"items", number_schema(argument, false)}, {"minItems", size}, {"maxItems", size}};
}

ordered argument_schema(const Argument& argument) {
  ordered schema;
  switch (argument.type) {
    case ArgumentType::kNumber:
      schema = number_schema(argument, false);
      break;
    case ArgumentType::kInteger:
      schema = number_schema(argument, true);
      break;
    case ArgumentType::kVector2:
      schema = vector_schema(argument, 2);
      break;
    case ArgumentType::kVector3:
      schema = vector_schema(argument, 3);
      break;
    case ArgumentType::kColour:
      schema = {{"type", "string"}, {"pattern", "^#[0-9a-f]{6}$"}};
      break;
    case ArgumentType::kChoice: {
      ordered values = ordered::array();
      for (const editor::Choice& choice : editor::choices_of(argument)) values.push_back(choice.value);
      schema = {{"enum", values}};
      break;
    }
    default:
      schema = {{"type", "string"}, {"minLength", 1}};
      if (argument.name == "time") schema["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
  }
  schema["description"] = argument.help.en;
  return schema;
}

ordered ids_schema() { return {{"type", "array"}, {"items", {{"type", "integer"}, {"minimum", 1}}}, {"uniqueItems", true}}; }

ordered step_schema(const Operation& operation) {
  ordered properties{{"op", {{"const", op_name(operation.op)}}}};
  ordered required{"op", "targets"};
  ordered targets = ids_schema();
  if (operation.targets == Operation::Targets::kNone) targets["maxItems"] = 0;
  if (operation.targets == Operation::Targets::kRequired) targets["minItems"] = 1;
  if (operation.op == Op::kRename) targets["maxItems"] = 1;
  properties["targets"] = targets;
  for (const Argument& argument : operation.arguments) {
    properties[std::string(argument.name)] = argument_schema(argument);
    if (argument.default_value != "null") required.push_back(argument.name);
  }
  if (operation.op == Op::kQuery) {
    properties["answer"] = {{"description", "A number, a list of ids, or text."}};
    required.push_back("answer");
  }
  ordered schema{{"title", operation.title.en},
                 {"type", "object"},
                 {"properties", properties},
                 {"required", required},
                 {"additionalProperties", false}};
  if (operation.op == Op::kLight) schema["minProperties"] = 3;
  return schema;
}

std::string quoted(std::string_view text) { return fmt::format("\"\\\"{}\\\"\"", text); }

std::string argument_rule(const Argument& argument) {
  switch (argument.type) {
    case ArgumentType::kNumber:
      return argument.low >= 0 && argument.high <= 1 ? "share"
             : argument.low > 0                      ? "positive"
             : argument.low >= 0                     ? "amount"
             : argument.high <= 90                   ? "elevation"
                                                     : "number";
    case ArgumentType::kInteger:
      return "count";
    case ArgumentType::kVector2:
      return argument.low > 0 ? "\"[\" count \", \" count \"]\"" : "\"[\" number \", \" number \"]\"";
    case ArgumentType::kVector3:
      return argument.low > 0 ? "\"[\" positive \", \" positive \", \" positive \"]\"" : "\"[\" number \", \" number \", \" number \"]\"";
    case ArgumentType::kColour:
      return "colour";
    case ArgumentType::kChoice: {
      std::string rule;
      for (const editor::Choice& choice : editor::choices_of(argument)) rule += (rule.empty() ? "" : " | ") + quoted(choice.value);
      return "(" + rule + ")";
    }
    default:
      return argument.name == "time" ? "time" : "text";
  }
}

std::string step_rule(const Operation& operation) {
  std::string rule = fmt::format("\"{{\\\"op\\\": \\\"{}\\\", \\\"targets\\\": \" ", op_name(operation.op));
  switch (operation.targets) {
    case Operation::Targets::kNone:
      rule += "\"[]\"";
      break;
    case Operation::Targets::kOptional:
      rule += "(\"[]\" | ids)";
      break;
    case Operation::Targets::kRequired:
      rule += operation.op == Op::kRename ? "\"[\" id \"]\"" : "ids";
      break;
  }
  for (const Argument& argument : operation.arguments) {
    const std::string part = fmt::format("\", \\\"{}\\\": \" {}", argument.name, argument_rule(argument));
    // The sun is given by time or by its place.
    if (operation.op == Op::kLight) continue;
    rule += argument.default_value == "null" ? fmt::format(" ({})?", part) : " " + part;
  }
  if (operation.op == Op::kLight) {
    rule += " (\", \\\"time\\\": \" time | \", \\\"azimuth\\\": \" azimuth \", \\\"elevation\\\": \" elevation)";
  }
  if (operation.op == Op::kQuery) rule += " \", \\\"answer\\\": null\"";
  return rule + " \"}\"";
}

}  // namespace

nlohmann::ordered_json plan_schema() {
  ordered steps = ordered::array();
  for (const Operation& operation : operation_table()) steps.push_back(step_schema(operation));
  const ordered list{{"type", "array"}, {"items", {{"$ref", "#/$defs/step"}}}};
  const ordered text{{"type", "string"}, {"minLength", 1}};
  const ordered span{{"type", "object"},
                     {"properties",
                      {{"text", {{"type", "string"}}},
                       {"start", {{"type", "integer"}, {"minimum", 0}}},
                       {"end", {{"type", "integer"}, {"minimum", 0}}},
                       {"means", text},
                       {"ids", ids_schema()}}},
                     {"required", {"text", "start", "end", "means", "ids"}},
                     {"additionalProperties", false}};
  const ordered candidate{{"type", "object"},
                          {"properties", {{"ids", ids_schema()}, {"steps", list}, {"label", {{"type", "string"}}}}},
                          {"required", {"ids", "steps", "label"}},
                          {"additionalProperties", false}};
  ordered schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "A plan of skyline plan"},
                 {"type", "object"},
                 {"properties",
                  {{"id", {{"description", "Of the line of a batch, as it was given."}}},
                   {"status", {{"enum", {"ok", "ask", "refuse"}}}},
                   {"language", {{"enum", {"en", "zh"}}}},
                   {"engine", text},
                   {"steps", list},
                   {"spans", {{"type", "array"}, {"items", span}}},
                   {"reply", text},
                   {"question", text},
                   {"reason", text},
                   {"candidates", {{"type", "array"}, {"items", candidate}}},
                   {"preview", {{"const", true}}},
                   {"ms", {{"type", "number"}, {"minimum", 0}}}}},
                 {"required", {"status", "language", "engine", "steps", "spans", "ms"}},
                 {"additionalProperties", false}};
  schema["allOf"] = ordered::array();
  for (const auto& [status, member] : {std::pair{"ok", "reply"}, {"ask", "question"}, {"refuse", "reason"}}) {
    ordered condition;
    condition["if"] = {{"properties", {{"status", {{"const", status}}}}}};
    condition["then"] = {{"required", ordered::array({member})}};
    schema["allOf"].push_back(condition);
  }
  schema["$defs"] = {{"step", {{"oneOf", steps}}}};
  return schema;
}

std::string plan_grammar() {
  std::string text = "# Steps of a plan (docs/assistant.md), in GBNF. Made by: skyline commands --grammar\n";
  text += "root ::= \"[\" step (\", \" step)* \"]\"\n";
  std::string choices;
  for (const Operation& operation : operation_table()) choices += fmt::format("{}{}", choices.empty() ? "" : " | ", op_name(operation.op));
  text += "step ::= " + choices + "\n";
  for (const Operation& operation : operation_table()) text += fmt::format("{} ::= {}\n", op_name(operation.op), step_rule(operation));
  text +=
      "ids ::= \"[\" id (\", \" id)* \"]\"\n"
      "id ::= [1-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]?\n"
      "count ::= [1-9] [0-9]? [0-9]? [0-9]?\n"
      "share ::= \"0\" (\".\" [0-9] [0-9]?)? | \"1\"\n"
      "number ::= \"-\"? (\"0\" | [1-9] [0-9]? [0-9]? [0-9]?) fraction?\n"
      "amount ::= (\"0\" | [1-9] [0-9]? [0-9]?) fraction?\n"
      "positive ::= (\"0.\" [1-9] [0-9]? | [1-9] [0-9]? fraction?)\n"
      "azimuth ::= (\"0\" | [1-9] [0-9]? | [1-2] [0-9] [0-9]) fraction?\n"
      "elevation ::= \"-\"? (\"0\" | [1-9] | [1-8] [0-9]) fraction?\n"
      "fraction ::= \".\" [0-9] [0-9]? [0-9]?\n"
      "colour ::= \"\\\"#\" hex hex hex hex hex hex \"\\\"\"\n"
      "hex ::= [0-9a-f]\n"
      "time ::= \"\\\"\" ([01] [0-9] | \"2\" [0-3]) \":\" [0-5] [0-9] \"\\\"\"\n"
      "text ::= \"\\\"\" letter letter* \"\\\"\"\n"
      "letter ::= [^\"\\\\\\x00-\\x1F]\n";
  return text;
}

}  // namespace skyline::models
