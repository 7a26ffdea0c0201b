#include "tests/fuzz/sky_use.h"

#include "core/memory.h"
#include "nerf/cpu/renderer.h"
#include "nerf/store/sky_file.h"
#include "tests/fuzz/fuzz_target.h"

namespace skyline::fuzz {
namespace {

constexpr int kWidth = 6, kHeight = 4;

void look(const nerf::Field& field, const nerf::Camera& camera, const char* branch) {
  nerf::RenderSettings settings;
  settings.branch = branch;
  auto renderer = nerf::Renderer::create(field, settings);
  if (!is_value(renderer)) return;
  nerf::RenderRequest request;
  request.camera = camera;
  request.depth = request.normal = true;
  nerf::Picture picture;
  nerf::RenderStats stats;
  core::Progress progress;
  require(is_value(renderer->render(request, picture, stats, progress)), "a loaded scene can be rendered");
}

void look(const nerf::Scene& scene) {
  const auto camera = core::parse_camera("0,-9,6,0,-30", kWidth, kHeight);
  look(scene.field, *camera, "grid");
  look(scene.field, *camera, "nerf");
  if (scene.info.home.width > 0) look(scene.field, scene.info.home.resized(kWidth, kHeight), "grid");
}

bool load(const std::filesystem::path& path, int levels) {
  const auto scene = nerf::load_scene(path, levels);
  if (is_value(scene)) look(*scene);
  return scene.ok();
}

}  // namespace

bool use_sky(const std::filesystem::path& path) {
  core::set_memory_budget_bytes(std::int64_t{256} << 20);
  for (const bool check_seal : {false, true}) {
    const auto reader = nerf::SkyReader::open(path, check_seal);
    if (!is_value(reader)) continue;
    if (const auto faults = reader->verify(); is_value(faults)) {
      for (const std::string& fault : *faults) require(!fault.empty(), "a fault has a message");
    }
    (void)is_value(reader->content_hash());
    (void)is_value(reader->tensors());
  }
  const bool whole = load(path, 0);
  (void)load(path, 1);
  return whole;
}

}  // namespace skyline::fuzz
