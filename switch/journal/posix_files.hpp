#pragma once
// core::Directory and core::File on the kernel's calls, and the lock that keeps a data directory to
// one process. Descriptors are closed on exec. A Directory may be used by several threads, a File
// by one at a time. Errors carry the path and the kernel's words.

#include <memory>
#include <string>

#include "core/files.hpp"

namespace wasl::journal {

// Fails with kNotFound if the directory does not exist.
[[nodiscard]] core::Result<std::unique_ptr<core::Directory>> open_directory(
    const std::string& path);

// Held from take() until destroyed; the kernel lets it go when the process dies, however it dies.
// Both the directory and its file LOCK are locked: removing the file frees nothing.
class DirectoryLock {
 public:
  // Fails with kExists while another process holds it. Makes the file LOCK in the directory.
  [[nodiscard]] static core::Result<DirectoryLock> take(const std::string& directory);
  // For a process that only reads, where the directory may not be written: LOCK is not made then,
  // and without one there was nobody who could use the directory.
  [[nodiscard]] static core::Result<DirectoryLock> take_for_reading(const std::string& directory);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  DirectoryLock() = default;
  [[nodiscard]] static core::Result<DirectoryLock> take(const std::string& directory,
                                                        bool reads_only);

  int directory_ = -1;
  int file_ = -1;  // -1: there is no LOCK and none can be made.
};

}  // namespace wasl::journal
