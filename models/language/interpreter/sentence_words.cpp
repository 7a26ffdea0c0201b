// From the lattice of tokens to the words that rules speak of.
#include "models/language/interpreter/clause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skyline::models {
namespace {

constexpr double kSlipWeight = -0.8;  // of one slip of spelling

Amount::Unit unit_of(Number::Kind kind) {
  switch (kind) {
    case Number::Kind::kFraction:
    case Number::Kind::kPercent:
      return Amount::Unit::kShare;
    case Number::Kind::kLength:
      return Amount::Unit::kMetre;
    case Number::Kind::kStoreys:
      return Amount::Unit::kStorey;
    case Number::Kind::kArea:
      return Amount::Unit::kSquareMetre;
    case Number::Kind::kAngle:
      return Amount::Unit::kDegree;
    case Number::Kind::kDuration:
      return Amount::Unit::kSecond;
    case Number::Kind::kTimes:
      return Amount::Unit::kTimes;
    case Number::Kind::kSteps:
      return Amount::Unit::kStep;
    default:
      return Amount::Unit::kPlain;
  }
}

std::string_view kind_of(Number::Kind kind) {
  switch (kind) {
    case Number::Kind::kPlain:
      return "n.plain";
    case Number::Kind::kFraction:
      return "n.fraction";
    case Number::Kind::kOrdinal:
      return "n.ordinal";
    case Number::Kind::kPercent:
      return "n.percent";
    case Number::Kind::kLength:
      return "n.length";
    case Number::Kind::kArea:
      return "n.area";
    case Number::Kind::kAngle:
      return "n.angle";
    case Number::Kind::kStoreys:
      return "n.storeys";
    case Number::Kind::kDuration:
      return "n.duration";
    case Number::Kind::kTimes:
      return "n.times";
    case Number::Kind::kSteps:
      return "n.steps";
    case Number::Kind::kTime:
      return "n.time";
    case Number::Kind::kResolution:
      return "n.size";
  }
  return "n.plain";
}

Meaning meaning_of(const Number& number) {
  constexpr double kMetresPerStorey = 3;
  constexpr int kMinutesPerHour = 60;
  if (number.kind == Number::Kind::kTime) {
    int minutes = static_cast<int>(number.value);
    minutes = ((minutes % 1440) + 1440) % 1440;
    return Text{fmt::format("{:02}:{:02}", minutes / kMinutesPerHour, minutes % kMinutesPerHour), {}};
  }
  if (number.kind == Number::Kind::kResolution) return Text{fmt::format("{}x{}", number.width, number.height), {}};
  const double value = number.kind == Number::Kind::kStoreys ? number.value * kMetresPerStorey : number.value;
  Amount amount;
  amount.value = value;
  amount.unit = unit_of(number.kind);
  return amount;
}

class WordReader {
 public:
  WordReader(Sentence& sentence, const Grammar& grammar) : sentence_(sentence), grammar_(grammar) {}

  void read() {
    for (const Edge& edge : sentence_.lattice.edges) read_edge(edge);
    for (std::size_t i = 0; i < sentence_.lattice.tokens.size(); ++i) read_literals(i);
    keep_words_whole();
  }

  // 删除 is one word: 删 and 除 are none, least of all with 除 as "except".
  void keep_words_whole() {
    constexpr double kCutWeight = -0.8;
    std::vector<bool> inside(sentence_.lattice.tokens.size() + 1, false);
    for (const Edge& edge : sentence_.lattice.edges) {
      // 高级 is no 高
      if (edge.type == Edge::Type::kEntry && edge.entry->chinese && edge.entry->kind == "attribute" && edge.to > edge.from + 1 &&
          edge.entry->feature("plain") == "no") {
        for (LatticeWord& other : sentence_.words) {
          if (other.begin == static_cast<int>(edge.from) && other.end < static_cast<int>(edge.to)) other.weight += 4 * kCutWeight;
        }
      }
      const bool word =
          edge.type == Edge::Type::kEntry && edge.entry->chinese &&
          (edge.entry->kind == "op" || edge.entry->kind == "class" || edge.entry->kind == "dialogue" || edge.entry->kind == "part");
      if (!word || edge.cost > 0) continue;
      for (std::uint32_t node = edge.from + 1; node < edge.to; ++node) inside[node] = true;
      if (edge.entry->kind != "part") continue;
      // 屋顶 is no 屋
      for (LatticeWord& other : sentence_.words) {
        const bool piece = other.begin >= static_cast<int>(edge.from) && other.end < static_cast<int>(edge.to);
        if (piece && (other.kind == "class" || other.kind == "zh.class")) other.weight += kCutWeight;
      }
    }
    for (LatticeWord& word : sentence_.words) {
      const bool cut = inside[static_cast<std::size_t>(word.begin)];
      if (cut && word.kind != "class" && word.kind != "zh.class") word.weight += kCutWeight;
    }
  }

