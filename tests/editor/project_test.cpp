#include "editor/project.h"

#include "core/file.h"
#include "tests/editor/small_town.h"
#include "tests/support/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <thread>

namespace skyline::editor {
namespace {

namespace fs = std::filesystem;
using namespace testing;

class ProjectFile : public ::testing::Test {
 protected:
  fs::path path(const std::string& name = "town.skyproj") const { return folder_.path() / name; }
  SceneReference scene() const { return {folder_.path() / "town.sky", "0123456789abcdef"}; }

  void make_with(int operations, std::uint32_t seed = 1) const {
    auto project = Project::create(path(), scene());
    ASSERT_TRUE(project.ok()) << project.error().message();
    Document document(small_town());
    project->keep(document);
    RandomOperations random(seed);
    while (document.log_size() < operations) static_cast<void>(document.apply(random.next(document)));
  }

  std::uint64_t log_hash_of(const fs::path& file) const {
    const auto project = Project::open(file, Project::Access::kRead);
    if (!project) return 0;
    Document document(small_town());
    if (auto loaded = project->load(document); !loaded) ADD_FAILURE() << loaded.error().message();
    return document.log_hash();
  }

  skyline::testing::TemporaryFolder folder_;
};

TEST_F(ProjectFile, KeepsEveryOperationAndItsUndo) {
  std::uint64_t state = 0, log = 0;
  {
    auto project = Project::create(path(), scene());
    ASSERT_TRUE(project.ok()) << project.error().message();
    Document document(small_town());
    project->keep(document);
    RandomOperations random(7);
    for (int k = 0; k < 800; ++k) {
      static_cast<void>(document.apply(random.next(document)));
      if (k % 9 == 0) static_cast<void>(document.undo());
      if (k % 27 == 0) static_cast<void>(document.redo());
    }
    ASSERT_TRUE(project->name_version("a version").ok());
    state = document.hash();
    log = document.log_hash();
    ASSERT_GT(document.log_size(), 2 * kProjectCheckpointGap) << "check-points are written";
  }
  auto project = Project::open(path());
  ASSERT_TRUE(project.ok()) << project.error().message();
  EXPECT_EQ(project->scene().content_hash, scene().content_hash);
  Document document(small_town());
  ASSERT_TRUE(project->load(document).ok());
  EXPECT_EQ(document.hash(), state);
  EXPECT_EQ(document.log_hash(), log);
  const auto versions = project->versions();
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 1u);
  EXPECT_EQ(versions->front().serial, document.log_size());
}

TEST_F(ProjectFile, FindsItsSceneBesideItselfAfterAMove) {
  fs::create_directories(folder_.path() / "a");
  std::ofstream(folder_.path() / "a" / "town.sky") << "scene";
  ASSERT_TRUE(Project::create(folder_.path() / "a" / "p.skyproj", {folder_.path() / "a" / "town.sky", "h"}).ok());
  fs::rename(folder_.path() / "a", folder_.path() / "b");
  auto project = Project::open(folder_.path() / "b" / "p.skyproj");
  ASSERT_TRUE(project.ok());
  const auto found = project->find_scene();
  ASSERT_TRUE(found.ok()) << found.error().message();
  EXPECT_TRUE(fs::equivalent(*found, folder_.path() / "b" / "town.sky"));
  fs::remove(folder_.path() / "b" / "town.sky");
  const auto missing = project->find_scene();
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().advice.find("--scene"), std::string::npos);
}

