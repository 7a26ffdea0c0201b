#include "nerf/model/directions.h"

#include "tests/nerf/random_field.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

namespace skyline::nerf {
namespace {

Field field_that_saw(const std::vector<std::vector<glm::vec3>>& photos) {
  Field field = testing::constant_field(testing::small_settings(), testing::small_box(), 0);
  EXPECT_TRUE(set_seen_directions(field, photos));
  return field;
}

TEST(Directions, AreFamiliarNearWhatWasSeenAndUnknownFarFromIt) {
  const glm::vec3 seen = glm::normalize(glm::vec3(-1, 0.02F, -0.8F));  // beside the seam of the azimuth
  const Field field = field_that_saw({{seen}});
  EXPECT_GT(direction_familiarity(field, seen), 0.99F);
  EXPECT_GT(direction_familiarity(field, glm::normalize(seen + glm::vec3(0, -0.05F, 0))), 0.95F);
  EXPECT_FLOAT_EQ(direction_familiarity(field, glm::normalize(glm::vec3(1, 0, -0.8F))), 0);
  EXPECT_FLOAT_EQ(direction_familiarity(field, {0, 0, 1}), 0);
}

TEST(Directions, ThatFewOfManyPhotosSawAreUnknown) {
  const glm::vec3 common = glm::normalize(glm::vec3(0, 1, -1)), rare = glm::normalize(glm::vec3(1, -0.1F, -0.3F));
  std::vector<std::vector<glm::vec3>> photos(60, {common});
  for (std::size_t p = 0; p < 4; ++p) photos[p].push_back(rare);
  EXPECT_EQ(direction_familiarity(field_that_saw(photos), rare), 0);
  photos[4].push_back(rare);  // the fifth witness
  const Field field = field_that_saw(photos);
  EXPECT_GT(direction_familiarity(field, rare), 0.99F);
  EXPECT_GT(direction_familiarity(field, common), 0.99F);
}

TEST(Directions, AreAllFamiliarToAFieldWithoutATable) {
  const Field field = testing::constant_field(testing::small_settings(), testing::small_box(), 0);
  EXPECT_EQ(direction_familiarity(field, {0, 0, 1}), 1);
}

TEST(Directions, ThatAreUnknownGiveTheDecoderNothing) {
  const Field field = field_that_saw({{{0, 0, -1}}});
  std::vector<float> encoded(static_cast<std::size_t>(field.direction_size()), 7.0F);
  encode_view(field, {1, 0, 0}, 1, encoded.data());
  for (const float value : encoded) EXPECT_EQ(value, 0);
  encode_view(field, {0, 0, -1}, 1, encoded.data());
  EXPECT_FLOAT_EQ(encoded[2], -1);
}

}  // namespace
}  // namespace skyline::nerf
