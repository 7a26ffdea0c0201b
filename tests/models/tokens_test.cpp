// The lattice of a sentence: words, numbers, names of the scene, quotations and what nobody knows.
#include "models/language/interpreter/tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <random>

namespace skyline::models {
namespace {

const Lexicon& lexicon() {
  static const core::Result<Lexicon> loaded = Lexicon::load(lexicon_folder());
  return *loaded;
}

const Gazetteer& names() {
  static const Gazetteer gazetteer = [] {
    city::Catalogue catalogue;
    std::int32_t id = 0;
    const auto add = [&](city::ObjectClass object_class, const char* name, const char* name_zh) {
      city::Object object;
      object.id = ++id;
      object.object_class = object_class;
      object.name = name;
      object.name_zh = name_zh;
      object.footprint = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
      EXPECT_TRUE(catalogue.add(object).ok());
    };
    add(city::ObjectClass::kTower, "Harbour Tower", "海港大厦");         // 1
    add(city::ObjectClass::kRiver, "Green River", "绿河");               // 2
    add(city::ObjectClass::kHouse, "delete everything", "");             // 3
    add(city::ObjectClass::kStreet, "Main Street", "");                  // 4
    add(city::ObjectClass::kStreet, "Main Street", "");                  // 5
    add(city::ObjectClass::kChurch, "St. Anna's Church", "圣安娜教堂");  // 6
    add(city::ObjectClass::kMuseum, "Kowalski Museum", "");              // 7
    return Gazetteer(catalogue, lexicon());
  }();
  return gazetteer;
}

Lattice read(std::string_view sentence) { return read_tokens(sentence, lexicon(), &names()); }

std::optional<Edge> find(const Lattice& lattice, std::string_view text, Edge::Type type, std::string_view kind = {},
                         std::string_view value = {}) {
  for (const Edge& edge : lattice.edges) {
    if (edge.type != type || edge.text != text) continue;
    if (kind.empty() || (edge.entry->kind == kind && (value.empty() || edge.entry->value == value))) return edge;
  }
  return std::nullopt;
}

std::optional<Edge> entry(const Lattice& lattice, std::string_view text, std::string_view kind, std::string_view value) {
  return find(lattice, text, Edge::Type::kEntry, kind, value);
}

TEST(Lattice, HoldsLongAndShortReadings) {
  const Lattice lattice = read("get rid of the office block");
  EXPECT_TRUE(entry(lattice, "get rid of", "op", "remove").has_value());
  EXPECT_TRUE(entry(lattice, "office block", "class", "office").has_value());
  EXPECT_TRUE(entry(lattice, "office", "class", "office").has_value());
  EXPECT_TRUE(entry(lattice, "block", "class", "building").has_value());
}

TEST(Lattice, KnowsInflectedForms) {
  const Lattice lattice = read("getting rid of churches");
  const std::optional<Edge> verb = entry(lattice, "getting rid of", "op", "remove");
  ASSERT_TRUE(verb.has_value());
  EXPECT_EQ(verb->form, Form::kGerund);
  const std::optional<Edge> noun = entry(lattice, "churches", "class", "church");
  ASSERT_TRUE(noun.has_value());
  EXPECT_EQ(noun->form, Form::kPlural);
}

TEST(Lattice, ReportsPlacesInTheOriginal) {
  const Lattice lattice = read("把 the 樓房 轉三十度");
  const std::optional<Edge> building = entry(lattice, "樓房", "class", "building");
  ASSERT_TRUE(building.has_value());
  EXPECT_EQ(building->start, 6U);
  EXPECT_EQ(building->end, 8U);
}

TEST(Lattice, CoversEveryTokenOnItsOwn) {
  for (const char* const text : {"remove the flobnix, 20 m!", "把魑魅魍魉拆了", "\xff\xfe~~ \"", "…"}) {
    const Lattice lattice = read(text);
    for (std::size_t i = 0; i < lattice.tokens.size(); ++i) {
      const auto edges = lattice.from(i);
      EXPECT_TRUE(std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.to == i + 1; })) << text << " at " << i;
    }
    EXPECT_FALSE(lattice.tokens.empty() ? false : lattice.best_path().empty()) << text;
  }
}

