#pragma once
// The directories of one switch, opened as its configuration names them, each under the lock that
// keeps it to one process. Start-up only.

#include <cstdint>
#include <memory>
#include <vector>

#include "core/result.hpp"
#include "journal/posix_files.hpp"
#include "ops/config.hpp"
#include "store/recovery.hpp"

namespace wasl::cli {

// What must be free before anything is written: one flush of RocksDB, which aborts where it finds
// no room, and one segment. The engine keeps the same bound while it runs.
[[nodiscard]] constexpr std::uint64_t room_needed(const ops::Config& config) {
  return core::last_of_reserve(config.disk_reserve_bytes);
}

// What its opener will do with the places.
enum class Access : std::uint8_t { kReading, kWriting };

class Places {
 public:
  // kNotFound, with the way out, for a directory that is not there; kExists while another process
  // holds any of them; kConfiguration where the mirror is the journal, by whatever name.
  [[nodiscard]] static core::Result<Places> open(const ops::Config& config,
                                                 Access access = Access::kWriting);

  // kLimit, naming the directory, if one of them has less free than room_needed().
  [[nodiscard]] core::Result<void> require_room(const ops::Config& config) const;

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
  std::uint64_t disk_reserve_bytes_ = 0;
  std::unique_ptr<core::Directory> data_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  std::unique_ptr<core::Directory> mirror_;  // Empty: none.
};

// Makes the directories that the configuration names, with 0700; those that are there stay as they
// are.
[[nodiscard]] core::Result<void> make_directories(const ops::Config& config);

// 0700 for all of them, also those that were there: only once they are known to hold no switch.
[[nodiscard]] core::Result<void> close_directories(const ops::Config& config);

}  // namespace wasl::cli
