// The published forms of plans: one table, one validator.
#include "models/language/interpreter/operations.h"

#include "models/language/interpreter/situation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>

namespace skyline::models {
namespace {

using nlohmann::json;

PlanStep step(const char* text) { return *plan_step_from_json(json::parse(text)); }

TEST(Validator, TakesWholeStepsAndNamesWhatIsWrong) {
  EXPECT_TRUE(validate_form(step(R"({"op":"rotate","targets":[1],"angle":30})")).ok());
  EXPECT_TRUE(validate_form(step(R"({"op":"light","targets":[],"time":"06:30"})")).ok());
  for (const char* const wrong :
       {R"({"op":"explode","targets":[1]})", R"({"op":"rotate","targets":[1]})", R"({"op":"rotate","targets":[],"angle":30})",
        R"({"op":"rotate","targets":[1],"angle":"30"})", R"({"op":"scale","targets":[1],"factor":[1,1,0]})",
        R"({"op":"scale","targets":[1],"factor":[1,1]})", R"({"op":"recolor","targets":[1],"part":"door","color":"#ffffff"})",
        R"({"op":"recolor","targets":[1],"part":"all","color":"red"})", R"({"op":"remove","targets":[1],"force":true})",
        R"({"op":"remove","targets":[1,1]})", R"({"op":"light","targets":[],"time":"25:00"})", R"({"op":"light","targets":[]})",
        R"({"op":"undo","targets":[],"steps":0})", R"({"op":"query","targets":[1],"what":"height"})",
        R"({"op":"rename","targets":[1,2],"name":"x"})", R"({"op":"insert","targets":[1],"asset":"tree","at":[0,0],"count":1})"}) {
    EXPECT_FALSE(validate_form(step(wrong)).ok()) << wrong;
  }
}

TEST(Validator, KnowsTheScene) {
  const auto catalogue = city::parse_catalogue(
      R"({"format":"skyline-objects","version":1,"units":"m","objects":[{"id":3,"class":"house","footprint":[[0,0],[9,0],[9,9]],"height":5}]})",
      "city");
  const SceneView scene(*catalogue);
  EXPECT_TRUE(validate(step(R"({"op":"remove","targets":[3]})"), scene).ok());
  EXPECT_FALSE(validate(step(R"({"op":"remove","targets":[4]})"), scene).ok());
}

// What the command table already has a row for has the same arguments here.
TEST(OperationTable, AgreesWithTheCommandTable) {
  for (const Operation& operation : operation_table()) {
    const editor::Command* const command = editor::find_command("edit." + std::string(op_name(operation.op)));
    if (command == nullptr) continue;
    for (const editor::Argument& argument : operation.arguments) {
      for (const editor::Argument& other : command->arguments) {
        if (argument.name != other.name) continue;
        EXPECT_EQ(argument.type, other.type) << command->id << " " << argument.name;
        EXPECT_EQ(argument.low, other.low) << command->id << " " << argument.name;
        EXPECT_EQ(argument.high, other.high) << command->id << " " << argument.name;
      }
    }
  }
}

TEST(PlanSchema, PublishedFileIsCurrent) {
  std::ifstream file(SKYLINE_SOURCE_DIR "/docs/plan.schema.json");
  ASSERT_TRUE(file.is_open());
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(json::parse(text.str()), json(plan_schema())) << "make it again: skyline commands --schema > docs/plan.schema.json";
}

// A reader of the part of GBNF that plan_grammar uses: draws a random sentence of it.
class Drawer {
 public:
  Drawer(const std::string& grammar, unsigned seed) : random_(seed) {
    std::istringstream lines(grammar);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t is = line.find(" ::= ");
      if (!line.empty() && line[0] != '#' && is != std::string::npos) rules_[line.substr(0, is)] = line.substr(is + 5);
    }
  }
  std::string draw(const std::string& rule) {
    const std::string& body = rules_.at(rule);
    std::size_t at = 0;
    return choices(body, at);
  }

 private:
  bool chance() { return random_() % 3 == 0; }
  std::string choices(const std::string& body, std::size_t& at) {
    std::vector<std::string> drawn{sequence(body, at)};
    while (at < body.size() && body[at] == '|') {
      ++at;
      drawn.push_back(sequence(body, at));
    }
    return drawn[random_() % drawn.size()];
  }
  std::string sequence(const std::string& body, std::size_t& at) {
    std::string text;
    while (at < body.size() && body[at] != '|' && body[at] != ')') {
      if (body[at] == ' ') {
        ++at;
        continue;
      }
      const std::size_t begin = at;
      std::string one = item(body, at);
      if (at < body.size() && body[at] == '?') {
        ++at;
        if (!chance()) one.clear();
      } else if (at < body.size() && body[at] == '*') {
        ++at;
        const std::size_t end = at;
        one.clear();
        while (chance()) {
          at = begin;
          one += item(body, at);
        }
        at = end;
      }
      text += one;
    }
    return text;
  }
  std::string item(const std::string& body, std::size_t& at) {
    if (body[at] == '"') return quoted(body, at);
    if (body[at] == '[') return letter(body, at);
    if (body[at] == '(') {
      std::string text = choices(body, ++at);
      ++at;
      return text;
    }
    std::size_t end = at;
    while (end < body.size() && (std::isalnum(static_cast<unsigned char>(body[end])) != 0 || body[end] == '_')) ++end;
    const std::string name = body.substr(at, end - at);
    at = end;
    return draw(name);
  }
  static std::string quoted(const std::string& body, std::size_t& at) {
    std::string text;
    for (++at; body[at] != '"'; ++at) {
      if (body[at] == '\\') ++at;
      text += body[at];
    }
    ++at;
    return text;
  }
  std::string letter(const std::string& body, std::size_t& at) {
    const std::size_t end = body.find(']', at);
    const std::string set = body.substr(at + 1, end - at - 1);
    at = end + 1;
    if (set[0] == '^') return std::string(1, static_cast<char>('a' + random_() % 26));
    std::string all;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (i + 2 < set.size() && set[i + 1] == '-') {
        for (char c = set[i]; c <= set[i + 2]; ++c) all += c;
        i += 2;
      } else {
        all += set[i];
      }
    }
    return std::string(1, all[random_() % all.size()]);
  }

  std::map<std::string, std::string> rules_;
  std::mt19937 random_;
};

TEST(PlanGrammar, WhatItAllowsIsValid) {
  const std::string grammar = plan_grammar();
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const std::string text = Drawer(grammar, seed).draw("root");
    const json steps = json::parse(text, nullptr, false);
    ASSERT_TRUE(steps.is_array()) << text;
    for (const json& one : steps) {
      const auto read = plan_step_from_json(one);
      ASSERT_TRUE(read.ok()) << text;
      PlanStep unique = *read;
      std::sort(unique.targets.begin(), unique.targets.end());
      unique.targets.erase(std::unique(unique.targets.begin(), unique.targets.end()), unique.targets.end());
      const core::Status valid = validate_form(unique);
      EXPECT_TRUE(valid.ok()) << text << ": " << valid.error().message();
    }
  }
}

}  // namespace
}  // namespace skyline::models
