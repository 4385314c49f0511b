// Bank files of exported runs, made of the store's rows and given in parts.

#include "store/file_scan.hpp"

#include <memory>
#include <string>
#include <vector>

#include "core/settling.hpp"
#include "store/store_world.hpp"
#include "store/world_rows.hpp"

namespace wasl::test {
namespace {

// A file of so many bytes that begins with the numbers of its payouts.
class CountingMaker : public core::BankFileMaker {
 public:
  [[nodiscard]] core::Result<core::BankFile> make(
      const core::SettlementRun& run, std::uint32_t number,
      std::span<const core::Payout> payouts) const override {
    ++made;
    if (fails) return core::fail(core::Errc::kOutOfRange, "payout 1: creditor RIB");
    core::BankFile file;
    file.name = core::bank_file_name(run.fund, run.id, number);
    for (const core::Payout& each : payouts) {
      EXPECT_TRUE(each.items.empty());
      file.bytes += std::to_string(each.id.number) + ' ';
      file.total += each.amount;
    }
    // Each byte tells its place, so that no part can stand for another.
    while (file.bytes.size() < bytes) file.bytes += std::to_string(file.bytes.size());
    file.sha256.fill(static_cast<std::uint8_t>(number));
    file.payouts = static_cast<std::uint32_t>(payouts.size());
    return file;
  }

