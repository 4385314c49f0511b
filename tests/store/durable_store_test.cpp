#include "store/durable_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "store/scribe.hpp"
#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;
using test::StoreWorld;

class DurableStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.create();
    world_.open();
  }
  void commit(const std::vector<Scribe::Deed>& deeds) {
    core::Group group = scribe_.group(deeds);
    const core::Sequence first = group.first;
    world_.store->commit(std::move(group));
    scribe_.durable(world_.completions->wait_committed(first));
  }

  StoreWorld world_;
  Scribe scribe_;
};

TEST_F(DurableStoreTest, AnOrderlyEndLeavesNothingToReplay) {
  commit({scribe_.put_account(1), scribe_.claim(1)});
  world_.close();
  world_.open();
  EXPECT_EQ(world_.replayed, 0U);
  EXPECT_EQ(world_.last.sequence, 2U);
}

TEST_F(DurableStoreTest, AKillLeavesTheTailToReplay) {
  commit({scribe_.put_account(1), scribe_.claim(1)});
  world_.completions->wait_applied(2);
  world_.kill();
  world_.open();
  EXPECT_EQ(world_.replayed, 2U);
  world_.close();
  EXPECT_EQ(test::rows_of(world_.places().rocks), scribe_.stored());
}

// Otherwise lags would leap at the first group after a start.
TEST_F(DurableStoreTest, ReportsWhereItStandsFromTheStart) {
  struct Observer : core::Observer {
    void journal_synced(std::uint64_t bytes, core::Sequence last) noexcept override {
      appended += bytes;
      journal = last;
    }
    void journal_head(core::Sequence last) noexcept override { head = last; }
    void store_applied(core::Sequence last) noexcept override { applied = last; }
    std::uint64_t appended = 0;
    core::Sequence journal = 0;
    core::Sequence head = 0;
    core::Sequence applied = 0;
  } observer;
  commit({scribe_.put_account(1), scribe_.claim(1)});
  world_.close();
  world_.options.observer = &observer;
  world_.open();
  EXPECT_EQ(observer.journal, 2U);
  EXPECT_EQ(observer.head, 2U);
  EXPECT_EQ(observer.applied, 2U);
  EXPECT_EQ(observer.appended, 0U);
  world_.close();
}

TEST_F(DurableStoreTest, SaysHowLongAGroupHasBeenAtTheJournal) {
  EXPECT_EQ(world_.store->commit_age(), std::chrono::nanoseconds{0});
  commit({scribe_.put_account(1)});
  EXPECT_EQ(world_.store->commit_age(), std::chrono::nanoseconds{0});
}

TEST_F(DurableStoreTest, AFlushIsForcedAtItsBoundOfRecords) {
  world_.close();
  world_.options.flush.records = 10;
  world_.open();
  for (std::uint64_t i = 0; i < 10; ++i) commit({scribe_.put_account(i)});
  world_.completions->wait_applied(10);
  // The flush runs behind; the next start's replay shows how far it came, and ending waits for it.
  ASSERT_TRUE(world_.store->close());
  world_.kill();
  const auto rocks = Rocks::open_read_only(world_.places().rocks);
  ASSERT_TRUE(rocks);
  EXPECT_EQ((*rocks)->applied().sequence, 10U);
}

TEST_F(DurableStoreTest, FreeSpaceIsTheSmallestOfThePlaces) {
  EXPECT_GT(world_.store->free_bytes(), 0U);
  EXPECT_LT(world_.store->free_bytes(), std::uint64_t{1} << 60);
}

TEST_F(DurableStoreTest, ADamagedTableFailsTheStoreAndGivesNoRow) {
  std::vector<Scribe::Deed> deeds;
  for (std::uint64_t i = 0; i < 500; ++i) deeds.push_back(scribe_.put_account(i));
  commit(deeds);
  world_.close();
  for (const auto& entry : std::filesystem::directory_iterator(world_.rocks_path())) {
    if (entry.path().extension() != ".sst" || entry.file_size() < 8000) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    for (int at = 100; at < 60'000; at += 512) {  // Every block of rows.
      file.seekp(at);
      file.put('\x7e');
    }
  }
  auto up = bring_up(world_.places());
  if (!up) {  // The damage may reach what opening reads.
    EXPECT_NE(up.error().code, core::Errc::kNotFound);
    return;
  }
  test::RecordedCompletions completions;
  int left = 0;
  DurableOptions options;
  options.leave = [&] { ++left; };
  auto store = std::make_unique<DurableStore>(std::move(up->parts), completions, options);
  store->load({test::link_key(7)}, core::Lane::kClaims);
  EXPECT_EQ(completions.wait_failed().code, core::Errc::kCorrupt);
  EXPECT_FALSE(completions.has_loaded(test::link_key(7)));
  store.reset();
  EXPECT_EQ(left, 1);
}

}  // namespace
}  // namespace wasl::store
