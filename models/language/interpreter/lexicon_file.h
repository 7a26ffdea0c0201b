// The data files of the lexicon, read and checked line by line. lexicon.h describes their columns.
#pragma once

#include "models/language/interpreter/lexicon.h"

#include <filesystem>
#include <vector>

namespace skyline::models {

// Entries of every *.tsv of the folder but the tables (pinyin, common words, irregular forms), in the order of file names. Errors name file
// and line.
core::Result<std::vector<LexiconEntry>> read_lexicon_entries(const std::filesystem::path& folder);

inline constexpr const char* kPinyinFile = "pinyin.tsv";
inline constexpr const char* kCommonWordsFile = "common_words.tsv";
inline constexpr const char* kIrregularFile = "irregular.tsv";

}  // namespace skyline::models
