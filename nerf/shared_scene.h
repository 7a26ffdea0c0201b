// A scene that is shown while somebody may change its field: what viewer and training hold in common.
//
// Whoever changes the numbers of the field (a training step, `Trainer::finish`) holds `changing` while it does; whoever reads them to draw
// holds it for one pass. `version` counts changes that make drawn pictures stale; `live` says that more will come, so that nobody keeps
// tables derived from the numbers.
#pragma once

#include "nerf/model/field.h"
#include "nerf/store/sky_file.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace skyline::nerf {

struct SharedScene {
  std::shared_ptr<const Field> field;  // never null; may be a part of something larger that it keeps alive
  SceneInfo info;                      // not changed while others hold the scene
  std::mutex changing;
  std::atomic<std::uint64_t> version{0};
  std::atomic<bool> live{false};
  // How many wait for `changing` in order to draw: whoever changes the field in a loop lets them in between two changes (a mutex alone would
  // be taken again before they wake up).
  std::atomic<int> waiting{0};

  // A scene that nobody changes.
  static std::shared_ptr<SharedScene> of(Scene scene) {
    auto shared = std::make_shared<SharedScene>();
    shared->field = std::make_shared<const Field>(std::move(scene.field));
    shared->info = std::move(scene.info);
    return shared;
  }
};

}  // namespace skyline::nerf
