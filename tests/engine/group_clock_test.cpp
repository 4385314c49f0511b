#include "engine/group_clock.hpp"

#include <gtest/gtest.h>

namespace wasl::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::Instant kNoon{milliseconds{1'773'140'400'000}};
constexpr MonotonicTime kBoot{};

GroupClock clock_at_noon() {
  GroupClock clock(kNoon, seconds{60});
  clock.observe(kNoon, kBoot);
  return clock;
}

TEST(GroupClock, StampsTheWallClock) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{5}, kBoot + seconds{5});
  EXPECT_EQ(clock.stamp(), kNoon + seconds{5});
}

TEST(GroupClock, NeverStampsBelowTheLastStamp) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{5}, kBoot + seconds{5});
  EXPECT_EQ(clock.stamp(), kNoon + seconds{5});
  clock.observe(kNoon - seconds{30}, kBoot + seconds{6});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{5});
}

TEST(GroupClock, NeverStampsBelowTheJournalsLastRecord) {
  GroupClock clock(kNoon, seconds{60});
  clock.observe(kNoon - seconds{3'600}, kBoot);
  EXPECT_EQ(clock.stamp(), kNoon);
}

TEST(GroupClock, BelievesTheEndOfAStepBack) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon - seconds{3'600}, kBoot + seconds{1});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon);
  clock.observe(kNoon + seconds{2}, kBoot + seconds{2});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{2});
}

TEST(GroupClock, BelievesAClockThatStartedBehindTheJournalAndIsSetRight) {
  GroupClock clock(kNoon, seconds{60});
  clock.observe(kNoon - seconds{3'600}, kBoot);
  clock.observe(kNoon + seconds{30}, kBoot + seconds{1});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{30});
}

TEST(GroupClock, AlarmsMoreThanAnHourBehindTheLastStampUntilItHasCaughtUp) {
  GroupClock clock = clock_at_noon();
  EXPECT_EQ(clock.stamp(), kNoon);
  clock.observe(kNoon - seconds{3'600} - milliseconds{1}, kBoot + seconds{1});
  EXPECT_TRUE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon);
  clock.observe(kNoon - seconds{3'600}, kBoot + seconds{2});
  EXPECT_FALSE(clock.alarmed());
}

TEST(GroupClock, StandsStillBehindTheLastStampOnceAnOperatorConfirms) {
  GroupClock clock = clock_at_noon();
  EXPECT_EQ(clock.stamp(), kNoon);
  clock.observe(kNoon - seconds{86'400}, kBoot + seconds{1});
  EXPECT_TRUE(clock.alarmed());
  clock.confirm();
  EXPECT_FALSE(clock.alarmed());
  clock.observe(kNoon - seconds{86'390}, kBoot + seconds{11});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon);
  clock.observe(kNoon + seconds{1}, kBoot + seconds{86'402});
  EXPECT_EQ(clock.stamp(), kNoon + seconds{1}) << "it has caught up";
  clock.observe(kNoon - seconds{86'400}, kBoot + seconds{86'403});
  EXPECT_TRUE(clock.alarmed()) << "the word was given for one fall";
}

TEST(GroupClock, BelievesNobodyATimeThatCannotBeRight) {
  GroupClock clock = clock_at_noon();
  for (const core::Instant wall : {kClockUntil, kClockFrom - milliseconds{1}}) {
    clock.observe(wall, kBoot + seconds{1});
    clock.confirm();
    EXPECT_TRUE(clock.alarmed());
    clock.observe(wall, kBoot + seconds{2});
    EXPECT_TRUE(clock.alarmed());
    EXPECT_LE(clock.stamp(), kNoon + seconds{2});
  }
}

TEST(GroupClock, BelievesAStepOfTheTolerance) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{1} + seconds{60}, kBoot + seconds{1});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{61});
}

TEST(GroupClock, AlarmsAboveTheToleranceAndGoesOnByTheMonotonicClock) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{1} + seconds{60} + milliseconds{1}, kBoot + seconds{1});
  EXPECT_TRUE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{1});
  clock.observe(kNoon + seconds{7'200}, kBoot + seconds{9});
  EXPECT_TRUE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{9});
}

TEST(GroupClock, EndsTheAlarmWhenTheClocksAgreeAgain) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{7'200}, kBoot + seconds{1});
  EXPECT_TRUE(clock.alarmed());
  clock.observe(kNoon + seconds{2}, kBoot + seconds{2});
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{2});
}

TEST(GroupClock, FollowsTheWallClockAgainOnceAnOperatorConfirms) {
  GroupClock clock = clock_at_noon();
  clock.observe(kNoon + seconds{7'200}, kBoot + seconds{1});
  EXPECT_TRUE(clock.alarmed());
  clock.confirm();
  EXPECT_FALSE(clock.alarmed());
  EXPECT_EQ(clock.stamp(), kNoon + seconds{7'200});
  clock.observe(kNoon + seconds{7'201}, kBoot + seconds{2});
  EXPECT_FALSE(clock.alarmed());
}

TEST(GroupClock, BelievesManySmallSteps) {
  GroupClock clock = clock_at_noon();
  for (int i = 1; i <= 100; ++i) {
    clock.observe(kNoon + seconds{i * 50}, kBoot + seconds{i});
    EXPECT_FALSE(clock.alarmed());
  }
  EXPECT_EQ(clock.stamp(), kNoon + seconds{5'000});
}

}  // namespace
}  // namespace wasl::engine
