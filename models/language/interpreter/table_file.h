// Tables of text: one row a line, columns parted by tabs, comments behind #, errors that name file and line.
#pragma once

#include "core/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

struct TableLine {
  std::string file;
  int number = 0;  // from 1
  std::vector<std::string> columns;

  core::Error error(const std::string& what, const std::string& advice) const;
};

// Without empty lines and comments. Errors: the file cannot be read, a line is no UTF-8.
core::Result<std::vector<TableLine>> read_table(const std::filesystem::path& file);

std::vector<std::string> split_columns(std::string_view text, char separator);

}  // namespace skyline::models
