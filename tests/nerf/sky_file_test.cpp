#include "nerf/store/sky_file.h"

#include "core/file.h"
#include "core/parallel.h"
#include "nerf/store/tile_codec.h"
#include "tests/fuzz/sky_text.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fstream>
#include <functional>
#include <random>

namespace skyline::nerf {
namespace {

// An empty folder that vanishes with this object.
class SkyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "skyline-sky-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ / "city.sky";
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) found.push_back(entry.path().filename().string());
    return found;
  }
  const std::vector<std::string> only_city_{"city.sky"};
  std::filesystem::path folder_, path_;
};

FieldSettings small_settings() {
  FieldSettings s;
  s.levels = 3;
  s.density_channels = 5;
  s.appearance_channels = 7;
  s.volume_channels = 3;
  s.texel = 1;
  s.features = 11;
  s.hidden = 20;
  s.code_size = 6;
  s.codes = "on";
  s.surroundings_size = 8;
  return s;
}

void fill(std::span<float> values, int memory_channels, const std::function<bool(int)>& is_learned) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (is_learned(static_cast<int>(i % static_cast<std::size_t>(memory_channels)))) values[i] = normal(random);
  }
}

// A field whose every learned number is other than 0 and whose padding is 0.
Field make_field(const FieldSettings& s = small_settings(), const Box& box = {{-10.3, 5.1, -1}, {20.7, 30.9, 15}}) {
  Field field = std::move(*Field::create(s, box, 0.25, 4, 2, 3));
  for (Block& block : field.blocks) {
    const int density = field.density_channels();
    const auto is_learned = [&](int c) { return c < density ? c < s.density_channels : c - density < s.appearance_channels; };
    for (Plane& plane : block.planes) fill(plane.texels.span(), field.texel_channels(), is_learned);
    for (Line& line : block.lines) fill(line.texels.span(), field.texel_channels(), is_learned);
    if (s.volume_channels > 0) fill(block.volume.cells.span(), field.volume_channels(), [&](int c) { return c < s.volume_channels; });
  }
  fill(field.surroundings.span(), field.decoder_features(), [&](int c) { return c < s.features; });
  fill(field.sky.span(), field.decoder_features(), [&](int c) { return c < s.features; });
  fill(field.exposure.span(), 3, [](int) { return true; });
  fill(field.vignetting.span(), 3, [](int) { return true; });
  fill(field.decoder.layer0.bias.span(), field.decoder.layer0.outputs, [&](int c) { return c < s.hidden; });
  field.occupancy = Occupancy(box, 0.7);
  for (int i = 0; i < 20; ++i) field.occupancy.set(i, (i * 3) % field.occupancy.rows(), i % field.occupancy.layers(), true);
  field.occupancy.update_summaries();
  return field;
}

SceneInfo make_info() {
  SceneInfo info;
  info.name = "Old town, \"north\" 北";
  info.credit = "photos: nobody";
  info.training_width = 480;
  info.training_json = R"({"steps": 12, "timing": {"seconds": 3.5}})";
  for (int i = 0; i < 4; ++i) {
    Camera camera;
    camera.name = "photo" + std::to_string(i) + ".jpg";
    camera.width = 480;
    camera.height = 270;
    camera.fl_x = 400.1 + i;
    camera.fl_y = 400.2;
    camera.cx = 240.5;
    camera.cy = 135.5;
    camera.distortion = {0.1, -0.02, 0.003, 1e-4, -1e-5};
    camera.rotation = glm::dmat3(0.36, 0.48, -0.8, -0.8, 0.6, 0, 0.48, 0.64, 0.6);
    camera.position = {1.0 / 3 + i, 2, -7e-9};
    camera.lens = i % 2;
    info.cameras.push_back(camera);
  }
  info.home = info.cameras[1];
  info.flight = {{0, 1, 2}, {0.1, 0.2, 0.3}};
  info.near_distance = 0.1;
  info.far_distance = 1e3;
  info.mean_code = {1, 2, 3, 4, 5, 1.0F / 3};
  info.preview = {.width = 3, .height = 2, .pixels = std::vector<std::uint8_t>(18, 77)};
  return info;
}

const SaveOptions kLossless{.planes = Encoding::kFloat32};

