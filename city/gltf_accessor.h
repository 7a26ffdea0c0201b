// Typed reads of glTF accessors (glTF 2.0, section 3.6) from an untrusted file. Private to the glTF readers.
#pragma once

#include "core/result.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <tiny_gltf.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace skyline::city {

// A file that TinyGLTF has read, and its name in errors.
struct GltfFile {
  tinygltf::Model model;
  std::string where;
  core::Error error(std::string_view rule) const;  // "cannot read the glTF file: WHERE: RULE"
};

// Errors name the accessor, view or buffer and the rule: number out of range, bytes beyond the end, wrong type, sparse, not finite.
core::Result<std::vector<glm::vec3>> read_vec3(const GltfFile& file, int accessor, std::string_view owner);
core::Result<std::vector<glm::vec2>> read_vec2(const GltfFile& file, int accessor, std::string_view owner);
core::Result<std::vector<std::uint32_t>> read_indices(const GltfFile& file, int accessor, std::string_view owner);
core::Result<std::span<const unsigned char>> read_view(const GltfFile& file, int view, std::string_view owner);

}  // namespace skyline::city
