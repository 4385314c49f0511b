// The counter: what an operator may decide of presented claims, and what it does.

#include <algorithm>

#include "core/index_rows.hpp"
#include "core/presenting.hpp"
#include "core/rulebook_used.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::line;

class Reviewing : public test::Presenting {
 protected:
  void SetUp() override {
    Presenting::SetUp();
    first = approved(100, "A");
    first_id = world.sequence;
    second = approved(200, "B");
    second_id = world.sequence;
    number = close();
    ASSERT_EQ(number, 1U);
  }

  ReviewDecision decide(const Command& command) {
    return std::get<ReviewDecision>(world.decide(command));
  }
  static Command of_fund(Command command, std::string_view fund) {
    command.from = {Role::kFund, test::code<ParticipantId>(fund)};
    return command;
  }
  // What is to be reviewed.
  std::vector<std::pair<ReviewPlace, ReviewIndexRow>> open_reviews() {
    std::vector<std::pair<ReviewPlace, ReviewIndexRow>> open;
    for (const auto& [key, bytes] : world.index) {
      const auto place = review_place(key);
      if (place) open.emplace_back(*place, decode_review_index_row(as_bytes(bytes)).value());
    }
    return open;
  }

  Command first;
  Command second;
  Sequence first_id = 0;
  Sequence second_id = 0;
  std::uint32_t number = 0;
};

TEST_F(Reviewing, AcceptsAllThatIsPresented) {
  const ReviewDecision decision = run_review(review(number, {}, true));
  EXPECT_EQ(decision.reason, Reason::kNone);
  EXPECT_EQ(decision.accepted, (ReviewTally{2, dzd(240)}));
  EXPECT_EQ(decision.undecided, ReviewTally{});
  EXPECT_EQ(state_of(first), RequestState::kAccepted);
  EXPECT_EQ(state_of(second), RequestState::kAccepted);
  EXPECT_EQ(bordereau(number).claims.front().reviewed_by, world.sequence);
}

TEST_F(Reviewing, MovesWhatIsAcceptedToWhatIsPayable) {
  run_review(review(number, {}, true));
  EXPECT_EQ(balance(LedgerAccount::kApprovedNotAccepted), Cents{0});
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), Cents{0} - dzd(240));
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(240));
  const auto set =
      decode_postings(as_bytes(world.index.at(posting_key(fund(), pharmacy(), world.sequence))));
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->cause, PostingCause::kAcceptance);
  EXPECT_EQ(set->bordereau, number);
  EXPECT_EQ(set->claim, 0U);
}

TEST_F(Reviewing, RejectsAsAReversalReleases) {
  ASSERT_EQ(world.history().lines.size(), 2U);
  const ReviewDecision decision = run_review(review(number, {reject(first_id)}));
  EXPECT_EQ(decision.rejected, (ReviewTally{1, dzd(80)}));
  EXPECT_EQ(decision.undecided, (ReviewTally{1, dzd(160)}));
  EXPECT_EQ(state_of(first), RequestState::kRejected);
  ASSERT_EQ(world.history().lines.size(), 1U);
  EXPECT_EQ(world.history().lines.front().claim, second_id);
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(160));
  EXPECT_EQ(balance(LedgerAccount::kApprovedNotAccepted), Cents{0} - dzd(160));
  EXPECT_EQ(bordereau(number).claims.front().reason, ReviewReason::kWrongTarif);
}

TEST_F(Reviewing, ShowsARejectionInThePharmacysOwnList) {
  run_review(review(number, {reject(first_id)}));
  const Day decided = day_of(world.request_row(first)->at, std::chrono::minutes{0});
  const auto row = decode_claim_index_row(
      as_bytes(world.index.at(claim_index_key(pharmacy(), decided, first_id))));
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->state, RequestState::kRejected);
  EXPECT_EQ(row->request_id, first.request_id);
}

