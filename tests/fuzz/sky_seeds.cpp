#include "tests/fuzz/sky_seeds.h"

#include "nerf/store/sky_file.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/sky_text.h"

namespace skyline::fuzz {
namespace {

nerf::FieldSettings small_settings() {
  nerf::FieldSettings s;
  s.levels = 2;
  s.density_channels = s.appearance_channels = 2;
  s.volume_channels = 2;
  s.texel = 1;
  s.features = 3;
  s.hidden = 16;
  s.direction_frequencies = 1;
  s.code_size = 2;
  s.codes = "on";
  s.surroundings_size = 8;
  return s;
}

void save(const nerf::FieldSettings& settings, nerf::Encoding encoding, const std::filesystem::path& path) {
  const nerf::Box box{{-4, -4, 0}, {4, 4, 4}};
  auto field = nerf::Field::create(settings, box, 0, 2, 1, 1);
  require(field.ok(), "a small field can be made");
  field->occupancy = nerf::Occupancy(box, 1);
  nerf::SceneInfo info;
  info.name = "toy";
  info.training_width = 64;
  info.training_json = R"({"steps": 2, "timing": {"seconds": 1.5}})";
  info.home = *core::parse_camera("0,-9,6,0,-30", 64, 48);
  info.cameras = {info.home, info.home};
  info.flight = {{-3, -3, 5}, {3, -3, 5}, {0, 3, 5}};
  info.near_distance = 1;
  info.far_distance = 30;
  if (field->use_codes) info.mean_code = {0.5F, -0.5F};
  info.preview = {2, 1, {1, 2, 3, 4, 5, 6}};
  require(nerf::save_scene(path, *field, info, {.planes = encoding}).ok(), "a small scene can be saved");
}

template <class Read>
std::vector<std::string> scenes(const Read& read) {
  std::vector<std::string> made;
  const auto add = [&](const nerf::FieldSettings& settings, nerf::Encoding encoding) {
    const ScratchFile file("seed.sky");
    save(settings, encoding, file.path());
    made.push_back(read(file));
  };
  add(small_settings(), nerf::Encoding::kFloat16);
  nerf::FieldSettings branch = small_settings();
  branch.nerf_branch = true;
  branch.nerf_hidden = 16;
  branch.nerf_layers = 2;
  branch.nerf_frequencies = 2;
  add(branch, nerf::Encoding::kInt8);
  nerf::FieldSettings bare = small_settings();
  bare.levels = 1;
  bare.blocks_x = 2;
  bare.volume_channels = 0;
  bare.codes = "off";
  bare.vignetting = bare.sky = bare.surroundings = false;
  bare.density_activation = "relu";
  add(bare, nerf::Encoding::kFloat32);
  return made;
}

}  // namespace

std::vector<std::string> sky_files() {
  return scenes([](const ScratchFile& file) { return file.read(); });
}

std::vector<std::string> sky_texts() {
  return scenes([](const ScratchFile& file) { return text_of_sky(file.path()); });
}

}  // namespace skyline::fuzz
