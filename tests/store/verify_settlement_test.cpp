// What verify asks of settlement runs: every item owed once, in one payout at most, and rows that
// say the same.

#include "store/settlement_followed.hpp"

namespace wasl::store {
namespace {

using core::OwedVerdict;
using core::RunState;
using test::dzd;

class SettlementChecked : public test::SettlementFollowed {
 protected:
  // Of the run, with what is owed, whoever else took it.
  core::CollectDecision taking(const core::Command& step) {
    return {.reason = core::Reason::kNone,
            .state = RunState::kProposed,
            .verdicts = std::vector(step.owed->owed.size(), OwedVerdict::kTaken),
            .to = {{.account = std::string(test::kPharmacysRib), .name = {}}},
            .withheld = {core::Cents{}}};
  }
};

TEST_F(SettlementChecked, AcceptsWhatIsOwedAndInNoRun) {
  accept_claim();
  approve_refund();
  EXPECT_EQ(found(), std::vector<std::string>{});
}

// A record of before format 5, whose page knew not since when and until when something is owed.
TEST_F(SettlementChecked, AcceptsAStepOfAnOlderRecord) {
  accept_claim();
  core::Command older = step(propose_run());
  older.owed->owed[0].item.since = {};
  older.owed->owed[0].item.due = core::kDayMax;
  EXPECT_EQ(ask<core::CollectDecision>(older).state, core::RunState::kProposed);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(SettlementChecked, AcceptsAPayoutOfWhatWasOwed) {
  accept_claim();
  approve_refund();
  approve_run();
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(SettlementChecked, AcceptsThatACancelledRunGivesBack) {
  accept_claim();
  cancel_run(fill_run());
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(SettlementChecked, AcceptsThatARefundWasReversedThatARunGaveBack) {
  const core::Command refund = approve_refund();
  cancel_run(fill_run());
  EXPECT_EQ(ask<core::ReversalDecision>(world.reversal(refund)).effect,
            core::ReversalDecision::Effect::kReleased);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(SettlementChecked, AcceptsARunThatStillCollectsAndOneThatFoundNothing) {
  propose_run();
  const core::Sequence run = propose_run();
  EXPECT_EQ(ask<core::CollectDecision>(step(run)).state, RunState::kCancelled);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

// Each person's refund is a payout of its own: more of them than one step gives back.
TEST_F(SettlementChecked, FollowsACancelledRunStepByStep) {
  for (std::size_t i = 0; i < core::kStepItemsMax + 1; ++i) approve_refund();
  const core::Sequence run = propose_run();
  while (ask<core::CollectDecision>(step(run)).state == RunState::kCollecting) {
  }
  const core::Command cancel = of_fund("003", core::CancelRun{run});
  EXPECT_EQ(ask<core::RunDecision>(cancel).state, RunState::kCancelling);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(SettlementChecked, NamesARunWithoutARow) {
  world.rows.erase(core::run_key(fund(), propose_run()));
  EXPECT_EQ(found(), std::vector<std::string>{"settlement: runs without a row: 1"});
}

TEST_F(SettlementChecked, NamesWhatIsOwedAndInNoRow) {
  accept_claim();
  std::erase_if(world.rows,
                [](const auto& each) { return std::holds_alternative<core::Owed>(each.second); });
  EXPECT_EQ(found(), std::vector<std::string>{"settlement: owed, and in no row of it: 1 items"});
}

TEST_F(SettlementChecked, NamesWhatIsOwedByNoRecord) {
  owe_refund_to("100", 1);
  expect_named("what is owed by record 1 is not where");
}

TEST_F(SettlementChecked, NamesWhatIsOwedToAnotherPayee) {
  accept_claim();
  core::Owed owed = owed_rows()[0];
  world.rows.erase(core::owed_key(owed.fund, owed.payee, owed.item.record));
  owed.payee = test::provider("16-000001");
  world.rows[core::owed_key(owed.fund, owed.payee, owed.item.record)] = owed;
  expect_named("is not where the records put it");
}

TEST_F(SettlementChecked, NamesAnItemThatIsTakenTwice) {
  accept_claim();
  const core::Sequence run = propose_run();
  const core::Sequence other = propose_run();
  const core::Command late = step(other);
  EXPECT_EQ(ask<core::CollectDecision>(step(run)).state, RunState::kProposed);
  follow(world.sequence + 1, late, taking(late));
  expect_named(": takes what is owed by record ");
}

TEST_F(SettlementChecked, NamesWhatIsOwedStillThoughARunTookIt) {
  accept_claim();
  const core::Owed owed = owed_rows()[0];
  fill_run();
  world.rows[core::owed_key(owed.fund, owed.payee, owed.item.record)] = owed;
  expect_named("is not where the records put it");
}

TEST_F(SettlementChecked, NamesAPayoutThatIsNotTheSumOfItsItems) {
  accept_claim();
  const core::Sequence run = fill_run();
  only<core::Payout>().amount += core::Cents{1};
  expect_named("the payout 1 of the run " + std::to_string(run) + " is not the sum of its items");
}

TEST_F(SettlementChecked, NamesAPayoutToAnotherAccount) {
  accept_claim();
  fill_run();
  only<core::Payout>().to.account = test::kOtherRib;
  expect_named("is not as its records left it");
}

TEST_F(SettlementChecked, NamesAPayoutWithoutARow) {
  accept_claim();
  const core::Sequence run = fill_run();
  world.rows.erase(core::payout_key(fund(), {run, 1}));
  expect_named("payouts without a row: 1");
}

TEST_F(SettlementChecked, NamesARunInAnotherState) {
  accept_claim();
  const core::Sequence run = fill_run();
  only<core::SettlementRun>().state = RunState::kApproved;
  EXPECT_EQ(found(), std::vector<std::string>{"settlement: the run " + std::to_string(run) +
                                              " is not as its records left it"});
}

TEST_F(SettlementChecked, NamesABordereauThatDoesNotSayItIsPaid) {
  accept_claim();
  fill_run();
  only<core::Bordereau>().paid.clear();
  EXPECT_EQ(found(), std::vector<std::string>{
                         "settlement: paid, and not said so in their own rows: 1 items"});
}

TEST_F(SettlementChecked, NamesABordereauThatSaysItTwice) {
  accept_claim();
  fill_run();
  auto& paid = only<core::Bordereau>().paid;
  paid.push_back(paid.front());
  expect_named("is said to be paid as it is not");
}

TEST_F(SettlementChecked, NamesARefundThatSaysItIsPaidByAnotherPayout) {
  const core::Command refund = approve_refund();
  fill_run();
  auto& row = std::get<core::RequestRow>(
      world.rows.at(core::request_key(refund.from, refund.request_id, 0)));
  row.paid->payout.number = 2;
  expect_named("is said to be paid as it is not");
}

TEST_F(SettlementChecked, NamesAReversalOfWhatARunTook) {
  const core::Command refund = approve_refund();
  const core::Sequence claim = world.sequence;
  const core::Command reversal = world.reversal(refund);
  const core::Decision decided = world.decide(reversal);
  fill_run();
  follow(world.sequence + 1, reversal, decided);
  expect_named(": reverses record " + std::to_string(claim) + ", which a run has taken");
}

TEST_F(SettlementChecked, NamesAnApprovalOfAnotherTotal) {
  accept_claim();
  const core::Sequence run = fill_run();
  core::Command approving = approval(run);
  const core::Decision decided = world.decide(approving);
  std::get<core::ApproveRun>(approving.request).total += core::Cents{1};
  follow(world.sequence + 1, approving, decided);
  expect_named("approves another run, or its own");
}

TEST_F(SettlementChecked, NamesAStepOfARunThatDoesNotStandSo) {
  accept_claim();
  const core::Sequence run = fill_run();
  follow(world.sequence + 1, of_fund("004", core::ExportRun{run, 500}),
         core::ExportDecision{.reason = core::Reason::kNone,
                              .state = RunState::kExported,
                              .payouts = 1,
                              .from = core::Destination{std::string(test::kFundsRib), "CNAS"}});
  expect_named("goes on with a run that does not stand so");
}

TEST_F(SettlementChecked, NamesACancellationOfMoreThanTheRunTook) {
  accept_claim();
  const core::Sequence run = fill_run();
  follow(world.sequence + 1, of_fund("003", core::CancelRun{run}),
         core::RunDecision{
             .reason = core::Reason::kNone, .state = RunState::kCancelled, .released = 2});
  expect_named("gives back more than the run took");
}

}  // namespace
}  // namespace wasl::store
