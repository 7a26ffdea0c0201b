#include "core/file.h"
#include "nerf/data/dataset.h"
#include "nerf/data/photo_cache.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(fs::temp_directory_path() / ("skyline_data_test_" + std::to_string(::getpid()) + "_" + std::to_string(count_++))) {
    fs::create_directories(path_);
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void write_photo(const std::string& name, int width, int height, std::uint8_t value = 100) const {
    fs::create_directories((path_ / name).parent_path());
    const core::Image image{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3), value)};
    ASSERT_TRUE(core::save_image(image, path_ / name).ok());
  }

 private:
  fs::path path_;
  static inline int count_ = 0;
};

json frame(const std::string& path, double x) {
  return {{"file_path", path}, {"transform_matrix", {{1, 0, 0, x}, {0, 1, 0, 0}, {0, 0, 1, 50}, {0, 0, 0, 1}}}};
}

json small_transforms() {
  json file = {{"w", 40}, {"h", 20}, {"fl_x", 30.0}, {"fl_y", 30.0}, {"cx", 20.0}, {"cy", 10.0}};
  for (int i = 0; i < 3; ++i) file["frames"].push_back(frame("images/p" + std::to_string(2 - i) + ".png", 10.0 * i));
  return file;
}

void write_small_dataset(const TemporaryFolder& folder, const json& transforms) {
  for (int i = 0; i < 3; ++i) folder.write_photo("images/p" + std::to_string(i) + ".png", 40, 20, static_cast<std::uint8_t>(50 * i));
  folder.write("transforms.json", transforms.dump());
}

void expect_error(const core::Result<Dataset>& dataset, const std::string& part) {
  ASSERT_FALSE(dataset.ok()) << "expected: " << part;
  EXPECT_NE(dataset.error().message().find(part), std::string::npos) << dataset.error().message();
}

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

template <class T>
void append(std::string& bytes, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  bytes.append(raw, sizeof(T));
}

struct ColmapBytes {
  std::string cameras, images, points;
};

// Three photos by one OPENCV camera, turned 90 degrees about z; one point with a track of 2.
ColmapBytes small_colmap() {
  ColmapBytes model;
  append<std::uint64_t>(model.cameras, 1);
  append<std::uint32_t>(model.cameras, 7);
  append<std::int32_t>(model.cameras, 4);
  append<std::uint64_t>(model.cameras, 40);
  append<std::uint64_t>(model.cameras, 20);
  for (const double value : {30.0, 31.0, 20.0, 10.0, 0.01, 0.02, 0.001, 0.002}) append(model.cameras, value);
  append<std::uint64_t>(model.images, 3);
  for (std::uint32_t i = 0; i < 3; ++i) {
    append<std::uint32_t>(model.images, i + 1);
    for (const double value : {std::sqrt(0.5), 0.0, 0.0, std::sqrt(0.5), double(i), 2.0, 3.0}) append(model.images, value);
    append<std::uint32_t>(model.images, 7);
    model.images += "p" + std::to_string(i) + ".png" + '\0';
    append<std::uint64_t>(model.images, 1);
    append(model.images, 1.0), append(model.images, 2.0), append<std::int64_t>(model.images, -1);
  }
  append<std::uint64_t>(model.points, 1);
  append<std::uint64_t>(model.points, 99);
  for (const double value : {1.0, 2.0, 3.0}) append(model.points, value);
  model.points += "\x0a\x14\x1e";
  append(model.points, 0.5);
  append<std::uint64_t>(model.points, 2);
  for (int i = 0; i < 4; ++i) append<std::uint32_t>(model.points, 1);
  return model;
}

TEST(LoadDataset, ReadsTransformsInNameOrder) {
  TemporaryFolder folder;
  write_small_dataset(folder, small_transforms());
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok()) << dataset.error().message();
  ASSERT_EQ(dataset->photos.size(), 3u);
  EXPECT_EQ(dataset->photos[0].camera.name, "p0.png");
  EXPECT_EQ(dataset->photos[0].camera.position.x, 20);
  EXPECT_EQ(dataset->photos[2].camera.position.x, 0);
  EXPECT_EQ(dataset->lenses.size(), 1u);
  EXPECT_TRUE(dataset->points.empty());
}

