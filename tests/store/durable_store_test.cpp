#include "store/durable_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/codec.hpp"
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

// Whose file says how many payouts it was given.
class CountsPayouts : public core::BankFileMaker {
 public:
  [[nodiscard]] core::Result<core::BankFile> make(
      const core::SettlementRun& /*run*/, std::uint32_t number,
      std::span<const core::Payout> payouts) const override {
    core::BankFile file;
    file.name = "F" + std::to_string(number);
    file.bytes = std::to_string(payouts.size());
    return file;
  }
};

core::SettlementRun exported_run() {
  core::SettlementRun run;
  run.fund = *core::FundCode::make("CNAS");
  run.id = 1;
  run.state = core::RunState::kExported;
  run.proposed_by = *core::OperatorId::make("007");
  run.payouts = 1;
  run.exported.emplace().by = run.proposed_by;
  run.exported->account = "00799999000000000109";
  run.exported->payouts_per_file = 500;
  return run;
}

core::Payout only_payout(const core::SettlementRun& run) {
  core::Payout payout;
  payout.fund = run.fund;
  payout.id = {.run = run.id, .number = 1};
  payout.payee = core::Participant{core::Role::kProvider, *core::ParticipantId::make("16-000001")};
  payout.to.account = "00799999002345678941";
  payout.amount = core::Cents{500};
  payout.items.emplace_back();
  payout.items[0].record = 1;
  payout.items[0].amount = payout.amount;
  payout.items[0].of = core::AcceptedItem{.bordereau = 1};
  payout.state = core::PayoutState::kExported;
  return payout;
}

TEST_F(DurableStoreTest, GivesTheBankFileOfARunThatWasExportedJustBefore) {
  const CountsPayouts maker;
  world_.kill();
  world_.options.bank_files = &maker;
  world_.open();
  const core::SettlementRun run = exported_run();
  core::Group group = scribe_.group({scribe_.put_account(1)});
  const auto put = [&](const core::RowKey& key, const core::Row& row) {
    core::RowChange& change = group.changes.emplace_back();
    change.key = key;
    core::encode_row(row, change.bytes);
  };
  put(core::run_key(run.fund, run.id), run);
  const core::Payout payout = only_payout(run);
  put(core::payout_key(run.fund, payout.id), payout);
  world_.store->commit(std::move(group));
  for (std::uint64_t id = 1; id <= 3; ++id) {
    core::Scan scan;
    scan.id = id;
    scan.not_before = 1;
    scan.part = core::WantedPart{.fund = run.fund, .run = run.id, .file = 1, .offset = 0};
    world_.store->scan(scan);
  }
  for (std::uint64_t id = 1; id <= 3; ++id) {
    const core::Scanned scanned = world_.completions->wait_scanned(id);
    ASSERT_TRUE(scanned.part.has_value());
    EXPECT_EQ(scanned.part->reason, core::Reason::kNone);
    EXPECT_EQ(scanned.part->name, "F1");
    EXPECT_EQ(scanned.part->bytes, "1");
  }
  world_.kill();  // What it asks is gone at the end of this test.
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
  store->load({{.key = test::link_key(7)}}, core::Lane::kClaims);
  EXPECT_EQ(completions.wait_failed().code, core::Errc::kCorrupt);
  EXPECT_FALSE(completions.has_loaded(test::link_key(7)));
  store.reset();
  EXPECT_EQ(left, 1);
}

}  // namespace
}  // namespace wasl::store