void expect_same_camera(const Camera& a, const Camera& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  EXPECT_EQ(a.fl_x, b.fl_x);
  EXPECT_EQ(a.fl_y, b.fl_y);
  EXPECT_EQ(a.cx, b.cx);
  EXPECT_EQ(a.cy, b.cy);
  EXPECT_EQ(a.distortion.k1, b.distortion.k1);
  EXPECT_EQ(a.distortion.k2, b.distortion.k2);
  EXPECT_EQ(a.distortion.k3, b.distortion.k3);
  EXPECT_EQ(a.distortion.p1, b.distortion.p1);
  EXPECT_EQ(a.distortion.p2, b.distortion.p2);
  EXPECT_EQ(a.rotation, b.rotation);
  EXPECT_EQ(a.position, b.position);
  EXPECT_EQ(a.lens, b.lens);
}

bool same_bits(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

void expect_same_field(Field& a, Field& b) {
  const auto groups_a = a.groups(), groups_b = b.groups();
  ASSERT_EQ(groups_a.size(), groups_b.size());
  for (std::size_t i = 0; i < groups_a.size(); ++i) {
    EXPECT_EQ(groups_a[i].name, groups_b[i].name);
    EXPECT_EQ(groups_a[i].channels, groups_b[i].channels);
    EXPECT_TRUE(same_bits(groups_a[i].values, groups_b[i].values)) << groups_a[i].name;
  }
}

std::vector<float> noise(std::size_t count, unsigned seed = 1) {
  std::vector<float> values(count);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  for (float& value : values) value = normal(random);
  return values;
}

void flip(const std::filesystem::path& path, std::int64_t offset) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(offset);
  const int byte = file.get();
  file.seekp(offset);
  file.put(static_cast<char>(byte ^ 0x10));
}

TEST_F(SkyFile, ASceneIsReadBackBitForBit) {
  Field field = make_field();
  field.density_scale = 1.0 / 3;
  const SceneInfo info = make_info();
  ASSERT_TRUE(save_scene(path_, field, info, kLossless).ok());
  EXPECT_EQ(names(), only_city_);
  auto loaded = load_scene(path_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message();
  Field& read = loaded->field;
  expect_same_field(field, read);
  EXPECT_EQ(read.box.low, field.box.low);
  EXPECT_EQ(read.box.high, field.box.high);
  EXPECT_EQ(read.ground_z, field.ground_z);
  EXPECT_EQ(read.finest_texel, field.finest_texel);
  EXPECT_EQ(read.density_scale, field.density_scale);
  EXPECT_EQ(read.use_codes, field.use_codes);
  EXPECT_EQ(read.settings.codes, "on");
  EXPECT_EQ(read.settings.hidden, 20);
  EXPECT_EQ(read.blocks[0].extent.high, field.blocks[0].extent.high);
  EXPECT_EQ(read.blocks[0].planes[2].columns, field.blocks[0].planes[2].columns);
  EXPECT_EQ(read.blocks[0].planes[2].rows, field.blocks[0].planes[2].rows);
  EXPECT_EQ(read.blocks[0].lines[1].size, field.blocks[0].lines[1].size);
  EXPECT_EQ(read.blocks[0].volume.layers, field.blocks[0].volume.layers);
  EXPECT_EQ(read.decoder.layer0.inputs, field.decoder.layer0.inputs);
  EXPECT_EQ(read.occupancy.bits(), field.occupancy.bits());
  EXPECT_EQ(read.occupancy.cell(), field.occupancy.cell());
  EXPECT_TRUE(read.occupancy.brick_occupied(0, 0, 0));

  const SceneInfo& got = loaded->info;
  EXPECT_EQ(got.name, info.name);
  EXPECT_EQ(got.credit, info.credit);
  EXPECT_EQ(got.training_width, info.training_width);
  EXPECT_EQ(got.training_json, info.training_json);
  ASSERT_EQ(got.cameras.size(), info.cameras.size());
  for (std::size_t i = 0; i < info.cameras.size(); ++i) expect_same_camera(got.cameras[i], info.cameras[i]);
  expect_same_camera(got.home, info.home);
  EXPECT_EQ(got.flight, info.flight);
  EXPECT_EQ(got.near_distance, info.near_distance);
  EXPECT_EQ(got.far_distance, info.far_distance);
  EXPECT_EQ(got.mean_code, info.mean_code);
  EXPECT_EQ(got.preview.width, 3);
  EXPECT_EQ(got.preview.pixels, info.preview.pixels);
}

city::Catalogue one_tower() {
  city::Object tower;
  tower.id = 12;
  tower.object_class = city::ObjectClass::kTower;
  tower.name = "Harbour Tower";
  tower.name_zh = "海港大厦";
  tower.footprint = {{0, 0}, {8, 0}, {8, 8}, {0, 8}};
  tower.height = 84;
  city::Catalogue catalogue;
  EXPECT_TRUE(catalogue.add(tower).ok());
  return catalogue;
}

TEST_F(SkyFile, AnAdditionLeavesEverythingElseBitForBitAndIsReadBack) {
  Field field = make_field();
  ASSERT_TRUE(save_scene(path_, field, make_info(), {}).ok());
  const auto before = load_scene(path_);
  ASSERT_TRUE(before.ok());
  EXPECT_EQ(before->info.objects.size(), 0U);
  const city::Catalogue objects = one_tower();
  const std::vector<city::Bookmark> bookmarks = city::make_bookmarks(objects, 5);
  ASSERT_EQ(bookmarks.size(), 2U);
  const std::filesystem::path target = folder_ / "with.sky";
  ASSERT_TRUE(amend_scene(path_, target, {.objects = &objects, .bookmarks = &bookmarks}).ok());
  auto after = load_scene(target);
  ASSERT_TRUE(after.ok()) << after.error().message();
  EXPECT_EQ(city::write_catalogue(after->info.objects), city::write_catalogue(objects));
  ASSERT_EQ(after->info.bookmarks.size(), 2U);
  EXPECT_EQ(after->info.bookmarks[1].name_zh, "海港大厦");
  expect_same_camera(after->info.bookmarks[1].camera, bookmarks[1].camera);
  auto original = load_scene(path_);
  ASSERT_TRUE(original.ok());
  expect_same_field(original->field, after->field);
  const auto reader = SkyReader::open(target);
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(reader->verify()->empty());
  // In place, and a second time: the new catalogue takes the place of the old one, bookmarks stay.
  const city::Catalogue none;
  ASSERT_TRUE(amend_scene(target, target, {.objects = &none}).ok());
  after = load_scene(target);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->info.objects.size(), 0U);
  EXPECT_EQ(after->info.bookmarks.size(), 2U);
  EXPECT_EQ(names().size(), 2U);
}

