#include "models/language/interpreter/word_trie.h"

#include <algorithm>

namespace skyline::models {
namespace {

constexpr std::size_t kShortestPart = 2;    // letters of each half of two words written together
constexpr std::size_t kShortestJoined = 6;  // letters of two words that stand for one

std::uint64_t edge(std::uint32_t node, std::uint32_t word) { return static_cast<std::uint64_t>(node) << 32U | word; }

bool is_corrected(const Token& token) { return token.kind == Token::Kind::kWord && allowed_slips(token.text.size()) > 0; }

}  // namespace

void WordTrie::add(std::span<const std::string> words, std::uint32_t id, std::uint32_t tag) {
  std::uint32_t node = 0;
  for (const std::string& word : words) {
    const std::uint32_t number = words_.try_emplace(word, static_cast<std::uint32_t>(words_.size())).first->second;
    const auto [next, added] = children_.try_emplace(edge(node, number), static_cast<std::uint32_t>(ends_.size()));
    if (added) ends_.emplace_back();
    node = next->second;
  }
  if (node == 0) return;
  // Forms of one thing are added one after the other.
  if (ends_[node].empty() || ends_[node].back().id != id) ends_[node].push_back({id, tag});
}

void WordTrie::finish() {
  for (const auto& [word, number] : words_) spelling_.add(word, number);
}

std::uint32_t WordTrie::number_of(std::string_view word) const {
  const auto found = words_.find(word);
  return found == words_.end() ? kNone : found->second;
}

std::uint32_t WordTrie::child(std::uint32_t node, std::uint32_t word) const {
  const auto found = children_.find(edge(node, word));
  return found == children_.end() ? kNone : found->second;
}

Corrections WordTrie::corrections(std::span<const Token> tokens, const std::function<bool(std::string_view)>& is_word) const {
  Corrections all(tokens.size());
  std::size_t corrected = 0;
  for (std::size_t i = 0; i < tokens.size() && corrected < kMostCorrected; ++i) {
    if (!is_corrected(tokens[i]) || knows(tokens[i].text) || is_word(tokens[i].text)) continue;
    ++corrected;
    for (const SpellingCandidate& candidate : spelling_.find(tokens[i].text)) all[i].push_back({candidate.id, kNone, candidate.distance});
    split_in_two(tokens[i].text, all[i]);
  }
  return all;
}

void WordTrie::split_in_two(const std::string& word, std::vector<WordCorrection>& found) const {
  for (std::size_t i = kShortestPart; i + kShortestPart <= word.size(); ++i) {
    const std::uint32_t first = number_of(std::string_view(word).substr(0, i));
    const std::uint32_t second = first == kNone ? kNone : number_of(std::string_view(word).substr(i));
    if (second != kNone) found.push_back({first, second, 0});
  }
}

std::vector<TrieMatch> WordTrie::match(std::span<const Token> tokens, std::size_t at, const Corrections* corrections) const {
  std::vector<TrieMatch> found;
  std::vector<Walk> open{{0, at, 0, false}};
  const auto go = [&](std::uint32_t node, std::size_t next, int slips, bool joined) {
    if (node == kNone) return;
    open.push_back({node, next, slips, joined});
    for (const End& end : ends_[node]) found.push_back({next - at, end.id, end.tag, slips, joined});
  };
  while (!open.empty()) {
    const Walk walk = open.back();
    open.pop_back();
    if (walk.at >= tokens.size()) continue;
    const Token& token = tokens[walk.at];
    if (const std::uint32_t number = number_of(token.text); number != kNone)
      go(child(walk.node, number), walk.at + 1, walk.slips, walk.joined);
    if (corrections == nullptr) continue;
    for (const WordCorrection& correction : (*corrections)[walk.at]) {
      std::uint32_t node = child(walk.node, correction.word);
      if (node != kNone && correction.second != kNone) node = child(node, correction.second);
      go(node, walk.at + 1, walk.slips + correction.slips, walk.joined || correction.second != kNone);
    }
    const bool pair = walk.at + 1 < tokens.size() && token.kind == Token::Kind::kWord && tokens[walk.at + 1].kind == Token::Kind::kWord;
    if (pair && token.text.size() + tokens[walk.at + 1].text.size() >= kShortestJoined) {
      const std::uint32_t number = number_of(token.text + tokens[walk.at + 1].text);
      if (number != kNone) go(child(walk.node, number), walk.at + 2, walk.slips, true);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const TrieMatch& a, const TrieMatch& b) {
    if (a.length != b.length) return a.length > b.length;
    return a.slips != b.slips ? a.slips < b.slips : a.joined < b.joined;
  });
  return found;
}

}  // namespace skyline::models
