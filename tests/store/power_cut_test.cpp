// Journal, head and RocksDB on one simulated disk whose power goes at seeded steps. What was
// acknowledged must be there afterwards; and if RocksDB itself does not open after the cut, it is
// rebuilt from the journal.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "journal/reader.hpp"
#include "store/recorded_completions.hpp"
#include "store/rows_for_tests.hpp"
#include "store/scribe.hpp"
#include "store/simulated_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;

std::uint64_t base_seed() {
  const char* given = std::getenv("WASL_SEED");
  if (given != nullptr) return std::strtoull(given, nullptr, 10);
  return 20'260'310;
}

// One life after the other on one disk.
class Lives {
 public:
  explicit Lives(std::uint64_t seed) : world_(seed), random_(seed) {
    const auto made = create_store(world_.places(), test::data_id(1));
    EXPECT_TRUE(made) << core::describe(made.error());
  }

  // Works until the power goes at a seeded step, then restarts the disk.
  void live_until_cut() {
    world_.cut_at(1 + random_() % 120, static_cast<test::Moment>(random_() % 3));
    test::RecordedCompletions completions;
    if (auto up = bring_up(world_.places())) {
      if (reach(up->last().sequence)) {
        DurableOptions options;
        options.flush.records = 1 + random_() % 8;
        options.leave = [] {};
        DurableStore store(std::move(up->parts), completions, options);
        work(store, completions);
      }
    }
    world_.plug_in();
  }

  // Brings the disk up for the last time: everything acknowledged must be there, row by row.
  void check() {
    auto up = bring_up(world_.places());
    if (!up) {
      ++rebuilt_;
      world_.wipe_rocks();
      const auto rebuilt = rebuild_rocks(world_.places());
      ASSERT_TRUE(rebuilt) << core::describe(rebuilt.error());
      up = bring_up(world_.places());
    }
    ASSERT_TRUE(up) << core::describe(up.error());
    ASSERT_TRUE(reach(up->last().sequence));
    std::map<core::RowKey, std::string> rows;
    ASSERT_TRUE(up->parts.rocks->scan({}, [&](std::string_view key, std::string_view value) {
      rows.emplace(core::RowKey(key), value);
      return true;
    }));
    EXPECT_EQ(rows, scribe_.stored());
  }

  // Only for the control: true if something acknowledged is gone, or its absence was refused.
  [[nodiscard]] bool noticed_loss() {
    const auto up = bring_up(world_.places());
    if (!up) return true;
    return !reach(up->last().sequence) || lost_;
  }
  void suppress_journal_syncs() { world_.suppress_journal_syncs(); }

  [[nodiscard]] int acknowledged() const { return acknowledged_; }
  [[nodiscard]] int rebuilt() const { return rebuilt_; }
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  // The group in flight at the cut is there or it is not; every acknowledged one is. False if the
  // power went again meanwhile, behind the first flush: the next life finds out.
  [[nodiscard]] bool reach(core::Sequence last) {
    if (in_flight_.has_value() && last == scribe_.next() - 1) {
      if (!adopt()) return false;
    } else if (last + 1 != acknowledged_next_) {
      lost_ = true;
    } else {
      scribe_ = before_;
    }
    in_flight_.reset();
    return true;
  }
  // Its receipts were never heard: they are read from the journal.
  [[nodiscard]] bool adopt() {
    core::Committed committed{in_flight_->first, {}};
    auto reader = journal::Reader::open(world_.journal(), journal::genesis(test::data_id(1)));
    if (!reader) return false;
    for (;;) {
      const auto group = reader->next();
      if (!group) return false;
      if (!group->has_value()) break;
      if ((*group)->first_sequence != committed.first) continue;
      for (const auto& record : (*group)->records) committed.receipts.push_back(record.hash);
    }
    scribe_.durable(committed);
    acknowledged_next_ = scribe_.next();
    return true;
  }

  void work(DurableStore& store, test::RecordedCompletions& completions) {
    for (int i = 0; i < 40; ++i) {
      before_ = scribe_;
      std::vector<Scribe::Deed> deeds;
      if (scribe_.next() == 1) deeds.push_back(scribe_.put_account(1));
      for (std::uint64_t n = 1 + random_() % 3; n > 0; --n) deeds.push_back(scribe_.claim(1));
      in_flight_ = scribe_.group(deeds);
      store.commit(*in_flight_);
      const auto committed = completions.wait_committed_or_failed(in_flight_->first);
      if (!committed.has_value()) return;
      scribe_.durable(*committed);
      acknowledged_next_ = scribe_.next();
      ++acknowledged_;
      in_flight_.reset();
      before_ = scribe_;
    }
  }

  test::SimulatedWorld world_;
  std::mt19937_64 random_;
  Scribe scribe_;
  Scribe before_;  // As it was before the group in flight.
  std::optional<core::Group> in_flight_;
  core::Sequence acknowledged_next_ = 1;
  int acknowledged_ = 0;
  int rebuilt_ = 0;
  bool lost_ = false;
};

TEST(PowerCut, LosesNoAcknowledgedGroupWhereverItComes) {
  const std::uint64_t seed = base_seed();
  std::cout << "WASL_SEED=" << seed << '\n';
  int acknowledged = 0;
  int rebuilt = 0;
  for (std::uint64_t world = 0; world < 24; ++world) {
    SCOPED_TRACE("world " + std::to_string(world));
    Lives lives(seed + world);
    for (int life = 0; life < 5; ++life) lives.live_until_cut();
    lives.check();
    ASSERT_FALSE(lives.lost());
    if (testing::Test::HasFatalFailure()) return;
    acknowledged += lives.acknowledged();
    rebuilt += lives.rebuilt();
  }
  EXPECT_GT(acknowledged, 100);
  std::cout << "acknowledged " << acknowledged << ", rebuilt " << rebuilt << '\n';
}

// The control: with a disk that only pretends to sync the journal, the same run must notice.
TEST(PowerCut, IsNoticedWhereTheDiskLies) {
  const std::uint64_t seed = base_seed();
  std::cout << "WASL_SEED=" << seed << '\n';
  int noticed = 0;
  for (std::uint64_t world = 0; world < 20; ++world) {
    Lives lives(seed + world);
    lives.suppress_journal_syncs();
    lives.live_until_cut();
    if (lives.noticed_loss()) ++noticed;
  }
  EXPECT_GT(noticed, 0);
}

}  // namespace
}  // namespace wasl::store
