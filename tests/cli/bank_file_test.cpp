// What a fund's bank is given.

#include "cli/bank_file.hpp"

#include <gtest/gtest.h>

#include "cli/exported_run.hpp"
#include "core/hex.hpp"

namespace wasl::cli {
namespace {

using test::files_of;
using test::payouts_of;
using test::stored_run;

std::string problem(const core::SettlementRun& run, std::span<const core::Payout> payouts) {
  const auto file = CreditTransferFiles().make(run, 1, payouts);
  return file ? "made" : core::describe(file.error());
}

bool holds(const core::BankFile& file, std::string_view text) {
  return file.bytes.find(text) != std::string::npos;
}

TEST(BankFile, IsNamedByFundRunAndPlaceAndSaysWhatThePayoutsAre) {
  const auto files = files_of(48'213, 2, 500);
  ASSERT_EQ(files.size(), 1U);
  const core::BankFile& file = files[0];
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
  const auto files = files_of(48'213, 2, 500);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(core::to_hex(files[0].sha256),
            "15b67f1f75a1136a40c4336ee8539fb939ad04f44f30717fde41dc612ba9ffbd");
}

TEST(BankFile, HoldsThePayoutsThatItIsGivenUnderItsOwnNumber) {
  const auto files = files_of(7, 5, 2);
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[1].name, "CNAS-7-F2.xml");
  EXPECT_TRUE(holds(files[1], "<MsgId>CNAS-7-F2</MsgId>"));
  EXPECT_TRUE(holds(files[1], "CNAS-7-3<") && holds(files[1], "CNAS-7-4<"));
  EXPECT_EQ(files[2].payouts, 1U);
  EXPECT_EQ(files[2].total, core::Cents{10'005});
}

// Booked or returned since, and whatever the bank said of it.
TEST(BankFile, IsTheSameWhateverBecomesOfItsPayouts) {
  auto payouts = payouts_of(7, 2);
  payouts[0].state = core::PayoutState::kPaid;
  payouts[1].state = core::PayoutState::kReturned;
  payouts[1].bank =
      core::BankStatus{.word = core::BankWord::kReturned, .reason = "AC04", .file = 90};
  EXPECT_EQ(files_of(stored_run(7, 2, 500), payouts)[0].sha256, files_of(7, 2, 500)[0].sha256);
}

TEST(BankFile, NamesPharmacyAndFundByTheirIdsWhereTheirNamesCannotStandThere) {
  auto run = stored_run(7, 3, 500);
  auto payouts = payouts_of(7, 3);
  run.exported->name = "";
  payouts[1].to.name = "Pharmacie\nBenaïssa";
  payouts[2].to.name = "";
  const auto files = files_of(run, payouts);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(holds(files[0], "<Nm>CNAS</Nm>"));
  EXPECT_FALSE(holds(files[0], "Pharmacie"));
  EXPECT_TRUE(holds(files[0], "<Nm>16-004512</Nm>"));
}

TEST(BankFile, SaysWhichPayoutTheBankCouldNotBeGiven) {
  auto payouts = payouts_of(7, 3);
  payouts[2].to.account = "00799999002345678942";
  EXPECT_TRUE(problem(stored_run(7, 3, 500), payouts)
                  .starts_with("out of range: payout 3: creditor RIB: "));
}

// As long as a row admits, and every character of it written as five.
TEST(BankFile, OfTheMostPayoutsIsWithinItsBound) {
  std::vector<core::Payout> payouts = payouts_of(9'999'999'999'999, core::kPayoutsPerFileMax);
  for (core::Payout& each : payouts) each.to.name = std::string(80, '&');
  auto run = stored_run(9'999'999'999'999, 1, core::kPayoutsPerFileMax);
  run.payouts = core::kPayoutsPerFileMax;
  const auto files = files_of(run, payouts);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_LE(files[0].bytes.size(), core::kBankFileBytesMax);
}

}  // namespace
}  // namespace wasl::cli
