// What `wasl settle` prints.

#include "cli/settle_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace wasl::cli {
namespace {

constexpr auto kEnglish = core::Language::kEnglish;

v1::Payee person() {
  v1::Payee payee;
  payee.set_insured_number("1600123456");
  return payee;
}
v1::Payee pharmacy() {
  v1::Payee payee;
  payee.mutable_provider()->set_role(v1::PROVIDER);
  payee.mutable_provider()->set_id("16-004512");
  return payee;
}

v1::Owed owed_to(const v1::Payee& payee, std::int64_t cents) {
  v1::Owed owed;
  *owed.mutable_payee() = payee;
  owed.set_amount_cents(cents);
  return owed;
}

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

TEST(OwedView, HasOneLineForEachPayee) {
  const std::vector<v1::Owed> rows{owed_to(person(), 8'000), owed_to(pharmacy(), 96'000),
                                   owed_to(pharmacy(), 4'000)};
  const std::string text = owed(rows, Format::kText);
  EXPECT_NE(text.find("pharmacy 16-004512"), std::string::npos);
  EXPECT_NE(text.find("1,000.00"), std::string::npos);
  EXPECT_NE(text.find("owed to 2 payees: 1,080.00"), std::string::npos);
  EXPECT_EQ(
      owed(rows, Format::kCsv),
      "payee,id,items,amount_cents\ninsured,1600123456,1,8000\nprovider,16-004512,2,100000\n");
  const auto json = boost::json::parse(owed(rows, Format::kJson));
  EXPECT_EQ(json.at("owed").at(1).at("amount_cents"), 100'000);
}

TEST(OwedView, SaysThatNothingIsOwed) {
  EXPECT_EQ(owed({}, Format::kText), "nothing is owed that no run has taken\n");
}

TEST(RunView, SaysHowTheRunStandsAndWhatComesNext) {
  v1::LeftOut left_out;
  *left_out.mutable_payee() = person();
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

TEST(RunView, OfACancelledRunAsksForNoApproval) {
  v1::SettlementRun run = proposed();
  run.set_state(v1::RUN_CANCELLED);
  EXPECT_EQ(collected({run, {}}, Format::kText, kEnglish).find("approve"), std::string::npos);
}

TEST(RunView, ShowsPayoutsWithTheLastDigitsOfTheirAccounts) {
  v1::Payout payout;
  payout.set_number(1);
  *payout.mutable_payee() = pharmacy();
  payout.set_payout_account("****************8941");
  payout.set_items(3);
  payout.set_amount_cents(96'000);
  const std::vector<v1::Payout> payouts{payout};
  const std::string text = run_with_payouts(proposed(), payouts, Format::kText, kEnglish);
  EXPECT_NE(text.find("8941"), std::string::npos);
  EXPECT_EQ(text.find('*'), std::string::npos);
  EXPECT_EQ(run_with_payouts(proposed(), payouts, Format::kCsv, kEnglish),
            "number,payee,id,last_digits,items,amount_cents\n1,provider,16-004512,8941,3,96000\n");
  const auto json =
      boost::json::parse(run_with_payouts(proposed(), payouts, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("state"), "RUN_PROPOSED");
  EXPECT_EQ(json.at("payout_list").at(0).at("items"), 3);
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
