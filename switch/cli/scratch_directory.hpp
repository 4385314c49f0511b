#pragma once
// A directory for the time of one command. One thread.

#include <cstdint>
#include <string>

#include "core/result.hpp"

namespace wasl::cli {

// Free under TMPDIR before anything is written there: a few tables of RocksDB, which aborts the
// process where a write of its own finds no space.
inline constexpr std::uint64_t kScratchBytesMin = 64ULL * 1024 * 1024;

// What a replay of the store in this directory needs: as much as it has, kScratchBytesMin at least.
[[nodiscard]] std::uint64_t scratch_bytes_for(const std::string& rocks);

// A fresh directory under TMPDIR, removed with all it holds at the end.
class ScratchDirectory {
 public:
  // kLimit, naming the place and the way out, if less is free.
  [[nodiscard]] static core::Result<ScratchDirectory> make(
      std::uint64_t needed_bytes = kScratchBytesMin);
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
