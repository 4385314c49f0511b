// A business day of a fund, read from the store's rows: which records are of it, what each
// participant began and ended it with, page by page.

#include "store/day_scan.hpp"

#include "store/scanned_days.hpp"

namespace wasl::store {
namespace {

using core::DayAccount;
using core::DayRange;
using core::Tally;
using test::dzd;

using DayScanned = test::ScannedDays;

TEST_F(DayScanned, KnowsNoDayThatDidNotBegin) {
  begin("2026-03-10");
  begin("2026-03-12");
  approved(100, "A");
  for (const std::string_view date : {"2026-03-09", "2026-03-11", "2026-03-13"}) {
    const core::Scanned page = read(scan_of(date));
    EXPECT_TRUE(page.rows.empty()) << date;
    EXPECT_FALSE(page.more);
  }
}

TEST_F(DayScanned, EndsADayWhereTheNextOneBegan) {
  begin("2026-03-10");
  const core::Sequence first = world.sequence;
  approved(100, "A");
  begin("2026-03-12");
  const core::Sequence second = world.sequence;
  EXPECT_EQ(range(read(scan_of("2026-03-10")), "2026-03-10"),
            (DayRange{.since = first, .until = second}));
}

TEST_F(DayScanned, LeavesTheDayOpenThatGoesOn) {
  begin("2026-03-10");
  begin("2026-03-11");
  approved(100, "A");
  const core::Scanned page = read(scan_of("2026-03-11"));
  EXPECT_EQ(range(page, "2026-03-11"),
            (DayRange{.since = world.sequence - 1, .until = std::nullopt}));
  EXPECT_EQ(account(page, pharmacy()).day.authorised, (Tally{1, dzd(80)}));
}

TEST_F(DayScanned, OpensADayWithWhatTheDayBeforeClosedWith) {
  approved(50, "A");
  begin("2026-03-10");
  approved(100, "B");
  begin("2026-03-11");
  approved(200, "C", 2);
  const DayAccount first = account(read(scan_of("2026-03-10")), pharmacy());
  EXPECT_EQ(first.opening, dzd(40)) << "what was moved before the first day";
  EXPECT_EQ(first.day.authorised, (Tally{1, dzd(80)}));
  EXPECT_EQ(first.closing, dzd(120));
  const DayAccount second = account(read(scan_of("2026-03-11")), pharmacy());
  EXPECT_EQ(second.opening, first.closing);
  EXPECT_EQ(second.closing, dzd(280));
}

TEST_F(DayScanned, CountsTheBordereauxOfTheDayAlone) {
  begin("2026-03-10");
  approved(100, "A");
  close();
  begin("2026-03-11");
  approved(200, "B");
  close();
  EXPECT_EQ(account(read(scan_of("2026-03-10")), pharmacy()).day.presented, (Tally{1, dzd(80)}));
  EXPECT_EQ(account(read(scan_of("2026-03-11")), pharmacy()).day.presented, (Tally{1, dzd(160)}));
}

// The bordereau holds what is left of the claim.
TEST_F(DayScanned, KeepsWhatWasPresentedThoughItIsReducedLater) {
  begin("2026-03-10");
  const core::Command claim = accepted(100, "A");
  begin("2026-03-11");
  reduce(claim, dzd(30));
  const core::Scanned before = read(scan_of("2026-03-10"));
  EXPECT_EQ(account(before, pharmacy()).day.presented, (Tally{1, dzd(80)}));
  EXPECT_EQ(account(before, pharmacy()).closing, dzd(80));
  const DayAccount after = account(read(scan_of("2026-03-11")), pharmacy());
  EXPECT_EQ(after.day.reduced, (Tally{1, dzd(50)}));
  EXPECT_EQ(after.closing, dzd(30));
}

TEST_F(DayScanned, GivesOneParticipantWhoIsNamed) {
  begin("2026-03-10");
  approved(100, "A");
  refunded(100);
  core::Scan scan = scan_of("2026-03-10");
  scan.prefix = core::posting_prefix(fund(), centre());
  const core::Scanned page = read(scan);
  EXPECT_EQ(participants(page), std::vector{centre()});
  EXPECT_FALSE(page.more);
}

TEST_F(DayScanned, GoesOnBehindTheLastParticipantOfThePage) {
  begin("2026-03-10");
  approved(100, "A");
  refunded(100);
  approved(200, "B");
  core::Scan scan = scan_of("2026-03-10");
  scan.rows_max = 1;
  const core::Scanned first = read(scan);
  EXPECT_EQ(participants(first), std::vector{pharmacy()});
  EXPECT_TRUE(first.more);
  EXPECT_EQ(account(first, pharmacy()).day.authorised, (Tally{2, dzd(240)}));
  scan.after = core::posting_prefix(fund(), pharmacy());
  const core::Scanned second = read(scan);
  EXPECT_EQ(participants(second), std::vector{centre()});
  EXPECT_FALSE(second.more);
  EXPECT_EQ(range(second, "2026-03-10"), range(first, "2026-03-10"));
  scan.after = core::posting_prefix(fund(), centre());
  const core::Scanned behind = read(scan);
  EXPECT_EQ(participants(behind), std::vector<core::Participant>{});
  EXPECT_FALSE(behind.more);
}

TEST_F(DayScanned, LeavesOutTheOtherFunds) {
  begin("2026-03-10");
  approved(100, "A");
  core::Scan scan = scan_of("2026-03-10");
  scan.day->fund = test::code<core::FundCode>("CASNOS");
  scan.prefix = core::posting_prefix(scan.day->fund);
  EXPECT_TRUE(read(scan).rows.empty());
}

}  // namespace
}  // namespace wasl::store
