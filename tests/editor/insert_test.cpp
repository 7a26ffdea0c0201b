// Insert and replace: what stands for a class, where it stands, and that undo takes it away.
#include "city/generate/prop.h"
#include "city/gltf.h"
#include "editor/bind_commands.h"
#include "editor/edit_compiler.h"
#include "editor/stand_in.h"
#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace skyline::editor {
namespace {

using namespace testing;

class Inserting : public ::testing::Test {
 protected:
  Inserting() {
    bind_edit_commands(registry_, [this] { return &document_; });
    bind_selection_commands(registry_, [this] { return &document_; });
    registry_.set_state(
        [this] { return kScene | kObjects | (document_.state().selection.empty() ? 0u : static_cast<unsigned>(kSelection)); });
  }
  core::Status run(std::string_view line) {
    const auto invocation = parse_invocation(line);
    if (!invocation) return invocation.error();
    return registry_.run(*invocation);
  }
  const ObjectState& only_selected() { return document_.state().objects.at(document_.state().selection.front()); }
  glm::dvec3 place_of(const ObjectState& object) {
    const nerf::Placement placement = placement_of(object, source_of(object, document_.scene()));
    return placement.pivot + placement.offset;
  }
  Document document_{small_town()};
  CommandRegistry registry_;
  EditCompiler compiler_{document_.scene().catalogue};
};

TEST_F(Inserting, AnObjectOfTheSceneStandsForItsClass) {
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "tower", "at": [100, -40], "targets": []})").ok());
  EXPECT_EQ(only_selected().source, kTower);
  EXPECT_EQ(place_of(only_selected()), glm::dvec3(100, -40, 0));
  const auto layers = compiler_.compile(document_.state());
  ASSERT_NE(layers, nullptr);
  EXPECT_EQ(layers->instances.size(), 1u);
  EXPECT_TRUE(layers->carves.empty()) << "nothing of the scene is touched";
  ASSERT_TRUE(document_.undo().ok());
  EXPECT_EQ(compiler_.compile(document_.state()), nullptr);
}

TEST_F(Inserting, AWantedHeightChoosesAndFits) {
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "building", "at": [100, 0], "height": 5.5, "targets": []})").ok());
  EXPECT_EQ(only_selected().source, kAnnex) << "6 m is nearer to it than 9 m or 60 m";
  EXPECT_NEAR(only_selected().scale.z * 6, 5.5, 1e-9);
  EXPECT_EQ(only_selected().scale.x, 1) << "a lower building is no narrower one";
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "tree", "at": [100, 0], "height": 14, "targets": []})").ok());
  EXPECT_EQ(only_selected().scale, glm::dvec3(2.0)) << "a tree grows as a whole";
}

TEST_F(Inserting, WhatTheSceneHasNotIsMade) {
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "church", "at": [100, 0], "targets": []})").ok());
  ASSERT_TRUE(only_selected().own.has_value());
  EXPECT_EQ(only_selected().own->object_class, city::ObjectClass::kChurch);
  const auto layers = compiler_.compile(document_.state());
  ASSERT_NE(layers, nullptr);
  ASSERT_EQ(layers->meshes.size(), 1u);
  EXPECT_GT(layers->meshes.front().shape->bounds().high.z, 8);
  ASSERT_TRUE(run(R"({"command": "edit.light", "time": "17:00"})").ok());
  EXPECT_NE(compiler_.compile(document_.state())->light.to_sun, layers->light.to_sun);
}

TEST_F(Inserting, CopiesStandInARowTwoMetresApart) {
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "car", "at": [100, 0], "count": 3, "targets": []})").ok());
  ASSERT_EQ(document_.state().selection.size(), 3u);
  for (int k = 0; k < 3; ++k) {
    const ObjectState& car = document_.state().objects.at(document_.state().selection[static_cast<std::size_t>(k)]);
    EXPECT_NEAR(place_of(car).x, 100 + k * (4 + 2.0), 1e-9);
  }
  ASSERT_TRUE(run(R"({"command": "edit.undo"})").ok());
  EXPECT_TRUE(document_.state().objects.empty()) << "one gesture";
}

TEST_F(Inserting, CopiesRestOnTheGround) {
  document_.set_ground([](glm::dvec2 place) { return 0.1 * place.x; });
  ASSERT_TRUE(run(R"({"op": "insert", "asset": "tower", "at": [100, 0], "targets": []})").ok());
  EXPECT_NEAR(place_of(only_selected()).z, 10, 1e-9);
}

TEST_F(Inserting, AMoveOnTheGroundFollowsItAndAPlainOneDoesNot) {
  document_.set_ground([](glm::dvec2 place) { return place.x > 20 ? 7.0 : 1.0; });
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [1], "offset": [40, 0, 0], "on_ground": true})").ok());
  EXPECT_EQ(document_.state().objects.at(kHouse).offset, glm::dvec3(40, 0, 6));
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [6], "offset": [40, 0, 0]})").ok());
  EXPECT_EQ(document_.state().objects.at(kTower).offset, glm::dvec3(40, 0, 0));
}

