// The list of an end of day, from the switch's postings and from a pharmacy's own file.

#include "cli/closing_list.hpp"

#include <gtest/gtest.h>

namespace wasl::cli {
namespace {

using core::Cents;
using core::ListedClaim;

v1::PostingSet set_of(std::uint64_t claim, v1::PostingCause cause, std::int64_t cents) {
  v1::PostingSet set;
  set.set_claim_id(claim);
  set.set_cause(cause);
  v1::Posting& expense = *set.add_postings();
  cause == v1::APPROVAL ? expense.set_debit_cents(cents) : expense.set_credit_cents(cents);
  return set;
}

TEST(WaitingClaims, AreApprovalsThatWereNotReversed) {
  const std::vector sets{set_of(3, v1::APPROVAL, 100), set_of(5, v1::APPROVAL, 7),
                         set_of(3, v1::REVERSAL, 100), set_of(9, v1::APPROVAL, 8)};
  const std::vector<ListedClaim> expected{{5, Cents{7}}, {9, Cents{8}}};
  EXPECT_EQ(waiting_claims(sets), expected);
}

TEST(WaitingClaims, LeaveOutWhatWasReviewed) {
  const std::vector sets{set_of(3, v1::REJECTION, 100), set_of(0, v1::ACCEPTANCE, 50),
                         set_of(9, v1::APPROVAL, 8)};
  const std::vector<ListedClaim> expected{{9, Cents{8}}};
  EXPECT_EQ(waiting_claims(sets), expected);
}

TEST(WaitingClaims, ArePartOfAReminder) {
  std::vector sets{set_of(3, v1::APPROVAL, 100), set_of(5, v1::APPROVAL, 123'456),
                   set_of(3, v1::REVERSAL, 100), set_of(9, v1::APPROVAL, 44)};
  for (v1::PostingSet& set : sets) {
    set.set_sequence(set.claim_id());
    set.set_posted_at_ms(std::int64_t{86'400'000} * static_cast<std::int64_t>(set.claim_id()));
  }
  EXPECT_EQ(waiting_reminder(sets, "CNAS"),
            "waiting to be presented: 2 claims of 1,235.00, the oldest since 1970-01-06 "
            "(wasl terminal close-day --fund CNAS)\n");
  EXPECT_EQ(waiting_reminder({}, "CNAS"), "");
}

TEST(WaitingClaims, ThatAListDoesNotReachAreNamed) {
  const std::vector<ListedClaim> waiting{{5, Cents{7}}, {9, Cents{8}}, {12, Cents{123'456}}};
  const auto behind = [&waiting](const std::vector<ListedClaim>& listed) {
    const auto claims = behind_the_list(waiting, listed);
    return std::vector<ListedClaim>(claims.begin(), claims.end());
  };
  EXPECT_EQ(behind({{5, Cents{7}}}), (std::vector<ListedClaim>{waiting[1], waiting[2]}));
  EXPECT_EQ(behind({{5, Cents{7}}, {12, Cents{1}}}), std::vector<ListedClaim>{});
  EXPECT_EQ(behind({}), waiting);
  EXPECT_EQ(not_listed(waiting),
            "3 claims of 1,234.71 are not in your list and still wait: 5, 9, 12");
  EXPECT_EQ(not_listed(std::span(waiting).first(1)),
            "1 claim of 0.07 is not in your list and still waits: 5");
  const std::vector<ListedClaim> many(23, ListedClaim{.claim = 4, .insurer = Cents{1}});
  EXPECT_TRUE(not_listed(many).ends_with("4, 4 and 3 more")) << not_listed(many);
}

TEST(OwnList, DiffersFromWhatWaitsUpToItsLastClaim) {
  const std::vector<ListedClaim> waiting{
      {5, Cents{7}}, {9, Cents{8}}, {12, Cents{3}}, {20, Cents{1}}};
  EXPECT_TRUE(differences(waiting, std::span(waiting).first(3)).empty());
  const std::vector<ListedClaim> listed{{5, Cents{7}}, {6, Cents{2}}, {12, Cents{4}}};
  const std::vector<v1::ListDifference> found = differences(waiting, listed);
  ASSERT_EQ(found.size(), 3U);
  const auto is = [](const v1::ListDifference& difference, std::uint64_t claim,
                     v1::ListDifference::Side side, std::int64_t held) {
    return difference.claim_id() == claim && difference.side() == side &&
           difference.held_cents() == held;
  };
  EXPECT_TRUE(is(found[0], 6, v1::ListDifference::ONLY_LISTED, 0));
  EXPECT_TRUE(is(found[1], 9, v1::ListDifference::ONLY_HELD, 8));
  EXPECT_TRUE(is(found[2], 12, v1::ListDifference::AMOUNT_DIFFERS, 3));
}

TEST(OwnList, IsReadByClaim) {
  const auto claims = parse_own_list("claim_id,insurer_cents\r\n9,8\r\n5,7\r\n");
  ASSERT_TRUE(claims) << claims.error().context;
  const std::vector<ListedClaim> expected{{5, Cents{7}}, {9, Cents{8}}};
  EXPECT_EQ(*claims, expected);
  EXPECT_TRUE(parse_own_list("claim_id,insurer_cents\n")->empty());
}

TEST(OwnList, NamesTheLineThatIsWrong) {
  EXPECT_TRUE(parse_own_list("").error().context.starts_with("line 1"));
  EXPECT_TRUE(parse_own_list("9,8\n").error().context.starts_with("line 1"));
  for (const char* wrong : {"", "9", "9,", ",8", "9,0", "0,8", "-9,8", "9,8,7", "9;8", "9,8.5",
                            "99999999999999999999,1", "9,99999999999999999"}) {
    const auto claims = parse_own_list(std::string("claim_id,insurer_cents\n1,1\n") + wrong + "\n");
    ASSERT_FALSE(claims) << wrong;
    EXPECT_TRUE(claims.error().context.starts_with("line 3")) << wrong;
  }
  const auto twice = parse_own_list("claim_id,insurer_cents\n9,8\n9,8\n");
  EXPECT_EQ(twice.error().context, "claim 9 stands twice");
}

TEST(Closings, ReachToTheirLastClaimAndHoldAHundred) {
  std::vector<ListedClaim> claims;
  for (std::uint64_t i = 1; i <= 205; ++i) claims.push_back({.claim = i * 10, .insurer = Cents{2}});
  const auto closings = closings_of(*core::FundCode::make("CNAS"), claims);
  ASSERT_EQ(closings.size(), 3U);
  EXPECT_EQ(closings[0].count, 100U);
  EXPECT_EQ(closings[0].total, Cents{200});
  EXPECT_EQ(closings[0].up_to, 1000U);
  EXPECT_EQ(closings[2].count, 5U);
  EXPECT_EQ(closings[2].up_to, 2050U);
  EXPECT_TRUE(closings_of(*core::FundCode::make("CNAS"), {}).empty());
}

}  // namespace
}  // namespace wasl::cli
