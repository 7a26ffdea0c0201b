// From numbers to the bytes of a tile and back: encodings, compression, checksums. Private to nerf/store.
#pragma once

#include "nerf/store/sky_file.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::nerf {

// No tile may be larger before compression: a reader allocates what a file claims.
inline constexpr std::int64_t kMaxTileBytes = std::int64_t{1} << 29;

std::string encoding_name(Encoding encoding);
std::optional<Encoding> parse_encoding(std::string_view name);

// The tile (row, column) of a tensor: the texels that it owns, and those that it stores (with the apron at the right and the bottom).
struct Tile {
  int row = 0, column = 0;
  int first_row = 0, first_column = 0;
  int own_rows = 0, own_columns = 0;
  int stored_rows = 0, stored_columns = 0;
};

std::int64_t tile_rows(const TensorInfo& info);
std::int64_t tile_columns(const TensorInfo& info);
inline std::int64_t tile_count(const TensorInfo& info) { return tile_rows(info) * tile_columns(info); }
Tile tile_at(const TensorInfo& info, std::int64_t index);  // row-major
std::int64_t tile_bytes(const TensorInfo& info, const Tile& tile);

// `values` is the whole tensor. Returns false where a number does not fit the encoding.
bool encode_tile(const TensorInfo& info, const Tile& tile, std::span<const float> values, std::vector<std::byte>& bytes);
// Writes the texels that the tile owns; `bytes` has tile_bytes() bytes.
void decode_tile(const TensorInfo& info, const Tile& tile, std::span<const std::byte> bytes, std::span<float> values);

std::vector<std::byte> compress(std::span<const std::byte> bytes, int level);
// `bytes` has the size that must come out; false when it does not.
bool decompress(std::span<const std::byte> compressed, std::span<std::byte> bytes);

// XXH3-64 of a label and bytes: a row moved to another place is as wrong as a flipped bit.
std::string checksum(std::string_view label, std::span<const std::byte> bytes);
std::string hexadecimal(std::uint64_t number);  // 16 digits

// What the checksums of the rows are made over (docs/sky-format.md, section 6).
std::string meta_label(std::string_view key);
std::string tensor_label(const TensorInfo& info);
std::string tile_label(std::string_view tensor, const Tile& tile, std::int64_t raw_bytes);
std::string blob_label(std::string_view name, std::int64_t raw_bytes);

std::uint16_t half_from_float(float value);  // to the nearest, ties to even; beyond 65504 infinite
float float_from_half(std::uint16_t half);

}  // namespace skyline::nerf
