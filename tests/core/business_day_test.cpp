// A fund's business day begins at its cut-over, by a record, and never again.

#include "core/business_day.hpp"

#include "core/index_rows.hpp"
#include "core/permission.hpp"
#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::day;

// 18:00 of the network, which is an hour ahead of UTC.
Rulebook closing_at_18() {
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) period.cut_over_minutes = 18 * 60;
  return rulebook;
}

Instant at(std::string_view date, std::chrono::milliseconds utc) { return day(date) + utc; }

TEST(BusinessDate, ChangesAtTheCutOver) {
  using namespace std::chrono_literals;
  const Rulebook rulebook = closing_at_18();
  EXPECT_EQ(business_date(rulebook, at("2026-03-10", 17h - 1ms)), day("2026-03-10"));
  EXPECT_EQ(business_date(rulebook, at("2026-03-10", 17h)), day("2026-03-11"));
  EXPECT_EQ(business_date(rulebook, at("2026-03-10", 23h)), day("2026-03-11")) << "past midnight";
}

TEST(BusinessDate, IsTheCivilDayWhereNoCutOverIsGiven) {
  using namespace std::chrono_literals;
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) {
    period.cut_over_minutes = Parameters{}.cut_over_minutes;
  }
  EXPECT_EQ(business_date(rulebook, at("2026-03-10", 23h - 1ms)), day("2026-03-10"));
  EXPECT_EQ(business_date(rulebook, at("2026-03-10", 23h)), day("2026-03-11"));
}

class CutOver : public test::Settling {
 protected:
  Reason begin(std::string_view date) {
    Command command;
    command.request = AdvanceBusinessDay{fund(), day(date)};
    return std::get<PlainDecision>(world.run(command)).reason;
  }
  BusinessDay current() { return std::get<BusinessDay>(world.rows.at(business_day_key(fund()))); }
};

TEST_F(CutOver, BeginsTheDayBehindItsRecord) {
  world.set_today("2026-03-10");
  EXPECT_EQ(begin("2026-03-10"), Reason::kNone);
  EXPECT_EQ(current().date, day("2026-03-10"));
  EXPECT_EQ(current().since, world.sequence);
  const auto index = decode_business_day_index_row(
      as_bytes(world.index.at(business_day_index_key(fund(), day("2026-03-10")))));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->since, world.sequence);
}

TEST_F(CutOver, OfADayThatHasBegunIsRefusedAndNotKept) {
  world.set_today("2026-03-10");
  begin("2026-03-10");
  const BusinessDay before = current();
  for (const std::string_view date : {"2026-03-10", "2026-03-09"}) {
    Command again;
    again.request = AdvanceBusinessDay{fund(), day(date)};
    const Decision decision = world.decide(again);
    EXPECT_EQ(std::get<PlainDecision>(decision).reason, Reason::kBusinessDayInvalid);
    EXPECT_FALSE(changes_state(again, decision));
  }
  EXPECT_EQ(current(), before);
}

TEST_F(CutOver, DoesNotComeBeforeItsTime) {
  world.set_today("2026-03-10");
  EXPECT_EQ(begin("2026-03-11"), Reason::kBusinessDayInvalid);
  world.set_today("2026-03-14");
  EXPECT_EQ(begin("2026-03-14"), Reason::kNone) << "a switch that stood still skips days";
}

TEST_F(CutOver, IsAskedByNoParticipant) {
  for (const Role role : {Role::kProvider, Role::kCentre, Role::kFund, Role::kAuthority,
                          Role::kDesk, Role::kCentreOperator, Role::kFundOperator}) {
    EXPECT_FALSE(permitted(role, Request(AdvanceBusinessDay{fund(), day("2026-03-10")})));
  }
}

}  // namespace
}  // namespace wasl::core
