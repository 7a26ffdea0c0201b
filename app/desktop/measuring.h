// Distances, areas and heights by pointing: points in, labelled figures out. Knows no window.
//
//   Measuring measuring; measuring.begin(Measure::Kind::kDistance);
//   measuring.point(a); measuring.point(b);          // a distance ends by itself
//   for (const Measure& m : measuring.done()) use(m.text(language));
#pragma once

#include "editor/command_table.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

struct Measure {
  enum class Kind { kDistance, kArea, kHeight };
  Kind kind = Kind::kDistance;
  std::vector<glm::dvec3> points;  // world; of a height the top, with the ground below it in front
  // Metres, square metres.
  double value() const;
  // "24.61 m   (level 20.00 m, up 14.34 m)"
  std::string text(editor::Language language) const;
};

class Measuring {
 public:
  static constexpr std::size_t kKept = 20;

  // Gives up what is begun.
  void begin(Measure::Kind kind);
  bool active() const { return current_.has_value(); }
  const std::optional<Measure>& current() const { return current_; }
  // A click. `ground`: height of the ground, for heights. True when the measure is done.
  bool point(const glm::dvec3& at, const std::function<double(glm::dvec2)>& ground);
  // Ends an area; with fewer than three corners, or another kind, gives up. True when there is a new measure.
  bool end();
  void give_up() { current_.reset(); }

  // The newest first.
  const std::deque<Measure>& done() const { return done_; }
  void clear() { done_.clear(); }

 private:
  void keep();
  std::optional<Measure> current_;
  std::deque<Measure> done_;
};

}  // namespace skyline::app::desktop
