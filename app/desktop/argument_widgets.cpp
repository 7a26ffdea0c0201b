#include "app/desktop/argument_widgets.h"

#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using editor::Argument;
using enum editor::ArgumentType;
using nlohmann::json;

struct Name {
  std::string_view argument, en, zh;
};
constexpr std::array kNames = std::to_array<Name>({
    {"angle", "Angle", "角度"},     {"at", "At", "位置"},
    {"asset", "Kind", "种类"},      {"azimuth", "Azimuth", "方位角"},
    {"blend", "Blend", "混合"},     {"color", "Colour", "颜色"},
    {"count", "Count", "数量"},     {"elevation", "Elevation", "高度角"},
    {"factor", "Factor", "倍数"},   {"height", "Height", "高度"},
    {"mode", "Mode", "方式"},       {"name", "Name", "名称"},
    {"offset", "Offset", "偏移"},   {"part", "Part", "部分"},
    {"season", "Season", "季节"},   {"size", "Size", "尺寸"},
    {"steps", "Steps", "步数"},     {"strength", "Strength", "强度"},
    {"style", "Style", "风格"},     {"time", "Time", "时间"},
    {"weather", "Weather", "天气"},
});

int numbers_of(editor::ArgumentType type) { return type == kVector2 ? 2 : type == kVector3 ? 3 : 1; }

// "%.1f m": the number as it is read, not as it is stored.
std::string number_format(const Argument& argument) {
  if (numbers_of(argument.type) > 1 && !argument.unit.empty()) return "%.1f";  // three in a row: no room for units
  if (argument.unit == "m") return "%.1f m";
  if (argument.unit == "degrees") return "%.1f°";
  return "%.2f";
}

bool edit_numbers(const Argument& argument, json& value) {
  const int count = numbers_of(argument.type);
  std::array<double, 3> numbers{};
  if (count == 1 && value.is_number()) numbers[0] = value.get<double>();
  for (std::size_t i = 0; count > 1 && i < std::min<std::size_t>(value.size(), 3); ++i) {
    if (value.is_array() && value[i].is_number()) numbers[i] = value[i].get<double>();
  }
  const float step = argument.unit == "m" ? 0.2F : argument.unit == "degrees" ? 0.5F : 0.01F;
  const std::string format = argument.type == kInteger ? "%.0f" : number_format(argument);
  const bool changed = ImGui::DragScalarN("##value", ImGuiDataType_Double, numbers.data(), count, argument.type == kInteger ? 0.05F : step,
                                          &argument.low, &argument.high, format.c_str(), ImGuiSliderFlags_AlwaysClamp);
  if (!changed) return false;
  if (argument.type == kInteger) {
    value = static_cast<std::int64_t>(std::llround(numbers[0]));
  } else if (count == 1) {
    value = numbers[0];
  } else {
    value = json::array();
    for (int i = 0; i < count; ++i) value.push_back(numbers[static_cast<std::size_t>(i)]);
  }
  return true;
}

bool edit_colour(json& value) {
  unsigned packed = 0x808080;
  if (value.is_string() && value.get_ref<const std::string&>().size() == 7) {
    const std::string& text = value.get_ref<const std::string&>();
    std::from_chars(text.data() + 1, text.data() + text.size(), packed, 16);
  }
  std::array<float, 3> colour{};
  for (std::size_t i = 0; i < 3; ++i) colour[i] = static_cast<float>((packed >> (16 - 8 * i)) & 0xffU) / 255;
  if (!ImGui::ColorEdit3("##value", colour.data(), ImGuiColorEditFlags_DisplayHex | ImGuiColorEditFlags_PickerHueWheel)) return false;
  std::string text = "#";
  for (const float part : colour) text += fmt::format("{:02x}", static_cast<int>(std::lround(255 * std::clamp(part, 0.0F, 1.0F))));
  value = text;
  return true;
}

bool edit_choice(Interface& ui, const Argument& argument, json& value) {
  const auto choices = editor::choices_of(argument);
  const std::string now = value.is_string() ? value.get<std::string>() : std::string();
  const auto chosen = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return choice.value == now; });
  const auto title = [&](const editor::Choice& choice) {
    const std::string_view words = choice.title.in(ui.session.language());
    return std::string(words.empty() ? choice.value : words);
  };
  if (!ImGui::BeginCombo("##value", chosen == choices.end() ? now.c_str() : title(*chosen).c_str())) return false;
  bool changed = false;
  for (const auto& choice : choices) {
    if (!ImGui::Selectable(title(choice).c_str(), choice.value == now)) continue;
    value = std::string(choice.value);
    changed = true;
  }
  ImGui::EndCombo();
  return changed;
}

bool edit_text(json& value) {
  std::string text = value.is_string() ? value.get<std::string>() : std::string();
  if (!ImGui::InputText("##value", &text)) return false;
  value = text;
  return true;
}

}  // namespace

std::string argument_title(const Argument& argument, editor::Language language) {
  for (const Name& name : kNames) {
    if (name.argument == argument.name) return std::string(language == editor::Language::kChinese ? name.zh : name.en);
  }
  return std::string(argument.name);
}

bool edit_argument(Interface& ui, const Argument& argument, json& value) {
  switch (argument.type) {
    case kNumber:
    case kInteger:
    case kVector2:
    case kVector3:
      return edit_numbers(argument, value);
    case kFlag: {
      bool flag = value.is_boolean() && value.get<bool>();
      const bool changed = ImGui::Checkbox("##value", &flag);
      if (changed) value = flag;
      return changed;
    }
    case kChoice:
      return edit_choice(ui, argument, value);
    case kColour:
      return edit_colour(value);
    case kText:
      return edit_text(value);
    case kPath:
    case kIds:
      break;
  }
  ImGui::TextUnformatted(value.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  return false;
}

}  // namespace skyline::app::desktop
