#include "models/language/interpreter/normalise.h"

#include <opencc/opencc.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <span>

namespace skyline::models {
namespace {

constexpr char32_t kReplacement = 0xfffd;
// Unicode Standard Annex 15, section 13: thirty marks on one letter are as many as any language needs. More would only cost time.
constexpr std::size_t kMarksOnALetter = 30;

struct Decoded {
  char32_t c = kReplacement;
  std::size_t bytes = 1;
};

// Unicode 15, table 3-7: what may follow a first byte.
Decoded decode(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : static_cast<unsigned char>(0); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xbf;
  char32_t c = 0;
  if (first >= 0xc2 && first <= 0xdf) {
    length = 2, c = first & 0x1fU;
  } else if (first >= 0xe0 && first <= 0xef) {
    length = 3, c = first & 0x0fU;
    if (first == 0xe0) low = 0xa0;
    if (first == 0xed) high = 0x9f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    length = 4, c = first & 0x07U;
    if (first == 0xf0) low = 0x90;
    if (first == 0xf4) high = 0x8f;
  } else {
    return {};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < low || byte(i) > high) return {kReplacement, i};
    c = c << 6U | (byte(i) & 0x3fU);
    low = 0x80, high = 0xbf;
  }
  return {c, length};
}

void append_utf8(std::string& text, char32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
}

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

bool is_mark(char32_t c) {
  if (c < 0x300) return false;
  const utf8proc_category_t kind = category(c);
  return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC || kind == UTF8PROC_CATEGORY_ME;
}

bool is_invisible(char32_t c) {
  if (c < 0xad) return false;
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || category(c) == UTF8PROC_CATEGORY_CF;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const utf8proc_category_t kind = category(c);
  return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) || is_mark(c);
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// Characters that are written in another shape only: full width, radicals, circled figures, ligatures, squared units, superscripts.
bool has_plain_form(char32_t c) {
  return (c >= 0xff00 && c <= 0xffef) || (c >= 0x2e80 && c <= 0x2fdf) || (c >= 0x2460 && c <= 0x24ff) || (c >= 0xfb00 && c <= 0xfb06) ||
         (c >= 0x3300 && c <= 0x33ff) || c == 0xb2 || c == 0xb3;
}

char32_t unified_punctuation(char32_t c) {
  switch (c) {
    case U'，':
    case U'、':
    case U'､':
    case U'—':
    case U'―':
      return U',';
    case U'。':
    case U'｡':
    case U'．':
      return U'.';
    case U'；':
      return U';';
    case U'：':
    case U'∶':
      return U':';
    case U'！':
      return U'!';
    case U'？':
      return U'?';
    case U'（':
    case U'【':
    case U'〔':
      return U'(';
    case U'）':
    case U'】':
    case U'〕':
      return U')';
    case U'“':
    case U'”':
    case U'„':
    case U'«':
    case U'»':
    case U'「':
    case U'」':
    case U'『':
    case U'』':
    case U'《':
    case U'》':
    case U'〈':
    case U'〉':
    case U'｢':
    case U'｣':
      return U'"';
    case U'‘':
    case U'’':
    case U'ʼ':
    case U'´':
    case U'`':
      return U'\'';
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'−':
    case U'－':
      return U'-';
    case U'～':
    case U'〜':
      return U'~';
    case U'…':
      return U'.';
    case U'·':
    case U'•':
    case U'・':
      return U' ';  // between the parts of a foreign name
    case U'º':
    case U'˚':
      return U'°';
    case U'〇':
      return U'零';
    default:
      return c;
  }
}

// Emoji, arrows, controls, private and unassigned characters say nothing here, but they part words.
bool is_only_a_gap(char32_t c) {
  if (c < 0x20 || c == 0x7f) return true;
  if (c < 0x80) return c == ' ';
  if (c == kReplacement || has_plain_form(c)) return false;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    case UTF8PROC_CATEGORY_SO:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SK:
      return c >= 0x2190;
    default:
      return false;
  }
}

