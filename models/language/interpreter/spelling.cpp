#include "models/language/interpreter/spelling.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace skyline::models {
namespace {

constexpr std::size_t kLongest = 24;  // letters; longer strings are no words
constexpr std::size_t kCandidates = 4;

// FNV-1a, continued letter by letter.
constexpr std::uint64_t kStart = 14695981039346656037ULL;
std::uint64_t continued(std::uint64_t hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; }

// Hashes of the word with up to `deletions` letters left out.
void rests(std::string_view word, int deletions, std::uint64_t hash, std::vector<std::uint64_t>& found) {
  std::uint64_t prefix = hash;
  if (deletions > 0) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      rests(word.substr(i + 1), deletions - 1, prefix, found);
      prefix = continued(prefix, word[i]);
    }
  } else {
    for (const char c : word) prefix = continued(prefix, c);
  }
  found.push_back(prefix);
}

std::vector<std::uint64_t> rests(std::string_view word) {
  std::vector<std::uint64_t> found;
  rests(word, allowed_slips(word.size()), kStart, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool can_be_corrected(std::string_view word) {
  return allowed_slips(word.size()) > 0 && word.size() <= kLongest &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

int allowed_slips(std::size_t letters) { return letters < 4 ? 0 : letters < 8 ? 1 : 2; }

int slips_between(std::string_view a, std::string_view b, int limit) {
  if (a.size() > kLongest || b.size() > kLongest) return limit + 1;
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit) return limit + 1;
  std::array<std::array<int, kLongest + 1>, 3> rows{};  // before the last, last, this
  for (std::size_t j = 0; j <= b.size(); ++j) rows[1][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    rows[2][0] = static_cast<int>(i);
    int least = rows[2][0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int best = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, rows[1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = std::min(best, rows[0][j - 2] + 1);
      rows[2][j] = best;
      least = std::min(least, best);
    }
    if (least > limit + 1) return limit + 1;
    rows[0] = rows[1];
    rows[1] = rows[2];
  }
  return std::min(rows[1][b.size()], limit + 1);
}

void SpellingIndex::add(std::string_view word, std::uint32_t id) {
  if (!can_be_corrected(word)) return;
  words_.emplace_back(word);
  ids_.push_back(id);
}

const SpellingIndex::Rests& SpellingIndex::by_rest() const {
  std::call_once(lazy_->once, [this] {
    for (std::uint32_t index = 0; index < words_.size(); ++index) {
      for (const std::uint64_t rest : rests(words_[index])) lazy_->rests.emplace_back(rest, index);
    }
    std::sort(lazy_->rests.begin(), lazy_->rests.end());
  });
  return lazy_->rests;
}

std::vector<SpellingCandidate> SpellingIndex::find(std::string_view word) const {
  std::vector<SpellingCandidate> found;
  if (!can_be_corrected(word)) return found;
  std::vector<std::uint32_t> indices;
  const Rests& known_rests = by_rest();
  for (const std::uint64_t rest : rests(word)) {
    for (auto at = std::lower_bound(known_rests.begin(), known_rests.end(), std::pair(rest, std::uint32_t{0}));
         at != known_rests.end() && at->first == rest; ++at)
      indices.push_back(at->second);
  }
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  for (const std::uint32_t index : indices) {
    const std::string& known = words_[index];
    const int limit = std::min(allowed_slips(word.size()), allowed_slips(known.size()));
    const int distance = slips_between(word, known, limit);
    if (distance == 2 && known.front() != word.front()) continue;  // nobody mistakes the first letter and another one
    if (distance <= limit) found.push_back({ids_[index], distance});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
  while (!found.empty() && found.back().distance > found.front().distance) found.pop_back();
  if (found.size() > kCandidates) found.resize(kCandidates);
  return found;
}

}  // namespace skyline::models