TEST_F(SkyFile, ADamagedSceneIsNotAmended) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  flip(path_, 3 * 4096 + 17);
  const city::Catalogue objects = one_tower();
  EXPECT_FALSE(amend_scene(path_, folder_ / "with.sky", {.objects = &objects}).ok());
  EXPECT_EQ(names(), only_city_);
}

TEST_F(SkyFile, ASceneOfSeveralBlocksAndANerfBranchIsReadBack) {
  FieldSettings s = small_settings();
  s.blocks_x = 3;
  s.blocks_y = 2;
  Field field = make_field(s);
  for (int i = 0; i < 2; ++i) {
    DenseLayer layer{.inputs = 5, .outputs = 16, .weights = {}, .bias = {}};
    layer.weights = std::move(*core::Buffer<float>::create("test", 80));
    layer.bias = std::move(*core::Buffer<float>::create("test", 16));
    fill(layer.weights.span(), 16, [](int) { return true; });
    field.nerf.push_back(std::move(layer));
  }
  ASSERT_TRUE(save_scene(path_, field, make_info(), kLossless).ok());
  auto loaded = load_scene(path_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message();
  ASSERT_EQ(loaded->field.blocks.size(), 6u);
  EXPECT_EQ(loaded->field.blocks[4].extent.low, field.blocks[4].extent.low);
  EXPECT_EQ(loaded->field.blocks[4].region.low, field.blocks[4].region.low);
  expect_same_field(field, loaded->field);
}

TEST_F(SkyFile, ASceneWithoutOptionalPartsIsReadBack) {
  FieldSettings s = small_settings();
  s.volume_channels = 0;
  s.codes = "off";
  s.vignetting = s.sky = s.surroundings = false;
  Field field = std::move(*Field::create(s, {{0, 0, 0}, {16, 16, 8}}, 0, 1, 1, 1));
  ASSERT_TRUE(save_scene(path_, field, {}, {}).ok());
  auto loaded = load_scene(path_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message();
  EXPECT_TRUE(loaded->field.sky.empty());
  EXPECT_TRUE(loaded->field.codes.empty());
  EXPECT_TRUE(loaded->field.occupancy.bits().empty());
  EXPECT_TRUE(loaded->info.cameras.empty());
  EXPECT_TRUE(loaded->info.preview.pixels.empty());
}

TEST_F(SkyFile, APrefixOfTheLevelsIsThePrefixOfTheField) {
  Field field = make_field();
  ASSERT_TRUE(save_scene(path_, field, make_info(), kLossless).ok());
  for (int levels = 1; levels <= 3; ++levels) {
    auto loaded = load_scene(path_, levels);
    ASSERT_TRUE(loaded.ok()) << loaded.error().message();
    const Field& read = loaded->field;
    EXPECT_EQ(read.settings.levels, levels);
    ASSERT_EQ(read.blocks[0].planes.size(), static_cast<std::size_t>(levels));
    for (std::size_t l = 0; l < read.blocks[0].planes.size(); ++l) {
      EXPECT_TRUE(same_bits(read.blocks[0].planes[l].texels.span(), field.blocks[0].planes[l].texels.span()));
      EXPECT_TRUE(same_bits(read.blocks[0].lines[l].texels.span(), field.blocks[0].lines[l].texels.span()));
    }
    const DenseLayer& basis = read.decoder.basis;
    ASSERT_EQ(basis.inputs, read.feature_count());
    ASSERT_EQ(basis.weights.size(), static_cast<std::size_t>(basis.inputs * basis.outputs));
    const int kept = levels * field.appearance_channels();
    for (int row = 0; row < basis.inputs; ++row) {
      const int from = row < kept ? row : row - kept + 3 * field.appearance_channels();
      const auto outputs = static_cast<std::size_t>(basis.outputs);
      EXPECT_TRUE(same_bits(basis.weights.span().subspan(static_cast<std::size_t>(row) * outputs, outputs),
                            field.decoder.basis.weights.span().subspan(static_cast<std::size_t>(from) * outputs, outputs)));
    }
  }
  EXPECT_FALSE(load_scene(path_, 4).ok());
  EXPECT_FALSE(load_scene(path_, -1).ok());
}

TEST_F(SkyFile, PaddingIsNotStored) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  const auto reader = SkyReader::open(path_);
  ASSERT_TRUE(reader.ok());
  const auto tensors = reader->tensors();
  ASSERT_TRUE(tensors.ok());
  for (const TensorInfo& info : *tensors) {
    if (info.name.find("plane") != std::string::npos) {
      EXPECT_EQ(info.channels, 12);
    }
    if (info.name == "block0.volume") {
      EXPECT_EQ(info.channels % 3, 0);
    }
    if (info.name == "decoder.layer2.weights") {
      EXPECT_EQ(info.channels, 3);
    }
    if (info.name == "sky") {
      EXPECT_EQ(info.channels, 11);
    }
  }
}

TEST_F(SkyFile, TensorsOfAnyShapeAreReadBackAcrossTiles) {
  const std::array<std::array<int, 3>, 6> shapes{{{1, 1, 1}, {127, 129, 3}, {128, 128, 1}, {300, 257, 2}, {1, 1000, 5}, {129, 1, 4}}};
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer.ok());
  std::vector<TensorInfo> infos;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    infos.push_back({.name = "t" + std::to_string(i), .rows = shapes[i][0], .columns = shapes[i][1], .channels = shapes[i][2]});
    const auto count = static_cast<std::size_t>(shapes[i][0] * shapes[i][1] * shapes[i][2]);
    ASSERT_TRUE(writer->put_tensor(infos.back(), noise(count, static_cast<unsigned>(i))).ok());
  }
  ASSERT_TRUE(writer->finish().ok());
  EXPECT_FALSE(writer->finish().ok());
  const auto reader = SkyReader::open(path_);
  ASSERT_TRUE(reader.ok());
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const auto expected = noise(static_cast<std::size_t>(infos[i].rows * infos[i].columns * infos[i].channels), static_cast<unsigned>(i));
    std::vector<float> values(expected.size());
    ASSERT_TRUE(reader->tensor(infos[i].name, values).ok());
    EXPECT_TRUE(same_bits(values, expected)) << i;
    values.push_back(0);
    EXPECT_FALSE(reader->tensor(infos[i].name, values).ok());
  }
  EXPECT_FALSE(reader->tensor("none", {}).ok());
  EXPECT_TRUE(reader->verify()->empty());
}

