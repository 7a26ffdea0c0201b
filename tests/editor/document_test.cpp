#include "editor/document.h"

#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>
#include <string>

namespace skyline::editor {
namespace {

using namespace testing;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Document, RemovesMovesTurnsScalesAndNamesObjects) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Move{{kHouse}, {20, 0, 0}}).ok());
  ASSERT_TRUE(document.apply(Move{{kHouse}, {0, 5, 1}}).ok());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, 30}).ok());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, -50}).ok());
  ASSERT_TRUE(document.apply(Scale{{kHouse}, {1, 1, 2}}).ok());
  ASSERT_TRUE(document.apply(Rename{{kHouse}, "Harbour House"}).ok());
  ASSERT_TRUE(document.apply(Remove{{kTower}}).ok());
  const ObjectState house = document.state().objects.at(kHouse);
  EXPECT_EQ(house.offset, glm::dvec3(20, 5, 1));
  EXPECT_DOUBLE_EQ(house.yaw_deg, 340);
  EXPECT_EQ(house.scale, glm::dvec3(1, 1, 2));
  EXPECT_EQ(house.name, "Harbour House");
  EXPECT_TRUE(document.state().objects.at(kTower).removed);
  const nerf::Placement placement = placement_of(house, *document.scene().catalogue->find(kHouse));
  const glm::dvec3 middle = placement.to_target({5, 4, 0});
  EXPECT_NEAR(middle.x, 25, 1e-12) << "turned and scaled about the middle of the footprint";
  EXPECT_NEAR(middle.y, 9, 1e-12);
}

TEST(Document, WhatIsBackAsPhotographedIsNoDifference) {
  Document document(small_town());
  const std::uint64_t before = document.hash();
  ASSERT_TRUE(document.apply(Move{{kHouse, kTree}, {4, -8, 0}}).ok());
  EXPECT_NE(document.hash(), before);
  ASSERT_TRUE(document.apply(Move{{kTree, kHouse}, {-4, 8, 0}}).ok());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, 90}).ok());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, 270}).ok());
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, -360}).ok());
  EXPECT_TRUE(document.state().objects.empty());
  EXPECT_EQ(document.hash(), before);
}

TEST(Document, RefusesWithOneSentenceAndStaysAsItWas) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Remove{{kTower}}).ok());
  const std::uint64_t state = document.hash(), log = document.log_hash();
  const Operation refused[] = {
      Remove{{99}},
      Remove{{}},
      Remove{{kTower}},
      Remove{{kHouse, kHouse}},
      Move{{kHouse}, {kNaN, 0, 0}},
      Move{{kHouse}, {1e7, 0, 0}},
      Move{{kRoad}, {1, 0, 0}},
      Rotate{{kHouse}, kNaN},
      Rotate{{kHouse}, std::numeric_limits<double>::infinity()},
      Scale{{kHouse}, {1, 1, 0}},
      Scale{{kHouse}, {-1, 1, 1}},
      Scale{{kHouse}, {1, kNaN, 1}},
      Duplicate{{kHouse}, 0, {10, 0, 0}, 7},
      Duplicate{{kHouse}, 1 << 30, {10, 0, 0}, 7},
      Duplicate{{kHouse}, 1, {kNaN, 0, 0}, 7},
      Duplicate{{kHouse}, 1, {10, 0, 0}, kTree},
      Rename{{kHouse, kTree}, "both"},
      Rename{{kHouse}, "two\nlines"},
      Look{5, -1, 0},
      Look{0, 1, 1.5},
      Grading{kNaN, 0, 0, 1},
      Grading{0, 0, 0, -1},
      Select{{99}},
      SaveSelection{""},
  };
  for (const Operation& operation : refused) {
    const core::Status status = document.apply(operation);
    ASSERT_FALSE(status.ok()) << to_json(operation);
    EXPECT_EQ(status.error().message().find('\n'), std::string::npos) << status.error().message();
    EXPECT_NE(status.error().what.find(std::string(command_of(operation))), std::string::npos) << status.error().message();
    EXPECT_EQ(document.hash(), state);
    EXPECT_EQ(document.log_hash(), log);
  }
}

TEST(Document, UndoAndRedoGoOneGestureAtATime) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Move{{kHouse}, {1, 0, 0}}).ok());
  const std::uint64_t moved = document.hash();
  document.begin_gesture();
  ASSERT_TRUE(document.apply(Rotate{{kHouse}, 10}).ok());
  ASSERT_TRUE(document.apply(Remove{{kTree}}).ok());
  document.end_gesture();
  const std::uint64_t after = document.hash();
  EXPECT_EQ(document.history().size(), 2u);
  ASSERT_TRUE(document.undo().ok());
  EXPECT_EQ(document.hash(), moved);
  ASSERT_TRUE(document.redo().ok());
  EXPECT_EQ(document.hash(), after);
  EXPECT_FALSE(document.redo().ok());
  ASSERT_TRUE(document.undo().ok());
  ASSERT_TRUE(document.undo().ok());
  EXPECT_FALSE(document.undo().ok());
  ASSERT_TRUE(document.apply(Hide{{kCar}}).ok());
  EXPECT_FALSE(document.can_redo()) << "a new operation ends what could be redone";
}

TEST(Document, SelectionsAreUndone) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Select{{kHouse, kTree}}).ok());
  ASSERT_TRUE(document.apply(Select{{kTree}, SelectMode::kRemove}).ok());
  ASSERT_TRUE(document.apply(SaveSelection{"mine"}).ok());
  EXPECT_EQ(document.state().selection, ObjectIds{kHouse});
  EXPECT_EQ(document.state().saved_selections.at("mine"), ObjectIds{kHouse});
  ASSERT_TRUE(document.undo().ok());
  ASSERT_TRUE(document.undo().ok());
  EXPECT_EQ(document.state().selection, (ObjectIds{kHouse, kTree}));
}

