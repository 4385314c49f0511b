#include "cli/clock_check.hpp"

#include <gtest/gtest.h>

namespace wasl::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

const core::Instant kLast{core::Day{std::chrono::year{2026} / 3 / 10}};

TEST(ClockCheck, BelievesAClockWithinSevenDaysBehindTheLastRecord) {
  EXPECT_TRUE(check_clock(kLast, kLast, false));
  EXPECT_TRUE(check_clock(kLast, kLast + days{7}, false));
}

TEST(ClockCheck, RefusesAClockFurtherAhead) {
  const auto refused = check_clock(kLast, kLast + days{7} + milliseconds{1}, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::Errc::kConfiguration);
  EXPECT_NE(refused.error().context.find("--accept-clock"), std::string::npos);
}

TEST(ClockCheck, RefusesAClockThatTheLastRecordIsFarAheadOf) {
  EXPECT_TRUE(check_clock(kLast, kLast - hours{1}, false));
  const auto refused = check_clock(kLast, kLast - hours{1} - milliseconds{1}, false);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().context.find("2026-03-10"), std::string::npos);
}

TEST(ClockCheck, TakesAnOperatorsWord) {
  EXPECT_TRUE(check_clock(kLast, kLast + days{3'650}, true));
  EXPECT_TRUE(check_clock(kLast, kLast - days{3'650}, true));
}

TEST(ClockCheck, SaysNothingOfAnEmptyJournal) {
  EXPECT_TRUE(check_clock(core::Instant{}, kLast, false));
}

TEST(ClockCheck, TakesNobodysWordForATimeThatCannotBe) {
  using std::chrono::sys_days;
  using std::chrono::year;
  EXPECT_TRUE(check_clock(core::Instant{}, sys_days{year{2000} / 1 / 1}, false));
  for (const core::Instant never : {core::Instant{}, core::Instant{sys_days{year{2150} / 1 / 1}}}) {
    EXPECT_FALSE(check_clock(core::Instant{}, never, true));
    EXPECT_FALSE(check_clock(kLast, never, true));
  }
}

}  // namespace
}  // namespace wasl::cli
