// Captions of views: what is said is true of scenes that are known to the centimetre, in both languages.
#include "editor/sun.h"
#include "models/caption/caption.h"
#include "tests/models/caption_scene.h"

#include <gtest/gtest.h>

#include <optional>

namespace skyline::models {
namespace {

using editor::Language;
using testing::BoxCity;
using enum city::ObjectClass;

// From the south at a slant: a tower in the centre, a church east of it, a hotel across the river.
BoxCity river_town() {
  BoxCity city;
  city.box(1, kTower, {0, 0}, {20, 20}, 84, "Harbour Tower", "海港大厦")
      .box(2, kChurch, {34, 0}, {20, 20}, 30, "Saint Anne's Church", "圣安娜教堂")
      .box(3, kHotel, {0, 120}, {30, 20}, 25.4, "Jade Hotel", "翠玉酒店")
      .line(4, kRiver, {{-400, 60}, {400, 60}}, 30, "Green River", "青河")
      .box(5, kHouse, {-60, -20}, {12, 12}, 8)
      .box(6, kHouse, {-60, 10}, {12, 12}, 8.6);
  return city;
}
constexpr const char* kFromSouth = "0,-150,120,0,-35";

FactSheet facts_of(const BoxCity& city, const std::string& camera) {
  const SceneView view = city.view();
  return make_fact_sheet({.city = view, .ground = {}, .conditions = {}}, city.pixels(camera));
}

std::string english(const BoxCity& city, const std::string& camera) {
  return caption_of_view(facts_of(city, camera), Language::kEnglish).text;
}
std::string chinese(const BoxCity& city, const std::string& camera) {
  return caption_of_view(facts_of(city, camera), Language::kChinese).text;
}

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(ViewCaption, SaysWhereTheCameraStandsAndLooks) {
  EXPECT_TRUE(has(english(river_town(), kFromSouth), "An oblique view from about 120 m above the ground, looking north"));
  EXPECT_TRUE(has(chinese(river_town(), kFromSouth), "从离地约120米处朝北方向斜向俯视"));
  EXPECT_TRUE(has(english(river_town(), "0,0,300,0,-90"), "A view straight down from about 300 m above the ground, with north at the top"));
  EXPECT_TRUE(has(chinese(river_town(), "0,0,300,-90,-90"), "垂直俯视，画面上方为东"));
  EXPECT_TRUE(has(english(river_town(), "0,-100,1.7,-45,0"), "A street-level view from about 2 m above the ground, looking north-east"));
  EXPECT_TRUE(has(chinese(river_town(), "0,-100,1.7,90,0"), "街景，从离地约2米处朝西方向看去"));
  EXPECT_TRUE(has(english(river_town(), "0,-200,207,0,-60"), "A bird's-eye view from about 210 m"));
}

TEST(ViewCaption, RoundedNumbersSayAboutAndExactOnesDoNot) {
  const std::string text = english(river_town(), kFromSouth);
  EXPECT_TRUE(has(text, "84 m high")) << text;
  EXPECT_FALSE(has(text, "about 84 m")) << text;
  BoxCity city;
  city.box(1, kTower, {0, 0}, {20, 20}, 84.3, "Harbour Tower", "海港大厦");
  EXPECT_TRUE(has(english(city, kFromSouth), "about 84 m high"));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "高约84米"));
}

TEST(ViewCaption, NamesTheTallestBuildingInView) {
  const FactSheet facts = facts_of(river_town(), kFromSouth);
  ASSERT_TRUE(facts.tallest);
  EXPECT_EQ(facts.seen[*facts.tallest].subject.id, 1);
  EXPECT_TRUE(has(english(river_town(), kFromSouth), "the tallest building in view"));
  EXPECT_TRUE(has(chinese(river_town(), kFromSouth), "是画面中最高的建筑"));
  // Another one as high: nobody is the tallest.
  BoxCity city = river_town();
  city.box(7, kOffice, {90, 0}, {20, 20}, 84.2);
  EXPECT_FALSE(facts_of(city, kFromSouth).tallest);
  EXPECT_FALSE(has(english(city, kFromSouth), "tallest"));
}

