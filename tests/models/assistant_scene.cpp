#include "tests/models/assistant_scene.h"

#include <gtest/gtest.h>

namespace skyline::models::test {

city::Object box(std::int32_t id, city::ObjectClass object_class, glm::dvec2 centre, glm::dvec2 size, double height, std::string name) {
  city::Object object;
  object.id = id;
  object.object_class = object_class;
  object.name = std::move(name);
  const glm::dvec2 half = size / 2.0;
  object.footprint = {centre - half, {centre.x + half.x, centre.y - half.y}, centre + half, {centre.x - half.x, centre.y + half.y}};
  object.height = height;
  return object;
}

city::Object line(std::int32_t id, city::ObjectClass object_class, city::Path path, double width, std::string name) {
  city::Object object;
  object.id = id;
  object.object_class = object_class;
  object.name = std::move(name);
  object.path = std::move(path);
  object.width = width;
  return object;
}

std::shared_ptr<const SceneView> scene_of(std::vector<city::Object> objects) {
  city::Catalogue catalogue;
  for (city::Object& object : objects) {
    const core::Status added = catalogue.add(std::move(object));
    EXPECT_TRUE(added.ok()) << added.error().message();
  }
  return std::make_shared<const SceneView>(std::move(catalogue));
}

Situation situation_of(std::vector<city::Object> objects) {
  Situation situation;
  situation.scene = scene_of(std::move(objects));
  return situation;
}

QueryPtr shared(Query query) { return std::make_shared<const Query>(std::move(query)); }

Query all(city::ObjectClass object_class) {
  Query query = the(object_class);
  query.quantity = Quantity::kAll;
  return query;
}

Query the(city::ObjectClass object_class) {
  Query query;
  query.classes = {object_class};
  return query;
}

Query with(Query query, Relation relation, std::vector<QueryPtr> anchors, double number) {
  RelationTest test;
  test.relation = relation;
  test.anchors = std::move(anchors);
  (relation == Relation::kTowards ? test.bearing_deg : test.distance) = number;
  query.relations.push_back(std::move(test));
  return query;
}

}  // namespace skyline::models::test
