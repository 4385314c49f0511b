#pragma once
// Small files that hold secrets: read only if nobody else could have, replaced as a whole.
// Blocking; any thread.

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace wasl::card {

// 1,000 funds or one card need far less.
inline constexpr std::size_t kPrivateFileBytesMax = 64 * 1024;

// kNotPermitted unless it is a regular file of this process's user that group and others may not
// touch; kNotFound, kIo, kLimit.
[[nodiscard]] core::Result<std::string> read_private(const std::string& path);

// Creates the file for this user alone. kExists if there is one.
[[nodiscard]] core::Result<void> create_private(const std::string& path, std::string_view content);

// Puts `content` in place of the file: written beside it, synced, renamed, directory synced. After
// a failure the file is the old or the new one.
[[nodiscard]] core::Result<void> replace_private(const std::string& path, std::string_view content);

// Excludes other processes from `path` while it lives, by a lock file beside it.
class FileLock {
 public:
  // Waits. kIo if there can be no lock file.
  [[nodiscard]] static core::Result<FileLock> take(const std::string& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace wasl::card
