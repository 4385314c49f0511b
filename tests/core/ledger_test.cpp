// What claims and reversals post, and the bytes of it.

#include "core/ledger.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/world.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::line;
using test::World;

constexpr auto kExpense = LedgerAccount::kBenefitsExpense;

std::vector<PostingSet> posted(const World& world) {
  std::vector<PostingSet> sets;
  for (const auto& [key, bytes] : world.index) {
    if (posting_place(key)) sets.push_back(decode_postings(as_bytes(bytes)).value());
  }
  return sets;
}

TEST(Ledger, AnApprovalOwesTheFundsShareToTheProviderOnceItIsAccepted) {
  World world;
  const Command claim = world.claim({line("A", dzd(1200))});
  world.submit(claim);
  ASSERT_EQ(posted(world).size(), 1U);
  const PostingSet set = posted(world).front();
  EXPECT_EQ(set.cause, PostingCause::kApproval);
  EXPECT_EQ(set.claim, world.sequence);
  EXPECT_EQ(set.at, world.now);
  const std::vector<Posting> expected{{kExpense, dzd(960), {}},
                                      {LedgerAccount::kApprovedNotAccepted, {}, dzd(960)}};
  EXPECT_EQ(set.postings, expected);
}

TEST(Ledger, ARefundIsOwedToTheInsured) {
  World world;
  world.submit(world.claim({line("A", dzd(1200))}, {.kind = ClaimKind::kRefund}));
  ASSERT_EQ(posted(world).size(), 1U);
  const std::vector<Posting> expected{{kExpense, dzd(960), {}},
                                      {LedgerAccount::kPayableToInsured, {}, dzd(960)}};
  EXPECT_EQ(posted(world).front().postings, expected);
}

TEST(Ledger, AReversalPostsTheOppositeBesideIt) {
  World world;
  const Command claim = world.claim({line("A", dzd(1200))});
  world.submit(claim);
  const Sequence approved = world.sequence;
  world.run(world.reversal(claim));
  ASSERT_EQ(posted(world).size(), 2U);
  const PostingSet set = posted(world).back();
  EXPECT_EQ(set.cause, PostingCause::kReversal);
  EXPECT_EQ(set.claim, approved);
  const std::vector<Posting> expected{{kExpense, {}, dzd(960)},
                                      {LedgerAccount::kApprovedNotAccepted, dzd(960), {}}};
  EXPECT_EQ(set.postings, expected);
  world.run(world.reversal(claim));
  EXPECT_EQ(posted(world).size(), 2U);
}

TEST(Ledger, OnlyTheApprovedLinesOfAClaimArePosted) {
  World world;
  world.submit(world.claim({line("UNKNOWN", dzd(500)), line("A", dzd(100))}));
  ASSERT_EQ(posted(world).size(), 1U);
  EXPECT_EQ(posted(world).front().postings.front().debit, dzd(80));
}

TEST(Ledger, ADeclinedClaimPostsNothing) {
  World world;
  world.submit(world.claim({line("UNKNOWN", dzd(500))}));
  EXPECT_TRUE(posted(world).empty());
}

TEST(Ledger, AClaimOfWhichTheFundPaysNothingPostsNothing) {
  World world;
  Product product = test::product("FREE", dzd(100));
  product.rate = BasisPoints{0};
  world.put(product);
  const Command claim = world.claim({line("FREE", dzd(100))});
  EXPECT_EQ(world.submit(claim).insurer, Cents{0});
  world.run(world.reversal(claim));
  EXPECT_TRUE(posted(world).empty());
}

TEST(Ledger, AQuotePostsNothing) {
  World world;
  world.run(world.quote(world.claim({line("A", dzd(100))})));
  EXPECT_TRUE(posted(world).empty());
}

TEST(Postings, RefuseTruncatedUnbalancedAndOneSidedBytes) {
  const PostingSet set = approval_postings(
      {.claim = 7, .kind = ClaimKind::kThirdParty, .insurer = dzd(80)}, World().now);
  const std::string bytes = encode_postings(set);
  EXPECT_EQ(decode_postings(as_bytes(bytes)), set);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_postings(as_bytes(bytes).first(size)));
  }
  EXPECT_FALSE(decode_postings(as_bytes(bytes + '\0')));
  PostingSet unbalanced = set;
  unbalanced.postings.front().debit = dzd(81);
  EXPECT_FALSE(balanced(unbalanced));
  EXPECT_FALSE(decode_postings(as_bytes(encode_postings(unbalanced))));
  PostingSet both_sides = set;
  for (Posting& posting : both_sides.postings) posting = {kExpense, dzd(1), dzd(1)};
  EXPECT_TRUE(balanced(both_sides));
  EXPECT_FALSE(decode_postings(as_bytes(encode_postings(both_sides))));
}

Balances balances_of(const World& world) {
  Balances sums;
  for (const auto& [key, bytes] : world.index) {
    if (posting_place(key)) add_postings(key, as_bytes(bytes), sums);
  }
  return sums;
}

TEST(Balances, AreTheSumsOfAFundsSets) {
  World world;
  const Command claim = world.claim({line("A", dzd(1200))});
  world.submit(claim);
  world.submit(world.claim({line("B", dzd(100))}, {.kind = ClaimKind::kRefund}));
  world.run(world.reversal(claim));
  const auto of = [&](LedgerAccount account) {
    return balance_key(test::code<FundCode>(test::kFund), static_cast<std::uint8_t>(account));
  };
  const Balances expected{{of(kExpense), {.debit = 104'000, .credit = 96'000}},
                          {of(LedgerAccount::kApprovedNotAccepted), {96'000, 96'000}},
                          {of(LedgerAccount::kPayableToInsured), {.debit = 0, .credit = 8'000}}};
  EXPECT_EQ(balances_of(world), expected);
}

TEST(Balances, ComeBackAsTheyWereStored) {
  const Balance balance{.debit = UINT64_MAX, .credit = 7};
  const std::string bytes = encode_balance(balance);
  EXPECT_EQ(decode_balance(as_bytes(bytes)), balance);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_balance(as_bytes(bytes).first(size)));
  }
  EXPECT_FALSE(decode_balance(as_bytes(bytes + '\0')));
}

TEST(LedgerAccounts, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const LedgerAccount account : kLedgerAccounts) names.insert(name(account));
  EXPECT_EQ(names.size(), std::size(kLedgerAccounts));
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace wasl::core
