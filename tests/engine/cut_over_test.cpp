// The switch asks for a fund's next business day at its cut-over, and until it has begun.

#include "engine/cut_over.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "support/world.hpp"

namespace wasl::engine {
namespace {

using namespace std::chrono_literals;
using test::code;
using test::day;

// Two funds; the days of both begin at 18:00 UTC+1.
core::Reference two_funds() {
  core::Reference reference;
  core::Rulebook rulebook = test::dz_cnas();
  for (core::Parameters& period : rulebook.periods) period.cut_over_minutes = 18 * 60;
  for (const std::string_view name : {"CNAS", "CASNOS"}) {
    core::Fund fund;
    fund.code = code<core::FundCode>(name);
    fund.scheme = rulebook.scheme;
    reference.put(fund);
  }
  reference.put(rulebook);
  return reference;
}

class CutOverTime : public testing::Test {
 protected:
  std::vector<core::Command> due(core::Instant now) {
    return cut_over.due(reference, now, MonotonicTime{} + now.time_since_epoch());
  }
  static core::AdvanceBusinessDay asked(const core::Command& command) {
    return std::get<core::AdvanceBusinessDay>(command.request);
  }

  core::Reference reference = two_funds();
  CutOver cut_over;
  core::Instant noon = day("2026-03-10") + 12h;
  core::Instant evening = day("2026-03-10") + 17h;
};

TEST_F(CutOverTime, IsAskedOfEachFundAtTheStart) {
  const std::vector<core::Command> commands = due(noon);
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(asked(commands[0]).fund, code<core::FundCode>("CASNOS")) << "by fund";
  EXPECT_EQ(asked(commands[0]).date, day("2026-03-10"));
  EXPECT_TRUE(commands[0].from.id.empty());
}

TEST_F(CutOverTime, IsAskedOnceADay) {
  (void)due(noon);
  EXPECT_TRUE(due(evening - 1ms).empty());
  const std::vector<core::Command> commands = due(evening + 1s);
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(asked(commands[0]).date, day("2026-03-11"));
  EXPECT_TRUE(due(evening + 5h).empty());
}

TEST_F(CutOverTime, IsAskedAgainIfItWasNotCarriedOut) {
  const std::vector<core::Command> commands = due(noon);
  cut_over.forget(commands[0]);
  EXPECT_TRUE(due(noon + 1ms).empty()) << "not at once";
  const std::vector<core::Command> again = due(noon + 1s);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(asked(again[0]), asked(commands[0]));
}

TEST_F(CutOverTime, IsAskedAtItsTimeAlsoIfItWasPutOffBehindTheQuestion) {
  (void)due(noon);
  EXPECT_EQ(due(evening).size(), 2U);
  core::Rulebook later = *reference.rulebook(code<core::SchemeCode>("DZ-CNAS"));
  for (core::Parameters& period : later.periods) period.cut_over_minutes = 22 * 60;
  reference.put(later);
  EXPECT_TRUE(due(evening + 1s).empty());
  EXPECT_EQ(due(evening + 4h).size(), 2U);
}

TEST_F(CutOverTime, OfAFundWithoutRulebookIsNotKnown) {
  core::Fund fund;
  fund.code = code<core::FundCode>("AMO");
  fund.scheme = code<core::SchemeCode>("MA-AMO");
  reference.put(fund);
  EXPECT_EQ(due(noon).size(), 2U);
}

}  // namespace
}  // namespace wasl::engine
