// City models as text: Wavefront OBJ, CityJSON, glTF. The first byte says which.
#include "city/gltf.h"
#include "city/import/cityjson.h"
#include "city/import/obj.h"
#include "tests/fuzz/fuzz_target.h"

namespace skyline::fuzz {

std::vector<std::string> seeds() {
  return {
      "ov 0 0 0\nv 8 0 0\nv 8 6 0\nv 0 6 0\nv 0 0 5\nv 8 0 5\nv 8 6 5\nv 0 6 5\no house_1\nusemtl ground\nf 4 3 2 1\nusemtl roof\nf 5 6 7 "
      "8\n"
      "usemtl wall\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8\n",
      R"(c{"type":"CityJSON","version":"1.1","transform":{"scale":[0.01,0.01,0.01],"translate":[0,0,0]},"CityObjects":{"h":{"type":"Building",
"attributes":{"name":"Hall"},"geometry":[{"type":"Solid","lod":"2","boundaries":[[[[3,2,1,0]],[[4,5,6,7]],[[0,1,5,4]],[[1,2,6,5]],[[2,3,7,6]],[[3,0,4,7]]]]}]}},
"vertices":[[0,0,0],[800,0,0],[800,600,0],[0,600,0],[0,0,500],[800,0,500],[800,600,500],[0,600,500]]})",
      R"(g{"asset":{"version":"2.0"},"buffers":[{"byteLength":42,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAAAgQQAAAAAAAAAAAAAAAAAAIEEAAAAAAAABAAIA"}],
"bufferViews":[{"buffer":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":6}],"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"},
{"bufferView":1,"componentType":5123,"count":3,"type":"SCALAR"}],"meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],"nodes":[{"mesh":0,"name":"hall"}],
"scenes":[{"nodes":[0]}],"scene":0})"};
}

}  // namespace skyline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace skyline;
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data, size).substr(1);
  static const fuzz::ScratchFile file("city.gltf");
  const auto model = [&] {
    if (data[0] == 'o') return city::parse_obj(text, "city.obj", "city");
    if (data[0] == 'c') return city::parse_cityjson(text, "city.json", "city");
    file.write(text);
    return city::load_gltf(file.path());
  }();
  if (fuzz::is_value(model)) fuzz::require(city::check_model(*model, "city").ok(), "a model that was read is whole");
  return 0;
}
