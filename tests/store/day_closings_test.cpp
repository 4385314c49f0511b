// What business days closed with, kept so that a later day need not be added up from the beginning:
// which closings are kept, and that a day reads the same with them.

#include "store/day_closings.hpp"

#include <future>

#include "store/rounds.hpp"
#include "store/scanned_days.hpp"
#include "store/verify_day_closings.hpp"
#include "support/fixed_clock.hpp"

namespace wasl::store {
namespace {

using core::DayClosing;
using test::dzd;

class DayClosingsKept : public test::ScannedDays {
 protected:
  void SetUp() override {
    ScannedDays::SetUp();
    begin("2026-03-10");
  }
  std::uint64_t keep(Rocks& rocks) { return closings_.keep(rocks, stopped_).value(); }
  // Up to the record that began this day.
  static KeptClosing kept(const Rocks& rocks, const core::Participant& of, core::Sequence until) {
    RowCursor at = rocks.iterate();
    return kept_closing(at, fund(), of, until).value();
  }
  static void plant(Rocks& rocks, core::Sequence last, const DayClosing& closing) {
    RocksBatch batch;
    batch.change(core::day_closing_key(fund(), pharmacy(), last).view(),
                 core::encode_day_closing(closing));
    EXPECT_TRUE(rocks.add_derived(batch));
  }
  static std::vector<std::string> verified(const Rocks& rocks) {
    Differences differences;
    check_day_closings(rocks, differences);
    std::vector<std::string> all;
    for (const Difference& each : differences.named()) all.push_back(each.where + ": " + each.what);
    return all;
  }

  std::atomic<bool> stopped_ = false;

