// The commands of the Render menu: stills and tours at full quality, as jobs beside the view.
#include "app/desktop/session.h"
#include "editor/grading.h"
#include "editor/picture_style.h"
#include "nerf/cpu/renderer.h"
#include "nerf/flight.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <memory>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using editor::Invocation;

constexpr double kTourFieldOfView = 50;  // degrees, vertical

fs::path pictures_folder() {
  const char* const home = std::getenv("HOME");
  const fs::path base = home != nullptr ? home : ".";
  std::error_code code;
  return fs::is_directory(base / "Pictures", code) ? base / "Pictures" : base;
}

// Renders one picture and writes it. `changing` is held for the pass, so that a training waits for it.
core::Status render_to_file(nerf::SharedScene& scene, const renderer::ViewRequest& view, const core::Camera& camera, const fs::path& file,
                            core::Progress& progress) {
  nerf::Picture picture;
  {
    const std::lock_guard lock(scene.changing);
    auto renderer = nerf::Renderer::create(*scene.field, view.settings);
    if (!renderer) return renderer.error();
    nerf::RenderRequest request;
    request.camera = camera;
    request.depth = view.styles != nullptr;
    request.layers = view.layers.get();
    request.appearance = view.appearance.get();
    request.code = view.code;
    nerf::RenderStats stats;
    if (auto status = renderer->render(request, picture, stats, progress); !status) return status;
  }
  editor::Grader(view.grading).grade(picture.colour);
  if (view.styles) editor::repaint(*view.styles, camera, picture.colour, picture.depth.pixels);
  return core::save_image(core::to_image(picture.colour), file);
}

core::Status render_still(Session& session, const Invocation& call) {
  const std::vector<double> size = call.vector("size");
  const fs::path file = call.has("path") && !call.text("path").empty()
                            ? fs::path(call.text("path"))
                            : pictures_folder() / fmt::format("skyline-{:%Y%m%d-%H%M%S}.png", fmt::localtime(std::time(nullptr)));
  const auto request = session.view_request(static_cast<int>(size[0]), static_cast<int>(size[1]));
  session.jobs.start(session.tr("Rendering a still", "正在渲染静帧"),
                     [&session, file, request, scene = session.scene](core::Progress& progress) -> Jobs::Finish {
                       const auto status = std::make_shared<core::Status>(render_to_file(*scene, request, request.camera, file, progress));
                       return [&session, status, file] {
                         if (*status) {
                           session.say(Message::Level::kInfo, session.tr("Saved ", "已保存 ") + file.string());
                         } else {
                           session.fail(status->error(), true);
                         }
                       };
                     });
  return {};
}

core::Status render_frames(nerf::SharedScene& scene, const renderer::ViewRequest& request, const fs::path& folder, int frames, int width,
                           int height, core::Progress& progress) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (!fs::is_directory(folder, code)) return core::Error{"the folder cannot be made", folder.string(), "choose another"};
  core::Progress silent(progress.stop_token());
  int done = 0;
  for (const nerf::FlightView& view : nerf::tour_flight(scene.info.flight, scene.field->box, frames)) {
    const core::Camera camera = nerf::view_camera(view, kTourFieldOfView, width, height);
    if (auto status = render_to_file(scene, request, camera, folder / fmt::format("{:04}.png", done), silent); !status) return status;
    ++done;
    progress.report({.stage = "rendering", .done = static_cast<double>(done), .total = static_cast<double>(frames), .unit = "pictures"});
  }
  return {};
}

core::Status render_tour(Session& session, const Invocation& call) {
  if (session.scene->info.flight.size() < 3) return core::Error{"the scene has no flight path", session.scene->info.name, ""};
  const std::vector<double> size = call.vector("size");
  const fs::path folder = call.text("path");
  session.jobs.start(session.tr("Rendering the tour", "正在渲染航线"),
                     [&session, folder, scene = session.scene, request = session.view_request(16, 16), frames = call.integer("frames"),
                      width = static_cast<int>(size[0]), height = static_cast<int>(size[1])](core::Progress& progress) -> Jobs::Finish {
                       const auto status =
                           std::make_shared<core::Status>(render_frames(*scene, request, folder, frames, width, height, progress));
                       return [&session, status, folder] {
                         if (*status) {
                           session.say(Message::Level::kInfo, session.tr("The tour is in ", "航线图片在 ") + folder.string());
                         } else {
                           session.fail(status->error(), true);
                         }
                       };
                     });
  return {};
}

}  // namespace

void bind_render_commands(Session& s) {
  s.commands.bind("render.still", [&s](const Invocation& call) { return render_still(s, call); });
  s.commands.bind("render.tour", [&s](const Invocation& call) { return render_tour(s, call); });
}

}  // namespace skyline::app::desktop
