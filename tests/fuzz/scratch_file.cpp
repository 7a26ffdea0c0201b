#include "tests/fuzz/fuzz_target.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace skyline::fuzz {

ScratchFile::ScratchFile(const std::string& name) {
  // In memory where the system has a folder for it: a target writes thousands of files.
  const std::filesystem::path memory = "/dev/shm";
  const std::filesystem::path place = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  std::string folder = (place / "skyline-fuzz-XXXXXX").string();
  require(mkdtemp(folder.data()) != nullptr, "the temporary folder can be written");
  path_ = std::filesystem::path(folder) / name;
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  std::filesystem::remove_all(path_.parent_path(), ignored);
}

void ScratchFile::write(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  require(file.good(), "the temporary folder can be written");
}

std::string ScratchFile::read() const {
  std::ifstream file(path_, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace skyline::fuzz
