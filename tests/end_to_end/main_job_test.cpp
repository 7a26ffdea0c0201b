// From photos to pictures, verb by verb.
#include "core/image.h"
#include "tests/end_to_end/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

TEST(MainJob, TrainingReportsWhatItDid) {
  const nlohmann::json& report = ToyWorld::instance().training_report();
  for (const char* key : {"scene", "steps", "rays", "seconds", "rays_per_s", "train_psnr", "peak_rss_bytes", "stages"}) {
    EXPECT_TRUE(report.contains(key)) << key;
  }
  EXPECT_EQ(report["steps"], 400);
  EXPECT_EQ(report["rays"], 400 * 1024);
  EXPECT_TRUE(fs::exists(ToyWorld::instance().scene()));
}

TEST(MainJob, NothingButTheSceneIsLeftBehind) {
  for (const auto& entry : fs::directory_iterator(ToyWorld::instance().folder())) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name == "photos" || name == "toy.sky" || name.starts_with("out")) << name;
  }
}

TEST(MainJob, UnseenPhotosAreMet) {
  ToyWorld& world = ToyWorld::instance();
  const nlohmann::json report =
      skyline_json({"eval", world.scene(), world.photos(), "--split", "transforms_test.json", "--save", world.folder() / "out_eval"});
  ASSERT_EQ(report["photos"].size(), 4U);
  // A picture of the mean colour alone reaches about 14 dB.
  EXPECT_GT(report["psnr"].get<double>(), 20.0);
  EXPECT_GT(report["ssim"].get<double>(), 0.6);
  for (const char* key : {"file", "psnr", "ssim", "psnr_slow", "psnr_fine"}) EXPECT_TRUE(report["photos"][0].contains(key)) << key;
  EXPECT_TRUE(fs::exists(world.folder() / "out_eval" / "photo_101.png"));
}

TEST(MainJob, AppearanceIsFittedOnTheLeftAndMeasuredOnTheRight) {
  ToyWorld& world = ToyWorld::instance();
  const nlohmann::json report =
      skyline_json({"eval", world.scene(), world.photos(), "--split", "transforms_test.json", "--fit-code", "left-half"});
  for (const char* key : {"psnr_fit", "psnr_right"}) EXPECT_TRUE(report.contains(key)) << key;
  EXPECT_GT(report["psnr_fit"].get<double>(), report["psnr_right"].get<double>() - 1.0);
}

TEST(MainJob, ViewsAreRenderedInTheWantedSize) {
  ToyWorld& world = ToyWorld::instance();
  const fs::path file = world.folder() / "out_view.png";
  const nlohmann::json report = skyline_json({"render", world.scene(), "--camera", "0,-90,90,0,-45", "--size", "64x48", "--layers",
                                              "color,depth,normal,opacity,cost", "--out", file});
  EXPECT_EQ(report["rays"], 64 * 48);
  EXPECT_EQ(report["files"].size(), 5U);
  for (const auto& name : report["files"]) {
    const auto size = core::read_image_size(name.get<std::string>());
    ASSERT_TRUE(size) << name;
    EXPECT_EQ(size->width, 64);
    EXPECT_EQ(size->height, 48);
  }
}

TEST(MainJob, HomePhotoAndFileViewsAreRendered) {
  ToyWorld& world = ToyWorld::instance();
  const fs::path file = world.folder() / "out_small.png", json_file = world.folder() / "out_camera.json";
  std::ofstream(json_file)
      << R"({"transform_matrix": [[1,0,0,0],[0,0.7071,-0.7071,-80],[0,0.7071,0.7071,90],[0,0,0,1]], "fl_x": 60, "w": 64, "h": 48})";
  EXPECT_EQ(skyline_json({"render", world.scene(), "--size", "32x18", "--out", file})["rays"], 32 * 18);
  EXPECT_EQ(skyline_json({"render", world.scene(), "--photo", "0", "--out", file})["rays"], 96 * 72);
  EXPECT_EQ(skyline_json({"render", world.scene(), "--photo", "photo_100.png", "--size", "48x36", "--out", file})["rays"], 48 * 36);
  EXPECT_EQ(skyline_json({"render", world.scene(), "--camera-json", json_file, "--out", file})["rays"], 64 * 48);
}

TEST(MainJob, AFlightGivesFramesAndAContactSheet) {
  ToyWorld& world = ToyWorld::instance();
  const fs::path frames = world.folder() / "out_frames", sheet = world.folder() / "out_sheet.png";
  const nlohmann::json report =
      skyline_json({"render", world.scene(), "--path", "flight", "--frames", "6", "--size", "48x27", "--out", frames, "--sheet", sheet});
  EXPECT_EQ(report["files"].size(), 7U);
  EXPECT_TRUE(fs::exists(frames / "0005.png"));
  const auto size = core::read_image_size(sheet);
  ASSERT_TRUE(size);
  EXPECT_GT(size->width, 4 * 48);
}

