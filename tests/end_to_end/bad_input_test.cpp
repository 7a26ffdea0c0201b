// Bad input: exit code 1, exactly one sentence on stderr, nothing half-written.
#include "tests/end_to_end/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_bytes(const fs::path& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

void expect_one_sentence(const ProcessResult& result) {
  EXPECT_EQ(result.exit_code, 1) << result.errors;
  EXPECT_TRUE(result.output.empty()) << result.output;
  EXPECT_TRUE(result.errors.starts_with("skyline: ")) << result.errors;
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
}

// A copy of the toy photos that a test may spoil, and a folder for what training writes.
class SpoiltPhotos {
 public:
  SpoiltPhotos() {
    fs::copy(ToyWorld::instance().photos(), photos(), fs::copy_options::recursive);
    fs::create_directory(output());
  }
  fs::path photos() const { return folder_.path() / "photos"; }
  fs::path output() const { return folder_.path() / "output"; }
  fs::path cameras() const { return photos() / "transforms_train.json"; }

  template <class Change>
  void change_cameras(Change change) {
    json document = json::parse(read_bytes(cameras()));
    change(document);
    write_bytes(cameras(), document.dump());
  }

  ProcessResult train(std::vector<std::string> more = {}, const ProcessOptions& options = {}) {
    std::vector<std::string> arguments = small_training(photos(), output() / "city.sky", 10);
    arguments.push_back("--quiet");
    arguments.insert(arguments.end(), more.begin(), more.end());
    return skyline(arguments, options);
  }
  void expect_refused(std::vector<std::string> more = {}, const ProcessOptions& options = {}) {
    expect_one_sentence(train(std::move(more), options));
    EXPECT_TRUE(fs::is_empty(output())) << fs::directory_iterator(output())->path();
  }

 private:
  TemporaryFolder folder_;
};

TEST(BadInput, MissingFolder) {
  const TemporaryFolder folder;
  expect_one_sentence(skyline({"train", (folder.path() / "nowhere").string(), "-o", (folder.path() / "a.sky").string(), "--quiet"}));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(BadInput, NoCameras) {
  SpoiltPhotos photos;
  for (const char* name : {"transforms.json", "transforms_train.json", "transforms_test.json"}) fs::remove(photos.photos() / name);
  photos.expect_refused();
}

TEST(BadInput, PhotoMissing) {
  SpoiltPhotos photos;
  fs::remove(photos.photos() / "images" / "photo_100.png");
  photos.expect_refused();
}

TEST(BadInput, PhotoTruncated) {
  SpoiltPhotos photos;
  const fs::path photo = photos.photos() / "images" / "photo_102.png";
  fs::resize_file(photo, fs::file_size(photo) / 2);
  photos.expect_refused();
}

TEST(BadInput, PhotoOfAnotherAspect) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) { document["h"] = 96; });
  photos.expect_refused();
}

TEST(BadInput, CamerasAreBrokenJson) {
  SpoiltPhotos photos;
  write_bytes(photos.cameras(), read_bytes(photos.cameras()).substr(0, 500));
  photos.expect_refused();
}

TEST(BadInput, PoseIsNotANumber) {
  SpoiltPhotos photos;
  std::string text = read_bytes(photos.cameras());
  const std::size_t matrix = text.find('[', text.find("transform_matrix") + 20);
  text.replace(text.find_first_not_of("[ \n", matrix), 1, "NaN, ");
  write_bytes(photos.cameras(), text);
  photos.expect_refused();
}

TEST(BadInput, PoseIsNull) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) { document["frames"][0]["transform_matrix"][0][0] = nullptr; });
  photos.expect_refused();
}

TEST(BadInput, ZeroFocalLength) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) { document["fl_x"] = 0; });
  photos.expect_refused();
}

TEST(BadInput, FewerThanThreePhotos) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) { document["frames"] = json::array({document["frames"][0], document["frames"][1]}); });
  photos.expect_refused();
}

TEST(BadInput, AllCamerasInOnePoint) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) {
    for (json& frame : document["frames"]) {
      for (std::size_t row = 0; row < 3; ++row) frame["transform_matrix"][row][3] = row == 2 ? 90 : 0;
    }
  });
  photos.expect_refused();
}

TEST(BadInput, SplitIsMissingOrNamesUnknownFiles) {
  SpoiltPhotos photos;
  photos.expect_refused({"--split", "transforms_nowhere.json"});
  photos.change_cameras([](json& document) { document["frames"][1]["file_path"] = "images/nobody.png"; });
  photos.expect_refused();
}

TEST(BadInput, FullDisk) {
  SpoiltPhotos photos;
  ProcessOptions options;
  options.file_size_limit = 64 * 1024;  // neither the photos' cache nor the scene fits
  photos.expect_refused({}, options);
  options.file_size_limit = 400 * 1024;  // the cache of 12 photos fits, the scene does not
  photos.expect_refused({}, options);
}

