// A rejected claim waits until it is corrected, or can be no longer.

#include "store/waiting.hpp"

namespace wasl::store {
namespace {

using core::PendingState;
using test::Waiting;

TEST_F(Waiting, KnowsARejectedClaimUntilItIsCorrected) {
  const core::Command claim = rejected();
  EXPECT_EQ(waiting(), "rejected 1 0");
  world.run(correction(claim, {test::line("A", test::dzd(900))}));
  EXPECT_EQ(waiting(), "rejected 1 0") << "above the original: it stays rejected";
  world.run(correction(claim, {test::line("A", test::dzd(90))}));
  EXPECT_EQ(waiting(), "approved 1 0");
  scan_ = {};
  EXPECT_EQ(waiting(), "approved 1 0");
}

TEST_F(Waiting, FindsARejectionBetweenWhatItHasReadAndWhatIsPresented) {
  approved();
  EXPECT_EQ(waiting(), "approved 1 0");
  const core::ClaimId claim = world.sequence;
  const std::uint32_t number = close();
  run_review(review(number, {reject(claim)}));
  accepted();
  EXPECT_EQ(waiting(), "rejected 1 0, accepted 1 0");
  EXPECT_EQ(waiting(), "rejected 1 0, accepted 1 0") << "counted once";
}

TEST_F(Waiting, KnowsACorrectionThatWasRejectedInItsTurn) {
  const core::Command first = rejected();
  const core::Command second = correction(first, {test::line("A", test::dzd(90))});
  world.run(second);
  run_review(review(close(), {reject(world.request_row(second)->sequence)}));
  EXPECT_EQ(waiting(), "rejected 1 0");
}

TEST_F(Waiting, SaysSinceWhenAClaimIsRejectedAndWhenThatIsLate) {
  rejected();
  const core::Instant at = world.now;
  world.set_today("2026-04-09");
  EXPECT_EQ(waiting(), "rejected 1 0");
  world.set_today("2026-04-10");
  EXPECT_EQ(waiting(), "rejected 1 1");
  EXPECT_EQ(found().states[static_cast<std::size_t>(PendingState::kRejected)].oldest, at);
}

TEST_F(Waiting, LeavesOutWhatCanBeCorrectedNoLonger) {
  const core::Command claim = rejected();
  world.set_today("2026-06-10");
  EXPECT_EQ(waiting(), "rejected 1 1");
  world.set_today("2026-06-11");
  const auto refused = world.submit(correction(claim, {test::line("A", test::dzd(90))}));
  EXPECT_EQ(refused.reason, core::Reason::kTimeBarred);
  EXPECT_EQ(waiting(), "");
  scan_ = {};
  EXPECT_EQ(waiting(), "");
}

TEST_F(Waiting, FindsAgainWhatWasTooOldByAClockThatRanAhead) {
  rejected();
  world.set_today("2026-06-11");
  EXPECT_EQ(waiting(), "");
  world.set_today("2026-03-20");
  EXPECT_EQ(waiting(), "rejected 1 0");
}

// A rejection of a claim that there never was, which no record can post, would be damage.
TEST_F(Waiting, ReadsOnlyPostingsOfDaysOfWhichSomethingCanBeCorrected) {
  accepted();
  exported();
  bank_says({says(payouts()[0], core::BankWord::kBooked)});
  world.set_today("2026-06-10");
  begin_day();
  const core::Instant begun = world.now;
  world.set_today("2026-09-12");
  rejected("2026-09-12");
  for (auto& [key, bytes] : world.index) {
    auto set = core::decode_postings(core::as_bytes(bytes));
    if (!core::posting_place(key) || !set || set->at > begun) continue;
    set->cause = core::PostingCause::kRejection;
    set->request_id.fill(9);
    bytes = core::encode_postings(*set);
  }
  EXPECT_EQ(waiting(), "rejected 1 0");
}

}  // namespace
}  // namespace wasl::store
