// What `wasl settle` prints.

#include "cli/settle_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cli/payees.hpp"

namespace wasl::cli {
namespace {

using test::paid_person;
using test::paid_pharmacy;

constexpr auto kEnglish = core::Language::kEnglish;

v1::SettlementRun proposed() {
  v1::SettlementRun run;
  run.set_run(77);
  run.set_state(v1::RUN_PROPOSED);
  run.set_value_date("2026-03-25");
  run.set_proposed_by("007");
  run.set_payouts(2);
  run.set_total_cents(123'456'789);
  return run;
}

TEST(RunView, SaysHowTheRunStandsAndWhatComesNext) {
  v1::LeftOut left_out;
  *left_out.mutable_payee() = paid_person();
  left_out.set_why(v1::LeftOut::NO_ACCOUNT);
  left_out.set_amount_cents(8'000);
  const std::string text = collected({proposed(), {left_out}}, Format::kText, kEnglish);
  EXPECT_NE(text.find("settlement run 77, value date 2026-03-25: proposed, waits for a second"),
            std::string::npos);
  EXPECT_NE(text.find("payouts: 2; 1,234,567.89"), std::string::npos);
  EXPECT_NE(text.find("left out: insured 1600123456"), std::string::npos);
  EXPECT_NE(text.find("no valid account"), std::string::npos);
  EXPECT_NE(text.find("wasl settle approve --run 77"), std::string::npos);
}

TEST(RunView, SaysThatThereIsNothingToPay) {
  v1::SettlementRun run = proposed();
  run.set_state(v1::RUN_CANCELLED);
  run.set_payouts(0);
  run.set_total_cents(0);
  EXPECT_EQ(collected({run, {}}, Format::kText, kEnglish),
            "settlement run 77, value date 2026-03-25: cancelled\nnothing to pay\n");
}

TEST(RunView, SaysOfACancelledRunThatItsPayoutsWereGivenBack) {
  v1::SettlementRun run = proposed();
  run.set_state(v1::RUN_CANCELLED);
  run.set_released(2);
  const std::string head = "settlement run 77, value date 2026-03-25: cancelled\n";
  const std::string total = "payouts: 2; 1,234,567.89; given back, owed again: 2\n";
  EXPECT_EQ(run_with_payouts(run, {}, Format::kText, kEnglish), head + total);
  EXPECT_EQ(runs({&run, 1}, Format::kText, kEnglish), head + "  " + total);
}

TEST(RunView, HoldsTheMinimumAgainstWhatIsLeftOfAPayout) {
  v1::LeftOut left_out;
  *left_out.mutable_payee() = paid_pharmacy();
  left_out.set_why(v1::LeftOut::BELOW_MINIMUM);
  left_out.set_amount_cents(207'972);
  EXPECT_NE(collected({proposed(), {left_out}}, Format::kText, kEnglish)
                .find("2,079.72  below the minimum once what is owed back is withheld\n"),
            std::string::npos);
}

TEST(RunView, OfACancelledRunAsksForNoApproval) {
  v1::SettlementRun run = proposed();
  run.set_state(v1::RUN_CANCELLED);
  EXPECT_EQ(collected({run, {}}, Format::kText, kEnglish).find("approve"), std::string::npos);
}

TEST(RunView, SaysInTheReadersLanguageWhoIsLeftOut) {
  v1::LeftOut left_out;
  *left_out.mutable_payee() = paid_person();
  left_out.set_why(v1::LeftOut::CAME_BACK);
  const Collected what{proposed(), {left_out}};
  EXPECT_NE(collected(what, Format::kText, core::Language::kFrench)
                .find("un paiement est revenu de ce compte : il faut le changer"),
            std::string::npos);
  EXPECT_NE(collected(what, Format::kCsv, kEnglish).find(",CAME_BACK\n"), std::string::npos);
}

TEST(RunView, LeavesOutWhoOwesTheFundMore) {
  v1::LeftOut left_out;
  *left_out.mutable_payee() = paid_pharmacy();
  left_out.set_why(v1::LeftOut::OWES_MORE);
  const Collected what{proposed(), {left_out}};
  EXPECT_NE(collected(what, Format::kText, kEnglish).find("owes the fund as much as this, or more"),
            std::string::npos);
  EXPECT_NE(collected(what, Format::kCsv, kEnglish).find(",OWES_MORE\n"), std::string::npos);
}

v1::Payout payout() {
  v1::Payout payout;
  payout.set_number(1);
  *payout.mutable_payee() = paid_pharmacy();
  payout.set_payout_account("****************8941");
  payout.set_items(3);
  payout.set_amount_cents(96'000);
  payout.set_end_to_end_id("CNAS-77-1");
  payout.set_state(v1::PAYOUT_TAKEN);
  return payout;
}

v1::Payout returned() {
  v1::Payout one = payout();
  one.set_state(v1::PAYOUT_RETURNED);
  one.set_bank_word(v1::BANK_RETURNED);
  one.set_bank_reason("AC04");
  one.set_status_file(90);
  return one;
}

TEST(RunView, ShowsPayoutsWithTheLastDigitsOfTheirAccounts) {
  const std::vector<v1::Payout> payouts{payout()};
  const std::string text = run_with_payouts(proposed(), payouts, Format::kText, kEnglish);
  EXPECT_NE(text.find("8941"), std::string::npos);
  EXPECT_EQ(text.find('*'), std::string::npos);
  EXPECT_NE(text.find("CNAS-77-1             not exported\n"), std::string::npos) << text;
  EXPECT_EQ(run_with_payouts(proposed(), payouts, Format::kCsv, kEnglish),
            "number,payee,id,last_digits,items,amount_cents,withheld_cents,end_to_end_id,state,"
            "bank_word,bank_reason,status_file\n"
            "1,provider,16-004512,8941,3,96000,0,CNAS-77-1,PAYOUT_TAKEN,,,0\n");
  const auto json =
      boost::json::parse(run_with_payouts(proposed(), payouts, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("state"), "RUN_PROPOSED");
  EXPECT_EQ(json.at("exported_at"), "");
  EXPECT_EQ(json.at("payout_list").at(0).at("items"), 3);
}

TEST(RunView, ShowsWhatIsWithheldOfAPayout) {
  std::vector<v1::Payout> payouts{payout()};
  payouts[0].set_withheld_cents(4'000);
  const std::string text = run_with_payouts(proposed(), payouts, Format::kText, kEnglish);
  EXPECT_NE(text.find("960.00           40.00  CNAS-77-1"), std::string::npos) << text;
  EXPECT_NE(run_with_payouts(proposed(), payouts, Format::kCsv, kEnglish)
                .find(",3,96000,4000,CNAS-77-1,"),
            std::string::npos);
  const auto json =
      boost::json::parse(run_with_payouts(proposed(), payouts, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("payout_list").at(0).at("withheld_cents"), 4'000);
}

TEST(RunView, ShowsWhatTheBankSaysOfAPayoutAndWhy) {
  std::vector<v1::Payout> payouts{returned()};
  const std::string text = run_with_payouts(proposed(), payouts, Format::kText, kEnglish);
  EXPECT_NE(text.find("CNAS-77-1             came back (returned, AC04)\n"), std::string::npos)
      << text;
  EXPECT_NE(run_with_payouts(proposed(), payouts, Format::kText, core::Language::kFrench)
                .find("revenu (retourné, AC04)"),
            std::string::npos);
  const auto json =
      boost::json::parse(run_with_payouts(proposed(), payouts, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("payout_list").at(0).at("state"), "PAYOUT_RETURNED");
  EXPECT_EQ(json.at("payout_list").at(0).at("bank_word"), "BANK_RETURNED");
  EXPECT_EQ(json.at("payout_list").at(0).at("status_file"), 90);
  payouts[0].set_bank_reason("closed, \"since May\"");
  EXPECT_NE(run_with_payouts(proposed(), payouts, Format::kCsv, kEnglish)
                .find("PAYOUT_RETURNED,BANK_RETURNED,\"closed, \"\"since May\"\"\",90\n"),
            std::string::npos);
}

TEST(RunView, SaysHowARunWentToTheBank) {
  v1::SettlementRun run = proposed();
  run.set_state(v1::RUN_EXPORTED);
  run.set_exported_by("007");
  run.set_exported_at_ms(1'773'131'400'123);
  run.set_debtor_account("****************5678");
  run.set_debtor_name("Caisse, nationale");
  run.set_payouts_per_file(1'000);
  run.set_exported(2);
  const std::string text = run_with_payouts(run, {}, Format::kText, kEnglish);
  EXPECT_NE(
      text.find("exported by 007 at 2026-03-10T08:30:00.123Z: 2 of 2 payouts, at most 1000 in "
                "a file, from Caisse, nationale 5678\n"),
      std::string::npos)
      << text;
  const std::vector<v1::SettlementRun> all{run};
  EXPECT_NE(runs(all, Format::kCsv, kEnglish).find(",0,007,2026-03-10T08:30:00.123Z,1000,2\n"),
            std::string::npos);
  const auto json = boost::json::parse(runs(all, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("runs").at(0).at("debtor_last_digits"), "5678");
}

TEST(RunView, ListsRuns) {
  const std::vector<v1::SettlementRun> all{proposed()};
  EXPECT_NE(runs(all, Format::kText, kEnglish).find("settlement run 77"), std::string::npos);
  EXPECT_NE(runs(all, Format::kCsv, kEnglish).find("77,RUN_PROPOSED,2026-03-25,0,007,"),
            std::string::npos);
  EXPECT_EQ(runs({}, Format::kText, kEnglish), "there is no settlement run\n");
}

}  // namespace
}  // namespace wasl::cli