TEST(LoadDataset, PrefersTheTrainingSplitAndFindsNamedOnes) {
  TemporaryFolder folder;
  json transforms = small_transforms();
  write_small_dataset(folder, transforms);
  transforms["frames"].erase(0);
  folder.write("transforms_train.json", transforms.dump());
  core::Result<Dataset> train = load_dataset(folder.path(), {.split = "", .minimum_photos = 1});
  ASSERT_TRUE(train.ok()) << train.error().message();
  EXPECT_EQ(train->photos.size(), 2u);
  core::Result<Dataset> all = load_dataset(folder.path(), {.split = "transforms.json"});
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->photos.size(), 3u);
  core::Result<Dataset> by_path = load_dataset(folder.path(), {.split = (folder.path() / "transforms.json").string()});
  EXPECT_TRUE(by_path.ok());
  expect_error(load_dataset(folder.path(), {.split = "none.json"}), "split not found: none.json");
  expect_error(load_dataset(folder.path(), {}), "2 photos are too few");
}

TEST(LoadDataset, FollowsUniformlyScaledPhotos) {
  TemporaryFolder folder;
  write_small_dataset(folder, small_transforms());
  folder.write_photo("images/p1.png", 20, 10);
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok()) << dataset.error().message();
  EXPECT_EQ(dataset->photos[1].camera.width, 20);
  EXPECT_EQ(dataset->photos[1].camera.fl_x, 15);
}

TEST(LoadDataset, TakesAMissingSizeFromThePhoto) {
  TemporaryFolder folder;
  json transforms = small_transforms();
  for (const char* key : {"w", "h", "fl_x", "fl_y", "cx", "cy"}) transforms.erase(key);
  transforms["camera_angle_x"] = 1.5707963267948966;
  for (json& entry : transforms["frames"]) {
    const std::string path = entry["file_path"];
    entry["file_path"] = path.substr(0, path.size() - 4);  // instant-ngp leaves the extension out
  }
  write_small_dataset(folder, transforms);
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok()) << dataset.error().message();
  EXPECT_EQ(dataset->photos[0].camera.width, 40);
  EXPECT_NEAR(dataset->photos[0].camera.fl_y, 20, 1e-9);
  EXPECT_EQ(dataset->photos[0].camera.cy, 10);
}

TEST(LoadDataset, TellsEveryBrokenInputInOneSentence) {
  expect_error(load_dataset("/nonexistent/folder", {}), "does not exist");
  const auto broken = [](const std::string& part, const auto& change) {
    TemporaryFolder folder;
    json transforms = small_transforms();
    write_small_dataset(folder, transforms);
    change(folder, transforms);
    if (!transforms.is_null()) folder.write("transforms.json", transforms.dump());
    expect_error(load_dataset(folder.path(), {}), part);
  };
  broken("no cameras found", [](const TemporaryFolder& folder, json& t) { t = nullptr, fs::remove(folder.path() / "transforms.json"); });
  broken("broken JSON at byte 12",
         [](const TemporaryFolder& folder, json& t) { t = nullptr, folder.write("transforms.json", "{\"frames\": x"); });
  broken("range of a double",
         [](const TemporaryFolder& folder, json& t) { t = nullptr, folder.write("transforms.json", "{\"w\": 1e999}"); });
  broken("no list of frames", [](const TemporaryFolder&, json& t) { t.erase("frames"); });
  broken("a photo is missing", [](const TemporaryFolder& folder, json&) { fs::remove(folder.path() / "images/p1.png"); });
  broken("20 x 20 but its camera 40 x 20", [](const TemporaryFolder& folder, json&) { folder.write_photo("images/p1.png", 20, 20); });
  broken("not rigid", [](const TemporaryFolder&, json& t) { t["frames"][1]["transform_matrix"][0][0] = 2; });
  broken("not rigid", [](const TemporaryFolder&, json& t) { t["frames"][1]["transform_matrix"][0][0] = -1; });
  broken("not a number", [](const TemporaryFolder&, json& t) { t["frames"][1]["transform_matrix"][0][3] = "nan"; });
  broken("4 x 4", [](const TemporaryFolder&, json& t) { t["frames"][1]["transform_matrix"] = {1, 2}; });
  broken("focal length is not positive", [](const TemporaryFolder&, json& t) { t["fl_x"] = -3; });
  broken("no focal length", [](const TemporaryFolder&, json& t) { t.erase("fl_x"), t.erase("fl_y"); });
  broken("not a picture's size", [](const TemporaryFolder&, json& t) { t["w"] = 1e12; });
  broken("OPENCV_FISHEYE", [](const TemporaryFolder&, json& t) { t["camera_model"] = "OPENCV_FISHEYE"; });
  broken("one point", [](const TemporaryFolder&, json& t) {
    for (json& entry : t["frames"]) entry["transform_matrix"][0][3] = 0;
  });
  broken("do not fit into the file", [](const TemporaryFolder& folder, json&) {
    folder.write("points3D.ply",
                 "ply\nformat binary_little_endian 1.0\nelement vertex 999999999999\nproperty float x\nproperty float y\n"
                 "property float z\nend_header\n");
  });
}

