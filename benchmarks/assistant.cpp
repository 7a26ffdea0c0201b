// What the assistant's resolver costs: CPU time of typical references on towns of 5,000 and 100,000 objects, of one thread.
//
//   skyline_assistant_benchmark [OBJECTS ...]
#include "models/language/interpreter/resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace skyline;
using namespace skyline::models;
using enum city::ObjectClass;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

city::Object box(std::int32_t id, city::ObjectClass kind, glm::dvec2 at, double size, double height) {
  city::Object object;
  object.id = id;
  object.object_class = kind;
  object.footprint = {at, {at.x + size, at.y}, {at.x + size, at.y + 0.7 * size}, {at.x, at.y + 0.7 * size}};
  object.height = height;
  object.wall = glm::u8vec3(id * 37 % 256, id * 91 % 256, id * 53 % 256);
  object.roof = glm::u8vec3(id * 13 % 256, id * 29 % 256, id * 71 % 256);
  return object;
}

// Blocks of 100 m with what stands in a city: half houses, a third trees, a tenth roads, one river, a few of everything else.
city::Catalogue town(int objects) {
  std::mt19937 random(5);
  const auto uniform = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); };
  const double side = 100 * std::sqrt(objects / 12.0);
  city::Catalogue catalogue;
  constexpr std::array kKinds{kHouse, kHouse,  kHouse,  kHouse, kHouse, kHouse,     kHouse,  kHouse, kApartment, kApartment,
                              kTower, kOffice, kChurch, kShop,  kShop,  kWarehouse, kSchool, kTree,  kTree,      kTree,
                              kTree,  kTree,   kTree,   kTree,  kTree,  kCar,       kCar,    kPark};
  city::Object river;
  river.id = 1;
  river.object_class = kRiver;
  river.name = "Green River";
  river.width = 40;
  for (int i = 0; i <= 20; ++i) river.path.push_back({i * side / 20, side * (0.5 + 0.1 * std::sin(i))});
  static_cast<void>(catalogue.add(river));
  for (std::int32_t id = 2; id <= objects; ++id) {
    const glm::dvec2 at(uniform(0, side), uniform(0, side));
    if (id % 10 == 0) {
      city::Object road;
      road.id = id;
      road.object_class = kStreet;
      road.width = 8;
      road.path = {at, at + glm::dvec2(id % 20 == 0 ? 200 : 0, id % 20 == 0 ? 0 : 200)};
      static_cast<void>(catalogue.add(std::move(road)));
      continue;
    }
    const city::ObjectClass kind = kKinds.at(random() % kKinds.size());
    const double size = kind == kPark ? 80 : kind == kTree ? 6 : kind == kCar ? 4 : uniform(10, 30);
    city::Object object = box(id, kind, at, size, kind == kTower ? uniform(40, 150) : kind == kPark ? 0 : uniform(4, 20));
    if (kind == kChurch) object.name = fmt::format("Church {}", id);
    static_cast<void>(catalogue.add(std::move(object)));
  }
  return catalogue;
}

QueryPtr shared(Query query) { return std::make_shared<const Query>(std::move(query)); }

Query all(city::ObjectClass kind) {
  Query query;
  query.classes = {kind};
  query.quantity = Quantity::kAll;
  return query;
}

Query related(city::ObjectClass kind, Relation relation, QueryPtr anchor, double distance = 0) {
  Query query = all(kind);
  RelationTest test;
  test.relation = relation;
  test.anchors = {std::move(anchor)};
  test.distance = distance;
  query.relations = {test};
  return query;
}

struct Typical {
  std::string words;
  Query query;
};

std::vector<Typical> typical_references(const SceneView& scene) {
  const auto church = std::find_if(scene.catalogue().objects().begin(), scene.catalogue().objects().end(),
                                   [](const city::Object& object) { return object.object_class == kChurch; });
  Query named;
  named.kind = Query::Kind::kName;
  named.name = church->name;
  const QueryPtr place = shared(named), river = shared(all(kRiver));
  std::vector<Typical> list;
  list.push_back({"all houses", all(kHouse)});
  list.push_back({"the church by its name", named});
  Query query = all(kBuilding);
  query.measures = {{Measure::kHeight, Comparison::kGreater, 50, nullptr}};
  list.push_back({"buildings higher than 50 m", query});
  query = all(kBuilding);
  query.sizes = {{Measure::kHeight, true}};
  list.push_back({"tall buildings", query});
  query = all(kTower);
  query.order = Order{};
  list.push_back({"the tallest tower", query});
  query = all(kHouse);
  query.colours = {{"red", Surface::kRoof, false}};
  list.push_back({"houses with red roofs", query});
  list.push_back({"buildings beside the river", related(kBuilding, Relation::kBeside, river)});
  list.push_back({"trees along the river", related(kTree, Relation::kAlong, river)});
  list.push_back({"houses near the church", related(kHouse, Relation::kNear, place)});
  list.push_back({"houses north of the church", related(kHouse, Relation::kTowards, place)});
  list.push_back({"houses left of the church", related(kHouse, Relation::kLeft, place)});
  list.push_back({"trees in parks", related(kTree, Relation::kInside, shared(all(kPark)))});
  list.push_back({"trees along streets", related(kTree, Relation::kAlong, shared(all(kStreet)))});
  list.push_back({"houses within 20 m of a school", related(kHouse, Relation::kWithin, shared(all(kSchool)), 20)});
  query = all(kHouse);
  query.order = Order{Measure::kDistance, false, 1, 1, place};
  list.push_back({"the house nearest to the church", query});
  query = related(kHouse, Relation::kNear, shared(related(kTower, Relation::kBeside, river)));
  query.except = {shared(related(kHouse, Relation::kAlong, shared(all(kStreet))))};
  list.push_back({"houses near towers beside the river, except those along streets", query});
  return list;
}

void measure(int objects) {
  const double begin = cpu_ms();
  const auto scene = std::make_shared<const SceneView>(town(objects));
  const double made = cpu_ms();
  PlanStep move;
  move.op = "move";
  move.targets = {2};
  move.arguments["offset"] = {1, 0, 0};
  const SceneView after = scene->after({move});
  fmt::print("{{\"objects\": {}, \"scene_ms\": {:.2f}, \"step_ms\": {:.2f}, \"references\": [\n", after.catalogue().size(), made - begin,
             cpu_ms() - made);
  Situation situation;
  situation.scene = scene;
  double worst = 0;
  const auto list = typical_references(*scene);
  for (std::size_t i = 0; i < list.size(); ++i) {
    constexpr int kRuns = 21;
    std::vector<double> times;
    std::size_t found = 0;
    for (int run = 0; run < kRuns; ++run) {
      const double start = cpu_ms();
      found = resolve(list[i].query, situation).ids.size();
      times.push_back(cpu_ms() - start);
    }
    std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
    worst = std::max(worst, times[kRuns / 2]);
    fmt::print("  {{\"reference\": \"{}\", \"found\": {}, \"ms\": {:.3f}}}{}\n", list[i].words, found, times[kRuns / 2],
               i + 1 < list.size() ? "," : "");
  }
  fmt::print("], \"worst_ms\": {:.3f}}}\n", worst);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<int> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::max(100, std::atoi(argv[i])));
  for (const int objects : sizes.empty() ? std::vector<int>{5000, 100000} : sizes) measure(objects);
}
