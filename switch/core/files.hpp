#pragma once
// The seam between the journal and the disk. The real one (journal/posix_files.hpp) calls the
// kernel; the simulated one (tests/support) keeps synced bytes over a power cut and drops, keeps or
// tears the rest by seed. All calls block. A File is used by one thread at a time.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace wasl::core {

class File {
 public:
  virtual ~File() = default;

  // Reads up to out.size() bytes at the offset; returns how many there were (0 at the end).
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset,
                                                    std::span<std::uint8_t> out) = 0;
  // Writes all of the bytes at the offset, growing the file where needed. Not durable before
  // sync().
  [[nodiscard]] virtual Result<void> write_at(std::uint64_t offset, ByteView bytes) = 0;
  // fdatasync. After a failure nothing is known of what was written since the last success.
  [[nodiscard]] virtual Result<void> sync() = 0;
  [[nodiscard]] virtual Result<std::uint64_t> size() = 0;
};

enum class OpenMode : std::uint8_t {
  kRead,       // Must exist.
  kReadWrite,  // Must exist.
  kCreate      // Must not exist; its name is durable only after the directory's sync().
};

// One directory; names are plain file names without a slash.
class Directory {
 public:
  virtual ~Directory() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<File>> open(std::string_view name,
                                                           OpenMode mode) = 0;
  // Plain file names, sorted.
  [[nodiscard]] virtual Result<std::vector<std::string>> list() = 0;
  // Atomic; durable only after sync().
  [[nodiscard]] virtual Result<void> rename(std::string_view from, std::string_view to) = 0;
  [[nodiscard]] virtual Result<void> remove(std::string_view name) = 0;
  // fsync of the directory itself: creations, renames and removals so far are durable.
  [[nodiscard]] virtual Result<void> sync() = 0;
  // Bytes that this process could still write on the file system.
  [[nodiscard]] virtual Result<std::uint64_t> free_bytes() = 0;
  // For messages: where this is, as the operator wrote it.
  [[nodiscard]] virtual const std::string& path() const = 0;
};

}  // namespace wasl::core