TEST(LoadDataset, ReadsColmapFoldersIntoOpenglAxes) {
  TemporaryFolder folder;
  const ColmapBytes model = small_colmap();
  folder.write("sparse/0/cameras.bin", model.cameras);
  folder.write("sparse/0/images.bin", model.images);
  folder.write("sparse/0/points3D.bin", model.points);
  for (int i = 0; i < 3; ++i) folder.write_photo("images/p" + std::to_string(i) + ".png", 40, 20);
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok()) << dataset.error().message();
  const Camera& camera = dataset->photos[1].camera;
  // R = [[0,-1,0],[1,0,0],[0,0,1]], t = (1,2,3): the centre is -R^T t.
  EXPECT_LT(glm::length(camera.position - glm::dvec3(-2, 1, -3)), 1e-9);
  EXPECT_LT(glm::length(-camera.rotation[2] - glm::dvec3(0, 0, 1)), 1e-9);  // looks along COLMAP's +z
  EXPECT_LT(glm::length(camera.rotation[0] - glm::dvec3(0, -1, 0)), 1e-9);
  EXPECT_NEAR(glm::determinant(camera.rotation), 1, 1e-9);
  EXPECT_EQ(camera.distortion.p2, 0.002);
  ASSERT_EQ(dataset->points.size(), 1u);
  EXPECT_EQ(dataset->points[0].observations, 2);
  EXPECT_EQ(dataset->points[0].colour, glm::u8vec3(10, 20, 30));
}

TEST(ParseColmap, TextAndBinaryAgree) {
  const ColmapBytes bytes = small_colmap();
  core::Result<ColmapModel> binary = parse_colmap_binary(bytes_of(bytes.cameras), bytes_of(bytes.images), bytes_of(bytes.points));
  core::Result<ColmapModel> text = parse_colmap_text("# comment\n7 OPENCV 40 20 30 31 20 10 0.01 0.02 0.001 0.002\n",
                                                     "1 0.7071067811865476 0 0 0.7071067811865476 0 2 3 7 p0.png\n1 2 -1\n"
                                                     "2 0.7071067811865476 0 0 0.7071067811865476 1 2 3 7 p1.png\n\n"
                                                     "3 0.7071067811865476 0 0 0.7071067811865476 2 2 3 7 p2.png\n\n",
                                                     "99 1 2 3 10 20 30 0.5 1 1 1 1\n");
  ASSERT_TRUE(binary.ok()) << binary.error().message();
  ASSERT_TRUE(text.ok()) << text.error().message();
  ASSERT_EQ(binary->photos.size(), text->photos.size());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(binary->photos[i].path, text->photos[i].path);
    EXPECT_LT(glm::length(binary->photos[i].camera.position - text->photos[i].camera.position), 1e-9);
  }
  EXPECT_EQ(binary->points[0].observations, text->points[0].observations);
  EXPECT_EQ(binary->cameras[0].fl_y, text->cameras[0].fl_y);
}

