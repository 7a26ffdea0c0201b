#include "editor/bind_commands.h"
#include "editor/document.h"
#include "editor/effect_compiler.h"
#include "editor/mesh_light.h"
#include "editor/sun.h"
#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace skyline::editor {
namespace {

using namespace testing;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Runs a line of a script, or a step of a plan, against the document.
core::Status run(Document& document, const std::string& line) {
  const auto invocation = parse_invocation(line);
  if (!invocation) return invocation.error();
  const auto operation = operation_of(*invocation, document);
  if (!operation) return operation.error();
  return document.apply(*operation);
}

TEST(Effects, StepsOfAPlanBecomeEffectsOfTheStack) {
  Document document(small_town());
  ASSERT_TRUE(run(document, R"({"op": "season", "season": "winter", "strength": 0.6, "targets": []})").ok());
  ASSERT_TRUE(run(document, R"({"op": "weather", "weather": "fog", "targets": []})").ok());
  ASSERT_TRUE(run(document, R"({"op": "light", "time": "18:30", "targets": [1]})").ok());
  ASSERT_TRUE(run(document, R"({"op": "style", "style": "van_gogh", "strength": 1, "targets": []})").ok());
  const EffectStack& effects = document.state().effects;
  ASSERT_EQ(effects.size(), 4u);
  EXPECT_EQ(effects[0].season, Season::kWinter);
  EXPECT_DOUBLE_EQ(effects[1].strength, 0.6) << "the command language's default";
  EXPECT_EQ(effects[2].targets, ObjectIds{1});
  EXPECT_EQ(effects[2].sun, sun_at(18.5));
  EXPECT_EQ(effects[3].style, Style::kVanGogh);
  EXPECT_EQ(effects[3].number, 4);
}

TEST(Effects, TheSameKindOnTheSameObjectsTakesThePlaceOfTheFormer) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kWinter, 1, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeWeather{{}, Weather::kFog, 1, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeSeason{{kTree, kHouse}, Season::kAutumn, 1, 0}).ok());
  ASSERT_TRUE(document.apply(MuteEffects{{1}}).ok());
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kSpring, 0.5, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeSeason{{kHouse, kTree}, Season::kSummer, 1, 0}).ok());
  const EffectStack& effects = document.state().effects;
  ASSERT_EQ(effects.size(), 3u);
  EXPECT_EQ(effects[0].season, Season::kSpring);
  EXPECT_FALSE(effects[0].muted) << "what is asked for is seen";
  EXPECT_EQ(effects[2].season, Season::kSummer);
}

TEST(Effects, TheStackIsMutedWeighedReorderedGroupedAndDropped) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kWinter, 1, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeWeather{{}, Weather::kFog, 1, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeStyle{{}, Style::kOil, 1, 0}).ok());
  const std::uint64_t before = document.hash();
  for (const std::string line :
       {R"({"command": "edit.mute", "effects": [1, 2]})", R"({"command": "edit.strength", "effect": 3, "strength": 0.25})",
        R"({"command": "edit.reorder", "effect": 3, "place": 0})", R"({"command": "edit.group", "effects": [2, 3], "name": "mood"})",
        R"({"command": "edit.drop", "effects": [1]})"}) {
    const std::uint64_t then = document.hash();
    ASSERT_TRUE(run(document, line).ok()) << line;
    EXPECT_NE(document.hash(), then) << line;
  }
  const EffectStack& effects = document.state().effects;
  ASSERT_EQ(effects.size(), 2u);
  EXPECT_EQ(effects[0].number, 3);
  EXPECT_DOUBLE_EQ(effects[0].strength, 0.25);
  EXPECT_EQ(effects[0].group, "mood");
  EXPECT_TRUE(effects[1].muted);
  ASSERT_TRUE(document.apply(ChangeLight{}).ok());
  EXPECT_EQ(document.state().effects.back().number, 4) << "the number of a dropped effect does not come back";
  for (int k = 0; k < 6; ++k) ASSERT_TRUE(document.undo().ok());
  EXPECT_EQ(document.hash(), before);
}

