#include "models/language/interpreter/answers.h"

#include "models/language/interpreter/palette.h"
#include "models/language/interpreter/relations.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <array>
#include <cmath>

namespace skyline::models {
namespace {

using editor::Language;

struct ClassWords {
  const char* one;
  const char* many;
  const char* zh;
};

// In the order of city::ObjectClass.
constexpr std::array kClassWords{
    ClassWords{"building", "buildings", "建筑"},
    ClassWords{"tower", "towers", "塔楼"},
    ClassWords{"house", "houses", "民房"},
    ClassWords{"apartment building", "apartment buildings", "公寓"},
    ClassWords{"office", "offices", "写字楼"},
    ClassWords{"church", "churches", "教堂"},
    ClassWords{"school", "schools", "学校"},
    ClassWords{"hospital", "hospitals", "医院"},
    ClassWords{"station", "stations", "车站"},
    ClassWords{"warehouse", "warehouses", "仓库"},
    ClassWords{"factory", "factories", "工厂"},
    ClassWords{"shop", "shops", "商店"},
    ClassWords{"hotel", "hotels", "酒店"},
    ClassWords{"museum", "museums", "博物馆"},
    ClassWords{"stadium", "stadiums", "体育场"},
    ClassWords{"skyscraper", "skyscrapers", "摩天楼"},
    ClassWords{"road", "roads", "道路"},
    ClassWords{"street", "streets", "街道"},
    ClassWords{"bridge", "bridges", "桥"},
    ClassWords{"railway", "railways", "铁路"},
    ClassWords{"square", "squares", "广场"},
    ClassWords{"car park", "car parks", "停车场"},
    ClassWords{"body of water", "waters", "水体"},
    ClassWords{"river", "rivers", "河"},
    ClassWords{"lake", "lakes", "湖"},
    ClassWords{"pond", "ponds", "池塘"},
    ClassWords{"canal", "canals", "运河"},
    ClassWords{"sea", "seas", "海"},
    ClassWords{"green area", "green areas", "绿地"},
    ClassWords{"park", "parks", "公园"},
    ClassWords{"garden", "gardens", "花园"},
    ClassWords{"field", "fields", "田地"},
    ClassWords{"forest", "forests", "树林"},
    ClassWords{"tree", "trees", "树"},
    ClassWords{"vehicle", "vehicles", "车辆"},
    ClassWords{"car", "cars", "汽车"},
    ClassWords{"bus", "buses", "公交车"},
    ClassWords{"truck", "trucks", "卡车"},
    ClassWords{"crane", "cranes", "吊车"},
    ClassWords{"wall", "walls", "墙"},
    ClassWords{"monument", "monuments", "纪念碑"},
    ClassWords{"object", "objects", "物体"},
};

constexpr std::array<const char*, 9> kWindsEn{"the middle", "the north",      "the north-east", "the east",      "the south-east",
                                              "the south",  "the south-west", "the west",       "the north-west"};
constexpr std::array<const char*, 9> kWindsZh{"中部", "北部", "东北部", "东部", "东南部", "南部", "西南部", "西部", "西北部"};
constexpr std::array<const char*, 9> kSidesEn{"at",       "north of",      "north-east of", "east of",      "south-east of",
                                              "south of", "south-west of", "west of",       "north-west of"};
constexpr std::array<const char*, 9> kSidesZh{"处", "北面", "东北面", "东面", "东南面", "南面", "西南面", "西面", "西北面"};

bool chinese(Language language) { return language == Language::kChinese; }

// At most one decimal, and none that says nothing.
std::string plain(double value) {
  const double once = std::round(value * 10) / 10;
  return once == std::round(once) ? fmt::format("{:.0f}", once) : fmt::format("{:.1f}", once);
}

struct Neighbour {
  const city::Object* object = nullptr;
  double gap = 0;
};

// The nearest thing with a name that is not a mere road, else the nearest one.
Neighbour neighbour_of(const SceneView& scene, const city::Object& object) {
  const auto nearest = [&](bool named) {
    return scene.index().nearest(object, 1, [&](const city::Object& other) {
      return !scene.hidden(other.id) && (!named || !other.name.empty() || !other.name_zh.empty());
    });
  };
  auto found = nearest(true);
  if (found.empty()) found = nearest(false);
  if (found.empty()) return {};
  const city::Object& other = scene.catalogue().objects()[found.front()];
  return {&other, city::gap(object, other)};
}

std::string colours_words(const Measured& measured, Language language) {
  const auto name = [&](int colour) {
    const NamedColour& named = palette()[static_cast<std::size_t>(colour)];
    return chinese(language) ? fmt::format("{}色", named.name_zh) : std::string(named.name);
  };
  std::string text;
  if (measured.wall >= 0) text = chinese(language) ? name(measured.wall) + "墙面" : fmt::format("{} walls", name(measured.wall));
  if (measured.roof < 0) return text;
  if (!text.empty()) text += chinese(language) ? "、" : " and ";
  return text + (chinese(language) ? name(measured.roof) + "屋顶" : fmt::format("a {} roof", name(measured.roof)));
}

std::string article(const std::string& noun) {
  return fmt::format("{} {}", std::string_view("aeiou").find(noun.front()) == std::string_view::npos ? "a" : "an", noun);
}

}  // namespace

std::string class_word(city::ObjectClass object_class, Language language, bool many) {
  const ClassWords& words = kClassWords.at(static_cast<std::size_t>(object_class));
  return chinese(language) ? words.zh : many ? words.many : words.one;
}

std::string object_words(const city::Object& object, Language language) {
  const std::string& own = chinese(language) ? object.name_zh : object.name;
  const std::string& other = chinese(language) ? object.name : object.name_zh;
  if (!own.empty() || !other.empty()) return own.empty() ? other : own;
  return fmt::format("{} {}", class_word(object.object_class, language), object.id);
}

std::string metres_words(double metres, Language language) {
  if (metres >= 1000) return fmt::format("{}{}", plain(metres / 1000), chinese(language) ? "千米" : " km");
  return fmt::format("{}{}", plain(metres), chinese(language) ? "米" : " m");
}

std::string area_words(double square_metres, Language language) {
  return fmt::format("{:.0f}{}", square_metres, chinese(language) ? "平方米" : " m²");
}

std::string object_label(const city::Object& object, const Measured& measured, Language language) {
  const std::string size = object.height > 0     ? metres_words(object.height, language)
                           : object.path.empty() ? area_words(measured.area, language)
                                                 : metres_words(measured.length, language);
  return chinese(language) ? fmt::format("{}（{}）", object_words(object, language), size)
                           : fmt::format("{} ({})", object_words(object, language), size);
}

std::string describe_object(const SceneView& scene, const city::Object& object, Language language) {
  const Measured& m = scene.measured()[scene.place_of(object)];
  const bool zh = chinese(language);
  const std::string name = object_words(object, language), kind = class_word(object.object_class, language);
  std::string text = zh ? fmt::format("{}是{}", name, kind) : fmt::format("{} is {}", name, article(kind));
  if (object.height > 0) {
    text +=
        zh ? fmt::format("，高{}", metres_words(object.height, language)) : fmt::format(", {} high", metres_words(object.height, language));
  }
  text += zh ? fmt::format("，长{}、宽{}", metres_words(m.length, language), metres_words(m.width, language))
             : fmt::format(", {} long and {} wide", metres_words(m.length, language), metres_words(m.width, language));
  if (const std::string colours = colours_words(m, language); !colours.empty()) {
    text += zh ? fmt::format("，{}", colours) : fmt::format(", with {}", colours);
  }
  if (const Neighbour next = neighbour_of(scene, object); next.object != nullptr) {
    const std::string other = object_words(*next.object, language), apart = metres_words(next.gap, language);
    text += zh ? fmt::format("，距{}{}", other, apart) : fmt::format(". It stands {} from {}", apart, other);
  }
  return text + (zh ? "。" : ".");
}

std::string where_words(const Situation& situation, const city::Object& object, Language language) {
  const SceneView& scene = *situation.scene;
  const bool zh = chinese(language);
  city::Rectangle box;
  for (const Measured& m : scene.measured()) box.add(m.box);
  const glm::dvec2 middle = (box.low + box.high) / 2.0, here = city::centroid(object), size = box.high - box.low;
  // Within a tenth of the scene's size of its middle is the middle.
  const bool central = glm::distance(middle, here) <= 0.1 * std::max(size.x, size.y);
  const auto wind = static_cast<std::size_t>(central ? city::Direction::kNone : city::direction_of(middle, here));
  const std::string name = object_words(object, language);
  std::string text =
      zh ? fmt::format("{}在场景{}", name, kWindsZh.at(wind)) : fmt::format("{} is in {} of the scene", name, kWindsEn.at(wind));
  if (const Neighbour next = neighbour_of(scene, object); next.object != nullptr) {
    const glm::dvec2 there =
        next.object->path.empty() ? city::centroid(*next.object) : city::nearest_on_path(next.object->path, here).point;
    const auto side = static_cast<std::size_t>(city::direction_of(there, here));
    const std::string other = object_words(*next.object, language), apart = metres_words(next.gap, language);
    text += zh ? fmt::format("，在{}{}{}", other, kSidesZh.at(side), next.gap > 0 ? apart : "")
               : fmt::format(", {} {} {}", apart, kSidesEn.at(side), other);
  }
  if (situation.camera) {
    const GroundView view(situation.camera);
    const glm::dvec2 to = here - view.position;
    const double right = glm::dot(to, view.right), ahead = glm::dot(to, view.forward);
    const char* const way_en = ahead < 0                        ? "behind the camera"
                               : std::abs(right) < 0.18 * ahead ? "straight ahead"
                               : right < 0                      ? "to the left"
                                                                : "to the right";
    const char* const way_zh = ahead < 0 ? "在相机后方" : std::abs(right) < 0.18 * ahead ? "在正前方" : right < 0 ? "在左侧" : "在右侧";
    const std::string apart = metres_words(glm::length(to), language);
    text += zh ? fmt::format("，{}，距相机{}", way_zh, apart) : fmt::format("; {}, {} from the camera", way_en, apart);
  }
  return text + (zh ? "。" : ".");
}

}  // namespace skyline::models
