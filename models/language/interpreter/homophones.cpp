#include "models/language/interpreter/homophones.h"

#include "models/language/interpreter/normalise.h"
#include "models/language/interpreter/table_file.h"

#include <algorithm>

namespace skyline::models {
namespace {

constexpr std::size_t kLongest = 8;     // characters; longer words have parts of their own
constexpr std::size_t kSpellings = 16;  // ways to read one word that are kept
constexpr double kSameSound = 1.0, kAlike = 1.5;

std::string class_of(std::string sound) {
  if (sound.size() > 2 && sound[1] == 'h' && (sound[0] == 'z' || sound[0] == 'c' || sound[0] == 's')) sound.erase(1, 1);
  if (sound.starts_with('n') && sound.size() > 1 && sound != "ng") sound[0] = 'l';
  if (sound.ends_with("ing") || sound.ends_with("eng")) sound.pop_back();
  return sound;
}

}  // namespace

core::Result<PinyinTable> PinyinTable::load(const std::filesystem::path& file) {
  auto lines = read_table(file);
  if (!lines) return lines.error();
  PinyinTable table;
  for (const TableLine& line : *lines) {
    const std::u32string character = to_utf32(line.columns[0]);
    if (line.columns.size() != 2 || character.size() != 1 || line.columns[1].empty()) {
      return line.error("is no character with its sounds",
                        "write the character, a tab and its sounds in pinyin, or run scripts/make-pinyin");
    }
    for (const std::string& sound : split_columns(line.columns[1], ' ')) {
      table.sounds_[character[0]].push_back({table.syllable(sound), table.syllable(class_of(sound))});
    }
  }
  return table;
}

std::uint16_t PinyinTable::syllable(const std::string& text) {
  return syllables_.try_emplace(text, static_cast<std::uint16_t>(syllables_.size())).first->second;
}

std::span<const PinyinTable::Sound> PinyinTable::sounds(char32_t c) const {
  const auto found = sounds_.find(c);
  return found == sounds_.end() ? std::span<const Sound>() : std::span<const Sound>(found->second);
}

bool PinyinTable::same(char32_t a, char32_t b) const {
  for (const Sound& x : sounds(a)) {
    for (const Sound& y : sounds(b)) {
      if (x.exact == y.exact) return true;
    }
  }
  return false;
}

void HomophoneIndex::add(std::u32string_view word, std::uint32_t id) {
  if (word.size() < 2 || word.size() > kLongest) return;
  std::vector<std::uint32_t> nodes{0};
  for (const char32_t c : word) {
    std::vector<std::uint32_t> next;
    for (const std::uint32_t node : nodes) {
      for (const PinyinTable::Sound& sound : pinyin_->sounds(c)) {
        const auto fresh = static_cast<std::uint32_t>(ends_.size());
        const auto [child, added] = children_.try_emplace(static_cast<std::uint64_t>(node) << 16U | sound.alike, fresh);
        if (added) ends_.emplace_back();
        if (std::find(next.begin(), next.end(), child->second) == next.end() && next.size() < kSpellings) next.push_back(child->second);
      }
    }
    nodes = std::move(next);
  }
  for (const std::uint32_t node : nodes) ends_[node].push_back(static_cast<std::uint32_t>(words_.size()));
  words_.emplace_back(word, id);
}

std::vector<Homophone> HomophoneIndex::find(std::u32string_view text) const {
  std::vector<Homophone> found;
  descend(text, 0, 0, found);
  return found;
}

void HomophoneIndex::descend(std::u32string_view text, std::size_t depth, std::uint32_t node, std::vector<Homophone>& found) const {
  for (const std::uint32_t index : ends_[node]) {
    const auto& [word, id] = words_[index];
    if (std::any_of(found.begin(), found.end(), [&](const Homophone& h) { return h.id == id && h.length == depth; })) continue;
    double cost = 0;
    std::size_t different = 0;
    for (std::size_t i = 0; i < depth; ++i) {
      if (text[i] == word[i]) continue;
      ++different;
      cost += pinyin_->same(text[i], word[i]) ? kSameSound : kAlike;
    }
    if (different > 0 && different * 2 <= depth + 1) found.push_back({depth, id, cost});
  }
  if (depth == text.size() || depth == kLongest) return;
  std::uint16_t tried = 0xffff;
  for (const PinyinTable::Sound& sound : pinyin_->sounds(text[depth])) {
    if (sound.alike == tried) continue;
    tried = sound.alike;
    const auto child = children_.find(static_cast<std::uint64_t>(node) << 16U | sound.alike);
    if (child != children_.end()) descend(text, depth + 1, child->second, found);
  }
}

}  // namespace skyline::models
