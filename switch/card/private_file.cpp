#include "card/private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace wasl::card {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool open() const { return value_ >= 0; }

 private:
  int value_;
};

std::unexpected<core::Error> failed(const std::string& path) {
  const core::Errc code = errno == ENOENT   ? core::Errc::kNotFound
                          : errno == EEXIST ? core::Errc::kExists
                                            : core::Errc::kIo;
  return core::fail(code, path + ": " + std::strerror(errno));
}

core::Result<void> check_private(const std::string& path, int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return failed(path);
  if (!S_ISREG(status.st_mode)) {
    return core::fail(core::Errc::kNotPermitted, path + ": holds keys and must be a regular file");
  }
  if (status.st_uid != ::geteuid()) {
    return core::fail(core::Errc::kNotPermitted,
                      path + ": holds keys and belongs to another user; chown it to this one");
  }
  if ((status.st_mode & kOthers) != 0) {
    return core::fail(core::Errc::kNotPermitted,
                      path + ": holds keys that others may read; chmod 600 it");
  }
  return {};
}

core::Result<void> write_all(const std::string& path, int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno != EINTR) return failed(path);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return failed(path);
  return {};
}

core::Result<void> sync_directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const std::string directory = parent.empty() ? "." : parent;
  const Descriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.open() || ::fsync(file.get()) != 0) return failed(directory);
  return {};
}

}  // namespace

core::Result<std::string> read_private(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) return failed(path);
  if (auto checked = check_private(path, file.get()); !checked) {
    return std::unexpected(checked.error());
  }
  std::string content(kPrivateFileBytesMax + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kPrivateFileBytesMax) {
    return core::fail(core::Errc::kLimit, path + ": larger than any key file of 65536 bytes");
  }
  content.resize(size);
  return content;
}

core::Result<void> create_private(const std::string& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
  if (!file.open()) return failed(path);
  if (auto written = write_all(path, file.get(), content); !written) return written;
  return sync_directory_of(path);
}

core::Result<void> replace_private(const std::string& path, std::string_view content) {
  const std::string beside = path + ".new";
  ::unlink(beside.c_str());  // Of a process that was killed here.
  if (auto created = create_private(beside, content); !created) return created;
  if (::rename(beside.c_str(), path.c_str()) != 0) return failed(path);
  return sync_directory_of(path);
}

core::Result<FileLock> FileLock::take(const std::string& path) {
  const std::string beside = path + ".lock";
  FileLock lock(::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
  if (lock.descriptor_ < 0) return failed(beside);
  while (::flock(lock.descriptor_, LOCK_EX) != 0) {
    if (errno != EINTR) return failed(beside);
  }
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace wasl::card