 private:
  void add(const Edge& edge, std::string_view kind, std::string_view value, Meaning meaning, bool skippable = false) {
    LatticeWord word;
    word.begin = static_cast<int>(edge.from);
    word.end = static_cast<int>(edge.to);
    word.kind = kind;
    word.value = value;
    word.meaning = std::move(meaning);
    word.weight = kSlipWeight * edge.cost;
    word.skippable = skippable;
    sentence_.words.push_back(std::move(word));
  }

  void read_edge(const Edge& edge) {
    switch (edge.type) {
      case Edge::Type::kEntry:
        read_entry(edge);
        break;
      case Edge::Type::kNumber:
        if (is_a_little(edge)) break;
        if (edge.number.counted)
          add(edge, "n.counted", {}, meaning_of(edge.number));
        else
          add(edge, kind_of(edge.number.kind), {}, meaning_of(edge.number));
        // 一点 is a little more often than one o'clock.
        if (edge.number.kind == Number::Kind::kTime && !edge.number.whole_day) sentence_.words.back().weight -= 0.8;
        break;
      case Edge::Type::kName: {
        Query query;
        query.kind = Query::Kind::kName;
        query.name = edge.name->name;
        const double longer = 0.2 * (edge.to - edge.from - 1);
        add(edge, edge.part ? "namepart" : "name", {}, std::move(query));
        sentence_.words.back().weight += (edge.part ? -0.5 : 0.1) + longer;
        break;
      }
      case Edge::Type::kQuoted:
        add(edge, "quoted", {}, Text{edge.text, {}});
        break;
      default:
        break;
    }
  }

  // 再来一点, 高一点: no time of day unless something says so.
  bool is_a_little(const Edge& edge) const {
    if (edge.number.kind != Number::Kind::kTime || edge.text != "一点" || edge.from == 0) return false;
    static constexpr std::array<std::string_view, 12> kAmounts{"来", "再", "高", "矮", "大", "小", "多", "少", "强", "弱", "远", "近"};
    const std::string& before = sentence_.lattice.tokens[edge.from - 1].text;
    return std::find(kAmounts.begin(), kAmounts.end(), before) != kAmounts.end();
  }

  void read_entry(const Edge& edge) {
    // "the red one" is no "redone"
    if (edge.entry->kind == "op" && edge.to > edge.from + 1 && !edge.corrected.empty() && !edge.entry->chinese) return;
    const LexiconEntry& entry = *edge.entry;
    Word word;
    word.kind = entry.kind;
    word.value = entry.value;
    word.surface = entry.surface;
    word.features = &entry.features;
    word.text = entry.surface;
    if (edge.to == edge.from + 1) word.text = sentence_.lattice.tokens[edge.from].text;
    word.plural = edge.form == Form::kPlural;
    word.gerund = edge.form == Form::kGerund;
    word.past = edge.form == Form::kPast;
    word.chinese = entry.chinese;
    // The longest words first: 改名为 before 改名, 高楼 before 高 and 楼.
    const double longer = entry.kind == "class" || entry.kind == "op" || entry.kind == "dialogue" || entry.kind == "color"
                              ? 0.15 * (edge.to - edge.from - 1)
                              : 0.0;
    const bool skippable = entry.kind == "polite" || entry.kind == "filler" || entry.kind == "reason";
    const std::string& kind = entry.kind;
    const std::string_view kept = keep(kind);
    add(edge, kept, entry.value, word, skippable);
    sentence_.words.back().weight += longer;
    add(edge, keep((entry.chinese ? "zh." : "en.") + kind), entry.value, word);
    sentence_.words.back().weight += longer;
  }

