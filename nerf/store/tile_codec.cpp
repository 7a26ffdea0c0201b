#include "nerf/store/tile_codec.h"

#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace skyline::nerf {
namespace {

static_assert(std::endian::native == std::endian::little, "a .sky file is little-endian");

constexpr float kMaxHalf = 65504.0F;
constexpr float kInt8Steps = 127.0F, kInt6Steps = 31.0F;

std::size_t value_bytes(Encoding encoding) {
  switch (encoding) {
    case Encoding::kFloat32:
      return 4;
    case Encoding::kFloat16:
      return 2;
    case Encoding::kInt8:
    case Encoding::kInt6:
      return 1;
  }
  return 0;
}

// Byte planes: the first bytes of all values, then the second ones, ... Signs and exponents, which repeat, come to lie together.
template <class Word>
void split_bytes(std::span<const Word> words, std::byte* bytes) {
  for (std::size_t plane = 0; plane < sizeof(Word); ++plane) {
    std::byte* const out = bytes + plane * words.size();
    for (std::size_t i = 0; i < words.size(); ++i) out[i] = static_cast<std::byte>((words[i] >> (8 * plane)) & 0xFFU);
  }
}

template <class Word>
Word join_bytes(const std::byte* bytes, std::size_t count, std::size_t i) {
  std::uint32_t word = 0;
  for (std::size_t plane = 0; plane < sizeof(Word); ++plane)
    word |= std::to_integer<std::uint32_t>(bytes[plane * count + i]) << (8 * plane);
  return static_cast<Word>(word);
}

// Scales, then one channel after the other: the values of one channel resemble each other and pack best together.
void encode_steps(std::span<const float> values, std::size_t channels, float steps, std::byte* bytes) {
  std::vector<float> scale(channels, 0.0F);
  for (std::size_t i = 0; i < values.size(); i += channels) {
    for (std::size_t c = 0; c < channels; ++c) scale[c] = std::max(scale[c], std::abs(values[i + c]));
  }
  for (float& s : scale) s /= steps;
  std::memcpy(bytes, scale.data(), channels * sizeof(float));
  std::byte* const out = bytes + channels * sizeof(float);
  const std::size_t texels = values.size() / channels;
  for (std::size_t t = 0; t < texels; ++t) {
    for (std::size_t c = 0; c < channels; ++c) {
      // A channel whose largest magnitude is denormal may have a scale of 0.
      const float step = scale[c] > 0 ? std::nearbyint(values[t * channels + c] / scale[c]) : 0.0F;
      out[c * texels + t] = static_cast<std::byte>(static_cast<std::int8_t>(std::clamp(step, -steps, steps)));
    }
  }
}

void decode_steps(const std::byte* bytes, std::size_t channels, std::span<float> values) {
  std::vector<float> scale(channels);
  std::memcpy(scale.data(), bytes, channels * sizeof(float));
  const std::byte* const in = bytes + channels * sizeof(float);
  const std::size_t texels = values.size() / channels;
  for (std::size_t t = 0; t < texels; ++t) {
    for (std::size_t c = 0; c < channels; ++c) {
      values[t * channels + c] = static_cast<float>(std::to_integer<std::int8_t>(in[c * texels + t])) * scale[c];
    }
  }
}

bool fits(Encoding encoding, std::span<const float> values) {
  if (encoding == Encoding::kFloat32) return true;
  bool all = true;
  for (const float v : values) all = all && std::abs(v) <= kMaxHalf;  // false for what is not a number
  return all;
}

}  // namespace

std::string encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::kFloat32:
      return "float32";
    case Encoding::kFloat16:
      return "float16";
    case Encoding::kInt8:
      return "int8";
    case Encoding::kInt6:
      return "int6";
  }
  return {};
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  for (const Encoding encoding : {Encoding::kFloat32, Encoding::kFloat16, Encoding::kInt8, Encoding::kInt6}) {
    if (name == encoding_name(encoding)) return encoding;
  }
  return std::nullopt;
}

std::int64_t tile_rows(const TensorInfo& info) { return (std::int64_t{info.rows} + kTileSize - 1) / kTileSize; }
std::int64_t tile_columns(const TensorInfo& info) { return (std::int64_t{info.columns} + kTileSize - 1) / kTileSize; }

