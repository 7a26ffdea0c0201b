// Small scenes with known coordinates, and queries written short.
#pragma once

#include "models/language/interpreter/query.h"
#include "models/language/interpreter/situation.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace skyline::models::test {

using Ids = std::vector<std::int32_t>;

// A box of `size` around `centre`.
city::Object box(std::int32_t id, city::ObjectClass object_class, glm::dvec2 centre, glm::dvec2 size, double height, std::string name = {});
city::Object line(std::int32_t id, city::ObjectClass object_class, city::Path path, double width, std::string name = {});
std::shared_ptr<const SceneView> scene_of(std::vector<city::Object> objects);
Situation situation_of(std::vector<city::Object> objects);

QueryPtr shared(Query query);
// Of a class, all of them.
Query all(city::ObjectClass object_class);
Query the(city::ObjectClass object_class);
// The query with a relation to "the CLASS", or to the anchors.
Query with(Query query, Relation relation, std::vector<QueryPtr> anchors, double number = 0);

}  // namespace skyline::models::test
