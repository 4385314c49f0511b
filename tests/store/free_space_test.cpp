// What a store does where its disk fills: what can wait does not begin.

#include "store/free_space.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "store/scribe.hpp"
#include "store/store_world.hpp"

namespace wasl::store {
namespace {

using test::Scribe;

constexpr std::uint64_t kReserve = 400;
constexpr std::uint64_t kPlenty = 4 * kReserve;

class FreeSpace : public testing::Test {
 protected:
  void SetUp() override {
    world_.disk_reserve_bytes = kReserve;
    world_.space->free = kPlenty;
    world_.create();
  }
  // Opened here for its Rocks, which the store keeps to itself.
  Rocks& open_rocks() {
    auto up = bring_up(world_.places());
    EXPECT_TRUE(up) << core::describe(up.error());
    Rocks& rocks = *up->parts.rocks;
    world_.completions = std::make_unique<test::RecordedCompletions>();
    world_.store =
        std::make_unique<DurableStore>(std::move(up->parts), *world_.completions, world_.options);
    return rocks;
  }
  void commit() {
    core::Group group = scribe_.group({scribe_.put_account(1)});
    const core::Sequence first = group.first;
    world_.store->commit(std::move(group));
    scribe_.durable(world_.completions->wait_committed(first));
  }
  void space_becomes(std::uint64_t free) {
    world_.space->free = free;
    while (world_.store->free_bytes() != free) std::this_thread::yield();
  }
  [[nodiscard]] bool second_segment() const {
    const std::string path = world_.journal_path() + "/" + journal::segment_name(2);
    return std::filesystem::exists(path) || std::filesystem::exists(path + ".new");
  }

  test::StoreWorld world_;
  Scribe scribe_;
};

TEST_F(FreeSpace, TheNextSegmentIsFilledAheadOnlyAboveTheReserve) {
  world_.space->free = kReserve - 1;
  world_.open();
  commit();
  world_.close();
  EXPECT_FALSE(second_segment());
  world_.space->free = kReserve;
  world_.open();
  commit();
  world_.close();
  EXPECT_TRUE(second_segment());
}

TEST_F(FreeSpace, NoCompactionBeginsBelowTwiceTheReserve) {
  world_.space->free = compaction_bytes_min(kReserve) - 1;
  Rocks& rocks = open_rocks();
  EXPECT_TRUE(rocks.db().GetOptions().disable_auto_compactions);
  space_becomes(compaction_bytes_min(kReserve) + core::last_of_reserve(kReserve));
  EXPECT_FALSE(rocks.db().GetOptions().disable_auto_compactions);
  space_becomes(compaction_bytes_min(kReserve));
  EXPECT_FALSE(rocks.db().GetOptions().disable_auto_compactions);
  space_becomes(compaction_bytes_min(kReserve) - 1);
  EXPECT_TRUE(rocks.db().GetOptions().disable_auto_compactions);
  space_becomes(compaction_bytes_min(kReserve));  // Not before it is clearly above.
  EXPECT_TRUE(rocks.db().GetOptions().disable_auto_compactions);
  world_.close();
}

}  // namespace
}  // namespace wasl::store
