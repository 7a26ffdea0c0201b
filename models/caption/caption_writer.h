// Puts a caption together, piece by piece, and remembers which bytes state what. Private to models/caption.
#pragma once

#include "models/caption/caption.h"

#include <string>
#include <string_view>

namespace skyline::models {

class CaptionWriter {
 public:
  explicit CaptionWriter(editor::Language language) { caption_.language = language; }
  // Words that claim nothing.
  CaptionWriter& say(std::string_view words);
  CaptionWriter& state(std::string_view words, Evidence evidence);
  Caption take() { return std::move(caption_); }

 private:
  void part_scripts(std::string_view words);
  Caption caption_;
};

// Evidence of one object in the picture.
Evidence evidence_of(Fact fact, const SeenObject& seen);
Evidence evidence_of(Fact fact, const Subject& subject, std::optional<double> value = {}, std::string_view unit = {});

// True where Latin letters meet Chinese characters: there is a space between them.
bool scripts_meet(std::string_view before, std::string_view after);

// What all languages decide alike.
inline bool fills_width(const SeenObject& seen) { return seen.subject.line && seen.left < 0.06 && seen.right > 0.94; }
bool has_height(const Subject& subject);  // worth a number: what stands
// Every second one is told the other way round, so that captions do not sound alike; the same one always the same.
inline bool place_first(const Subject& subject) { return subject.id % 2 == 0; }

std::string name_in(const Subject& subject, editor::Language language);  // tidy; empty: none

Caption view_caption_en(const FactSheet& facts);
Caption view_caption_zh(const FactSheet& facts);
Caption object_caption_en(const ObjectSheet& facts);
Caption object_caption_zh(const ObjectSheet& facts);

}  // namespace skyline::models
