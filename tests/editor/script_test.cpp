#include "editor/script.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace skyline::editor {
namespace {

TEST(Script, ReadsCommandsAndStepsOfAWindowWithTheirLines) {
  const auto steps = parse_script(
      "# a visit\n"
      "{\"command\": \"camera.home\"}\n"
      "\n"
      "  {\"wait_for\": \"converged\"}\r\n"
      "{\"screenshot\": \"home.png\"}\n"
      "{\"key\": \"shift+ctrl+p\"}\n"
      "{\"pointer\": [640, 360.5]}\n"
      "{\"wait\": 0.5}",
      "visit.jsonl");
  ASSERT_TRUE(steps.ok()) << steps.error().message();
  ASSERT_EQ(steps->size(), 6u);
  EXPECT_EQ((*steps)[0].line, 2);
  EXPECT_EQ(std::get<Invocation>((*steps)[0].action).command().id, "camera.home");
  EXPECT_EQ((*steps)[1].line, 4);
  EXPECT_EQ(std::get<WaitFor>((*steps)[1].action).what, WaitFor::What::kConverged);
  EXPECT_EQ(std::get<Screenshot>((*steps)[2].action).path, "home.png");
  EXPECT_EQ(to_text(std::get<KeyPress>((*steps)[3].action).chord), "Ctrl+Shift+P");
  EXPECT_EQ(std::get<PointerMove>((*steps)[4].action).row, 360.5);
  EXPECT_EQ(std::get<Wait>((*steps)[5].action).seconds, 0.5);
  EXPECT_EQ((*steps)[5].line, 8);
}

TEST(Script, EveryStepIsReadAsItIsWritten) {
  const std::string lines[] = {R"({"command":"camera.fov","fov":35.0})",
                               R"({"wait":0.25})",
                               R"({"wait_for":"converged"})",
                               R"({"wait_for":"scene"})",
                               R"({"wait_for":"training"})",
                               R"({"wait_for":"jobs"})",
                               R"({"wait_for":"plan"})",
                               R"({"wait_for":"edit"})",
                               R"({"type":"把教堂 \"旋转\" 30 度"})",
                               R"({"assistant":"remove the tallest tower"})",
                               R"({"screenshot":"a b.png"})",
                               R"({"key":"Ctrl+Shift+P"})",
                               R"({"pointer":[1.5,-2.0]})",
                               R"({"press":"left"})",
                               R"({"release":"middle"})"};
  for (const std::string& line : lines) {
    const auto steps = parse_script(line, "script");
    ASSERT_TRUE(steps.ok()) << steps.error().message();
    EXPECT_EQ(steps->front().to_json(), line);
  }
}

TEST(Script, ErrorsNameTheLineAndTheScript) {
  struct Case {
    const char *line, *message;
  };
  const Case cases[] = {
      {R"({"command": "camera.hone"})", "line 3 of tour.jsonl: unknown command camera.hone; did you mean camera.home"},
      {R"({"command": "camera.fov", "fov": 0})",
       "line 3 of tour.jsonl: cannot run camera.fov: 'fov' is 0; give a number from 1 to 150, degrees"},
      {R"({"wait": -1})", "line 3 of tour.jsonl: cannot run the line: 'wait' is no time; give seconds from 0 to 3600"},
      {R"({"wait_for": "convergd"})",
       "line 3 of tour.jsonl: cannot run the line: 'wait_for' names nothing to wait for; did you mean converged"},
      {R"({"screenshot": ""})", "line 3 of tour.jsonl: cannot run the line: 'screenshot' is no path; give the PNG file to write"},
      {R"({"key": "Ctrl+Hone"})", "line 3 of tour.jsonl: cannot read the key 'Ctrl+Hone': there is no key 'Hone'; did you mean Home"},
      {R"({"pointer": [1]})",
       "line 3 of tour.jsonl: cannot run the line: 'pointer' is no place; give [column, row] in pixels of the window"},
      {R"({"press": "lift"})", "line 3 of tour.jsonl: cannot run the line: the pointer has no such button; did you mean left"},
      {"fly", "line 3 of tour.jsonl: cannot read the command: fly; write one JSON object, such as {\"command\": \"camera.home\"}"},
  };
  for (const Case& c : cases) {
    const auto steps = parse_script("{\"command\": \"camera.home\"}\n\n" + std::string(c.line) + "\n", "tour.jsonl");
    ASSERT_FALSE(steps.ok()) << c.line;
    EXPECT_EQ(steps.error().message(), c.message);
  }
}

TEST(Script, AnEmptyScriptHasNoSteps) {
  EXPECT_TRUE(parse_script("", "empty")->empty());
  EXPECT_TRUE(parse_script("\n# nothing\n\n", "empty")->empty());
}

TEST(Script, AMissingFileIsOneSentence) {
  const auto steps = load_script(std::filesystem::path(testing::TempDir()) / "no_such_script.jsonl");
  ASSERT_FALSE(steps.ok());
  EXPECT_NE(steps.error().message().find("no_such_script.jsonl"), std::string::npos);
}

}  // namespace
}  // namespace skyline::editor
