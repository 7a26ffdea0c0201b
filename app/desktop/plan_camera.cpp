#include "app/desktop/plan_camera.h"

#include "city/polygon.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace skyline::app::desktop {
namespace {

using editor::Pose;

constexpr double kOrbitSeconds = 24, kOrbitPitch_deg = -28;
constexpr int kOrbitViews = 360, kFlyViews = 240;
constexpr double kFlyHeight_m = 30, kFlySpeed_m_s = 40, kFlyPitch_deg = -12, kEyeHeight_m = 1.7;
constexpr double kFilled = 3;  // the picture's height in sizes of what is looked at: it fills a third

double radians(double degrees) { return degrees * std::numbers::pi / 180; }
double degrees(double radians) { return radians * 180 / std::numbers::pi; }

std::optional<double> number_of(const models::PlanStep& step, const char* name) {
  const auto value = step.arguments.find(name);
  if (value == step.arguments.end() || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

std::string text_of(const models::PlanStep& step, const char* name) {
  const auto value = step.arguments.find(name);
  return value != step.arguments.end() && value->is_string() ? value->get<std::string>() : std::string();
}

// What the step is about; without targets the whole scene.
core::Box box_of_targets(const Session& session, const models::PlanStep& step) {
  std::optional<core::Box> box;
  for (const std::int32_t id : step.targets) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr) continue;
    const core::Box of_object = session.box_of(*object);
    if (!box) box = of_object;
    box->low = glm::min(box->low, of_object.low);
    box->high = glm::max(box->high, of_object.high);
  }
  return box.value_or(session.scene->field->box);
}

glm::dvec3 direction_of(double yaw_deg, double pitch_deg) {
  const double yaw = radians(yaw_deg), pitch = radians(pitch_deg);
  return {-std::sin(yaw) * std::cos(pitch), std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
}

// From which `box` fills a third of the picture's height.
double distance_to(const core::Box& box, double fov_deg) {
  return kFilled * 0.5 * glm::length(box.size()) / std::tan(radians(0.5 * fov_deg)) / std::sqrt(3.0);
}

// Yaw of a camera that stands in that direction of what it looks at; compass words with or without a sign between.
std::optional<double> yaw_from(std::string word) {
  std::erase_if(word, [](char c) { return c == '_' || c == '-' || c == ' '; });
  constexpr std::array<std::pair<std::string_view, double>, 8> kYaws{{{"north", 180},
                                                                      {"northeast", 135},
                                                                      {"east", 90},
                                                                      {"southeast", 45},
                                                                      {"south", 0},
                                                                      {"southwest", -45},
                                                                      {"west", -90},
                                                                      {"northwest", -135}}};
  for (const auto& [name, yaw] : kYaws) {
    if (word == name) return yaw;
  }
  return std::nullopt;
}

Pose looking_at(const Session& session, const core::Box& box, double yaw_deg, double pitch_deg, const models::PlanStep& step) {
  Pose pose = session.navigator.pose();
  pose.yaw_deg = yaw_deg;
  pose.pitch_deg = pitch_deg;
  const glm::dvec3 middle = 0.5 * (box.low + box.high);
  const double distance = number_of(step, "distance").value_or(distance_to(box, pose.fov_deg));
  pose.position = middle - distance * direction_of(yaw_deg, pitch_deg);
  return pose;
}

void raise_to(const Session& session, const models::PlanStep& step, Pose& pose) {
  if (const auto height = number_of(step, "height")) pose.position.z = session.navigator.surroundings().ground_z + *height;
}

std::vector<nerf::FlightView> orbit_views(const Session& session, const core::Box& box, const models::PlanStep& step) {
  std::vector<nerf::FlightView> views;
  for (int i = 0; i < kOrbitViews; ++i) {
    const double yaw = session.navigator.pose().yaw_deg + 360.0 * i / kOrbitViews;
    const Pose pose = looking_at(session, box, yaw, kOrbitPitch_deg, step);
    views.push_back({pose.position, yaw, pose.pitch_deg});
  }
  return views;
}

// The line's own points, from the end that is nearer.
std::vector<glm::dvec2> line_of(const Session& session, const models::PlanStep& step) {
  const city::Object* const object = step.targets.empty() ? nullptr : session.find_object(step.targets.front());
  if (object == nullptr || object->path.size() < 2) return {};
  std::vector<glm::dvec2> line = object->path;
  const glm::dvec2 here(session.navigator.pose().position);
  if (glm::distance(here, line.back()) < glm::distance(here, line.front())) std::reverse(line.begin(), line.end());
  return line;
}

// Point and heading at a length along the line.
std::pair<glm::dvec2, double> on_line(const std::vector<glm::dvec2>& line, double length) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const glm::dvec2 along = line[i + 1] - line[i];
    const double piece = glm::length(along);
    if (piece <= 0) continue;
    if (length <= piece || i + 2 == line.size()) {
      return {line[i] + std::min(length / piece, 1.0) * along, degrees(std::atan2(-along.x, along.y))};
    }
    length -= piece;
  }
  return {line.front(), 0};
}