// NFC of one letter and its marks.
std::u32string composed(std::u32string_view cluster) {
  const std::string bytes = to_utf8(cluster);
  int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
  if (has_plain_form(cluster[0])) options |= UTF8PROC_COMPAT;
  std::array<utf8proc_int32_t, 256> buffer{};
  const auto flags = static_cast<utf8proc_option_t>(options);
  utf8proc_ssize_t n =
      utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()), static_cast<utf8proc_ssize_t>(bytes.size()),
                         buffer.data(), static_cast<utf8proc_ssize_t>(buffer.size()), flags);
  if (n < 0 || n > static_cast<utf8proc_ssize_t>(buffer.size())) return std::u32string(cluster);
  n = utf8proc_normalize_utf32(buffer.data(), n, flags);
  if (n < 0) return std::u32string(cluster);
  return std::u32string(buffer.begin(), buffer.begin() + n);
}

// Traditional to simplified characters, words as a whole where one character has two meanings. Made once; conversion keeps no state.
class Simplifier {
 public:
  static const Simplifier& instance() {
    static const Simplifier simplifier;
    return simplifier;
  }
  // In place, and only where as many characters come back as went in.
  void simplify(std::span<char32_t> run) const {
    if (!converter_) return;
    const std::optional<std::u32string> whole = convert({run.data(), run.size()});
    if (whole && whole->size() == run.size()) {
      std::copy(whole->begin(), whole->end(), run.begin());
      return;
    }
    for (char32_t& c : run) {
      const std::optional<std::u32string> one = convert({&c, 1});
      if (one && one->size() == 1) c = one->front();
    }
  }

 private:
  Simplifier() {
    try {
      converter_ = std::make_unique<opencc::SimpleConverter>("tw2s.json");
    } catch (const std::exception&) {  // its data are not installed: simplified sentences still work
    }
  }
  std::optional<std::u32string> convert(std::u32string_view text) const {
    try {
      return to_utf32(converter_->Convert(to_utf8(text)));
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }
  std::unique_ptr<const opencc::SimpleConverter> converter_;
};

class Normaliser {
 public:
  explicit Normaliser(std::string_view bytes) { out_.original = to_utf32(bytes); }

  NormalisedText run() {
    const std::u32string& original = out_.original;
    for (std::size_t i = 0; i < original.size();) {
      std::size_t end = i + 1;
      while (end < original.size() && (is_mark(original[end]) || is_invisible(original[end]))) ++end;
      take_cluster(i, end);
      i = end;
    }
    simplify_runs();
    out_.units = out_.shown;
    for (char32_t& c : out_.units) c = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
    return std::move(out_);
  }

 private:
  void take_cluster(std::size_t begin, std::size_t end) {
    const char32_t c = out_.original[begin];
    if (is_invisible(c)) return;
    if (end == begin + 1 && (c < 0x80 || (c >= 0x4e00 && c <= 0x9fff))) {
      put(c, begin, end);
      return;
    }
    std::u32string cluster;
    for (std::size_t i = begin; i < end && cluster.size() <= kMarksOnALetter; ++i) {
      if (!is_invisible(out_.original[i])) cluster.push_back(out_.original[i]);
    }
    const char32_t plain = unified_punctuation(cluster[0]);
    if (plain != cluster[0]) {
      put(plain, begin, end);
      return;
    }
    if (is_only_a_gap(cluster[0])) {
      put(U' ', begin, end);
      return;
    }
    for (const char32_t unit : composed(cluster)) put(unit, begin, end);
  }
  void put(char32_t c, std::size_t begin, std::size_t end) {
    out_.shown.push_back(is_only_a_gap(c) ? U' ' : unified_punctuation(c));
    out_.start.push_back(static_cast<std::uint32_t>(begin));
    out_.end.push_back(static_cast<std::uint32_t>(end));
  }
  void simplify_runs() {
    std::u32string& text = out_.shown;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size() && is_han(text[end])) ++end;
      if (end > i) Simplifier::instance().simplify(std::span(text).subspan(i, end - i));
      i = std::max(end, i + 1);
    }
  }
  NormalisedText out_;
};

// Latin letters without their accents, so that "eglise" finds "Église".
char32_t without_accent(char32_t c) {
  if (c < 0xc0 || (c > 0x24f && c < 0x1e00) || c > 0x1eff) return c;
  std::array<utf8proc_int32_t, 8> parts{};
  int boundary = 0;
  const utf8proc_ssize_t n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(),
                                                     static_cast<utf8proc_ssize_t>(parts.size()), UTF8PROC_DECOMPOSE, &boundary);
  return n > 0 ? static_cast<char32_t>(parts[0]) : c;
}

