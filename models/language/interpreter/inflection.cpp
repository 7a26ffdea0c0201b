#include "models/language/interpreter/inflection.h"

#include "models/language/interpreter/table_file.h"

namespace skyline::models {
namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
bool ends_in(std::string_view word, std::string_view tail) { return word.size() > tail.size() && word.ends_with(tail); }

int syllables(std::string_view word) {
  int count = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool vowel = is_vowel(word[i]) || (word[i] == 'y' && i > 0);
    const bool before = i > 0 && (is_vowel(word[i - 1]) || word[i - 1] == 'y');
    if (vowel && !before) ++count;
  }
  return count;
}

// "spin" spins with a double n, "widen" and "paint" do not.
bool doubles_last_letter(std::string_view word) {
  if (word.size() < 3 || syllables(word) != 1) return false;
  const char last = word.back();
  return !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' && is_vowel(word[word.size() - 2]) &&
         !is_vowel(word[word.size() - 3]);
}

std::string with_s(std::string_view word) {
  const std::string base(word);
  const bool hisses = ends_in(word, "s") || ends_in(word, "x") || ends_in(word, "z") || ends_in(word, "ch") || ends_in(word, "sh");
  if (hisses) return base + "es";
  if (ends_in(word, "y") && !is_vowel(word[word.size() - 2])) return base.substr(0, base.size() - 1) + "ies";
  if (ends_in(word, "o") && !is_vowel(word[word.size() - 2]) && word.size() <= 4) return base + "es";  // goes, does
  return base + "s";
}

std::string with_ed(std::string_view word) {
  const std::string base(word);
  if (ends_in(word, "e")) return base + "d";
  if (ends_in(word, "y") && !is_vowel(word[word.size() - 2])) return base.substr(0, base.size() - 1) + "ied";
  if (doubles_last_letter(word)) return base + base.back() + "ed";
  return base + "ed";
}

std::string with_ing(std::string_view word) {
  const std::string base(word);
  if (ends_in(word, "ie")) return base.substr(0, base.size() - 2) + "ying";
  if (ends_in(word, "e") && !ends_in(word, "ee") && !ends_in(word, "ye") && word.size() > 2) return base.substr(0, base.size() - 1) + "ing";
  if (doubles_last_letter(word)) return base + base.back() + "ing";
  return base + "ing";
}

}  // namespace

core::Result<Inflection> Inflection::load(const std::filesystem::path& file) {
  Inflection inflection;
  auto lines = read_table(file);
  if (!lines) return lines.error();
  for (const TableLine& line : *lines) {
    const auto& columns = line.columns;
    if (columns[0] == "verb" && columns.size() == 4) {
      inflection.past_[columns[1]] = {columns[2], columns[3]};
    } else if (columns[0] == "noun" && columns.size() == 3) {
      inflection.plural_[columns[1]] = columns[2];
    } else {
      return line.error("is no irregular form", "write verb, base, past and participle, or noun, base and plural, parted by tabs");
    }
  }
  return inflection;
}

std::vector<Inflected> Inflection::verb(std::string_view base) const {
  std::vector<Inflected> forms{{std::string(base), Form::kBase}};
  forms.push_back({base == "have" ? "has" : with_s(base), Form::kThird});
  if (const auto irregular = past_.find(base); irregular != past_.end()) {
    for (const std::string& past : irregular->second) {
      if (past != base && past != forms.back().text) forms.push_back({past, Form::kPast});
    }
  } else {
    forms.push_back({with_ed(base), Form::kPast});
  }
  forms.push_back({with_ing(base), Form::kGerund});
  return forms;
}

std::vector<Inflected> Inflection::noun(std::string_view base) const {
  std::vector<Inflected> forms{{std::string(base), Form::kBase}};
  const auto irregular = plural_.find(base);
  std::string plural = irregular != plural_.end() ? irregular->second : with_s(base);
  if (plural != base) forms.push_back({std::move(plural), Form::kPlural});
  return forms;
}

std::vector<std::string> Inflection::any(std::string_view base) const {
  std::vector<std::string> words;
  for (Inflected& form : verb(base)) words.push_back(std::move(form.text));
  for (Inflected& form : noun(base)) words.push_back(std::move(form.text));
  const std::string past = with_ed(base);
  words.push_back(past.substr(0, past.size() - 1) + "r");
  words.push_back(past.substr(0, past.size() - 1) + "st");
  words.push_back(std::string(base) + "ly");
  return words;
}

}  // namespace skyline::models
