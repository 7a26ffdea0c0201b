// What a Trainer holds; shared by its source files only.
#pragma once

#include "nerf/train/gradients.h"
#include "nerf/train/occupancy_keeper.h"
#include "nerf/train/optimiser.h"
#include "nerf/train/trainer.h"

#include <memory>
#include <string>
#include <vector>

namespace skyline::nerf {

struct Trainer::State {
  TrainSettings settings;
  SceneGuess guess;
  std::string name;
  PhotoCache cache;
  std::vector<RayGenerator> generators;
  std::vector<std::int64_t> first_pixels;

  Field field;
  FieldGradients gradients;
  Optimiser optimiser;
  OccupancyKeeper keeper;
  std::unique_ptr<GradientEngine> engine;

  TrainStats stats;
  int seen_state = 0;  // 0: not yet collecting seen cells, 1: collecting, 2: unseen cells are hidden
  double recent_error = 0, recent_seconds = 0;

  std::vector<TrainingRay> rays, batch;
  std::vector<std::uint64_t> order;

  int active_levels() const;
  void update_progress();
  void draw_batch();
};

// Squared distance of a pixel from the principal point, 1 at the farthest corner.
float pixel_radius2(const Camera& camera, float column, float row);
// The view that a scene opens with.
Camera home_camera(const Box& box, double ground_z, const std::vector<Camera>& cameras);

}  // namespace skyline::nerf
