#include "store/recovery.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "store/applied_state.hpp"
#include "store/scribe.hpp"
#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;
using test::StoreWorld;
namespace fs = std::filesystem;

class Recovery : public testing::Test {
 protected:
  void commit(const std::vector<Scribe::Deed>& deeds) {
    core::Group group = scribe_.group(deeds);
    const core::Sequence first = group.first;
    world_.store->commit(std::move(group));
    scribe_.durable(world_.completions->wait_committed(first));
  }
  // Two accounts and `claims` claims, flushed at a kill or not.
  void live(int claims) {
    world_.create();
    world_.open();
    commit({scribe_.put_account(1), scribe_.put_account(2), scribe_.put_product(1)});
    for (int i = 0; i < claims; ++i) commit({scribe_.claim(1 + static_cast<std::uint64_t>(i % 2))});
  }
  [[nodiscard]] core::Errc refusal() const {
    const auto up = bring_up(world_.places());
    EXPECT_FALSE(up);
    return up ? core::Errc{} : up.error().code;
  }
  [[nodiscard]] fs::path saved() const { return world_.path() + "/saved"; }

  StoreWorld world_;
  Scribe scribe_;
};

TEST_F(Recovery, CreateRefusesWhatIsThereAndOpenRefusesWhatIsNot) {
  EXPECT_EQ(refusal(), core::Errc::kNotFound);
  world_.create();
  const auto again = create_store(world_.places(), test::data_id(2));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, core::Errc::kExists);
}

TEST_F(Recovery, AMissingJournalIsRefused) {
  live(1);
  world_.close();
  for (const auto& entry : fs::directory_iterator(world_.journal_path())) fs::remove(entry);
  EXPECT_EQ(refusal(), core::Errc::kCorrupt);  // The head saw more.
}

TEST_F(Recovery, AMissingStoreIsRefusedAndCanBeRebuiltFromTheJournal) {
  live(20);
  world_.close();
  fs::remove_all(world_.rocks_path());
  EXPECT_EQ(refusal(), core::Errc::kNotFound);
  const auto rebuilt = rebuild_rocks(world_.places());
  ASSERT_TRUE(rebuilt) << core::describe(rebuilt.error());
  EXPECT_EQ(*rebuilt, 23U);
  world_.open();
  EXPECT_EQ(world_.replayed, 0U);
  world_.close();
  EXPECT_EQ(test::rows_of(world_.places().rocks), scribe_.stored());
}

TEST_F(Recovery, ADamagedStoreNamesTheWayOut) {
  live(1);
  world_.close();
  fs::resize_file(world_.rocks_path() + "/CURRENT", 0);
  const auto up = bring_up(world_.places());
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, core::Errc::kCorrupt);
  EXPECT_TRUE(up.error().context.ends_with(kRebuild)) << up.error().context;
}

TEST_F(Recovery, RebuildingNeverReplacesAStore) {
  live(1);
  world_.close();
  const auto rebuilt = rebuild_rocks(world_.places());
  ASSERT_FALSE(rebuilt);
  EXPECT_EQ(rebuilt.error().code, core::Errc::kExists);
}

TEST_F(Recovery, AStoreOfAnotherDataDirectoryIsRefused) {
  live(1);
  world_.close();
  StoreWorld other;
  const auto made = create_store(other.places(), test::data_id(9));
  ASSERT_TRUE(made);
  fs::remove_all(world_.rocks_path());
  fs::copy(other.rocks_path(), world_.rocks_path(), fs::copy_options::recursive);
  EXPECT_EQ(refusal(), core::Errc::kCorrupt);
}

TEST_F(Recovery, AnOlderStoreCatchesUp) {
  live(3);
  world_.close();
  fs::copy(world_.rocks_path(), saved(), fs::copy_options::recursive);
  world_.open();
  for (int i = 0; i < 10; ++i) commit({scribe_.claim(1)});
  world_.close();
  fs::remove_all(world_.rocks_path());
  fs::rename(saved(), world_.rocks_path());
  world_.open();
  EXPECT_EQ(world_.replayed, 10U);
  world_.close();
  EXPECT_EQ(test::rows_of(world_.places().rocks), scribe_.stored());
}

