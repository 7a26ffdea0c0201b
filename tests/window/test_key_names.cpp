#include "renderer/vulkan/key_names.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

namespace skyline::renderer::vulkan {
namespace {

TEST(KeyNames, LettersDigitsAndSignsAreThoseOfAUsKeyboard) {
  EXPECT_EQ(key_of_name("W"), GLFW_KEY_W);
  EXPECT_EQ(key_of_name("w"), GLFW_KEY_W);
  EXPECT_EQ(key_of_name("7"), GLFW_KEY_7);
  EXPECT_EQ(key_of_name("["), GLFW_KEY_LEFT_BRACKET);
  EXPECT_EQ(key_of_name("/"), GLFW_KEY_SLASH);
}

TEST(KeyNames, NamedKeysAndNumberedKeysAreKnown) {
  EXPECT_EQ(key_of_name("Left Shift"), GLFW_KEY_LEFT_SHIFT);
  EXPECT_EQ(key_of_name("Page Down"), GLFW_KEY_PAGE_DOWN);
  EXPECT_EQ(key_of_name("F12"), GLFW_KEY_F12);
  EXPECT_EQ(key_of_name("Keypad 3"), GLFW_KEY_KP_3);
}

TEST(KeyNames, AnythingElseIsNoKey) {
  for (const char* name : {"", "é", "F0", "F26", "Fx", "Keypad", "Keypad 12", "shift", "!"}) EXPECT_EQ(key_of_name(name), -1) << name;
}

}  // namespace
}  // namespace skyline::renderer::vulkan
