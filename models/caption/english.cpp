#include "models/caption/english.h"

#include "models/caption/caption_writer.h"

#include <fmt/format.h>

namespace skyline::models {

using enum city::ObjectClass;

std::string about_en(const SaidNumber& number, const char* unit) {
  return fmt::format("{}{} {}", number.rounded ? "about " : "", number.digits, unit);
}

std::string english_name(const Subject& subject) {
  const std::string name = name_in(subject, editor::Language::kEnglish);
  if (name.empty()) return with_article(noun_of(subject.object_class).en);
  for (const std::string_view word : {" River", " Canal", " Sea", " Railway"}) {
    if (name.ends_with(word) && !name.starts_with("The ")) return "the " + name;
  }
  return name;
}

std::string english_verb(const Subject& subject) {
  const city::ObjectClass object_class = subject.object_class;
  if (subject.line && object_class != kBridge && object_class != kWall) return "runs";
  if (city::is_a(object_class, kWater) || city::is_a(object_class, kGreen) || object_class == kSquare || object_class == kParking) {
    return "lies";
  }
  if (city::is_a(object_class, kVehicle)) return "is";
  constexpr double kTall = 40;  // metres
  return subject.height >= kTall && object_class != kBridge ? "rises" : "stands";
}

std::string english_place(const SeenObject& seen) {
  const std::string depth = seen.depth == SeenDepth::kForeground   ? "in the foreground "
                            : seen.depth == SeenDepth::kBackground ? "in the background "
                                                                   : "";
  switch (seen.side) {
    case SeenSide::kLeft:
      return depth + "on the left";
    case SeenSide::kLeftOfMiddle:
      return depth + "left of the centre";
    case SeenSide::kMiddle:
      return depth.empty() ? "in the centre" : depth + "at the centre";
    case SeenSide::kRightOfMiddle:
      return depth + "right of the centre";
    case SeenSide::kRight:
      break;
  }
  return depth + "on the right";
}

std::string capital(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

std::string capital_of_function_word(std::string words) {
  const bool ours = words.starts_with("the ") || words.starts_with("a ") || words.starts_with("an ");
  return ours ? capital(std::move(words)) : words;
}

}  // namespace skyline::models
