#include <gtest/gtest.h>
#include <rocksdb/table.h>

#include "store/rocks.hpp"
#include "store/rows_for_tests.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::store {
namespace {

class RocksOptions : public testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        Rocks::create({.path = directory_.path() + "/rocks"}, journal::genesis(test::data_id(1)));
    ASSERT_TRUE(opened) << core::describe(opened.error());
    rocks_ = std::move(*opened);
    options_ = rocks_->db().GetOptions();
  }

  test::TemporaryDirectory directory_;
  std::unique_ptr<Rocks> rocks_;
  rocksdb::Options options_;
};

TEST_F(RocksOptions, RefuseDamageAndNeverRetryBehindOurBack) {
  EXPECT_TRUE(options_.paranoid_checks);
  EXPECT_TRUE(options_.force_consistency_checks);
  EXPECT_TRUE(options_.flush_verify_memtable_count);
  EXPECT_EQ(options_.max_bgerror_resume_count, 0);
  EXPECT_EQ(options_.listeners.size(), 1U);
  EXPECT_TRUE(rocks_read_options().verify_checksums);
}

TEST_F(RocksOptions, WriteNoLogOfTheirOwn) {
  EXPECT_TRUE(rocks_write_options().disableWAL);
  EXPECT_TRUE(options_.avoid_flush_during_shutdown);
}

TEST_F(RocksOptions, FilterWholeKeysInTablesAndMemtables) {
  const auto* table = options_.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
  ASSERT_NE(table, nullptr);
  EXPECT_NE(table->filter_policy, nullptr);
  EXPECT_TRUE(table->whole_key_filtering);
  EXPECT_TRUE(table->cache_index_and_filter_blocks);
  EXPECT_EQ(table->checksum, rocksdb::kXXH3);
  EXPECT_TRUE(options_.memtable_whole_key_filtering);
  EXPECT_EQ(options_.prefix_extractor, nullptr);
}

TEST_F(RocksOptions, LeaveTheProcessorsToTheClaims) {
  EXPECT_EQ(options_.max_background_jobs, 1);
  EXPECT_EQ(options_.max_subcompactions, 1U);
  EXPECT_NE(options_.rate_limiter, nullptr);
  EXPECT_FALSE(options_.avoid_unnecessary_blocking_io);  // See rocks_options.cpp.
  EXPECT_TRUE(options_.skip_stats_update_on_db_open);
}

TEST_F(RocksOptions, KeepOneColumnFamilySoThatAFlushLeavesAPrefix) {
  std::vector<std::string> families;
  const std::string path = rocks_->db().GetName();
  rocks_.reset();
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies(options_, path, &families).ok());
  EXPECT_EQ(families, std::vector<std::string>{"default"});
}

}  // namespace
}  // namespace wasl::store
