#pragma once
// A directory whose free space a test decides. Any thread.

#include <atomic>
#include <cstdint>

#include "core/files.hpp"

namespace wasl::test {

class DirectoryWithSpace final : public core::Directory {
 public:
  explicit DirectoryWithSpace(core::Directory& directory) : directory_(directory) {}

  core::Result<std::unique_ptr<core::File>> open(std::string_view name,
                                                 core::OpenMode mode) override {
    return directory_.open(name, mode);
  }
  core::Result<std::vector<std::string>> list() override { return directory_.list(); }
  core::Result<void> rename(std::string_view from, std::string_view to) override {
    return directory_.rename(from, to);
  }
  core::Result<void> remove(std::string_view name) override { return directory_.remove(name); }
  core::Result<void> sync() override { return directory_.sync(); }
  core::Result<std::uint64_t> free_bytes() override { return free.load(); }
  [[nodiscard]] const std::string& path() const override { return directory_.path(); }

  std::atomic<std::uint64_t> free = std::uint64_t{1} << 40;

 private:
  core::Directory& directory_;
};

}  // namespace wasl::test
