// objects.json: what is read is written again to the same catalogue.
#include "city/catalogue.h"
#include "tests/fuzz/fuzz_target.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  return {
      R"({"format":"skyline-objects","version":1,"units":"m","objects":[{"id":12,"class":"tower","name":"Harbour Tower","name_zh":"海港大厦",
"footprint":[[10,4],[30,4],[30,24],[10,24]],"base":0,"height":84,"wall":"#b04030","roof":"#404040","tags":["glass"],"more":{"a":[1,2]}},
{"id":40,"class":"river","path":[[-200,60],[0,55],[200,70]],"width":30}],"origin":[1,2,3]})",
      R"({"format":"skyline-objects","version":1,"objects":[]})"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  const auto catalogue = city::parse_catalogue(fuzz::text_of(data, size), "objects.json");
  if (!fuzz::is_value(catalogue)) return 0;
  const std::string text = city::write_catalogue(*catalogue);
  const auto again = city::parse_catalogue(text, "objects.json");
  fuzz::require(again.ok() && city::write_catalogue(*again) == text, "a catalogue that was read is written and read the same");
  return 0;
}