  std::size_t bytes = 0;
  bool fails = false;
  mutable int made = 0;
};

class FileScanned : public Settling {
 protected:
  // So many payouts of one centime each, approved and no more.
  core::Sequence approved_run(int payouts) {
    for (int i = 0; i < payouts; ++i) owe_refund_to(std::to_string(1000 + i), 1);
    const core::Sequence run = filled();
    EXPECT_EQ(run_decision(approval(run)).reason, core::Reason::kNone);
    return run;
  }
  core::Sequence exported_run(int payouts, std::uint16_t payouts_per_file) {
    const core::Sequence run = approved_run(payouts);
    while (export_step(run, payouts_per_file).state != core::RunState::kExported) {
    }
    return run;
  }
  // Another fund has the same run.
  core::FundCode give_to_another_fund(core::Sequence run) {
    const auto other = code<core::FundCode>("CASNOS");
    auto theirs = std::get<core::SettlementRun>(world.rows.at(core::run_key(fund(), run)));
    theirs.fund = other;
    world.rows[core::run_key(other, run)] = theirs;
    for (std::uint32_t number = 1; number <= theirs.payouts; ++number) {
      const core::PayoutId id{.run = run, .number = number};
      auto payout = std::get<core::Payout>(world.rows.at(core::payout_key(fund(), id)));
      payout.fund = other;
      world.rows[core::payout_key(other, id)] = payout;
    }
    return other;
  }
  // The rows as they are now; a scan of them begins.
  void store_rows() {
    files_.reset();
    rocks_.reset();
    auto rocks = store::Rocks::create(
        {.path = places_.path() + "/rows-" + std::to_string(++stores_)}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
    store::RocksBatch batch = all_rows(world);
    ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
    files_.emplace(*rocks_, maker);
  }
  core::Result<core::Scanned> scan(const core::WantedPart& wanted) {
    core::Scan scan;
    scan.id = 5;
    scan.part = wanted;
    return files_->read(scan);
  }
  core::BankFilePart part(core::Sequence run, std::uint32_t file, std::uint64_t offset = 0) {
    auto scanned = scan({.fund = fund(), .run = run, .file = file, .offset = offset});
    EXPECT_TRUE(scanned);
    EXPECT_EQ(scanned->id, 5U);
    EXPECT_TRUE(scanned->rows.empty());
    return std::move(*scanned->part);
  }

  CountingMaker maker;

 private:
  StoreWorld places_;
  int stores_ = 0;
  std::unique_ptr<store::Rocks> rocks_;
  std::optional<store::FileScan> files_;
};

TEST_F(FileScanned, HoldsThePayoutsOfItsNumber) {
  const core::Sequence run = exported_run(5, 2);
  store_rows();
  const char* const payouts[] = {"1 2 ", "3 4 ", "5 "};
  for (std::uint32_t number = 1; number <= 3; ++number) {
    const core::BankFilePart file = part(run, number);
    EXPECT_EQ(file.reason, core::Reason::kNone);
    EXPECT_EQ(file.files, 3U);
    EXPECT_EQ(file.name, core::bank_file_name(fund(), run, number));
    EXPECT_EQ(file.bytes, payouts[number - 1]);
    EXPECT_EQ(file.size, file.bytes.size());
    EXPECT_EQ(file.payouts, number == 3 ? 1U : 2U);
    EXPECT_EQ(file.total, core::Cents{number == 3 ? 1 : 2});
  }
}

TEST_F(FileScanned, ComesInPartsThatAddUpAndIsMadeOnce) {
  const core::Sequence run = exported_run(3, 500);
  store_rows();
  maker.bytes = 2 * core::kFilePartBytesMax + 1'000;
  std::string whole;
  int parts = 0;
  core::BankFilePart last;
  do {
    last = part(run, 1, whole.size());
    EXPECT_EQ(last.offset, whole.size());
    EXPECT_LE(last.bytes.size(), core::kFilePartBytesMax);
    EXPECT_EQ(last.sha256.front(), 1U);
    whole += last.bytes;
    ++parts;
  } while (whole.size() < last.size);
  EXPECT_EQ(parts, 3);
  EXPECT_EQ(maker.made, 1);
  EXPECT_EQ(whole.size(), last.size);
  EXPECT_EQ(whole.substr(0, 6), "1 2 3 ");
  EXPECT_EQ(part(run, 1, 70'000).bytes, whole.substr(70'000, core::kFilePartBytesMax))
      << "from anywhere";
}

TEST_F(FileScanned, IsMadeAgainBehindAnotherOneAndIsTheSame) {
  const core::Sequence run = exported_run(4, 2);
  store_rows();
  const core::BankFilePart first = part(run, 1);
  EXPECT_EQ(part(run, 2).bytes, "3 4 ");
  EXPECT_EQ(maker.made, 2);
  EXPECT_EQ(part(run, 1).bytes, first.bytes);
  EXPECT_EQ(maker.made, 3);
}

TEST_F(FileScanned, OfSeveralFundsIsMadeOnceForEach) {
  const core::Sequence run = exported_run(3, 500);
  const core::FundCode other = give_to_another_fund(run);
  store_rows();
  maker.bytes = 2 * core::kFilePartBytesMax;
  for (const std::uint64_t offset : {0U, 5U, 70'000U}) {
    EXPECT_EQ(part(run, 1, offset).name, core::bank_file_name(fund(), run, 1));
    const auto theirs = scan({.fund = other, .run = run, .file = 1, .offset = offset});
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->part->name, core::bank_file_name(other, run, 1));
  }
  EXPECT_EQ(maker.made, 2);
}

TEST_F(FileScanned, IsOfNoRunOfAnotherFund) {
  const core::Sequence run = exported_run(1, 500);
  store_rows();
  EXPECT_EQ(part(run, 1).reason, core::Reason::kNone);
  const auto others =
      scan({.fund = code<core::FundCode>("CASNOS"), .run = run, .file = 1, .offset = 0});
  ASSERT_TRUE(others);
  EXPECT_EQ(others->part->reason, core::Reason::kRunUnknown);
  EXPECT_EQ(others->part->name, "");
  EXPECT_EQ(others->part->bytes, "");
  EXPECT_EQ(part(run + 1, 1).reason, core::Reason::kRunUnknown);
}

TEST_F(FileScanned, IsOfNoRunThatIsNotExportedWhole) {
  const core::Sequence run = approved_run(core::kStepItemsMax + 1);
  store_rows();
  EXPECT_EQ(part(run, 1).reason, core::Reason::kRunNotInThisState);
  EXPECT_EQ(export_step(run).state, core::RunState::kExporting);
  store_rows();
  EXPECT_EQ(part(run, 1).reason, core::Reason::kRunNotInThisState);
  EXPECT_EQ(export_step(run).state, core::RunState::kExported);
  store_rows();
  EXPECT_EQ(part(run, 1).reason, core::Reason::kNone);
}

TEST_F(FileScanned, BehindTheLastOneSaysHowManyThereAre) {
  const core::Sequence run = exported_run(5, 2);
  store_rows();
  for (const std::uint32_t number : {4U, 0xffffffffU}) {
    const core::BankFilePart none = part(run, number);
    EXPECT_EQ(none.reason, core::Reason::kNone);
    EXPECT_EQ(none.files, 3U);
    EXPECT_EQ(none.name, "");
    EXPECT_EQ(none.size, 0U);
  }
  EXPECT_EQ(maker.made, 0);
}

TEST_F(FileScanned, HasNoBytesBehindItsEnd) {
  const core::Sequence run = exported_run(1, 500);
  store_rows();
  EXPECT_EQ(part(run, 1, 1).bytes, " ");
  for (const std::uint64_t offset : {std::uint64_t{2}, ~std::uint64_t{0}}) {
    const core::BankFilePart end = part(run, 1, offset);
    EXPECT_EQ(end.bytes, "");
    EXPECT_EQ(end.size, 2U);
    EXPECT_EQ(end.offset, offset);
  }
}

TEST_F(FileScanned, ThatCannotBeMadeSaysWhy) {
  const core::Sequence run = exported_run(1, 500);
  store_rows();
  maker.fails = true;
  const core::BankFilePart unmade = part(run, 1);
  EXPECT_EQ(unmade.problem, "payout 1: creditor RIB");
  EXPECT_EQ(unmade.name, core::bank_file_name(fund(), run, 1));
  EXPECT_EQ(unmade.bytes, "");
  maker.fails = false;
  EXPECT_EQ(part(run, 1).bytes, "1 ");
}

TEST_F(FileScanned, OfAStoreWithoutOneOfItsPayoutsIsAnError) {
  const core::Sequence run = exported_run(3, 500);
  world.rows.erase(core::payout_key(fund(), {.run = run, .number = 2}));
  store_rows();
  const auto scanned = scan({.fund = fund(), .run = run, .file = 1, .offset = 0});
  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().code, core::Errc::kCorrupt);
}

}  // namespace
}  // namespace wasl::test