TEST(ParseColmap, EveryCutAndEveryFlippedByteIsAnErrorOrAModel) {
  const ColmapBytes model = small_colmap();
  for (std::size_t size = 0; size < model.images.size(); ++size) {
    EXPECT_FALSE(parse_colmap_binary(bytes_of(model.cameras), bytes_of(model.images.substr(0, size)), bytes_of(model.points)).ok()) << size;
  }
  for (std::size_t size = 1; size < model.points.size(); ++size) {
    EXPECT_FALSE(parse_colmap_binary(bytes_of(model.cameras), bytes_of(model.images), bytes_of(model.points.substr(0, size))).ok()) << size;
  }
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    ColmapBytes changed = model;
    for (std::string* file : {&changed.cameras, &changed.images, &changed.points})
      (*file)[random() % file->size()] = static_cast<char>(random());
    (void)parse_colmap_binary(bytes_of(changed.cameras), bytes_of(changed.images), bytes_of(changed.points)).ok();
  }
}

TEST(ParseTransforms, RandomDamageNeverCrashes) {
  const std::string text = small_transforms().dump();
  std::mt19937 random(5);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = text.substr(0, i % 2 == 0 ? text.size() : random() % text.size());
    for (int k = 0; k < 3 && !changed.empty(); ++k) changed[random() % changed.size()] = static_cast<char>(random());
    std::string ply;
    (void)parse_transforms(changed, "test", ply).ok();
  }
}

const char* const kPlyProperties =
    "property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n";

TEST(ParsePly, AsciiAndBothBinaryFormsAgree) {
  const std::string ascii = std::string("ply\nformat ascii 1.0\ncomment made by hand\nelement vertex 2\n") + kPlyProperties +
                            "end_header\n1 2 3 10 20 30\n-4 5.5 6 40 50 60\n";
  std::string little = std::string("ply\nformat binary_little_endian 1.0\nelement vertex 2\n") + kPlyProperties + "end_header\n";
  std::string big = std::string("ply\nformat binary_big_endian 1.0\nelement vertex 2\n") + kPlyProperties + "end_header\n";
  const float values[2][3] = {{1, 2, 3}, {-4, 5.5f, 6}};
  const char* colours[2] = {"\x0a\x14\x1e", "\x28\x32\x3c"};
  for (int i = 0; i < 2; ++i) {
    for (const float value : values[i]) {
      std::string raw;
      append(raw, value);
      little += raw;
      big.append(raw.rbegin(), raw.rend());
    }
    little += colours[i];
    big += colours[i];
  }
  for (const std::string& text : {ascii, little, big}) {
    core::Result<std::vector<SparsePoint>> points = parse_ply_points(bytes_of(text), "test");
    ASSERT_TRUE(points.ok()) << points.error().message();
    ASSERT_EQ(points->size(), 2u);
    EXPECT_EQ((*points)[1].position, glm::dvec3(-4, 5.5, 6));
    EXPECT_EQ((*points)[1].colour, glm::u8vec3(40, 50, 60));
  }
  for (std::size_t size = 0; size < little.size(); ++size) EXPECT_FALSE(parse_ply_points(bytes_of(little.substr(0, size)), "test").ok());
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = i % 2 == 0 ? ascii : little;
    for (int k = 0; k < 3; ++k) changed[random() % changed.size()] = static_cast<char>(random());
    (void)parse_ply_points(bytes_of(changed), "test").ok();
  }
}

TEST(ParsePly, ReadsOverListsAndDropsPointsThatAreNotFinite) {
  const std::string text =
      "ply\nformat ascii 1.0\nelement face 1\nproperty list uchar int vertex_indices\nelement vertex 2\nproperty list uchar int "
      "seen\nproperty double x\nproperty double y\nproperty double z\nend_header\n3 0 1 2\n2 5 6 1 2 3\n0 nan 1 1\n";
  core::Result<std::vector<SparsePoint>> points = parse_ply_points(bytes_of(text), "test");
  ASSERT_TRUE(points.ok()) << points.error().message();
  ASSERT_EQ(points->size(), 1u);
  EXPECT_EQ((*points)[0].position, glm::dvec3(1, 2, 3));
}

