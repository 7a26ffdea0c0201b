// What a .sky says, with every checksum right: JSON, shapes, tiles, blobs. Whatever loads must be renderable.
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/sky_seeds.h"
#include "tests/fuzz/sky_text.h"
#include "tests/fuzz/sky_use.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> texts = sky_texts();
  // A seed that does not load would leave everything behind the first check untried.
  const ScratchFile file("seed.sky");
  for (const std::string& text : texts) {
    write_sky(text, file.path());
    require(use_sky(file.path()), "a scene written from its text loads");
  }
  return texts;
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  static const fuzz::ScratchFile file("city.sky");
  fuzz::write_sky(fuzz::text_of(data, size), file.path());
  (void)fuzz::use_sky(file.path());
  return 0;
}
