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
    {"angle", "Angle", "角度"},
    {"asset", "Kind", "种类"},
    {"at", "At", "位置"},
    {"azimuth", "Azimuth", "方位角"},
    {"blend", "Blend", "混合"},
    {"cell", "Cell", "网格边长"},
    {"class", "Class", "类别"},
    {"color", "Colour", "颜色"},
    {"count", "Count", "数量"},
    {"decode", "Decoding", "解码方式"},
    {"direction", "Direction", "方向"},
    {"edge", "Soft edge", "柔和边缘"},
    {"effect", "Effect", "效果"},
    {"effects", "Effects", "效果"},
    {"elevation", "Elevation", "高度角"},
    {"exposure", "Exposure", "曝光"},
    {"factor", "Factor", "倍数"},
    {"fov", "Field of view", "视场角"},
    {"frames", "Pictures", "画面数"},
    {"gap", "Gap", "间距"},
    {"height", "Height", "高度"},
    {"ids", "Objects", "物体"},
    {"index", "Place", "序号"},
    {"max_area", "At most, area", "最大面积"},
    {"max_height", "At most, height", "最大高度"},
    {"min_area", "At least, area", "最小面积"},
    {"min_height", "At least, height", "最小高度"},
    {"minutes", "Minutes", "分钟"},
    {"mode", "Mode", "方式"},
    {"muted", "Muted", "停用"},
    {"name", "Name", "名称"},
    {"number", "Number", "编号"},
    {"object", "Object", "物体"},
    {"offset", "Offset", "偏移"},
    {"on", "On", "开启"},
    {"on_ground", "On the ground", "贴合地面"},
    {"other", "Second photo", "第二张照片"},
    {"panel", "Panel", "面板"},
    {"part", "Part", "部分"},
    {"path", "File", "文件"},
    {"photo", "Photo", "照片"},
    {"photos", "Photos", "照片"},
    {"pitch", "Pitch", "俯仰角"},
    {"place", "Place", "位置"},
    {"points", "Corners", "角点"},
    {"position", "Position", "位置"},
    {"sample", "Sample", "示例"},
    {"saturation", "Saturation", "饱和度"},
    {"scale", "Scale", "缩放"},
    {"season", "Season", "季节"},
    {"seconds", "Seconds", "秒数"},
    {"sentence", "Sentence", "句子"},
    {"share", "Share", "比例"},
    {"size", "Size", "尺寸"},
    {"speed", "Speed", "速度"},
    {"split", "Cameras", "相机列表"},
    {"steps", "Steps", "步数"},
    {"strength", "Strength", "强度"},
    {"style", "Style", "风格"},
    {"targets", "Objects", "物体"},
    {"temperature", "Temperature", "色温"},
    {"text", "Sentence", "句子"},
    {"time", "Time", "时间"},
    {"tint", "Tint", "色调"},
    {"weather", "Weather", "天气"},
    {"what", "What", "内容"},
    {"width", "Width", "宽度"},
    {"yaw", "Heading", "朝向"},
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
  std::string words(argument.name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
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
