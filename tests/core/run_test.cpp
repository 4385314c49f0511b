// Settlement runs: what is owed, who is paid how much at once, and that two people must agree.

#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::dzd;

class Owing : public test::Settling {};

TEST_F(Owing, BeginsWithTheAcceptanceAsOneSum) {
  approved(100, "A");
  approved(200, "B");
  const std::uint32_t number = close();
  EXPECT_TRUE(owed_rows().empty()) << "presented is not accepted";
  run_review(review(number, {}, true));
  ASSERT_EQ(owed_rows().size(), 1U);
  EXPECT_EQ(owed_rows()[0].payee, Payee(pharmacy()));
  EXPECT_EQ(owed_rows()[0].item.amount, dzd(240));
  EXPECT_EQ(owed_rows()[0].item.record, world.sequence);
}

TEST_F(Owing, OfARefundBeginsWithItsApprovalAndEndsWithItsReversal) {
  const Command refund = refunded(100);
  ASSERT_EQ(owed_rows().size(), 1U);
  EXPECT_EQ(owed_rows()[0].payee, Payee(world.account().insured));
  EXPECT_EQ(owed_rows()[0].item.amount, dzd(80));
  EXPECT_EQ(std::get<ReversalDecision>(world.run(world.reversal(refund))).reason, Reason::kNone);
  EXPECT_TRUE(owed_rows().empty());
}

class Proposing : public test::Settling {};

TEST_F(Proposing, TakesEachItemOnceIntoAPayoutOfItsPayee) {
  accepted(100, "A");
  accepted(200, "B");
  refunded(300);
  const Sequence run = filled();
  EXPECT_EQ(settlement_run(run).state, RunState::kProposed);
  EXPECT_EQ(settlement_run(run).total, dzd(480));
  EXPECT_TRUE(owed_rows().empty());
  ASSERT_EQ(payouts().size(), 2U);
  EXPECT_EQ(payouts()[0].payee, Payee(world.account().insured));
  EXPECT_EQ(payouts()[0].to.account, test::kInsuredsRib);
  EXPECT_EQ(payouts()[1].amount, dzd(240));
  EXPECT_EQ(payouts()[1].items.size(), 2U);
  EXPECT_EQ(settlement_run(filled()).state, RunState::kCancelled) << "nothing is left to pay";
}

TEST_F(Proposing, SetsTheClaimsInTheRun) {
  const Command claim = accepted();
  const Command refund = refunded();
  filled();
  EXPECT_EQ(state_of(claim), RequestState::kInRun);
  EXPECT_EQ(state_of(refund), RequestState::kInRun);
  EXPECT_EQ(std::get<ReversalDecision>(world.run(world.reversal(refund))).reason,
            Reason::kNotInThisState);
}

TEST_F(Proposing, LeavesOutWhoHasNoAccountAndWhoIsOwedTooLittle) {
  accepted(100, "A");
  refunded(300);
  world.pharmacy().payout_account = "00799999002345678942";  // A wrong key, from a feed.
  const Sequence run = propose(dzd(240, 1));
  const CollectDecision decision = collect(run);
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kBelowMinimum, OwedVerdict::kNoAccount}));
  EXPECT_EQ(decision.state, RunState::kCancelled);
  EXPECT_EQ(owed_rows().size(), 2U);
  world.pharmacy().payout_account = test::kPharmacysRib;
  EXPECT_EQ(settlement_run(filled(dzd(80))).total, dzd(320)) << "the minimum itself is enough";
}

TEST_F(Proposing, GoesThroughAllPayeesInStepsThatKeepAPayeeTogether) {
  for (std::size_t i = 0; i < kStepItemsMax - 1; ++i) owe_refund_to("9", i + 1);
  owe_refund_to("8", 1);
  const Command claim = accepted();
  const Sequence run = propose();
  EXPECT_EQ(collect(run).state, RunState::kCollecting);
  EXPECT_EQ(payouts().size(), 1U) << "the second payee may be owed more than the page holds";
  EXPECT_EQ(collect(run).state, RunState::kProposed);
  EXPECT_EQ(payouts().size(), 3U);
  EXPECT_EQ(state_of(claim), RequestState::kInRun);
  EXPECT_TRUE(owed_rows().empty());
}

TEST_F(Proposing, PaysAPayeeOfManyItemsInSeveralPayouts) {
  for (std::size_t i = 0; i < kStepItemsMax + 5; ++i) owe_refund_to("9", i + 1);
  const Sequence run = filled();
  ASSERT_EQ(payouts().size(), 2U);
  EXPECT_EQ(payouts()[0].items.size(), kStepItemsMax);
  EXPECT_EQ(payouts()[1].items.size(), 5U);
  EXPECT_EQ(settlement_run(run).payouts, 2U);
}

