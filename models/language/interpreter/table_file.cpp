#include "models/language/interpreter/table_file.h"

#include "core/file.h"
#include "models/language/interpreter/normalise.h"

#include <algorithm>

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
  const bool broken = to_utf32(*text).find(U'\ufffd') != std::u32string::npos;
  std::vector<TableLine> lines;
  lines.reserve(static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')) + 1);
  const std::string name = file.string();
  std::string_view rest = *text;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view row = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (row.empty() || row.starts_with('#')) continue;
    TableLine line{name, number, {}};
    if (broken && to_utf32(row).find(U'\ufffd') != std::u32string::npos) return line.error("is no UTF-8", "save the file as UTF-8");
    if (row.ends_with('\r')) row.remove_suffix(1);
    line.columns = split_columns(row, '\t');
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace skyline::models
