// The commands that move the camera.
#include "app/desktop/session.h"
#include "city/polygon.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace skyline::app::desktop {
namespace {

using editor::Invocation;
using editor::Pose;

core::Box selected_box(const Session& session) {
  std::optional<core::Box> box;
  for (const std::int32_t id : session.selection()) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr) continue;
    const core::Box of_object = session.box_of(*object);
    if (!box) box = of_object;
    box->low = glm::min(box->low, of_object.low);
    box->high = glm::max(box->high, of_object.high);
  }
  return box.value_or(session.scene->field->box);
}

void travel(Session& session, const Pose& pose, double seconds = 0) {
  session.leave_photo_camera();
  session.tour.reset();
  session.navigator.travel(pose, seconds);
}

core::Status go_to(Session& session, const Invocation& call) {
  const std::vector<double> position = call.vector("position");
  Pose pose = session.navigator.pose();
  pose.position = {position[0], position[1], position[2]};
  if (call.has("yaw")) pose.yaw_deg = call.number("yaw");
  if (call.has("pitch")) pose.pitch_deg = call.number("pitch");
  if (call.has("fov")) pose.fov_deg = call.number("fov");
  if (call.has("seconds") && call.number("seconds") == 0) {
    session.leave_photo_camera();
    session.tour.reset();
    session.navigator.jump(pose);
    return {};
  }
  travel(session, pose, call.has("seconds") ? call.number("seconds") : 0);
  return {};
}

// "x,y" or "x y".
std::optional<glm::dvec2> parse_coordinates(const std::string& text) {
  glm::dvec2 place{0.0};
  const char* const end = text.data() + text.size();
  const auto [middle, first] = std::from_chars(text.data(), end, place.x);
  if (first != std::errc()) return std::nullopt;
  const char* next = middle;
  while (next != end && (*next == ',' || *next == ' ')) ++next;
  const auto [last, second] = std::from_chars(next, end, place.y);
  if (second != std::errc() || last != end || next == middle || !std::isfinite(place.x) || !std::isfinite(place.y)) return std::nullopt;
  return place;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

core::Status go_to_name(Session& session, const std::string& name) {
  if (const auto place = parse_coordinates(name)) {
    travel(session, session.navigator.at(*place));
    return {};
  }
  const std::string wanted = lower(name);
  for (const city::Bookmark& bookmark : session.bookmarks) {
    if (lower(bookmark.name) == wanted || bookmark.name_zh == name) {
      travel(session, editor::pose_of(bookmark.camera));
      // A bookmark that is named after an object shows it.
      for (const city::Object& object : session.scene->info.objects.objects()) {
        if (object.name == bookmark.name) session.select({object.id});
      }
      return {};
    }
  }
  // A whole name before a part of one.
  const city::Object* found = nullptr;
  for (const city::Object& object : session.scene->info.objects.objects()) {
    const std::string object_name = lower(object.name);
    if (wanted.empty() || (object_name.empty() && object.name_zh.empty())) continue;
    if (object_name == wanted || object.name_zh == name) {
      found = &object;
      break;
    }
    if (found == nullptr && (object_name.find(wanted) != std::string::npos || object.name_zh.find(name) != std::string::npos))
      found = &object;
  }
  if (found == nullptr) return core::Error{"nothing here has that name", name, "type an object, a bookmark, or x,y"};
  session.select({found->id});
  travel(session, session.navigator.frame(session.box_of(*found)));
  return {};
}

core::Status go_to_bookmark(Session& session, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > session.bookmarks.size()) {
    return core::Error{"there is no such bookmark", std::to_string(number), fmt::format("there are {}", session.bookmarks.size())};
  }
  travel(session, editor::pose_of(session.bookmarks[static_cast<std::size_t>(number - 1)].camera));
  return {};
}

