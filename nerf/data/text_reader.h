// Reads lines and words from untrusted text. Private to nerf/data.
#pragma once

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace skyline::nerf {

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}

  // The next line without its line break; false at the end.
  bool next(std::string_view& line) {
    if (position_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', position_), text_.size());
    line = text_.substr(position_, end - position_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    position_ = end + 1;
    ++number_;
    return true;
  }
  int number() const { return number_; }              // of the last line, from 1
  std::size_t position() const { return position_; }  // of the next line

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  int number_ = 0;
};

// Takes the next word off the front of `line`; empty at the end.
inline std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

template <class T>
bool next_number(std::string_view& line, T& value) {
  const std::string_view word = next_word(line);
  const auto [last, code] = std::from_chars(word.data(), word.data() + word.size(), value);
  return code == std::errc() && last == word.data() + word.size();
}

}  // namespace skyline::nerf
