#include "city/gltf_accessor.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

namespace skyline::city {
namespace {

using core::Error;
using core::Result;

// Elements of an accessor as they lie in the buffer.
struct Elements {
  const unsigned char* first = nullptr;
  std::size_t count = 0, stride = 0;
  int component = 0;
};

Result<Elements> find_elements(const GltfFile& file, int index, int type, std::string_view owner) {
  if (index < 0 || index >= static_cast<int>(file.model.accessors.size()))
    return file.error(fmt::format("{} names accessor {} of {}", owner, index, file.model.accessors.size()));
  const tinygltf::Accessor& accessor = file.model.accessors[static_cast<std::size_t>(index)];
  const std::string name = fmt::format("accessor {} of {}", index, owner);
  if (accessor.sparse.isSparse) return file.error(name + " is sparse, which is not supported");
  if (accessor.type != type) return file.error(name + " has the wrong type");
  const auto view = read_view(file, accessor.bufferView, name);
  if (!view) return view.error();
  const int component_bytes = tinygltf::GetComponentSizeInBytes(static_cast<std::uint32_t>(accessor.componentType));
  const int components = tinygltf::GetNumComponentsInType(static_cast<std::uint32_t>(type));
  if (component_bytes <= 0 || components <= 0) return file.error(name + " has no component type");
  Elements elements;
  const std::size_t bytes = static_cast<std::size_t>(component_bytes) * static_cast<std::size_t>(components);
  const std::size_t stride = file.model.bufferViews[static_cast<std::size_t>(accessor.bufferView)].byteStride;
  elements.stride = stride == 0 ? bytes : stride;
  elements.count = accessor.count;
  elements.component = accessor.componentType;
  const std::size_t size = view->size();
  const bool fits = elements.stride >= bytes && accessor.byteOffset <= size &&
                    (accessor.count == 0 || (size - accessor.byteOffset >= bytes &&
                                             (accessor.count - 1) <= (size - accessor.byteOffset - bytes) / elements.stride));
  if (!fits) return file.error(name + " reaches beyond its buffer view");
  elements.first = view->data() + accessor.byteOffset;
  return elements;
}

template <class Vector>
Result<std::vector<Vector>> read_floats(const GltfFile& file, int index, int type, std::string_view owner) {
  const auto elements = find_elements(file, index, type, owner);
  if (!elements) return elements.error();
  if (elements->component != TINYGLTF_COMPONENT_TYPE_FLOAT)
    return file.error(fmt::format("accessor {} of {} is not of floats", index, owner));
  std::vector<Vector> values(elements->count);
  for (std::size_t i = 0; i < elements->count; ++i) {
    std::memcpy(&values[i], elements->first + i * elements->stride, sizeof(Vector));
    for (int c = 0; c < Vector::length(); ++c) {
      if (!std::isfinite(values[i][c])) return file.error(fmt::format("accessor {} of {} holds a number that is not finite", index, owner));
    }
  }
  return values;
}

}  // namespace

Error GltfFile::error(std::string_view rule) const {
  return {"cannot read the glTF file", fmt::format("{}: {}", where, rule), "write it again with the program that made it"};
}

Result<std::span<const unsigned char>> read_view(const GltfFile& file, int index, std::string_view owner) {
  if (index < 0 || index >= static_cast<int>(file.model.bufferViews.size()))
    return file.error(fmt::format("{} names buffer view {} of {}", owner, index, file.model.bufferViews.size()));
  const tinygltf::BufferView& view = file.model.bufferViews[static_cast<std::size_t>(index)];
  if (view.buffer < 0 || view.buffer >= static_cast<int>(file.model.buffers.size()))
    return file.error(fmt::format("buffer view {} names buffer {} of {}", index, view.buffer, file.model.buffers.size()));
  const auto& data = file.model.buffers[static_cast<std::size_t>(view.buffer)].data;
  if (view.byteOffset > data.size() || view.byteLength > data.size() - view.byteOffset)
    return file.error(fmt::format("buffer view {} reaches beyond buffer {}", index, view.buffer));
  return std::span(data.data() + view.byteOffset, view.byteLength);
}

Result<std::vector<glm::vec3>> read_vec3(const GltfFile& file, int accessor, std::string_view owner) {
  return read_floats<glm::vec3>(file, accessor, TINYGLTF_TYPE_VEC3, owner);
}

Result<std::vector<glm::vec2>> read_vec2(const GltfFile& file, int accessor, std::string_view owner) {
  return read_floats<glm::vec2>(file, accessor, TINYGLTF_TYPE_VEC2, owner);
}

Result<std::vector<std::uint32_t>> read_indices(const GltfFile& file, int accessor, std::string_view owner) {
  const auto elements = find_elements(file, accessor, TINYGLTF_TYPE_SCALAR, owner);
  if (!elements) return elements.error();
  std::vector<std::uint32_t> indices(elements->count);
  for (std::size_t i = 0; i < elements->count; ++i) {
    const unsigned char* const at = elements->first + i * elements->stride;
    if (elements->component == TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT) {
      std::memcpy(&indices[i], at, 4);
    } else if (elements->component == TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT) {
      std::uint16_t value = 0;
      std::memcpy(&value, at, 2);
      indices[i] = value;
    } else if (elements->component == TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE) {
      indices[i] = *at;
    } else {
      return file.error(fmt::format("accessor {} of {} is not of unsigned whole numbers", accessor, owner));
    }
  }
  return indices;
}

}  // namespace skyline::city
