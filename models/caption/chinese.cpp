#include "models/caption/chinese.h"

#include "models/caption/caption_writer.h"

#include <fmt/format.h>

namespace skyline::models {

std::string about_zh(const SaidNumber& number, const char* unit) {
  return fmt::format("{}{}{}", number.rounded ? "约" : "", number.digits, unit);
}

std::string chinese_name(const Subject& subject) {
  const std::string name = name_in(subject, editor::Language::kChinese);
  if (!name.empty()) return name;
  const Noun& noun = noun_of(subject.object_class);
  return fmt::format("一{}{}", noun.measure, noun.zh);
}

std::string chinese_place(const SeenObject& seen) {
  const std::string depth = seen.depth == SeenDepth::kForeground ? "前景" : seen.depth == SeenDepth::kBackground ? "远景" : "画面";
  switch (seen.side) {
    case SeenSide::kLeft:
      return depth + "左侧";
    case SeenSide::kLeftOfMiddle:
      return depth + "中间偏左";
    case SeenSide::kMiddle:
      return depth + "中央";
    case SeenSide::kRightOfMiddle:
      return depth + "中间偏右";
    case SeenSide::kRight:
      break;
  }
  return depth + "右侧";
}

std::string joined_zh(const std::string& first, const std::string& second) {
  return first + (scripts_meet(first, second) ? " " : "") + second;
}

}  // namespace skyline::models