void fly_along(Session& session, const std::vector<glm::dvec2>& line, const models::PlanStep& step) {
  const double length = city::path_length(line);
  const double height = session.navigator.surroundings().ground_z + number_of(step, "height").value_or(kFlyHeight_m);
  std::vector<nerf::FlightView> views;
  for (int i = 0; i < kFlyViews; ++i) {
    const auto [place, yaw] = on_line(line, length * i / (kFlyViews - 1));
    views.push_back({{place, height}, yaw, kFlyPitch_deg});
  }
  session.start_round(std::move(views), number_of(step, "duration").value_or(std::max(4.0, length / kFlySpeed_m_s)), false);
}

}  // namespace

core::Status move_camera(Session& session, const models::PlanStep& step) {
  const std::string action = text_of(step, "action");
  const core::Box box = box_of_targets(session, step);
  const double seconds = number_of(step, "duration").value_or(0);
  session.leave_photo_camera();
  session.tour.reset();
  const auto travel = [&](Pose pose) {
    raise_to(session, step, pose);
    session.navigator.travel(pose, seconds);
    return core::Status();
  };
  if (action == "goto") {
    return travel(
        step.targets.empty() && !step.arguments.contains("distance")
            ? session.navigator.pose()
            : looking_at(session, box, session.navigator.pose().yaw_deg, std::min(-15.0, session.navigator.pose().pitch_deg), step));
  }
  if (action == "top") {
    return travel(step.targets.empty() ? session.navigator.top() : looking_at(session, box, 0, -90, step));
  }
  if (action == "look_from") {
    const auto yaw = yaw_from(text_of(step, "direction"));
    if (!yaw) return core::Error{"the camera does not know the direction", text_of(step, "direction"), "say north, south-west, ..."};
    return travel(looking_at(session, box, *yaw, std::min(-12.0, session.navigator.pose().pitch_deg), step));
  }
  if (action == "orbit") {
    session.start_round(orbit_views(session, box, step), seconds > 0 ? seconds : kOrbitSeconds, true);
    return {};
  }
  const std::vector<glm::dvec2> line = line_of(session, step);
  if (action == "fly") {
    if (line.empty()) {
      session.start_tour();
    } else {
      fly_along(session, line, step);
    }
    return {};
  }
  if (action == "street") {
    Pose pose = session.navigator.street();
    if (!line.empty()) {
      const auto [place, yaw] = on_line(line, 0.1 * city::path_length(line));
      pose.position = {place, session.navigator.surroundings().ground_z + kEyeHeight_m};
      pose.yaw_deg = yaw;
      pose.pitch_deg = 0;
    }
    return travel(pose);
  }
  return core::Error{"the camera does not know the move", action, "say go to, orbit, from above, street level, look from or fly along"};
}

core::Status export_view(Session& session, const models::PlanStep& step) {
  const std::string kind = text_of(step, "kind");
  if (kind != "image" && kind != "video") {
    return core::Error{fmt::format("the window writes pictures and tours, no {}", kind), "", "use skyline render at the command line"};
  }
  const editor::Command* const command = editor::find_command(kind == "image" ? "render.still" : "render.tour");
  if (kind == "video") {
    session.window.asked_command = command->id;  // it wants a folder
    return {};
  }
  nlohmann::json arguments = nlohmann::json::object();
  if (const auto size = step.arguments.find("size"); size != step.arguments.end() && size->is_array()) arguments["size"] = *size;
  const auto call = editor::Invocation::create(command->id, arguments.dump());
  if (!call) return call.error();
  return session.commands.run(*call);
}

}  // namespace skyline::app::desktop
