// After the acceptance a centre may lower what the fund pays of a claim: before the payment the
// fund owes less, behind it the pharmacy owes the difference, and it is withheld from a later
// payout.

#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using Effect = ReductionDecision::Effect;

class Reducing : public test::Settling {
 protected:
  // A claim of 100 DZD, of which the fund pays 80, paid by the bank.
  Command paid() {
    const Command claim = accepted(100, "A");
    exported();
    bank_says({says(payouts().back(), BankWord::kBooked)});
    EXPECT_EQ(state_of(claim), RequestState::kPaid);
    return claim;
  }
  PresentedClaim presented(const Command& claim) {
    const RequestRow* row = world.request_row(claim);
    const Bordereau found = bordereau(row->bordereau);
    return *presented_claim(found, row->sequence);
  }
};

TEST_F(Reducing, AnAcceptedClaimLowersWhatTheFundOwes) {
  const Command claim = accepted(100, "A");
  const ReductionDecision decision = reduce(claim, dzd(50));
  EXPECT_EQ(decision.effect, Effect::kOwedLess);
  EXPECT_EQ(decision.difference, dzd(30));
  ASSERT_EQ(owed_rows().size(), 1U);
  EXPECT_EQ(owed_rows()[0].item.amount, dzd(50));
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), -dzd(50).value);
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(50).value);
  EXPECT_EQ(state_of(claim), RequestState::kAccepted);
}

TEST_F(Reducing, IsKeptWithTheClaimInItsBordereau) {
  const Command claim = accepted(100, "A");
  reduce(claim, dzd(70));
  reduce(claim, dzd(50));
  const PresentedClaim kept = presented(claim);
  EXPECT_EQ(kept.insurer, dzd(50));
  EXPECT_EQ(kept.reduced, dzd(30));
  EXPECT_EQ(kept.reduced_by, world.sequence);
  const RequestRow& row = *world.request_row(claim);
  const Bordereau in = bordereau(row.bordereau);
  EXPECT_EQ(reduced_since(row, &in), dzd(30)) << "what a status query tells";
  EXPECT_EQ(kept.reason, ReviewReason::kWrongQuantity);
  EXPECT_LT(kept.reviewed_by, kept.reduced_by) << "the acceptance stays what pays it";
}

TEST_F(Reducing, LeavesOtherClaimsOfTheAcceptanceOwed) {
  const Command claim = approved(100, "A");
  approved(200, "B");
  run_review(review(close(), {}, true));
  reduce(claim, {});
  ASSERT_EQ(owed_rows().size(), 1U);
  EXPECT_EQ(owed_rows()[0].item.amount, dzd(160));
}

TEST_F(Reducing, ToNothingLeavesNothingToPay) {
  const Command claim = accepted();
  EXPECT_EQ(reduce(claim, {}).difference, dzd(80));
  EXPECT_TRUE(owed_rows().empty());
  EXPECT_EQ(settlement_run(filled()).state, RunState::kCancelled);
  EXPECT_EQ(state_of(claim), RequestState::kAccepted);
}

TEST_F(Reducing, APaidClaimIsOwedBackByThePharmacy) {
  const Command claim = paid();
  const ReductionDecision decision = reduce(claim, dzd(50));
  EXPECT_EQ(decision.effect, Effect::kOwedBack);
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(balance(LedgerAccount::kReceivable), dzd(30).value);
  EXPECT_EQ(balance(LedgerAccount::kBenefitsExpense), dzd(50).value);
  EXPECT_EQ(state_of(claim), RequestState::kPaid);
  reduce(claim, dzd(10));
  EXPECT_EQ(receivable(), dzd(70));
}

TEST_F(Reducing, WaitsWhileTheClaimIsBeingSettled) {
  const Command claim = accepted();
  const Sequence run = filled();
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kInSettlement);
  run_decision(approval(run));
  export_whole(run);
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kInSettlement);
  EXPECT_EQ(receivable(), Cents{});
}

TEST_F(Reducing, OfAClaimThatCameBackWaitsForItsPayment) {
  const Command claim = accepted();
  exported();
  bank_says({says(payouts()[0], BankWord::kReturned, "AC04")});
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kNotInThisState);
}

