#include "models/language/interpreter/table_file.h"

#include "core/file.h"
#include "models/language/interpreter/normalise.h"

namespace skyline::models {

core::Error TableLine::error(const std::string& what, const std::string& advice) const {
  return {"the lexicon was not read: line " + std::to_string(number) + " " + what, file, advice};
}

std::vector<std::string> split_columns(std::string_view text, char separator) {
  std::vector<std::string> columns;
  while (true) {
    const std::size_t end = text.find(separator);
    columns.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return columns;
    text.remove_prefix(end + 1);
  }
}

core::Result<std::vector<TableLine>> read_table(const std::filesystem::path& file) {
  const core::Result<std::string> text = core::read_text_file(file);
  if (!text) return text.error();
  std::vector<TableLine> lines;
  int number = 0;
  for (const std::string& row : split_columns(*text, '\n')) {
    TableLine line{file.string(), ++number, {}};
    if (row.empty() || row.starts_with('#')) continue;
    if (to_utf32(row).find(U'\ufffd') != std::u32string::npos) return line.error("is no UTF-8", "save the file as UTF-8");
    line.columns = split_columns(row.ends_with('\r') ? std::string_view(row).substr(0, row.size() - 1) : std::string_view(row), '\t');
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace skyline::models
