#include "engine/row_cache.hpp"

#include <gtest/gtest.h>

namespace wasl::engine {
namespace {

core::InsuredNumber insured(int number) {
  return *core::InsuredNumber::make("I" + std::to_string(number));
}
core::RowKey key(int number) { return core::account_key(insured(number)); }

core::Row account(int number, std::uint64_t version = 1) {
  core::Account row;
  row.insured = insured(number);
  row.version = version;
  return row;
}

// As a command that changes it at `sequence` leaves it.
void change(RowCache& cache, int number, core::Sequence sequence) {
  Entry& entry = cache.make(key(number), Keep::kByUse);
  entry.row = account(number, sequence);
  entry.changed_at = sequence;
}

TEST(RowCache, HoldsARowThatNobodyAskedFor) {
  RowCache cache(10);
  cache.offer(key(1), account(1), 0);
  const Entry* held = cache.find(key(1));
  ASSERT_NE(held, nullptr);
  EXPECT_FALSE(held->loading);
  EXPECT_EQ(held->row, account(1));
}

TEST(RowCache, CountsSuchARowAsReadFromTheStoreUntilItIsUsedAgain) {
  RowCache cache(10);
  cache.offer(key(1), account(1), 0);
  for (const std::uint64_t hits : {0U, 1U, 2U}) {
    ASSERT_NE(cache.find(key(1)), nullptr);
    EXPECT_EQ(cache.hits(), hits);
    EXPECT_EQ(cache.misses(), 1U);
  }
}

TEST(RowCache, HoldsThatARowIsAbsentToo) {
  RowCache cache(10);
  cache.offer(key(1), {}, 0);
  const Entry* held = cache.find(key(1));
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(held->row, core::Row{});
}

TEST(RowCache, TakesNoRowInPlaceOfOneThatItHolds) {
  RowCache cache(10);
  change(cache, 1, 5);
  cache.offer(key(1), account(1, 4), 4);
  EXPECT_EQ(cache.find(key(1))->row, account(1, 5));
  static_cast<void>(cache.insert_loading(key(2), Keep::kByUse));
  cache.offer(key(2), account(2), 4);
  EXPECT_TRUE(cache.find(key(2))->loading) << "its own load is under way";
}

// Read before record 5 was applied, offered after the row was changed by it and dropped.
TEST(RowCache, TakesNoRowThatMayHaveBeenChangedAndDroppedSinceItWasRead) {
  RowCache cache(1);
  change(cache, 1, 5);
  cache.offer(key(2), account(2), 5);
  cache.evict(5);
  ASSERT_EQ(cache.find(key(1)), nullptr);
  cache.offer(key(1), account(1, 4), 4);
  EXPECT_EQ(cache.find(key(1)), nullptr);
  cache.offer(key(1), account(1, 5), 5);
  ASSERT_NE(cache.find(key(1)), nullptr);
  EXPECT_EQ(cache.find(key(1))->row, account(1, 5));
}

}  // namespace
}  // namespace wasl::engine
