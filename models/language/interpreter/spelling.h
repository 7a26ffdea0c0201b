// Which known words a misspelt word may be: edit distance with swaps of neighbours (Damerau's, as optimal string alignment), 1 for words of
// four to seven letters, 2 for longer ones, none for shorter ones.
//
//   SpellingIndex index;
//   index.add("tower", 7);
//   for (const SpellingCandidate& c : index.find("towre")) ...   // 7 at distance 1
//
// Words are found by the strings that remain when letters are left out of them (symmetric deletion), so the time does not grow with the
// number of words. Reading is safe from several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skyline::models {

struct SpellingCandidate {
  std::uint32_t id = 0;
  int distance = 0;
};

class SpellingIndex {
 public:
  // Words of ASCII letters only; others are passed over. All of them before the first find.
  void add(std::string_view word, std::uint32_t id);
  // The nearest ones, at most four.
  std::vector<SpellingCandidate> find(std::string_view word) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::uint32_t> ids_;
  // Hash of what remains and index of the word, in order. Most sentences hold no slip, so it is made when the first one is looked for.
  using Rests = std::vector<std::pair<std::uint64_t, std::uint32_t>>;
  const Rests& by_rest() const;
  struct Lazy {
    std::once_flag once;
    Rests rests;
  };
  std::shared_ptr<Lazy> lazy_ = std::make_shared<Lazy>();
};

// How many slips a word of that many letters may hold.
int allowed_slips(std::size_t letters);
// Stops beyond `limit` and returns limit + 1.
int slips_between(std::string_view a, std::string_view b, int limit);

}  // namespace skyline::models