class Splitter {
 public:
  explicit Splitter(const NormalisedText& text) : text_(text), units_(text.units) {}

  std::vector<Token> run() {
    while (at_ < units_.size()) {
      const char32_t c = units_[at_];
      if (c == U' ') {
        ++at_;
      } else if (is_han(c)) {
        emit(Token::Kind::kHan, at_ + 1);
      } else if (is_letter(c)) {
        take_word();
      } else if (is_digit(c)) {
        std::size_t end = at_;
        while (end < units_.size() && is_digit(units_[end])) ++end;
        emit(Token::Kind::kDigits, end);
      } else if (is_hyphen_in_word()) {
        ++at_;
      } else if (c == U'\'' && is_suffix(at_)) {
        emit(Token::Kind::kWord, end_of_letters(at_ + 1));
      } else {
        emit(Token::Kind::kSymbol, at_ + 1);
      }
    }
    return std::move(tokens_);
  }

 private:
  char32_t unit(std::size_t i) const { return i < units_.size() ? units_[i] : U' '; }
  bool is_hyphen_in_word() const {
    if ((units_[at_] != U'-' && units_[at_] != U'_') || at_ == 0) return false;
    const char32_t before = units_[at_ - 1];
    const char32_t after = unit(at_ + 1);
    if (is_digit(before) && is_digit(after)) return false;
    const auto is_word = [](char32_t c) { return is_digit(c) || (is_letter(c) && !is_han(c)); };
    return is_word(before) && is_word(after);
  }
  std::size_t end_of_letters(std::size_t i) const {
    while (i < units_.size() && is_letter(units_[i]) && !is_han(units_[i])) ++i;
    return i;
  }
  // What an apostrophe parts from a word: 's, 'd, 'll.
  bool is_suffix(std::size_t apostrophe) const {
    const std::size_t end = end_of_letters(apostrophe + 1);
    const std::u32string_view tail(units_.data() + apostrophe + 1, end - apostrophe - 1);
    return tail == U"s" || tail == U"d" || tail == U"ll" || tail == U"re" || tail == U"ve" || tail == U"m";
  }
  // "don't" is one word without its apostrophe; "tower's", "I'd", "they're" are two.
  void take_word() {
    std::size_t end = end_of_letters(at_);
    while (unit(end) == U'\'' && !is_suffix(end) && end_of_letters(end + 1) > end + 1) end = end_of_letters(end + 1);
    emit(Token::Kind::kWord, end);
  }
  void emit(Token::Kind kind, std::size_t end) {
    Token token;
    token.kind = kind;
    const bool suffix = units_[at_] == U'\'';
    for (std::size_t i = at_; i < end; ++i) {
      if (kind == Token::Kind::kWord && units_[i] == U'\'' && !suffix) continue;
      append_utf8(token.text, kind == Token::Kind::kWord ? without_accent(units_[i]) : units_[i]);
      append_utf8(token.shown, text_.shown[i]);
    }
    token.start = text_.start[at_];
    token.end = text_.end[end - 1];
    token.glued = !tokens_.empty() && last_end_ == at_;
    last_end_ = end;
    at_ = end;
    tokens_.push_back(std::move(token));
  }

  const NormalisedText& text_;
  const std::u32string& units_;
  std::size_t at_ = 0, last_end_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

NormalisedText normalise(std::string_view bytes) { return Normaliser(bytes).run(); }

std::vector<Token> split(const NormalisedText& text) { return Splitter(text).run(); }

std::string to_utf8(std::u32string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3);
  for (const char32_t c : text) append_utf8(bytes, c);
  return bytes;
}

std::u32string to_utf32(std::string_view bytes) {
  std::u32string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Decoded next = decode(bytes);
    text.push_back(next.c);
    bytes.remove_prefix(next.bytes);
  }
  return text;
}

bool is_han(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x323af) || (c >= 0xf900 && c <= 0xfaff);
}

}  // namespace skyline::models
