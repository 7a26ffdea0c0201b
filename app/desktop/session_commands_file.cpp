// The commands of the File menu.
#include "app/desktop/folders.h"
#include "app/desktop/session.h"
#include "nerf/store/sky_file.h"

#include <memory>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using editor::Invocation;

core::Status open_sample(Session& session, const std::string& sample) {
  const fs::path folder = assets_folder();
  if (folder.empty()) {
    return core::Error{"the bundled scenes are not found", sample, "start Skyline from its folder, or open a .sky file"};
  }
  session.open(folder / (sample + ".sky"));
  return {};
}

core::Status open_recent(Session& session, int index) {
  if (index < 1 || static_cast<std::size_t>(index) > session.preferences.recent.size()) {
    return core::Error{"there is no such recent scene", std::to_string(index), "open one with Ctrl+O"};
  }
  session.open(session.preferences.recent[static_cast<std::size_t>(index - 1)]);
  return {};
}

core::Status save_copy(Session& session, const fs::path& target) {
  if (session.scene_path.empty()) {
    return core::Error{"a scene that is being trained cannot be copied", target.string(), "finish the training first"};
  }
  const std::string title = std::string(session.tr("Saving ", "正在保存 ")) + target.filename().string();
  session.jobs.start(title, [&session, target, source = session.scene_path, bookmarks = session.bookmarks](core::Progress&) {
    const auto saved = std::make_shared<core::Status>(nerf::amend_scene(source, target, {.objects = nullptr, .bookmarks = &bookmarks}));
    return [&session, saved, target] {
      if (*saved) {
        session.say(Message::Level::kInfo, session.tr("Saved ", "已保存 ") + target.string());
      } else {
        session.fail(saved->error(), true);
      }
    };
  });
  return {};
}

}  // namespace

void bind_file_commands(Session& s) {
  s.commands.bind("file.open", [&s](const Invocation& call) {
    s.open(call.text("path"));
    return core::Status();
  });
  s.commands.bind("file.open_sample", [&s](const Invocation& call) { return open_sample(s, call.text("sample")); });
  s.commands.bind("file.open_recent", [&s](const Invocation& call) { return open_recent(s, call.integer("index")); });
  s.commands.bind("file.save_copy", [&s](const Invocation& call) { return save_copy(s, call.text("path")); });
  s.commands.bind("file.close", [&s](const Invocation&) {
    s.close_scene();
    return core::Status();
  });
  s.commands.bind("file.quit", [&s](const Invocation&) {
    s.quit = true;
    return core::Status();
  });
}

}  // namespace skyline::app::desktop