TEST_F(ProjectFile, AForeignCutOrChangedFileIsRefusedWithOneSentence) {
  make_with(300);
  const auto whole = core::read_file(path());
  ASSERT_TRUE(whole.ok());
  const auto refused = [&](std::span<const std::byte> bytes) {
    EXPECT_TRUE(core::write_file_atomic(path("other.skyproj"), bytes).ok());
    auto project = Project::open(path("other.skyproj"));
    if (!project) return project.error().message();
    Document document(small_town());
    const auto loaded = project->load(document);
    return loaded.ok() ? std::string() : loaded.error().message();
  };
  EXPECT_FALSE(refused({}).empty());
  EXPECT_FALSE(refused(std::as_bytes(std::span("no project", 10))).empty());
  for (std::size_t bytes = 100; bytes < whole->size(); bytes += 1777) {
    const std::string sentence = refused(std::span(*whole).first(bytes));
    EXPECT_FALSE(sentence.empty()) << "cut to " << bytes;
    EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
  }
  // A byte of the log changed by hand: the check-point's hash tells.
  std::vector<std::byte> changed = *whole;
  const std::string text = "\"offset\":[";
  const auto at = std::search(changed.begin(), changed.end(), text.begin(), text.end(),
                              [](std::byte a, char b) { return a == static_cast<std::byte>(b); });
  ASSERT_NE(at, changed.end());
  auto digit = at + static_cast<std::ptrdiff_t>(text.size());
  if (*digit == std::byte{'-'}) ++digit;
  *digit = *digit == std::byte{'1'} ? std::byte{'2'} : std::byte{'1'};
  EXPECT_FALSE(refused(changed).empty());
  EXPECT_TRUE(refused(*whole).empty()) << refused(*whole);
}

TEST_F(ProjectFile, ANewProjectReplacesNoOther) {
  make_with(3);
  const auto before = core::read_file(path());
  EXPECT_FALSE(Project::create(path(), scene()).ok());
  EXPECT_EQ(*core::read_file(path()), *before);
  EXPECT_FALSE(Project::create(folder_.path() / "none" / "p.skyproj", scene()).ok());
}

TEST_F(ProjectFile, TwoProgramsCannotMixTheirLogs) {
  make_with(5);
  auto first = Project::open(path()), second = Project::open(path());
  ASSERT_TRUE(first.ok() && second.ok());
  Document a(small_town()), b(small_town());
  ASSERT_TRUE(first->load(a).ok() && second->load(b).ok());
  first->keep(a);
  second->keep(b);
  ASSERT_TRUE(a.apply(Select{}).ok());
  const std::uint64_t before = b.hash();
  EXPECT_FALSE(b.apply(Move{{kCar}, {1, 0, 0}}).ok());
  EXPECT_EQ(b.hash(), before);
}

TEST_F(ProjectFile, WhatCannotBeWrittenIsNotAccepted) {
  make_with(40);
  auto project = Project::open(path());
  ASSERT_TRUE(project.ok());
  Document document(small_town());
  ASSERT_TRUE(project->load(document).ok());
  project->keep(document);
  // A disk that is full: no file may grow any more.
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto former = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit full = before;
  full.rlim_cur = 8192;
  ::setrlimit(RLIMIT_FSIZE, &full);
  RandomOperations random(2);
  int refused = 0;
  std::uint64_t hash = document.hash();
  for (int k = 0; k < 60; ++k) {
    const std::int64_t size = document.log_size();
    if (!document.apply(Select{}).ok()) {
      ++refused;
      EXPECT_EQ(document.log_size(), size);
    } else {
      hash = document.hash();
    }
    EXPECT_EQ(document.hash(), hash);
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, former);
  EXPECT_GT(refused, 0);
  const auto goes_on = document.apply(Select{});
  ASSERT_TRUE(goes_on.ok()) << goes_on.error().message();
  const std::uint64_t log = document.log_hash();
  EXPECT_EQ(log_hash_of(path()), log);
}

// Nothing is read-only for root: as long as this lives, the program is somebody else there.
class AsSomebody {
 public:
  explicit AsSomebody(const fs::path& folder) {
    constexpr ::uid_t kNobody = 65534;
    if (::geteuid() != 0) return;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
      given_ = ::chown(entry.path().c_str(), kNobody, kNobody) == 0 && given_;
    given_ = ::chown(folder.c_str(), kNobody, kNobody) == 0 && ::seteuid(kNobody) == 0 && given_;
    was_root_ = true;
  }
  ~AsSomebody() {
    if (!was_root_) return;
    EXPECT_EQ(::seteuid(0), 0);
  }
  AsSomebody(const AsSomebody&) = delete;
  AsSomebody& operator=(const AsSomebody&) = delete;
  bool given() const { return given_; }

