#pragma once
// Every RocksDB option the switch departs from or relies on, in one place, with its reason. A test
// asserts the ones that matter on the opened database. Start-up only.

#include <rocksdb/options.h>

#include <cstdint>
#include <memory>
#include <string>

#include "store/failure.hpp"

namespace rocksdb {
class FileSystem;
}  // namespace rocksdb

namespace wasl::store {

struct RocksConfig {
  std::string path;
  // Blocks, indexes and filters of all tables together. Default: rows, filters and indexes that a
  // day's cards touch at 1 M accounts; the page cache holds the rest.
  std::uint64_t block_cache_bytes = 256ULL * 1024 * 1024;
  // Of one memtable. Several versions of a busy row merge in it; a forced flush comes at 50,000
  // records anyway.
  std::uint64_t memtable_bytes = 64ULL * 1024 * 1024;
  // What flush and compaction together may write: a third of a small server's disk, several times
  // what 15,000 claims a second need.
  std::uint64_t background_bytes_per_second = 200ULL * 1024 * 1024;
  // Until Rocks::allow_compactions() says otherwise.
  bool compactions = true;
  // nullptr: the kernel's. Tests give one that forgets what was not synced.
  std::shared_ptr<rocksdb::FileSystem> file_system = nullptr;
  // Told when a flush or compaction failed, on a thread of RocksDB's.
  std::shared_ptr<Failure> failure = std::make_shared<Failure>();
};

// Memtables in memory at once: one is written, the others wait for the one flush thread. At its
// bound writes stall, apply lags, and the engine refuses commands.
inline constexpr int kMemtablesMax = 4;
// 1 % false positives: one needless block read in a hundred absent request ids.
inline constexpr double kBloomBitsPerKey = 10.0;
// Table files kept open; each costs a descriptor and its index reader. 1,024 of 64 MiB are 64 GiB.
inline constexpr int kOpenFilesMax = 1024;

// `env` must outlive the database; nullptr: the default.
[[nodiscard]] rocksdb::Options rocks_options(const RocksConfig& config, rocksdb::Env* env);
// No write-ahead log: the journal is it.
[[nodiscard]] rocksdb::WriteOptions rocks_write_options();
[[nodiscard]] rocksdb::ReadOptions rocks_read_options();

}  // namespace wasl::store
