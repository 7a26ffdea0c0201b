// What `skyline view` takes. The program that has the window reads the same table, so the two cannot differ.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace skyline::app {

struct ViewOptions {
  std::string scene;       // empty: the start page
  int frames = 0;          // end after so many frames of the interface; 0: when the person closes it
  std::string screenshot;  // PNG of the window at the end
  std::string script;      // one command a line
  std::string report;      // JSON of what was measured
  int width = 1280, height = 720;
  std::string language, theme, workspace;  // empty: as the preferences say
  double scale = 0;                        // 0: as the preferences say
  bool validation = false;
  int flight = 0;      // frames of the scene's bench flight; 0: none
  bool fresh = false;  // no preferences, none written
};

void add_view_options(CLI::App& command, ViewOptions& options);

}  // namespace skyline::app
