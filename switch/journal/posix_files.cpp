#include "journal/posix_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace wasl::journal {
namespace {

using core::ByteView;
using core::Errc;
using core::Result;

// Only the operator's group may read what names insured persons.
constexpr mode_t kFileMode = 0640;

std::unexpected<core::Error> system_error(const std::string& path, const char* call, int error) {
  Errc code = Errc::kIo;
  if (error == ENOENT) code = Errc::kNotFound;
  if (error == EEXIST) code = Errc::kExists;
  if (error == EACCES || error == EPERM || error == EROFS) code = Errc::kNotPermitted;
  return core::fail(code, path + ": " + call + ": " + std::generic_category().message(error));
}

std::unexpected<core::Error> in_use(const std::string& path) {
  return core::fail(Errc::kExists, path + ": another process uses this directory; stop it first");
}

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(value_); }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

class PosixFile final : public core::File {
 public:
  PosixFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t count = ::pread(descriptor_.get(), out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error(path_, "read", errno);
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

  Result<void> write_at(std::uint64_t offset, ByteView bytes) override {
    while (!bytes.empty()) {
      const ssize_t count =
          ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error(path_, "write", errno);
      if (count == 0) return system_error(path_, "write", EIO);
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  // Never repeated, not even after EINTR: a second success would say nothing of what the first
  // lost.
  Result<void> sync() override {
    if (::fdatasync(descriptor_.get()) == 0) return {};
    return system_error(path_, "fdatasync", errno);
  }

  Result<std::uint64_t> size() override {
    struct stat status{};
    if (::fstat(descriptor_.get(), &status) != 0) return system_error(path_, "stat", errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

 private:
  Descriptor descriptor_;
  std::string path_;
};

int flags_of(core::OpenMode mode) {
  switch (mode) {
    case core::OpenMode::kRead:
      return O_RDONLY;
    case core::OpenMode::kReadWrite:
      return O_RDWR;
    case core::OpenMode::kCreate:
      return O_RDWR | O_CREAT | O_EXCL;
  }
  return O_RDONLY;
}

class PosixDirectory final : public core::Directory {
 public:
  PosixDirectory(int descriptor, std::string path)
      : descriptor_(descriptor), path_(std::move(path)) {}

  Result<std::unique_ptr<core::File>> open(std::string_view name, core::OpenMode mode) override {
    const int file = ::openat(descriptor_.get(), std::string(name).c_str(),
                              flags_of(mode) | O_CLOEXEC, kFileMode);
    if (file < 0) return system_error(path_of(name), "open", errno);
    return std::make_unique<PosixFile>(file, path_of(name));
  }

  Result<std::vector<std::string>> list() override {
    // The stream owns its descriptor and its position, so every listing has its own.
    const int copy = ::openat(descriptor_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (copy < 0) return system_error(path_, "open", errno);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy), &::closedir);
    if (!stream) {
      const int error = errno;
      ::close(copy);
      return system_error(path_, "opendir", error);
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    if (errno != 0) return system_error(path_, "readdir", errno);
    std::ranges::sort(names);
    return names;
  }

  Result<void> rename(std::string_view from, std::string_view to) override {
    const int directory = descriptor_.get();
    if (::renameat(directory, std::string(from).c_str(), directory, std::string(to).c_str()) == 0) {
      return {};
    }
    return system_error(path_of(from), "rename", errno);
  }

  Result<void> remove(std::string_view name) override {
    if (::unlinkat(descriptor_.get(), std::string(name).c_str(), 0) == 0) return {};
    return system_error(path_of(name), "unlink", errno);
  }

  Result<void> sync() override {
    if (::fsync(descriptor_.get()) == 0) return {};
    return system_error(path_, "fsync", errno);
  }

  Result<std::uint64_t> free_bytes() override {
    struct statvfs status{};
    if (::fstatvfs(descriptor_.get(), &status) != 0) return system_error(path_, "statvfs", errno);
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
  }

  [[nodiscard]] const std::string& path() const override { return path_; }

 private:
  [[nodiscard]] std::string path_of(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  Descriptor descriptor_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<core::Directory>> open_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_error(path, "open", errno);
  return std::make_unique<PosixDirectory>(descriptor, path);
}

Result<DirectoryLock> DirectoryLock::take(const std::string& directory) {
  return take(directory, false);
}

Result<DirectoryLock> DirectoryLock::take_for_reading(const std::string& directory) {
  return take(directory, true);
}

Result<DirectoryLock> DirectoryLock::take(const std::string& directory, bool reads_only) {
  DirectoryLock taken;
  taken.directory_ = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (taken.directory_ < 0) return system_error(directory, "open", errno);
  const std::string path = directory + "/LOCK";
  // A network's file system may lock no directory: there the file is all there is.
  if (::flock(taken.directory_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return in_use(path);
  }
  taken.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (taken.file_ < 0 && reads_only && (errno == EACCES || errno == EROFS)) {
    taken.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (taken.file_ < 0 && errno == ENOENT) return taken;
  }
  if (taken.file_ < 0) return system_error(path, "open", errno);
  if (::flock(taken.file_, LOCK_EX | LOCK_NB) == 0) return taken;
  if (errno == EWOULDBLOCK) return in_use(path);
  return system_error(path, "flock", errno);
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : directory_(std::exchange(other.directory_, -1)), file_(std::exchange(other.file_, -1)) {}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) ::close(file_);
  if (directory_ >= 0) ::close(directory_);
}

}  // namespace wasl::journal
