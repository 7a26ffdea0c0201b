#include "models/language/interpreter/tokens.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::models {
namespace {

constexpr double kCostOfUnknown = 3.0;   // of a word of content
constexpr double kCostOfFunction = 1.0;  // of a function word or a symbol that no rule knows
constexpr double kCostOfEdge = 0.05;     // so that of two readings the one in fewer words is taken

bool is_quotation_mark(const Token& token) { return token.text == "\"" || token.text == "'"; }

class LatticeBuilder {
 public:
  LatticeBuilder(std::string_view sentence, const Lexicon& lexicon, const Gazetteer* gazetteer)
      : text_(normalise(sentence)), lexicon_(lexicon), gazetteer_(gazetteer) {
    lattice_.tokens = split(text_);
    spoken_for_.resize(lattice_.tokens.size());
    is_small_.resize(lattice_.tokens.size());
  }

  Lattice run() {
    add_numbers();
    add_names();
    add_entries();
    add_quotations();
    add_symbols();
    add_unknown_words();
    index();
    add_unknown_runs();
    index();
    lattice_.chinese = is_chinese();
    return std::move(lattice_);
  }

 private:
  std::span<const Token> tokens() const { return lattice_.tokens; }

  Edge& add(Edge::Type type, std::size_t from, std::size_t length, double cost) {
    Edge edge;
    edge.type = type;
    edge.from = static_cast<std::uint32_t>(from);
    edge.to = static_cast<std::uint32_t>(from + length);
    edge.start = tokens()[from].start;
    edge.end = tokens()[from + length - 1].end;
    edge.text = written(edge.start, edge.end);
    edge.cost = cost;
    lattice_.edges.push_back(std::move(edge));
    return lattice_.edges.back();
  }
  std::string written(std::uint32_t start, std::uint32_t end) const {
    return to_utf8(std::u32string_view(text_.original).substr(start, end - start));
  }
  // Characters that are understood as they stand are no slips of something else.
  void speak_for(std::size_t from, std::size_t length) {
    for (std::size_t i = from; i < from + length; ++i) spoken_for_[i] = true;
  }

  void add_numbers() {
    for (std::size_t i = 0; i < tokens().size(); ++i) {
      for (const NumberMatch& match : match_numbers(tokens(), i, &lexicon_)) {
        add(Edge::Type::kNumber, i, match.length, match.cost).number = match.number;
        speak_for(i, match.length);
      }
    }
  }