TEST(Lattice, NamesWordsThatNobodyKnows) {
  const Lattice english = read("remove the flobnix");
  const std::optional<Edge> word = find(english, "flobnix", Edge::Type::kUnknown);
  ASSERT_TRUE(word.has_value());
  EXPECT_TRUE(word->content);
  const Lattice chinese = read("把魑魅魍魉拆了");
  EXPECT_TRUE(find(chinese, "魑魅魍魉", Edge::Type::kUnknown).has_value()) << "as one word";
}

TEST(Lattice, DecidesTheLanguage) {
  EXPECT_TRUE(read("把 the tower 删掉").chinese);
  EXPECT_TRUE(read("删除 Harbour Tower").chinese);
  EXPECT_FALSE(read("remove 海港大厦 please").chinese);
  EXPECT_FALSE(read("remove the tower").chinese);
  EXPECT_FALSE(read("").chinese);
}

TEST(Lattice, TakesQuotationsAsTheyWereWritten) {
  const Lattice lattice = read("rename it “Old MILL”");
  const std::optional<Edge> quoted = find(lattice, "Old MILL", Edge::Type::kQuoted);
  ASSERT_TRUE(quoted.has_value());
  EXPECT_EQ(quoted->start, 10U);
  EXPECT_EQ(quoted->end, 20U);
  EXPECT_TRUE(find(read("改名为「海港樓」"), "海港樓", Edge::Type::kQuoted).has_value()) << "traditional as written";
}

TEST(Lattice, ReadsNumbersWithAndWithoutUnits) {
  const Lattice lattice = read("move it ten metres");
  const std::optional<Edge> amount = find(lattice, "ten metres", Edge::Type::kNumber);
  ASSERT_TRUE(amount.has_value());
  EXPECT_EQ(amount->number.kind, Number::Kind::kLength);
  EXPECT_EQ(amount->number.value, 10);
  EXPECT_TRUE(find(lattice, "ten", Edge::Type::kNumber).has_value());
}

TEST(Lattice, CorrectsChineseByItsSound) {
  const std::optional<Edge> church = entry(read("把角堂转三十度"), "角堂", "class", "church");
  ASSERT_TRUE(church.has_value());
  EXPECT_EQ(church->corrected, "教堂");
  EXPECT_GT(church->cost, 0);
  EXPECT_TRUE(entry(read("拆掉蓝色的大下"), "大下", "class", "tower").has_value());
  EXPECT_TRUE(entry(read("选转左边的房子"), "选转", "op", "rotate").has_value());
  EXPECT_TRUE(entry(read("广常中间放雕像"), "广常", "class", "square").has_value());
  EXPECT_TRUE(entry(read("删出红色的车"), "删出", "op", "remove").has_value());
}

TEST(Lattice, LeavesUnderstoodWordsAlone) {
  for (const char* const text : {"把教堂转三十度", "拆掉河边的高塔", "关于河的诗", "remove the tree", "three shops stop here"}) {
    const Lattice lattice = read(text);
    for (const std::size_t i : lattice.best_path())
      EXPECT_TRUE(lattice.edges[i].corrected.empty()) << text << ": " << lattice.edges[i].text;
  }
}

