#include "store/locked_directory.hpp"

#include <utility>

namespace wasl::test {

using core::Result;

namespace {

std::unexpected<core::Error> broken() { return core::fail(core::Errc::kIo, "Input/output error"); }

class LockedFile final : public core::File {
 public:
  LockedFile(std::unique_ptr<core::File> file, std::mutex& mutex, const std::atomic<bool>& failing)
      : file_(std::move(file)), mutex_(mutex), failing_(failing) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
    const std::scoped_lock lock(mutex_);
    return file_->read_at(offset, out);
  }
  Result<void> write_at(std::uint64_t offset, core::ByteView bytes) override {
    const std::scoped_lock lock(mutex_);
    if (failing_) return broken();
    return file_->write_at(offset, bytes);
  }
  Result<void> sync() override {
    const std::scoped_lock lock(mutex_);
    if (failing_) return broken();
    return file_->sync();
  }
  Result<std::uint64_t> size() override {
    const std::scoped_lock lock(mutex_);
    return file_->size();
  }

 private:
  std::unique_ptr<core::File> file_;
  std::mutex& mutex_;
  const std::atomic<bool>& failing_;
};

class LockedDirectory final : public core::Directory {
 public:
  LockedDirectory(std::unique_ptr<core::Directory> directory, std::mutex& mutex,
                  const std::atomic<bool>& failing)
      : directory_(std::move(directory)), mutex_(mutex), failing_(failing) {}

  Result<std::unique_ptr<core::File>> open(std::string_view name, core::OpenMode mode) override {
    const std::scoped_lock lock(mutex_);
    auto file = directory_->open(name, mode);
    if (!file) return file;
    return std::make_unique<LockedFile>(std::move(*file), mutex_, failing_);
  }
  Result<std::vector<std::string>> list() override {
    const std::scoped_lock lock(mutex_);
    return directory_->list();
  }
  Result<void> rename(std::string_view from, std::string_view to) override {
    const std::scoped_lock lock(mutex_);
    return directory_->rename(from, to);
  }
  Result<void> remove(std::string_view name) override {
    const std::scoped_lock lock(mutex_);
    return directory_->remove(name);
  }
  Result<void> sync() override {
    const std::scoped_lock lock(mutex_);
    return directory_->sync();
  }
  Result<std::uint64_t> free_bytes() override {
    const std::scoped_lock lock(mutex_);
    return directory_->free_bytes();
  }
  [[nodiscard]] const std::string& path() const override { return directory_->path(); }

 private:
  std::unique_ptr<core::Directory> directory_;
  std::mutex& mutex_;
  const std::atomic<bool>& failing_;
};

}  // namespace

std::unique_ptr<core::Directory> locked(std::unique_ptr<core::Directory> directory,
                                        std::mutex& mutex, const std::atomic<bool>& failing) {
  return std::make_unique<LockedDirectory>(std::move(directory), mutex, failing);
}

}  // namespace wasl::test