core::Status add_bookmark(Session& session, std::string name, int number) {
  const std::size_t count = session.bookmarks.size();
  const std::size_t at = number >= 1 && static_cast<std::size_t>(number) <= count ? static_cast<std::size_t>(number - 1) : count;
  if (name.empty()) name = fmt::format("{} {}", session.tr("View", "视角"), at + 1);
  core::Camera camera = session.navigator.camera(1280, 720);
  camera.name = name;
  const city::Bookmark bookmark{name, name, camera};
  if (at == count) {
    session.bookmarks.push_back(bookmark);
  } else {
    session.bookmarks[at] = bookmark;
  }
  session.keep_bookmarks();
  session.say(Message::Level::kInfo, fmt::format("{} {}: {}", session.tr("Bookmark", "书签"), at + 1, name));
  return {};
}

core::Status go_to_photo(Session& session, int photo) {
  const auto& cameras = session.scene->info.cameras;
  const int count = static_cast<int>(cameras.size());
  if (count == 0) return core::Error{"the scene has no training photos", "", ""};
  photo = ((photo % count) + count) % count;
  session.current_photo = photo;
  const bool compared = session.view.photo >= 0;
  const Pose pose = editor::pose_of(cameras[static_cast<std::size_t>(photo)]);
  session.tour.reset();
  if (compared) {
    session.view.photo = photo;
    session.comparison.reset();
    session.navigator.jump(pose);
  } else {
    session.navigator.travel(pose);
  }
  return {};
}

core::Status go_to_photo_named(Session& session, const std::string& name) {
  const auto& cameras = session.scene->info.cameras;
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    if (cameras[i].name == name) return go_to_photo(session, static_cast<int>(i));
  }
  int number = -1;
  const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (code == std::errc() && end == name.data() + name.size() && number >= 0 && static_cast<std::size_t>(number) < cameras.size()) {
    return go_to_photo(session, number);
  }
  return core::Error{"the scene has no such photo", name, fmt::format("give a name or a number from 0 to {}", cameras.size() - 1)};
}

core::Status look_along(Session& session, const std::string& direction) {
  const double yaw = direction == "north" ? 0 : direction == "west" ? 90 : direction == "south" ? 180 : -90;
  travel(session, session.navigator.axis(yaw, 0));
  return {};
}

// Yaw of a camera that stands in that direction and looks back.
core::Status look_from(Session& session, const std::string& direction) {
  constexpr std::array<std::pair<const char*, double>, 8> kYaws{{{"north", 180},
                                                                 {"north_east", 135},
                                                                 {"east", 90},
                                                                 {"south_east", 45},
                                                                 {"south", 0},
                                                                 {"south_west", -45},
                                                                 {"west", -90},
                                                                 {"north_west", -135}}};
  const auto* const found = std::find_if(kYaws.begin(), kYaws.end(), [&](const auto& entry) { return direction == entry.first; });
  const double yaw = found == kYaws.end() ? 0 : found->second;
  Pose pose = session.navigator.axis(yaw, std::min(-10.0, session.navigator.pose().pitch_deg));
  if (!session.selection().empty()) {
    const glm::dvec3 turn = session.navigator.pose().position;
    const core::Box box = selected_box(session);
    const glm::dvec3 middle = 0.5 * (box.low + box.high);
    const double distance = std::max(glm::distance(turn, middle), glm::length(box.size()));
    const double pitch = pose.pitch_deg * std::numbers::pi / 180, turned = yaw * std::numbers::pi / 180;
    const glm::dvec3 forward{-std::sin(turned) * std::cos(pitch), std::cos(turned) * std::cos(pitch), std::sin(pitch)};
    pose.position = middle - distance * forward;
  }
  travel(session, pose);
  return {};
}

core::Status move_by(Session& session, const std::vector<double>& offset) {
  Pose pose = session.navigator.pose();
  const double yaw = pose.yaw_deg * std::numbers::pi / 180;
  const glm::dvec3 forward{-std::sin(yaw), std::cos(yaw), 0}, right{std::cos(yaw), std::sin(yaw), 0};
  pose.position += offset[0] * forward + offset[1] * right + glm::dvec3(0, 0, offset[2]);
  travel(session, pose);
  return {};
}

core::Status fly_tour(Session& session) {
  if (session.scene->info.flight.size() < 3) return core::Error{"the scene has no flight path", session.scene->info.name, ""};
  session.leave_photo_camera();
  session.start_tour();
  return {};
}

}  // namespace

