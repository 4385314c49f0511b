#include "core/card_counter.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "support/seed.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kWindow = 64;

TEST(CardCounter, AcceptsTheFirstAndEachHigherValueOnce) {
  Card card;
  EXPECT_FALSE(counter_is_fresh(card, 0, kWindow));
  EXPECT_TRUE(counter_is_fresh(card, 1, kWindow));
  use_counter(card, 1);
  EXPECT_FALSE(counter_is_fresh(card, 1, kWindow));
  EXPECT_FALSE(counter_is_fresh(card, 0, kWindow));
  EXPECT_TRUE(counter_is_fresh(card, 2, kWindow));
  EXPECT_TRUE(counter_is_fresh(card, UINT32_MAX, kWindow));
}

TEST(CardCounter, AcceptsAnUnusedValueUpToTheWindowBelow) {
  Card card;
  use_counter(card, 100);
  EXPECT_TRUE(counter_is_fresh(card, 100 - 63, kWindow));
  EXPECT_TRUE(counter_is_fresh(card, 100 - 64, kWindow));
  EXPECT_FALSE(counter_is_fresh(card, 100 - 65, kWindow));
  EXPECT_TRUE(counter_is_fresh(card, 98, 2));
  EXPECT_FALSE(counter_is_fresh(card, 97, 2));
  EXPECT_FALSE(counter_is_fresh(card, 99, 0));
}

TEST(CardCounter, RemembersTheHighestBeforeAfterAStepOfTheWholeWindow) {
  for (const std::uint32_t step : {1U, 63U, 64U}) {
    Card card;
    use_counter(card, 100);
    use_counter(card, 100 + step);
    EXPECT_FALSE(counter_is_fresh(card, 100, kWindow)) << step;
    EXPECT_TRUE(counter_is_fresh(card, 101 + step, kWindow)) << step;
  }
}

TEST(CardCounter, NeverAcceptsAValueTwice) {
  std::mt19937_64 random(test::seed_of_run(1));
  Card card;
  std::set<std::uint32_t> accepted;
  std::uint32_t around = 1;
  for (int i = 0; i < 20'000; ++i) {
    around += static_cast<std::uint32_t>(random() % 4);
    const auto below = static_cast<std::uint32_t>(random() % 140);
    const std::uint32_t atc = around > below ? around - below : around;
    if (!counter_is_fresh(card, atc, kWindow)) continue;
    use_counter(card, atc);
    ASSERT_TRUE(accepted.insert(atc).second) << atc;
  }
  EXPECT_GT(accepted.size(), 1'000U);
}

}  // namespace
}  // namespace wasl::core
