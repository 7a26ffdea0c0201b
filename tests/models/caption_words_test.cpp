// Words of captions: every class has its nouns, numbers are rounded as people do.
#include "models/caption/words.h"
#include "models/language/interpreter/colour_words.h"
#include "models/language/interpreter/colours.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

TEST(CaptionWords, EveryClassHasNounPluralAndMeasureWord) {
  for (const city::ObjectClass object_class : city::all_classes()) {
    const Noun& noun = noun_of(object_class);
    EXPECT_FALSE(noun.en.empty());
    EXPECT_NE(noun.en, noun.en_plural);
    EXPECT_FALSE(noun.zh.empty());
    const std::set<std::string_view> measures{"座", "栋", "幢", "所", "家", "条", "片", "棵", "辆", "台", "道", "个"};
    EXPECT_TRUE(measures.contains(noun.measure)) << noun.en;
  }
  EXPECT_EQ(noun_of(kChurch).en_plural, "churches");
  EXPECT_EQ(noun_of(kFactory).en_plural, "factories");
  EXPECT_EQ(noun_of(kTree).measure, "棵");
  EXPECT_EQ(noun_of(kRiver).measure, "条");
  EXPECT_EQ(noun_of(kCar).measure, "辆");
  EXPECT_EQ(noun_of(kHouse).measure, "幢");
  EXPECT_EQ(noun_of(kForest).measure, "片");
}

TEST(CaptionWords, ArticlesFollowTheSound) {
  EXPECT_EQ(with_article("apartment building"), "an apartment building");
  EXPECT_EQ(with_article("office building"), "an office building");
  EXPECT_EQ(with_article("house"), "a house");
  EXPECT_EQ(with_article("hospital"), "a hospital");
}

TEST(CaptionWords, TwoIsLiangBeforeAMeasureWord) {
  EXPECT_EQ(number_zh(2), "两");
  EXPECT_EQ(number_zh(12), "12");
  EXPECT_EQ(number_en(12), "twelve");
  EXPECT_EQ(number_en(13), "13");
}

TEST(CaptionWords, RoundingIsAnnouncedAndSmall) {
  for (double metres = 0.5; metres < 3000; metres *= 1.037) {
    const SaidNumber said = say_distance(metres);
    EXPECT_EQ(said.rounded, std::abs(said.value - metres) >= 0.05) << metres;
    EXPECT_LE(std::abs(said.value - metres), std::max(0.5, 0.13 * metres)) << metres;
    EXPECT_NEAR(std::stod(said.digits), said.value, 1e-9);
    const SaidNumber size = say_size(metres);
    EXPECT_LE(std::abs(size.value - metres), 0.5) << metres;
  }
  for (int count = 0; count < 3000; ++count) EXPECT_LE(std::abs(say_count(count) - count), count <= 12 ? 0.0 : 0.2 * count) << count;
  for (double area = 11; area < 1e6; area *= 1.07) EXPECT_NEAR(say_area(area).value, area, 0.051 * area);
}

TEST(CaptionWords, SharesAreNearWhatTheySay) {
  EXPECT_EQ(say_share(0.34).en, "a third");
  EXPECT_EQ(say_share(0.34).zh, "三分之一");
  EXPECT_EQ(say_share(0.48).zh, "一半");
  EXPECT_EQ(say_share(0.26).en, "a quarter");
}

TEST(CaptionWords, ColoursAreNamedOnlyWhenTheNameComesToMind) {
  EXPECT_EQ(colour_word({0xc0, 0x39, 0x2b})->name, "red");
  EXPECT_EQ(colour_word({0x55, 0x55, 0x55})->shade, "dark");
  EXPECT_EQ(colour_word({0xb0, 0xb0, 0xb0})->shade, "light");
  EXPECT_FALSE(colour_word({0x00, 0xff, 0xff}));  // cyan is in nobody's palette
  EXPECT_EQ(colour_zh("grey", "dark"), "深灰色");
}

TEST(CaptionWords, AColourOfASentenceKeepsItsName) {
  EXPECT_EQ(colour_phrase("#c0392b", false), "red");
  EXPECT_EQ(colour_phrase(shaded(palette_hex("orange"), "dark"), false), "dark orange");  // and not brown, which is nearer
  EXPECT_EQ(colour_phrase(shaded(palette_hex("blue"), "light"), true), "浅蓝色");
  EXPECT_EQ(colour_phrase("#c43c30", true), "红色");
  EXPECT_EQ(colour_phrase("#00ffff", false), "#00ffff");  // no name of ours
  EXPECT_EQ(colour_phrase("red", false), "red");
}

TEST(CaptionWords, NamesStayOnOneLineAndShort) {
  EXPECT_EQ(tidy_name("a\nb\tc"), "a b c");
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "楼";
  EXPECT_EQ(tidy_name(longest).size(), 61 * 3U);
}

}  // namespace
}  // namespace skyline::models
