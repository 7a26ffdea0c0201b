// Bare numbers in words and figures, without units: the parts that numbers.cpp puts together. Internal to numbers.
#pragma once

#include "models/language/interpreter/normalise.h"
#include "models/language/interpreter/numbers.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace skyline::models {

// What stands at a token, token by token; past the end there are empty ones.
class TokenReader {
 public:
  TokenReader(std::span<const Token> tokens, std::size_t at) : tokens_(tokens), at_(at) {}
  std::string_view text(std::size_t offset = 0) const {
    return exists(offset) ? std::string_view(tokens_[at_ + offset].text) : std::string_view();
  }
  bool is(std::string_view word, std::size_t offset = 0) const { return text(offset) == word; }
  bool exists(std::size_t offset = 0) const { return at_ + offset < tokens_.size(); }
  bool kind(Token::Kind kind, std::size_t offset = 0) const { return exists(offset) && tokens_[at_ + offset].kind == kind; }
  bool glued(std::size_t offset = 0) const { return exists(offset) && tokens_[at_ + offset].glued; }
  TokenReader after(std::size_t tokens) const { return {tokens_, at_ + tokens}; }
  std::span<const Token> tokens() const { return tokens_; }
  std::size_t at() const { return at_; }

 private:
  std::span<const Token> tokens_;
  std::size_t at_;
};

// Each gives all readings that begin there; lengths in tokens.
std::vector<NumberMatch> figures(const TokenReader& reader);         // 12.5, 1,200, -30, 2k, 3/4, 2½, 3万, 3rd
std::vector<NumberMatch> english_number(const TokenReader& reader);  // thirty-five, "two and a half", "twenty-first", "a dozen"
std::vector<NumberMatch> chinese_number(const TokenReader& reader);  // 一百二, 十二点五, 三分之一, 百分之三十, 三成, 第二, 倒数第二, 十几
// One digit in figures or Chinese: the 五 of 两米五.
std::optional<int> single_digit(const TokenReader& reader);

}  // namespace skyline::models
