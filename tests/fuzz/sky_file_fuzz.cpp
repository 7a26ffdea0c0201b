// The bytes of a .sky: SQLite's pages, the rows and their checksums. The seal over all of them is made right, so that reading goes on.
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/sky_seeds.h"
#include "tests/fuzz/sky_text.h"
#include "tests/fuzz/sky_use.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() { return sky_files(); }

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  static const fuzz::ScratchFile file("city.sky");
  file.write(fuzz::text_of(data, size));
  fuzz::seal_again(file.path());
  (void)fuzz::use_sky(file.path());
  return 0;
}