 private:
  bool was_root_ = false, given_ = true;
};

TEST_F(ProjectFile, IsReadInAFolderThatCannotBeWrittenTo) {
  make_with(12);
  const std::uint64_t expected = log_hash_of(path());
  for (const char* const ending : {"-wal", "-shm"})
    fs::remove(path().string() + ending);  // a reader leaves them, a copied project has none
  fs::permissions(path(), fs::perms::owner_read);
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  {
    const AsSomebody somebody(folder_.path());
    ASSERT_TRUE(somebody.given());
    ASSERT_FALSE(std::ofstream(folder_.path() / "new").is_open());
    EXPECT_EQ(log_hash_of(path()), expected);
    EXPECT_FALSE(Project::open(path()).ok());
  }
  fs::permissions(folder_.path(), fs::perms::owner_all);
}

// Edits a project for ever and tells through `told` each operation that was accepted.
[[noreturn]] void edit_until_killed(const fs::path& file, int told, std::uint32_t seed) {
  auto project = Project::open(file);
  if (!project) ::_exit(2);
  Document document(small_town());
  if (!project->load(document)) ::_exit(3);
  project->keep(document);
  RandomOperations random(seed);
  while (true) {
    const bool undone = random.below(8) == 0;
    const bool accepted = undone ? document.undo().ok() : document.apply(random.next(document)).ok();
    if (!accepted) continue;
    const std::int64_t message[2] = {document.log_size(), static_cast<std::int64_t>(document.log_hash())};
    if (::write(told, message, sizeof(message)) != sizeof(message)) ::_exit(4);
  }
}

// SKYLINE_KILLS=1000 for the long run.
TEST_F(ProjectFile, KillsAtRandomMomentsLoseNothingThatWasAccepted) {
  const char* const wanted = std::getenv("SKYLINE_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 40;
  ASSERT_TRUE(Project::create(path(), scene()).ok());
  std::mt19937 random(11);
  std::int64_t accepted = 0;
  for (int kill = 0; kill < kills; ++kill) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      edit_until_killed(path(), pipe[1], static_cast<std::uint32_t>(kill));
    }
    ::close(pipe[1]);
    // One in four while it opens the project, however fast the machine is; the others after some edits.
    std::int64_t last[2] = {accepted, 0}, message[2];
    const auto hear = [&] {
      if (::read(pipe[0], message, sizeof(message)) != sizeof(message)) return false;
      std::copy_n(message, 2, last);
      return true;
    };
    const std::uint64_t awaited = kill % 4 == 0 ? 0 : 1 + random() % 5;
    for (std::uint64_t heard = 0; heard < awaited && hear(); ++heard) {
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % (awaited == 0 ? 90000 : 9000)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the editing itself failed: " << WEXITSTATUS(status);
    while (hear()) {
    }
    ::close(pipe[0]);

    const auto project = Project::open(path(), kill % 2 == 0 ? Project::Access::kRead : Project::Access::kWrite);
    ASSERT_TRUE(project.ok()) << project.error().message();
    Document document(small_town());
    std::uint64_t hash_at_last = 0;
    const auto loaded = project->load(document);
    ASSERT_TRUE(loaded.ok()) << loaded.error().message();
    hash_at_last = document.log_hash();
    ASSERT_GE(document.log_size(), last[0]) << "kill " << kill << " lost what was accepted";
    ASSERT_LE(document.log_size(), last[0] + 1) << "at most one was written and not told any more";
    if (last[1] != 0 && document.log_size() == last[0]) {
      ASSERT_EQ(hash_at_last, static_cast<std::uint64_t>(last[1]));
    }
    accepted = document.log_size();
  }
  EXPECT_GT(accepted, kills / 4) << "the children did edit";
}

}  // namespace
}  // namespace skyline::editor