void bind_camera_commands(Session& s) {
  const auto done = [] { return core::Status(); };
  const auto flies_to = [&s](auto pose) {
    return [&s, pose](const Invocation&) {
      travel(s, pose());
      return core::Status();
    };
  };
  s.commands.bind("camera.home", flies_to([&s] { return home_pose(s.scene->info, *s.scene->field); }));
  s.commands.bind("camera.frame", flies_to([&s] { return s.navigator.frame(selected_box(s)); }));
  s.commands.bind("camera.top", flies_to([&s] { return s.navigator.top(); }));
  s.commands.bind("camera.street", flies_to([&s] { return s.navigator.street(); }));
  s.commands.bind("camera.axis", [&s](const Invocation& call) { return look_along(s, call.text("direction")); });
  s.commands.bind("camera.look_from", [&s](const Invocation& call) { return look_from(s, call.text("direction")); });
  s.commands.bind("camera.orbit", [&s, done](const Invocation& call) {
    s.leave_photo_camera();
    s.navigator.begin_gesture();
    s.navigator.orbit(s.navigator.looked_at(), call.number("yaw"), call.number("pitch"));
    return done();
  });
  s.commands.bind("camera.move", [&s](const Invocation& call) { return move_by(s, call.vector("offset")); });
  s.commands.bind("camera.fov", [&s, done](const Invocation& call) {
    Pose pose = s.navigator.pose();
    pose.fov_deg = call.number("fov");
    s.leave_photo_camera();
    s.navigator.jump(pose);
    return done();
  });
  s.commands.bind("camera.speed", [&s, done](const Invocation& call) {
    s.preferences.fly_speed = std::clamp(call.number("factor"), 0.1, 10.0);
    s.save_preferences();
    return done();
  });
  s.commands.bind("camera.tour", [&s](const Invocation&) { return fly_tour(s); });
  s.commands.bind("camera.stop", [&s, done](const Invocation&) {
    s.tour.reset();
    s.navigator.stop_travel();
    return done();
  });
  s.commands.bind("camera.goto", [&s](const Invocation& call) { return go_to(s, call); });
  s.commands.bind("camera.goto_name", [&s](const Invocation& call) { return go_to_name(s, call.text("name")); });
  s.commands.bind("camera.bookmark", [&s](const Invocation& call) { return go_to_bookmark(s, call.integer("number")); });
  s.commands.bind("camera.add_bookmark",
                  [&s](const Invocation& call) { return add_bookmark(s, call.text("name"), call.integer("number")); });
  s.commands.bind("camera.next_photo", [&s](const Invocation&) { return go_to_photo(s, s.current_photo + 1); });
  s.commands.bind("camera.previous_photo",
                  [&s](const Invocation&) { return go_to_photo(s, s.current_photo < 0 ? -1 : s.current_photo - 1); });
  s.commands.bind("camera.photo", [&s](const Invocation& call) { return go_to_photo_named(s, call.text("photo")); });
  s.commands.bind("camera.undo", [&s](const Invocation&) -> core::Status {
    s.leave_photo_camera();
    s.tour.reset();
    if (!s.navigator.undo_move()) return core::Error{"there is no camera move to undo", "", ""};
    return {};
  });
  s.commands.bind("camera.redo", [&s](const Invocation&) -> core::Status {
    s.leave_photo_camera();
    s.tour.reset();
    if (!s.navigator.redo_move()) return core::Error{"there is no camera move to repeat", "", ""};
    return {};
  });
  s.commands.bind("edit.copy_camera", [&s, done](const Invocation&) {
    const Pose& pose = s.navigator.pose();
    s.window.clipboard = fmt::format("{:.3f},{:.3f},{:.3f},{:.2f},{:.2f},{:.1f}", pose.position.x, pose.position.y, pose.position.z,
                                     pose.yaw_deg, pose.pitch_deg, pose.fov_deg);
    s.say(Message::Level::kInfo, s.tr("Copied: ", "已复制：") + *s.window.clipboard);
    return done();
  });
}

}  // namespace skyline::app::desktop
