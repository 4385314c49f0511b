// How a run is divided into bank files, and what they are called.

#include "core/bank_file.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace wasl::core {
namespace {

TEST(BankFiles, HoldThePayoutsInOrderAndWithoutRemainder) {
  EXPECT_EQ(bank_files(5, 2), 3U);
  EXPECT_EQ(payouts_of_file(1, 5, 2), (FilePayouts{.first = 1, .last = 2}));
  EXPECT_EQ(payouts_of_file(2, 5, 2), (FilePayouts{.first = 3, .last = 4}));
  EXPECT_EQ(payouts_of_file(3, 5, 2), (FilePayouts{.first = 5, .last = 5}));
  EXPECT_EQ(bank_files(4, 2), 2U);
  EXPECT_EQ(payouts_of_file(2, 4, 2), (FilePayouts{.first = 3, .last = 4}));
  EXPECT_EQ(payouts_of_file(1, 4, 500), (FilePayouts{.first = 1, .last = 4}));
}

TEST(BankFiles, BeginAtOneAndEndWithTheLastPayout) {
  EXPECT_FALSE(payouts_of_file(0, 5, 2));
  EXPECT_FALSE(payouts_of_file(4, 5, 2));
  EXPECT_FALSE(payouts_of_file(1, 0, 2));
  EXPECT_EQ(bank_files(0, 2), 0U);
}

TEST(BankFiles, AreCountedUpToTheLastNumber) {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  EXPECT_EQ(bank_files(kMost, 1), kMost);
  EXPECT_EQ(payouts_of_file(kMost, kMost, 1), (FilePayouts{.first = kMost, .last = kMost}));
  EXPECT_EQ(bank_files(kMost, kMost), 1U);
  EXPECT_EQ(payouts_of_file(1, kMost, kMost), (FilePayouts{.first = 1, .last = kMost}));
  EXPECT_FALSE(payouts_of_file(kMost, kMost, 10'000));
}

TEST(BankFiles, AreNamedByFundRunAndNumber) {
  const FundCode fund = *FundCode::make("CNAS");
  EXPECT_EQ(bank_message_id(fund, 48'213, 1), "CNAS-48213-F1");
  EXPECT_EQ(bank_file_name(fund, 48'213, 12), "CNAS-48213-F12.xml");
}

}  // namespace
}  // namespace wasl::core
