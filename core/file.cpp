#include "core/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace skyline::core {
namespace {

std::string advice_for(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return "check the path";
    case EISDIR:
      return "name a file, not a folder";
    case EACCES:
    case EPERM:
    case EROFS:
      return "check the permissions";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "free space on the disk or choose another folder";
    default:
      return "check the disk and try again";
  }
}

Error file_error(const char* what, const std::filesystem::path& path, int code) {
  return {what, path.string() + " (" + std::generic_category().message(code) + ")", advice_for(code)};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // 0, or the error number. A delayed write may fail only here.
  int close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

 private:
  int fd_;
};

// Reads to the end of the file; a size of 0 in its metadata (pipes, /proc) is only a first guess.
template <class Container>
Result<Container> read_whole(const std::filesystem::path& path) {
  constexpr std::size_t kLeastRead = 4096;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return file_error("cannot read the file", path, errno);
  if (S_ISDIR(info.st_mode)) return file_error("cannot read the file", path, EISDIR);
  try {
    Container content(static_cast<std::size_t>(std::max<off_t>(0, info.st_size)) + 1, {});
    std::size_t used = 0;
    while (true) {
      if (used == content.size()) content.resize(std::max(2 * used, kLeastRead));
      const ssize_t got = ::read(file.get(), content.data() + used, content.size() - used);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return file_error("cannot read the file", path, errno);
      if (got == 0) break;
      used += static_cast<std::size_t>(got);
    }
    content.resize(used);
    return content;
  } catch (const std::exception&) {
    return Error{"cannot read the file", path.string() + " is larger than the free memory", "close other programs"};
  }
}

// 0, or the error number.
int write_whole(int fd, std::span<const std::byte> content) {
  while (!content.empty()) {
    const ssize_t put = ::write(fd, content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    content = content.subspan(static_cast<std::size_t>(put));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

// A name beside `path` that no other thread or process is using: O_EXCL decides, the counter only avoids collisions.
std::filesystem::path temporary_name(const std::filesystem::path& path) {
  static std::atomic<unsigned> counter = 0;
  std::filesystem::path name = path;
  name += ".partial-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
  return name;
}

// Makes a rename outlive a power cut. File systems that cannot sync a folder are left alone.
void sync_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.parent_path();
  const Descriptor handle(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() >= 0) ::fsync(handle.get());
}

}  // namespace

Result<std::vector<std::byte>> read_file(const std::filesystem::path& path) { return read_whole<std::vector<std::byte>>(path); }

Result<std::string> read_text_file(const std::filesystem::path& path) { return read_whole<std::string>(path); }

Status write_file_atomic(const std::filesystem::path& path, std::span<const std::byte> content) {
  constexpr mode_t kMode = 0666;  // less the umask of the person, as for any file they make
  std::filesystem::path temporary;
  int fd = -1;
  do {
    temporary = temporary_name(path);
    fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  } while (fd < 0 && (errno == EEXIST || errno == EINTR));
  Descriptor file(fd);
  if (fd < 0) return file_error("cannot write the file", path, errno);

  int code = write_whole(file.get(), content);
  const int close_code = file.close();
  if (code == 0) code = close_code;
  if (code == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) code = errno;
  if (code != 0) {
    ::unlink(temporary.c_str());
    return file_error("cannot write the file", path, code);
  }
  sync_folder(path);
  return {};
}

Result<MappedFile> MappedFile::open_read_only(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return file_error("cannot map the file", path, errno);
  if (S_ISDIR(info.st_mode)) return file_error("cannot map the file", path, EISDIR);
  MappedFile map;
  if (info.st_size == 0) return map;  // the system refuses maps of nothing; an empty file is a valid one
  const auto bytes = static_cast<std::size_t>(info.st_size);
  void* const data = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
  if (data == MAP_FAILED) return file_error("cannot map the file", path, errno);
  map.data_ = static_cast<std::byte*>(data);
  map.bytes_ = bytes;
  return map;
}

Result<MappedFile> MappedFile::create_scratch(const std::filesystem::path& folder, std::size_t bytes) {
  constexpr const char* kWhat = "cannot make a scratch file";
  MappedFile map;
  if (bytes == 0) return map;
  if (bytes > static_cast<std::size_t>(PTRDIFF_MAX)) return file_error(kWhat, folder, EFBIG);
  std::string name = (folder / "skyline-scratch-XXXXXX").string();
  const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() < 0) return file_error(kWhat, folder, errno);
  ::unlink(name.c_str());

  int code = 0;
  do {
    code = ::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes));
  } while (code == EINTR);
  if (code != 0) return file_error(kWhat, folder, code);
  void* const data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (data == MAP_FAILED) return file_error(kWhat, folder, errno);
  map.data_ = static_cast<std::byte*>(data);
  map.bytes_ = bytes;
  return map;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, std::size_t{0})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  MappedFile moved(std::move(other));
  std::swap(data_, moved.data_);
  std::swap(bytes_, moved.bytes_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

}  // namespace skyline::core
