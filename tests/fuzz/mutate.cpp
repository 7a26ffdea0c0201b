#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <random>

namespace skyline::fuzz {
namespace {

// std::uniform_int_distribution differs between standard libraries; the generator does not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(engine_() % end); }
  template <class Values>
  auto one_of(const Values& values) {
    return values[below(std::size(values))];
  }

 private:
  std::mt19937_64 engine_;
};

void flip_bit(std::string& text, Random& random) {
  if (text.empty()) return;
  char& byte = text[random.below(text.size())];
  byte = static_cast<char>(byte ^ (1 << random.below(8)));
}

void set_bytes(std::string& text, Random& random) {
  constexpr char kBytes[] = {'\0', '\x01', '\x7F', '\x80', '\xFF', ' ', '\n', '"', '[', '{', '-', '9'};
  constexpr std::size_t kLengths[] = {1, 2, 4, 8};
  const std::size_t at = random.below(text.size());
  const std::size_t length = std::min(random.one_of(kLengths), text.size() - at);
  text.replace(at, length, length, random.one_of(kBytes));
}

void cut(std::string& text, Random& random) { text.resize(random.below(text.size() + 1)); }

void erase_part(std::string& text, Random& random) {
  const std::size_t at = random.below(text.size());
  text.erase(at, 1 + random.below(32));
}

void repeat_part(std::string& text, Random& random) {
  const std::size_t at = random.below(text.size());
  const std::string part = text.substr(at, 1 + random.below(64));
  text.insert(random.below(text.size() + 1), part);
}

// A number in the text becomes one at the edge of some type.
void replace_number(std::string& text, Random& random) {
  constexpr const char* kNumbers[] = {"0",
                                      "-1",
                                      "1",
                                      "2",
                                      "7",
                                      "255",
                                      "65536",
                                      "1048577",
                                      "2147483647",
                                      "4294967296",
                                      "1e9",
                                      "0.5",
                                      "1e-9",
                                      "1e-320",
                                      "1e38",
                                      "1e300",
                                      "-1e300",
                                      "1e999",
                                      "nan",
                                      "inf",
                                      "-0.0",
                                      "3.14",
                                      "null",
                                      "true",
                                      "\"1\"",
                                      "[]",
                                      "{}",
                                      "9223372036854775807",
                                      "18446744073709551615"};
  const auto is_part = [&](std::size_t i) {
    return std::isdigit(static_cast<unsigned char>(text[i])) != 0 || text[i] == '.' || text[i] == '-';
  };
  std::size_t begin = random.below(text.size());
  while (begin < text.size() && !is_part(begin)) ++begin;
  while (begin > 0 && begin < text.size() && is_part(begin - 1)) --begin;
  std::size_t end = begin;
  while (end < text.size() && is_part(end)) ++end;
  if (end > begin) text.replace(begin, end - begin, random.one_of(kNumbers));
}

void insert_token(std::string& text, Random& random) {
  constexpr const char* kTokens[] = {"null", "[]", "{}", "\"\"", "-", "1e400", ",", ":", "\n", " ", "%s", "../", "\xC3\x28"};
  text.insert(random.below(text.size() + 1), random.one_of(kTokens));
}

// Deep nesting exhausts the stack of whoever descends into it by recursion.
void nest(std::string& text, Random& random) {
  constexpr std::size_t kDepth = 60000;
  const bool lists = random.below(2) == 0;
  std::string open, close;
  for (std::size_t i = 0; i < kDepth; ++i) {
    open += lists ? "[" : "{\"a\":";
    close += lists ? "]" : "}";
  }
  const std::size_t value = text.find(": ", random.below(text.size()));
  const std::size_t at = value == std::string::npos ? std::min(text.find(':'), text.size()) : value + 1;
  text.insert(std::min(at + 1, text.size()), open + "1" + close + ",\"b\":");
}

void splice(std::string& text, const std::vector<std::string>& seeds, Random& random) {
  const std::string& other = seeds[random.below(seeds.size())];
  text = text.substr(0, random.below(text.size() + 1)) + other.substr(random.below(other.size() + 1));
}

}  // namespace

std::string mutated(const std::vector<std::string>& seeds, std::uint64_t number) {
  Random random(number);
  std::string text = seeds[random.below(seeds.size())];
  for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) {
    if (text.empty()) return text;
    const std::size_t kind = random.below(32);
    if (kind < 5) {
      flip_bit(text, random);
    } else if (kind < 10) {
      set_bytes(text, random);
    } else if (kind < 11) {
      cut(text, random);
    } else if (kind < 14) {
      erase_part(text, random);
    } else if (kind < 17) {
      repeat_part(text, random);
    } else if (kind < 28) {
      replace_number(text, random);
    } else if (kind < 30) {
      insert_token(text, random);
    } else if (kind < 31) {
      splice(text, seeds, random);
    } else {
      nest(text, random);
    }
  }
  return text;
}

}  // namespace skyline::fuzz