 private:
  DayClosings closings_;
};

TEST_F(DayClosingsKept, HoldWhatEachDayEndedWith) {
  approved(100, "A");
  close();
  begin("2026-03-11");
  const core::Sequence first = world.sequence;
  approved(200, "B");
  refunded(100);
  begin("2026-03-12");
  const core::Sequence second = world.sequence;
  approved(50, "C", 2);
  const auto rocks = stored();
  EXPECT_EQ(keep(*rocks), 3U);
  EXPECT_EQ(kept(*rocks, pharmacy(), first).closing, (DayClosing{dzd(80), 1}));
  EXPECT_EQ(kept(*rocks, pharmacy(), second).closing, (DayClosing{dzd(240), 1}));
  EXPECT_EQ(kept(*rocks, centre(), second).closing, (DayClosing{dzd(80), 0}));
  EXPECT_EQ(kept(*rocks, centre(), first).last, 0U) << "it had moved nothing by then";
}

TEST_F(DayClosingsKept, LeaveOutTheDayThatGoesOn) {
  approved(100, "A");
  EXPECT_EQ(keep(*stored()), 0U);
}

TEST_F(DayClosingsKept, LeaveOutADayThatMovedNothing) {
  approved(100, "A");
  begin("2026-03-11");
  const core::Sequence first = world.sequence;
  begin("2026-03-12");
  const auto rocks = stored();
  EXPECT_EQ(keep(*rocks), 1U);
  EXPECT_EQ(kept(*rocks, pharmacy(), world.sequence).last, first);
}

TEST_F(DayClosingsKept, GoOnWhereTheyEnded) {
  approved(100, "A");
  begin("2026-03-11");
  const core::Sequence planted = world.sequence;
  approved(200, "B");
  begin("2026-03-12");
  const auto rocks = stored();
  plant(*rocks, planted, {dzd(7'000), 0});
  EXPECT_EQ(keep(*rocks), 1U);
  EXPECT_EQ(kept(*rocks, pharmacy(), world.sequence).closing, (DayClosing{dzd(7'160), 0}))
      << "of the day before nothing was read again";
  EXPECT_EQ(keep(*rocks), 0U);
}

// What one call leaves is the next one's, also that of a switch that was started again.
TEST_F(DayClosingsKept, AreKeptParticipantByParticipantWhereThereIsMuchToRead) {
  approved(100, "A");
  refunded(100);
  begin("2026-03-11");
  const auto rocks = stored();
  DayClosings one_at_a_time(1);
  EXPECT_EQ(one_at_a_time.keep(*rocks, stopped_), 1U);
  EXPECT_EQ(kept(*rocks, centre(), world.sequence).last, 0U);
  EXPECT_EQ(DayClosings(1).keep(*rocks, stopped_), 1U);
  EXPECT_EQ(kept(*rocks, centre(), world.sequence).closing, (DayClosing{dzd(80), 0}));
  EXPECT_EQ(one_at_a_time.keep(*rocks, stopped_), 0U);
  EXPECT_EQ(verified(*rocks), std::vector<std::string>{});
}

TEST_F(DayClosingsKept, AreNoneOfARowThatDoesNotFollowItsFormat) {
  approved(100, "A");
  close();
  begin("2026-03-11");
  world.index[core::bordereau_key(fund(), pharmacy(), 1)] = "no bordereau";
  const auto rocks = stored();
  const auto kept_none = DayClosings().keep(*rocks, stopped_);
  ASSERT_FALSE(kept_none);
  EXPECT_EQ(kept_none.error().code, core::Errc::kCorrupt);
  EXPECT_EQ(kept(*rocks, pharmacy(), world.sequence).last, 0U);
}

TEST_F(DayClosingsKept, AreKeptByTheRoundsOfTheStore) {
  approved(100, "A");
  begin("2026-03-11");
  const auto rocks = stored();
  const test::FixedClock clock(world.now);
  std::promise<void> second;
  int rounds_made = 0;
  Rounds rounds(*rocks, {.clock = &clock,
                         .pending =
                             [&](const auto&) {
                               if (++rounds_made == 2) second.set_value();
                             },
                         .failed = [](const core::Error& error) { FAIL() << error.context; },
                         .every = std::chrono::milliseconds{1}});
  second.get_future().get();
  rounds.stop();
  EXPECT_EQ(kept(*rocks, pharmacy(), world.sequence).closing, (DayClosing{dzd(80), 0}));
}

TEST_F(DayClosingsKept, AreNoneOnceStopped) {
  approved(100, "A");
  begin("2026-03-11");
  stopped_ = true;
  const auto rocks = stored();
  EXPECT_EQ(keep(*rocks), 0U);
  stopped_ = false;
  EXPECT_EQ(keep(*rocks), 1U);
}

TEST_F(DayClosingsKept, AreWhatALaterDayBeginsWith) {
  approved(100, "A");
  begin("2026-03-11");
  approved(200, "B");
  const auto rocks = stored();
  plant(*rocks, world.sequence - 1, {dzd(7'000), 0});
  const core::DayAccount account_then = account(read(*rocks, scan_of("2026-03-11")), pharmacy());
  EXPECT_EQ(account_then.opening, dzd(7'000));
  EXPECT_EQ(account_then.closing, dzd(7'160));
  EXPECT_EQ(account(read(*rocks, scan_of("2026-03-10")), pharmacy()).opening, dzd(0));
}

TEST_F(DayClosingsKept, ChangeNothingOfAnyDay) {
  approved(50, "A");
  const core::Command reduced = accepted(100, "B");
  begin("2026-03-11");
  approved(200, "C", 2);
  close();
  refunded(100);
  begin("2026-03-12");
  begin("2026-03-13");
  reduce(reduced, dzd(30));
  close();
  begin("2026-03-14");
  const auto plain = stored();
  const auto rocks = stored();
  EXPECT_EQ(keep(*rocks), 4U);
  for (const char* date : {"2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-14"}) {
    EXPECT_EQ(read(*rocks, scan_of(date)).rows, read(*plain, scan_of(date)).rows) << date;
  }
  EXPECT_EQ(verified(*rocks), std::vector<std::string>{});
}

TEST_F(DayClosingsKept, AreVerified) {
  approved(100, "A");
  begin("2026-03-11");
  const core::Sequence end = world.sequence;
  const std::string told = "ledger: record " + std::to_string(end) + ": ";
  const std::vector<std::string> wrong{told +
                                       "what a participant's business day closed with is "
                                       "not what was posted until then"};
  for (const DayClosing& damaged : {DayClosing{dzd(81), 0}, DayClosing{dzd(80), 1}}) {
    const auto rocks = stored();
    plant(*rocks, end, damaged);
    EXPECT_EQ(verified(*rocks), wrong);
  }
}

TEST_F(DayClosingsKept, AreVerifiedToBeOfDaysThatEnded) {
  approved(100, "A");
  const auto rocks = stored();
  plant(*rocks, world.sequence, {dzd(80), 0});
  EXPECT_EQ(verified(*rocks),
            std::vector<std::string>{"ledger: record " + std::to_string(world.sequence) +
                                     ": no business day ended there, and what it closed with is "
                                     "kept"});
}

}  // namespace
}  // namespace wasl::store