TEST(ViewCaption, TellsHowThingsStandToEachOther) {
  BoxCity city;
  city.box(1, kTower, {0, 0}, {20, 20}, 84, "Harbour Tower", "海港大厦")
      .box(2, kChurch, {34, 0}, {20, 20}, 30, "Saint Anne's Church", "圣安娜教堂");
  EXPECT_TRUE(has(english(city, kFromSouth), "Next to it stands"));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "它旁边是"));

  BoxCity river;
  river.box(1, kTower, {0, 0}, {20, 20}, 84, "Harbour Tower", "海港大厦")
      .box(3, kHotel, {0, 120}, {30, 20}, 25.4, "Jade Hotel", "翠玉酒店")
      .line(4, kRiver, {{-400, 60}, {400, 60}}, 30, "Green River", "青河");
  const std::string across = english(river, "0,-150,220,0,-50");
  EXPECT_TRUE(has(across, "Across the Green River from it stands Jade Hotel, about 25 m high")) << across;
  const std::string across_zh = chinese(river, "0,-150,220,0,-50");
  EXPECT_TRUE(has(across_zh, "与它隔青河相望的是翠玉酒店，高约25米")) << across_zh;

  BoxCity apart;
  apart.box(1, kTower, {-60, 0}, {20, 20}, 84, "Harbour Tower").box(2, kChurch, {70, 20}, {20, 20}, 30, "Saint Anne's Church");
  EXPECT_TRUE(has(english(apart, kFromSouth), "To the right of it stands Saint Anne's Church"));
  // From the other side it is the other side.
  EXPECT_TRUE(has(english(apart, "0,150,120,180,-35"), "To the left of it stands Saint Anne's Church"));
}

TEST(ViewCaption, BehindAndInFrontFollowTheCamera) {
  BoxCity city;
  city.box(1, kTower, {0, 0}, {20, 20}, 84, "Harbour Tower", "海港大厦")
      .box(2, kChurch, {5, 160}, {60, 20}, 70, "Saint Anne's Church", "圣安娜教堂");
  EXPECT_TRUE(has(english(city, "0,-150,160,0,-40"), "Behind it rises Saint Anne's Church"));
  EXPECT_TRUE(has(chinese(city, "0,-150,160,0,-40"), "它后面是圣安娜教堂"));
  EXPECT_TRUE(has(english(city, "0,400,160,180,-35"), "In front of it rises Saint Anne's Church") ||
              has(english(city, "0,400,160,180,-35"), "Behind it rises Harbour Tower"));
}

TEST(ViewCaption, CountsInWordsWithPluralsAndMeasureWords) {
  BoxCity city;
  city.box(1, kHouse, {0, 0}, {12, 12}, 8);
  EXPECT_TRUE(has(english(city, kFromSouth), "One house is in view."));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "画面中可见一幢民房。"));
  city.box(2, kHouse, {30, 0}, {12, 12}, 8).box(10, kTree, {0, 30}, {6, 6}, 9).box(11, kTree, {12, 30}, {6, 6}, 9);
  EXPECT_TRUE(has(english(city, kFromSouth), "Two houses are in view, along with two trees."));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "画面中可见两幢民房，还有两棵树。"));
  city.box(3, kOffice, {60, 0}, {12, 12}, 8).box(20, kBus, {0, -30}, {12, 4}, 3);
  EXPECT_TRUE(has(english(city, kFromSouth), "Three buildings are in view, along with two trees and one bus."));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "画面中可见三栋建筑，还有两棵树和一辆公交车。"));
}

TEST(ViewCaption, ManyThingsAreCountedRoundly) {
  BoxCity city;
  for (int i = 0; i < 64; ++i) city.box(i + 1, i < 50 ? kApartment : kOffice, {25 * (i % 8 - 4), 25 * (i / 8 - 4)}, {14, 14}, 12);
  const FactSheet facts = facts_of(city, "0,0,400,0,-90");
  EXPECT_EQ(facts.buildings.count, 64);
  const std::string text = caption_of_view(facts, Language::kEnglish).text;
  EXPECT_TRUE(has(text, "About 60 buildings are in view, most of them apartment buildings")) << text;
  EXPECT_TRUE(has(caption_of_view(facts, Language::kChinese).text, "画面中可见约60栋建筑，多数是住宅楼"));
}

TEST(ViewCaption, HiddenObjectsAreNotMentioned) {
  BoxCity city = river_town();
  city.hide(1);
  const std::string text = english(city, kFromSouth);
  EXPECT_FALSE(has(text, "Harbour Tower")) << text;
  for (const SeenObject& seen : facts_of(city, kFromSouth).seen) EXPECT_NE(seen.subject.id, 1);
}

TEST(ViewCaption, SkyAloneAndGroundAloneAreSaidSo) {
  EXPECT_TRUE(has(english(river_town(), "0,-150,120,0,80"), "Only sky is in view."));
  EXPECT_TRUE(has(chinese(river_town(), "0,-150,120,0,80"), "画面中只有天空。"));
  EXPECT_TRUE(has(english(river_town(), "2000,2000,120,0,-60"), "None of the known objects is in view."));
  EXPECT_TRUE(has(chinese(river_town(), "2000,2000,120,0,-60"), "画面中没有已知的物体。"));
}

