// What the caption panel says: of the view or of the object selected last, made by a job when it is asked for, or by itself after the
// picture has come to rest. Belongs to a session; no Dear ImGui in here.
//
//   captions.describe(Captions::About::kView);   // at once, from the newest picture
//   captions.update();                           // once a frame
//   if (const models::Caption* caption = captions.caption()) show(*caption);
//
// Both languages are made, so that the language of the interface can change at any time. One thread.
#pragma once

#include "models/caption/caption.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace skyline::app::desktop {

class Session;

class Captions {
 public:
  enum class About : std::uint8_t { kView, kObject };

  explicit Captions(Session& session);
  ~Captions();
  Captions(const Captions&) = delete;
  Captions& operator=(const Captions&) = delete;

  // Makes a caption of what is shown now; the panel shows it when it is done.
  void describe(About about);
  // Takes what the panel is about without making anything new.
  void turn_to(About about);
  About about() const { return about_; }
  // Makes captions by itself, while `panel_open`.
  void update(bool panel_open);
  // Null: none yet. In the language of the interface.
  const models::Caption* caption() const;
  // A caption of `about` is on its way.
  bool working() const { return job_ != 0; }
  // What the scene lacks for a better one, in the language of the interface; empty: nothing.
  std::string note() const;
  // The caption belongs to another view, state or selection than what is shown now.
  bool stale() { return !is_fresh(about_); }
  // Captions belong to a scene.
  void forget();

  bool automatic = true;
  // Objects of the statement under the pointer: the view outlines them.
  std::vector<std::int32_t> pointed_out;

 private:
  struct Made;
  // What the window shows now is what it was made of. Not const: remembers that a change of the document was only a selection.
  bool is_fresh(About about);
  std::unique_ptr<Made>& made(About about) { return about == About::kView ? of_view_ : of_object_; }
  void start(About about);

  Session& session_;
  About about_ = About::kView;
  std::unique_ptr<Made> of_view_, of_object_;
  int job_ = 0;
  std::uint64_t scenes_ = 0;  // counts scenes: a caption of a former one is dropped
};

}  // namespace skyline::app::desktop