TEST_F(SkyFile, Float32KeepsEveryBit) {
  std::vector<float> values = noise(1000);
  values[0] = -0.0F;
  values[1] = std::bit_cast<float>(0x7FC01234U);
  values[2] = INFINITY;
  values[3] = std::bit_cast<float>(1U);
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer->put_tensor({.name = "t", .rows = 10, .columns = 10, .channels = 10}, values).ok());
  ASSERT_TRUE(writer->finish().ok());
  std::vector<float> read(1000);
  ASSERT_TRUE(SkyReader::open(path_)->tensor("t", read).ok());
  EXPECT_TRUE(same_bits(values, read));
}

TEST_F(SkyFile, Float16IsTheNearestHalf) {
  for (std::uint32_t h = 0; h < 0x7C00U; ++h) {
    const auto half = static_cast<std::uint16_t>(h);
    const float value = float_from_half(half);
    const int exponent = static_cast<int>(h >> 10), mantissa = static_cast<int>(h & 0x3FFU);
    ASSERT_EQ(value, exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25));
    ASSERT_EQ(half_from_float(value), half);
    ASSERT_EQ(half_from_float(-value), half | 0x8000U);
    const float next = h + 1 < 0x7C00U ? float_from_half(static_cast<std::uint16_t>(h + 1)) : 65536.0F;
    const float middle = value + (next - value) / 2;
    ASSERT_EQ(half_from_float(middle), h + (h & 1U)) << value;
    ASSERT_EQ(half_from_float(std::nextafter(middle, 0.0F)), h);
    ASSERT_EQ(half_from_float(std::nextafter(middle, 1e9F)), h + 1);
  }
  EXPECT_TRUE(std::isinf(float_from_half(half_from_float(1e9F))));
  EXPECT_TRUE(std::isnan(float_from_half(half_from_float(NAN))));
}

