#include "store/rocks_file_system.hpp"

#include <rocksdb/env.h>

#include <algorithm>
#include <cstdarg>
#include <utility>

namespace wasl::test {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

namespace {

IOStatus status_of(const core::Error& error) {
  if (error.code == core::Errc::kNotFound) return IOStatus::PathNotFound(error.context);
  return IOStatus::IOError(error.context);
}
template <typename T>
IOStatus status_of(const core::Result<T>& result) {
  return result ? IOStatus::OK() : status_of(result.error());
}

IOStatus read(core::File& file, std::uint64_t offset, std::size_t count, Slice* result,
              char* scratch) {
  const auto got = file.read_at(offset, {reinterpret_cast<std::uint8_t*>(scratch), count});
  *result = Slice(scratch, got.value_or(0));
  return status_of(got);
}

class SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  explicit SequentialFile(std::unique_ptr<core::File> file) : file_(std::move(file)) {}

  IOStatus Read(std::size_t count, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    IOStatus status = read(*file_, at_, count, result, scratch);
    at_ += result->size();
    return status;
  }
  IOStatus Skip(std::uint64_t count) override {
    at_ += count;
    return IOStatus::OK();
  }

 private:
  std::unique_ptr<core::File> file_;
  std::uint64_t at_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  explicit RandomAccessFile(std::unique_ptr<core::File> file) : file_(std::move(file)) {}

  IOStatus Read(std::uint64_t offset, std::size_t count, const IOOptions&, Slice* result,
                char* scratch, IODebugContext*) const override {
    return read(*file_, offset, count, result, scratch);
  }

 private:
  std::unique_ptr<core::File> file_;
};

class WritableFile final : public rocksdb::FSWritableFile {
 public:
  explicit WritableFile(std::unique_ptr<core::File> file) : file_(std::move(file)) {}

  using rocksdb::FSWritableFile::Append;
  IOStatus Append(const Slice& bytes, const IOOptions&, IODebugContext*) override {
    const auto written = file_->write_at(size_, core::as_bytes({bytes.data(), bytes.size()}));
    if (written) size_ += bytes.size();
    return status_of(written);
  }
  IOStatus Append(const Slice& bytes, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* context) override {
    return Append(bytes, options, context);
  }
  IOStatus Truncate(std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return status_of(file_->sync()); }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return size_; }

 private:
  std::unique_ptr<core::File> file_;
  std::uint64_t size_ = 0;
};

class Names final : public rocksdb::FSDirectory {
 public:
  explicit Names(core::Directory& directory) : directory_(directory) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return status_of(directory_.sync());
  }

 private:
  core::Directory& directory_;
};

class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
  [[nodiscard]] std::size_t GetLogFileSize() const override { return 0; }
};

class Lock final : public rocksdb::FileLock {};

class DirectoryFileSystem final : public rocksdb::FileSystem {
 public:
  DirectoryFileSystem(core::Directory& directory, std::string path)
      : directory_(directory), path_(std::move(path)) {}

  [[nodiscard]] const char* Name() const override { return "DirectoryFileSystem"; }

  IOStatus NewSequentialFile(const std::string& name, const FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext*) override {
    auto file = directory_.open(plain(name), core::OpenMode::kRead);
    if (file) *result = std::make_unique<SequentialFile>(std::move(*file));
    return status_of(file);
  }
  IOStatus NewRandomAccessFile(const std::string& name, const FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext*) override {
    auto file = directory_.open(plain(name), core::OpenMode::kRead);
    if (file) *result = std::make_unique<RandomAccessFile>(std::move(*file));
    return status_of(file);
  }
  IOStatus NewWritableFile(const std::string& name, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext*) override {
    if (there(name)) {
      if (auto removed = directory_.remove(plain(name)); !removed) return status_of(removed);
    }
    auto file = directory_.open(plain(name), core::OpenMode::kCreate);
    if (file) *result = std::make_unique<WritableFile>(std::move(*file));
    return status_of(file);
  }
  IOStatus NewDirectory(const std::string&, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
    *result = std::make_unique<Names>(directory_);
    return IOStatus::OK();
  }
  IOStatus FileExists(const std::string& name, const IOOptions&, IODebugContext*) override {
    return there(name) ? IOStatus::OK() : IOStatus::NotFound();
  }
  IOStatus GetChildren(const std::string& name, const IOOptions&, std::vector<std::string>* result,
                       IODebugContext*) override {
    result->clear();
    if (!is_root(name)) return IOStatus::NotFound();
    const auto names = directory_.list();
    if (names) *result = *names;
    return status_of(names);
  }
  IOStatus DeleteFile(const std::string& name, const IOOptions&, IODebugContext*) override {
    return status_of(directory_.remove(plain(name)));
  }
  IOStatus CreateDir(const std::string&, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus CreateDirIfMissing(const std::string&, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus DeleteDir(const std::string&, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus GetFileSize(const std::string& name, const IOOptions&, std::uint64_t* size,
                       IODebugContext*) override {
    const auto file = directory_.open(plain(name), core::OpenMode::kRead);
    if (!file) return status_of(file);
    const auto bytes = (*file)->size();
    *size = bytes.value_or(0);
    return status_of(bytes);
  }
  IOStatus GetFileModificationTime(const std::string&, const IOOptions&, std::uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return status_of(directory_.rename(plain(from), plain(to)));
  }
  IOStatus LockFile(const std::string&, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    *lock = new Lock;
    return IOStatus::OK();
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    delete lock;
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions&, std::string*, IODebugContext*) override {
    return IOStatus::NotSupported();
  }
  IOStatus NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* logger,
                     IODebugContext*) override {
    *logger = std::make_shared<Silence>();
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& name, const IOOptions&, std::string* absolute,
                           IODebugContext*) override {
    *absolute = name;
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& name, const IOOptions&, bool* is,
                       IODebugContext*) override {
    *is = is_root(name);
    return IOStatus::OK();
  }

 private:
  [[nodiscard]] static std::string plain(const std::string& name) {
    return name.substr(name.rfind('/') + 1);
  }
  [[nodiscard]] bool is_root(const std::string& name) const {
    return name == path_ || name == path_ + "/";
  }
  [[nodiscard]] bool there(const std::string& name) {
    if (is_root(name)) return true;
    const auto names = directory_.list();
    return names && std::ranges::find(*names, plain(name)) != names->end();
  }

  core::Directory& directory_;
  std::string path_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> rocks_file_system(core::Directory& directory,
                                                       const std::string& path) {
  return std::make_shared<DirectoryFileSystem>(directory, path);
}

}  // namespace wasl::test
