// Training check-points, with every checksum right: state, tensors and blobs of an interrupted training.
#include "nerf/train/trainer.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/sky_text.h"
#include "tests/support/process.h"
#include "tests/support/toy_city.h"

namespace skyline::fuzz {
namespace {

nerf::Trainer make_trainer() {
  const skyline::testing::TemporaryFolder folder;
  skyline::testing::write_toy_city(folder.path(), {.photos = 8, .width = 24, .height = 18});
  auto dataset = nerf::load_dataset(folder.path(), {});
  require(dataset.ok(), "the toy city can be read");
  const auto guess = nerf::analyse_scene(*dataset, 0);
  require(guess.ok(), "the toy city can be guessed");
  nerf::apply_world_frame(*guess, *dataset);
  core::Progress progress;
  auto cache = nerf::PhotoCache::create(*dataset, 0, folder.path(), progress);
  require(cache.ok(), "the toy photos can be read");
  nerf::FieldSettings field;
  field.levels = 1;
  field.density_channels = field.appearance_channels = field.volume_channels = 2;
  field.hidden = 16;
  field.features = 3;
  field.code_size = 2;
  field.surroundings_size = 8;
  field.texel = 20;
  nerf::TrainSettings settings;
  settings.steps = 10;
  settings.batch_rays = 16;
  auto trainer = nerf::Trainer::create(*dataset, *guess, std::move(*cache), field, settings);
  require(trainer.ok(), "a small trainer can be made");
  return std::move(*trainer);
}

nerf::Trainer& trainer() {
  static nerf::Trainer made = make_trainer();
  return made;
}

}  // namespace

std::vector<std::string> seeds() {
  trainer().step();
  const ScratchFile file("seed.checkpoint");
  require(trainer().save_checkpoint(file.path()).ok(), "a check-point can be saved");
  const std::string text = text_of_sky(file.path());
  write_sky(text, file.path());
  require(is_value(trainer().load_checkpoint(file.path())), "a check-point written from its text loads");
  return {text};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  static const fuzz::ScratchFile file("city.sky.checkpoint");
  fuzz::write_sky(fuzz::text_of(data, size), file.path());
  if (fuzz::is_value(fuzz::trainer().load_checkpoint(file.path())) && !fuzz::trainer().finished()) fuzz::trainer().step();
  return 0;
}