TEST_F(Proposing, PassesByWhatIsReversedAfterItWasFound) {
  const Command refund = refunded();
  accepted();
  const Sequence run = propose();
  const Command found = step(run);
  world.run(world.reversal(refund));
  const auto decision = std::get<CollectDecision>(world.run(found));
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kGone, OwedVerdict::kTaken}));
  EXPECT_EQ(settlement_run(run).payouts, 1U);
}

// A record of before format 5, carried out again.
TEST_F(Proposing, TakesWhatAPageNamesThatKnewNotByWhenItIsToBePaid) {
  accepted();
  const Owed owed = owed_rows()[0];
  EXPECT_EQ(owed.item.due, test::day("2026-03-25")) << "15 days from the presentation";
  const Sequence run = propose();
  Command found = step(run);
  found.owed->owed[0].item.since = {};
  found.owed->owed[0].item.due = kDayMax;
  const auto decision = std::get<CollectDecision>(world.run(found));
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kTaken}));
  EXPECT_EQ(payouts()[0].items, (std::vector{owed.item}));
}

TEST_F(Proposing, ChangesNoMoreRowsThanACommandMay) {
  for (std::size_t i = 0; i < kStepItemsMax; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = propose();
  const Command command = step(run);
  EXPECT_EQ(rows_changed_by(command), 3 * kStepItemsMax + 2);
}

TEST_F(Proposing, OfAValueDateInThePastOrFarAheadIsRefused) {
  EXPECT_EQ(run_decision(proposal("2026-03-09")).reason, Reason::kValueDateInvalid);
  EXPECT_EQ(run_decision(proposal("2026-03-10")).reason, Reason::kNone);
  EXPECT_EQ(run_decision(proposal("2026-04-09")).reason, Reason::kNone);
  EXPECT_EQ(run_decision(proposal("2026-04-10")).reason, Reason::kValueDateInvalid);
}

TEST_F(Proposing, TakesTheSameItemIntoNoSecondRun) {
  accepted();
  const Sequence first = propose();
  const Sequence second = propose();
  const Command late = step(second);
  collect(first);
  const auto decision = std::get<CollectDecision>(world.run(late));
  EXPECT_EQ(decision.verdicts, (std::vector{OwedVerdict::kGone}));
  EXPECT_EQ(settlement_run(second).payouts, 0U);
}

// The minimum is of all that a payee is owed: what comes behind the run waits for the next one.
TEST_F(Proposing, JudgesAPayeeOnce) {
  for (std::size_t i = 0; i <= kStepItemsMax; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = propose(Cents{2});
  EXPECT_EQ(collect(run).state, RunState::kCollecting);
  owe_refund_to("100", 2);
  EXPECT_EQ(collect(run).state, RunState::kCancelled) << "nobody is owed the minimum";
  EXPECT_EQ(owed_rows().size(), kStepItemsMax + 2);
  filled(Cents{2});
  ASSERT_EQ(payouts().size(), 1U);
  EXPECT_EQ(payouts()[0].items.size(), 2U);
}

class Approving : public test::Settling {};

TEST_F(Approving, ComesNotBehindTheValueDate) {
  accepted();
  const Sequence run = filled();
  world.set_today("2026-03-13");
  EXPECT_EQ(run_decision(approval(run)).reason, Reason::kValueDateInvalid);
  world.set_today("2026-03-12");
  EXPECT_EQ(run_decision(approval(run)).reason, Reason::kNone);
}

TEST_F(Approving, NeedsASecondPerson) {
  accepted();
  const Sequence run = filled();
  EXPECT_EQ(run_decision(approval(run, "001")).reason, Reason::kSameOperator);
  EXPECT_EQ(run_decision(approval(run)).state, RunState::kApproved);
  EXPECT_EQ(settlement_run(run).approved_by.view(), "002");
  EXPECT_EQ(run_decision(approval(run)).reason, Reason::kRunNotInThisState);
}

TEST_F(Approving, IsOfWhatThatPersonSaw) {
  accepted();
  const Sequence run = filled();
  const SettlementRun row = settlement_run(run);
  const Command other_total = of_fund("002", ApproveRun{run, row.payouts, row.total + Cents{1}});
  EXPECT_EQ(run_decision(other_total).reason, Reason::kRunDiffers);
  const Command other_count = of_fund("002", ApproveRun{run, row.payouts + 1, row.total});
  EXPECT_EQ(run_decision(other_count).reason, Reason::kRunDiffers);
}

TEST_F(Approving, WaitsUntilTheRunIsComplete) {
  accepted();
  const Sequence run = propose();
  EXPECT_EQ(run_decision(of_fund("002", ApproveRun{run, 1, dzd(80)})).reason,
            Reason::kRunNotInThisState);
  EXPECT_EQ(run_decision(of_fund("002", ApproveRun{run + 1, 1, dzd(80)})).reason,
            Reason::kRunUnknown);
}

TEST_F(Approving, IsTheFundsOwn) {
  accepted();
  const Sequence run = filled();
  world.registration(Role::kFund, "CASNOS");
  Command command = approval(run);
  command.from.id = test::code<ParticipantId>("CASNOS");
  EXPECT_EQ(run_decision(command).reason, Reason::kRunUnknown);
}

class Cancelling : public test::Settling {};

TEST_F(Cancelling, MakesEverythingOwedAgain) {
  const Command claim = accepted();
  const Command refund = refunded();
  const std::vector<Owed> before = owed_rows();
  const Sequence run = filled();
  run_decision(approval(run));
  EXPECT_EQ(cancel(run).state, RunState::kCancelled);
  EXPECT_TRUE(owed_rows() == before);
  EXPECT_TRUE(payouts().empty());
  EXPECT_EQ(state_of(claim), RequestState::kAccepted);
  EXPECT_EQ(state_of(refund), RequestState::kApproved);
  EXPECT_EQ(cancel(run).reason, Reason::kRunNotInThisState);
  EXPECT_EQ(settlement_run(filled()).total, dzd(160)) << "the next run takes it";
}

TEST_F(Cancelling, OfManyItemsTakesSteps) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const std::vector<Owed> before = owed_rows();
  const Sequence run = filled();
  EXPECT_EQ(cancel(run).state, RunState::kCancelling);
  EXPECT_EQ(run_decision(approval(run)).reason, Reason::kRunNotInThisState);
  EXPECT_EQ(collect_reason(run), Reason::kRunNotInThisState);
  EXPECT_EQ(cancel(run).state, RunState::kCancelled);
  EXPECT_TRUE(owed_rows() == before);
}

// As the engine does it: a command's rows are loaded while others before it are decided.
class CancelledMeanwhile : public test::Settling {
 protected:
  RunDecision carry_out(const Command& command, RowSet& rows) {
    for (std::vector<Need> needs; keys_needed(command, rows, needs), !needs.empty();) {
      for (const Need& need : needs) rows.provide(need, &world.rows[need.key]);
    }
    const Decision decision = core::decide(command, rows, world.reference, world.now);
    const Touched touched =
        apply(command, decision, {++world.sequence, world.now}, "answer", rows, world.reference);
    for (const auto& [key, row] : touched.made) world.rows[key] = row;
    return std::get<RunDecision>(decision);
  }
};

TEST_F(CancelledMeanwhile, ByAnotherPersonIsGivenBackOnce) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const std::vector<Owed> before = owed_rows();
  const Sequence run = filled();
  const Command late = of_fund("002", CancelRun{run});
  RowSet rows = world.rows_for(late);
  EXPECT_FALSE(is_overtaken(late, rows));
  EXPECT_EQ(cancel(run).state, RunState::kCancelling);
  EXPECT_TRUE(is_overtaken(late, rows)) << "what it would have given back is given back";
  RowSet anew = world.rows_for(late);
  EXPECT_FALSE(is_overtaken(late, anew));
  EXPECT_EQ(carry_out(late, anew).state, RunState::kCancelled);
  EXPECT_TRUE(owed_rows() == before);
}

