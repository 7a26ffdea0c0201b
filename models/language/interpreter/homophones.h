// Which known Chinese words sound like what was written: 角堂 is 教堂 (jiao tang). Tones do not count; z and zh, c and ch, s and sh, n and
// l, in and ing, en and eng are taken for each other at a higher cost, as people who type by sound do.
//
// Reading is safe from several threads.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace skyline::models {

struct Homophone {
  std::size_t length = 0;  // characters
  std::uint32_t id = 0;
  double cost = 0;  // 1 for each character that only sounds the same, 1.5 where it only sounds alike
};

// How characters sound.
class PinyinTable {
 public:
  // Lines of `file`: character <tab> sounds parted by blanks. Errors name file and line.
  static core::Result<PinyinTable> load(const std::filesystem::path& file);

  struct Sound {
    std::uint16_t exact = 0, alike = 0;  // numbers of the syllable and of those that are taken for it
  };
  std::span<const Sound> sounds(char32_t c) const;
  bool same(char32_t a, char32_t b) const;

 private:
  std::uint16_t syllable(const std::string& text);
  std::unordered_map<std::string, std::uint16_t> syllables_;
  std::unordered_map<char32_t, std::vector<Sound>> sounds_;
};

class HomophoneIndex {
 public:
  explicit HomophoneIndex(std::shared_ptr<const PinyinTable> pinyin) : pinyin_(std::move(pinyin)) {}

  // A word of two characters or more; others are passed over.
  void add(std::u32string_view word, std::uint32_t id);
  // Words that begin where `text` begins and differ from it in at most half of their characters, rounded up.
  std::vector<Homophone> find(std::u32string_view text) const;

 private:
  void descend(std::u32string_view text, std::size_t depth, std::uint32_t node, std::vector<Homophone>& found) const;

  std::shared_ptr<const PinyinTable> pinyin_;
  std::unordered_map<std::uint64_t, std::uint32_t> children_;  // node, class of the syllable -> node
  std::vector<std::vector<std::uint32_t>> ends_{{}};           // of each node: indices of words
  std::vector<std::pair<std::u32string, std::uint32_t>> words_;
};

}  // namespace skyline::models
