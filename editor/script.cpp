#include "editor/script.h"

#include "core/file.h"
#include "core/json_depth.h"
#include "editor/nearest_name.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace skyline::editor {
namespace {

using core::Error;
using nlohmann::json;

using Action = decltype(ScriptStep::action);

constexpr std::string_view kAction = "cannot run the line";
constexpr double kLongestWait_s = 3600;
constexpr double kLargestPixel = 1e5;
constexpr std::size_t kLongestText = 10000;  // bytes
constexpr std::array kButtons = std::to_array<std::string_view>({"left", "right", "middle"});
constexpr std::array kConditions = std::to_array<std::string_view>({"converged", "scene", "training", "jobs", "plan", "edit"});

core::Result<Action> wait(const json& value) {
  if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= kLongestWait_s)) {
    return Error{std::string(kAction), "'wait' is no time", "give seconds from 0 to 3600"};
  }
  return Action(Wait{value.get<double>()});
}

core::Result<Action> wait_for(const json& value) {
  const std::string word = value.is_string() ? value.get<std::string>() : std::string();
  const auto found = std::find(kConditions.begin(), kConditions.end(), word);
  if (found == kConditions.end()) {
    return Error{std::string(kAction), "'wait_for' names nothing to wait for",
                 did_you_mean(word, kConditions, "give converged, scene, training, jobs, plan or edit")};
  }
  return Action(WaitFor{static_cast<WaitFor::What>(found - kConditions.begin())});
}

core::Result<Action> screenshot(const json& value) {
  if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
      value.get_ref<const std::string&>().find('\0') != std::string::npos)
    return Error{std::string(kAction), "'screenshot' is no path", "give the PNG file to write"};
  return Action(Screenshot{value.get<std::string>()});
}

core::Result<Action> key(const json& value) {
  if (!value.is_string()) return Error{std::string(kAction), "'key' is no text", "write it as in Ctrl+Shift+P"};
  const auto chord = parse_chord(value.get_ref<const std::string&>());
  if (!chord) return chord.error();
  return Action(KeyPress{*chord});
}

core::Result<Action> pointer(const json& value) {
  const auto is_pixel = [](const json& part) { return part.is_number() && std::abs(part.get<double>()) <= kLargestPixel; };
  if (!value.is_array() || value.size() != 2 || !is_pixel(value[0]) || !is_pixel(value[1]))
    return Error{std::string(kAction), "'pointer' is no place", "give [column, row] in pixels of the window"};
  return Action(PointerMove{value[0].get<double>(), value[1].get<double>()});
}

template <bool kDown>
core::Result<Action> button(const json& value) {
  const std::string word = value.is_string() ? value.get<std::string>() : std::string();
  const auto found = std::find(kButtons.begin(), kButtons.end(), word);
  if (found == kButtons.end()) {
    return Error{std::string(kAction), "the pointer has no such button", did_you_mean(word, kButtons, "give left, right or middle")};
  }
  return Action(PointerButton{static_cast<PointerButton::Which>(found - kButtons.begin()), kDown});
}

template <class Step>
core::Result<Action> text_step(const json& value) {
  if (!value.is_string() || value.get_ref<const std::string&>().size() > kLongestText)
    return Error{std::string(kAction), "the text is none, or too long", "give the text to type"};
  return Action(Step{value.get<std::string>()});
}

struct SpecialLine {
  std::string_view name;
  core::Result<Action> (*read)(const json& value);
};
constexpr SpecialLine kSpecialLines[] = {{"wait", wait},
                                         {"wait_for", wait_for},
                                         {"screenshot", screenshot},
                                         {"key", key},
                                         {"pointer", pointer},
                                         {"press", button<true>},
                                         {"release", button<false>},
                                         {"type", text_step<TypeText>},
                                         {"assistant", text_step<SaySentence>}};

core::Result<Action> parse_line(std::string_view line) {
  if (core::is_shallow_json(line)) {
    const json object = json::parse(line, nullptr, false);
    if (object.is_object() && object.size() == 1) {
      const std::string& name = object.begin().key();
      const auto special =
          std::find_if(std::begin(kSpecialLines), std::end(kSpecialLines), [&](const SpecialLine& s) { return s.name == name; });
      if (special != std::end(kSpecialLines)) return special->read(object.begin().value());
    }
  }
  auto invocation = parse_invocation(line);
  if (!invocation) return invocation.error();
  return Action(std::move(*invocation));
}

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kSpace = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(kSpace), line.size()));
  return line.substr(0, line.find_last_not_of(kSpace) + 1);
}

struct LineWriter {
  std::string operator()(const Invocation& invocation) const { return invocation.to_json(); }
  std::string operator()(const Wait& step) const { return json{{"wait", step.seconds}}.dump(); }
  std::string operator()(const WaitFor& step) const { return json{{"wait_for", kConditions[static_cast<std::size_t>(step.what)]}}.dump(); }
  std::string operator()(const Screenshot& step) const { return json{{"screenshot", step.path}}.dump(); }
  std::string operator()(const KeyPress& step) const { return json{{"key", to_text(step.chord)}}.dump(); }
  std::string operator()(const PointerMove& step) const { return json{{"pointer", {step.column, step.row}}}.dump(); }
  std::string operator()(const PointerButton& step) const {
    return json{{step.down ? "press" : "release", kButtons[static_cast<std::size_t>(step.which)]}}.dump();
  }
  std::string operator()(const TypeText& step) const { return json{{"type", step.text}}.dump(-1, ' ', false, kReplace); }
  std::string operator()(const SaySentence& step) const { return json{{"assistant", step.text}}.dump(-1, ' ', false, kReplace); }
  static constexpr auto kReplace = json::error_handler_t::replace;
};

}  // namespace

std::string ScriptStep::to_json() const { return std::visit(LineWriter(), action); }

core::Result<std::vector<ScriptStep>> parse_script(std::string_view text, std::string_view name) {
  std::vector<ScriptStep> steps;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view whole = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(whole.size() + 1, text.size()));
    const std::string_view line = trimmed(whole);
    if (line.empty() || line.starts_with('#')) continue;
    auto action = parse_line(line);
    if (!action) {
      const Error& error = action.error();
      const std::string what = error.where.empty() ? error.what : error.what + ": " + error.where;
      return Error{fmt::format("line {} of {}", number, name), what, error.advice};
    }
    steps.push_back({number, std::move(*action)});
  }
  return steps;
}

core::Result<std::vector<ScriptStep>> load_script(const std::filesystem::path& path) {
  const auto text = core::read_text_file(path);
  if (!text) return text.error();
  return parse_script(*text, path.filename().string());
}

}  // namespace skyline::editor