TEST(Effects, AStateWithoutEffectsHashesAsItDidBeforeThereWereAny) {
  // Of the same state, made by the version before effects.
  Document document(small_town());
  EXPECT_EQ(document.hash(), hash_of(DocumentState{}));
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kWinter, 1, 0}).ok());
  ASSERT_TRUE(document.undo().ok());
  EXPECT_EQ(document.hash(), hash_of(DocumentState{}));
}

TEST(Effects, RefusesWhatItCannotDraw) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kWinter, 1, 0}).ok());
  const std::uint64_t state = document.hash();
  const Operation refused[] = {
      ChangeSeason{{}, Season::kWinter, 2, 0},
      ChangeSeason{{}, Season::kWinter, kNaN, 0},
      ChangeSeason{{99}, Season::kWinter, 1, 0},
      ChangeWeather{{}, Weather::kFog, -0.1, 0},
      ChangeWeather{{}, Weather::kFog, 1, -1},
      ChangeStyle{{kHouse, kHouse}, Style::kInk, 1, 0},
      ChangeLight{{}, {kNaN, 10}, 1, 0},
      ChangeLight{{}, {0, 91}, 1, 0},
      MuteEffects{{2}},
      MuteEffects{{}},
      SetEffectStrength{1, 1.5},
      SetEffectStrength{1, kNaN},
      ReorderEffect{1, 1},
      ReorderEffect{7, 0},
      GroupEffects{{1}, "a\nb"},
      DropEffects{{0}},
  };
  for (const Operation& operation : refused) {
    const core::Status status = document.apply(operation);
    ASSERT_FALSE(status.ok()) << to_json(operation);
    EXPECT_EQ(status.error().message().find('\n'), std::string::npos) << status.error().message();
    EXPECT_EQ(document.hash(), state);
  }
  for (const std::string line :
       {R"({"op": "season", "season": "monsoon", "targets": []})", R"({"op": "season", "season": "winter", "strength": 2})",
        R"({"op": "season", "season": "winter", "strength": NaN})", R"({"op": "light", "time": "25:00"})",
        R"({"op": "light", "time": "noon"})", R"({"op": "light", "time": "12:00", "azimuth": 90})", R"({"op": "style", "style": "cubism"})",
        R"({"op": "weather"})"}) {
    EXPECT_FALSE(run(document, line).ok()) << line;
    EXPECT_EQ(document.hash(), state);
  }
}

TEST(Effects, EveryOperationIsTheSameAfterItsLineIsReadAgain) {
  const Operation operations[] = {
      ChangeLight{{kHouse}, {123.456, -7.25}, 0.1, 2.5},
      ChangeSeason{{}, Season::kAutumn, 1.0 / 3, 0},
      ChangeWeather{{kTree, kCar}, Weather::kStorm, 1, 0},
      ChangeStyle{{}, Style::kUkiyoE, 0.7, 12},
      MuteEffects{{3, 1}, false},
      SetEffectStrength{2, 0.123456789012345},
      ReorderEffect{2, 0},
      GroupEffects{{1, 2}, "Winter \"mood\""},
      DropEffects{{9}},
  };
  for (const Operation& operation : operations) {
    const auto again = operation_from_json(to_json(operation));
    ASSERT_TRUE(again.ok()) << to_json(operation);
    EXPECT_EQ(again->index(), operation.index());
    EXPECT_EQ(to_json(*again), to_json(operation));
  }
  EXPECT_FALSE(operation_from_json(R"({"command":"edit.season","season":"monsoon","targets":[],"strength":1,"edge":0})").ok());
}

