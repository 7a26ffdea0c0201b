// What may be given for an argument, in words.
#include "editor/command_table.h"

#include <fmt/format.h>

#include <string>

namespace skyline::editor {
namespace {

constexpr double kNoLimit = 1e300;

std::string range_text(const Argument& argument, Language language) {
  const bool low = argument.low > -kNoLimit, high = argument.high < kNoLimit;
  if (!low && !high) return "";
  if (language == Language::kChinese) {
    if (low && high) return fmt::format("，{} 到 {}", argument.low, argument.high);
    return low ? fmt::format("，不小于 {}", argument.low) : fmt::format("，不大于 {}", argument.high);
  }
  if (low && high) return fmt::format(" from {} to {}", argument.low, argument.high);
  return low ? fmt::format(" from {} up", argument.low) : fmt::format(" up to {}", argument.high);
}

std::string choices_text(const Argument& argument, Language language) {
  const Text comma{", ", "、"}, last{" or ", " 或 "};
  std::string text;
  const auto choices = choices_of(argument);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) text += (i + 1 == choices.size() ? last : comma).in(language);
    text += choices[i].value;
  }
  return text;
}

// "a number", without its range.
Text kind_of(ArgumentType type) {
  switch (type) {
    case ArgumentType::kNumber:
      return {"a number", "数值"};
    case ArgumentType::kInteger:
      return {"a whole number", "整数"};
    case ArgumentType::kFlag:
      return {"true or false", "true 或 false"};
    case ArgumentType::kText:
      return {"a text", "文字"};
    case ArgumentType::kChoice:
      return {"one of its choices", "选项之一"};
    case ArgumentType::kPath:
      return {"a path as text", "路径"};
    case ArgumentType::kVector2:
      return {"a list of 2 numbers", "2 个数的列表"};
    case ArgumentType::kVector3:
      return {"a list of 3 numbers", "3 个数的列表"};
    case ArgumentType::kColour:
      return {"a colour as \"#rrggbb\"", "颜色 \"#rrggbb\""};
    case ArgumentType::kIds:
      return {"a list of object numbers from 1 up", "物体编号的列表，从 1 开始"};
  }
  return {};
}

}  // namespace

std::string_view unit_title(std::string_view unit, Language language) {
  constexpr Text kUnits[] = {{"m", "米"}, {"m²", "平方米"}, {"degrees", "度"}, {"s", "秒"}, {"min", "分钟"}, {"pixels", "像素"}};
  for (const Text& title : kUnits) {
    if (title.en == unit) return title.in(language);
  }
  return unit;
}

std::string allowed_values(const Argument& argument, Language language) {
  if (argument.type == ArgumentType::kChoice) return choices_text(argument, language);
  std::string text(kind_of(argument.type).in(language));
  text += range_text(argument, language);
  if (!argument.unit.empty()) {
    text += Text{", ", "，单位："}.in(language);
    text += unit_title(argument.unit, language);
  }
  return text;
}

}  // namespace skyline::editor