TEST_F(Reviewing, HoldsUntilADayWithWhoOwesTheStep) {
  const ReviewDecision decision = run_review(review(number, {hold(second_id, "2026-03-14")}));
  EXPECT_EQ(decision.held, (ReviewTally{1, dzd(160)}));
  EXPECT_EQ(decision.undecided, (ReviewTally{2, dzd(240)}));
  const PresentedClaim held = bordereau(number).claims.back();
  EXPECT_EQ(held.state, RequestState::kHeld);
  EXPECT_EQ(held.until, test::day("2026-03-14"));
  EXPECT_EQ(held.owner, StepOwner::kProvider);
  EXPECT_EQ(balance(LedgerAccount::kApprovedNotAccepted), Cents{0} - dzd(240));
}

TEST_F(Reviewing, DecidesInOneStepAllButOne) {
  const ReviewDecision decision = run_review(review(number, {reject(second_id)}, true));
  EXPECT_EQ(decision.accepted, (ReviewTally{1, dzd(80)}));
  EXPECT_EQ(decision.rejected, (ReviewTally{1, dzd(160)}));
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), Cents{0} - dzd(80));
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(80));
}

TEST_F(Reviewing, OfTheRestLeavesWhatIsHeld) {
  run_review(review(number, {hold(first_id)}));
  const ReviewDecision decision = run_review(review(number, {}, true));
  EXPECT_EQ(decision.accepted, (ReviewTally{1, dzd(160)}));
  EXPECT_EQ(state_of(first), RequestState::kHeld);
  EXPECT_EQ(run_review(review(number, {accept(first_id)})).accepted, (ReviewTally{1, dzd(80)}));
  EXPECT_EQ(state_of(first), RequestState::kAccepted);
}

TEST_F(Reviewing, IsListedForTheCentreUntilAllIsDecided) {
  ASSERT_EQ(open_reviews().size(), 1U);
  EXPECT_EQ(open_reviews()[0].first.deadline, test::day("2026-03-25"));
  EXPECT_EQ(open_reviews()[0].first.number, number);
  EXPECT_EQ(open_reviews()[0].second.presented, 2);
  EXPECT_EQ(open_reviews()[0].second.amount, dzd(240));

  run_review(review(number, {hold(first_id, "2026-03-12")}));
  ASSERT_EQ(open_reviews().size(), 1U);
  EXPECT_EQ(open_reviews()[0].first.deadline, test::day("2026-03-12"));
  EXPECT_EQ(open_reviews()[0].second.held, 1);

  run_review(review(number, {reject(first_id)}));
  ASSERT_EQ(open_reviews().size(), 1U);
  EXPECT_EQ(open_reviews()[0].first.deadline, test::day("2026-03-25"));
  EXPECT_EQ(open_reviews()[0].second.amount, dzd(160));

  run_review(review(number, {}, true));
  EXPECT_TRUE(open_reviews().empty());
}

TEST_F(Reviewing, BelongsToTheCentreThatTheProviderHadWhenItClosed) {
  Command command = review(number, {}, true);
  command.from.id = test::code<ParticipantId>("16-C002");
  world.registration(Role::kCentre, "16-C002");
  world.pharmacy().centre = test::code<ParticipantId>("16-C002");
  EXPECT_EQ(decide(command).reason, Reason::kBordereauOfAnother);
  EXPECT_EQ(run_review(review(number, {}, true)).reason, Reason::kNone);
}

TEST_F(Reviewing, IsAlsoTheFundsToDo) {
  world.registration(Role::kFund, "CASNOS");
  EXPECT_EQ(decide(of_fund(review(number, {}, true), "CASNOS")).reason,
            Reason::kBordereauOfAnother);
  EXPECT_EQ(run_review(of_fund(review(number, {}, true), test::kFund)).accepted.claims, 2);
}

// An id is unique within a role: what is called like the fund is not the fund.
TEST_F(Reviewing, IsNotThatOfACentreOfTheFundsName) {
  world.registration(Role::kCentre, test::kFund);
  Command command = review(number, {}, true);
  command.from.id = test::code<ParticipantId>(test::kFund);
  EXPECT_EQ(decide(command).reason, Reason::kBordereauOfAnother);
}

