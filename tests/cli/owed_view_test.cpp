// What `wasl settle owed` prints.

#include "cli/owed_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cli/payees.hpp"

namespace wasl::cli {
namespace {

using test::paid_person;
using test::paid_pharmacy;

const core::Day kToday = *core::parse_day("2026-03-10");

v1::Owed owed_to(const v1::Payee& payee, std::int64_t cents, const char* due) {
  v1::Owed owed;
  *owed.mutable_payee() = payee;
  owed.set_amount_cents(cents);
  owed.set_due(due);
  return owed;
}

v1::Receivable owed_by(const char* provider, std::int64_t cents) {
  v1::Receivable receivable;
  receivable.mutable_provider()->set_role(v1::PROVIDER);
  receivable.mutable_provider()->set_id(provider);
  receivable.set_amount_cents(cents);
  return receivable;
}

// A person to whom something is owed in time, and a pharmacy to whom it is late.
OwedBothWays debts() {
  return {
      .owed = {owed_to(paid_person(), 8'000, "2026-03-10"),
               owed_to(paid_pharmacy(), 96'000, "2026-03-12"),
               owed_to(paid_pharmacy(), 4'000, "2026-03-07"), owed_to(paid_pharmacy(), 500, "")},
      .receivables = {}};
}

TEST(OwedView, HasOneLineForEachPayeeWhatIsLateFirst) {
  EXPECT_EQ(
      owed(debts(), kToday, Format::kText),
      "payee                                items              owed  due\n"
      "pharmacy 16-004512                       3          1,005.00  2026-03-07  LATE 3 days\n"
      "insured 1600123456                       1             80.00  2026-03-10  today\n"
      "owed to 2 payees: 1,085.00; late: 1\n");
}

TEST(OwedView, PutsLastWhatIsDueByNoKnownDay) {
  OwedBothWays both = debts();
  for (v1::Owed& row : both.owed) {
    if (row.payee().has_provider()) row.clear_due();
  }
  const std::string csv = owed(both, kToday, Format::kCsv);
  EXPECT_NE(csv.find(",2026-03-10,0,0\nprovider,16-004512,3,100500,0,,false,,0,0\n"),
            std::string::npos)
      << csv;
}

TEST(OwedView, GivesMachinesDaysAndCentimes) {
  EXPECT_EQ(owed(debts(), kToday, Format::kCsv),
            "payee,id,items,amount_cents,came_back_cents,came_back,account_must_change,due,"
            "days_late,owes_back_cents\n"
            "provider,16-004512,3,100500,0,,false,2026-03-07,3,0\n"
            "insured,1600123456,1,8000,0,,false,2026-03-10,0,0\n");
  const auto json = boost::json::parse(owed(debts(), kToday, Format::kJson));
  EXPECT_EQ(json.at("owed").at(0).at("amount_cents"), 100'500);
  EXPECT_EQ(json.at("owed").at(0).at("due"), "2026-03-07");
  EXPECT_EQ(json.at("owed").at(0).at("days_late"), 3);
  EXPECT_EQ(json.at("receivables"), boost::json::array{});
}

TEST(OwedView, SaysWhatProvidersOweBack) {
  OwedBothWays both = debts();
  both.receivables = {owed_by("16-004512", 4'000), owed_by("16-004513", 100)};
  const std::string text = owed(both, kToday, Format::kText);
  EXPECT_TRUE(
      text.ends_with("\npayee                                     owes the fund back\n"
                     "pharmacy 16-004512                                     40.00\n"
                     "pharmacy 16-004513                                      1.00\n"
                     "owed back by 2: 41.00, withheld from the next payout of each that is "
                     "worth more\n"))
      << text;
  const std::string csv = owed(both, kToday, Format::kCsv);
  EXPECT_NE(csv.find("provider,16-004512,3,100500,0,,false,2026-03-07,3,4000\n"
                     "insured,1600123456,1,8000,0,,false,2026-03-10,0,0\n"
                     "provider,16-004513,0,0,0,,false,,0,100\n"),
            std::string::npos)
      << csv;
  const auto json = boost::json::parse(owed(both, kToday, Format::kJson));
  EXPECT_EQ(json.at("receivables").at(1).at("provider"), "16-004513");
  EXPECT_EQ(json.at("receivables").at(1).at("amount_cents"), 100);
}

TEST(OwedView, SaysWhatCameBackAndWhetherAnotherAccountIsNeeded) {
  OwedBothWays both = debts();
  for (const std::size_t i : {1U, 2U}) both.owed[i].set_came_back("CNAS-77-2");
  both.owed[1].set_account_must_change(true);
  const std::string text = owed(both, kToday, Format::kText);
  EXPECT_NE(text.find("LATE 3 days    1,000.00 came back: CNAS-77-2; needs another account\n"),
            std::string::npos)
      << text;
  EXPECT_NE(owed(both, kToday, Format::kCsv)
                .find("provider,16-004512,3,100500,100000,CNAS-77-2,true,2026-03-07,3,0\n"),
            std::string::npos);
  const auto json = boost::json::parse(owed(both, kToday, Format::kJson));
  EXPECT_EQ(json.at("owed").at(0).at("came_back").at(0), "CNAS-77-2");
  EXPECT_EQ(json.at("owed").at(1).at("came_back"), boost::json::array{});
}

TEST(OwedView, SaysThatNothingIsOwed) {
  EXPECT_EQ(owed({}, kToday, Format::kText), "nothing is owed that no run has taken\n");
}

}  // namespace
}  // namespace wasl::cli