TEST(Effects, OnlyWhatIsHeardIsCompiled) {
  Document document(small_town());
  const auto appearance = [&] { return compile_appearance(document.state(), document.scene(), 0); };
  const auto styles = [&] { return compile_styles(document.state(), document.scene()); };
  EXPECT_EQ(appearance(), nullptr);
  EXPECT_EQ(styles(), nullptr);
  ASSERT_TRUE(document.apply(ChangeSeason{{}, Season::kWinter, 1, 0}).ok());
  ASSERT_TRUE(document.apply(ChangeStyle{{kTower}, Style::kOil, 1, 3}).ok());
  EXPECT_NE(appearance(), nullptr);
  const auto drawn = styles();
  ASSERT_NE(drawn, nullptr);
  const nerf::RegionGrid& where = *drawn->front().where;
  EXPECT_EQ(where.share({6, 36, 30}), 1.0F) << "in the tower";
  EXPECT_EQ(where.share({5, 4, 5}), 0.0F) << "in the house";
  EXPECT_GT(where.share({-1.5F, 36, 30}), 0.3F) << "its soft edge";
  EXPECT_LT(where.share({-1.5F, 36, 30}), 0.9F);
  ASSERT_TRUE(document.apply(Move{{kTower}, {100, 0, 0}}).ok());
  EXPECT_EQ(styles()->front().where->share({106, 36, 30}), 1.0F) << "effects go where the object goes";
  EXPECT_EQ(styles()->front().where->share({6, 36, 30}), 0.0F);
  ASSERT_TRUE(document.apply(MuteEffects{{1, 2}}).ok());
  EXPECT_EQ(appearance(), nullptr);
  EXPECT_EQ(styles(), nullptr);
}

TEST(Effects, MeshesStandInTheLightOfTheWholeScene) {
  const nerf::MeshLight captured, plain = mesh_light({});
  EXPECT_EQ(plain.to_sun, captured.to_sun);
  EXPECT_EQ(plain.sun, captured.sun);
  Effect evening;
  evening.kind = EffectKind::kLight;
  evening.sun = {270, 10};
  const nerf::MeshLight lit = mesh_light({evening});
  EXPECT_NEAR(lit.to_sun.x, -std::cos(10 * 3.14159265 / 180), 1e-4) << "from the west";
  EXPECT_NEAR(lit.to_sun.z, std::sin(10 * 3.14159265 / 180), 1e-4);
  EXPECT_GT(lit.sun, 0);
  Effect night = evening;
  night.sun = {0, -20};
  EXPECT_EQ(mesh_light({night}).sun, 0);
  Effect clouds;
  clouds.kind = EffectKind::kWeather;
  clouds.weather = Weather::kCloud;
  EXPECT_LT(mesh_light({clouds}).sun, 0.3F * captured.sun);
  EXPECT_LT(mesh_light({clouds, evening}).sun, 0.3F * lit.sun) << "in either order";
  EXPECT_FLOAT_EQ(mesh_light({clouds, evening}).sun, mesh_light({evening, clouds}).sun);
  for (Effect unheard : {evening, clouds}) {
    unheard.muted = true;
    EXPECT_EQ(mesh_light({unheard}).sun, captured.sun);
    unheard.muted = false;
    unheard.targets = {kHouse};
    EXPECT_EQ(mesh_light({unheard}).sun, captured.sun) << "of one object's light the meshes know nothing";
  }
}

TEST(Sun, StandsInTheSouthAtNoonAndBelowTheHorizonAtNight) {
  EXPECT_NEAR(sun_at(12).azimuth_deg, 180, 1e-6);
  EXPECT_NEAR(sun_at(12).elevation_deg, 55, 1e-6);
  EXPECT_EQ(minute_of(sun_at(18.5)), 18 * 60 + 30);
  EXPECT_FALSE(minute_of({0, 80})) << "never so high in the north";
  EXPECT_EQ(day_part_of(sun_at(9)), "morning");
  EXPECT_EQ(day_part_of(sun_at(10)), "");
  EXPECT_LT(sun_at(8).azimuth_deg, 180) << "in the east in the morning";
  EXPECT_GT(sun_at(16).azimuth_deg, 180);
  EXPECT_GT(sun_at(18.5).elevation_deg, 0);
  EXPECT_LT(sun_at(18.5).elevation_deg, 5);
  EXPECT_LT(sun_at(22).elevation_deg, -20);
  EXPECT_DOUBLE_EQ(*parse_time("18:30"), 18.5);
  for (const char* const wrong : {"24:00", "6:00", "06.00", "06:60", "", "-1:00"}) EXPECT_FALSE(parse_time(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace skyline::editor
