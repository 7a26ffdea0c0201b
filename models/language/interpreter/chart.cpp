#include "models/language/interpreter/chart.h"

#include <algorithm>
#include <array>
#include <deque>

namespace skyline::models {
namespace {

constexpr double kSkipWeight = -0.1;

// Two ways to the same reference are one.
bool same(const Meaning& a, const Meaning& b) {
  if (a.index() != b.index()) return false;
  if (const Query* const query = std::get_if<Query>(&a)) return *query == std::get<Query>(b);
  if (const Amount* const amount = std::get_if<Amount>(&a)) return *amount == std::get<Amount>(b);
  if (const Heading* const heading = std::get_if<Heading>(&a)) return *heading == std::get<Heading>(b);
  return false;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (c == separator && !quoted) {
      if (!part.empty()) parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

}  // namespace

int Grammar::intern(std::string_view name) {
  const auto [at, fresh] = symbols_.try_emplace(std::string(name), static_cast<int>(names_.size()));
  if (fresh) {
    names_.emplace_back(name);
    choices_.emplace_back();
    if (name.size() > 2 && name.front() == '\'' && name.find("'|") == std::string_view::npos && name.back() == '\'')
      literals_[name[1]].emplace_back(name.substr(1, name.size() - 2));
  }
  return at->second;
}

int Grammar::symbol(std::string_view name) const {
  const auto found = symbols_.find(std::string(name));
  return found == symbols_.end() ? -1 : found->second;
}

std::span<const std::string> Grammar::literals(char first) const {
  const auto found = literals_.find(first);
  if (found == literals_.end()) return {};
  return found->second;
}

void Grammar::expand(int symbol, std::span<const std::string> parts, std::size_t at, Rule rule) {
  if (at == parts.size()) {
    if (!rule.parts.empty()) rules_.push_back(std::move(rule));
    return;
  }
  std::string part = parts[at];
  if (part.back() == '?') {
    part.pop_back();
    expand(symbol, parts, at + 1, rule);
  }
  const int wanted = intern(part);
  const std::vector<std::string> choices = split(part, '|');
  if (choices.size() > 1) {
    for (const std::string& choice : choices) {
      auto& of_choice = choices_[static_cast<std::size_t>(intern(choice))];
      if (std::find(of_choice.begin(), of_choice.end(), wanted) == of_choice.end()) of_choice.push_back(wanted);
    }
  }
  rule.parts.push_back(wanted);
  rule.slots.push_back(static_cast<int>(at));
  expand(symbol, parts, at + 1, std::move(rule));
}

bool Grammar::fits(int wanted, int symbol) const {
  if (wanted == symbol) return true;
  const auto& of_symbol = choices_[static_cast<std::size_t>(symbol)];
  return std::find(of_symbol.begin(), of_symbol.end(), wanted) != of_symbol.end();
}

void Grammar::add(std::string_view symbol, std::string_view parts, double weight, Action action) {
  const std::vector<std::string> sequence = split(parts, ' ');
  Rule rule;
  rule.symbol = intern(symbol);
  rule.arguments = sequence.size();
  rule.weight = weight;
  rule.action = std::make_shared<const Action>(std::move(action));
  expand(rule.symbol, sequence, 0, std::move(rule));
}

void Grammar::finish() {
  starting_with_.assign(names_.size(), {});
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const int first = rules_[i].parts.front();
    for (std::size_t symbol = 0; symbol < names_.size(); ++symbol) {
      if (fits(first, static_cast<int>(symbol))) starting_with_[symbol].push_back(static_cast<int>(i));
    }
  }
  for (auto& [first, words] : literals_) {
    std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  }
}

// Bottom-up with an agenda: a rule whose first parts are there waits at the node where its next part must begin.
class ChartBuilder {
 public:
  ChartBuilder(const Grammar& grammar, std::span<const LatticeWord> words, int nodes) : grammar_(grammar) {
    const auto count = static_cast<std::size_t>(nodes) + 1;
    chart_.starting_.resize(count);
    waiting_.resize(count);
    skips_.resize(count);
    for (const LatticeWord& word : words) {
      if (word.skippable) skips_[static_cast<std::size_t>(word.begin)].push_back(word.end);
    }
    for (const LatticeWord& word : words) {
      add_word(word, std::string(word.kind));
      if (!word.value.empty()) add_word(word, std::string(word.kind) + ":" + std::string(word.value));
    }
  }

  Chart build() {
    while (!agenda_.empty()) {
      const int edge = agenda_.front();
      agenda_.pop_front();
      if (dropped_[static_cast<std::size_t>(edge)]) continue;
      const int symbol = chart_.phrase(edge).symbol;
      const int begin = chart_.phrase(edge).begin;
      for (const int rule : grammar_.starting_with_[static_cast<std::size_t>(symbol)]) advance({.rule = rule}, edge);
      const auto& waiting = waiting_[static_cast<std::size_t>(begin)];
      for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (grammar_.fits(next_symbol(waiting[i]), symbol)) advance(Item(waiting[i]), edge);
      }
    }
    drop_marked();
    return std::move(chart_);
  }