Tile tile_at(const TensorInfo& info, std::int64_t index) {
  Tile tile;
  tile.row = static_cast<int>(index / tile_columns(info));
  tile.column = static_cast<int>(index % tile_columns(info));
  tile.first_row = tile.row * kTileSize;
  tile.first_column = tile.column * kTileSize;
  tile.own_rows = std::min(kTileSize, info.rows - tile.first_row);
  tile.own_columns = std::min(kTileSize, info.columns - tile.first_column);
  tile.stored_rows = std::min(kTileSize + 1, info.rows - tile.first_row);
  tile.stored_columns = std::min(kTileSize + 1, info.columns - tile.first_column);
  return tile;
}

std::int64_t tile_bytes(const TensorInfo& info, const Tile& tile) {
  const std::int64_t values = std::int64_t{tile.stored_rows} * tile.stored_columns * info.channels;
  const std::int64_t scales = info.encoding == Encoding::kInt8 || info.encoding == Encoding::kInt6 ? std::int64_t{info.channels} * 4 : 0;
  return scales + values * static_cast<std::int64_t>(value_bytes(info.encoding));
}

bool encode_tile(const TensorInfo& info, const Tile& tile, std::span<const float> values, std::vector<std::byte>& bytes) {
  const auto channels = static_cast<std::size_t>(info.channels);
  const std::size_t row_values = static_cast<std::size_t>(tile.stored_columns) * channels;
  std::vector<float> texels(static_cast<std::size_t>(tile.stored_rows) * row_values);
  for (int r = 0; r < tile.stored_rows; ++r) {
    const std::size_t from = (static_cast<std::size_t>(tile.first_row + r) * static_cast<std::size_t>(info.columns) +
                              static_cast<std::size_t>(tile.first_column)) *
                             channels;
    std::copy_n(values.data() + from, row_values, texels.data() + static_cast<std::size_t>(r) * row_values);
  }
  if (!fits(info.encoding, texels)) return false;
  bytes.resize(static_cast<std::size_t>(tile_bytes(info, tile)));
  switch (info.encoding) {
    case Encoding::kFloat32: {
      std::vector<std::uint32_t> words(texels.size());
      std::memcpy(words.data(), texels.data(), texels.size() * sizeof(float));
      split_bytes<std::uint32_t>(words, bytes.data());
      break;
    }
    case Encoding::kFloat16: {
      std::vector<std::uint16_t> words(texels.size());
      for (std::size_t i = 0; i < texels.size(); ++i) words[i] = half_from_float(texels[i]);
      split_bytes<std::uint16_t>(words, bytes.data());
      break;
    }
    case Encoding::kInt8:
      encode_steps(texels, channels, kInt8Steps, bytes.data());
      break;
    case Encoding::kInt6:
      encode_steps(texels, channels, kInt6Steps, bytes.data());
      break;
  }
  return true;
}

void decode_tile(const TensorInfo& info, const Tile& tile, std::span<const std::byte> bytes, std::span<float> values) {
  const auto channels = static_cast<std::size_t>(info.channels);
  const std::size_t row_values = static_cast<std::size_t>(tile.stored_columns) * channels;
  const std::size_t count = static_cast<std::size_t>(tile.stored_rows) * row_values;
  std::vector<float> texels(count);
  switch (info.encoding) {
    case Encoding::kFloat32:
      for (std::size_t i = 0; i < count; ++i) texels[i] = std::bit_cast<float>(join_bytes<std::uint32_t>(bytes.data(), count, i));
      break;
    case Encoding::kFloat16:
      for (std::size_t i = 0; i < count; ++i) texels[i] = float_from_half(join_bytes<std::uint16_t>(bytes.data(), count, i));
      break;
    case Encoding::kInt8:
    case Encoding::kInt6:
      decode_steps(bytes.data(), channels, texels);
      break;
  }
  for (int r = 0; r < tile.own_rows; ++r) {
    const std::size_t to = (static_cast<std::size_t>(tile.first_row + r) * static_cast<std::size_t>(info.columns) +
                            static_cast<std::size_t>(tile.first_column)) *
                           channels;
    std::copy_n(texels.data() + static_cast<std::size_t>(r) * row_values, static_cast<std::size_t>(tile.own_columns) * channels,
                values.data() + to);
  }
}

