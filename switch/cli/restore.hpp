#pragma once
// From a backup to a switch that starts: its journal, head, mirror and kept imports, and RocksDB
// made anew from them by apply(). The restored switch continues the chain of the old one, so the
// two must never both serve: docs/operating.md "Backup and restore". Blocking; one thread.

#include <string>
#include <vector>

#include "cli/backup.hpp"
#include "core/result.hpp"
#include "ops/config.hpp"

namespace wasl::cli {

struct Restored {
  Walked walked;               // The backup's end, where the switch goes on.
  std::uint64_t replayed = 0;  // Records carried into RocksDB.
};

// Into the places that the configuration names, which hold nothing yet. The backup is read whole
// before anything is written. Fails with kExists, naming the file, if
// there is a part of a switch in the places already or a process uses them; with kCorrupt, naming
// file and offset, for a damaged backup. The head comes late, so that what a crash leaves is
// refused by `wasl serve`.
[[nodiscard]] core::Result<Restored> restore(const OpenBackup& backup, const ops::Config& config);

// RocksDB anew in the place of none, from the journal and the kept imports of a stopped switch:
// the records carried out. Fails with kExists while a store is there, kCorrupt as a start would.
[[nodiscard]] core::Result<std::uint64_t> rebuild_store(const ops::Config& config);

// Files that the configuration names and no backup holds (keys, certificates) and that are not
// there: without them `wasl serve` refuses.
[[nodiscard]] std::vector<std::string> missing_files(const ops::Config& config);

}  // namespace wasl::cli
