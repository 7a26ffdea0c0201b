#include "models/language/interpreter/object_words.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

namespace skyline::models {
namespace {

struct ClassWords {
  std::string_view one, many, zh, measure;
};

// In the order of city::ObjectClass.
constexpr std::array kWords{ClassWords{"building", "buildings", "建筑", "栋"},
                            ClassWords{"tower", "towers", "塔楼", "座"},
                            ClassWords{"house", "houses", "民房", "栋"},
                            ClassWords{"apartment block", "apartment blocks", "住宅楼", "栋"},
                            ClassWords{"office", "offices", "办公楼", "栋"},
                            ClassWords{"church", "churches", "教堂", "座"},
                            ClassWords{"school", "schools", "学校", "所"},
                            ClassWords{"hospital", "hospitals", "医院", "所"},
                            ClassWords{"station", "stations", "车站", "座"},
                            ClassWords{"warehouse", "warehouses", "仓库", "座"},
                            ClassWords{"factory", "factories", "工厂", "座"},
                            ClassWords{"shop", "shops", "商店", "家"},
                            ClassWords{"hotel", "hotels", "酒店", "家"},
                            ClassWords{"museum", "museums", "博物馆", "座"},
                            ClassWords{"stadium", "stadiums", "体育场", "座"},
                            ClassWords{"skyscraper", "skyscrapers", "摩天楼", "座"},
                            ClassWords{"road", "roads", "道路", "条"},
                            ClassWords{"street", "streets", "街道", "条"},
                            ClassWords{"bridge", "bridges", "桥", "座"},
                            ClassWords{"railway", "railways", "铁路", "条"},
                            ClassWords{"square", "squares", "广场", "个"},
                            ClassWords{"car park", "car parks", "停车场", "个"},
                            ClassWords{"water", "waters", "水域", "片"},
                            ClassWords{"river", "rivers", "河", "条"},
                            ClassWords{"lake", "lakes", "湖", "个"},
                            ClassWords{"pond", "ponds", "池塘", "个"},
                            ClassWords{"canal", "canals", "运河", "条"},
                            ClassWords{"sea", "seas", "海", "片"},
                            ClassWords{"green", "greens", "绿地", "片"},
                            ClassWords{"park", "parks", "公园", "个"},
                            ClassWords{"garden", "gardens", "花园", "个"},
                            ClassWords{"field", "fields", "田地", "块"},
                            ClassWords{"forest", "forests", "树林", "片"},
                            ClassWords{"tree", "trees", "树", "棵"},
                            ClassWords{"vehicle", "vehicles", "车辆", "辆"},
                            ClassWords{"car", "cars", "汽车", "辆"},
                            ClassWords{"bus", "buses", "公交车", "辆"},
                            ClassWords{"truck", "trucks", "卡车", "辆"},
                            ClassWords{"crane", "cranes", "吊车", "台"},
                            ClassWords{"wall", "walls", "墙", "面"},
                            ClassWords{"monument", "monuments", "纪念碑", "座"},
                            ClassWords{"object", "objects", "物体", "个"}};
static_assert(kWords.size() == static_cast<std::size_t>(city::ObjectClass::kOther) + 1);

const ClassWords& words_of(city::ObjectClass object_class) { return kWords[static_cast<std::size_t>(object_class)]; }

// The class of all, their common parent, or none.
std::optional<city::ObjectClass> common_class(std::span<const std::int32_t> ids, const city::Catalogue& catalogue) {
  std::optional<city::ObjectClass> common;
  for (const std::int32_t id : ids) {
    const city::Object* const object = catalogue.find(id);
    if (object == nullptr) return std::nullopt;
    if (!common || city::is_a(*common, object->object_class)) common = common ? *common : object->object_class;
    if (city::is_a(object->object_class, *common)) continue;
    common = city::parent_class(*common);
    if (!common || !city::is_a(object->object_class, *common)) return std::nullopt;
  }
  return common;
}

}  // namespace

std::string short_number(double value) {
  const double rounded = std::round(value * 10) / 10;
  if (rounded == std::round(rounded)) return fmt::format("{:.0f}", rounded == 0 ? 0.0 : rounded);
  return fmt::format("{:.1f}", rounded);
}

std::string class_title(city::ObjectClass object_class, Language language, bool many) {
  const ClassWords& words = words_of(object_class);
  return std::string(language == Language::kChinese ? words.zh : many ? words.many : words.one);
}

std::string counted_class(city::ObjectClass object_class, std::size_t count, Language language) {
  const ClassWords& words = words_of(object_class);
  if (language == Language::kChinese) return fmt::format("{} {}{}", count, words.measure, words.zh);
  return fmt::format("{} {}", count, count == 1 ? words.one : words.many);
}

std::string object_title(const city::Object& object, Language language, bool size) {
  const bool chinese = language == Language::kChinese;
  const std::string& first = chinese ? object.name_zh : object.name;
  const std::string& second = chinese ? object.name : object.name_zh;
  std::string title = !first.empty() ? first : second;
  if (title.empty()) {
    title = chinese ? fmt::format("{} 号{}", object.id, class_title(object.object_class, language))
                    : fmt::format("{} {}", class_title(object.object_class, language), object.id);
  }
  if (size && object.height > 0)
    title += chinese ? fmt::format("（{} 米）", short_number(object.height)) : fmt::format(" ({} m)", short_number(object.height));
  return title;
}

std::string objects_title(std::span<const std::int32_t> ids, const city::Catalogue& catalogue, Language language) {
  constexpr std::size_t kMostNamed = 3;
  const bool chinese = language == Language::kChinese;
  if (ids.size() <= kMostNamed) {
    std::string title;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const city::Object* const object = catalogue.find(ids[i]);
      if (i > 0) title += chinese ? (i + 1 == ids.size() ? "和" : "、") : (i + 1 == ids.size() ? " and " : ", ");
      title += object != nullptr ? object_title(*object, language)
               : chinese         ? fmt::format("新物体 {}", ids[i])
                                 : fmt::format("new object {}", ids[i]);
    }
    return title;
  }
  const auto common = common_class(ids, catalogue);
  return counted_class(common.value_or(city::ObjectClass::kOther), ids.size(), language);
}

}  // namespace skyline::models
