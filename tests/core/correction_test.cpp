// CorrectClaim: what takes a rejected claim's place.

#include "core/presenting.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::line;

class Correcting : public test::Presenting {
 protected:
  void SetUp() override {
    Presenting::SetUp();
    original = approved(100, "A");
    original_id = world.sequence;
    number = close();
    run_review(review(number, {reject(original_id)}));
  }

  ClaimDecision run(const Command& command) { return std::get<ClaimDecision>(world.run(command)); }
  Reason reason(const Command& command) {
    return std::get<ClaimDecision>(world.decide(command)).reason;
  }

  Command original;
  Sequence original_id = 0;
  std::uint32_t number = 0;
};

TEST_F(Correcting, MakesANewClaimInThePlaceOfTheRejectedOne) {
  const Command corrected = correction(original, {line("A", dzd(90))});
  const ClaimDecision decision = run(corrected);
  EXPECT_EQ(decision.outcome, Outcome::kApproved);
  EXPECT_EQ(decision.insurer, dzd(72));
  EXPECT_EQ(decision.corrects, original_id);
  EXPECT_EQ(state_of(original), RequestState::kCorrected);
  const RequestRow* row = world.request_row(corrected);
  EXPECT_EQ(row->state, RequestState::kApproved);
  EXPECT_EQ(row->corrects, original_id);
  EXPECT_EQ(row->service_date, test::day("2026-03-10"));
  EXPECT_EQ(row->card, test::code<CardNumber>(test::kCard));
  ASSERT_EQ(world.history().lines.size(), 1U);
  EXPECT_EQ(world.history().lines.front().claim, world.sequence);
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(72));
}

TEST_F(Correcting, IsPresentedInANewBordereau) {
  const Command corrected = correction(original, {line("A", dzd(90))});
  run(corrected);
  const Sequence corrected_id = world.sequence;
  const std::uint32_t second = close();
  EXPECT_EQ(second, number + 1);
  ASSERT_EQ(bordereau(second).claims.size(), 1U);
  EXPECT_EQ(bordereau(second).claims.front().claim, corrected_id);
  EXPECT_EQ(state_of(corrected), RequestState::kPresented);
  EXPECT_EQ(bordereau(number).claims.front().state, RequestState::kRejected);
}

TEST_F(Correcting, MayNotAskMoreOfTheFundThanTheOriginal) {
  EXPECT_EQ(reason(correction(original, {line("A", dzd(101))})), Reason::kCorrectionAboveOriginal);
  EXPECT_EQ(reason(correction(original, {line("A", dzd(100))})), Reason::kNone);
}

TEST_F(Correcting, ThatIsDeclinedLeavesTheOriginalRejected) {
  const Command declined = correction(original, {line("NONE", dzd(50))});
  EXPECT_EQ(run(declined).reason, Reason::kNoPayableLine);
  EXPECT_EQ(world.request_row(declined)->state, RequestState::kDeclined);
  EXPECT_EQ(state_of(original), RequestState::kRejected);
  EXPECT_EQ(run(correction(original, {line("A", dzd(50))})).outcome, Outcome::kApproved);
}

TEST_F(Correcting, TakesCardProofAndDatesAsTheyPassed) {
  world.card().reported_bar = CardBar::kStolen;
  world.set_today("2026-05-20");
  const Command corrected = correction(original, {line("A", dzd(90))});
  EXPECT_FALSE(corrected.proofs.card.has_value());
  EXPECT_EQ(reason(corrected), Reason::kNone);
}

// As far back as a refund reaches, three months: of older days the history is not kept whole.
TEST_F(Correcting, IsTimeBarredOnceWhatWasDispensedIsForgotten) {
  const Command corrected = correction(original, {line("A", dzd(90))});
  world.set_today("2026-06-10");
  EXPECT_EQ(reason(corrected), Reason::kNone);
  world.set_today("2026-06-11");
  EXPECT_EQ(reason(corrected), Reason::kTimeBarred);
}

TEST_F(Correcting, IsJudgedByEveryOtherCheck) {
  world.insured().rights.clear();
  EXPECT_EQ(reason(correction(original, {line("A", dzd(90))})), Reason::kRightsNotOpen);
}

TEST_F(Correcting, OfAnotherPharmacysClaimFindsNone) {
  world.registration(Role::kProvider, "16-000001").agreements = world.pharmacy().agreements;
  Command command = correction(original, {line("A", dzd(90))});
  command.from.id = test::code<ParticipantId>("16-000001");
  EXPECT_EQ(reason(command), Reason::kOriginalUnknown);
}

TEST_F(Correcting, NeedsACardThatItsAccountStillHas) {
  world.account().cards.clear();
  EXPECT_EQ(reason(correction(original, {line("A", dzd(90))})), Reason::kCardUnknown);
}

TEST_F(Correcting, FollowsTheChainToItsNewestClaim) {
  const Command second = correction(original, {line("A", dzd(90))});
  run(second);
  const Sequence second_id = world.sequence;
  run_review(review(close(), {reject(second_id)}));
  EXPECT_EQ(reason(correction(original, {line("A", dzd(80))})), Reason::kNotInThisState);
  EXPECT_EQ(reason(correction(second, {line("A", dzd(91))})), Reason::kCorrectionAboveOriginal);
  const ClaimDecision third = run(correction(second, {line("A", dzd(80))}));
  EXPECT_EQ(third.corrects, second_id);
  EXPECT_EQ(state_of(second), RequestState::kCorrected);
}

TEST_F(Correcting, CanBeReversedAndThenTheChainEnds) {
  const Command second = correction(original, {line("A", dzd(90))});
  run(second);
  world.run(world.reversal(second));
  EXPECT_EQ(state_of(second), RequestState::kReversed);
  EXPECT_EQ(state_of(original), RequestState::kCorrected);
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), Cents{0});
  EXPECT_TRUE(world.history().lines.empty());
}

}  // namespace
}  // namespace wasl::core
