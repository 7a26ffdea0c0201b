// The commands of the Select and Scene menus.
#include "app/desktop/session.h"
#include "editor/bind_commands.h"
#include "nerf/store/sky_file.h"

#include <fmt/format.h>

#include <memory>

namespace skyline::app::desktop {
namespace {

using editor::Invocation;

core::Status select_at_pointer(Session& session) {
  const city::Object* const object = session.pointed_at ? session.object_at(*session.pointed_at) : nullptr;
  session.select(object != nullptr ? std::vector<std::int32_t>{object->id} : std::vector<std::int32_t>());
  return {};
}

core::Status verify_file(Session& session) {
  if (session.scene_path.empty()) return core::Error{"the scene is not saved yet", "", "finish the training first"};
  session.jobs.start(
      session.tr("Verifying the file", "正在校验文件"), [&session, path = session.scene_path](core::Progress&) -> Jobs::Finish {
        auto faults = std::make_shared<core::Result<std::vector<std::string>>>(std::vector<std::string>());
        const auto reader = nerf::SkyReader::open(path, false);
        *faults = reader ? reader->verify() : core::Result<std::vector<std::string>>(reader.error());
        return [&session, faults, path] {
          if (!*faults) {
            session.fail(faults->error(), true);
          } else if ((*faults)->empty()) {
            session.say(Message::Level::kInfo,
                        path.filename().string() + session.tr(" is whole: all checksums match", " 完好：全部校验和一致"));
          } else {
            session.say(Message::Level::kError,
                        fmt::format("{} {}: {}", path.filename().string(), session.tr("is damaged", "已损坏"), (*faults)->front()), true);
          }
        };
      });
  return {};
}

core::Status use_light(Session& session, int photo) {
  if (photo >= static_cast<int>(session.scene->info.cameras.size())) {
    return core::Error{"the scene has no such photo", std::to_string(photo),
                       fmt::format("give a number from 0 to {}, or -1", session.scene->info.cameras.size() - 1)};
  }
  session.view.code = photo;
  return {};
}

}  // namespace

void bind_select_commands(Session& s) {
  s.commands.bind("select.at_pointer", [&s](const Invocation&) { return select_at_pointer(s); });
  editor::bind_selection_commands(s.commands, [&s] { return s.document(); });
}

void bind_scene_commands(Session& s) {
  s.commands.bind("scene.info", [&s](const Invocation&) {
    s.select({});
    s.window.panels["properties"] = true;
    s.window.raised_panel = "properties";
    return core::Status();
  });
  s.commands.bind("scene.objects", [&s](const Invocation&) {
    s.window.panels["objects"] = true;
    s.window.raised_panel = "objects";
    return core::Status();
  });
  s.commands.bind("scene.use_light", [&s](const Invocation& call) { return use_light(s, call.integer("photo")); });
  s.commands.bind("scene.photo_folder", [&s](const Invocation& call) {
    s.photo_folder = call.text("path");
    s.forget_comparison();
    return core::Status();
  });
  s.commands.bind("scene.verify", [&s](const Invocation&) { return verify_file(s); });
}

}  // namespace skyline::app::desktop
