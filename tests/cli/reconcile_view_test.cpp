// What `wasl reconcile` makes of what is typed, and what it prints.

#include "cli/reconcile_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace wasl::cli {
namespace {

void set(v1::Tally& tally, std::uint64_t count, std::int64_t cents) {
  tally.set_count(count);
  tally.set_amount_cents(cents);
}

// 1,000.00 owed in the morning; three claims came, one was taken back, 800.00 were paid.
v1::DayAccount pharmacy(const char* id = "16-004512") {
  v1::DayAccount account;
  account.mutable_participant()->set_role(v1::PROVIDER);
  account.mutable_participant()->set_id(id);
  account.set_opening_cents(100'000);
  set(*account.mutable_authorised(), 3, 120'000);
  set(*account.mutable_reversed(), 1, 40'000);
  set(*account.mutable_presented(), 2, 80'000);
  set(*account.mutable_exported(), 1, 80'000);
  set(*account.mutable_paid(), 1, 80'000);
  account.set_closing_cents(100'000);
  account.set_in_balance(true);
  return account;
}

ReconciledDay day_of(const v1::DayAccount& account) {
  ReconciledDay day;
  day.fund = "CNAS";
  day.date = "2026-03-10";
  day.page.set_known(true);
  day.page.set_since(12);
  day.page.set_until(340);
  *day.page.add_accounts() = account;
  return day;
}

ReconciledDay day_of_all() {
  ReconciledDay day = day_of(pharmacy());
  day.of_all = true;
  *day.page.add_accounts() = pharmacy("16-004513");
  return day;
}

// The pharmacy missed one of the claims.
ReconciledDay miscounted() {
  ReconciledDay day = day_of(pharmacy());
  day.counted = true;
  v1::TotalDiffers& difference = *day.page.add_differences();
  difference.set_which(v1::TotalDiffers::AUTHORISED);
  set(*difference.mutable_own(), 2, 110'000);
  set(*difference.mutable_held(), 3, 120'000);
  return day;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ReconcileView, IsAnAccountOfOneParticipantWithWhatMovesIt) {
  EXPECT_EQ(reconciled(day_of(pharmacy()), Format::kText),
            "business day 2026-03-10 of fund CNAS: records 13 to 340\n"
            "provider:16-004512            count              amount\n"
            "  opening                                      1,000.00\n"
            "+ authorised                      3            1,200.00\n"
            "- reversed                        1              400.00\n"
            "  presented                       2              800.00\n"
            "  accepted                        0                0.00\n"
            "- rejected                        0                0.00\n"
            "- reduced                         0                0.00\n"
            "  exported                        1              800.00\n"
            "- paid                            1              800.00\n"
            "  returned                        0                0.00\n"
            "+ returned_paid                   0                0.00\n"
            "= closing                                      1,000.00\n"
            "in balance\n");
}

TEST(ReconcileView, OfAFundHasALineForEachAndTheirSum) {
  const std::string text = reconciled(day_of_all(), Format::kText);
  EXPECT_TRUE(holds(text,
                    "\nprovider:16-004512                 1,000.00         1,200.00"
                    "           400.00             0.00             0.00"
                    "           800.00             0.00         1,000.00\n"
                    "provider:16-004513  "))
      << text;
  EXPECT_TRUE(holds(text, "all 2 participants            count              amount\n")) << text;
  EXPECT_TRUE(holds(text, "+ authorised                      6            2,400.00\n")) << text;
  EXPECT_TRUE(
      text.ends_with("= closing                                      2,000.00\n"
                     "in balance\n"))
      << text;
  EXPECT_TRUE(in_balance(day_of_all()));
}

TEST(ReconcileView, NamesWhoIsNotInBalance) {
  ReconciledDay day = day_of_all();
  day.page.mutable_accounts(1)->set_in_balance(false);
  EXPECT_FALSE(in_balance(day));
  const std::string text = reconciled(day, Format::kText);
  EXPECT_TRUE(text.ends_with("NOT IN BALANCE: provider:16-004513; tell the operators\n")) << text;
  EXPECT_FALSE(holds(text, "\nin balance")) << text;
}

TEST(ReconcileView, SaysWhereItIsNotWhatWasCounted) {
  EXPECT_FALSE(in_balance(miscounted()));
  const std::string text = reconciled(miscounted(), Format::kText);
  EXPECT_TRUE(
      text.ends_with("in balance\nDIFFERS: authorised: you counted 2, 1,100.00; the switch "
                     "has 3, 1,200.00\n"))
      << text;
  ReconciledDay right = miscounted();
  right.page.clear_differences();
  EXPECT_TRUE(in_balance(right));
  EXPECT_TRUE(reconciled(right, Format::kText).ends_with("in balance with what you counted\n"));
}

TEST(ReconcileView, OfWhomNothingWasPostedIsZeros) {
  ReconciledDay day = day_of(pharmacy());
  day.page.clear_accounts();
  day.page.set_until(0);
  const std::string text = reconciled(day, Format::kText);
  EXPECT_TRUE(holds(text, ": from record 13 on, the day has not ended\n")) << text;
  EXPECT_TRUE(holds(text, "= closing                                          0.00\n")) << text;
}

TEST(ReconcileView, NamesForMachinesWhatWasCountedWhereNothingWasPosted) {
  ReconciledDay day = miscounted();
  day.page.clear_accounts();
  day.participant = pharmacy().participant();
  const std::string csv = reconciled(day, Format::kCsv);
  EXPECT_TRUE(
      csv.ends_with(",differs\nprovider:16-004512,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
                    "0,0,true,authorised\n"))
      << csv;
}

TEST(ReconcileView, GivesMachinesCountsAndCentimes) {
  EXPECT_EQ(reconciled(miscounted(), Format::kCsv),
            "participant,opening_cents,authorised_count,authorised_cents,reversed_count,"
            "reversed_cents,presented_count,presented_cents,accepted_count,accepted_cents,"
            "rejected_count,rejected_cents,reduced_count,reduced_cents,exported_count,"
            "exported_cents,paid_count,paid_cents,returned_count,returned_cents,"
            "returned_paid_count,returned_paid_cents,closing_cents,in_balance,differs\n"
            "provider:16-004512,100000,3,120000,1,40000,2,80000,0,0,0,0,0,0,1,80000,1,80000,0,0,0,"
            "0,100000,true,authorised\n");
  const auto json = boost::json::parse(reconciled(day_of_all(), Format::kJson));
  EXPECT_EQ(json.at("since"), 12);
  EXPECT_EQ(json.at("accounts").at(0).at("participant"), "provider:16-004512");
  EXPECT_EQ(json.at("total").at("paid").at("count"), 2);
  EXPECT_EQ(json.at("total").at("closing_cents"), 200'000);
  EXPECT_EQ(json.at("in_balance"), true);
  const auto differs = boost::json::parse(reconciled(miscounted(), Format::kJson));
  EXPECT_EQ(differs.at("differences").at(0).at("which"), "authorised");
  EXPECT_EQ(differs.at("differences").at(0).at("own").at("count"), 2);
  EXPECT_EQ(differs.at("in_balance"), false);
}

TEST(Tally, IsTypedAsNumberAndCentimes) {
  const auto tally = parse_tally("12:960000");
  ASSERT_TRUE(tally);
  EXPECT_EQ(tally->count(), 12u);
  EXPECT_EQ(tally->amount_cents(), 960'000);
  EXPECT_TRUE(parse_tally("0:0"));
  for (const char* wrong : {"", "12", "12:", ":5", "12:5:5", "-1:5", "1:-5", "1:5.00", "a:b"}) {
    EXPECT_FALSE(parse_tally(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace wasl::cli