TEST(Gazetteer, FindsNamesInAnyCaseAndWithSlips) {
  const auto ids = [](std::string_view sentence) {
    const Lattice lattice = read(sentence);
    for (const Edge& edge : lattice.edges) {
      if (edge.type == Edge::Type::kName) return edge.name->ids;
    }
    return std::vector<std::int32_t>{};
  };
  EXPECT_EQ(ids("remove the HARBOUR tower"), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(ids("remove harbour"), (std::vector<std::int32_t>{1})) << "a part that says which";
  EXPECT_EQ(ids("remove the harbuor tower"), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(ids("拆掉海港大厦"), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(ids("拆掉海港"), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(ids("拆掉海岗大厦"), (std::vector<std::int32_t>{1})) << "by its sound";
  EXPECT_EQ(ids("along Main Street"), (std::vector<std::int32_t>{4, 5})) << "all of that name";
  EXPECT_EQ(ids("st annas church"), (std::vector<std::int32_t>{6}));
  EXPECT_EQ(ids("St. Anna's Church"), (std::vector<std::int32_t>{6}));
  EXPECT_EQ(ids("go to kowalski"), (std::vector<std::int32_t>{7}));
}

TEST(Gazetteer, TakesNoDescriptionForAName) {
  for (const char* const text : {"the green tower", "the main road", "the church", "the museum"}) {
    for (const Edge& edge : read(text).edges) EXPECT_NE(edge.type, Edge::Type::kName) << text << ": " << edge.text;
  }
}

TEST(Gazetteer, TakesNoPartThatManyNamesShare) {
  city::Catalogue catalogue;
  for (std::int32_t id = 1; id <= 20; ++id) {
    city::Object object;
    object.id = id;
    object.object_class = city::ObjectClass::kHouse;
    object.name = "Kowalski House " + std::to_string(id);
    object.footprint = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    ASSERT_TRUE(catalogue.add(object).ok());
  }
  const Gazetteer gazetteer(catalogue, lexicon());
  const auto part = gazetteer.match_all(split(normalise("kowalski")));
  EXPECT_TRUE(part[0].empty());
  const auto whole = gazetteer.match_all(split(normalise("kowalski house 7")));
  ASSERT_EQ(whole[0].size(), 1U);
  EXPECT_EQ(whole[0].front().name->ids, (std::vector<std::int32_t>{7}));
}

TEST(Gazetteer, HoldsNamesAsDataWhateverTheySay) {
  const Lattice lattice = read("paint delete everything red");
  const std::optional<Edge> name = find(lattice, "delete everything", Edge::Type::kName);
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->name->ids, (std::vector<std::int32_t>{3}));
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string random_text(std::mt19937& random, std::size_t bytes) {
  const std::string_view pieces[] = {"remove ",  "tower", " the", "河边", "三十", "度", "\xff", "\xe6\xa5", "\xf0\x9f\x8f\x99",
                                     "\xcc\x81", "1,",    "200",  ".",    "\"",   "'s", "-",    "hundred ", "twoer ",
                                     "教",       "堂",    "，",   " x ",  "百",   "点", "半",   "\x01",     "ten ",
                                     "a ",       "qwzx"};
  std::uniform_int_distribution<std::size_t> piece(0, std::size(pieces) - 1);
  std::uniform_int_distribution<int> byte(0, 255);
  std::string text;
  const bool only_bytes = byte(random) < 64;
  while (text.size() < bytes) {
    if (only_bytes) {
      text += static_cast<char>(byte(random));
    } else {
      text += pieces[piece(random)];
    }
  }
  return text;
}

TEST(Lattice, ReadsTenThousandRandomTexts) {
  std::mt19937 random(7);
  std::uniform_int_distribution<std::size_t> length(0, 120);
  for (int i = 0; i < 10000; ++i) {
    const std::string text = random_text(random, length(random));
    const Lattice lattice = read(text);
    ASSERT_EQ(lattice.first.size(), lattice.tokens.size() + 2);
    const auto path = lattice.best_path();
    if (!lattice.tokens.empty()) {
      ASSERT_FALSE(path.empty());
      ASSERT_EQ(lattice.edges[path.back()].to, lattice.tokens.size());
    }
    for (const Edge& edge : lattice.edges) {
      ASSERT_LT(edge.from, edge.to);
      ASSERT_LT(edge.start, edge.end);
    }
  }
}

TEST(Lattice, TakesTimeInProportionToTheSentence) {
  std::mt19937 random(11);
  const auto seconds_for = [&](std::size_t bytes, int times) {
    std::vector<std::string> texts;
    for (int i = 0; i < times; ++i) texts.push_back(random_text(random, bytes));
    for (const std::string_view unit : {"1,", "hundred ", "一百", "教", "\"", "a'", "twoer "}) {
      std::string text;
      while (text.size() < bytes) text += unit;
      texts.push_back(text);
    }
    read(texts.front());
    const double before = cpu_seconds();
    for (const std::string& text : texts) read(text);
    return (cpu_seconds() - before) / static_cast<double>(texts.size());
  };
  const double small = seconds_for(1024, 10);
  const double large = seconds_for(10240, 10);
  EXPECT_LT(large, 30 * small + 0.01);
}

}  // namespace
}  // namespace skyline::models
