// An approved run goes to the bank: its payouts are posted, fixed for ever, and can no longer be
// cancelled.

#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::dzd;

class Exporting : public test::Settling {
 protected:
  Sequence approved_run() {
    const Sequence run = filled();
    EXPECT_EQ(run_decision(approval(run)).reason, Reason::kNone);
    return run;
  }
};

TEST_F(Exporting, SetsPayoutsAndClaimsExported) {
  const Command claim = accepted();
  const Command refund = refunded();
  const Sequence run = approved_run();
  const ExportDecision step = export_step(run, 300);
  EXPECT_EQ(step.state, RunState::kExported);
  EXPECT_EQ(step.payouts, 2U);
  for (const Payout& payout : payouts()) EXPECT_EQ(payout.state, PayoutState::kExported);
  EXPECT_EQ(state_of(claim), RequestState::kExported);
  EXPECT_EQ(state_of(refund), RequestState::kExported);
  const SettlementRun row = settlement_run(run);
  ASSERT_TRUE(row.exported.has_value());
  EXPECT_EQ(row.exported->account, test::kFundsRib);
  EXPECT_EQ(row.exported->payouts_per_file, 300);
  EXPECT_EQ(row.exported->by.view(), "004");
}

TEST_F(Exporting, MovesWhatIsPayableToTheBankClearing) {
  accepted(100);
  refunded(200);
  exported();
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), 0);
  EXPECT_EQ(balance(LedgerAccount::kPayableToInsured), 0);
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), -dzd(240).value);
}

// A second export gives the same files: nothing of the run changes any more.
TEST_F(Exporting, OfAnExportedRunDoesNothingMore) {
  accepted();
  const Sequence run = exported();
  const SettlementRun before = settlement_run(run);
  const std::size_t postings = world.index.size();
  const ExportDecision again = export_step(run, 1);
  EXPECT_EQ(again.state, RunState::kExported);
  EXPECT_EQ(again.payouts, 0U);
  EXPECT_EQ(settlement_run(run), before);
  EXPECT_EQ(world.index.size(), postings);
}

TEST_F(Exporting, OfManyItemsTakesSteps) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = approved_run();
  EXPECT_EQ(export_step(run).payouts, kStepItemsMax);
  EXPECT_EQ(settlement_run(run).state, RunState::kExporting);
  EXPECT_EQ(cancel(run).reason, Reason::kRunNotInThisState) << "a part of it may be at the bank";
  EXPECT_EQ(export_step(run).payouts, 100 - kStepItemsMax);
  EXPECT_EQ(settlement_run(run).state, RunState::kExported);
}

// A step whose payouts another one exported meanwhile.
TEST_F(Exporting, OfAnotherPersonAtOnceExportsEachPayoutOnce) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = approved_run();
  const Command late = of_fund("006", ExportRun{run, 500});
  const RowSet rows = world.rows_for(late);
  EXPECT_FALSE(is_overtaken(late, rows));
  export_step(run);
  EXPECT_TRUE(is_overtaken(late, rows));
  const RowSet of_the_rest = world.rows_for(late);
  EXPECT_FALSE(is_overtaken(late, of_the_rest));
  export_step(run);
  EXPECT_TRUE(is_overtaken(late, of_the_rest)) << "the other one made the last step";
  EXPECT_FALSE(is_overtaken(late, world.rows_for(late)));
}

TEST_F(Exporting, ChangesNoMoreRowsThanACommandMay) {
  for (std::size_t i = 0; i < kStepItemsMax; ++i) owe_refund_to(std::to_string(100 + i), 1);
  const Sequence run = approved_run();
  const Command command = of_fund("004", ExportRun{run, 500});
  EXPECT_EQ(rows_changed_by(command), 3 * kStepItemsMax + 2);
}

TEST_F(Exporting, WaitsForTheSecondPersonAndForTheFundsAccount) {
  accepted();
  const Sequence run = filled();
  EXPECT_EQ(export_step(run).reason, Reason::kRunNotInThisState);
  EXPECT_EQ(export_step(run + 1).reason, Reason::kRunUnknown);
  EXPECT_EQ(run_decision(approval(run)).reason, Reason::kNone);
  world.registration(Role::kFund, test::kFund).payout_account = "00799999000000000195";
  EXPECT_EQ(export_step(run).reason, Reason::kFundAccountMissing);
  world.registration(Role::kFund, test::kFund).payout_account = test::kFundsRib;
  EXPECT_EQ(export_step(run).reason, Reason::kNone);
}

TEST_F(Exporting, BeginsNotBehindTheValueDate) {
  accepted();
  const Sequence run = approved_run();
  world.set_today("2026-03-13");
  EXPECT_EQ(export_step(run).reason, Reason::kValueDateInvalid);
  EXPECT_EQ(cancel(run).state, RunState::kCancelled) << "it may be proposed anew";
}

TEST(EndToEndId, NamesAPayoutAndNoOther) {
  const FundCode cnas = test::code<FundCode>("CNAS");
  EXPECT_EQ(end_to_end_id(cnas, {.run = 48213, .number = 12}), "CNAS-48213-12");
  EXPECT_EQ(payout_named(cnas, "CNAS-48213-12"), (PayoutId{.run = 48213, .number = 12}));
  for (const std::string_view other :
       {"", "-", "CNAS", "CNAS-48213", "CNAS-48213-0", "CNAS-48213-012", "CNAS-48213-12 ",
        "CNAS-x-12", "CASNOS-48213-12", "CNAS-99999999999999999999-1"}) {
    EXPECT_FALSE(payout_named(cnas, other).has_value()) << other;
  }
  const FundCode longest = test::code<FundCode>("ABCDEFGHIJKL");
  EXPECT_EQ(end_to_end_id(longest, {.run = 9'999'999'999'999, .number = 9'999'999}).size(), 34U);
}

}  // namespace
}  // namespace wasl::core
