// Journal, head and RocksDB on one simulated disk whose power goes at seeded steps. What was
// acknowledged must be there afterwards; and if RocksDB itself does not open after the cut, it is
// rebuilt from the journal.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>

#include "journal/reader.hpp"
#include "store/locked_directory.hpp"
#include "store/recorded_completions.hpp"
#include "store/recovery.hpp"
#include "store/rocks.hpp"
#include "store/rocks_file_system.hpp"
#include "store/rows_for_tests.hpp"
#include "store/scribe.hpp"
#include "support/simulated_disk.hpp"

namespace wasl::store {
namespace {

using test::Scribe;

constexpr const char* kRocksPath = "/simulated/rocks";

std::uint64_t base_seed() {
  const char* given = std::getenv("WASL_SEED");
  if (given != nullptr) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

// One life after the other on one disk.
class Lives {
 public:
  explicit Lives(std::uint64_t seed) : disk_(seed), random_(seed) {
    plug_in();
    const auto made = create_store(places(), test::data_id(1));
    EXPECT_TRUE(made) << core::describe(made.error());
  }

  // Works until the power goes at a seeded step, then restarts the disk.
  void live_until_cut() {
    {
      const std::scoped_lock lock(mutex_);
      disk_.cut_at(1 + random_() % 120, static_cast<test::Moment>(random_() % 3));
    }
    test::RecordedCompletions completions;
    if (auto up = bring_up(places())) {
      reach(up->last().sequence);
      DurableOptions options;
      options.flush.records = 1 + random_() % 8;
      options.leave = [] {};
      DurableStore store(std::move(up->parts), completions, options);
      work(store, completions);
    }
    plug_in();
  }

  // Brings the disk up for the last time: everything acknowledged must be there, row by row.
  void check() {
    auto up = bring_up(places());
    if (!up) {
      ++rebuilt_;
      rocks_directory_wiped();
      const auto rebuilt = rebuild_rocks(places());
      ASSERT_TRUE(rebuilt) << core::describe(rebuilt.error());
      up = bring_up(places());
    }
    ASSERT_TRUE(up) << core::describe(up.error());
    reach(up->last().sequence);
    std::map<core::RowKey, std::string> rows;
    ASSERT_TRUE(up->parts.rocks->scan({}, [&](std::string_view key, std::string_view value) {
      rows.emplace(core::RowKey(key), value);
      return true;
    }));
    EXPECT_EQ(rows, scribe_.stored());
  }

  [[nodiscard]] int acknowledged() const { return acknowledged_; }
  [[nodiscard]] int rebuilt() const { return rebuilt_; }
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  void plug_in() {
    const std::scoped_lock lock(mutex_);
    disk_.restart();
    journal_ = test::locked(disk_.directory("journal"), mutex_);
    head_ = test::locked(disk_.directory("head"), mutex_);
    rocks_ = test::locked(disk_.directory("rocks"), mutex_);
  }
  void rocks_directory_wiped() {
    const std::scoped_lock lock(mutex_);
    for (const std::string& name : disk_.names("rocks")) disk_.erase("rocks", name);
  }
  [[nodiscard]] StorePlaces places() {
    RocksConfig rocks;
    rocks.path = kRocksPath;
    rocks.file_system = test::rocks_file_system(*rocks_, kRocksPath);
    journal::Options segments;
    segments.segment_bytes = 16 * 1024;
    return {.journal = {.journal = *journal_, .head = *head_, .mirror = nullptr},
            .rocks = rocks,
            .segments = segments,
            .counted = {}};
  }

  // The group in flight at the cut is there or it is not; every acknowledged one is.
  void reach(core::Sequence last) {
    if (in_flight_.has_value() && last == scribe_.next() - 1) {
      adopt();
    } else if (last + 1 != acknowledged_next_) {
      lost_ = true;
    } else {
      scribe_ = before_;
    }
    in_flight_.reset();
  }
  // Its receipts were never heard: they are read from the journal.
  void adopt() {
    core::Committed committed{in_flight_->first, {}};
    auto reader = journal::Reader::open(*journal_, journal::genesis(test::data_id(1)));
    ASSERT_TRUE(reader);
    for (;;) {
      const auto group = reader->next();
      ASSERT_TRUE(group);
      if (!group->has_value()) break;
      if ((*group)->first_sequence != committed.first) continue;
      for (const auto& record : (*group)->records) committed.receipts.push_back(record.hash);
    }
    scribe_.durable(committed);
    acknowledged_next_ = scribe_.next();
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

  std::mutex mutex_;  // Guards the disk.
  test::SimulatedDisk disk_;
  std::mt19937_64 random_;
  std::unique_ptr<core::Directory> journal_;
  std::unique_ptr<core::Directory> head_;
  std::unique_ptr<core::Directory> rocks_;
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
  for (std::uint64_t world = 0; world < 40; ++world) {
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

}  // namespace
}  // namespace wasl::store