TEST(PhotoCache, HoldsEveryPhotoAtTheWantedWidth) {
  TemporaryFolder folder;
  write_small_dataset(folder, small_transforms());
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok());
  core::Progress progress;
  core::Result<PhotoCache> cache = PhotoCache::create(*dataset, 10, folder.path(), progress);
  ASSERT_TRUE(cache.ok()) << cache.error().message();
  ASSERT_EQ(cache->photo_count(), 3);
  EXPECT_EQ(cache->total_pixels(), 150);
  EXPECT_EQ(cache->first_pixel(2), 100);
  EXPECT_EQ(cache->camera(1).fl_x, 7.5);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(cache->pixels(i).size(), 150u);
    EXPECT_EQ(cache->pixels(i)[149], 50 * i);
    EXPECT_EQ(cache->image(i).height, 5);
  }
  core::Result<PhotoCache> full = PhotoCache::create(*dataset, 0, folder.path(), progress);
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->camera(0).width, 40);
  EXPECT_FALSE(PhotoCache::create(*dataset, 41, folder.path(), progress).ok());
}

TEST(PhotoCache, NamesATruncatedPhoto) {
  TemporaryFolder folder;
  write_small_dataset(folder, small_transforms());
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok());
  const fs::path victim = folder.path() / "images/p1.png";
  fs::resize_file(victim, fs::file_size(victim) / 2);
  core::Progress progress;
  core::Result<PhotoCache> cache = PhotoCache::create(*dataset, 10, folder.path(), progress);
  ASSERT_FALSE(cache.ok());
  EXPECT_NE(cache.error().message().find("p1.png"), std::string::npos) << cache.error().message();
}

TEST(PhotoCache, StopsWhenAsked) {
  TemporaryFolder folder;
  write_small_dataset(folder, small_transforms());
  core::Result<Dataset> dataset = load_dataset(folder.path(), {});
  ASSERT_TRUE(dataset.ok());
  core::StopToken stop;
  stop.request_stop();
  core::Progress progress(stop);
  core::Result<PhotoCache> cache = PhotoCache::create(*dataset, 10, folder.path(), progress);
  ASSERT_FALSE(cache.ok());
  EXPECT_TRUE(cache.error().stopped);
}

TEST(Warsaw, TransformsAndColmapGiveTheSameCameras) {
  const char* root = std::getenv("SKYLINE_DATA");
  const fs::path folder = fs::path(root != nullptr ? root : SKYLINE_SOURCE_DIR "/../shared/data") / "warsaw_ochota";
  if (!fs::exists(folder)) GTEST_SKIP() << "no data set at " << folder;
  core::Result<Dataset> transforms = load_dataset(folder, {.split = "transforms.json"});
  ASSERT_TRUE(transforms.ok()) << transforms.error().message();
  EXPECT_EQ(transforms->photos.size(), 116u);
  EXPECT_EQ(transforms->points.size(), 45106u);
  EXPECT_EQ(transforms->lenses.size(), 1u);

  TemporaryFolder colmap_only;
  fs::create_directory_symlink(folder / "images", colmap_only.path() / "images");
  fs::create_directory_symlink(folder / "sparse", colmap_only.path() / "sparse");
  core::Result<Dataset> colmap = load_dataset(colmap_only.path(), {});
  ASSERT_TRUE(colmap.ok()) << colmap.error().message();
  ASSERT_EQ(colmap->photos.size(), 116u);
  EXPECT_EQ(colmap->points.size(), 20202u);
  for (std::size_t i = 0; i < 116; ++i) {
    const Camera &a = transforms->photos[i].camera, &b = colmap->photos[i].camera;
    EXPECT_EQ(a.name, b.name);
    EXPECT_LT(glm::length(a.position - b.position), 1e-3);
    EXPECT_GT(glm::dot(a.rotation[2], b.rotation[2]), 1 - 1e-6);
  }
}

}  // namespace
}  // namespace skyline::nerf