TEST_F(SkyFile, Int8IsWithinHalfAStepOfTheLargestOfItsChannelAndTile) {
  const TensorInfo info{.name = "t", .rows = 130, .columns = 140, .channels = 3, .encoding = Encoding::kInt8};
  std::vector<float> values = noise(130 * 140 * 3);
  for (std::size_t i = 1; i < values.size(); i += 3) values[i] *= 1000;
  for (std::size_t i = 2; i < values.size(); i += 3) values[i] = 0;
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer->put_tensor(info, values).ok());
  ASSERT_TRUE(writer->finish().ok());
  std::vector<float> read(values.size());
  ASSERT_TRUE(SkyReader::open(path_)->tensor("t", read).ok());
  for (std::int64_t t = 0; t < tile_count(info); ++t) {
    const Tile tile = tile_at(info, t);
    for (int c = 0; c < 3; ++c) {
      float largest = 0, error = 0;
      for (int r = 0; r < tile.stored_rows; ++r) {
        for (int x = 0; x < tile.stored_columns; ++x) {
          const auto i = static_cast<std::size_t>(((tile.first_row + r) * 140 + tile.first_column + x) * 3 + c);
          largest = std::max(largest, std::abs(values[i]));
          if (r < tile.own_rows && x < tile.own_columns) error = std::max(error, std::abs(values[i] - read[i]));
        }
      }
      EXPECT_LE(error, largest / 254 * 1.0001F);
    }
  }
}