TEST(BadInput, OutputCannotBeWritten) {
  SpoiltPhotos photos;
  expect_one_sentence(skyline({"train", photos.photos(), "-o", photos.output() / "no_such_folder" / "city.sky", "--quiet"}));
  fs::create_directory(photos.output() / "folder.sky");
  expect_one_sentence(skyline({"train", photos.photos(), "-o", photos.output() / "folder.sky", "--quiet"}));
}

TEST(BadInput, CudaIsRefusedWithTheReason) {
  SpoiltPhotos photos;
  photos.expect_refused({"--backend", "cuda"});
}

TEST(BadInput, AUniformlyScaledPhotoIsFine) {
  SpoiltPhotos photos;
  photos.change_cameras([](json& document) {
    for (const char* key : {"w", "h", "fl_x", "fl_y", "cx", "cy"}) document[key] = document[key].get<double>() * 2;
  });
  const ProcessResult result = photos.train();
  EXPECT_EQ(result.exit_code, 0) << result.errors;
}

// Damaged scene files: render refuses, info --verify finds the fault.
class DamagedScene {
 public:
  DamagedScene() : content_(read_bytes(ToyWorld::instance().scene())) {}
  std::string& content() { return content_; }
  void expect_refused() {
    const fs::path scene = folder_.path() / "damaged.sky", picture = folder_.path() / "picture.png";
    write_bytes(scene, content_);
    expect_one_sentence(skyline({"render", scene, "--size", "16x9", "--out", picture, "--quiet"}));
    EXPECT_FALSE(fs::exists(picture));
    const ProcessResult verified = skyline({"info", scene, "--verify"});
    EXPECT_EQ(verified.exit_code, 1);
    EXPECT_EQ(std::count(verified.errors.begin(), verified.errors.end(), '\n'), 1) << verified.errors;
  }

 private:
  TemporaryFolder folder_;
  std::string content_;
};

TEST(BadInput, ASceneThatIsCutAnywhere) {
  for (const double share : {0.0, 0.001, 0.1, 0.5, 0.9, 0.9999}) {
    DamagedScene scene;
    scene.content().resize(static_cast<std::size_t>(share * static_cast<double>(scene.content().size())));
    SCOPED_TRACE(share);
    scene.expect_refused();
  }
}

TEST(BadInput, ASceneWithAFlippedByte) {
  for (const double share : {0.02, 0.25, 0.5, 0.75, 0.98}) {
    DamagedScene scene;
    char& byte = scene.content()[static_cast<std::size_t>(share * static_cast<double>(scene.content().size()))];
    byte = static_cast<char>(byte ^ 0x10);
    SCOPED_TRACE(share);
    scene.expect_refused();
  }
}

TEST(BadInput, ASceneOfAnotherVersion) {
  constexpr std::size_t kUserVersion = 60;  // big-endian in the header, https://www.sqlite.org/fileformat.html section 1.3
  DamagedScene scene;
  scene.content()[kUserVersion + 3] = 99;
  scene.expect_refused();
}

TEST(BadInput, NotAScene) {
  DamagedScene scene;
  scene.content() = "This is a letter and not a city.\n";
  scene.expect_refused();
  expect_one_sentence(skyline({"render", "/nowhere/city.sky", "--quiet"}));
  expect_one_sentence(skyline({"info", "/nowhere/city.sky"}));
}

TEST(BadInput, ViewsThatDoNotExist) {
  ToyWorld& world = ToyWorld::instance();
  const TemporaryFolder folder;
  const fs::path picture = folder.path() / "a.png";
  expect_one_sentence(skyline({"render", world.scene(), "--photo", "99", "--out", picture, "--quiet"}));
  expect_one_sentence(skyline({"render", world.scene(), "--camera", "1,2,three,0,0", "--out", picture, "--quiet"}));
  expect_one_sentence(
      skyline({"render", world.scene(), "--path", folder.path() / "none.json", "--out", folder.path() / "frames", "--quiet"}));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(BadInput, WrongUsageHasItsOwnExitCode) {
  ToyWorld& world = ToyWorld::instance();
  const std::vector<std::vector<std::string>> wrong = {{"fly"},
                                                       {"train"},
                                                       {"render", world.scene(), "--size", "12"},
                                                       {"train", world.photos(), "-o", "a.sky", "--levels", "9"},
                                                       {"bench", world.scene(), "--frames", "0"}};
  for (const std::vector<std::string>& arguments : wrong) {
    const ProcessResult result = skyline(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments.front();
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
  }
}

}  // namespace
}  // namespace skyline::testing
