// Scripts: what is read is written again to the same steps, and errors are one line that names theirs.
#include "editor/script.h"
#include "tests/fuzz/fuzz_target.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  return {
      "{\"command\": \"camera.goto\", \"position\": [1, -2.5, 30], \"pitch\": -35, \"seconds\": 0}\n{\"wait_for\": \"converged\"}\n"
      "{\"screenshot\": \"a.png\"}\n",
      "# keys\n{\"key\": \"Ctrl+Shift+P\"}\n\n{\"pointer\": [640, 360]}\r\n{\"wait\": 0.5}",
      "{\"command\": \"select.object\", \"ids\": [3, 7], \"mode\": \"add\"}\n{\"command\": \"camera.goto_name\", \"name\": \"海港大厦\"}\n"
      "{\"command\": \"window.panel\", \"panel\": \"log\", \"on\": true}\n{\"command\": \"render.still\", \"size\": [1280, 720]}\n"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const auto steps = editor::parse_script(fuzz::text_of(data, size), "script");
  if (!fuzz::is_value(steps)) {
    fuzz::require(steps.error().what.starts_with("line "), "an error of a script names its line");
    fuzz::require(steps.error().message().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  std::string text;
  for (const editor::ScriptStep& step : *steps) text += step.to_json() + "\n";
  const auto again = editor::parse_script(text, "script");
  fuzz::require(again.ok() && again->size() == steps->size(), "steps that were read are written so that they can be read");
  for (std::size_t i = 0; i < steps->size(); ++i) {
    fuzz::require((*again)[i].to_json() == (*steps)[i].to_json(), "a step is read as it was written");
  }
  return 0;
}
