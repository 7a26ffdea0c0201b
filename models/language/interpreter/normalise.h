// Any bytes become text that can be matched: Unicode NFC, half-width, simplified Chinese, one kind of punctuation, lower case; and every
// unit of it knows where it came from, because what people are shown is their own sentence.
//
//   NormalisedText text = normalise("Ｒemove the 教堂！");   // U"remove the 教堂!"
//   text.start[0], text.end[0]                              // code points of the original
//   std::vector<Token> tokens = split(text);                // remove | the | 教 | 堂 | !
//
// Broken UTF-8 counts as one U+FFFD for each maximal broken sequence (Unicode 15, section 3.9), in positions too. Controls and emoji become
// one blank; invisible characters (joiners, variation selectors, byte order marks) vanish. Time is linear in the length. Nothing fails;
// any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

struct NormalisedText {
  std::u32string original;           // the sentence, one unit a code point
  std::u32string units;              // for matching
  std::u32string shown;              // the same units with the case that was written
  std::vector<std::uint32_t> start;  // of each unit: code points [start, end) of the original
  std::vector<std::uint32_t> end;
};
NormalisedText normalise(std::string_view bytes);

// A word of letters, a run of digits, one Chinese character, or one symbol. Between letters or digits hyphens vanish ("high-rise" is
// high | rise) and apostrophes join ("don't" is dont) or part ("tower's" is tower | 's). Blanks are no tokens.
struct Token {
  enum class Kind : std::uint8_t { kWord, kDigits, kHan, kSymbol };
  Kind kind = Kind::kSymbol;
  std::string text;                  // normalised, UTF-8
  std::string shown;                 // as written but for width and script
  std::uint32_t start = 0, end = 0;  // code points of the original
  bool glued = false;                // nothing, not even a hyphen, between it and the token before
};
std::vector<Token> split(const NormalisedText& text);

// For data files and tests.
std::string to_utf8(std::u32string_view text);
// Broken sequences become U+FFFD.
std::u32string to_utf32(std::string_view bytes);
// Han ideographs of every block.
bool is_han(char32_t c);

}  // namespace skyline::models
