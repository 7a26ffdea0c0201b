// What is shown between choosing a folder of photos and the first step of its training: the checks, the box that was found, the settings,
// what it will cost, and the button that starts it. Drawn by the training panel while a plan waits.
#pragma once

#include "app/desktop/interface.h"
#include "app/desktop/photo_thumbnails.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <string>
#include <vector>

namespace skyline::app::desktop {

class NewSceneForm {
 public:
  // `plan` is the session's; the form keeps the person's choices until another plan comes.
  void draw(Interface& ui, const nerf::TrainingPlan& plan);

 private:
  struct Problem {
    std::string name;
    std::filesystem::path path;
    nerf::PhotoCheck check;
    bool left_out = false;
  };
  struct MapPoint {
    glm::vec3 position;
    ImU32 colour = 0;
  };

  void take(const nerf::TrainingPlan& plan);
  void draw_photos(Interface& ui, const nerf::TrainingPlan& plan);
  void draw_problems(Interface& ui);
  void draw_split(Interface& ui, const nerf::TrainingPlan& plan);
  void draw_box(Interface& ui, const nerf::TrainingPlan& plan);
  void draw_settings(Interface& ui, const nerf::TrainingPlan& plan);
  void draw_presets(Interface& ui);
  void draw_start(Interface& ui, const nerf::TrainingPlan& plan);

  std::string planned_;  // which plan the choices belong to
  std::vector<Problem> problems_;
  std::vector<std::string> splits_;  // files of the folder
  std::vector<MapPoint> points_;     // thinned
  PhotoThumbnails thumbnails_;       // of the problems
  int stored_width_ = 0;             // narrowest photo
  int width_ = 0;
  double minutes_ = 0;
  std::string output_;
  float footer_height_ = 120;  // measured in the frame before
};

}  // namespace skyline::app::desktop