TEST_F(SkyFile, NumbersThatAnEncodingCannotHoldAreAnError) {
  for (const Encoding encoding : {Encoding::kFloat16, Encoding::kInt8}) {
    for (const float bad : {NAN, INFINITY, 70000.0F}) {
      auto writer = SkyWriter::create(path_);
      const std::vector<float> values{1.0F, bad};
      EXPECT_FALSE(writer->put_tensor({.name = "t", .rows = 1, .columns = 2, .channels = 1, .encoding = encoding}, values).ok());
      EXPECT_FALSE(writer->finish().ok());
    }
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(SkyFile, ATileHoldsItsNeighboursFirstTexels) {
  const TensorInfo info{.name = "t", .rows = 200, .columns = 129, .channels = 1};
  const Tile first = tile_at(info, 0);
  EXPECT_EQ(first.stored_rows, 129);
  EXPECT_EQ(first.stored_columns, 129);
  EXPECT_EQ(first.own_columns, 128);
  const Tile last = tile_at(info, 3);
  EXPECT_EQ(last.stored_rows, 72);
  EXPECT_EQ(last.stored_columns, 1);
}

TEST_F(SkyFile, ACutFileIsAnError) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  const auto bytes = core::read_file(path_);
  const std::size_t size = bytes->size();
  std::vector<std::size_t> cuts{0, 1, 15, 99, 100, 4095, 4096, 8191, 8192, size - 4096, size - 1};
  for (std::size_t cut = 1000; cut < size; cut += 9973) cuts.push_back(cut);
  const auto cut_path = folder_ / "cut.sky";
  for (const std::size_t cut : cuts) {
    ASSERT_TRUE(core::write_file_atomic(cut_path, std::span(*bytes).first(cut)).ok());
    EXPECT_FALSE(SkyReader::open(cut_path).ok()) << cut;
    EXPECT_FALSE(SkyReader::open(cut_path, false).ok()) << cut;
    EXPECT_FALSE(load_scene(cut_path).ok()) << cut;
  }
  std::vector<std::byte> longer = *bytes;
  longer.push_back(std::byte{0});
  ASSERT_TRUE(core::write_file_atomic(cut_path, longer).ok());
  EXPECT_FALSE(SkyReader::open(cut_path).ok());
}

TEST_F(SkyFile, AnyFlippedByteIsFound) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path_));
  std::vector<std::int64_t> places;
  for (std::int64_t i = 0; i < 100; ++i) places.push_back(i);
  for (std::int64_t i = 8100; i < 8192; ++i) places.push_back(i);
  for (std::int64_t i = 100; i < size; i += 397) places.push_back(i);
  for (const std::int64_t place : places) {
    flip(path_, place);
    EXPECT_FALSE(SkyReader::open(path_).ok()) << place;
    EXPECT_FALSE(load_scene(path_).ok()) << place;
    if (const auto reader = SkyReader::open(path_, false); reader.ok()) {
      EXPECT_FALSE(reader->verify()->empty()) << place;
    }
    flip(path_, place);
  }
  EXPECT_TRUE(SkyReader::open(path_).ok());
}

TEST_F(SkyFile, EveryDamagedTileIsListed) {
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer->put_tensor({.name = "wide", .rows = 1, .columns = 1024, .channels = 8}, noise(8192)).ok());
  ASSERT_TRUE(writer->finish().ok());
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path_));
  flip(path_, size - 2000);
  flip(path_, size - 12000);
  const auto reader = SkyReader::open(path_, false);
  ASSERT_TRUE(reader.ok());
  const auto faults = reader->verify();
  ASSERT_TRUE(faults.ok());
  EXPECT_GE(faults->size(), 3u);  // the hash and two tiles
  EXPECT_EQ(
      std::count_if(faults->begin(), faults->end(), [](const std::string& line) { return line.find("tile 0, ") != std::string::npos; }), 2);
  std::vector<float> values(8192);
  EXPECT_FALSE(reader->tensor("wide", values).ok());
}

TEST_F(SkyFile, OtherFilesAreNotASky) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string(5000, 'x'), "SQLite format 3" + std::string(300, '\0')}) {
    ASSERT_TRUE(core::write_file_atomic(path_, std::as_bytes(std::span(text))).ok());
    const auto reader = SkyReader::open(path_);
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().what, "not a .sky file");
  }
  EXPECT_FALSE(SkyReader::open(folder_).ok());
  EXPECT_NE(SkyReader::open(folder_ / "none.sky").error().message().find("No such file"), std::string::npos);
}

TEST_F(SkyFile, AnotherVersionIsAnErrorThatNamesBoth) {
  ASSERT_TRUE(SkyWriter::create(path_)->finish().ok());
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(63);
  file.put(7);
  file.close();
  const auto reader = SkyReader::open(path_);
  ASSERT_FALSE(reader.ok());
  EXPECT_NE(reader.error().message().find("version 7"), std::string::npos);
  EXPECT_NE(reader.error().message().find("version 1"), std::string::npos);
}

TEST_F(SkyFile, AbandonedWritingLeavesTheOldFile) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  const auto before = core::read_file(path_);
  {
    auto writer = SkyWriter::create(path_);
    ASSERT_TRUE(writer->put_tensor({.name = "t", .rows = 200, .columns = 200, .channels = 4}, noise(160000)).ok());
    EXPECT_EQ(names().size(), 2u);
  }
  EXPECT_EQ(names(), only_city_);
  EXPECT_EQ(core::read_file(path_).value(), *before);
}

