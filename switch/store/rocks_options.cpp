#include "store/rocks_options.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include "store/background_error.hpp"

namespace wasl::store {

namespace {

constexpr std::uint64_t kMiB = 1024ULL * 1024;
// What background work may write at once: 2 MiB at 200 MiB a second. By default ten times as much
// would stand before the journal's next sync.
constexpr std::int64_t kRefillMicroseconds = 10'000;

// Whatever is read is verified; whatever is written is read back or counted; a failure is final.
void refuse_damage(rocksdb::Options& options) {
  options.paranoid_checks = true;
  options.force_consistency_checks = true;
  options.flush_verify_memtable_count = true;
  options.max_bgerror_resume_count = 0;
}

void set_tables(const RocksConfig& config, rocksdb::Options& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(config.block_cache_bytes, -1, false, 0.3);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.whole_key_filtering = true;
  // Indexes and filters are counted in the cache and, once read, stay while their table is open: to
  // look each up would cost a claim a twentieth of its time, to read them again far more. 2 % of
  // the store's size, and bounded by kOpenFilesMax.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.metadata_cache_options.unpartitioned_pinning = rocksdb::PinningTier::kAll;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.block_size = 4096;
  // Every read is of a point.
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Absent request ids are asked for in memtables too.
  options.memtable_prefix_bloom_size_ratio = 0.02;
  options.memtable_whole_key_filtering = true;
}

// One flush and one compaction at a time, so that the claims keep the processors.
void set_background_work(const RocksConfig& config, rocksdb::Options& options) {
  options.max_background_jobs = 1;
  options.max_subcompactions = 1;
  options.rate_limiter.reset(rocksdb::NewGenericRateLimiter(
      static_cast<std::int64_t>(config.background_bytes_per_second), kRefillMicroseconds));
  options.bytes_per_sync = kMiB;
  // Not avoid_unnecessary_blocking_io: with it Debian's RocksDB, which is built with assertions,
  // aborts (SchedulePurge) where opening a damaged store should return an error.
  options.env->LowerThreadPoolCPUPriority(rocksdb::Env::LOW);
  options.env->LowerThreadPoolCPUPriority(rocksdb::Env::HIGH);
}

void set_levels(const RocksConfig& config, rocksdb::Options& options) {
  options.write_buffer_size = config.memtable_bytes;
  options.max_write_buffer_number = kMemtablesMax;
  options.level_compaction_dynamic_level_bytes = true;
  options.level0_file_num_compaction_trigger = 12;
  options.target_file_size_base = 64 * kMiB;
  options.max_bytes_for_level_base = 256 * kMiB;
  options.compression = rocksdb::kNoCompression;
}

}  // namespace

rocksdb::Options rocks_options(const RocksConfig& config, rocksdb::Env* env) {
  rocksdb::Options options;
  if (env != nullptr) options.env = env;
  refuse_damage(options);
  set_tables(config, options);
  set_levels(config, options);
  set_background_work(config, options);
  options.disable_auto_compactions = !config.compactions;
  options.listeners.push_back(std::make_shared<BackgroundErrorListener>(config.failure));
  options.max_open_files = kOpenFilesMax;
  options.skip_stats_update_on_db_open = true;  // It would read every table at start.
  // Writers wait for each other. Nearly all is the apply thread's, whose batches are sorted: each
  // insertion starts from the last one of the same tag.
  options.allow_concurrent_memtable_write = false;
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  // An orderly stop flushes by itself and looks at the result.
  options.avoid_flush_during_shutdown = true;
  options.max_manifest_file_size = 16 * kMiB;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_log_file_size = kMiB;
  options.keep_log_file_num = 4;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::WriteOptions rocks_write_options() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
}

rocksdb::ReadOptions rocks_read_options() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

}  // namespace wasl::store
