#include "city/gltf_extras.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::city {
namespace {

template <class Enum, std::size_t kCount>
std::optional<Enum> find_name(const std::array<std::string_view, kCount>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

const tinygltf::Value* ExtrasReader::find(const char* name) const { return has(name) ? &extras_.Get(name) : nullptr; }

void ExtrasReader::operator()(const char* name, double& target) {
  const tinygltf::Value* value = find(name);
  if (value == nullptr) return;
  if (value->IsNumber() && std::isfinite(value->GetNumberAsDouble())) {
    target = value->GetNumberAsDouble();
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, float& target) {
  double value = static_cast<double>(target);
  (*this)(name, value);
  if (std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max())) {
    target = static_cast<float>(value);
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, int& target) {
  double value = target;
  (*this)(name, value);
  if (value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max() && value == std::floor(value)) {
    target = static_cast<int>(value);
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, std::uint32_t& target) {
  double value = target;
  (*this)(name, value);
  if (value >= 0 && value <= std::numeric_limits<std::uint32_t>::max() && value == std::floor(value)) {
    target = static_cast<std::uint32_t>(value);
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, bool& target) {
  const tinygltf::Value* value = find(name);
  if (value == nullptr) return;
  if (value->IsBool()) {
    target = value->Get<bool>();
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, std::string& target) {
  const tinygltf::Value* value = find(name);
  if (value == nullptr) return;
  if (value->IsString()) {
    target = value->Get<std::string>();
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, Part& target) {
  std::string text(kPartNames[static_cast<std::size_t>(target)]);
  (*this)(name, text);
  if (const auto found = find_name<Part>(kPartNames, text)) {
    target = *found;
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, Texture& target) {
  std::string text(kTextureNames[static_cast<std::size_t>(target)]);
  (*this)(name, text);
  if (const auto found = find_name<Texture>(kTextureNames, text)) {
    target = *found;
  } else {
    fail(name);
  }
}

void ExtrasReader::operator()(const char* name, glm::vec3& target) {
  double v[3]{};
  if (numbers(name, 3, v)) target = glm::vec3(static_cast<float>(v[0]), static_cast<float>(v[1]), static_cast<float>(v[2]));
}

void ExtrasReader::operator()(const char* name, glm::dvec2& target) {
  double v[2]{};
  if (numbers(name, 2, v)) target = glm::dvec2(v[0], v[1]);
}

bool ExtrasReader::numbers(const char* name, std::size_t count, double* out) {
  const tinygltf::Value* value = find(name);
  if (value == nullptr) return false;
  bool fine = value->IsArray() && value->ArrayLen() == count;
  for (std::size_t i = 0; fine && i < count; ++i) {
    const tinygltf::Value& item = value->Get(static_cast<int>(i));
    fine = item.IsNumber() && std::isfinite(item.GetNumberAsDouble()) && std::abs(item.GetNumberAsDouble()) <= 1e30;
    if (fine) out[i] = item.GetNumberAsDouble();
  }
  if (!fine) fail(name);
  return fine;
}

}  // namespace skyline::city
