#include "app/desktop/interface.h"

#include <nlohmann/json.hpp>

namespace skyline::app::desktop {

void Interface::run(std::string_view id, std::string_view json) const {
  const auto invocation = editor::Invocation::create(id, json);
  if (!invocation) {
    session.fail(invocation.error());
    return;
  }
  if (const auto status = session.commands.run(*invocation); !status) session.fail(status.error());
}

void Interface::run_or_ask(const editor::Command& command) const {
  if (command.asks || editor::needs_arguments(command)) {
    session.window.asked_command = command.id;
  } else {
    run(command.id);
  }
}

void Interface::run_choice(const editor::Command& command, std::string_view argument, std::string_view value) const {
  run(command.id, nlohmann::json{{std::string(argument), std::string(value)}}.dump());
}

std::vector<PanelEntry> make_panels() {
  std::vector<PanelEntry> panels;
  panels.push_back({"objects", {"Objects", "物体"}, "building", make_objects_panel()});
  panels.push_back({"shelf", {"Shelf", "素材架"}, "cubes", make_shelf_panel()});
  panels.push_back({"measures", {"Measurements", "测量"}, "ruler", make_measures_panel()});
  panels.push_back({"bookmarks", {"Bookmarks", "书签"}, "bookmark", make_bookmarks_panel()});
  panels.push_back({"properties", {"Properties", "属性"}, "sliders", make_properties_panel()});
  panels.push_back({"scene", {"Scene", "场景"}, "info", make_scene_panel()});
  panels.push_back({"caption", {"Caption", "文字描述"}, "comment", make_caption_panel()});
  panels.push_back({"assistant", {"Assistant", "助手"}, "comment", make_assistant_panel()});
  panels.push_back({"history", {"History", "历史"}, "history", make_history_panel()});
  panels.push_back({"effects", {"Effects", "效果"}, "magic", make_effects_panel()});
  panels.push_back({"looks", {"Looks", "光照"}, "sun", make_looks_panel()});
  panels.push_back({"inspector", {"Pixel Inspector", "像素检查器"}, "target", make_inspector_panel()});
  panels.push_back({"film_strip", {"Film Strip", "胶片条"}, "photos", make_film_strip_panel()});
  panels.push_back({"training", {"Training", "训练"}, "play", make_training_panel()});
  panels.push_back({"jobs", {"Jobs", "任务"}, "list", make_jobs_panel()});
  panels.push_back({"profiler", {"Profiler & Memory", "性能与内存"}, "dashboard", make_profiler_panel()});
  panels.push_back({"log", {"Log", "日志"}, "terminal", make_log_panel()});
  return panels;
}

}  // namespace skyline::app::desktop