TEST_F(SkyFile, AKilledWriterLeavesTheOldFile) {
  ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
  const pid_t child = fork();
  if (child == 0) {
    auto writer = SkyWriter::create(path_);
    const std::vector<std::byte> content(100000, std::byte{3});
    if (writer.ok()) static_cast<void>(writer->put_blob("a", content));
    raise(SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(load_scene(path_).ok());
}

TEST_F(SkyFile, AFullDiskIsOneClearErrorThatKeepsTheOldFile) {
  const Field field = make_field();
  ASSERT_TRUE(save_scene(path_, field, make_info(), {}).ok());
  const auto before = core::read_file(path_);
  rlimit old_limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t bytes : {0, 3000, 20000, 100000}) {
    rlimit limit = old_limit;
    limit.rlim_cur = bytes;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto saved = save_scene(path_, field, make_info(), kLossless);
    setrlimit(RLIMIT_FSIZE, &old_limit);
    ASSERT_FALSE(saved.ok());
    EXPECT_NE(saved.error().message().find("cannot write the scene file"), std::string::npos) << saved.error().message();
    EXPECT_NE(saved.error().message().find("free space"), std::string::npos) << saved.error().message();
    EXPECT_EQ(names(), only_city_);
    EXPECT_EQ(core::read_file(path_).value(), *before);
  }
  std::signal(SIGXFSZ, old_handler);
}

TEST_F(SkyFile, AnErrorOfTheWriterStays) {
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer->put_meta("a", "{}").ok());
  EXPECT_FALSE(writer->put_meta("b", "{not json").ok());
  EXPECT_FALSE(writer->put_meta("c", "{}").ok());
  EXPECT_FALSE(writer->finish().ok());
  auto again = SkyWriter::create(path_);
  ASSERT_TRUE(again->put_blob("x", {}).ok());
  EXPECT_FALSE(again->put_blob("x", {}).ok());
  auto wrong_size = SkyWriter::create(path_);
  EXPECT_FALSE(wrong_size->put_tensor({.name = "t", .rows = 2, .columns = 2, .channels = 2}, noise(7)).ok());
  EXPECT_TRUE(names().empty());
  EXPECT_FALSE(SkyWriter::create(folder_ / "none" / "city.sky").ok());
  EXPECT_FALSE(SkyWriter::create(folder_).ok());
}

TEST_F(SkyFile, AReaderKeepsTheFileThatItOpened) {
  const std::vector<float> old_values = noise(40000, 1), new_values = noise(40000, 2);
  const TensorInfo info{.name = "t", .rows = 100, .columns = 100, .channels = 4};
  const auto write = [&](const std::vector<float>& values) {
    auto writer = SkyWriter::create(path_);
    ASSERT_TRUE(writer->put_tensor(info, values).ok());
    ASSERT_TRUE(writer->finish().ok());
  };
  write(old_values);
  const auto reader = SkyReader::open(path_);
  ASSERT_TRUE(reader.ok());
  write(new_values);
  std::vector<float> read(40000);
  ASSERT_TRUE(reader->tensor("t", read).ok());
  EXPECT_TRUE(same_bits(read, old_values));
  EXPECT_EQ(names(), only_city_);
}

TEST_F(SkyFile, MetaAndBlobsAreReadBack) {
  const std::vector<std::byte> content(100000, std::byte{9});
  auto writer = SkyWriter::create(path_);
  ASSERT_TRUE(writer->put_meta("key", R"({ "a" : 1 })").ok());
  ASSERT_TRUE(writer->put_blob("big", content).ok());
  ASSERT_TRUE(writer->put_blob("empty", {}).ok());
  ASSERT_TRUE(writer->finish().ok());
  const auto reader = SkyReader::open(path_);
  EXPECT_EQ(reader->meta("key").value(), R"({ "a" : 1 })");
  EXPECT_FALSE(reader->meta("none").ok());
  EXPECT_EQ(reader->blob("big").value(), content);
  EXPECT_TRUE(reader->blob("empty")->empty());
  EXPECT_TRUE(reader->has_blob("empty"));
  EXPECT_FALSE(reader->has_blob("none"));
  EXPECT_FALSE(reader->blob("none").ok());
}

