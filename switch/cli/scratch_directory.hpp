#pragma once
// A directory for the time of one command. One thread.

#include <string>

#include "core/result.hpp"

namespace wasl::cli {

// A fresh directory under TMPDIR, removed with all it holds at the end.
class ScratchDirectory {
 public:
  [[nodiscard]] static core::Result<ScratchDirectory> make();
  ScratchDirectory(ScratchDirectory&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit ScratchDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;  // Empty: moved from.
};

}  // namespace wasl::cli
