// The lexicon: its files are checked, every entry is found in its own example, slips are corrected and words are not.
#include "models/language/interpreter/lexicon.h"

#include "models/language/interpreter/tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace skyline::models {
namespace {

namespace fs = std::filesystem;

const Lexicon& lexicon() {
  static const core::Result<Lexicon> loaded = Lexicon::load(lexicon_folder());
  if (!loaded) ADD_FAILURE() << loaded.error().message();
  return *loaded;
}

std::vector<WordMatch> matches(std::string_view sentence, std::size_t at = 0) { return lexicon().match(split(normalise(sentence)), at); }

// The entry that a sentence's word is taken for, at no cost or at the least.
const WordMatch* find(const std::vector<WordMatch>& found, std::string_view kind, std::string_view value) {
  const auto match =
      std::find_if(found.begin(), found.end(), [&](const WordMatch& m) { return m.entry->kind == kind && m.entry->value == value; });
  return match == found.end() ? nullptr : &*match;
}

TEST(Lexicon, FindsEveryEntryInItsOwnExample) {
  int missing = 0;
  for (const LexiconEntry& entry : lexicon().entries()) {
    const std::vector<Token> tokens = split(normalise(entry.example));
    bool found = false;
    for (std::size_t i = 0; i < tokens.size() && !found; ++i) {
      for (const WordMatch& match : lexicon().match(tokens, i, true)) found = found || match.entry == &entry;
    }
    if (!found && ++missing < 200)
      ADD_FAILURE() << entry.kind << ' ' << entry.value << " \"" << entry.surface << "\" is not in \"" << entry.example << '"';
  }
  EXPECT_EQ(missing, 0);
}

TEST(Lexicon, CorrectsSlipsOfLongerWords) {
  const auto corrected = [](std::string_view sentence, std::string_view kind, std::string_view value) {
    const WordMatch* const match = find(matches(sentence), kind, value);
    return match != nullptr && match->correction == WordMatch::Correction::kSpelling && match->cost > 0;
  };
  EXPECT_TRUE(corrected("towre", "class", "tower"));
  EXPECT_TRUE(corrected("chruch", "class", "church"));
  EXPECT_TRUE(corrected("hosptal", "class", "hospital"));
  EXPECT_TRUE(corrected("skyscrapper", "class", "skyscraper"));
  EXPECT_TRUE(corrected("dupicate", "op", "duplicate"));
  EXPECT_TRUE(corrected("roatte", "op", "rotate"));
  EXPECT_TRUE(corrected("demolsih", "op", "remove"));
  EXPECT_TRUE(corrected("buildngs", "class", "building"));
}

TEST(Lexicon, HoldsTheWordsOfBothLanguages) {
  int english = 0;
  int chinese = 0;
  for (const LexiconEntry& entry : lexicon().entries()) ++(entry.chinese ? chinese : english);
  EXPECT_GE(english, 750);
  EXPECT_GE(chinese, 750);
}

}  // namespace
}  // namespace skyline::models
