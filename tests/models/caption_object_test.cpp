// Captions of objects.
#include "models/caption/caption.h"
#include "tests/models/caption_scene.h"

#include <gtest/gtest.h>

namespace skyline::models {
namespace {

using editor::Language;
using testing::BoxCity;
using enum city::ObjectClass;

BoxCity town() {
  BoxCity city;
  for (int i = 0; i < 9; ++i) city.box(10 + i, kHouse, {100 * (i % 3), 100 * (i / 3)}, {12, 12}, 6 + 0.25 * i);
  city::Object tower;
  tower.id = 1;
  tower.object_class = kTower;
  tower.name = "Harbour Tower";
  tower.name_zh = "海港大厦";
  tower.footprint = {{180, 150}, {200, 150}, {200, 170}, {180, 170}};
  tower.height = 84.2;
  tower.wall = glm::u8vec3{0xc0, 0x39, 0x2b};
  tower.roof = glm::u8vec3{0x58, 0x58, 0x58};
  city.add(tower)
      .box(2, kHotel, {222, 160}, {20, 20}, 30, "Jade Hotel", "翠玉酒店")
      .line(3, kStreet, {{-50, 135}, {250, 135}}, 10, "Linden Street", "椴树街")
      .line(4, kRiver, {{-50, 230}, {300, 230}}, 40, "Green River", "青河");
  return city;
}

Caption caption_of(const BoxCity& city, std::int32_t id, Language language, const char* camera = nullptr) {
  const SceneView view = city.view();
  const CaptionScene scene{.city = view, .ground = {}, .conditions = {}};
  std::optional<ViewPixels> pixels;
  if (camera != nullptr) pixels = city.pixels(camera);
  const auto facts = make_object_sheet(scene, id, pixels ? &*pixels : nullptr);
  EXPECT_TRUE(facts);
  return caption_of_object(*facts, language);
}

TEST(ObjectCaption, SaysWhatItIsHowLargeAndWhereInBothLanguages) {
  EXPECT_EQ(
      caption_of(town(), 1, Language::kEnglish).text,
      "Harbour Tower is a tower about 84 m high, the tallest of the 11 buildings in the city. Its footprint covers 400 m²; its walls are "
      "red and the roof is dark grey. It rises in the north-east of the city, by Linden Street, next to Jade Hotel and 40 m from the "
      "Green River.");
  EXPECT_EQ(caption_of(town(), 1, Language::kChinese).text,
            "海港大厦是一座塔楼，高约84米，在全城11栋建筑中最高。占地400平方米，外墙为红色，屋顶为深灰色。它位于城市东北部，在椴树街旁，"
            "紧邻翠玉酒店，距青河40米。");
}

TEST(ObjectCaption, AnUnnamedOneIsCalledByItsClass) {
  BoxCity city;
  city.box(1, kApartment, {0, 0}, {12, 40}, 24);
  EXPECT_EQ(caption_of(city, 1, Language::kEnglish).text, "This is an apartment building 24 m high. Its footprint covers 480 m².");
  EXPECT_EQ(caption_of(city, 1, Language::kChinese).text, "这是一栋住宅楼，高24米。占地480平方米。");
}

TEST(ObjectCaption, LinesHaveLengthAndWidth) {
  EXPECT_EQ(caption_of(town(), 4, Language::kEnglish).text, "The Green River is a river 350 m long and 40 m wide.");
  EXPECT_EQ(caption_of(town(), 4, Language::kChinese).text, "青河是一条河，长350米，宽40米。");
}

TEST(ObjectCaption, ParksHaveAnAreaAndNoHeight) {
  BoxCity city;
  city.box(1, kPark, {0, 0}, {60, 72}, 0, "Linden Park", "椴树公园");
  EXPECT_EQ(caption_of(city, 1, Language::kEnglish).text, "Linden Park is a park. It covers about 4300 m².");
  EXPECT_EQ(caption_of(city, 1, Language::kChinese).text, "椴树公园是一座公园。占地约4300平方米。");
}

TEST(ObjectCaption, TellsWhereItIsSeenOrThatItIsNot) {
  EXPECT_TRUE(
      caption_of(town(), 1, Language::kEnglish, "190,0,100,0,-25").text.ends_with("In this view it is in the centre, about 160 m away.") ||
      caption_of(town(), 1, Language::kEnglish, "190,0,100,0,-25").text.find("in the foreground") != std::string::npos)
      << caption_of(town(), 1, Language::kEnglish, "190,0,100,0,-25").text;
  EXPECT_TRUE(caption_of(town(), 1, Language::kEnglish, "190,0,100,180,-25").text.ends_with("It cannot be seen in this view."));
  EXPECT_TRUE(caption_of(town(), 1, Language::kChinese, "190,0,100,180,-25").text.ends_with("当前画面中看不到它。"));
  BoxCity hidden = town();
  hidden.hide(1);
  EXPECT_TRUE(caption_of(hidden, 1, Language::kEnglish, "190,0,100,0,-25").text.ends_with("It is hidden at the moment."));
}

TEST(ObjectCaption, RanksAreOnlyThoseOfTheHighestThree) {
  EXPECT_NE(caption_of(town(), 2, Language::kEnglish).text.find("the second tallest of the 11 buildings"), std::string::npos);
  EXPECT_NE(caption_of(town(), 2, Language::kChinese).text.find("在全城11栋建筑中高度排第二"), std::string::npos);
  EXPECT_EQ(caption_of(town(), 10, Language::kEnglish).text.find("tallest"), std::string::npos);
}

TEST(ObjectCaption, AVehicleHasNoWalls) {
  BoxCity city;
  city::Object car;
  car.id = 1;
  car.object_class = kCar;
  car.footprint = {{0, 0}, {4, 0}, {4, 2}, {0, 2}};
  car.height = 1.4;
  car.wall = glm::u8vec3{0xf0, 0xf0, 0xf0};
  city.add(car);
  EXPECT_EQ(caption_of(city, 1, Language::kEnglish).text, "This is a car. It covers 8 m²; it is white.");
  EXPECT_EQ(caption_of(city, 1, Language::kChinese).text, "这是一辆汽车。占地8平方米，车身为白色。");
}

TEST(ObjectCaption, AnUnknownObjectHasNone) {
  const SceneView view = town().view();
  EXPECT_FALSE(make_object_sheet({.city = view, .ground = {}, .conditions = {}}, 999, nullptr));
}

}  // namespace
}  // namespace skyline::models
