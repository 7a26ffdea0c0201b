#include "nerf/model/directions.h"
#include "nerf/store/channel_layout.h"
#include "nerf/store/database.h"
#include "nerf/store/scene_json.h"
#include "nerf/store/sky_file.h"

#include <nlohmann/json.hpp>

#include <cstring>
#include <map>
#include <stdexcept>
#include <utility>

namespace skyline::nerf {
namespace {

using nlohmann::json;

// File names of photos may be in any encoding; JSON is UTF-8.
std::string text_of(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string block_prefix(std::size_t block) { return "block" + std::to_string(block) + "."; }
std::string nerf_name(std::size_t layer) { return "nerf.layer" + std::to_string(layer); }

// Puts tensors until one fails; the first failure is the saver's status.
class TensorSaver {
 public:
  explicit TensorSaver(SkyWriter& writer) : writer_(writer) {}

  void save(TensorInfo info, const ChannelLayout& layout, std::span<const float> values) {
    if (!status_) return;
    const std::size_t texels = static_cast<std::size_t>(info.rows) * static_cast<std::size_t>(info.columns);
    if (values.size() != texels * static_cast<std::size_t>(layout.memory_channels())) {
      status_ = core::Error{"cannot write the scene file", info.name + " does not have the size that the field's settings give",
                            "report this as a fault of the program"};
      return;
    }
    info.channels = layout.stored_channels();
    if (!layout.is_padded()) {
      status_ = writer_.put_tensor(info, values);
      return;
    }
    std::vector<float> stored(texels * static_cast<std::size_t>(info.channels));
    layout.pack(values, stored);
    status_ = writer_.put_tensor(info, stored);
  }

  // A list of `layout`-sized entries; nothing where there are none.
  void save_list(const std::string& name, const ChannelLayout& layout, std::span<const float> values, int level = -1) {
    if (values.empty()) return;
    const int columns = static_cast<int>(values.size() / static_cast<std::size_t>(layout.memory_channels()));
    save({.name = name, .level = level, .rows = 1, .columns = columns}, layout, values);
  }

  void save_layer(const std::string& name, const DenseLayer& layer, const ChannelLayout& outputs, bool with_bias) {
    save({.name = name + ".weights", .rows = 1, .columns = layer.inputs}, outputs, layer.weights.span());
    if (with_bias) save({.name = name + ".bias", .rows = 1, .columns = 1}, outputs, layer.bias.span());
  }

  const core::Status& status() const { return status_; }

 private:
  SkyWriter& writer_;
  core::Status status_;
};

void save_blocks(const Field& field, Encoding encoding, TensorSaver& saver) {
  for (std::size_t b = 0; b < field.blocks.size(); ++b) {
    const Block& block = field.blocks[b];
    for (std::size_t l = 0; l < block.planes.size(); ++l) {
      const Plane& plane = block.planes[l];
      const int level = static_cast<int>(l);
      const std::string suffix = std::to_string(l);
      saver.save(
          {.name = block_prefix(b) + "plane" + suffix, .level = level, .rows = plane.rows, .columns = plane.columns, .encoding = encoding},
          texel_layout(field), plane.texels.span());
      saver.save_list(block_prefix(b) + "line" + suffix, texel_layout(field), block.lines[l].texels.span(), level);
    }
    const Volume& volume = block.volume;
    if (volume.cells.empty()) continue;
    saver.save({.name = block_prefix(b) + "volume", .rows = volume.rows, .columns = volume.columns, .encoding = encoding},
               volume_layout(field, volume.layers), volume.cells.span());
  }
}

core::Status save_tensors(const Field& field, const SceneInfo& info, Encoding encoding, SkyWriter& writer) {
  const FieldSettings& s = field.settings;
  TensorSaver saver(writer);
  save_blocks(field, encoding, saver);
  saver.save_layer("decoder.basis", field.decoder.basis, outputs_layout(s.features), false);
  saver.save_layer("decoder.layer0", field.decoder.layer0, outputs_layout(s.hidden), true);
  saver.save_layer("decoder.layer1", field.decoder.layer1, outputs_layout(s.hidden), true);
  saver.save_layer("decoder.layer2", field.decoder.layer2, outputs_layout(3), true);
  if (!field.surroundings.empty()) {
    saver.save({.name = "surroundings", .rows = s.surroundings_size, .columns = s.surroundings_size, .encoding = encoding},
               outputs_layout(s.features), field.surroundings.span());
  }
  saver.save_list("sky", outputs_layout(s.features), field.sky.span());
  saver.save_list("codes", plain_layout(s.code_size), field.codes.span());
  saver.save_list("exposure", plain_layout(3), field.exposure.span());
  saver.save_list("vignetting", plain_layout(3), field.vignetting.span());
  saver.save_list("seen_directions", plain_layout(kDirectionColumns), field.seen_directions.span());
  for (std::size_t i = 0; i < field.nerf.size(); ++i)
    saver.save_layer(nerf_name(i), field.nerf[i], plain_layout(field.nerf[i].outputs), true);
  saver.save_list("mean_code", plain_layout(static_cast<int>(info.mean_code.size())), info.mean_code);
  return saver.status();
}

// What load_scene throws and catches: reading goes through many small steps, any of which may find the file wrong.
struct LoadFailure {
  core::Error error;
};

class SceneLoader {
 public:
  SceneLoader(const SkyReader& reader, const std::filesystem::path& path) : reader_(reader), path_(path) {
    for (TensorInfo& info : check(reader.tensors())) infos_.emplace(info.name, info);
  }

  Scene load(int levels);

 private:
  template <class T>
  static T check(core::Result<T> result) {
    if (!result) throw LoadFailure{result.error()};
    return std::move(*result);
  }
  void expect(bool condition, const std::string& what) const {
    if (!condition) throw LoadFailure{damaged(path_, what)};
  }
  json meta(const char* key) const { return json::parse(check(reader_.meta(key))); }
  bool has(const std::string& name) const { return infos_.contains(name); }
  const TensorInfo& info(const std::string& name) const {
    const auto found = infos_.find(name);
    expect(found != infos_.end(), "it has no tensor " + name);
    return found->second;
  }

  core::Buffer<float> read(const char* owner, const TensorInfo& info, const ChannelLayout& layout) const;
  core::Buffer<float> read_list(const char* owner, const std::string& name, const ChannelLayout& layout) const;
  DenseLayer read_layer(const std::string& name, int inputs, const ChannelLayout& outputs, bool with_bias) const;
  void read_blocks(Field& field, int levels) const;
  void expect_extent(const Field& field, const Block& block, int levels) const;
  void read_decoder(Field& field, int levels) const;
  void read_small_parts(Field& field) const;
  Occupancy read_occupancy(const Box& box) const;
  SceneInfo read_info(const Field& field) const;

  const SkyReader& reader_;
  const std::filesystem::path& path_;
  std::map<std::string, TensorInfo> infos_;
};

core::Buffer<float> SceneLoader::read(const char* owner, const TensorInfo& info, const ChannelLayout& layout) const {
  expect(info.channels == layout.stored_channels(), info.name + " does not have the channels that the field's settings give");
  const std::size_t texels = static_cast<std::size_t>(info.rows) * static_cast<std::size_t>(info.columns);
  auto buffer = check(core::Buffer<float>::create(owner, texels * static_cast<std::size_t>(layout.memory_channels())));
  if (!layout.is_padded()) {
    if (const auto done = reader_.tensor(info.name, buffer.span()); !done) throw LoadFailure{done.error()};
    return buffer;
  }
  auto stored = check(core::Buffer<float>::create("store.unpack", texels * static_cast<std::size_t>(info.channels)));
  if (const auto done = reader_.tensor(info.name, stored.span()); !done) throw LoadFailure{done.error()};
  layout.unpack(stored.span(), buffer.span());
  return buffer;
}

core::Buffer<float> SceneLoader::read_list(const char* owner, const std::string& name, const ChannelLayout& layout) const {
  expect(info(name).rows == 1, name + " is not a list");
  return read(owner, info(name), layout);
}

DenseLayer SceneLoader::read_layer(const std::string& name, int inputs, const ChannelLayout& outputs, bool with_bias) const {
  DenseLayer layer;
  layer.inputs = inputs;
  layer.outputs = outputs.memory_channels();
  expect(info(name + ".weights").columns == inputs, name + " does not have the inputs that the field's settings give");
  layer.weights = read_list("field.decoder", name + ".weights", outputs);
  if (with_bias) {
    expect(info(name + ".bias").columns == 1, name + ".bias is not one row");
    layer.bias = read_list("field.decoder", name + ".bias", outputs);
  } else {
    layer.bias = check(core::Buffer<float>::create("field.decoder", static_cast<std::size_t>(layer.outputs)));
  }
  return layer;
}

void SceneLoader::read_blocks(Field& field, int levels) const {
  for (std::size_t b = 0; b < field.blocks.size(); ++b) {
    Block& block = field.blocks[b];
    for (int l = 0; l < levels; ++l) {
      const TensorInfo& plane = info(block_prefix(b) + "plane" + std::to_string(l));
      block.planes.push_back({plane.columns, plane.rows, read("field.planes", plane, texel_layout(field))});
      const std::string line = block_prefix(b) + "line" + std::to_string(l);
      block.lines.push_back({info(line).columns, read_list("field.lines", line, texel_layout(field))});
    }
    expect_extent(field, block, levels);
    if (field.settings.volume_channels == 0) continue;
    const TensorInfo& volume = info(block_prefix(b) + "volume");
    expect(volume.channels % field.settings.volume_channels == 0, volume.name + " does not have whole layers");
    const int layers = volume.channels / field.settings.volume_channels;
    expect(volume.rows > 1 && volume.columns > 1 && layers > 1, volume.name + " has fewer than two cells along an axis");
    block.volume = {volume.columns, volume.rows, layers, read("field.volume", volume, volume_layout(field, layers))};
  }
}

// A block's share of the box is about as large as its texels reach (Field::create rounds by less than a texel). A box that claims to be
// much larger than what the file holds would take rays for ever: their steps are a texel long.
void SceneLoader::expect_extent(const Field& field, const Block& block, int levels) const {
  const glm::dvec3 size = field.box.size() / glm::dvec3(field.settings.blocks_x, field.settings.blocks_y, 1);
  for (int l = 0; l < levels; ++l) {
    const Plane& plane = block.planes[static_cast<std::size_t>(l)];
    const int heights = block.lines[static_cast<std::size_t>(l)].size;
    expect(plane.columns > 1 && plane.rows > 1 && heights > 1, "a plane or a line has fewer than two texels");
    const double reach = 2 * field.finest_texel * (1 << (field.settings.levels - 1 - l));
    expect(size.x <= reach * plane.columns && size.y <= reach * plane.rows && size.z <= reach * heights,
           "a block is larger than its texels reach");
  }
}

// The rows of the basis go level by level, then come those of the volume: a prefix of the levels keeps its own rows and the volume's.
void SceneLoader::read_decoder(Field& field, int levels) const {
  const FieldSettings& s = field.settings;
  DenseLayer basis = read_layer("decoder.basis", field.feature_count(), outputs_layout(s.features), false);
  if (levels < s.levels) {
    const auto outputs = static_cast<std::size_t>(basis.outputs);
    const std::size_t kept = static_cast<std::size_t>(levels * field.appearance_channels()) * outputs;
    const std::size_t volume = static_cast<std::size_t>(field.volume_channels()) * outputs;
    auto weights = check(core::Buffer<float>::create("field.decoder", kept + volume));
    std::copy_n(basis.weights.data(), kept, weights.data());
    std::copy_n(basis.weights.data() + basis.weights.size() - volume, volume, weights.data() + kept);
    basis.weights = std::move(weights);
    basis.inputs = levels * field.appearance_channels() + field.volume_channels();
  }
  field.decoder.basis = std::move(basis);
  const int inputs = field.decoder_features() + field.direction_size() + field.code_size();
  const int hidden = padded(s.hidden, kChannelPadding);
  field.decoder.layer0 = read_layer("decoder.layer0", inputs, outputs_layout(s.hidden), true);
  field.decoder.layer1 = read_layer("decoder.layer1", hidden, outputs_layout(s.hidden), true);
  field.decoder.layer2 = read_layer("decoder.layer2", hidden, outputs_layout(3), true);
}

void SceneLoader::read_small_parts(Field& field) const {
  const FieldSettings& s = field.settings;
  if (has("surroundings")) {
    const TensorInfo& plane = info("surroundings");
    expect(plane.rows == s.surroundings_size && plane.columns == s.surroundings_size, "the surroundings have another size");
    field.surroundings = read("field.other", plane, outputs_layout(s.features));
  }
  if (has("sky")) {
    expect(info("sky").columns == kSkyBasis, "the sky has another size");
    field.sky = read_list("field.other", "sky", outputs_layout(s.features));
  }
  expect(has("codes") || !field.use_codes, "it has no tensor codes");
  if (has("codes")) field.codes = read_list("field.other", "codes", plain_layout(s.code_size));
  if (has("exposure")) field.exposure = read_list("field.other", "exposure", plain_layout(3));
  if (has("seen_directions")) {
    expect(info("seen_directions").columns == kDirectionRows, "seen_directions does not have its rows");
    field.seen_directions = read_list("field.other", "seen_directions", plain_layout(kDirectionColumns));
  }
  if (has("vignetting")) field.vignetting = read_list("field.other", "vignetting", plain_layout(3));
  for (std::size_t i = 0; i < field.nerf.size(); ++i) {
    const TensorInfo& weights = info(nerf_name(i) + ".weights");
    field.nerf[i] = read_layer(nerf_name(i), weights.columns, plain_layout(weights.channels), true);
  }
}

Occupancy SceneLoader::read_occupancy(const Box& box) const {
  if (!reader_.has_blob("occupancy")) return {};
  const std::vector<std::byte> bytes = check(reader_.blob("occupancy"));
  constexpr std::size_t kWordBytes = sizeof(std::uint64_t);
  expect(bytes.size() % kWordBytes == 0, "the occupancy has another size");
  Occupancy occupancy = occupancy_from_json(meta("occupancy"), bytes.size() / kWordBytes);
  expect(occupancy.bits().size() * kWordBytes == bytes.size(), "the occupancy has another size");
  expect(occupancy.box().low == box.low && occupancy.box().high == box.high, "the occupancy has another box");
  std::memcpy(occupancy.bits().data(), bytes.data(), bytes.size());
  occupancy.update_summaries();
  return occupancy;
}

SceneInfo SceneLoader::read_info(const Field& field) const {
  SceneInfo scene;
  scene_from_json(meta("scene"), scene);
  scene.training_json = check(reader_.meta("training"));
  scene.cameras = cameras_from_json(meta("cameras"));
  const std::size_t lenses = field.vignetting.size() / 3;
  for (const Camera& camera : scene.cameras) {
    expect(lenses == 0 || static_cast<std::size_t>(camera.lens) < lenses, "camera " + camera.name + " has a lens that is not there");
  }
  if (has("mean_code")) {
    expect(info("mean_code").channels == field.settings.code_size, "the mean code has another size");
    const core::Buffer<float> code = read_list("field.other", "mean_code", plain_layout(field.settings.code_size));
    scene.mean_code.assign(code.span().begin(), code.span().end());
  }
  const std::size_t pixels = static_cast<std::size_t>(scene.preview.width) * static_cast<std::size_t>(scene.preview.height);
  if (pixels > 0) {
    const std::vector<std::byte> bytes = check(reader_.blob("preview"));
    expect(bytes.size() == pixels * 3, "the preview has another size");
    scene.preview.pixels.resize(bytes.size());
    std::memcpy(scene.preview.pixels.data(), bytes.data(), bytes.size());
  }
  if (reader_.has_meta("objects")) {
    scene.objects = check(city::parse_catalogue(check(reader_.meta("objects")), path_.string()));
  }
  if (reader_.has_meta("bookmarks")) scene.bookmarks = bookmarks_from_json(meta("bookmarks"));
  return scene;
}

Scene SceneLoader::load(int levels) {
  Scene scene;
  Field& field = scene.field;
  field_from_json(meta("field"), field);
  if (levels < 0 || levels > field.settings.levels) {
    throw LoadFailure{{"cannot load " + std::to_string(levels) + " levels",
                       path_.string() + " has " + std::to_string(field.settings.levels),
                       "ask for 0 (all) to " + std::to_string(field.settings.levels)}};
  }
  const int wanted = levels == 0 ? field.settings.levels : levels;
  read_blocks(field, wanted);
  read_decoder(field, wanted);
  read_small_parts(field);
  field.occupancy = read_occupancy(field.box);
  scene.info = read_info(field);
  // The NeRF branch reads the features of all levels.
  if (wanted < field.settings.levels) field.nerf.clear();
  field.settings.levels = wanted;
  return scene;
}

}  // namespace

core::Status save_scene(const std::filesystem::path& path, const Field& field, const SceneInfo& info, const SaveOptions& options) {
  auto writer = SkyWriter::create(path, options.compression);
  if (!writer) return writer.error();
  const auto put_json = [&](const char* key, const json& value) { return writer->put_meta(key, text_of(value)); };
  if (auto put = put_json("field", field_to_json(field)); !put) return put;
  if (auto put = put_json("scene", scene_to_json(info)); !put) return put;
  if (auto put = put_json("cameras", cameras_to_json(info.cameras)); !put) return put;
  if (auto put = writer->put_meta("training", info.training_json); !put) return put;
  if (auto put = save_tensors(field, info, options.planes, *writer); !put) return put;
  if (!field.occupancy.bits().empty()) {
    if (auto put = put_json("occupancy", occupancy_to_json(field.occupancy)); !put) return put;
    if (auto put = writer->put_blob("occupancy", std::as_bytes(std::span(field.occupancy.bits()))); !put) return put;
  }
  if (!info.preview.pixels.empty()) {
    if (auto put = writer->put_blob("preview", std::as_bytes(std::span(info.preview.pixels))); !put) return put;
  }
  if (info.objects.size() > 0) {
    if (auto put = writer->put_meta("objects", city::write_catalogue(info.objects)); !put) return put;
  }
  if (!info.bookmarks.empty()) {
    if (auto put = put_json("bookmarks", bookmarks_to_json(info.bookmarks)); !put) return put;
  }
  return writer->finish();
}

core::Result<Scene> load_scene(const std::filesystem::path& path, int levels) {
  const auto reader = SkyReader::open(path);
  if (!reader) return reader.error();
  try {
    return SceneLoader(*reader, path).load(levels);
  } catch (const LoadFailure& failure) {
    return failure.error;
  } catch (const std::invalid_argument& wrong) {
    return damaged(path, wrong.what());
  } catch (const json::exception& wrong) {
    return damaged(path, wrong.what());
  }
}

}  // namespace skyline::nerf
