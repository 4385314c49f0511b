#pragma once
// A backup is the truth of a switch and nothing that can be made from it: the journal up to a group
// that was whole, a head for that end, the kept files of imports, the configuration. No RocksDB,
// which is made again from the journal, and no private key. Layout: docs/data_format.md "Backup".
// Blocking; one thread.

#include <memory>
#include <string>

#include "cli/journal_walk.hpp"
#include "cli/kept_copy.hpp"
#include "core/result.hpp"
#include "ops/config.hpp"

namespace wasl::cli {

inline constexpr const char* kBackupConfigName = "wasl.toml";

struct BackupOptions {
  ops::Config config;       // Of the switch, which may be serving.
  std::string config_file;  // Copied as it is.
  std::string target;       // The backup's directory, made by this; not there before.
};

struct BackupReport {
  Walked walked;               // Its end.
  std::uint64_t segments = 0;  // Segment files.
  std::uint64_t bytes = 0;     // Of segments and kept files.
  KeptNames kept;
};

// Takes no lock and writes nothing but the target, which gets its name only when it is whole,
// synced and read back. Holds everything that was answered before the call. Fails with kExists if
// the target is there, kLimit without room for it, kCorrupt, naming the file, for damage in the
// switch and for a journal that ends before its head or its store; nothing is left then.
[[nodiscard]] core::Result<BackupReport> back_up(const BackupOptions& options);

// The parts of a backup, opened for reading.
struct OpenBackup {
  std::unique_ptr<core::Directory> root;  // Holds the head.
  std::unique_ptr<core::Directory> journal;
  std::unique_ptr<core::Directory> imports;

  // kNotFound if there is no backup.
  [[nodiscard]] static core::Result<OpenBackup> open(const std::string& directory);
};

// Reads all of it: every record chained from the first to the one that the head names, every kept
// file against its SHA-256. Fails with kCorrupt, naming file and offset, for damage.
[[nodiscard]] core::Result<BackupReport> check_backup(const OpenBackup& backup);

}  // namespace wasl::cli
