// The commands of the View menu but the camera's: what is shown, comparison, overlays, look of the interface.
#include "app/desktop/session.h"
#include "nerf/cpu/renderer.h"

#include <glm/geometric.hpp>

#include <algorithm>

namespace skyline::app::desktop {
namespace {

using editor::Invocation;
using renderer::View;

// On, off, or the other one where the argument is left out.
bool wanted(const Invocation& call, bool now) { return call.has("on") ? call.flag("on") : !now; }

void bind_toggle(Session& s, std::string_view id, bool WindowState::*member) {
  s.commands.bind(
      id,
      [&s, member](const Invocation& call) {
        s.window.*member = wanted(call, s.window.*member);
        return core::Status();
      },
      [&s, member] { return s.window.*member; });
}

// The photo to compare with: the one gone to last, else the nearest to the camera.
int photo_to_compare(const Session& session) {
  const auto& cameras = session.scene->info.cameras;
  if (session.view.photo >= 0) return session.view.photo;
  const auto distance = [&](const core::Camera& camera) { return glm::distance(camera.position, session.navigator.pose().position); };
  const auto nearest = std::min_element(cameras.begin(), cameras.end(),
                                        [&](const core::Camera& a, const core::Camera& b) { return distance(a) < distance(b); });
  const auto current = static_cast<std::size_t>(session.current_photo);
  if (session.current_photo >= 0 && current < cameras.size() && distance(cameras[current]) <= distance(*nearest))
    return session.current_photo;
  return static_cast<int>(nearest - cameras.begin());
}

void take_photo_camera(Session& session) {
  session.view.photo = photo_to_compare(session);
  session.current_photo = session.view.photo;
  session.tour.reset();
  session.navigator.jump(editor::pose_of(session.scene->info.cameras[static_cast<std::size_t>(session.view.photo)]));
}

core::Status show_view(Session& session, View view) {
  if (view == View::kDifference) {
    take_photo_camera(session);
  } else if (session.view.view == View::kDifference && !session.view.split_on) {
    session.leave_photo_camera();
  }
  session.view.view = view;
  return {};
}

core::Status split(Session& session, const Invocation& call) {
  session.view.split_on = wanted(call, session.view.split_on);
  if (session.view.split_on) {
    take_photo_camera(session);
    if (session.view.view == View::kDifference) session.view.view = View::kColour;
  } else if (session.view.view != View::kDifference) {
    session.leave_photo_camera();
  }
  return {};
}

core::Status choose_branch(Session& session, const std::string& branch) {
  nerf::RenderSettings settings;
  settings.branch = branch;
  if (auto fits = nerf::Renderer::check(*session.scene->field, settings); !fits) return fits.error();
  session.view.nerf_branch = branch == "nerf";
  return {};
}

void bind_interface(Session& s) {
  bind_toggle(s, "view.hide_interface", &WindowState::interface_hidden);
  bind_toggle(s, "view.fullscreen", &WindowState::full_screen);
  s.commands.set_choice_state("view.theme", [&s](std::string_view choice) { return s.preferences.theme == choice; });
  s.commands.set_choice_state("view.language", [&s](std::string_view choice) { return s.preferences.language == choice; });
  s.commands.bind("view.theme", [&s](const Invocation& call) {
    s.preferences.theme = call.text("theme");
    s.save_preferences();
    return core::Status();
  });
  s.commands.bind("view.scale", [&s](const Invocation& call) {
    s.preferences.scale = std::clamp(call.number("scale"), 1.0, 3.0);
    s.save_preferences();
    return core::Status();
  });
  s.commands.bind("view.language", [&s](const Invocation& call) {
    s.preferences.language = call.text("language");
    s.save_preferences();
    return core::Status();
  });
}

}  // namespace

void bind_view_commands(Session& s) {
  for (int i = 0; i < renderer::kViews; ++i) {
    const auto view = static_cast<View>(i);
    // Names of the table and of the renderer are the same words.
    const std::string id = "view." + std::string(renderer::view_name(view));
    s.commands.bind(
        id, [&s, view](const Invocation&) { return show_view(s, view); }, [&s, view] { return s.view.view == view; });
  }
  s.commands.bind("view.branch", [&s](const Invocation& call) { return choose_branch(s, call.text("branch")); });
  s.commands.bind("view.decode", [&s](const Invocation& call) {
    s.view.per_sample = call.text("decode") == "sample";
    return core::Status();
  });
  s.commands.bind(
      "view.split", [&s](const Invocation& call) { return split(s, call); }, [&s] { return s.view.split_on; });
  s.commands.bind("view.split_at", [&s](const Invocation& call) {
    s.view.split = call.number("share");
    return core::Status();
  });
  bind_toggle(s, "view.outlines", &WindowState::outlines);
  bind_toggle(s, "view.hud", &WindowState::hud);
  bind_toggle(s, "view.minimap", &WindowState::minimap);
  s.commands.bind(
      "view.inspector",
      [&s](const Invocation& call) {
        bool& open = s.window.panels["inspector"];
        open = wanted(call, open);
        if (open) s.window.raised_panel = "inspector";
        return core::Status();
      },
      [&s] { return s.window.panels["inspector"]; });
  s.commands.set_choice_state("view.branch", [&s](std::string_view choice) { return (choice == "nerf") == s.view.nerf_branch; });
  s.commands.set_choice_state("view.decode", [&s](std::string_view choice) { return (choice == "sample") == s.view.per_sample; });
  bind_interface(s);
}

}  // namespace skyline::app::desktop
