// What an object of a document shows that is no object of the scene's catalogue: a generated prop, a mesh of a file, or a part of the field
// that a person marked.
//
// A value that a document keeps whole: how large it is does not depend on whether a file is still there.
#pragma once

#include "city/catalogue.h"
#include "core/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace skyline::editor {

struct OwnSource {
  enum class Kind : std::uint8_t { kProp, kMeshFile, kRegion };
  Kind kind = Kind::kProp;
  city::ObjectClass object_class = city::ObjectClass::kOther;
  std::uint32_t variant = 0;       // of the prop
  std::string path, content_hash;  // of the mesh file: as it was given, and XXH3-64 of its bytes in hexadecimal
  std::string name;
  // Of a region in the world; of a mesh around its own origin, base 0.
  city::Polygon footprint;
  double base = 0, height = 0;
  std::optional<glm::u8vec3> wall, roof;

  bool operator==(const OwnSource&) const = default;
  bool is_mesh() const { return kind != Kind::kRegion; }
};

// As the catalogue would have it; `id` is 0 for a mesh.
city::Object object_of(const OwnSource& source, std::int32_t id);

nlohmann::json json_of(const OwnSource& source);
// Nothing when it is not one: a member missing or of another type, numbers not finite.
std::optional<OwnSource> own_source_of(const nlohmann::json& json);

// A polygon with an area, numbers that are finite, a height. The error says which rule is broken.
core::Status check(const OwnSource& source);

}  // namespace skyline::editor
