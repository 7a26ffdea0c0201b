#include "editor/command_table.h"

#include <gtest/gtest.h>

#include <string>

namespace skyline::editor {
namespace {

std::string message_of(const core::Result<Invocation>& result) { return result.ok() ? "no error" : result.error().message(); }

TEST(Invocation, ReadsArgumentsAndFillsInDefaults) {
  const auto invocation = parse_invocation(R"({"command": "camera.goto", "position": [1, 2.5, 30], "pitch": -35})");
  ASSERT_TRUE(invocation.ok()) << message_of(invocation);
  EXPECT_EQ(invocation->command().id, "camera.goto");
  EXPECT_EQ(invocation->vector("position"), (std::vector<double>{1, 2.5, 30}));
  EXPECT_EQ(invocation->number("pitch"), -35);
  EXPECT_FALSE(invocation->has("yaw"));
  const auto tour = Invocation::create("render.tour", R"({"path": "out"})");
  ASSERT_TRUE(tour.ok()) << message_of(tour);
  EXPECT_EQ(tour->integer("frames"), 240);
  EXPECT_EQ(tour->text("path"), "out");
  EXPECT_EQ(tour->vector("size"), (std::vector<double>{1280, 720}));
}

TEST(Invocation, NullIsAsIfLeftOut) {
  const auto invocation = Invocation::create("view.split", R"({"on": null})");
  ASSERT_TRUE(invocation.ok());
  EXPECT_FALSE(invocation->has("on"));
  EXPECT_EQ(message_of(Invocation::create("file.open", R"({"path": null})")),
            "cannot run file.open: 'path' is missing; give a path as text");
}

TEST(Invocation, ANumberStandsForItsText) {
  const auto invocation = Invocation::create("camera.photo", R"({"photo": 3})");
  ASSERT_TRUE(invocation.ok());
  EXPECT_EQ(invocation->text("photo"), "3");
}

TEST(Invocation, WrittenLinesAreReadTheSame) {
  const std::string lines[] = {
      R"({"command":"camera.goto","position":[0.1,-2e-7,1234567.9],"yaw":-90.5,"seconds":0})",
      R"({"command":"select.object","ids":[1,2147483647],"mode":"add"})",
      R"({"command":"camera.goto_name","name":"海港大厦 \"A\"\n"})",
      R"({"command":"view.split","on":false})",
      R"({"command":"window.panel","panel":"film_strip"})",
      R"({"command":"scene.use_light","photo":-1})",
      R"({"command":"camera.home"})",
  };
  for (const std::string& line : lines) {
    const auto first = parse_invocation(line);
    if (!first.ok()) {
      EXPECT_EQ(line, message_of(first));
      continue;
    }
    const auto again = parse_invocation(first->to_json());
    ASSERT_TRUE(again.ok()) << message_of(again);
    EXPECT_EQ(again->to_json(), first->to_json());
    EXPECT_EQ(&again->command(), &first->command());
  }
  EXPECT_EQ(parse_invocation(lines[1])->to_json(), lines[1]);
  EXPECT_EQ(parse_invocation(lines[2])->text("name"), "海港大厦 \"A\"\n");
}

TEST(Invocation, UnknownNamesAreToldWithTheNearestOne) {
  EXPECT_EQ(message_of(Invocation::create("camera.hone")), "unknown command camera.hone; did you mean camera.home");
  EXPECT_EQ(message_of(Invocation::create("fly me to the moon")),
            "unknown command fly me to the moon; see `skyline commands` for all of them");
  EXPECT_EQ(message_of(Invocation::create("camera.orbit", R"({"yow": 3})")),
            "cannot run camera.orbit: it has no argument 'yow'; did you mean yaw");
  EXPECT_EQ(message_of(Invocation::create("camera.home", R"({"speed": 3})")),
            "cannot run camera.home: it has no argument 'speed'; it takes none");
  EXPECT_EQ(message_of(Invocation::create("view.theme", R"({"theme": "dork"})")),
            "cannot run view.theme: 'theme' is \"dork\"; did you mean dark");
}

TEST(Invocation, BadArgumentsAreOneSentenceEach) {
  struct Case {
    const char *line, *message;
  };
  const Case cases[] = {
      {R"({"command": "camera.fov", "fov": 200})", "cannot run camera.fov: 'fov' is 200; give a number from 1 to 150, degrees"},
      {R"({"command": "camera.fov", "fov": "wide"})", "cannot run camera.fov: 'fov' is \"wide\"; give a number from 1 to 150, degrees"},
      {R"({"command": "camera.bookmark", "number": 2.5})", "cannot run camera.bookmark: 'number' is 2.5; give a whole number from 1 to 9"},
      {R"({"command": "camera.bookmark", "number": 1e30})",
       "cannot run camera.bookmark: 'number' is 1e+30; give a whole number from 1 to 9"},
      {R"({"command": "view.split", "on": 1})", "cannot run view.split: 'on' is 1; give true or false"},
      {R"({"command": "camera.axis", "direction": "up"})",
       "cannot run camera.axis: 'direction' is \"up\"; give north, south, east or west"},
      {R"({"command": "camera.goto", "position": [1, 2]})",
       "cannot run camera.goto: 'position' is [1,2]; give a list of 3 numbers from -10000000 to 10000000, m"},
      {R"({"command": "camera.goto", "position": [1, 2, "x"]})",
       "cannot run camera.goto: 'position' is [1,2,\"x\"]; give a list of 3 numbers from -10000000 to 10000000, m"},
      {R"({"command": "select.object", "ids": [0]})", "cannot run select.object: 'ids' is [0]; give a list of object numbers from 1 up"},
      {R"({"command": "file.open", "path": ""})", "cannot run file.open: 'path' is \"\"; give a path as text"},
      {R"({"command": "file.open"})", "cannot run file.open: 'path' is missing; give a path as text"},
      {R"({"command": 3})", "cannot read the command: {\"command\": 3}; name it: {\"command\": \"camera.home\"}"},
      {R"({"cmd": "camera.home"})", "cannot read the command: {\"cmd\": \"camera.home\"}; name it: {\"command\": \"camera.home\"}"},
      {"camera.home", "cannot read the command: camera.home; write one JSON object, such as {\"command\": \"camera.home\"}"},
      {"[]", "cannot read the command: []; write one JSON object, such as {\"command\": \"camera.home\"}"},
  };
  for (const Case& c : cases) EXPECT_EQ(message_of(parse_invocation(c.line)), c.message);
}

TEST(Invocation, HostileTextIsRefusedAndItsMessageStaysShort) {
  const std::string deep(200000, '[');
  const std::string long_id = R"({"command": ")" + std::string(100000, 'a') + R"("})";
  for (const std::string& line : {deep, long_id, std::string("\xff\xfe{}"), std::string("{\"command\": \"\xff\"}"),
                                  std::string(R"({"command": "camera.fov", "fov": 1e999})"), std::string()}) {
    const auto result = parse_invocation(line);
    ASSERT_FALSE(result.ok());
    EXPECT_LT(result.error().message().size(), 300u);
    EXPECT_EQ(result.error().message().find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace skyline::editor
