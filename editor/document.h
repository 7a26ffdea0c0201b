// The document: one scene and what a person did to it. The log is the truth; the state is a fold over it.
//
//   Document document({catalogue, photos});
//   document.apply(Move{{12}, {20, 0, 0}});     // one gesture
//   document.begin_gesture(); ... document.end_gesture();   // several operations, undone together
//   document.undo(); document.redo();
//   const DocumentState& now = document.state();
//
// Nothing is ever taken out of the log: undo and redo are entries of it. Ids of copies are never given twice, not even after an undo. One
// thread.
#pragma once

#include "core/result.h"
#include "editor/document_state.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skyline::editor {

// One line of the log, as it is kept in a project.
struct LogEntry {
  std::int64_t serial = 0;   // from 1, without gaps
  std::int64_t gesture = 0;  // serial of the first entry of the gesture that it belongs to
  std::string command;       // to_json of an operation, or {"command": "edit.undo"} or {"command": "edit.redo"}
  std::string sentence{};    // that the gesture was made from, with its first entry; empty: none
};

// The hash of the state after an entry.
struct StateHash {
  std::int64_t serial = 0;
  std::uint64_t hash = 0;
};

// A gesture for the history panel.
struct Gesture {
  std::int64_t number = 0;
  std::vector<Operation> operations;
  std::string sentence{};  // that it was made from; empty: by hand or script
};

class Document {
 public:
  explicit Document(SceneFacts scene);

  const SceneFacts& scene() const { return scene_; }
  // Heights of the ground, when they are known: what is put down from now on rests on it.
  void set_ground(std::function<double(glm::dvec2)> ground) { scene_.ground = std::move(ground); }
  void set_standing_at(std::function<core::Result<OwnSource>(glm::dvec2)> standing_at) { scene_.standing_at = std::move(standing_at); }
  const DocumentState& state() const { return state_; }
  // Of the state.
  std::uint64_t hash() const { return hash_of(state_); }
  // Of all that was done, in order: two sessions with the same log have the same.
  std::uint64_t log_hash() const;
  // Counts changes of the state, for whoever draws it.
  std::uint64_t version() const { return version_; }

  // Told each entry before it counts: an Error of it leaves the document as it was. A project writes here.
  using Journal = std::function<core::Status(const LogEntry&)>;
  void set_journal(Journal journal) { journal_ = std::move(journal); }

  // Errors: see `check`, and those of the journal. The document then is unchanged.
  core::Status apply(const Operation& operation);
  // Operations up to end_gesture are undone together. Gestures do not nest; undo ends one. `sentence`: what a person said that they come
  // of.
  void begin_gesture(std::string sentence = {});
  void end_gesture();

  // One gesture back or forth. Errors: there is none, and those of the journal.
  core::Status undo();
  core::Status redo();
  bool can_undo() const { return done_ > 0; }
  bool can_redo() const { return done_ < gestures_.size(); }
  // Gestures in order: the first `done` are in force, the others can be redone.
  std::span<const Gesture> history() const { return gestures_; }
  std::size_t done() const { return done_; }
  std::int64_t log_size() const { return serial_; }

  // A number for new objects that the document never had.
  std::int32_t next_id() const { return next_id_; }

  // Takes in a stored log; the document must be new. Only what is in force in the end is folded, so that a long history opens quickly; of
  // `hashes` the last one that lies on this way is compared. Errors: gaps, unreadable entries, operations that do not fit the scene,
  // another state than the hash tells.
  core::Status replay(std::span<const LogEntry> log, std::span<const StateHash> hashes = {});

 private:
  core::Status record(const LogEntry& entry);
  void digest(const LogEntry& entry);
  void accept(const Operation& operation, const LogEntry& entry);
  // Puts the operation at the end of the gestures in force; what was undone before cannot be redone any more.
  void append(const Operation& operation, const LogEntry& entry);
  void step_back();
  void step_forth();
  void keep_checkpoint();
  void fold_to(std::size_t gestures);

  struct Checkpoint {
    std::size_t gestures = 0;  // that were done
    DocumentState state;
  };
  SceneFacts scene_;
  Journal journal_;
  DocumentState state_;
  std::vector<Gesture> gestures_;
  std::size_t done_ = 0;
  std::vector<Checkpoint> checkpoints_;  // of the gestures in force, in order
  std::int64_t serial_ = 0;
  std::uint64_t log_digest_ = 0;
  std::uint64_t version_ = 0;
  std::int32_t next_id_ = 1;
  bool in_gesture_ = false;
  std::int64_t open_gesture_ = 0;  // number of the gesture under way that has an entry; 0: none
  std::string open_sentence_;      // of the gesture under way
};

}  // namespace skyline::editor
