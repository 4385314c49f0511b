// What a fund's bank is given.

#include "cli/bank_file.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "cli/exported_run.hpp"
#include "core/hex.hpp"

namespace wasl::cli {
namespace {

using test::exported_run;
using test::kCnas;
using test::transfers_of;

std::vector<TransferFile> made(const v1::SettlementRun& run,
                               std::span<const v1::Transfer> transfers) {
  auto files = bank_files(kCnas, run, transfers);
  EXPECT_TRUE(files) << core::describe(files.error());
  return files ? std::move(*files) : std::vector<TransferFile>{};
}

std::string problem(const v1::SettlementRun& run, std::span<const v1::Transfer> transfers) {
  const auto files = bank_files(kCnas, run, transfers);
  return files ? "made" : core::describe(files.error());
}

bool holds(const TransferFile& file, std::string_view text) {
  return file.bytes.find(text) != std::string::npos;
}

TEST(BankFile, IsNamedByFundRunAndPlaceAndSaysWhatThePayoutsAre) {
  const auto files = made(exported_run(48'213, 2, 500), transfers_of(48'213, 2));
  ASSERT_EQ(files.size(), 1U);
  const TransferFile& file = files[0];
  EXPECT_EQ(file.name, "CNAS-48213-F1.xml");
  EXPECT_EQ(file.payouts, 2U);
  EXPECT_EQ(file.total, core::Cents{20'003});
  EXPECT_EQ(file.sha256, sha256_of(file.bytes));
  for (const char* text :
       {"<MsgId>CNAS-48213-F1</MsgId>", "<PmtInfId>CNAS-48213-F1</PmtInfId>",
        "<CreDtTm>2026-03-20T09:46:40.123Z</CreDtTm>", "<Dt>2026-03-25</Dt>",
        "<Nm>Caisse nationale</Nm>", "<Id>00100600030000012339</Id>", "<MmbId>001</MmbId>",
        "<EndToEndId>CNAS-48213-1</EndToEndId>", "<EndToEndId>CNAS-48213-2</EndToEndId>",
        "<InstdAmt Ccy=\"DZD\">100.02</InstdAmt>", "<Nm>ASSURE 1600123456</Nm>",
        "<Nm>Pharmacie Benaïssa</Nm>", "<Ustrd>Reglement CNAS 48213</Ustrd>"}) {
    EXPECT_TRUE(holds(file, text)) << text;
  }
}

// By this digest anybody may tell in years that a file is the run's.
TEST(BankFile, IsTheSameBytesForEver) {
  const auto files = made(exported_run(48'213, 2, 500), transfers_of(48'213, 2));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(core::to_hex(files[0].sha256),
            "15b67f1f75a1136a40c4336ee8539fb939ad04f44f30717fde41dc612ba9ffbd");
}

TEST(BankFile, HoldsAsManyPayoutsAsTheRunSays) {
  const auto files = made(exported_run(7, 5, 2), transfers_of(7, 5));
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[1].name, "CNAS-7-F2.xml");
  EXPECT_TRUE(holds(files[1], "CNAS-7-3<") && holds(files[1], "CNAS-7-4<"));
  EXPECT_EQ(files[2].payouts, 1U);
  EXPECT_EQ(files[2].total, core::Cents{10'005});
}

TEST(BankFile, NamesPharmacyAndFundByTheirIdsWhereTheirNamesCannotStandThere) {
  auto run = exported_run(7, 3, 500);
  auto transfers = transfers_of(7, 3);
  run.set_debtor_name("");
  transfers[1].set_payee_name("Pharmacie\nBenaïssa");
  transfers[2].set_payee_name("");
  const auto files = made(run, transfers);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(holds(files[0], "<Nm>CNAS</Nm>"));
  EXPECT_FALSE(holds(files[0], "Pharmacie"));
  EXPECT_TRUE(holds(files[0], "<Nm>16-004512</Nm>"));
}

TEST(BankFile, IsOfAnExportedRunOnly) {
  auto run = exported_run(7, 1, 500);
  for (const v1::RunState state : {v1::RUN_APPROVED, v1::RUN_EXPORTING, v1::RUN_CANCELLED}) {
    run.set_state(state);
    EXPECT_EQ(problem(run, transfers_of(7, 1)), "out of range: run 7 is not exported");
  }
}

TEST(BankFile, IsNotMadeOfTransfersThatAreNotTheRuns) {
  const std::string differ = "malformed: the switch's transfers do not add up to run 7; ask again";
  EXPECT_EQ(problem(exported_run(7, 3, 500), transfers_of(7, 2)), differ);
  auto transfers = transfers_of(7, 3);
  transfers[2].set_amount_cents(1);
  EXPECT_EQ(problem(exported_run(7, 3, 500), transfers), differ);
  const std::string at_second =
      "malformed: the switch's list of transfers is not run 7's at payout 2; ask again";
  transfers = transfers_of(7, 3);
  std::swap(transfers[1], transfers[2]);
  EXPECT_EQ(problem(exported_run(7, 3, 500), transfers), at_second);
  transfers = transfers_of(7, 3);
  transfers[1].set_end_to_end_id("CNAS-8-2");
  EXPECT_EQ(problem(exported_run(7, 3, 500), transfers), at_second);
}

TEST(BankFile, SaysWhichFileAndPayoutTheBankCouldNotBeGiven) {
  auto transfers = transfers_of(7, 3);
  transfers[2].set_payout_account("00799999002345678942");
  EXPECT_TRUE(problem(exported_run(7, 3, 2), transfers)
                  .starts_with("out of range: CNAS-7-F2: payout 1: creditor RIB: "));
}

TEST(BankFile, IsFoundByItsMessageId) {
  const std::vector<v1::SettlementRun> runs{exported_run(7, 5, 2), exported_run(9, 4, 2)};
  const auto last = file_named(kCnas, runs, "CNAS-7-F3");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->run, 7U);
  EXPECT_EQ(last->number, 3U);
  EXPECT_EQ(last->first, 5U);
  EXPECT_EQ(last->last, 5U);
  const auto full = file_named(kCnas, runs, "CNAS-9-F2");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->first, 3U);
  EXPECT_EQ(full->last, 4U);
  for (const char* id :
       {"", "CNAS", "CNAS-", "CNAS-7", "CNAS-7-F", "CNAS-7-F0", "CNAS-7-F4", "CNAS-9-F3",
        "CNAS-07-F1", "CNAS-7-F01", "CNAS-7-G1", "CNAS-7-F1 ", "CNAS-8-F1", "CASN-7-F1",
        "CASNOS-7-F1", "CNAS-7-F99999999999", "CNAS-99999999999999999999999-F1"}) {
    EXPECT_FALSE(file_named(kCnas, runs, id)) << id;
  }
}

TEST(BankFile, IsNotFoundBeforeItsRunIsExported) {
  auto run = exported_run(7, 5, 2);
  run.set_state(v1::RUN_EXPORTING);
  EXPECT_FALSE(file_named(kCnas, {&run, 1}, "CNAS-7-F1"));
}

}  // namespace
}  // namespace wasl::cli
