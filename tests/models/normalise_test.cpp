// Any bytes become text that can be matched, and every unit knows where it was.
#include "models/language/interpreter/normalise.h"

#include <gtest/gtest.h>

#include <thread>

namespace skyline::models {
namespace {

std::string normalised(std::string_view bytes) { return to_utf8(normalise(bytes).units); }

std::vector<std::string> words(std::string_view bytes) {
  std::vector<std::string> all;
  for (const Token& token : split(normalise(bytes))) all.push_back(token.text);
  return all;
}

TEST(Normalise, MakesOneFormOfEveryLetter) {
  EXPECT_EQ(normalised("Cafe\xcc\x81"), "caf\xc3\xa9");           // a letter and its accent
  EXPECT_EQ(normalised("ＲＥＭＯＶＥ　２０％"), "remove 20%");    // full width
  EXPECT_EQ(normalised("，。！？；：（）「」"), ",.!?;:()\"\"");  // Chinese punctuation
  EXPECT_EQ(normalised("“the tower’s”"), "\"the tower's\"");
  EXPECT_EQ(normalised("80 m²"), "80 m2");
  EXPECT_EQ(normalised("①②"), "12");
  EXPECT_EQ(normalised("⼈"), "人") << "a radical is the character";
}

TEST(Normalise, TurnsTraditionalCharactersIntoSimplifiedOnes) {
  EXPECT_EQ(normalised("把左邊的樓房轉三十度"), "把左边的楼房转三十度");
  EXPECT_EQ(normalised("沿著河邊種樹"), "沿着河边种树");
  EXPECT_EQ(normalised("乾燥的乾坤"), "干燥的乾坤") << "by the word, not by the character";
  EXPECT_EQ(normalised("裡面 為什麼 廣場 圖書館"), "里面 为什么 广场 图书馆");
  EXPECT_EQ(normalised("把教堂转30度"), "把教堂转30度") << "simplified ones stay";
}

TEST(Normalise, KeepsTheCaseThatWasWritten) {
  const NormalisedText text = normalise("Call it OLD Mill");
  EXPECT_EQ(to_utf8(text.units), "call it old mill");
  EXPECT_EQ(to_utf8(text.shown), "Call it OLD Mill");
}

TEST(Normalise, MapsUnitsToCodePointsOfTheOriginal) {
  // C a f e + accent, an emoji, a blank, two characters
  const NormalisedText text = normalise("Cafe\xcc\x81\xf0\x9f\x8f\x99 樓房");
  EXPECT_EQ(to_utf8(text.units), "caf\xc3\xa9  楼房");
  EXPECT_EQ(text.start[3], 3U);
  EXPECT_EQ(text.end[3], 5U);    // the letter has two code points
  EXPECT_EQ(text.start[4], 5U);  // the emoji became a blank
  EXPECT_EQ(text.start[6], 7U);
  EXPECT_EQ(text.end[7], 9U);
  EXPECT_EQ(text.original.size(), 9U);
  const std::vector<Token> tokens = split(text);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[0].start, 0U);
  EXPECT_EQ(tokens[0].end, 5U);
  EXPECT_EQ(tokens[1].start, 7U);
}

TEST(Normalise, CountsBrokenBytesAsOneReplacementEach) {
  EXPECT_EQ(to_utf32("a\xff\xfe"
                     "b"),
            U"a\ufffd\ufffdb");
  EXPECT_EQ(to_utf32("a\xe6\xa5"), U"a\ufffd") << "a character that was cut off";
  EXPECT_EQ(to_utf32("\xc0\xaf"), U"\ufffd\ufffd") << "an overlong form";
  EXPECT_EQ(to_utf32("\xed\xa0\x80"), U"\ufffd\ufffd\ufffd") << "half of a surrogate pair";
  EXPECT_EQ(to_utf32("\xf0\x9f\x8f"), U"\ufffd");
  EXPECT_EQ(to_utf32("\xf4\x90\x80\x80"), U"\ufffd\ufffd\ufffd\ufffd") << "beyond the last code point";
  const NormalisedText text = normalise("re\xffmove");
  EXPECT_EQ(to_utf8(text.units), "re\xef\xbf\xbdmove");
}

TEST(Normalise, DropsControlsAndInvisibleCharacters) {
  EXPECT_EQ(normalised("remove\tthe\ntower"), "remove the tower");
  EXPECT_EQ(normalised("re\xe2\x80\x8bmove"), "remove") << "a space of no width";
  EXPECT_EQ(normalised("\xef\xbb\xbfremove"), "remove") << "a byte order mark";
  EXPECT_EQ(normalised("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 tower"), "   tower") << "a family of emoji";
  EXPECT_EQ(normalised(""), "");
  EXPECT_EQ(normalised(std::string_view("\0\0", 2)), "  ");
}

TEST(Normalise, StaysLinearUnderAMountainOfMarks) {
  std::string text = "e";
  for (int i = 0; i < 5000; ++i) text += "\xcc\x81";
  EXPECT_LE(normalise(text).units.size(), 64U);
}

TEST(Normalise, MayBeCalledFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 200; ++k) EXPECT_EQ(normalised("把左邊的樓房轉三十度，乾燥"), "把左边的楼房转三十度,干燥");
    });
  }
  for (std::thread& thread : threads) thread.join();
}

using Words = std::vector<std::string>;

TEST(Split, PartsWordsDigitsAndCharacters) {
  EXPECT_EQ(words("Move it 12.5m"), (Words{"move", "it", "12", ".", "5", "m"}));
  EXPECT_EQ(words("把 the tower 删掉"), (Words{"把", "the", "tower", "删", "掉"}));
  EXPECT_EQ(words("1920x1080"), (Words{"1920", "x", "1080"}));
}

TEST(Split, TakesHyphensAndApostrophesAsPeopleMeanThem) {
  EXPECT_EQ(words("high-rise"), (Words{"high", "rise"}));
  EXPECT_EQ(words("a 30-degree turn"), (Words{"a", "30", "degree", "turn"}));
  EXPECT_EQ(words("don't"), (Words{"dont"}));
  EXPECT_EQ(words("o'clock"), (Words{"oclock"}));
  EXPECT_EQ(words("the tower's roof"), (Words{"the", "tower", "'s", "roof"}));
  EXPECT_EQ(words("I'd"), (Words{"i", "'d"}));
  EXPECT_EQ(words("3-5"), (Words{"3", "-", "5"}));
  EXPECT_EQ(words("Église"), (Words{"eglise"}));
}

TEST(Split, KnowsWhatWasWrittenTogether) {
  const std::vector<Token> tokens = split(normalise("30m 4 m"));
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_TRUE(tokens[1].glued);
  EXPECT_FALSE(tokens[3].glued);
}

}  // namespace
}  // namespace skyline::models