  // Names of kinds live as long as the grammar's symbols; kinds that no rule speaks of are only needed as themselves.
  std::string_view keep(const std::string& kind) {
    const int symbol = grammar_.symbol(kind);
    if (symbol >= 0) return grammar_.name(symbol);
    return *sentence_.kinds.insert(kind).first;
  }

  void read_literals(std::size_t at) {
    const std::vector<Token>& tokens = sentence_.lattice.tokens;
    const std::string& first = tokens[at].text;
    if (first.empty()) return;
    if (first == "teh" || first == "hte" || first == "de" || first == "da") add_literal(at, at + 1, "the", true);
    if (first == "'s" || first == "’s" || first == "'") add_literal(at, at + 1, "poss", false);
    if (tokens[at].kind == Token::Kind::kSymbol && first == "#") read_hex(at);
    for (const std::string& literal : grammar_.literals(first.front())) {
      std::size_t place = 0, token = at;
      while (place < literal.size() && token < tokens.size()) {
        if (literal[place] == ' ') ++place;
        const std::string& text = tokens[token].text;
        if (literal.compare(place, text.size(), text) != 0) break;
        place += text.size();
        ++token;
        const bool letters = tokens[token - 1].kind == Token::Kind::kWord;
        if (place < literal.size() && letters && literal[place] != ' ') break;
      }
      if (place == literal.size() && token > at) add_literal(at, token, literal, true);
    }
  }

  void add_literal(std::size_t from, std::size_t to, const std::string& literal, bool quoted) {
    LatticeWord word;
    word.begin = static_cast<int>(from);
    word.end = static_cast<int>(to);
    const int symbol = grammar_.symbol(quoted ? "'" + literal + "'" : literal);
    if (symbol < 0) return;
    word.kind = grammar_.name(symbol);
    Word meaning;
    meaning.kind = "literal";
    meaning.text = quoted ? word.kind.substr(1, word.kind.size() - 2) : word.kind;
    meaning.value = meaning.text;
    word.meaning = meaning;
    sentence_.words.push_back(std::move(word));
  }

  // "#c0392b"
  void read_hex(std::size_t at) {
    const std::vector<Token>& tokens = sentence_.lattice.tokens;
    std::string digits;
    std::size_t token = at + 1;
    constexpr std::size_t kDigits = 6;
    while (token < tokens.size() && digits.size() < kDigits && tokens[token].glued) digits += tokens[token++].text;
    if (digits.size() != kDigits || digits.find_first_not_of("0123456789abcdef") != std::string::npos) return;
    LatticeWord word;
    word.begin = static_cast<int>(at);
    word.end = static_cast<int>(token);
    word.kind = "hex";
    word.meaning = Paint{{}, "#" + digits};
    word.weight = 1;
    sentence_.words.push_back(std::move(word));
  }

  Sentence& sentence_;
  const Grammar& grammar_;
};

}  // namespace

std::string Sentence::written(int begin, int end) const {
  if (begin >= end || lattice.tokens.empty()) return {};
  const std::size_t first = lattice.tokens[static_cast<std::size_t>(begin)].start;
  const std::size_t last = lattice.tokens[static_cast<std::size_t>(end) - 1].end;
  if (last >= offsets.size()) return {};
  return text.substr(offsets[first], offsets[last] - offsets[first]);
}

Sentence read_sentence(std::string_view text, const Lexicon& lexicon, const Gazetteer* names, const Grammar& grammar,
                       std::size_t most_tokens) {
  Sentence sentence;
  sentence.text = to_utf8(to_utf32(text));
  for (std::size_t i = 0; i < sentence.text.size(); ++i) {
    if ((static_cast<unsigned char>(sentence.text[i]) & 0xC0) != 0x80) sentence.offsets.push_back(i);
  }
  sentence.offsets.push_back(sentence.text.size());
  if (split(normalise(text)).size() > most_tokens) {
    sentence.too_long = true;
    return sentence;
  }
  sentence.lattice = read_tokens(text, lexicon, names);
  WordReader(sentence, grammar).read();
  sentence.chart = parse_chart(grammar, sentence.words, static_cast<int>(sentence.lattice.tokens.size()));
  return sentence;
}

}  // namespace skyline::models