 private:
  static constexpr std::size_t kLongestRule = 12;
  struct Item {
    int rule = 0;
    int begin = 0;
    std::uint8_t done = 0;
    double score = 0;
    std::array<int, kLongestRule> edges{};
  };

  void add_word(const LatticeWord& word, const std::string& name) {
    const int symbol = grammar_.symbol(name);
    if (symbol >= 0) add_phrase({word.begin, word.end, symbol, word.weight, word.meaning});
  }

  int next_symbol(const Item& item) const { return grammar_.rules_[static_cast<std::size_t>(item.rule)].parts[item.done]; }

  void add_phrase(Phrase phrase) {
    if (chart_.phrases_.size() >= kMostPhrases) return;
    auto& starting = chart_.starting_[static_cast<std::size_t>(phrase.begin)];
    std::size_t rivals = 0;
    int worst = -1;
    for (const int other : starting) {
      const Phrase& rival = chart_.phrase(other);
      if (rival.end != phrase.end || rival.symbol != phrase.symbol || dropped_[static_cast<std::size_t>(other)]) continue;
      if (same(rival.meaning, phrase.meaning)) {
        if (rival.score >= phrase.score) return;
        dropped_[static_cast<std::size_t>(other)] = true;
        continue;
      }
      ++rivals;
      if (worst < 0 || rival.score < chart_.phrase(worst).score) worst = other;
    }
    if (rivals >= kMostReadings) {
      if (chart_.phrase(worst).score >= phrase.score) return;
      dropped_[static_cast<std::size_t>(worst)] = true;
    }
    const int index = static_cast<int>(chart_.phrases_.size());
    starting.push_back(index);
    chart_.phrases_.push_back(std::move(phrase));
    dropped_.push_back(false);
    agenda_.push_back(index);
  }

  void advance(Item item, int edge) {
    const Grammar::Rule& rule = grammar_.rules_[static_cast<std::size_t>(item.rule)];
    if (rule.parts.size() > kLongestRule) return;
    const Phrase& part = chart_.phrase(edge);
    if (item.done == 0) item.begin = part.begin;
    item.edges[item.done++] = edge;
    item.score += part.score;
    if (item.done == rule.parts.size()) {
      complete(rule, item, part.end);
    } else {
      wait(item, part.end);
    }
  }

  void wait(Item item, int node) {
    const int symbol = next_symbol(item);
    waiting_[static_cast<std::size_t>(node)].push_back(item);
    // Indexes: the list grows while it is read.
    for (std::size_t i = 0; i < chart_.starting_[static_cast<std::size_t>(node)].size(); ++i) {
      const int edge = chart_.starting_[static_cast<std::size_t>(node)][i];
      if (!grammar_.fits(symbol, chart_.phrase(edge).symbol) || dropped_[static_cast<std::size_t>(edge)] || pending(edge)) continue;
      advance(item, edge);
    }
    for (const int after : skips_[static_cast<std::size_t>(node)]) {
      Item later = item;
      later.score += kSkipWeight;
      wait(later, after);
    }
  }

  // On the agenda still: it meets the waiting rule when it is taken from there.
  bool pending(int edge) const { return !agenda_.empty() && edge >= agenda_.front(); }

  void complete(const Grammar::Rule& rule, const Item& item, int end) {
    std::array<const Meaning*, kLongestRule> values{};
    for (std::size_t i = 0; i < rule.parts.size(); ++i) {
      values[static_cast<std::size_t>(rule.slots[i])] = &chart_.phrase(item.edges[i]).meaning;
    }
    std::optional<Meaning> meaning;
    try {
      meaning = (*rule.action)(Arguments({values.data(), rule.arguments}));
    } catch (const std::bad_variant_access&) {
      return;
    }
    if (!meaning) return;
    add_phrase({item.begin, end, rule.symbol, item.score + rule.weight, *std::move(meaning)});
  }

  void drop_marked() {
    for (auto& starting : chart_.starting_) {
      std::erase_if(starting, [&](int edge) { return dropped_[static_cast<std::size_t>(edge)]; });
    }
  }

  const Grammar& grammar_;
  Chart chart_;
  std::vector<std::vector<Item>> waiting_;
  std::vector<std::vector<int>> skips_;
  std::vector<bool> dropped_;
  std::deque<int> agenda_;
};

Chart parse_chart(const Grammar& grammar, std::span<const LatticeWord> words, int nodes) {
  return ChartBuilder(grammar, words, nodes).build();
}

}  // namespace skyline::models
