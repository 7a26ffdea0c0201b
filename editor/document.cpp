#include "editor/document.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <utility>

namespace skyline::editor {
namespace {

constexpr std::string_view kUndo = R"({"command":"edit.undo"})", kRedo = R"({"command":"edit.redo"})";
constexpr std::size_t kLeastCheckpointGap = 64;  // gestures; more for states with many objects, whose copies cost more than the folding

}  // namespace

Document::Document(SceneFacts scene) : scene_(std::move(scene)) {
  for (const city::Object& object : scene_.catalogue->objects()) next_id_ = std::max(next_id_, object.id + 1);
  checkpoints_.push_back({});
}

std::uint64_t Document::log_hash() const { return log_digest_; }

core::Status Document::record(const LogEntry& entry) {
  if (journal_) {
    if (auto kept = journal_(entry); !kept) return kept;
  }
  digest(entry);
  return {};
}

void Document::digest(const LogEntry& entry) {
  serial_ = entry.serial;
  // Gestures count: two commands of one are undone together.
  const std::string line = fmt::format("{} {}\n", entry.gesture, entry.command);
  log_digest_ = XXH3_64bits_withSeed(line.data(), line.size(), log_digest_);
}

core::Status Document::apply(const Operation& operation) {
  if (auto fits = check(state_, operation, scene_); !fits) return fits;
  const std::int64_t serial = serial_ + 1;
  const std::int64_t gesture = in_gesture_ && open_gesture_ != 0 ? open_gesture_ : serial;
  const LogEntry entry{serial, gesture, to_json(operation), gesture == serial ? open_sentence_ : std::string()};
  if (auto kept = record(entry); !kept) return kept;
  if (in_gesture_) open_gesture_ = gesture;
  accept(operation, entry);
  return {};
}

void Document::begin_gesture(std::string sentence) {
  in_gesture_ = true;
  open_gesture_ = 0;
  open_sentence_ = std::move(sentence);
}

void Document::end_gesture() {
  in_gesture_ = false;
  open_gesture_ = 0;
  open_sentence_.clear();
}

void Document::accept(const Operation& operation, const LogEntry& entry) {
  if (gestures_.empty() || done_ < gestures_.size() || gestures_.back().number != entry.gesture) keep_checkpoint();
  append(operation, entry);
  editor::apply(state_, operation, scene_);
  ++version_;
}

void Document::append(const Operation& operation, const LogEntry& entry) {
  gestures_.resize(done_);
  if (gestures_.empty() || gestures_.back().number != entry.gesture) {
    gestures_.push_back({entry.gesture, {}, entry.sentence});
    ++done_;
  }
  gestures_.back().operations.push_back(operation);
  next_id_ = std::max(next_id_, id_after(operation));
}

core::Status Document::undo() {
  if (!can_undo()) return core::Error{"there is nothing to undo", "", ""};
  if (auto kept = record({serial_ + 1, serial_ + 1, std::string(kUndo)}); !kept) return kept;
  step_back();
  return {};
}

core::Status Document::redo() {
  if (!can_redo()) return core::Error{"there is nothing to redo", "", ""};
  if (auto kept = record({serial_ + 1, serial_ + 1, std::string(kRedo)}); !kept) return kept;
  step_forth();
  return {};
}

void Document::step_back() {
  end_gesture();
  fold_to(done_ - 1);
}

void Document::step_forth() {
  end_gesture();
  keep_checkpoint();
  for (const Operation& operation : gestures_[done_].operations) editor::apply(state_, operation, scene_);
  ++done_;
  ++version_;
}

void Document::keep_checkpoint() {
  std::erase_if(checkpoints_, [&](const Checkpoint& c) { return c.gestures > done_; });
  const std::size_t gap = std::max(kLeastCheckpointGap, state_.objects.size() / 4);
  if (done_ >= checkpoints_.back().gestures + gap) checkpoints_.push_back({done_, state_});
}

// The state after the first gestures, from the nearest check-point before.
void Document::fold_to(std::size_t gestures) {
  while (checkpoints_.back().gestures > gestures) checkpoints_.pop_back();
  state_ = checkpoints_.back().state;
  for (std::size_t g = checkpoints_.back().gestures; g < gestures; ++g) {
    for (const Operation& operation : gestures_[g].operations) editor::apply(state_, operation, scene_);
  }
  done_ = gestures;
  ++version_;
}

namespace {

core::Error broken_log(std::int64_t serial) {
  return {"the log of the project is damaged", fmt::format("entry {}", serial), "open an earlier copy of it"};
}

}  // namespace

core::Status Document::replay(std::span<const LogEntry> log, std::span<const StateHash> hashes) {
  // A hash on the way: after how many gestures, the last of them with how many operations.
  struct Milestone {
    std::size_t gestures = 0, operations = 0;
    StateHash at;
  };
  std::vector<Milestone> milestones;
  auto next_hash = hashes.begin();
  for (const LogEntry& entry : log) {
    if (entry.serial != serial_ + 1 || entry.gesture < 1 || entry.gesture > entry.serial) return broken_log(entry.serial);
    if (entry.command == kUndo || entry.command == kRedo) {
      if (entry.command == kUndo ? !can_undo() : !can_redo()) return broken_log(entry.serial);
      done_ = entry.command == kUndo ? done_ - 1 : done_ + 1;
    } else {
      const auto operation = operation_from_json(entry.command);
      if (!operation) return broken_log(entry.serial);
      if (done_ < gestures_.size()) std::erase_if(milestones, [&](const Milestone& m) { return m.gestures > done_; });
      append(*operation, entry);
    }
    digest(entry);
    while (next_hash != hashes.end() && next_hash->serial < entry.serial) ++next_hash;
    if (next_hash == hashes.end() || next_hash->serial != entry.serial) continue;
    milestones.push_back({done_, done_ > 0 ? gestures_[done_ - 1].operations.size() : 0, *next_hash});
  }

  // Fold what is in force.
  const std::size_t in_force = std::exchange(done_, 0);
  const auto is_passed = [&](const Milestone& m) {
    return m.gestures <= in_force && (m.gestures == 0 || gestures_[m.gestures - 1].operations.size() == m.operations);
  };
  const auto last = std::find_if(milestones.rbegin(), milestones.rend(), is_passed);
  const auto check_state = [&]() -> core::Status {
    if (last == milestones.rend() || last->gestures != done_ || last->at.hash == hash()) return {};
    return core::Error{"the log of the project is damaged", fmt::format("entry {} leads to another state than it did", last->at.serial),
                       "open it with the scene and the Skyline that it was made with"};
  };
  if (auto same = check_state(); !same) return same;
  while (done_ < in_force) {
    keep_checkpoint();
    for (const Operation& operation : gestures_[done_].operations) {
      if (auto fits = check(state_, operation, scene_); !fits) {
        return core::Error{"the project does not fit its scene", fmt::format("gesture {}: {}", gestures_[done_].number, fits.error().where),
                           "open it with the scene that it was made for"};
      }
      editor::apply(state_, operation, scene_);
    }
    ++done_;
    if (auto same = check_state(); !same) return same;
  }
  ++version_;
  return {};
}

}  // namespace skyline::editor