TEST_F(Reducing, LowersOnly) {
  const Command claim = accepted();
  EXPECT_EQ(reduce(claim, dzd(80)).reason, Reason::kNotAReduction);
  EXPECT_EQ(reduce(claim, dzd(81)).reason, Reason::kNotAReduction);
  EXPECT_EQ(reduce(claim, dzd(79, 99)).reason, Reason::kNone);
}

TEST_F(Reducing, IsTheReviewersOrTheFunds) {
  const Command claim = accepted();
  Command asked = reduction(claim, dzd(1));
  asked.from.id = test::code<ParticipantId>("31-C009");
  world.registration(Role::kCentre, "31-C009");
  EXPECT_EQ(std::get<ReductionDecision>(world.run(asked)).reason, Reason::kBordereauOfAnother);
  EXPECT_EQ(std::get<ReductionDecision>(
                world.run(of_fund("007", std::get<ReduceClaim>(reduction(claim, dzd(1)).request))))
                .reason,
            Reason::kNone);
}

TEST_F(Reducing, NamesAnAcceptedClaimOfABordereau) {
  const Command claim = approved();
  const ClaimId id = world.sequence;
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kBordereauUnknown);
  const std::uint32_t number = close();
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kNotInThisState) << "presented";
  const auto other = std::get<ReductionDecision>(world.run(reduction(number, id + 1, {})));
  EXPECT_EQ(other.reason, Reason::kNotPresented);
  run_review(review(number, {reject(id)}));
  EXPECT_EQ(reduce(claim, {}).reason, Reason::kNotInThisState) << "rejected";
}

class Withholding : public Reducing {
 protected:
  // The pharmacy owes 30 DZD back.
  void SetUp() override {
    Reducing::SetUp();
    const Command claim = paid();
    reduce(claim, dzd(50));
  }
  // Another provider, which is owed 2 centimes for a bordereau and owes 1 back.
  void owe_provider(std::uint32_t number) {
    Registration provider = world.pharmacy();
    provider.participant.id = test::code<ParticipantId>("16-1" + std::to_string(10'000 + number));
    Bordereau presented;
    presented.fund = fund();
    presented.provider = provider.participant;
    presented.number = 1;
    const Owed owed{.fund = fund(),
                    .payee = provider.participant,
                    .item = {.record = ++world.sequence,
                             .amount = Cents{2},
                             .since = world.now,
                             .due = kDayMax,
                             .of = AcceptedItem{.bordereau = 1},
                             .came_back = std::nullopt}};
    world.rows[registration_key(provider.participant)] = provider;
    world.rows[bordereau_key(fund(), provider.participant, 1)] = presented;
    world.rows[owed_key(fund(), owed.payee, owed.item.record)] = owed;
    world.rows[receivable_key(fund(), provider.participant)] =
        Receivable{.fund = fund(), .provider = provider.participant, .amount = Cents{1}};
  }
};

TEST_F(Withholding, TakesWhatIsOwedBackFromTheNextPayout) {
  accepted(200, "B");
  const Sequence run = filled();
  const Payout payout = payouts().back();
  EXPECT_EQ(payout.amount, dzd(130));
  EXPECT_EQ(payout.withheld, dzd(30));
  EXPECT_EQ(settlement_run(run).total, dzd(130)) << "what the bank is to pay";
  EXPECT_EQ(receivable(), Cents{});
}

TEST_F(Withholding, IsPostedWithTheExport) {
  accepted(200, "B");
  exported();
  EXPECT_EQ(balance(LedgerAccount::kReceivable), 0);
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), 0);
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), -dzd(130).value);
  EXPECT_EQ(bank_says({says(payouts().back(), BankWord::kBooked)}), StatusFileState::kApplied);
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), 0);
  EXPECT_EQ(balance(LedgerAccount::kBank), -dzd(210).value);
}

TEST_F(Withholding, IsGivenBackByARunThatIsCancelled) {
  accepted(200, "B");
  const Sequence run = filled();
  EXPECT_EQ(cancel(run).state, RunState::kCancelled);
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(balance(LedgerAccount::kReceivable), dzd(30).value);
  EXPECT_EQ(settlement_run(filled()).total, dzd(130));
}