TEST_F(CancelledMeanwhile, WhileItCollectsLeavesNoPayoutBehind) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const std::vector<Owed> before = owed_rows();
  const Sequence run = propose();
  collect(run);
  const Command late = of_fund("002", CancelRun{run});
  RowSet rows = world.rows_for(late);
  EXPECT_EQ(collect(run).state, RunState::kProposed);
  EXPECT_FALSE(is_overtaken(late, rows));
  EXPECT_EQ(carry_out(late, rows).state, RunState::kCancelling);
  EXPECT_EQ(cancel(run).state, RunState::kCancelled);
  EXPECT_TRUE(payouts().empty());
  EXPECT_TRUE(owed_rows() == before);
}

TEST_F(Cancelling, MayComeBeforeTheRunIsComplete) {
  accepted();
  const Sequence run = propose();
  EXPECT_EQ(cancel(run).state, RunState::kCancelled);
  EXPECT_EQ(owed_rows().size(), 1U);
}

// Steps gave back 80 items once; their records are replayed as they are.
TEST_F(Cancelling, OfAnOlderRecordGivesBackAsManyAsItSays) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = filled();
  const Command command = of_fund("003", CancelRun{run});
  RowSet rows = world.rows_for(command);
  const Decision decision =
      RunDecision{.reason = Reason::kNone, .state = RunState::kCancelling, .released = 80};
  const Touched touched =
      apply(command, decision, {++world.sequence, world.now}, "answer", rows, world.reference);
  EXPECT_EQ(touched.made.size(), 80U);
  EXPECT_EQ(settlement_run(run).released, 80U);
}

}  // namespace
}  // namespace wasl::core
