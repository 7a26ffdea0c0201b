#include "app/desktop/preferences.h"

#include "core/file.h"
#include "core/json_depth.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array kTexts{
    PreferenceText{"language", "Language", "语言", "界面语言"},
    PreferenceText{"theme", "Theme", "主题", "深色或浅色界面"},
    PreferenceText{"scale", "Interface scale", "界面缩放", "1 到 3；0 表示跟随显示器"},
    PreferenceText{"controls", "Mouse controls", "鼠标操作", "game：右键按住飞行；blender：中键环绕"},
    PreferenceText{"look-speed", "Look speed", "转动速度", "鼠标转动视角的速度"},
    PreferenceText{"fly-speed", "Fly speed", "飞行速度", "键盘飞行的速度"},
    PreferenceText{"invert-pitch", "Invert pitch", "反转俯仰", "鼠标向上时视角向下"},
    PreferenceText{"frame-budget", "Frame budget", "帧时间预算", "移动时每帧画面的时间"},
    PreferenceText{"smoothing-samples", "Smoothing samples", "抗锯齿采样", "静止时每像素的采样数"},
    PreferenceText{"device", "Graphics device", "图形设备", "设备名称的一部分；留空自动选择，重启后生效"},
    PreferenceText{"training-share", "Training share", "训练占比", "观看时训练占用处理器的比例"},
    PreferenceText{"hints", "Hints for newcomers", "新手提示", "打开场景时显示三行提示"},
};

core::Status read_keys(const json& document, Preferences& preferences) {
  if (document.contains("keys")) {
    if (!document["keys"].is_object()) return core::Error{"keys are not an object", "keys", ""};
    for (const auto& [command, key] : document["keys"].items()) {
      if (!key.is_string()) return core::Error{"a key is not a text", command, ""};
      preferences.keys[command] = key.get<std::string>();
    }
  }
  if (document.contains("recent")) {
    if (!document["recent"].is_array()) return core::Error{"recent scenes are not a list", "recent", ""};
    for (const json& path : document["recent"]) {
      if (!path.is_string()) return core::Error{"a recent scene is not a text", "recent", ""};
      if (preferences.recent.size() < kRecentScenes) preferences.recent.push_back(path.get<std::string>());
    }
  }
  return {};
}

core::Result<Preferences> parse_preferences(const std::string& text, const std::string& where) {
  const json document = core::is_shallow_json(text) ? json::parse(text, nullptr, false) : json(json::value_t::discarded);
  if (!document.is_object()) return core::Error{"the preferences are not JSON", where, ""};
  Preferences preferences;
  if (auto status = read_keys(document, preferences); !status) return status.error();
  if (document.contains("values")) {
    core::ParameterSet set;
    register_parameters(set, preferences);
    if (auto status = set.from_json(document["values"].dump(-1, ' ', false, json::error_handler_t::replace)); !status) {
      return status.error();
    }
  }
  return preferences;
}

}  // namespace

void register_parameters(core::ParameterSet& set, Preferences& p) {
  set.add("language", p.language, {.help = "language of the interface", .choices = {"en", "zh"}});
  set.add("theme", p.theme, {.help = "dark or light interface", .choices = {"dark", "light"}});
  set.add("scale", p.scale, {.help = "of the interface, 1 to 3; 0 follows the monitor", .low = 0, .high = 3});
  set.add("controls", p.controls,
          {.help = "game: hold the right button to fly; blender: the middle button orbits", .choices = {"game", "blender"}});
  set.add("look-speed", p.look_speed, {.help = "how fast the mouse turns the view", .low = 0.1, .high = 5});
  set.add("fly-speed", p.fly_speed, {.help = "how fast the keys fly", .low = 0.1, .high = 10});
  set.add("invert-pitch", p.invert_pitch, {.help = "moving the mouse up looks down"});
  set.add("frame-budget", p.frame_budget_ms, {.help = "time of a picture while moving", .unit = "ms", .low = 16, .high = 200});
  set.add("smoothing-samples", p.smoothing_samples, {.help = "samples a pixel at rest", .low = 1, .high = 16});
  set.add("device", p.device, {.help = "part of the graphics device's name; empty takes the best; after a restart"});
  set.add("training-share", p.training_share, {.help = "share of the processor for training while a view is open", .low = 0.1, .high = 1});
  set.add("hints", p.hints, {.help = "show three lines of help when a scene opens"});
}

const PreferenceText* find_preference_text(std::string_view name) {
  const auto found = std::find_if(kTexts.begin(), kTexts.end(), [&](const PreferenceText& text) { return name == text.name; });
  return found == kTexts.end() ? nullptr : &*found;
}

void add_recent(Preferences& preferences, const fs::path& scene) {
  std::error_code code;
  const fs::path absolute = fs::absolute(scene, code);
  const std::string path = (code ? scene : absolute).lexically_normal().string();
  std::erase(preferences.recent, path);
  preferences.recent.insert(preferences.recent.begin(), path);
  if (preferences.recent.size() > kRecentScenes) preferences.recent.resize(kRecentScenes);
}

Preferences load_preferences(const fs::path& file, std::string& notice) {
  std::error_code code;
  if (!fs::exists(file, code)) return {};
  const auto text = core::read_text_file(file);
  auto preferences = text ? parse_preferences(*text, file.string()) : core::Result<Preferences>(text.error());
  if (preferences) return std::move(*preferences);
  fs::path aside = file;
  aside += ".broken";
  fs::rename(file, aside, code);
  notice = preferences.error().message() + "; defaults are used, the old file is kept as " + aside.filename().string();
  return {};
}

core::Status save_preferences(const Preferences& preferences, const fs::path& file) {
  Preferences copy = preferences;
  core::ParameterSet set;
  register_parameters(set, copy);
  const json document{{"values", json::parse(set.to_json())}, {"keys", preferences.keys}, {"recent", preferences.recent}};
  const std::string text = document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  return core::write_file_atomic(file, std::as_bytes(std::span(text)));
}

}  // namespace skyline::app::desktop