TEST(MainJob, ThePathOfAFileIsFollowed) {
  ToyWorld& world = ToyWorld::instance();
  const nlohmann::json report = skyline_json({"render", world.scene(), "--path", world.photos() / "transforms_test.json", "--frames", "2",
                                              "--size", "48x36", "--out", world.folder() / "out_path"});
  EXPECT_EQ(report["files"].size(), 2U);
}

TEST(MainJob, TheBenchmarkReportsSpeedAndSamples) {
  ToyWorld& world = ToyWorld::instance();
  const nlohmann::json report = skyline_json({"bench", world.scene(), "--frames", "5", "--size", "64x36", "--threads", "2"});
  EXPECT_EQ(report["frames"], 5);
  EXPECT_EQ(report["width"], 64);
  EXPECT_EQ(report["threads"], 2);
  EXPECT_EQ(report["mode"], "deferred");
  for (const char* key :
       {"rays_per_s", "density_samples_per_ray", "shaded_samples_per_ray", "ms_p50", "ms_p99", "peak_rss_bytes", "backend"}) {
    EXPECT_TRUE(report.contains(key)) << key;
  }
  EXPECT_GT(report["density_samples_per_ray"].get<double>(), 0);
}

TEST(MainJob, InfoTellsWhatASceneHoldsAndThatItIsWhole) {
  ToyWorld& world = ToyWorld::instance();
  const nlohmann::json report = skyline_json({"info", world.scene()});
  for (const char* key : {"scene", "field", "training", "cameras", "part_bytes", "tensors"}) EXPECT_TRUE(report.contains(key)) << key;
  EXPECT_EQ(report["cameras"].size(), 12U);
  EXPECT_EQ(skyline_json({"info", world.scene(), "--verify"})["ok"], true);
  EXPECT_EQ(skyline_json({"info", world.scene(), "--hash"})["hash"].get<std::string>().size(), 16U);
}

TEST(MainJob, TheSameStepsGiveTheSameSceneAgainAndOnAnyNumberOfThreads) {
  ToyWorld& world = ToyWorld::instance();
  const fs::path scene = world.folder() / "out_repeat.sky";
  const auto hash_of = [&](const char* threads, const char* seed) -> std::string {
    std::vector<std::string> arguments = small_training(world.photos(), scene, 20);
    *(std::find(arguments.begin(), arguments.end(), "--threads") + 1) = threads;
    arguments.insert(arguments.end(), {"--seed", seed});
    skyline_json(arguments);
    return skyline_json({"info", scene, "--hash"})["hash"];
  };
  const std::string hash = hash_of("1", "5");
  EXPECT_EQ(hash_of("1", "5"), hash);
  EXPECT_EQ(hash_of("2", "5"), hash);
  EXPECT_NE(hash_of("1", "6"), hash);
}

TEST(MainJob, DoctorExplainsThisMachine) {
  const nlohmann::json report = skyline_json({"doctor"});
  for (const char* key : {"cpu", "memory", "cuda", "vulkan", "display"}) {
    ASSERT_TRUE(report.contains(key)) << key;
    EXPECT_TRUE(report[key]["ok"].is_boolean()) << key;
    EXPECT_FALSE(report[key]["reason"].get<std::string>().empty()) << key;
  }
}

TEST(MainJob, CommandsListsTheTableInBothLanguages) {
  const nlohmann::json report = skyline_json({"commands"});
  ASSERT_TRUE(report["commands"].is_array());
  for (const nlohmann::json& command : report["commands"]) {
    for (const char* key : {"title", "help"}) {
      EXPECT_FALSE(command[key]["en"].get<std::string>().empty()) << command["id"];
      EXPECT_FALSE(command[key]["zh"].get<std::string>().empty()) << command["id"];
    }
  }
  EXPECT_NE(skyline({"commands", "--language", "zh"}).output.find("主视角"), std::string::npos);
  EXPECT_EQ(skyline({"commands", "--language", "fr"}).exit_code, 2);
}

TEST(MainJob, EveryVerbHasHelpWithAnExample) {
  EXPECT_EQ(skyline({}).exit_code, 0);
  EXPECT_NE(skyline({"--version"}).output.find("skyline"), std::string::npos);
  for (const char* verb : {"train", "eval", "render", "bench", "info", "commands", "doctor"}) {
    const ProcessResult result = skyline({verb, "--help"});
    EXPECT_EQ(result.exit_code, 0) << verb;
    EXPECT_NE(result.output.find("Example: skyline"), std::string::npos) << verb;
  }
}

}  // namespace
}  // namespace skyline::testing
