// The navigator: where the person stands and how they move. Pure mathematics of time steps and inputs; knows no window and no renderer.
//
// World as everywhere: z up, angles in degrees, yaw 0 looks along +y, positive to the left, pitch -90 straight down. One thread.
//
//   Navigator navigator; navigator.set_scene(limits); navigator.jump(home);
//   navigator.fly({.forward = 1}, dt_s);     // held keys
//   navigator.orbit(dx, dy); navigator.zoom(steps, point_under_pointer);
//   navigator.travel(target);                // smooth flight; advance(dt_s) moves along it
//   core::Camera camera = navigator.camera(width, height);
#pragma once

#include "core/box.h"
#include "core/camera.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace skyline::editor {

struct Pose {
  glm::dvec3 position{0.0};
  double yaw_deg = 0, pitch_deg = -30, fov_deg = 50;  // vertical field of view
  bool operator==(const Pose&) const = default;
};
Pose pose_of(const core::Camera& camera);
core::Camera camera_of(const Pose& pose, int width, int height);

// What the navigator knows of the place: speeds and flights follow from it.
struct Surroundings {
  core::Box box;  // of the scene, world units
  double ground_z = 0;
  double metre = 1;  // world units a metre (1 for metric scenes)
  // Height of what stands at a ground position (roofs, trees), world z; empty: the ground.
  std::function<double(glm::dvec2)> surface;
};

struct FlyInput {
  double forward = 0, right = 0, up = 0;  // -1..1
  bool fast = false, slow = false;
};

class Navigator {
 public:
  void set_surroundings(Surroundings surroundings);
  const Surroundings& surroundings() const { return surroundings_; }
  const Pose& pose() const { return pose_; }
  core::Camera camera(int width, int height) const { return camera_of(pose_, width, height); }

  // Puts the camera there at once; jumps and flights can be undone, one gesture at a time.
  void jump(const Pose& pose);
  bool undo_move();
  bool redo_move();
  // Marks the beginning of a gesture (a drag, a held key): the pose before it can be returned to.
  void begin_gesture();

  // Speed grows with the height above what is below: about that height a second, ten times when fast, a quarter when slow (`speed` scales).
  void fly(const FlyInput& input, double seconds);
  void look(double yaw_deg, double pitch_deg);                            // turns on the spot
  void orbit(const glm::dvec3& pivot, double yaw_deg, double pitch_deg);  // turns about a point, which stays at its place in the picture
  // The point under the pointer follows it: the camera moves by the drag in pixels at the pivot's distance.
  void pan(const glm::dvec3& pivot, glm::dvec2 pixels, int height);
  void zoom(const glm::dvec3& pivot, double steps);  // towards the point, by a fixed share of the distance a step
  double speed = 1;

  // A smooth flight that rises over what is in the way; `seconds` 0: by distance, 0.6 to 3 s.
  void travel(const Pose& target, double seconds = 0);
  bool travelling() const { return flight_.has_value(); }
  void stop_travel();
  // Moves along a flight; true while something moved.
  bool advance(double seconds);

  // Poses for the usual wishes.
  Pose top() const;                                   // straight down on the whole scene, north up
  Pose axis(double yaw_deg, double pitch_deg) const;  // about the point that is looked at
  Pose street() const;                                // eye height above the ground below, level view
  Pose frame(const core::Box& what) const;            // `what` fills about a third of the picture, seen as now
  Pose at(glm::dvec2 ground) const;                   // flies there at the same height and view
  // Where the middle of the view meets the ground plane or, where it does not, a point at the scene's size ahead.
  glm::dvec3 looked_at() const;

 private:
  struct Flight {
    Pose from, to;
    double seconds = 1, elapsed = 0, rise = 0;
  };
  double height_above_surface() const;
  Surroundings surroundings_;
  Pose pose_;
  std::optional<Flight> flight_;
  std::vector<Pose> undo_, redo_;
};

}  // namespace skyline::editor