TEST_F(Withholding, IsOwedBackAgainWhenThePayoutIsReturned) {
  const Command claim = accepted(200, "B");
  exported();
  for (const BankWord word : {BankWord::kBooked, BankWord::kReturned}) {
    bank_says({says(payouts().back(), word, word == BankWord::kReturned ? "AC04" : "")});
  }
  EXPECT_EQ(state_of(claim), RequestState::kReturned);
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(balance(LedgerAccount::kReturned), -dzd(160).value);
  EXPECT_EQ(balance(LedgerAccount::kReceivable), dzd(30).value);
  world.pharmacy().payout_account = test::kOtherRib;
  exported();
  EXPECT_EQ(payouts().back().amount, dzd(130));
  EXPECT_EQ(balance(LedgerAccount::kReturned), 0);
  EXPECT_EQ(balance(LedgerAccount::kReceivable), 0);
}

TEST_F(Withholding, OfOneRejectedByTheBankTouchesNoMoneyAtTheBank) {
  accepted(200, "B");
  exported();
  bank_says({says(payouts().back(), BankWord::kRejected, "AM04")});
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), 0);
  EXPECT_EQ(balance(LedgerAccount::kBank), -dzd(80).value) << "the first payout's";
}

// The row of what is owed back is found by the first of the payee's items, which is gone here.
TEST_F(Withholding, PassesByWhatIsReducedAfterItWasFound) {
  const Command first = accepted(200, "B");
  approved(100, "C", 2);
  run_review(review(close(), {}, true));
  const Sequence run = propose();
  const Command found = step(run);
  reduce(first, dzd(150));
  const auto decision = std::get<CollectDecision>(world.run(found));
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kGone, OwedVerdict::kTaken}));
  EXPECT_EQ(payouts().back().amount, dzd(50)) << "80 less the 30 that are owed back";
  EXPECT_EQ(owed_rows().size(), 1U) << "what was reduced waits for the next run";
}

TEST_F(Withholding, LeavesOutWhoOwesAsMuchAsIsPaid) {
  const Command small = accepted(37, "B");  // The fund pays 29.60 of it.
  const Sequence run = propose();
  const CollectDecision decision = collect(run);
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kOwesMore}));
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(state_of(small), RequestState::kAccepted);
  approved(37, "C", 2);
  run_review(review(close(), {}, true));
  filled();
  EXPECT_EQ(payouts().back().amount, dzd(29, 20)) << "both together are worth more";
}

TEST_F(Withholding, HoldsTheMinimumAgainstWhatIsLeft) {
  accepted(200, "B");
  EXPECT_EQ(collect(propose(dzd(130, 1))).verdicts, (std::vector{OwedVerdict::kBelowMinimum}));
  EXPECT_EQ(receivable(), dzd(30));
  EXPECT_EQ(collect(propose(dzd(130))).verdicts, (std::vector{OwedVerdict::kTaken}));
}

// Each payee of the step is a provider that owes something back.
TEST_F(Withholding, ChangesNoMoreRowsThanACommandMay) {
  for (std::uint32_t i = 0; i < kStepItemsMax; ++i) owe_provider(i);
  const Sequence run = propose();
  const CollectDecision decision = collect(run);
  EXPECT_EQ(decision.state, RunState::kCollecting);
  EXPECT_EQ(decision.to.size(), kStepItemsMax / 2) << "each counts as two items";
  EXPECT_LE(rows_changed_by(step(run)), 5 * kStepItemsMax / 2 + 2);
}

TEST_F(Withholding, CountsAsAnItemOfEachStepOfARun) {
  for (std::uint32_t i = 0; i < kStepItemsMax; ++i) owe_provider(i);
  const Sequence run = filled();
  EXPECT_EQ(settlement_run(run).payouts, kStepItemsMax);
  run_decision(approval(run));
  EXPECT_EQ(export_step(run).payouts, kStepItemsMax / 2);
}

}  // namespace
}  // namespace wasl::core