TEST(Document, CopiesHaveIdsOfTheirOwnThatNeverComeBack) {
  Document document(small_town());
  const std::int32_t first = document.next_id();
  ASSERT_TRUE(document.apply(Duplicate{{kHouse, kTree}, 3, {20, 0, 0}, first}).ok());
  EXPECT_EQ(document.state().objects.size(), 6u);
  EXPECT_EQ(document.state().objects.at(first + 2).offset, glm::dvec3(60, 0, 0));
  EXPECT_EQ(document.state().objects.at(first + 3).source, kTree);
  ASSERT_TRUE(document.undo().ok());
  EXPECT_GT(document.next_id(), first + 5) << "numbers of undone copies are not given again";
  ASSERT_TRUE(document.apply(Duplicate{{kTower}, 1, {20, 0, 0}, document.next_id()}).ok());
  EXPECT_FALSE(document.state().objects.contains(first));
}

TEST(Document, IsolatedAndShownAgainIsAsBefore) {
  Document document(small_town());
  const std::uint64_t before = document.hash();
  ASSERT_TRUE(document.apply(Isolate{{kTower}}).ok());
  EXPECT_EQ(document.state().objects.size(), 5u);
  EXPECT_FALSE(document.state().objects.contains(kTower));
  ASSERT_TRUE(document.apply(Show{{kHouse, kAnnex, kTree, kRoad, kCar}}).ok());
  EXPECT_EQ(document.hash(), before);
}

TEST(Document, OperationsReadAsTheyAreWritten) {
  Document document(small_town());
  RandomOperations random(3);
  for (int k = 0; k < 500; ++k) {
    const Operation operation = random.next(document);
    const auto again = operation_from_json(to_json(operation));
    ASSERT_TRUE(again.ok()) << to_json(operation);
    EXPECT_EQ(to_json(*again), to_json(operation));
    EXPECT_EQ(again->index(), operation.index());
  }
  for (const char* broken : {"", "{}", "[]", "{\"command\":\"edit.move\",\"targets\":[1]}", "{\"command\":\"edit.fly\"}",
                             "{\"command\":\"edit.move\",\"targets\":[1],\"offset\":[1,2]}",
                             "{\"command\":\"edit.remove\",\"targets\":[\"1\"]}", "{\"command\":\"edit.undo\"}"}) {
    EXPECT_FALSE(operation_from_json(broken).ok()) << broken;
  }
}

TEST(Document, AnOperationThatTheJournalCannotKeepDoesNotCount) {
  Document document(small_town());
  ASSERT_TRUE(document.apply(Move{{kHouse}, {1, 0, 0}}).ok());
  const std::uint64_t state = document.hash(), log = document.log_hash();
  document.set_journal([](const LogEntry&) -> core::Status { return core::Error{"disk full", "", ""}; });
  EXPECT_FALSE(document.apply(Remove{{kHouse}}).ok());
  EXPECT_FALSE(document.undo().ok());
  EXPECT_EQ(document.hash(), state);
  EXPECT_EQ(document.log_hash(), log);
  document.set_journal({});
  EXPECT_TRUE(document.undo().ok());
}

// SKYLINE_SEQUENCES=1000 for the long run.
TEST(Undo, RestoresTheSameStateAfterAnySequenceOfOperations) {
  const char* const wanted = std::getenv("SKYLINE_SEQUENCES");
  const int sequences = wanted != nullptr ? std::atoi(wanted) : 60;
  constexpr int kLength = 200;
  for (int sequence = 0; sequence < sequences; ++sequence) {
    Document document(small_town());
    std::vector<LogEntry> log;
    document.set_journal([&](const LogEntry& entry) {
      log.push_back(entry);
      return core::Status();
    });
    RandomOperations random(static_cast<std::uint32_t>(sequence));
    std::vector<std::uint64_t> hashes{document.hash()};  // after the first gestures
    for (int k = 0; k < kLength; ++k) {
      if (random.below(5) == 0) {
        // Some steps back, perhaps some forth again.
        for (int back = random.below(6); back > 0 && document.can_undo(); --back) {
          ASSERT_TRUE(document.undo().ok());
          ASSERT_EQ(document.hash(), hashes[document.done()]) << "sequence " << sequence << ", undo at " << k;
        }
        for (int forth = random.below(4); forth > 0 && document.can_redo(); --forth) {
          ASSERT_TRUE(document.redo().ok());
          ASSERT_EQ(document.hash(), hashes[document.done()]) << "sequence " << sequence << ", redo at " << k;
        }
      } else if (document.apply(random.next(document)).ok()) {
        hashes.resize(document.done());
        hashes.push_back(document.hash());
      }
    }
    while (document.can_undo()) {
      ASSERT_TRUE(document.undo().ok());
      ASSERT_EQ(document.hash(), hashes[document.done()]);
    }
    EXPECT_TRUE(document.state().objects.empty());
    while (document.can_redo()) {
      ASSERT_TRUE(document.redo().ok());
      ASSERT_EQ(document.hash(), hashes[document.done()]);
    }
    // The log alone makes the same document.
    Document replayed(small_town());
    ASSERT_TRUE(replayed.replay(log).ok());
    EXPECT_EQ(replayed.hash(), document.hash());
    EXPECT_EQ(replayed.log_hash(), document.log_hash());
    EXPECT_EQ(replayed.next_id(), document.next_id());
  }
}

}  // namespace
}  // namespace skyline::editor
