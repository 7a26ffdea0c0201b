#include "editor/ground_cache.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace skyline::editor {
namespace {

constexpr std::uint64_t kVersion = 0x31444E5247594B53;  // "SKYGRND1"
constexpr std::int32_t kMostCells = 1 << 28;

// FNV-1a over words (Fowler, Noll, Vo).
std::uint64_t checksum(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
    hash = (hash ^ word) * 0x100000001B3;
  }
  return hash;
}

class Packer {
 public:
  template <class Value>
  void put(const Value& value) {
    const auto* const first = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), first, first + sizeof(Value));
  }
  void put_heights(const std::vector<float>& heights, float low, float step) {
    for (const float height : heights) put(static_cast<std::uint16_t>(std::clamp(std::round((height - low) / step), 0.0F, 65535.0F)));
  }
  std::vector<std::byte> bytes;
};

// Reads that run over the end give zeros and leave `whole` false.
class Unpacker {
 public:
  explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <class Value>
  Value take() {
    Value value{};
    whole = whole && bytes_.size() - at_ >= sizeof(Value);
    if (!whole) return value;
    std::memcpy(&value, bytes_.data() + at_, sizeof(Value));
    at_ += sizeof(Value);
    return value;
  }
  void take_heights(std::vector<float>& heights, std::size_t count, float low, float step) {
    heights.resize(count);
    for (float& height : heights) height = low + step * static_cast<float>(take<std::uint16_t>());
  }
  std::size_t left() const { return bytes_.size() - at_; }
  bool whole = true;

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::byte> packed(const GroundMaps& maps) {
  Packer packer;
  const nerf::SurfaceMap& map = maps.map;
  const std::size_t count = map.grid.size();
  float low = 0, high = 0;
  for (const auto* heights : {&map.top, &map.middle, &map.bottom, &maps.ground}) {
    const auto [least, most] = std::minmax_element(heights->begin(), heights->end());
    if (heights->empty()) continue;
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  const float step = std::max(high - low, 1.0F) / 65535;
  packer.bytes.reserve(count * 12 + maps.walls.size() * 16 + 128);
  packer.put(kVersion);
  packer.put(map.grid.low.x);
  packer.put(map.grid.low.y);
  packer.put(map.grid.cell);
  packer.put(map.grid.columns);
  packer.put(map.grid.rows);
  packer.put(low);
  packer.put(step);
  for (const auto* heights : {&map.top, &map.middle, &map.bottom, &maps.ground}) packer.put_heights(*heights, low, step);
  for (const std::uint8_t known : map.known) packer.put(known);
  for (const glm::vec3& colour : map.colour) {
    for (int c = 0; c < 3; ++c) packer.put(static_cast<std::uint8_t>(std::lround(255 * std::clamp(colour[c], 0.0F, 1.0F))));
  }
  packer.put(static_cast<std::uint64_t>(maps.walls.size()));
  for (const auto& [id, colour] : maps.walls) {
    packer.put(id);
    for (int c = 0; c < 3; ++c) packer.put(colour[c]);
  }
  packer.put(checksum(packer.bytes));
  return std::move(packer.bytes);
}

std::optional<GroundMaps> unpacked(std::span<const std::byte> bytes) {
  if (bytes.size() < sizeof(std::uint64_t)) return std::nullopt;
  const std::span<const std::byte> content = bytes.first(bytes.size() - sizeof(std::uint64_t));
  std::uint64_t expected = 0;
  std::memcpy(&expected, bytes.data() + content.size(), sizeof(expected));
  Unpacker unpacker(content);
  if (unpacker.take<std::uint64_t>() != kVersion || checksum(content) != expected) return std::nullopt;
  GroundMaps maps;
  nerf::GroundGrid& grid = maps.map.grid;
  grid.low.x = unpacker.take<double>();
  grid.low.y = unpacker.take<double>();
  grid.cell = unpacker.take<double>();
  grid.columns = unpacker.take<std::int32_t>();
  grid.rows = unpacker.take<std::int32_t>();
  const auto low = unpacker.take<float>(), step = unpacker.take<float>();
  if (!unpacker.whole || !(grid.cell > 0) || grid.columns < 1 || grid.rows < 1 || grid.columns > kMostCells / grid.rows)
    return std::nullopt;
  const std::size_t count = grid.size();
  if (unpacker.left() < count * 12) return std::nullopt;
  for (auto* heights : {&maps.map.top, &maps.map.middle, &maps.map.bottom, &maps.ground}) unpacker.take_heights(*heights, count, low, step);
  maps.map.known.resize(count);
  for (std::uint8_t& known : maps.map.known) known = unpacker.take<std::uint8_t>();
  maps.map.colour.resize(count);
  for (glm::vec3& colour : maps.map.colour) {
    for (int c = 0; c < 3; ++c) colour[c] = static_cast<float>(unpacker.take<std::uint8_t>()) / 255.0F;
  }
  const auto walls = unpacker.take<std::uint64_t>();
  for (std::uint64_t i = 0; i < walls && unpacker.whole; ++i) {
    const auto id = unpacker.take<std::int32_t>();
    glm::vec3 colour(0.0F);
    for (int c = 0; c < 3; ++c) colour[c] = unpacker.take<float>();
    maps.walls.emplace(id, colour);
  }
  if (!unpacker.whole) return std::nullopt;
  return maps;
}

}  // namespace skyline::editor
