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

core::Status Document::record(LogEntry entry) {
  if (journal_) {
    if (auto kept = journal_(entry); !kept) return kept;
  }
  serial_ = entry.serial;
  // Gesture numbers follow from the commands' order, but a gesture of two commands is not two gestures.
  const std::string line = fmt::format("{} {}\n", entry.gesture, entry.command);
  log_digest_ = XXH3_64bits_withSeed(line.data(), line.size(), log_digest_);
  return {};
}

core::Status Document::apply(const Operation& operation) {
  if (auto fits = check(state_, operation, scene_); !fits) return fits;
  const std::int64_t serial = serial_ + 1;
  const std::int64_t gesture = in_gesture_ && open_gesture_ != 0 ? open_gesture_ : serial;
  if (auto kept = record({serial, gesture, to_json(operation)}); !kept) return kept;
  if (in_gesture_) open_gesture_ = gesture;
  accept(operation, gesture);
  return {};
}

void Document::begin_gesture() {
  in_gesture_ = true;
  open_gesture_ = 0;
}

void Document::end_gesture() {
  in_gesture_ = false;
  open_gesture_ = 0;
}

void Document::accept(const Operation& operation, std::int64_t gesture) {
  gestures_.resize(done_);  // what was undone before cannot be redone any more
  if (gestures_.empty() || gestures_.back().number != gesture) {
    keep_checkpoint();
    gestures_.push_back({gesture, {}});
    ++done_;
  }
  gestures_.back().operations.push_back(operation);
  if (const auto* const copies = std::get_if<Duplicate>(&operation)) {
    const auto count = static_cast<std::int64_t>(copies->targets.size()) * copies->count;
    next_id_ = std::max(next_id_, static_cast<std::int32_t>(copies->first_id + count));
  }
  editor::apply(state_, operation, scene_);
  ++version_;
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

core::Status Document::replay(const LogEntry& entry) {
  const core::Error broken{"the log of the project is damaged", fmt::format("entry {}", entry.serial), "open an earlier copy of it"};
  if (entry.serial != serial_ + 1 || entry.gesture < 1 || entry.gesture > entry.serial) return broken;
  const Journal journal = std::exchange(journal_, {});
  const auto restore = [&](core::Status status) {
    journal_ = journal;
    return status;
  };
  if (entry.command == kUndo || entry.command == kRedo) return restore(entry.command == kUndo ? undo() : redo());
  const auto operation = operation_from_json(entry.command);
  if (!operation) return restore(broken);
  if (auto fits = check(state_, *operation, scene_); !fits) {
    return restore(core::Error{"the project does not fit its scene", fmt::format("entry {}: {}", entry.serial, fits.error().where),
                               "open it with the scene that it was made for"});
  }
  static_cast<void>(record(entry));
  accept(*operation, entry.gesture);
  return restore({});
}

}  // namespace skyline::editor
