#include "city/score.h"

#include "city/bookmarks.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::city {
namespace {

Object building(std::int32_t id, double x, double y, double width, double depth, double height) {
  Object object;
  object.id = id;
  object.object_class = ObjectClass::kBuilding;
  object.footprint = {{x, y}, {x + width, y}, {x + width, y + depth}, {x, y + depth}};
  object.height = height;
  return object;
}

Catalogue catalogue_of(const std::vector<Object>& objects) {
  Catalogue catalogue;
  for (const Object& object : objects) EXPECT_TRUE(catalogue.add(object).ok());
  return catalogue;
}

TEST(Score, CountsWhatIsFoundMissedAndInvented) {
  const Catalogue truth = catalogue_of({building(1, 0, 0, 10, 10, 12), building(2, 40, 0, 10, 10, 20), building(3, 80, 0, 10, 10, 4)});
  // One right but a metre too low and half a metre too far east; one that is not there; the low one is found and is no fault.
  const Catalogue found = catalogue_of({building(1, 0.5, 0, 10, 10, 11), building(2, 0, 60, 10, 10, 9), building(3, 80, 0, 10, 10, 7)});
  const Score score = score_buildings(truth, found, {});
  EXPECT_EQ(score.truth, 2);
  EXPECT_EQ(score.found, 3);
  EXPECT_DOUBLE_EQ(score.recall, 0.5);
  EXPECT_NEAR(score.precision, 2.0 / 3, 1e-12);
  EXPECT_NEAR(score.mean_overlap, 9.5 / 10.5, 1e-6);
  EXPECT_NEAR(score.median_height_error, 1, 1e-12);
  EXPECT_EQ(score.missed, std::vector<std::int32_t>{2});
  EXPECT_EQ(score.invented, std::vector<std::int32_t>{2});
}

TEST(Score, TouchingBuildingsOfOneHeightCountAsOneAndOthersDoNot) {
  const Catalogue row = catalogue_of({building(1, 0, 0, 10, 10, 12), building(2, 10, 0, 10, 10, 12.4)});
  const Catalogue whole = catalogue_of({building(1, 0, 0, 20, 10, 12)});
  const Score as_one = score_buildings(row, whole, {});
  EXPECT_EQ(as_one.truth, 1);
  EXPECT_EQ(as_one.recall, 1);
  EXPECT_GT(as_one.mean_overlap, 0.98);
  const Catalogue step = catalogue_of({building(1, 0, 0, 10, 10, 12), building(2, 10, 0, 10, 10, 18)});
  EXPECT_EQ(score_buildings(step, whole, {}).truth, 2);
}

TEST(Score, LooksOnlyWithinTheGivenArea) {
  const Catalogue truth = catalogue_of({building(1, 0, 0, 10, 10, 12), building(2, 400, 0, 10, 10, 20)});
  ScoreSettings settings;
  settings.within = {{-50, -50}, {50, -50}, {50, 50}, {-50, 50}};
  EXPECT_EQ(score_buildings(truth, truth, settings).truth, 1);
  EXPECT_EQ(score_buildings(truth, truth, {}).truth, 2);
}

TEST(Bookmarks, ShowTheWholeCityAndItsRareNamedThingsInThePicture) {
  Object church = building(7, 100, 50, 20, 40, 45);
  church.object_class = ObjectClass::kChurch;
  church.name = "St Anne";
  church.name_zh = "圣安妮教堂";
  std::vector<Object> objects{church};
  for (int i = 0; i < 5; ++i) {
    Object office = building(20 + i, 40.0 * i, -60, 15, 15, 20);
    office.object_class = ObjectClass::kOffice;
    office.name = "Office " + std::to_string(i);
    objects.push_back(office);
  }
  const std::vector<Bookmark> bookmarks = make_bookmarks(catalogue_of(objects), 3);
  ASSERT_EQ(bookmarks.size(), 3U);
  EXPECT_EQ(bookmarks[0].name_zh, "全城");
  EXPECT_EQ(bookmarks[1].name, "St Anne");
  glm::dvec2 pixel;
  ASSERT_TRUE(core::project(bookmarks[1].camera, {110, 70, 22.5}, pixel));
  EXPECT_NEAR(pixel.x, bookmarks[1].camera.width / 2.0, 1);
  EXPECT_NEAR(pixel.y, bookmarks[1].camera.height / 2.0, 1);
  EXPECT_GT(bookmarks[1].camera.position.z, 45);
  EXPECT_TRUE(make_bookmarks(Catalogue(), 9).empty());
}

}  // namespace
}  // namespace skyline::city
