// The commands of the Train menu, and New from Photos.
#include "app/desktop/session.h"

#include <algorithm>
#include <memory>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using editor::Invocation;

// Checks the folder beside the view; what was found waits in the training panel.
core::Status prepare_training(Session& session, const fs::path& folder, const std::string& split) {
  std::error_code code;
  if (!fs::is_directory(folder, code))
    return core::Error{"this is not a folder of photos", folder.string(), "choose a folder with transforms.json or sparse/"};
  nerf::TrainingPlanOptions options;
  options.split = split;
  options.skip_bad = true;  // what is wrong is shown before it starts
  session.jobs.start(std::string(session.tr("Checking photos in ", "正在检查照片：")) + folder.filename().string(),
                     [&session, folder, options](core::Progress& progress) -> Jobs::Finish {
                       auto plan = std::make_shared<core::Result<nerf::TrainingPlan>>(nerf::plan_training(folder, options, progress));
                       return [&session, plan] {
                         if (!*plan) {
                           session.fail(plan->error(), true);
                           return;
                         }
                         session.training_plan = std::move(**plan);
                         session.photo_folder = session.training_plan->dataset.folder;
                         session.window.workspace = "train";
                         session.window.panels["training"] = true;
                         session.window.raised_panel = "training";
                         session.window.start_page = false;
                       };
                     });
  return {};
}

// A scene file beside the photos, of a name that is free.
fs::path output_beside(const fs::path& photos) {
  std::error_code code;
  const fs::path folder = fs::weakly_canonical(photos, code);
  const std::string name = folder.filename().empty() ? "scene" : folder.filename().string();
  fs::path output = folder.parent_path() / (name + ".sky");
  for (int i = 2; fs::exists(output, code); ++i) output = folder.parent_path() / (name + "-" + std::to_string(i) + ".sky");
  return output;
}

core::Status start_training(Session& session, const Invocation& call) {
  if (!session.training_plan) {
    return core::Error{"no photos were checked yet", "", "choose New from Photos first"};
  }
  if (session.training_runs()) return core::Error{"a training is running already", "", "finish it first"};
  const fs::path output =
      call.has("path") && !call.text("path").empty() ? fs::path(call.text("path")) : output_beside(session.training_plan->dataset.folder);
  nerf::TrainSettings settings = session.training_plan->options.train;
  if (call.has("minutes")) settings.minutes = call.number("minutes");
  nerf::change_plan(*session.training_plan, call.has("width") ? call.integer("width") : session.training_plan->options.width, settings);
  auto started = nerf::TrainingSession::start(*session.training_plan, output);
  if (!started) return started.error();
  session.training_plan.reset();
  session.take_training(std::move(*started));
  session.window.workspace = "train";
  session.window.panels["film_strip"] = true;
  session.window.raised_panel = "film_strip";
  return {};
}

core::Status continue_training(Session& session, const fs::path& scene, const fs::path& photos) {
  if (!photos.empty()) session.photo_folder = photos;
  const fs::path checkpoint = nerf::checkpoint_path(scene);
  std::error_code code;
  if (!fs::exists(checkpoint, code)) {
    return core::Error{"there is no check-point beside the scene", scene.string(), "it is removed when a training ends as planned"};
  }
  if (session.photo_folder.empty()) {
    session.window.asked_command = "train.continue";
    return core::Error{"the photos of this training are not known", scene.string(), "choose their folder"};
  }
  nerf::TrainingPlanOptions options;
  options.resume = true;
  session.jobs.start(session.tr("Reading the check-point", "正在读取检查点"),
                     [&session, scene, options, folder = session.photo_folder](core::Progress& progress) -> Jobs::Finish {
                       auto plan = std::make_shared<core::Result<nerf::TrainingPlan>>(nerf::plan_training(folder, options, progress));
                       return [&session, plan, scene] {
                         if (!*plan) {
                           session.fail(plan->error(), true);
                           return;
                         }
                         auto started = nerf::TrainingSession::start(std::move(**plan), scene);
                         if (!started) {
                           session.fail(started.error(), true);
                           return;
                         }
                         session.take_training(std::move(*started));
                         session.window.workspace = "train";
                       };
                     });
  return {};
}

}  // namespace

void bind_train_commands(Session& s) {
  s.commands.bind("file.new_from_photos", [&s](const Invocation& call) {
    return prepare_training(s, call.text("path"), call.has("split") ? call.text("split") : "");
  });
  s.commands.bind("train.start", [&s](const Invocation& call) { return start_training(s, call); });
  s.commands.bind("train.pause", [&s](const Invocation&) {
    s.training->pause(true);
    return core::Status();
  });
  s.commands.bind("train.resume", [&s](const Invocation&) {
    s.training->pause(false);
    return core::Status();
  });
  s.commands.bind("train.stop", [&s](const Invocation&) {
    s.training->stop();
    return core::Status();
  });
  s.commands.bind("train.share", [&s](const Invocation& call) {
    s.preferences.training_share = std::clamp(call.number("share"), 0.1, 1.0);
    if (s.training) s.training->set_share(s.preferences.training_share);
    s.save_preferences();
    return core::Status();
  });
  s.commands.bind("train.continue", [&s](const Invocation& call) {
    return continue_training(s, call.text("path"), call.has("photos") ? call.text("photos") : std::string());
  });
}

}  // namespace skyline::app::desktop
