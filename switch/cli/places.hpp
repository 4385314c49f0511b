#pragma once
// The directories of one switch, opened as its configuration names them, each under the lock that
// keeps it to one process. Start-up only.

#include <memory>
#include <vector>

#include "core/result.hpp"
#include "journal/posix_files.hpp"
#include "ops/config.hpp"
#include "store/recovery.hpp"

namespace wasl::cli {

class Places {
 public:
  // kNotFound, with the way out, for a directory that is not there; kExists while another process
  // holds any of them.
  [[nodiscard]] static core::Result<Places> open(const ops::Config& config);

  // Valid as long as this object; `failure` is told when RocksDB fails in the background.
  [[nodiscard]] store::StorePlaces store() const;
  // Where the files of imports are kept.
  [[nodiscard]] const std::string& imports() const { return imports_; }

 private:
  explicit Places(std::vector<journal::DirectoryLock> locks) : locks_(std::move(locks)) {}

  std::vector<journal::DirectoryLock> locks_;
  store::RocksConfig rocks_;
  std::string imports_;
  journal::Options segments_;
  std::unique_ptr<core::Directory> data_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  std::unique_ptr<core::Directory> mirror_;  // Empty: none.
};

// Makes the directories that the configuration names, with 0700; those that are there stay.
[[nodiscard]] core::Result<void> make_directories(const ops::Config& config);

}  // namespace wasl::cli
