#include "models/caption/words.h"

#include "models/language/interpreter/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::models {
namespace {

// In the order of the taxonomy.
constexpr std::array kNouns{
    Noun{"building", "buildings", "建筑", "栋"},
    Noun{"tower", "towers", "塔楼", "座"},
    Noun{"house", "houses", "民房", "幢"},
    Noun{"apartment building", "apartment buildings", "住宅楼", "栋"},
    Noun{"office building", "office buildings", "写字楼", "栋"},
    Noun{"church", "churches", "教堂", "座"},
    Noun{"school", "schools", "学校", "所"},
    Noun{"hospital", "hospitals", "医院", "所"},
    Noun{"station", "stations", "车站", "座"},
    Noun{"warehouse", "warehouses", "仓库", "座"},
    Noun{"factory", "factories", "工厂", "座"},
    Noun{"shop", "shops", "商店", "家"},
    Noun{"hotel", "hotels", "酒店", "家"},
    Noun{"museum", "museums", "博物馆", "座"},
    Noun{"stadium", "stadiums", "体育场", "座"},
    Noun{"skyscraper", "skyscrapers", "摩天楼", "栋"},
    Noun{"road", "roads", "道路", "条"},
    Noun{"street", "streets", "街道", "条"},
    Noun{"bridge", "bridges", "桥", "座"},
    Noun{"railway line", "railway lines", "铁路", "条"},
    Noun{"square", "squares", "广场", "座"},
    Noun{"car park", "car parks", "停车场", "座"},
    Noun{"stretch of water", "stretches of water", "水面", "片"},
    Noun{"river", "rivers", "河", "条"},
    Noun{"lake", "lakes", "湖", "片"},
    Noun{"pond", "ponds", "池塘", "座"},
    Noun{"canal", "canals", "运河", "条"},
    Noun{"stretch of sea", "stretches of sea", "海", "片"},
    Noun{"green space", "green spaces", "绿地", "片"},
    Noun{"park", "parks", "公园", "座"},
    Noun{"garden", "gardens", "花园", "座"},
    Noun{"field", "fields", "田野", "片"},
    Noun{"wood", "woods", "树林", "片"},
    Noun{"tree", "trees", "树", "棵"},
    Noun{"vehicle", "vehicles", "车", "辆"},
    Noun{"car", "cars", "汽车", "辆"},
    Noun{"bus", "buses", "公交车", "辆"},
    Noun{"truck", "trucks", "卡车", "辆"},
    Noun{"crane", "cranes", "吊车", "台"},
    Noun{"wall", "walls", "墙", "道"},
    Noun{"monument", "monuments", "纪念碑", "座"},
    Noun{"object", "objects", "物体", "个"},
};
static_assert(kNouns.size() == static_cast<std::size_t>(city::ObjectClass::kOther) + 1);

double to_step(double value, double step) { return std::round(value / step) * step; }

// What is left out of the number is worth "about".
SaidNumber said(double exact, double value) {
  constexpr double kSame = 0.05;  // metres: as fine as anybody measures
  const bool whole = std::abs(value - std::round(value)) < 1e-9;
  std::string digits = whole ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
  return {value, std::abs(value - exact) >= kSame, std::move(digits)};
}

std::size_t wind_of(double degrees) {
  return static_cast<std::size_t>(std::lround(std::fmod(std::fmod(degrees, 360.0) + 360, 360.0) / 45)) % 8;
}

struct DayPart {
  int until;  // minutes since midnight
  std::string_view en, zh;
};
constexpr std::array kDayParts{DayPart{300, "night", "夜晚"},        DayPart{420, "dawn", "黎明"},       DayPart{690, "morning", "早晨"},
                               DayPart{780, "noon", "中午"},         DayPart{1020, "afternoon", "下午"}, DayPart{1230, "evening", "傍晚"},
                               DayPart{24 * 60 + 1, "night", "夜晚"}};

struct WeatherWords {
  std::string_view id, en, zh;
};
constexpr std::array kWeather{WeatherWords{"clear", "clear", "晴朗"}, WeatherWords{"cloud", "overcast", "阴天"},
                              WeatherWords{"fog", "foggy", "有雾"},   WeatherWords{"rain", "rainy", "下雨"},
                              WeatherWords{"snow", "snowy", "下雪"},  WeatherWords{"storm", "stormy", "暴风雨"}};
struct SeasonWords {
  std::string_view id, zh;
};
constexpr std::array kSeasons{SeasonWords{"spring", "春季"}, SeasonWords{"summer", "夏季"}, SeasonWords{"autumn", "秋季"},
                              SeasonWords{"winter", "冬季"}};

const DayPart* day_part(const Conditions& conditions) {
  if (!conditions.minutes) return nullptr;
  return &*std::find_if(kDayParts.begin(), kDayParts.end() - 1, [&](const DayPart& part) { return *conditions.minutes < part.until; });
}

template <class Rows>
auto find_row(const Rows& rows, std::string_view id) -> decltype(&rows[0]) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const Noun& noun_of(city::ObjectClass object_class) { return kNouns[static_cast<std::size_t>(object_class)]; }

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string number_en(int count) {
  constexpr std::array<std::string_view, 13> kWords{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                                    "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  if (count >= 0 && count < static_cast<int>(kWords.size())) return std::string(kWords[static_cast<std::size_t>(count)]);
  return fmt::format("{}", count);
}

std::string number_zh(int count) {
  constexpr std::array<std::string_view, 11> kWords{"零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"};
  if (count >= 0 && count < static_cast<int>(kWords.size())) return std::string(kWords[static_cast<std::size_t>(count)]);
  return fmt::format("{}", count);
}

SaidNumber say_size(double metres) { return said(metres, metres < 10 ? to_step(metres, 0.5) : std::round(metres)); }

SaidNumber say_distance(double metres) {
  const double step = metres < 20 ? 1 : metres < 100 ? 5 : metres < 1000 ? 10 : 100;
  return said(metres, to_step(metres, step));
}

SaidNumber say_measured(double metres) {
  SaidNumber number = say_distance(metres);
  number.rounded = true;
  return number;
}

SaidNumber say_length(double metres) { return said(metres, to_step(metres, metres < 100 ? 1 : 10)); }

SaidNumber say_area(double square_metres) {
  // Two digits.
  const double step = std::pow(10.0, std::floor(std::log10(std::max(square_metres, 10.0))) - 1);
  const double value = to_step(square_metres, step);
  return {value, std::abs(value - square_metres) >= 0.5, fmt::format("{:.0f}", value)};
}

int say_count(int count) {
  constexpr int kAsItIs = 12;
  if (count <= kAsItIs) return count;
  return static_cast<int>(to_step(count, count < 50 ? 5 : count < 200 ? 10 : 100));
}

SaidShare say_share(double share) {
  struct Row {
    double share;
    SaidShare words;
  };
  constexpr std::array kRows{Row{1.0 / 10, {"a tenth", "十分之一"}},       Row{1.0 / 8, {"an eighth", "八分之一"}},
                             Row{1.0 / 6, {"a sixth", "六分之一"}},        Row{1.0 / 5, {"a fifth", "五分之一"}},
                             Row{1.0 / 4, {"a quarter", "四分之一"}},      Row{1.0 / 3, {"a third", "三分之一"}},
                             Row{2.0 / 5, {"two fifths", "五分之二"}},     Row{1.0 / 2, {"half", "一半"}},
                             Row{3.0 / 5, {"three fifths", "五分之三"}},   Row{2.0 / 3, {"two thirds", "三分之二"}},
                             Row{3.0 / 4, {"three quarters", "四分之三"}}, Row{4.0 / 5, {"four fifths", "五分之四"}},
                             Row{9.0 / 10, {"nine tenths", "十分之九"}}};
  const auto nearest = std::min_element(kRows.begin(), kRows.end(),
                                        [&](const Row& a, const Row& b) { return std::abs(a.share - share) < std::abs(b.share - share); });
  return nearest->words;
}

std::string_view wind_en(double degrees) {
  constexpr std::array<std::string_view, 8> kWinds{"north", "north-east", "east", "south-east",
                                                   "south", "south-west", "west", "north-west"};
  return kWinds[wind_of(degrees)];
}

std::string_view wind_zh(double degrees) {
  constexpr std::array<std::string_view, 8> kWinds{"北", "东北", "东", "东南", "南", "西南", "西", "西北"};
  return kWinds[wind_of(degrees)];
}

std::string colour_zh(std::string_view name, std::string_view shade) {
  const int place = find_colour(name);
  if (place < 0) return std::string(name);
  return (shade == "dark" ? "深" : shade == "light" ? "浅" : "") + std::string(palette()[static_cast<std::size_t>(place)].name_zh) + "色";
}

std::string tidy_name(std::string_view name) {
  constexpr std::size_t kMost = 60;
  std::string tidy;
  std::size_t characters = 0;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins = (byte & 0xC0) != 0x80;
    if (begins && ++characters > kMost) return tidy + "…";
    tidy += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return tidy;
}

std::string light_en(const Conditions& conditions) {
  const DayPart* const part = day_part(conditions);
  const WeatherWords* const weather = find_row(kWeather, conditions.weather);
  std::string words;
  if (weather != nullptr) words += std::string(weather->en) + " ";
  if (find_row(kSeasons, conditions.season) != nullptr) words += conditions.season + " ";
  const bool point = part != nullptr && (part->en == "dawn" || part->en == "noon");  // of the day, not a part of it
  if (point && words.empty()) return part->en == "noon" ? "around noon" : "at dawn";
  if (words.empty() && part == nullptr) return "";
  words += part == nullptr || point ? "day" : std::string(part->en);
  if (words == "night" && part != nullptr) return "at night";
  return (point ? part->en == "noon" ? "around noon " : "at dawn " : "") + ("on " + with_article(words));
}

std::string light_zh(const Conditions& conditions) {
  const DayPart* const part = day_part(conditions);
  const WeatherWords* const weather = find_row(kWeather, conditions.weather);
  const SeasonWords* const season = find_row(kSeasons, conditions.season);
  if (part == nullptr && weather == nullptr && season == nullptr) return "";
  std::string words;
  if (season != nullptr) words += season->zh;
  if (weather != nullptr) words += std::string(weather->zh) + "的";
  return words + std::string(part != nullptr ? part->zh : weather != nullptr ? "日子" : "");
}

}  // namespace skyline::models