  void add_names() {
    if (gazetteer_ == nullptr) return;
    const auto all = gazetteer_->match_all(tokens());
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const Gazetteer::Match& match : all[i]) {
        if (match.corrected && tokens()[i].kind == Token::Kind::kHan && is_spoken_for(i, match.length, to_utf32(match.name->name)))
          continue;
        Edge& edge = add(Edge::Type::kName, i, match.length, match.cost);
        edge.name = match.name;
        edge.part = match.part;
        if (match.corrected) edge.corrected = match.name->name;
        if (!match.corrected && match.length > 1) speak_for(i, match.length);
      }
    }
  }

  void add_entries() {
    const auto all = lexicon_.match_all(tokens());
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const WordMatch& match : all[i]) {
        const bool small_word = match.entry->kind == "particle" || match.entry->kind == "verb";
        if (match.correction != WordMatch::Correction::kNone) continue;
        if (match.length > 1 || small_word) speak_for(i, match.length);
        if (match.length == 1 && small_word) is_small_[i] = true;
      }
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const WordMatch& match : all[i]) {
        const bool by_sound = match.correction == WordMatch::Correction::kHomophone;
        if (by_sound && (is_spoken_for(i, match.length, to_utf32(match.entry->surface)) || is_half_small(i, match.length))) continue;
        Edge& edge = add(Edge::Type::kEntry, i, match.length, match.cost);
        edge.entry = match.entry;
        edge.form = match.form;
        if (match.correction != WordMatch::Correction::kNone) edge.corrected = match.entry->surface;
      }
    }
  }
  // Whether one of the characters that would be corrected is understood already.
  bool is_spoken_for(std::size_t from, std::size_t length, std::u32string_view meant) const {
    for (std::size_t i = 0; i < length && i < meant.size(); ++i) {
      if (spoken_for_[from + i] && tokens()[from + i].text != to_utf8(meant.substr(i, 1))) return true;
    }
    return false;
  }

  // 的诗 is no slip of 的士: a particle and a word.
  bool is_half_small(std::size_t from, std::size_t length) const { return length == 2 && (is_small_[from] || is_small_[from + 1]); }

  // From a mark to the next one of its kind. The typewriter's apostrophe opens only in front of a word.
  void add_quotations() {
    std::size_t open = tokens().size();
    for (std::size_t i = 0; i < tokens().size(); ++i) {
      if (!is_quotation_mark(tokens()[i])) continue;
      const bool matches = open < tokens().size() && tokens()[open].text == tokens()[i].text;
      if (matches && i > open + 1) {
        Edge& edge = add(Edge::Type::kQuoted, open, i - open + 1, 0);
        edge.text = written(tokens()[open].end, tokens()[i].start);
        open = tokens().size();
      } else if (open == tokens().size() || tokens()[i].text == "\"") {
        open = i;
      }
    }
  }

  void add_symbols() {
    for (std::size_t i = 0; i < tokens().size(); ++i) {
      if (tokens()[i].kind == Token::Kind::kSymbol) add(Edge::Type::kPunctuation, i, 1, 0).text = tokens()[i].text;
    }
  }

  // So that every token has an edge of its own.
  void add_unknown_words() {
    std::vector<bool> known(tokens().size());
    for (const Edge& edge : lattice_.edges) {
      if (edge.to == edge.from + 1 && edge.corrected.empty() && !edge.part) known[edge.from] = true;
    }
    for (std::size_t i = 0; i < tokens().size(); ++i) {
      if (known[i]) continue;
      const bool content = !lexicon_.is_function_word(tokens()[i].text) && tokens()[i].text != "\xef\xbf\xbd";
      add(Edge::Type::kUnknown, i, 1, content ? kCostOfUnknown : kCostOfFunction).content = content;
    }
  }

  // Chinese words that nobody knows are as long as the gap that known words leave.
  void add_unknown_runs() {
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (const std::size_t index : lattice_.best_path()) {
      const Edge& edge = lattice_.edges[index];
      const bool in_run = edge.type == Edge::Type::kUnknown && tokens()[edge.from].kind == Token::Kind::kHan;
      if (!in_run) continue;
      if (!runs.empty() && runs.back().first + runs.back().second == edge.from) {
        ++runs.back().second;
      } else {
        runs.emplace_back(edge.from, 1);
      }
    }
    for (const auto& [from, length] : runs) {
      if (length > 1) add(Edge::Type::kUnknown, from, length, kCostOfUnknown);
    }
  }

  void index() {
    auto& edges = lattice_.edges;
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
      if (a.from != b.from) return a.from < b.from;
      return a.to != b.to ? a.to > b.to : a.cost < b.cost;
    });
    lattice_.first.assign(tokens().size() + 2, static_cast<std::uint32_t>(edges.size()));
    for (std::size_t i = edges.size(); i-- > 0;) lattice_.first[edges[i].from] = static_cast<std::uint32_t>(i);
    for (std::size_t node = tokens().size(); node-- > 0;) lattice_.first[node] = std::min(lattice_.first[node], lattice_.first[node + 1]);
  }

  // By the words of the cheapest reading; names and numbers have no language. What is done decides a tie.
  bool is_chinese() const {
    int chinese = 0;
    int english = 0;
    for (const std::size_t i : lattice_.best_path()) {
      const Edge& edge = lattice_.edges[i];
      if (edge.type != Edge::Type::kEntry && edge.type != Edge::Type::kUnknown) continue;
      const bool han = tokens()[edge.from].kind == Token::Kind::kHan;
      const bool decides = edge.entry != nullptr && (edge.entry->kind == "op" || edge.entry->kind == "asked");
      (han ? chinese : english) += decides ? 3 : 2;
    }
    if (chinese != english) return chinese > english;
    return std::any_of(tokens().begin(), tokens().end(), [](const Token& token) { return token.kind == Token::Kind::kHan; });
  }

  NormalisedText text_;
  const Lexicon& lexicon_;
  const Gazetteer* gazetteer_;
  Lattice lattice_;
  std::vector<bool> spoken_for_;  // of each token
  std::vector<bool> is_small_;    // particles and the like
};

}  // namespace

std::span<const Edge> Lattice::from(std::size_t node) const {
  if (node + 1 >= first.size()) return {};
  return std::span(edges).subspan(first[node], first[node + 1] - first[node]);
}

std::vector<std::size_t> Lattice::best_path() const {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<double> rest(tokens.size() + 1, kFar);  // cost from each node to the end
  std::vector<std::size_t> choice(tokens.size() + 1);
  rest.back() = 0;
  for (std::size_t node = tokens.size(); node-- > 0;) {
    for (std::size_t i = first[node]; i < first[node + 1]; ++i) {
      const double cost = edges[i].cost + kCostOfEdge + rest[edges[i].to];
      if (cost < rest[node]) {
        rest[node] = cost;
        choice[node] = i;
      }
    }
  }
  std::vector<std::size_t> path;
  for (std::size_t node = 0; node < tokens.size() && rest[node] < kFar; node = edges[path.back()].to) path.push_back(choice[node]);
  return path;
}

Lattice read_tokens(std::string_view sentence, const Lexicon& lexicon, const Gazetteer* gazetteer) {
  return LatticeBuilder(sentence, lexicon, gazetteer).run();
}

}  // namespace skyline::models
