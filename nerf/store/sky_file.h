// The .sky file: one scene in one SQLite database. docs/sky-format.md is the written specification.
//
// Two layers. SkyWriter / SkyReader know the container (application id, format version, meta data, tensors cut into tiles, a checksum
// each). save_scene / load_scene know what a scene is made of.
//
// Writing goes to a temporary file beside the target and is renamed at the end: a reader sees the old file or the new one. Nothing is read
// without its checksum being right; whatever is wrong is an Error, never a wrong picture.
//
// A reader keeps the file that it opened, also when another is renamed over it. One thread at a time uses a writer or a reader; both
// compress and decode on all cores.
#pragma once

#include "city/bookmarks.h"
#include "city/catalogue.h"
#include "core/image.h"
#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/space.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace skyline::nerf {

inline constexpr std::int32_t kSkyApplicationId = 0x534B5931;  // "SKY1"
inline constexpr int kSkyVersion = 1;
inline constexpr std::int64_t kSealCheckedBytes = std::int64_t{1} << 30;
inline constexpr int kTileSize = 128;  // texels along the side of a plane's tile, without its apron

// zstd level. Learned numbers are close to noise: a field of Gaussian noise takes 35.0 MB as half floats at levels 1 to 9, saved in 0.23 s
// at level 3 and 0.53 s at level 9 (two cores).
inline constexpr int kSkyCompression = 3;

// int8, int6: one scale (float32) per channel of a tile; int6 has 31 steps on each side instead of 127 and packs smaller.
enum class Encoding { kFloat32, kFloat16, kInt8, kInt6 };

// A dense tensor [rows, columns, channels] (a line has rows = 1, a volume has channels = layers * channels). Written in tiles of kTileSize
// x kTileSize. float32 keeps every bit; float16 rounds to the nearest even; int8 (int6) is off by at most 1/254 (1/62) of the largest
// magnitude of the channel in its tile.
struct TensorInfo {
  std::string name;  // "block0.plane1", "decoder.layer0.weights", ...
  int level = -1;    // plane / line level; -1: needed at every level
  int rows = 0, columns = 0, channels = 0;
  Encoding encoding = Encoding::kFloat32;
};

class SkyWriter {
 public:
  // Errors: folder missing or not writable.
  static core::Result<SkyWriter> create(const std::filesystem::path& path, int compression = kSkyCompression);
  SkyWriter(SkyWriter&&) noexcept;
  SkyWriter& operator=(SkyWriter&&) noexcept;
  ~SkyWriter();  // without `finish`, the temporary file is removed

  // After an Error every further call returns the same Error. Errors: a name given twice, disk full.
  core::Status put_meta(const std::string& key, const std::string& json);  // also: not JSON
  // Also: not rows * columns * channels numbers; for float16 and int8, a number that is not finite or beyond 65504.
  core::Status put_tensor(const TensorInfo& info, std::span<const float> values);
  core::Status put_blob(const std::string& name, std::span<const std::byte> content);  // occupancy bits, previews, random state
  core::Status finish();                                                               // checks, syncs, renames

 private:
  struct State;
  explicit SkyWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Removes what programs that were killed while writing `path` left half-written beside it. What a running program writes stays.
void remove_abandoned(const std::filesystem::path& path);

class SkyReader {
 public:
  // Errors: missing, not a .sky, of another version, cut, damaged. Files up to kSealCheckedBytes are read once and held against their hash,
  // larger ones only tile by tile. `check_seal` = false leaves the hash to `verify`, so that a damaged file's faults can be listed.
  static core::Result<SkyReader> open(const std::filesystem::path& path, bool check_seal = true);
  SkyReader(SkyReader&&) noexcept;
  SkyReader& operator=(SkyReader&&) noexcept;
  ~SkyReader();

  core::Result<std::string> meta(const std::string& key) const;  // JSON text
  core::Result<std::vector<TensorInfo>> tensors() const;
  // Reads a whole tensor; `values` has rows * columns * channels numbers. Every tile's checksum is tested.
  core::Status tensor(const std::string& name, std::span<float> values) const;
  core::Result<std::vector<std::byte>> blob(const std::string& name) const;
  bool has_blob(const std::string& name) const;
  bool has_meta(const std::string& key) const;
  // Every page, every checksum, every count; one line per fault, empty when the file is whole.
  core::Result<std::vector<std::string>> verify() const;
  // Hash of the content (meta without members called "timing", all tensors and blobs in name order), as 16 hexadecimal digits (XXH3-64);
  // two files with the same field have the same, whatever their compression.
  core::Result<std::string> content_hash() const;

 private:
  struct State;
  explicit SkyReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What training leaves beside the field.
struct SceneInfo {
  std::string name;
  std::string credit;                // attribution of the photos, free text
  int training_width = 0;            // pixels
  std::string training_json = "{}";  // settings, steps, rays, psnr ... as one JSON object; times and durations under "timing"
  std::vector<Camera> cameras;       // training cameras at the training width, in the order of the codes
  std::vector<glm::dvec3> flight;    // control points of the scene's flight path (closed loop)
  Camera home;                       // home view
  double near_distance = 0, far_distance = 0;
  std::vector<float> mean_code;  // mean of the photos' codes, empty when off
  core::Image preview;           // at most 320 wide; may be empty
  city::Catalogue objects;       // what is known to stand there; may be empty
  std::vector<city::Bookmark> bookmarks;
};

struct SaveOptions {
  Encoding planes = Encoding::kFloat16;  // planes and volume; lines, decoder and small parts are always float32
  int compression = kSkyCompression;     // zstd level, 1 (fast) to 19 (small)
};

core::Status save_scene(const std::filesystem::path& path, const Field& field, const SceneInfo& info, const SaveOptions& options);

struct Scene {
  Field field;
  SceneInfo info;
};

// `levels` 0 = all; otherwise only the planes and lines of the first `levels` levels are read and the field has that many levels (the
// decoder's basis keeps the matching rows).
core::Result<Scene> load_scene(const std::filesystem::path& path, int levels = 0);

// What can be put into a scene after training; null leaves what is there.
struct SceneAdditions {
  const city::Catalogue* objects = nullptr;
  const std::vector<city::Bookmark>* bookmarks = nullptr;
};

// Copies the scene `path` to `target` (which may be `path` itself) with additions; field, cameras and pictures stay as they are, bit for
// bit. The target is the old file or the new one, never half of it. Errors: `path` is damaged, not writable.
core::Status amend_scene(const std::filesystem::path& path, const std::filesystem::path& target, const SceneAdditions& additions);

}  // namespace skyline::nerf
