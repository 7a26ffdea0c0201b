// The lexicon: its files are checked, every entry is found in its own example, slips are corrected and words are not.
#include "models/language/interpreter/lexicon.h"

#include "models/language/interpreter/tokens.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

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
std::optional<WordMatch> find(const std::vector<WordMatch>& found, std::string_view kind, std::string_view value) {
  const auto match =
      std::find_if(found.begin(), found.end(), [&](const WordMatch& m) { return m.entry->kind == kind && m.entry->value == value; });
  return match == found.end() ? std::nullopt : std::optional(*match);
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
    const std::optional<WordMatch> match = find(matches(sentence), kind, value);
    return match.has_value() && match->correction == WordMatch::Correction::kSpelling && match->cost > 0;
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

TEST(Lexicon, LeavesWordsOfTheLanguageAlone) {
  for (const char* const word :
       {"tree", "three", "shop", "stop", "form", "quite", "clock", "fog", "cat", "stations", "walked", "the", "won", "towel", "rode"}) {
    for (const WordMatch& match : matches(word)) {
      EXPECT_EQ(match.correction, WordMatch::Correction::kNone) << word << " was taken for " << match.entry->surface;
    }
  }
}

TEST(Lexicon, NeverCorrectsWordsOfThreeLetters) {
  for (const char* const word : {"buz", "caf", "rod", "twr", "rde"}) {
    for (const WordMatch& match : matches(word))
      EXPECT_NE(match.correction, WordMatch::Correction::kSpelling) << word << ' ' << match.entry->surface;
  }
}

TEST(Lexicon, AllowsTwoSlipsInLongWordsAndOneInShortOnes) {
  EXPECT_TRUE(find(matches("warehuose"), "class", "warehouse").has_value());
  EXPECT_TRUE(find(matches("warhuose"), "class", "warehouse").has_value());
  EXPECT_TRUE(find(matches("towar"), "class", "tower").has_value());
  EXPECT_FALSE(find(matches("tovar"), "class", "tower").has_value());
}

TEST(Lexicon, FindsWordsWrittenTogetherOrApart) {
  const std::vector<WordMatch> apart = matches("light house");
  const std::optional<WordMatch> lighthouse = find(apart, "class", "tower");
  ASSERT_TRUE(lighthouse.has_value());
  EXPECT_EQ(lighthouse->length, 2U);
  EXPECT_EQ(lighthouse->correction, WordMatch::Correction::kJoined);
  const std::vector<WordMatch> together = matches("adjacentto");
  EXPECT_TRUE(find(together, "relation", "beside").has_value());
}

TEST(Lexicon, DerivesRegularAndIrregularForms) {
  const auto form = [](std::string_view word, std::string_view kind, std::string_view value) {
    const std::vector<WordMatch> found = matches(word);
    const std::optional<WordMatch> match = find(found, kind, value);
    return match.has_value() && match->cost == 0 ? static_cast<int>(match->form) : -1;
  };
  const auto is = [](Form f) { return static_cast<int>(f); };
  EXPECT_EQ(form("spinning", "op", "rotate"), is(Form::kGerund));
  EXPECT_EQ(form("demolishes", "op", "remove"), is(Form::kThird));
  EXPECT_EQ(form("copied", "op", "duplicate"), is(Form::kPast));
  EXPECT_EQ(form("tore down", "op", "remove"), is(Form::kPast));
  EXPECT_EQ(form("hidden", "op", "hide"), is(Form::kPast));
  EXPECT_EQ(form("factories", "class", "factory"), is(Form::kPlural));
  EXPECT_EQ(form("office buildings", "class", "office"), is(Form::kPlural));
  EXPECT_EQ(form("blocks of flats", "class", "apartment"), is(Form::kPlural));
  EXPECT_EQ(form("busses", "class", "bus"), -1);
  EXPECT_EQ(form("feet", "unit", "m"), is(Form::kPlural));
}

TEST(Lexicon, FindsChineseWordsThatSoundTheSame) {
  const std::vector<WordMatch> same = matches("角堂");  // 教堂
  const std::optional<WordMatch> church = find(same, "class", "church");
  ASSERT_TRUE(church.has_value());
  EXPECT_EQ(church->correction, WordMatch::Correction::kHomophone);
  EXPECT_EQ(church->cost, 1);
  const std::vector<WordMatch> alike = matches("一院");  // 医院
  EXPECT_TRUE(find(alike, "class", "hospital").has_value());
  const std::vector<WordMatch> near_sound = matches("昌库");  // 仓库: ch for c
  const std::optional<WordMatch> warehouse = find(near_sound, "class", "warehouse");
  ASSERT_TRUE(warehouse.has_value());
  EXPECT_EQ(warehouse->cost, 1.5);
}

// A folder with one file of words and the tables that belong to it.
class LexiconFolder {
 public:
  explicit LexiconFolder(const std::string& words)
      : folder_(fs::temp_directory_path() / ("skyline-lexicon-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("words.tsv", words);
    write("irregular.tsv", "verb\ttake\ttook\ttaken\n");
    write("pinyin.tsv", "教\tjiao\n堂\ttang\n");
    write("common_words.tsv", "and\tfunction\n");
  }
  ~LexiconFolder() { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
  std::string refusal() const {
    const core::Result<Lexicon> loaded = Lexicon::load(folder_);
    return loaded.ok() ? std::string() : loaded.error().message();
  }

 private:
  fs::path folder_;
};

constexpr const char* kGoodLine = "class\ttower\ten\ttower\t-\tRemove the tower.\n";

TEST(LexiconFiles, AreReadWhenTheyAreRight) { EXPECT_EQ(LexiconFolder(std::string("# a comment\n\n") + kGoodLine).refusal(), ""); }

TEST(LexiconFiles, AreRefusedWithFileAndLine) {
  const std::pair<const char*, const char*> lines[] = {
      {"class\ttower\ten\ttower\t-\n", "5 columns"},
      {"clas\ttower\ten\ttower\t-\tRemove the tower.\n", "unknown kind"},
      {"class\ttowr\ten\ttower\t-\tRemove the tower.\n", "value \"towr\""},
      {"time\t25:00\ten\tlate\t-\tMake it late.\n", "value \"25:00\""},
      {"class\ttower\tfr\ttour\t-\tRemove the tour.\n", "unknown language"},
      {"class\ttower\ten\t\t-\tRemove the tower.\n", "no word"},
      {"class\ttower\ten\tspire\tcolour=red\tRemove the spire.\n", "unknown feature"},
      {"color\tred\ten\truby\thex=red\tPaint it ruby.\n", "wrong value in the feature"},
      {"class\ttower\ten\tspire\t-\t\n", "no example"},
      {kGoodLine, "a second time"},
      {"class\ttower\ten\t\xff\t-\tRemove it.\n", "no UTF-8"},
  };
  for (const auto& [line, complaint] : lines) {
    const std::string refusal = LexiconFolder(std::string(kGoodLine) + line).refusal();
    EXPECT_NE(refusal.find(complaint), std::string::npos) << refusal << " does not say: " << complaint;
    EXPECT_NE(refusal.find("line 2"), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("words.tsv"), std::string::npos) << refusal;
    EXPECT_EQ(refusal.find('\n'), std::string::npos);
  }
}

TEST(LexiconFiles, AreMissed) {
  EXPECT_NE(Lexicon::load("/nowhere").error().message().find("/nowhere"), std::string::npos);
  const LexiconFolder folder(kGoodLine);
  folder.write("pinyin.tsv", "教堂\tjiao tang\n");
  EXPECT_NE(folder.refusal().find("pinyin.tsv"), std::string::npos);
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