TEST_F(Reviewing, IsTheFundsAloneWhereTheProviderHasNoCentre) {
  world.pharmacy().centre = {};
  approved(100, "C", 2);
  const std::uint32_t own = close();
  EXPECT_EQ(decide(review(own, {}, true)).reason, Reason::kBordereauOfAnother);
  EXPECT_EQ(run_review(of_fund(review(own, {}, true), test::kFund)).accepted.claims, 1);
}

TEST_F(Reviewing, NeedsTheCentreToBeRegisteredAndNotSuspended) {
  world.registration(Role::kCentre, test::kCentre).suspended = true;
  EXPECT_EQ(decide(review(number, {}, true)).reason, Reason::kParticipantSuspended);
}

TEST_F(Reviewing, ThatIsRefusedNamesWhatStandsInTheWayAndChangesNothing) {
  EXPECT_EQ(decide(review(number + 1, {}, true)).reason, Reason::kBordereauUnknown);
  const ReviewDecision absent =
      run_review(review(number, {accept(first_id), reject(second_id + 1)}));
  EXPECT_EQ(absent.reason, Reason::kNotPresented);
  EXPECT_EQ(absent.claim, second_id + 1);
  EXPECT_EQ(absent.accepted, ReviewTally{});
  EXPECT_EQ(state_of(first), RequestState::kPresented);
}

TEST_F(Reviewing, HoldsFromTodayToThirtyDaysAhead) {
  const auto reason = [&](std::string_view until) {
    return decide(review(number, {hold(first_id, until)})).reason;
  };
  EXPECT_EQ(reason("2026-03-09"), Reason::kHoldDateInvalid);
  EXPECT_EQ(reason("2026-03-10"), Reason::kNone);
  EXPECT_EQ(reason("2026-04-09"), Reason::kNone);
  EXPECT_EQ(reason("2026-04-10"), Reason::kHoldDateInvalid);
}

TEST_F(Reviewing, OfNothingThatIsPresentedIsRefused) {
  run_review(review(number, {}, true));
  EXPECT_EQ(run_review(review(number, {}, true)).reason, Reason::kNotInThisState);
}

TEST_F(Reviewing, IsRecordedWithItsFundsRulebook) {
  const Command command = review(number, {hold(first_id)});
  EXPECT_EQ(rulebook_used(command, world.rows_for(command), world.reference),
            world.reference.rulebook_of(fund())->hash);
}

TEST_F(Reviewing, OfTwoRejectionsOfOnePersonReleasesBoth) {
  run_review(review(number, {reject(first_id), reject(second_id)}));
  EXPECT_TRUE(world.history().lines.empty());
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), Cents{0});
}

TEST_F(Reviewing, ChangesABoundedNumberOfRows) {
  Rulebook rulebook = test::dz_cnas();
  for (Parameters& period : rulebook.periods) {
    period.prescriptions_per_quarter.reset();
    period.prescription_ceiling.reset();
    period.bordereau_claims_max = kBordereauClaimsMax;
  }
  world.reference.put(rulebook);
  std::vector<ReviewVerdict> verdicts;
  for (std::size_t i = 0; i < kVerdictsMax; ++i) {
    world.put(test::product("P" + std::to_string(i), dzd(100)));
    approved(100, "P" + std::to_string(i));
    verdicts.push_back(reject(world.sequence));
  }
  const Command command = review(close(), verdicts, true);
  RowSet rows = world.rows_for(command);
  const Decision decision = core::decide(command, rows, world.reference, world.now);
  ASSERT_EQ(std::get<ReviewDecision>(decision).reason, Reason::kNone);
  const Touched touched =
      apply(command, decision, {world.sequence + 1, world.now}, "answer", rows, world.reference);
  const std::size_t changed = test::rows_changed(touched);
  EXPECT_EQ(changed, 40U + 40U + 80U + 1U + 2U);
  EXPECT_LE(changed, 256U);
}

}  // namespace
}  // namespace wasl::core