std::vector<std::byte> compress(std::span<const std::byte> bytes, int level) {
  std::vector<std::byte> compressed(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress(compressed.data(), compressed.size(), bytes.data(), bytes.size(), std::clamp(level, 1, ZSTD_maxCLevel()));
  if (ZSTD_isError(size)) core::end_program("a buffer of the bound's size was too small for zstd");
  compressed.resize(size);
  return compressed;
}

bool decompress(std::span<const std::byte> compressed, std::span<std::byte> bytes) {
  return ZSTD_decompress(bytes.data(), bytes.size(), compressed.data(), compressed.size()) == bytes.size();
}

std::string checksum(std::string_view label, std::span<const std::byte> bytes) {
  return hexadecimal(XXH3_64bits_withSeed(bytes.data(), bytes.size(), XXH3_64bits(label.data(), label.size())));
}

std::string hexadecimal(std::uint64_t number) {
  std::string text(16, '0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = "0123456789abcdef"[(number >> (60 - 4 * i)) & 0xFU];
  return text;
}

std::string meta_label(std::string_view key) { return "meta " + std::string(key); }

std::string tensor_label(const TensorInfo& info) {
  return "tensor " + info.name + " " + std::to_string(info.level) + " " + std::to_string(info.rows) + " " + std::to_string(info.columns) +
         " " + std::to_string(info.channels) + " " + encoding_name(info.encoding);
}

std::string tile_label(std::string_view tensor, const Tile& tile, std::int64_t raw_bytes) {
  return "tile " + std::string(tensor) + " " + std::to_string(tile.row) + " " + std::to_string(tile.column) + " " +
         std::to_string(raw_bytes);
}

std::string blob_label(std::string_view name, std::int64_t raw_bytes) {
  return "blob " + std::string(name) + " " + std::to_string(raw_bytes);
}

// Both conversions without branches, so that loops over them vectorise. After F. Giesen, "Float->half variants",
// https://gist.github.com/rygorous/2156668, float_to_half_fast3_rtne and half_to_float_fast5 (public domain).
std::uint16_t half_from_float(float value) {
  constexpr std::uint32_t kInfinity = 255U << 23;
  constexpr std::uint32_t kTooLarge = (127U + 16U) << 23;
  constexpr std::uint32_t kSmallestNormal = 113U << 23;
  constexpr std::uint32_t kDenormalMagic = ((127U - 15U) + (23U - 10U) + 1U) << 23;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits & 0x80000000U;
  const std::uint32_t magnitude = bits ^ sign;
  const std::uint32_t special = magnitude > kInfinity ? 0x7E00U : 0x7C00U;
  const std::uint32_t denormal =
      std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + std::bit_cast<float>(kDenormalMagic)) - kDenormalMagic;
  const std::uint32_t normal = (magnitude - (112U << 23) + 0xFFFU + ((magnitude >> 13) & 1U)) >> 13;
  const std::uint32_t half = magnitude >= kTooLarge ? special : (magnitude < kSmallestNormal ? denormal : normal);
  return static_cast<std::uint16_t>(half | (sign >> 16));
}

float float_from_half(std::uint16_t half) {
  constexpr std::uint32_t kExponent = 0x7C00U << 13;
  constexpr std::uint32_t kMagic = 113U << 23;
  const std::uint32_t shifted = (half & 0x7FFFU) << 13;
  const std::uint32_t exponent = shifted & kExponent;
  const std::uint32_t normal = shifted + (112U << 23);
  const std::uint32_t special = normal + (112U << 23);
  const std::uint32_t denormal = std::bit_cast<std::uint32_t>(std::bit_cast<float>(normal + (1U << 23)) - std::bit_cast<float>(kMagic));
  const std::uint32_t magnitude = exponent == kExponent ? special : (exponent == 0 ? denormal : normal);
  return std::bit_cast<float>(magnitude | (static_cast<std::uint32_t>(half & 0x8000U) << 16));
}

}  // namespace skyline::nerf
