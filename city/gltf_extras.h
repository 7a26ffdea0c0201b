// What glTF has no word for, as `extras`: the members of materials and facades by name. Private to the glTF reader and writer.
#pragma once

#include "city/model.h"

#include <glm/vec3.hpp>
#include <tiny_gltf.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace skyline::city {

inline constexpr std::array<std::string_view, 20> kTextureNames{"plain", "plaster", "brick", "stone",   "concrete", "glass",  "metal",
                                                                "wood",  "tiles",   "sheet", "gravel",  "asphalt",  "paving", "cobbles",
                                                                "soil",  "ballast", "grass", "foliage", "bark",     "water"};

inline tinygltf::Value gltf_number(double value) { return tinygltf::Value(value); }

// Calls visit(name, member) for every member that is kept.
template <class Visit, class SomeMaterial>
void visit_material(Visit&& visit, SomeMaterial& m) {
  visit("part", m.part);
  visit("texture", m.texture);
  visit("color", m.color);
  visit("color2", m.color2);
  visit("scale", m.scale);
  visit("weathering", m.weathering);
  visit("gloss", m.gloss);
  visit("evergreen", m.evergreen);
  visit("facade", m.facade);
}

template <class Visit, class SomeFacade>
void visit_facade(Visit&& visit, SomeFacade& f) {
  visit("length", f.length);
  visit("height", f.height);
  visit("bay", f.bay);
  visit("window_width", f.window_width);
  visit("storey", f.storey);
  visit("window_height", f.window_height);
  visit("sill", f.sill);
  visit("ground_storey", f.ground_storey);
  visit("shop_front", f.shop_front);
  visit("ribbon", f.ribbon);
  visit("frame", f.frame);
  visit("glass", f.glass);
  visit("accent", f.accent);
  visit("seed", f.seed);
}

// Puts members into an object of extras.
class ExtrasWriter {
 public:
  void operator()(const char* name, float value) { object_[name] = gltf_number(static_cast<double>(value)); }
  void operator()(const char* name, double value) { object_[name] = gltf_number(value); }
  void operator()(const char* name, int value) { object_[name] = tinygltf::Value(value); }
  void operator()(const char* name, std::uint32_t value) { object_[name] = gltf_number(value); }
  void operator()(const char* name, bool value) { object_[name] = tinygltf::Value(value); }
  void operator()(const char* name, const std::string& value) { object_[name] = tinygltf::Value(value); }
  void operator()(const char* name, Part value) { (*this)(name, std::string(kPartNames[static_cast<std::size_t>(value)])); }
  void operator()(const char* name, Texture value) { (*this)(name, std::string(kTextureNames[static_cast<std::size_t>(value)])); }
  void operator()(const char* name, const glm::vec3& value) { list(name, {value.x, value.y, value.z}); }
  void operator()(const char* name, const glm::dvec2& value) { list(name, {value.x, value.y}); }
  void put(const char* name, tinygltf::Value value) { object_[name] = std::move(value); }
  tinygltf::Value value() const { return tinygltf::Value(object_); }

 private:
  void list(const char* name, std::initializer_list<double> values) {
    tinygltf::Value::Array array;
    for (const double v : values) array.push_back(gltf_number(v));
    object_[name] = tinygltf::Value(array);
  }
  tinygltf::Value::Object object_;
};

// Takes members out of extras. An absent member leaves the target as it is; one of the wrong kind is remembered in `broken`.
class ExtrasReader {
 public:
  explicit ExtrasReader(const tinygltf::Value& extras) : extras_(extras) {}
  std::string broken;  // name of the first member of the wrong kind; empty: none

  void operator()(const char* name, double& target);
  void operator()(const char* name, float& target);
  void operator()(const char* name, int& target);
  void operator()(const char* name, std::uint32_t& target);
  void operator()(const char* name, bool& target);
  void operator()(const char* name, std::string& target);
  void operator()(const char* name, Part& target);
  void operator()(const char* name, Texture& target);
  void operator()(const char* name, glm::vec3& target);
  void operator()(const char* name, glm::dvec2& target);
  bool has(const char* name) const { return extras_.IsObject() && extras_.Has(name); }

 private:
  const tinygltf::Value* find(const char* name) const;
  void fail(const char* name) {
    if (broken.empty()) broken = name;
  }
  bool numbers(const char* name, std::size_t count, double* out);
  const tinygltf::Value& extras_;
};

}  // namespace skyline::city
