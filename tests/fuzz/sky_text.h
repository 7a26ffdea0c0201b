// The content of a .sky as short text, so that mutation changes what the file says and not only its checksums.
//
//   meta KEY JSON
//   tensor NAME LEVEL ROWS COLUMNS CHANNELS ENCODING
//   tile ROW COLUMN RAW_BYTES HEX             of the tensor above
//   blob NAME RAW_BYTES HEX
//
// HEX are the bytes before compression, repeated up to RAW_BYTES. `write_sky` makes a file of any such text, sensible or not, whose
// checksums and seal are right (docs/sky-format.md, section 6); lines that SQLite would refuse are left out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace skyline::fuzz {

void write_sky(std::string_view text, const std::filesystem::path& path);
// The text of a whole file. The numbers of its tensors are lost: all tiles repeat one byte.
std::string text_of_sky(const std::filesystem::path& path);
// Makes the seal of a file right, whatever is in it; leaves files alone that end before it.
void seal_again(const std::filesystem::path& path);

}  // namespace skyline::fuzz
