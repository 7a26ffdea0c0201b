// Forms of English words: plurals, -s, -ed, -ing with the rules of spelling, and the irregular ones from a list.
#pragma once

#include "models/language/interpreter/lexicon.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

struct Inflected {
  std::string text;
  Form form = Form::kBase;
};

class Inflection {
 public:
  // Lines of `file`: verb <tab> base <tab> past <tab> participle, or noun <tab> base <tab> plural. Errors name file and line.
  static core::Result<Inflection> load(const std::filesystem::path& file);

  // With the base form, which comes first.
  std::vector<Inflected> verb(std::string_view base) const;
  std::vector<Inflected> noun(std::string_view base) const;
  // Every form that the word may have as a verb, a noun or an adjective.
  std::vector<std::string> any(std::string_view base) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> past_;
  std::map<std::string, std::string, std::less<>> plural_;
};

}  // namespace skyline::models
