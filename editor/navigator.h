// The navigator: where the person stands and how they move. Pure mathematics of time steps and inputs; knows no window and no renderer.
//
// Nothing can break the pose: input that is not finite is ignored, pitch stays within -90 to 90, the field of view within 1 to 150 degrees,
// and the camera within 100 sizes of the scene. Moves by hand stay above the surface by `clearance` (see there); jumps, flights' ends and
// undo go exactly where they are told to.
//
// World as everywhere: z up, angles in degrees, yaw 0 looks along +y, positive to the left, pitch -90 straight down. One thread.
//
//   Navigator navigator; navigator.set_surroundings(place); navigator.reset(home);
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
#include <vector>

namespace skyline::editor {

struct Pose {
  glm::dvec3 position{0.0};
  double yaw_deg = 0, pitch_deg = -30, fov_deg = 50;  // vertical field of view
  bool operator==(const Pose&) const = default;
};
Pose pose_of(const core::Camera& camera);
core::Camera camera_of(const Pose& pose, int width, int height);

inline constexpr double kNarrowestView_deg = 1, kWidestView_deg = 150;

// Unit vectors of a view in the world; `right` is level.
struct ViewAxes {
  glm::dvec3 right, up, forward;
};
ViewAxes axes_of(const Pose& pose);
// In the unit of `height`.
double focal_length(double fov_deg, double height);

// What the navigator knows of the place: speeds and flights follow from it.
struct Surroundings {
  core::Box box;  // of the scene, world units
  double ground_z = 0;
  double metre = 1;  // world units a metre (1 for metric scenes)
  // Height of what stands at a ground position (roofs, trees), world z; empty: the ground.
  std::function<double(glm::dvec2)> surface{};
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

  // The pose of a scene that was opened just now: there is nothing to undo.
  void reset(const Pose& pose);
  // Puts the camera there at once; jumps and flights can be undone, one gesture at a time.
  void jump(const Pose& pose);
  // The next pose of a move that something else steers (a tour, a dragged number): part of the gesture that began last, if any.
  void follow(const Pose& pose);
  // Back to the pose before the last gesture, jump or flight, at once; false when there is none.
  bool undo_move();
  bool redo_move();
  bool can_undo() const;
  bool can_redo() const { return !redo_.empty(); }
  // Marks the beginning of a gesture (a drag, a held key): the pose before it can be returned to. Ends a flight. A gesture that moves
  // nothing leaves no trace.
  void begin_gesture();

  // Moves along the view (right: level, up: vertical). The speed is the height above what is below, a second, and at least four
  // clearances; ten times that when fast, a quarter when slow (`speed` scales). What stands in the way lifts the camera at that speed. Any
  // cut of a time into steps gives the same path.
  void fly(const FlyInput& input, double seconds);
  void look(double yaw_deg, double pitch_deg);                            // turns on the spot
  void orbit(const glm::dvec3& pivot, double yaw_deg, double pitch_deg);  // turns about a point, which stays at its place in the picture
  // The point under the pointer follows it: the camera moves by the drag in pixels (right, down) at the pivot's distance.
  void pan(const glm::dvec3& pivot, glm::dvec2 pixels, int height);
  void zoom(const glm::dvec3& pivot, double steps);  // towards the point, by a fixed share of the distance a step
  double speed = 1;
  bool allow_underground = false;
  double aspect = 16.0 / 9.0;  // width by height of the view, for `top` and `frame`

  // A smooth flight that rises over what is in the way; `seconds` 0: by distance, 0.6 to 3 s.
  void travel(const Pose& target, double seconds = 0);
  bool travelling() const { return flight_.has_value(); }
  void stop_travel();
  // Moves along a flight; true while something moved.
  bool advance(double seconds);

  // Poses for the usual wishes.
  Pose top() const;                                   // straight down on the whole scene, north up
  Pose axis(double yaw_deg, double pitch_deg) const;  // about the point that is looked at, from as far as now
  Pose street() const;                                // eye height above the nearest open ground, level view
  Pose frame(const core::Box& what) const;            // `what` fills about a third of the picture, seen as now
  Pose at(glm::dvec2 ground) const;                   // above that place, at the same height and view
  // Where the middle of the view meets the ground plane or, where it does not, a point at the scene's size ahead.
  glm::dvec3 looked_at() const;

  // What the camera keeps between itself and the surface when it is moved by hand: a metre, at most 1.5 % of the scene's size, so that
  // scenes without a unit keep something sensible. A camera that is already lower (a photo taken beneath trees) may move level and up.
  double clearance() const;
  double scene_size() const;  // diagonal of the box, world units
  double height_above_surface() const;

 private:
  struct Flight {
    Pose from, to;
    double seconds = 1, elapsed = 0;
    double rise = 0;  // world units at the middle, 0: a straight line
  };
  static Pose on_flight(const Flight& flight, double share);
  double rise_over_obstacles(const Flight& flight) const;
  double surface_at(glm::dvec2 ground) const;
  // Lowest z at a place for a camera that stands at `pose_`.
  double lowest_z(const glm::dvec3& position) const;
  Pose sane(const Pose& wanted) const;
  Pose above_surface(Pose pose) const;
  // The highest surface within two clearances.
  double openness(glm::dvec2 ground) const;
  // The part of the way from `pose_` (0) to `wanted(1)` that stays above the surface, and takes it.
  void go_as_far_as_possible(const std::function<Pose(double)>& wanted);
  void fly_step(const FlyInput& input, double seconds);
  // Every change by hand ends here: remembers the pose before the gesture at its first change.
  void set_pose(const Pose& pose);
  void remember(const Pose& pose);

  Surroundings surroundings_;
  Pose pose_;
  std::optional<Flight> flight_;
  std::vector<Pose> undo_, redo_;
  std::optional<Pose> gesture_;  // where a gesture began that has not moved yet
  bool placed_ = false;          // a pose was given: the next jump can be undone
  double eased_height_ = -1;     // the height that the flying speed follows, -1: take the present one
};

}  // namespace skyline::editor
