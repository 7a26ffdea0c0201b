#include "core/parameters.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace skyline::core {
namespace {

struct Settings {
  bool fast = false;
  int steps = 100;
  std::int64_t seed = 7;
  float rate = 0.02f;
  double far_m = 1000;
  std::string activation = "relu";
};

ParameterSet registered(Settings& s) {
  ParameterSet set;
  set.add("fast", s.fast, {.help = "less quality"});
  set.add("steps", s.steps, {.help = "steps", .low = 1, .high = 1000});
  set.add("seed", s.seed, {.help = "seed"});
  set.add("learning-rate", s.rate, {.help = "rate", .low = 0, .high = 0.1});
  set.add("far", s.far_m, {.help = "far end", .unit = "m", .low = 0});
  set.add("activation", s.activation, {.help = "activation", .choices = {"relu", "softplus"}});
  return set;
}

TEST(Parameters, TextSetsEveryKind) {
  Settings s;
  ParameterSet set = registered(s);
  EXPECT_TRUE(set.set("fast", "true").ok());
  EXPECT_TRUE(set.set("steps", "12").ok());
  EXPECT_TRUE(set.set("seed", "-9000000000000000000").ok());
  EXPECT_TRUE(set.set("learning-rate", "1e-3").ok());
  EXPECT_TRUE(set.set("far", "2.5").ok());
  EXPECT_TRUE(set.set("activation", "softplus").ok());
  EXPECT_TRUE(s.fast);
  EXPECT_EQ(s.steps, 12);
  EXPECT_EQ(s.seed, -9'000'000'000'000'000'000);
  EXPECT_EQ(s.rate, 1e-3f);
  EXPECT_EQ(s.far_m, 2.5);
  EXPECT_EQ(s.activation, "softplus");
}

TEST(Parameters, DefaultIsKeptAsText) {
  Settings s;
  ParameterSet set = registered(s);
  ASSERT_TRUE(set.set("learning-rate", "0.05").ok());
  EXPECT_EQ(set.find("learning-rate")->default_text, "0.02");
  EXPECT_EQ(set.get("learning-rate"), "0.05");
  EXPECT_EQ(set.find("nothing"), nullptr);
}

TEST(Parameters, BadTextIsAnErrorAndChangesNothing) {
  Settings s;
  ParameterSet set = registered(s);
  const std::string before = set.to_json();
  const std::vector<std::pair<std::string, std::string>> bad = {{"speed", "1"},
                                                                {"fast", "perhaps"},
                                                                {"steps", "0"},
                                                                {"steps", "1001"},
                                                                {"steps", "1.5"},
                                                                {"steps", "12x"},
                                                                {"steps", ""},
                                                                {"steps", "99999999999"},
                                                                {"learning-rate", "nan"},
                                                                {"learning-rate", "0.2"},
                                                                {"learning-rate", "x"},
                                                                {"far", "inf"},
                                                                {"far", "-1"},
                                                                {"activation", "tanh"},
                                                                {"steps", " 5"}};
  for (const auto& [name, text] : bad) EXPECT_FALSE(set.set(name, text).ok()) << name << " = " << text;
  EXPECT_EQ(set.to_json(), before);
}

TEST(Parameters, ErrorsSayWhatWhereAndWhatToDo) {
  Settings s;
  ParameterSet set = registered(s);
  EXPECT_EQ(set.set("steps", "0").error().message(), "a parameter has a wrong value: steps = \"0\"; give a number from 1 to 1000");
  EXPECT_EQ(set.set("far", "-1").error().message(), "a parameter has a wrong value: far = \"-1\"; give a number of at least 0 m");
  EXPECT_EQ(set.set("activation", "tanh").error().message(),
            "a parameter has a wrong value: activation = \"tanh\"; choose one of relu, softplus");
}

TEST(Parameters, BoundsIncludeTheNumberThatWasWritten) {
  Settings s;
  ParameterSet set = registered(s);
  EXPECT_TRUE(set.set("learning-rate", "0.1").ok());  // the nearest float is greater than 0.1
  EXPECT_TRUE(set.set("learning-rate", set.get("learning-rate")).ok());
}

TEST(Parameters, FloatsSurviveTextAndJsonExactly) {
  float single = 0;
  double wide = 0;
  ParameterSet set;
  set.add("single", single, {});
  set.add("wide", wide, {});
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto bits = random();
    const auto bits_single = static_cast<std::uint32_t>(random());
    double expected_wide = 0;
    float expected_single = 0;
    std::memcpy(&expected_wide, &bits, sizeof bits);
    std::memcpy(&expected_single, &bits_single, sizeof bits_single);
    if (!(std::abs(expected_wide) <= 1e300) || !std::isfinite(expected_single)) continue;
    single = expected_single;
    wide = expected_wide;
    const std::string text_single = set.get("single");
    const std::string text_wide = set.get("wide");
    const std::string json = set.to_json();
    single = 1;
    wide = 1;
    ASSERT_TRUE(set.set("single", text_single).ok()) << text_single;
    ASSERT_TRUE(set.set("wide", text_wide).ok()) << text_wide;
    ASSERT_EQ(single, expected_single);
    ASSERT_EQ(wide, expected_wide);
    single = 1;
    wide = 1;
    ASSERT_TRUE(set.from_json(json).ok()) << json;
    ASSERT_EQ(single, expected_single);
    ASSERT_EQ(wide, expected_wide);
  }
}

TEST(Parameters, JsonShowsShortNumbersInTheOrderOfRegistration) {
  Settings s;
  const ParameterSet set = registered(s);
  EXPECT_EQ(set.to_json(),
            "{\n  \"fast\": false,\n  \"steps\": 100,\n  \"seed\": 7,\n  \"learning-rate\": 0.02,\n  \"far\": 1000.0,\n"
            "  \"activation\": \"relu\"\n}");
}

TEST(Parameters, JsonIsTakenWholeOrNotAtAll) {
  Settings s;
  ParameterSet set = registered(s);
  const std::string before = set.to_json();
  for (const char* text :
       {R"({"steps": 5, "unknown": 1})", R"({"fast": true, "steps": 5000})", R"({"steps": "5"})", R"({"far": true})", R"({"steps": 5.5})",
        R"({"activation": 3})", R"({"fast": 1})", R"({"steps": null})", R"({"steps": 5)", R"([1])", ""}) {
    EXPECT_FALSE(set.from_json(text).ok()) << text;
    EXPECT_EQ(set.to_json(), before) << text;
  }
  EXPECT_TRUE(set.from_json(R"({"steps": 5, "far": 3})").ok());
  EXPECT_EQ(s.steps, 5);
  EXPECT_EQ(s.far_m, 3);
  EXPECT_FALSE(s.fast);
}

TEST(ParametersDeathTest, NameTwiceEndsTheProgram) {
  Settings s;
  ParameterSet set = registered(s);
  EXPECT_DEATH(set.add("steps", s.steps, {}), "registered twice");
  EXPECT_DEATH(set.add("Bad Name", s.steps, {}), "lower-case");
}

}  // namespace
}  // namespace skyline::core