TEST_F(SkyFile, AnyFileNameIsTakenLiterally) {
  const auto path = folder_ / "a?b#c %41 ü&mode=rw.sky";
  ASSERT_TRUE(save_scene(path, make_field(), make_info(), {}).ok());
  EXPECT_TRUE(load_scene(path).ok());
  EXPECT_EQ(names(), std::vector<std::string>{path.filename().string()});
}

TEST_F(SkyFile, TheFileDoesNotDependOnTheNumberOfThreads) {
  const Field field = make_field();
  ASSERT_TRUE(save_scene(path_, field, make_info(), {}).ok());
  const auto many = core::read_file(path_);
  const core::ThreadLimit limit(1);
  ASSERT_TRUE(save_scene(path_, field, make_info(), {}).ok());
  EXPECT_EQ(core::read_file(path_).value(), *many);
}

TEST_F(SkyFile, TheContentHashIsThatOfTheFieldAndNotOfTheTimes) {
  Field field = make_field();
  SceneInfo info = make_info();
  const auto hash = [&](const SaveOptions& options) {
    EXPECT_TRUE(save_scene(path_, field, info, options).ok());
    return SkyReader::open(path_)->content_hash().value();
  };
  const std::string first = hash({});
  EXPECT_EQ(first.size(), 16u);
  info.training_json = R"({"timing": {"seconds": 99}, "steps":12})";
  EXPECT_EQ(hash({}), first);
  EXPECT_EQ(hash({.compression = 12}), first);
  EXPECT_NE(hash(kLossless), first);
  field.blocks[0].lines[0].texels[0] += 1e-6F;
  EXPECT_NE(hash({}), first);
  field = make_field();
  info.cameras[2].position.x += 1e-9;
  EXPECT_NE(hash({}), first);
}

// Everything below has right checksums: the content itself is wrong.
class SkyContent : public SkyFile {
 protected:
  void SetUp() override {
    SkyFile::SetUp();
    ASSERT_TRUE(save_scene(path_, make_field(), make_info(), {}).ok());
    text_ = fuzz::text_of_sky(path_);
    fuzz::write_sky(text_, path_);
    ASSERT_TRUE(load_scene(path_).ok()) << load_scene(path_).error().message();
  }
  // The first `from` in the file's text becomes `to`.
  void expect_refused(const std::string& from, const std::string& to, const std::string& part) {
    std::string changed = text_;
    const std::size_t at = changed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    fuzz::write_sky(changed.replace(at, from.size(), to), path_);
    const auto loaded = load_scene(path_);
    ASSERT_FALSE(loaded.ok()) << to;
    EXPECT_NE(loaded.error().message().find(part), std::string::npos) << loaded.error().message();
  }
  std::string text_;
};

TEST_F(SkyContent, NumbersThatDoNotFitTheirTypeAreRefused) {
  expect_refused(R"("training_width":480)", R"("training_width":1e300)", "whole number");
  expect_refused(R"("lens":0)", R"("lens":0.5)", "whole number");
  expect_refused(R"("w":480)", R"("w":4294967296)", "whole number");
}

TEST_F(SkyContent, CamerasAndBoxesBeyondWhatRaysCanReachAreRefused) {
  expect_refused(R"("high":[20.7)", R"("high":[1e300)", "too far away");
  expect_refused(R"("fl_x":400.1)", R"("fl_x":-400.1)", "focal length");
}

TEST_F(SkyContent, AFieldThatRaysWouldNeverLeaveIsRefused) {
  expect_refused(R"("finest_texel":1.0)", R"("finest_texel":1e-9)", "larger than its texels reach");
  expect_refused(R"("finest_texel":1.0)", R"("finest_texel":0)", "not positive");
  expect_refused(R"("box":{"high":[20.7)", R"("box":{"high":[2e9)", "");
}

TEST_F(SkyContent, JsonThatNestsWithoutEndIsAFaultAndNotACrash) {
  constexpr std::size_t kDepth = 200000;
  fuzz::write_sky("meta training {\"a\": " + std::string(kDepth, '[') + std::string(kDepth, ']') + "}\n", path_);
  const auto reader = SkyReader::open(path_);
  ASSERT_TRUE(reader.ok());
  EXPECT_FALSE(reader->meta("training").ok());
  EXPECT_FALSE(reader->content_hash().ok());
  EXPECT_EQ(reader->verify()->size(), 1u);
}

}  // namespace
}  // namespace skyline::nerf