TEST_F(Recovery, AStoreAheadOfItsJournalIsRefused) {
  live(3);
  world_.close();
  fs::copy(world_.journal_path(), saved(), fs::copy_options::recursive);
  fs::copy(world_.path() + "/head", world_.path() + "/saved_head", fs::copy_options::recursive);
  world_.open();
  commit({scribe_.claim(1)});
  world_.close();
  fs::remove_all(world_.journal_path());
  fs::rename(saved(), world_.journal_path());
  fs::remove_all(world_.path() + "/head");
  fs::rename(world_.path() + "/saved_head", world_.path() + "/head");
  // The directory handles of world_ are of the removed ones.
  const auto journal = *journal::open_directory(world_.journal_path());
  const auto head = *journal::open_directory(world_.path() + "/head");
  const StorePlaces old = world_.places();
  const auto up = bring_up({.journal = {.journal = *journal, .head = *head, .mirror = nullptr},
                            .rocks = old.rocks,
                            .segments = old.segments,
                            .counted = {}});
  ASSERT_FALSE(up);
  EXPECT_EQ(up.error().code, core::Errc::kCorrupt);
}

TEST_F(Recovery, AnAnchorWhoseHashIsNotOnTheChainIsRefused) {
  live(3);
  world_.close();
  {
    auto rocks = Rocks::open(world_.places().rocks);
    ASSERT_TRUE(rocks);
    journal::Anchor anchor = (*rocks)->applied();
    anchor.hash[7] ^= 1;
    RocksBatch nothing;
    ASSERT_TRUE((*rocks)->write(nothing, anchor));
    ASSERT_TRUE((*rocks)->flush(true));
  }
  EXPECT_EQ(refusal(), core::Errc::kCorrupt);
}

TEST_F(Recovery, ANewerStoreFormatIsRefused) {
  live(1);
  world_.close();
  {
    auto rocks = Rocks::open(world_.places().rocks);
    ASSERT_TRUE(rocks);
    std::string value = encode_applied((*rocks)->applied());
    value[1] = static_cast<char>(kStoreFormatVersion + 1);
    ASSERT_TRUE((*rocks)
                    ->db()
                    .Put(rocks_write_options(), {kAppliedKey.data(), kAppliedKey.size()}, value)
                    .ok());
    ASSERT_TRUE((*rocks)->flush(true));
  }
  EXPECT_EQ(refusal(), core::Errc::kUnsupported);
}

TEST_F(Recovery, KilledAfterAnyGroupNothingIsLost) {
  live(0);
  for (int i = 0; i < 12; ++i) {
    commit({scribe_.claim(1), scribe_.claim(2)});
    world_.kill();
    world_.open();
    EXPECT_EQ(world_.last.sequence, scribe_.next() - 1);
  }
  world_.close();
  EXPECT_EQ(test::rows_of(world_.places().rocks), scribe_.stored());
}

// A copy of all files between two steps of a living store is what a power cut with a kind disk
// leaves.
TEST_F(Recovery, ACopyTakenAtAnyMomentHoldsEveryAcknowledgedGroup) {
  live(5);
  for (int i = 0; i < 5; ++i) {
    commit({scribe_.claim(1)});
    const std::string copy = world_.path() + "/copy" + std::to_string(i);
    fs::create_directory(copy);
    // The store first: it may only be behind its journal.
    fs::copy(world_.rocks_path(), copy + "/rocks", fs::copy_options::recursive);
    fs::copy(world_.path() + "/head", copy + "/head", fs::copy_options::recursive);
    fs::copy(world_.journal_path(), copy + "/journal", fs::copy_options::recursive);
    const auto journal = *journal::open_directory(copy + "/journal");
    const auto head = *journal::open_directory(copy + "/head");
    StorePlaces places = world_.places();
    places.rocks.path = copy + "/rocks";
    const auto up = bring_up({.journal = {.journal = *journal, .head = *head, .mirror = nullptr},
                              .rocks = places.rocks,
                              .segments = places.segments,
                              .counted = {}});
    ASSERT_TRUE(up) << core::describe(up.error());
    EXPECT_EQ(up->last().sequence, scribe_.next() - 1);
  }
}

TEST_F(Recovery, ASecondProcessIsRefused) {
  live(1);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto lock = journal::DirectoryLock::take(world_.path());
    ::_exit(lock ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);  // Nobody held it.
  const auto mine = journal::DirectoryLock::take(world_.path());
  ASSERT_TRUE(mine);
  const pid_t second = fork();
  ASSERT_GE(second, 0);
  if (second == 0) {
    const auto lock = journal::DirectoryLock::take(world_.path());
    ::_exit(!lock && lock.error().code == core::Errc::kExists ? 0 : 1);
  }
  ASSERT_EQ(waitpid(second, &status, 0), second);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace wasl::store
