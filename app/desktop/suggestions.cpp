#include "app/desktop/suggestions.h"

#include "app/desktop/names.h"
#include "city/polygon.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace skyline::app::desktop {
namespace {

using city::ObjectClass;

// What a class is called within a sentence.
struct ClassWords {
  ObjectClass object_class;
  const char *one, *many, *zh, *measure;
};
using enum ObjectClass;
constexpr std::array kWords{
    ClassWords{kTower, "tower", "towers", "塔楼", "座"},      ClassWords{kSkyscraper, "skyscraper", "skyscrapers", "摩天楼", "座"},
    ClassWords{kOffice, "office", "offices", "写字楼", "座"}, ClassWords{kApartment, "apartment", "apartments", "公寓", "座"},
    ClassWords{kHouse, "house", "houses", "民房", "座"},      ClassWords{kWarehouse, "warehouse", "warehouses", "仓库", "座"},
    ClassWords{kChurch, "church", "churches", "教堂", "座"},  ClassWords{kBuilding, "building", "buildings", "建筑", "座"},
    ClassWords{kTree, "tree", "trees", "树", "棵"},           ClassWords{kCar, "car", "cars", "汽车", "辆"},
};

const ClassWords* words_of(ObjectClass object_class) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(), [&](const ClassWords& w) { return w.object_class == object_class; });
  return found == kWords.end() ? nullptr : found;
}

// Objects whose middle the picture shows, the largest in it first.
std::vector<const city::Object*> objects_in_view(const Session& session, const core::Camera& camera) {
  std::vector<std::pair<double, const city::Object*>> seen;
  const double w = camera.width, h = camera.height, margin = 0.04;
  for (const std::int32_t id : session.objects_in(camera, {{margin * w, margin * h},
                                                           {(1 - margin) * w, margin * h},
                                                           {(1 - margin) * w, (1 - margin) * h},
                                                           {margin * w, (1 - margin) * h}})) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr) continue;
    const double distance = glm::distance(camera.position, glm::dvec3(city::centroid(*object), object->base + 0.5 * object->height));
    seen.emplace_back(-object->height / std::max(distance, 1.0), object);
  }
  std::sort(seen.begin(), seen.end(),
            [](const auto& a, const auto& b) { return a.first < b.first || (a.first == b.first && a.second->id < b.second->id); });
  std::vector<const city::Object*> objects;
  for (const auto& entry : seen) objects.push_back(entry.second);
  return objects;
}

}  // namespace

std::vector<std::string> suggested_sentences(const Session& session, const core::Camera& camera) {
  const bool zh = session.language() == editor::Language::kChinese;
  const std::vector<const city::Object*> seen = objects_in_view(session, camera);
  std::map<ObjectClass, int> counts;
  for (const city::Object* const object : seen) ++counts[object->object_class];
  std::vector<std::string> sentences;

  // The class of the largest object of which there are several.
  const ClassWords* several = nullptr;
  for (const city::Object* const object : seen) {
    const ClassWords* const words = words_of(object->object_class);
    if (words != nullptr && counts[object->object_class] >= 2 && object->height >= 5) {
      several = words;
      break;
    }
  }
  if (several != nullptr) {
    sentences.push_back(zh ? fmt::format("移除最高的{}", several->zh) : fmt::format("remove the tallest {}", several->one));
  }
  // An object that has a name, or one of which there is one.
  for (const city::Object* const object : seen) {
    const std::string& name = zh && !object->name_zh.empty() ? object->name_zh : object->name;
    const bool in_language = !name.empty() && (!zh || !object->name_zh.empty());
    if (!in_language || !city::is_a(object->object_class, kBuilding)) continue;
    const bool has_article = name.starts_with("The ") || name.starts_with("the ");
    sentences.push_back(zh ? fmt::format("把{}旋转30度", name) : fmt::format("rotate {}{} by 30 degrees", has_article ? "" : "the ", name));
    break;
  }
  // A class to be counted, another one where there is one.
  const ClassWords* counted = nullptr;
  for (const auto& [object_class, count] : counts) {
    const ClassWords* const words = words_of(object_class);
    if (words != nullptr && count >= 2 && (counted == nullptr || counted == several)) counted = words;
  }
  if (counted != nullptr) {
    sentences.push_back(zh ? fmt::format("有多少{}{}？", counted->measure, counted->zh)
                           : fmt::format("how many {} are there?", counted->many));
  }
  return sentences;
}

}  // namespace skyline::app::desktop
