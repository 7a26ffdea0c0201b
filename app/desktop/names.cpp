#include "app/desktop/names.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace skyline::app::desktop {
namespace {

struct ClassNames {
  city::ObjectClass object_class;
  const char* en;
  const char* zh;
};

using enum city::ObjectClass;
constexpr std::array kNames{
    ClassNames{kBuilding, "Building", "建筑"},
    ClassNames{kTower, "Tower", "塔楼"},
    ClassNames{kHouse, "House", "民房"},
    ClassNames{kApartment, "Apartment", "公寓"},
    ClassNames{kOffice, "Office", "写字楼"},
    ClassNames{kChurch, "Church", "教堂"},
    ClassNames{kSchool, "School", "学校"},
    ClassNames{kHospital, "Hospital", "医院"},
    ClassNames{kStation, "Station", "车站"},
    ClassNames{kWarehouse, "Warehouse", "仓库"},
    ClassNames{kFactory, "Factory", "工厂"},
    ClassNames{kShop, "Shop", "商店"},
    ClassNames{kHotel, "Hotel", "酒店"},
    ClassNames{kMuseum, "Museum", "博物馆"},
    ClassNames{kStadium, "Stadium", "体育场"},
    ClassNames{kSkyscraper, "Skyscraper", "摩天楼"},
    ClassNames{kRoad, "Road", "道路"},
    ClassNames{kStreet, "Street", "街道"},
    ClassNames{kBridge, "Bridge", "桥"},
    ClassNames{kRailway, "Railway", "铁路"},
    ClassNames{kSquare, "Square", "广场"},
    ClassNames{kParking, "Parking", "停车场"},
    ClassNames{kWater, "Water", "水体"},
    ClassNames{kRiver, "River", "河流"},
    ClassNames{kLake, "Lake", "湖"},
    ClassNames{kPond, "Pond", "池塘"},
    ClassNames{kCanal, "Canal", "运河"},
    ClassNames{kSea, "Sea", "海"},
    ClassNames{kGreen, "Green", "绿地"},
    ClassNames{kPark, "Park", "公园"},
    ClassNames{kGarden, "Garden", "花园"},
    ClassNames{kField, "Field", "田野"},
    ClassNames{kForest, "Forest", "树林"},
    ClassNames{kTree, "Tree", "树"},
    ClassNames{kVehicle, "Vehicle", "车辆"},
    ClassNames{kCar, "Car", "汽车"},
    ClassNames{kBus, "Bus", "公交车"},
    ClassNames{kTruck, "Truck", "卡车"},
    ClassNames{kCrane, "Crane", "吊车"},
    ClassNames{kWall, "Wall", "墙"},
    ClassNames{kMonument, "Monument", "纪念碑"},
    ClassNames{kOther, "Other", "其他"},
};

// Tags of generated cities; what an imported one says stays as it is.
struct TagName {
  std::string_view tag, zh;
};
constexpr TagName kTags[] = {
    {"deciduous", "落叶树"}, {"evergreen", "常绿树"},   {"maple", "枫树"},        {"plane", "悬铃木"},  {"linden", "椴树"},
    {"cherry", "樱树"},      {"birch", "桦树"},         {"spruce", "云杉"},       {"pine", "松树"},     {"poplar", "杨树"},
    {"oak", "橡树"},         {"hatchback", "两厢车"},   {"saloon", "轿车"},       {"estate", "旅行车"}, {"van", "厢式货车"},
    {"truck", "卡车"},       {"bus", "公交车"},         {"train", "火车"},        {"grey", "灰色"},     {"silver", "银色"},
    {"white", "白色"},       {"black", "黑色"},         {"red", "红色"},          {"blue", "蓝色"},     {"green", "绿色"},
    {"orange", "橙色"},      {"beige", "米色"},         {"yellow", "黄色"},       {"plaster", "抹灰"},  {"brick", "砖"},
    {"brown tiles", "棕瓦"}, {"red tiles", "红瓦"},     {"dark tiles", "深色瓦"}, {"slate", "石板瓦"},  {"sheet", "金属板"},
    {"metal", "金属"},       {"stone", "石"},           {"concrete", "混凝土"},   {"glass", "玻璃"},    {"wood", "木"},
    {"steel", "钢"},         {"green roof", "绿化屋顶"}};

}  // namespace

std::string class_title(city::ObjectClass object_class, editor::Language language) {
  for (const ClassNames& names : kNames) {
    if (names.object_class == object_class) return language == editor::Language::kChinese ? names.zh : names.en;
  }
  return std::string(city::class_name(object_class));
}

std::string_view class_icon(city::ObjectClass object_class) {
  if (city::is_a(object_class, kBuilding)) return "building";
  if (city::is_a(object_class, kRoad) || object_class == kBridge || object_class == kRailway) return "road";
  if (city::is_a(object_class, kWater)) return "drop";
  if (city::is_a(object_class, kGreen) || object_class == kTree) return "tree";
  if (city::is_a(object_class, kVehicle)) return "car";
  return "cubes";
}

std::string tag_title(std::string_view tag, editor::Language language) {
  if (language != editor::Language::kChinese) return std::string(tag);
  const auto found = std::find_if(std::begin(kTags), std::end(kTags), [&](const TagName& name) { return name.tag == tag; });
  return std::string(found == std::end(kTags) ? tag : found->zh);
}

std::string object_title(const city::Object& object, editor::Language language) {
  const std::string& name = language == editor::Language::kChinese && !object.name_zh.empty() ? object.name_zh : object.name;
  return name.empty() ? class_title(object.object_class, language) + " " + std::to_string(object.id) : name;
}

}  // namespace skyline::app::desktop
