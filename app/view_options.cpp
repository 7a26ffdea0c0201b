#include "app/view_options.h"

#include "app/command_line.h"

#include <CLI/CLI.hpp>

namespace skyline::app {

void add_view_options(CLI::App& command, ViewOptions& options) {
  constexpr int kMostFrames = 100000000;
  command.add_option("scene", options.scene, "the scene to open; without one the start page")->type_name("CITY.sky");
  command.add_option("--frames", options.frames, "end after N frames of the interface")->type_name("N")->check(CLI::Range(1, kMostFrames));
  command.add_option("--screenshot", options.screenshot, "write a picture of the window at the end")->type_name("FILE.png");
  command.add_option("--script", options.script, "run these commands, one JSON object a line, then end")->type_name("FILE.jsonl");
  command.add_option("--report", options.report, "write what was measured")->type_name("FILE.json");
  add_pair(command, "--size", options.width, options.height, "WxH", "size of the window [1280x720]");
  command.add_option("--language", options.language, "en | zh")->type_name("WORD")->check(CLI::IsMember({"en", "zh"}));
  command.add_option("--theme", options.theme, "dark | light")->type_name("WORD")->check(CLI::IsMember({"dark", "light"}));
  command.add_option("--scale", options.scale, "size of the interface, 1 to 3")->type_name("NUMBER")->check(CLI::Range(1.0, 3.0));
  command.add_option("--workspace", options.workspace, "explore | edit | style | train | inspect")
      ->type_name("WORD")
      ->check(CLI::IsMember({"explore", "edit", "train", "inspect"}));
  command.add_option("--flight", options.flight, "fly N frames of the scene's bench flight, measure them, then end")
      ->type_name("N")
      ->check(CLI::Range(2, kMostFrames));
  command.add_flag("--fresh", options.fresh, "start as on the first day: read and write no preferences");
  command.add_flag("--validation", options.validation, "with Vulkan's validation layers; the report counts their messages");
  command.footer("Example: skyline view city.sky");
}

}  // namespace skyline::app