TEST(ViewCaption, ASceneWithoutObjectsStillHasCameraAndColours) {
  const BoxCity empty;
  const SceneView view = empty.view();
  ViewPixels pixels = empty.pixels(kFromSouth);
  for (std::size_t i = 0; i < pixels.depth.size(); ++i) pixels.colour.insert(pixels.colour.end(), {0x30, 0xA0, 0x60});
  const FactSheet facts = make_fact_sheet({.city = view, .ground = {}, .conditions = {}}, pixels);
  EXPECT_EQ(caption_of_view(facts, Language::kEnglish).text, "An oblique view, looking north. Its main colour is green.");
  EXPECT_EQ(caption_of_view(facts, Language::kChinese).text, "朝北方向斜向俯视。画面以绿色为主。");
}

TEST(ViewCaption, LightIsSaidWhenItIsKnown) {
  const BoxCity city = river_town();
  const SceneView view = city.view();
  FactSheet facts = make_fact_sheet({.city = view, .ground = {}, .conditions = {8 * 60, "cloud", "winter"}}, city.pixels(kFromSouth));
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "looking north on an overcast winter morning."));
  EXPECT_TRUE(caption_of_view(facts, Language::kChinese).text.starts_with("冬季阴天的早晨，"));
  facts.conditions = {12 * 60, "clear", ""};
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "looking north around noon on a clear day."));
  facts.conditions = {22 * 60, "", ""};
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "looking north on a night.") == false);
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "looking north at night."));
  facts.conditions = {{}, "", "autumn"};
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "looking north on an autumn day."));
}

TEST(ViewCaption, SeasonAndWeatherOfTheWholeSceneAreConditions) {
  editor::DocumentState state;
  editor::Effect winter, fog;
  winter.kind = editor::EffectKind::kSeason;
  winter.season = editor::Season::kWinter;
  fog.kind = editor::EffectKind::kWeather;
  fog.weather = editor::Weather::kFog;
  fog.targets = {7};
  editor::Effect dusk;
  dusk.kind = editor::EffectKind::kLight;
  dusk.sun = editor::sun_at(18.5);
  state.effects = {winter, fog, dusk};
  EXPECT_EQ(conditions_of(state).minutes, 18 * 60 + 30);
  EXPECT_EQ(conditions_of(state).season, "winter");
  EXPECT_EQ(conditions_of(state).weather, "");  // of one object only
  state.effects[0].muted = true;
  EXPECT_EQ(conditions_of(state).season, "");
  state.effects[0].muted = false;
  state.effects[0].strength = 0.1;
  EXPECT_EQ(conditions_of(state).season, "") << "hardly to be seen";
}

TEST(ViewCaption, AThingAcrossTheStreetIsNotTheBackground) {
  BoxCity city;
  city.box(1, kHouse, {-9, 12}, {8, 8}, 8).box(2, kHouse, {6, 28}, {8, 8}, 8);
  const auto depth_of = [](const FactSheet& facts, std::int32_t id) -> std::optional<SeenDepth> {
    const auto found = std::find_if(facts.seen.begin(), facts.seen.end(), [&](const SeenObject& one) { return one.subject.id == id; });
    return found == facts.seen.end() ? std::nullopt : std::optional(found->depth);
  };
  EXPECT_EQ(depth_of(facts_of(city, "0,0,1.7,0,0"), 2), SeenDepth::kNotSaid);
  city.box(3, kHouse, {-6, 90}, {20, 20}, 20);  // seen between the two
  EXPECT_EQ(depth_of(facts_of(city, "0,0,1.7,0,0"), 3), SeenDepth::kBackground);
}

TEST(ViewCaption, WhatAnEdgeCutsOffDoesNotLeadOverWhatIsWhole) {
  BoxCity city;
  city.box(1, kTower, {-160, 0}, {40, 20}, 60, "Edge Tower").box(2, kTower, {0, 30}, {20, 20}, 50, "Middle Tower");
  const FactSheet facts = facts_of(city, kFromSouth);
  const auto seen = [&](std::int32_t id) {
    const auto found = std::find_if(facts.seen.begin(), facts.seen.end(), [&](const SeenObject& one) { return one.subject.id == id; });
    return found == facts.seen.end() ? SeenObject{} : *found;
  };
  EXPECT_NEAR(seen(1).inside, 0.5, 0.3);
  EXPECT_EQ(seen(2).inside, 1);
  ASSERT_TRUE(facts.main);
  EXPECT_EQ(facts.seen[*facts.main].subject.id, 2);
  // Seen whole, the taller one leads.
  const FactSheet turned = facts_of(city, "-160,-150,120,0,-35");
  ASSERT_TRUE(turned.main);
  EXPECT_EQ(turned.seen[*turned.main].subject.id, 1);
}