TEST_F(Inserting, AReplacedHouseKeepsItsNumberItsPlaceAndItsDirection) {
  ASSERT_TRUE(run(R"({"command": "edit.move", "targets": [1], "offset": [0, -60, 0]})").ok());
  ASSERT_TRUE(run(R"({"op": "replace", "targets": [1], "asset": "car"})").ok());
  const ObjectState& car = document_.state().objects.at(kHouse);
  EXPECT_EQ(car.source, kCar);
  EXPECT_EQ(place_of(car), glm::dvec3(5, -56, 0));
  EXPECT_NEAR(car.yaw_deg, 0, 1e-9) << "both are long from west to east";
  const auto layers = compiler_.compile(document_.state());
  ASSERT_NE(layers, nullptr);
  EXPECT_FALSE(layers->carves.empty()) << "the house that was photographed is gone";
  EXPECT_EQ(layers->instances.size(), 1u);
  ASSERT_TRUE(document_.undo().ok());
  EXPECT_EQ(document_.state().objects.at(kHouse).source, kHouse);
}

TEST_F(Inserting, WhatCannotBeInsertedIsSaidInASentence) {
  const std::uint64_t before = document_.hash();
  for (const char* const line :
       {R"({"op": "insert", "asset": "river", "at": [0, 0], "targets": []})",
        R"({"op": "insert", "asset": "stadium", "at": [0, 0], "targets": []})", R"({"op": "insert", "asset": "tree", "targets": []})",
        R"({"op": "insert", "asset": "tree", "at": [0, 0], "targets": [1]})",
        R"({"op": "insert", "asset": "tree", "at": [0, 0], "height": 0, "targets": []})",
        R"({"op": "insert", "asset": "tree", "at": [0, 0], "object": 999, "targets": []})",
        R"({"op": "replace", "asset": "tree", "targets": [999]})", R"({"op": "replace", "asset": "tree", "targets": [4]})",
        R"({"command": "edit.insert_mesh", "path": "/nowhere.glb", "at": [0, 0]})"}) {
    const auto status = run(line);
    EXPECT_FALSE(status.ok()) << line;
    if (!status.ok()) {
      EXPECT_FALSE(status.error().message().empty());
    }
  }
  EXPECT_EQ(document_.hash(), before);
}

TEST_F(Inserting, TheLogGivesTheSameStateAgain) {
  std::vector<LogEntry> log;
  document_.set_journal([&](const LogEntry& entry) {
    log.push_back(entry);
    return core::Status();
  });
  document_.set_ground([](glm::dvec2 place) { return 0.1 * place.x; });
  for (const char* const line : {R"({"op": "insert", "asset": "church", "at": [100, 0], "angle": 33.3, "targets": []})",
                                 R"({"op": "insert", "asset": "tree", "at": [60, 0], "count": 2, "height": 9, "targets": []})",
                                 R"({"op": "replace", "targets": [6], "asset": "monument"})",
                                 R"({"command": "edit.move", "targets": [1], "offset": [40, 0, 0], "on_ground": true})"}) {
    ASSERT_TRUE(run(line).ok()) << line;
  }
  Document again(small_town());
  const auto replayed = again.replay(log);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message();
  EXPECT_EQ(again.hash(), document_.hash()) << "heights are those of the day, whatever ground is known now";
  EXPECT_EQ(again.next_id(), document_.next_id());
}

TEST_F(Inserting, AMissingMeshFileIsListedAndFoundWhereverItLies) {
  const std::filesystem::path folder = ::testing::TempDir() + "/mesh_files", moved = folder / "moved";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(moved);
  const auto tower = city::make_prop(city::ObjectClass::kTower);
  ASSERT_TRUE(tower.ok());
  ASSERT_TRUE(city::save_glb(*tower, folder / "tower.glb").ok());
  ASSERT_TRUE(run(R"({"command": "edit.insert_mesh", "path": ")" + (folder / "tower.glb").string() + R"(", "at": [100, 0]})").ok());
  const OwnSource own = *only_selected().own;
  ASSERT_NE(compiler_.compile(document_.state()), nullptr);
  EXPECT_TRUE(compiler_.meshes().problem(own).empty());

  std::filesystem::rename(folder / "tower.glb", moved / "tower.glb");
  EditCompiler later(document_.scene().catalogue);
  EXPECT_EQ(later.compile(document_.state()), nullptr);
  EXPECT_NE(later.meshes().problem(own).find("missing"), std::string::npos);
  later.meshes().set_folders({moved});
  EXPECT_NE(later.compile(document_.state()), nullptr);
  EXPECT_TRUE(later.meshes().problem(own).empty());

  const auto house = city::make_prop(city::ObjectClass::kHouse);
  ASSERT_TRUE(city::save_glb(*house, moved / "tower.glb").ok());
  EditCompiler other(document_.scene().catalogue);
  other.meshes().set_folders({moved});
  EXPECT_EQ(other.compile(document_.state()), nullptr);
  EXPECT_NE(other.meshes().problem(own).find("another file"), std::string::npos);
}

TEST(Props, EveryClassIsMadeTheSameTwice) {
  for (const city::ObjectClass object_class : city::prop_classes()) {
    const auto once = city::make_prop(object_class, 1), twice = city::make_prop(object_class, 1);
    ASSERT_TRUE(once.ok()) << city::class_name(object_class);
    EXPECT_EQ(once->meshes.front().positions, twice->meshes.front().positions);
    const city::Object& object = once->catalogue.objects().front();
    EXPECT_GT(object.height, 1);
    EXPECT_NEAR(once->high.z, object.height, 0.35 * object.height + 2) << city::class_name(object_class);
    EXPECT_LT(once->low.z, 0.1) << "it stands on the ground";
  }
}

}  // namespace
}  // namespace skyline::editor