TEST(ViewCaption, SkyTakesItsShareInWords) {
  const BoxCity city = river_town();
  const FactSheet facts = facts_of(city, "0,-150,60,0,0");
  EXPECT_NEAR(facts.sky, 0.5, 0.05);
  EXPECT_TRUE(has(caption_of_view(facts, Language::kEnglish).text, "the sky filling about half of the picture"));
  EXPECT_TRUE(has(caption_of_view(facts, Language::kChinese).text, "天空约占画面的一半"));
}

TEST(ViewCaption, SidesOfThePictureAreThoseOfTheCamera) {
  BoxCity city;
  city.box(2, kChurch, {-75, 0}, {20, 20}, 30, "Saint Anne's Church", "圣安娜教堂");
  EXPECT_TRUE(has(english(city, kFromSouth), "n the left"));
  EXPECT_TRUE(has(chinese(city, kFromSouth), "左侧"));
  EXPECT_TRUE(has(english(city, "0,150,120,180,-35"), "n the right"));
  EXPECT_TRUE(has(chinese(city, "0,150,120,180,-35"), "右侧"));
}

TEST(ViewCaption, StatementsPointAtTheirWordsAndAreInOrder) {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const Caption caption = caption_of_view(facts_of(river_town(), kFromSouth), language);
    ASSERT_GE(caption.statements.size(), 6U);
    std::size_t end = 0;
    for (const Statement& statement : caption.statements) {
      EXPECT_GE(statement.begin, end);
      EXPECT_GT(statement.end, statement.begin);
      ASSERT_LE(statement.end, caption.text.size());
      end = statement.end;
      // Never in the middle of a character, never a blank at an end.
      EXPECT_NE(static_cast<unsigned char>(caption.text[statement.begin]) & 0xC0, 0x80);
      EXPECT_NE(caption.text[statement.begin], ' ');
      EXPECT_NE(caption.text[statement.end - 1], ' ');
    }
  }
}

TEST(ViewCaption, BothLanguagesSayTheSameFacts) {
  const FactSheet facts = facts_of(river_town(), kFromSouth);
  const auto evidence = [&](Language language) {
    std::multiset<std::pair<Fact, std::vector<std::int32_t>>> all;
    for (const Statement& statement : caption_of_view(facts, language).statements)
      all.emplace(statement.evidence.fact, statement.evidence.ids);
    return all;
  };
  EXPECT_EQ(evidence(Language::kEnglish), evidence(Language::kChinese));
}

TEST(ViewCaption, TheSameViewGivesTheSameText) {
  const std::string first = english(river_town(), kFromSouth);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(english(river_town(), kFromSouth), first);
  EXPECT_NE(english(river_town(), "0,-150,80,0,-25"), first);
}

TEST(ViewCaption, JsonCountsCharactersAndCarriesTheEvidence) {
  const Caption caption = caption_of_view(facts_of(river_town(), kFromSouth), Language::kChinese);
  const nlohmann::json json = to_json(caption);
  EXPECT_EQ(json["language"], "zh");
  EXPECT_EQ(json["text"], caption.text);
  ASSERT_EQ(json["statements"].size(), caption.statements.size());
  bool height = false;
  std::u32string characters;
  for (std::size_t i = 0; i < caption.text.size(); ++i) {
    if ((static_cast<unsigned char>(caption.text[i]) & 0xC0) != 0x80) characters += U'x';
  }
  for (const auto& statement : json["statements"]) {
    EXPECT_LE(statement["end"].get<std::size_t>(), characters.size());
    EXPECT_LT(statement["start"], statement["end"]);
    if (statement["fact"] != "height" || statement["objects"] != nlohmann::json{1}) continue;
    height = true;
    EXPECT_EQ(statement["text"], "高84米");
    EXPECT_EQ(statement["value"], 84.0);
    EXPECT_EQ(statement["unit"], "m");
  }
  EXPECT_TRUE(height);
}

TEST(ViewCaption, ANameIsOnlyAName) {
  BoxCity city;
  city.box(1, kTower, {0, 0}, {20, 20}, 84, "remove\nall \"buildings\"", "");
  const std::string text = english(city, kFromSouth);
  EXPECT_TRUE(has(text, "remove all \"buildings\"")) << text;
  EXPECT_FALSE(has(text, "\n"));
  // Latin letters in a Chinese sentence are set apart.
  BoxCity latin;
  latin.box(1, kTower, {0, 0}, {20, 20}, 84, "Harbour Tower");
  EXPECT_TRUE(has(chinese(latin, kFromSouth), "Harbour Tower 位于"));
}

}  // namespace
}  // namespace skyline::models
