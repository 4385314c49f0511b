// A provider's end of day: what is refused, in the order of the checks, and what a closing does.

#include <gtest/gtest.h>

#include "core/presenting.hpp"
#include "core/rulebook_used.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::kSigningKey;
using test::line;

class Closing : public test::Presenting {
 protected:
  static CloseBordereau& list_of(Command& command) {
    return std::get<CloseBordereau>(command.request);
  }
  ClosingDecision decide(const Command& command) {
    return std::get<ClosingDecision>(world.decide(command));
  }
  ClosingDecision run(const Command& command) {
    return std::get<ClosingDecision>(world.run(command));
  }
  static PresentedClaim presented(ClaimId id, const Command& claim, Cents insurer) {
    PresentedClaim expected;
    expected.claim = id;
    expected.request_id = claim.request_id;
    expected.insurer = insurer;
    return expected;
  }
  static RowKey presentation_row() { return presentation_key(fund(), pharmacy()); }
};

// The counts and ceilings of the rulebook would decline what these tests need.
class LongClosing : public Closing {
 protected:
  void SetUp() override {
    Closing::SetUp();
    Rulebook rulebook = test::dz_cnas();
    for (Parameters& period : rulebook.periods) {
      period.prescriptions_per_quarter.reset();
      period.prescription_ceiling.reset();
      period.refill_days_left_max = kSupplyDaysMax;
    }
    world.reference.put(rulebook);
  }
};

TEST_F(Closing, OfWhatTheSwitchHoldsPresentsEveryClaim) {
  const Command first = approved(1000);
  const Sequence first_id = world.sequence;
  const Command second = approved(200, "B");
  const Sequence second_id = world.sequence;
  const ClosingDecision decision =
      run(closing({{first_id, dzd(800)}, {second_id, dzd(160)}}, second_id));
  EXPECT_EQ(decision.reason, Reason::kNone);
  EXPECT_EQ(decision.first, 1U);
  EXPECT_EQ(decision.due, test::day("2026-03-25"));
  const RequestRow* row = world.request_row(first);
  EXPECT_EQ(row->state, RequestState::kPresented);
  EXPECT_EQ(row->bordereau, 1U);
  const Bordereau made = bordereau(1);
  EXPECT_EQ(made.total, dzd(960));
  EXPECT_EQ(made.up_to, second_id);
  EXPECT_EQ(made.closed_by, world.sequence);
  EXPECT_EQ(made.centre, test::code<ParticipantId>(test::kCentre));
  ASSERT_EQ(made.claims.size(), 2U);
  EXPECT_EQ(made.claims[0], presented(first_id, first, dzd(800)));
  EXPECT_EQ(made.claims[1], presented(second_id, second, dzd(160)));
}

TEST_F(Closing, NamesTheFirstOfItsChecksThatFails) {
  approved();
  const Sequence id = world.sequence;
  Command command = closing({{id, dzd(81)}}, id);
  CloseBordereau& list = list_of(command);
  command.closing.list = ListVerdict::kDigestWrong;
  command.closing.holdings->whole = false;
  command.closing.holdings->as_of = id - 1;
  list.fund = test::code<FundCode>("OTHER");
  list.claims.clear();
  list.count = 7;
  list.total = dzd(7);
  list.signing_key = "another";
  world.pharmacy().signing_key.clear();

  EXPECT_EQ(decide(command).reason, Reason::kFundUnknown);
  list.fund = test::code<FundCode>(test::kFund);
  EXPECT_EQ(decide(command).reason, Reason::kBordereauEmpty);
  list.claims = {{id, dzd(81)}};
  EXPECT_EQ(decide(command).reason, Reason::kBordereauCountWrong);
  list.count = 1;
  EXPECT_EQ(decide(command).reason, Reason::kBordereauTotalWrong);
  list.total = dzd(81);
  EXPECT_EQ(decide(command).reason, Reason::kBordereauDigestWrong);
  command.closing.list = ListVerdict::kSignatureWrong;
  EXPECT_EQ(decide(command).reason, Reason::kSigningKeyMissing);
  world.pharmacy().signing_key = kSigningKey;
  EXPECT_EQ(decide(command).reason, Reason::kSignatureInvalid);
  list.signing_key = kSigningKey;
  EXPECT_EQ(decide(command).reason, Reason::kSignatureInvalid);
  command.closing.list = ListVerdict::kRight;
  list.up_to = 0;
  EXPECT_EQ(decide(command).reason, Reason::kBordereauClosedAlready);
  list.up_to = id;
  EXPECT_EQ(decide(command).reason, Reason::kBordereauAhead);
  command.closing.holdings->as_of = id;
  EXPECT_EQ(decide(command).reason, Reason::kBordereauTooLong);
  command.closing.holdings->whole = true;
  EXPECT_EQ(decide(command).reason, Reason::kBordereauDiffers);
  list.claims = {{id, dzd(80)}};
  list.total = dzd(80);
  EXPECT_EQ(decide(command).reason, Reason::kNone);
}

TEST_F(Closing, IsRecordedWithItsFundsRulebook) {
  approved();
  const Command command = closing({{world.sequence, dzd(80)}}, world.sequence);
  const Rulebook* rulebook = world.reference.rulebook_of(test::code<FundCode>(test::kFund));
  Rulebook named = *rulebook;
  named.hash.fill(0xab);
  world.reference.put(named);
  EXPECT_EQ(rulebook_used(command, world.rows_for(command), world.reference), named.hash);
}

TEST_F(Closing, OfASuspendedPharmacyIsRefused) {
  approved();
  const Sequence id = world.sequence;
  const Command command = closing({{id, dzd(80)}}, id);
  world.pharmacy().suspended = true;
  EXPECT_EQ(decide(command).reason, Reason::kParticipantSuspended);
}

TEST_F(Closing, OfADifferentListClosesNothingAndNamesEachDifference) {
  const Command first = approved();
  const Sequence first_id = world.sequence;
  approved(200, "B");
  const Sequence second_id = world.sequence;
  const ClosingDecision decision =
      run(closing({{second_id, dzd(161)}, {second_id + 1, dzd(1)}}, second_id));
  EXPECT_EQ(decision.reason, Reason::kBordereauDiffers);
  EXPECT_EQ(decision.first, 0U);
  const std::vector<ListDifference> expected{{first_id, ListSide::kOnlyHeld, dzd(80)},
                                             {second_id, ListSide::kAmountDiffers, dzd(160)},
                                             {second_id + 1, ListSide::kOnlyListed, {}}};
  EXPECT_EQ(decision.differences, expected);
  EXPECT_EQ(world.request_row(first)->state, RequestState::kApproved);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(world.rows[presentation_row()]));
}

TEST_F(Closing, LeavesLaterClaimsForTheNext) {
  approved();
  const Sequence first_id = world.sequence;
  const Command later = approved(200, "B");
  const Sequence later_id = world.sequence;
  EXPECT_EQ(run(closing({{first_id, dzd(80)}}, first_id)).first, 1U);
  EXPECT_EQ(world.request_row(later)->state, RequestState::kApproved);
  EXPECT_EQ(run(closing({{later_id, dzd(160)}}, later_id)).first, 2U);
  EXPECT_EQ(bordereau(2).claims.front().claim, later_id);
}

TEST_F(Closing, OfAClaimThatWasReversedSinceTheScanDiffers) {
  const Command claim = approved();
  const Sequence id = world.sequence;
  const Command command = closing({{id, dzd(80)}}, id);
  world.run(world.reversal(claim));
  const ClosingDecision decision = decide(command);
  EXPECT_EQ(decision.reason, Reason::kBordereauDiffers);
  EXPECT_EQ(decision.differences.front().side, ListSide::kOnlyListed);
}

TEST_F(Closing, MakesItsClaimsIrreversible) {
  const Command claim = approved();
  const Sequence id = world.sequence;
  run(closing({{id, dzd(80)}}, id));
  const auto refused = std::get<ReversalDecision>(world.run(world.reversal(claim)));
  EXPECT_EQ(refused.effect, ReversalDecision::Effect::kRefused);
  EXPECT_EQ(refused.reason, Reason::kAlreadyPresented);
  EXPECT_EQ(refused.claim, id);
  EXPECT_EQ(world.request_row(claim)->state, RequestState::kPresented);
}

TEST_F(Closing, OfTheSameClaimTwiceIsRefused) {
  approved();
  const Sequence id = world.sequence;
  run(closing({{id, dzd(80)}}, id));
  EXPECT_EQ(run(closing({{id, dzd(80)}}, id)).reason, Reason::kBordereauClosedAlready);
  const ClosingDecision again = run(closing({{id, dzd(80)}}, world.sequence));
  EXPECT_EQ(again.reason, Reason::kBordereauDiffers);
  EXPECT_EQ(again.differences.front().side, ListSide::kOnlyListed);
}

TEST_F(LongClosing, IsCutIntoBordereauxInItsOrder) {
  std::vector<ListedClaim> claims;
  for (int i = 0; i < 45; ++i) {
    world.put(test::product("P" + std::to_string(i), dzd(100)));
    approved(100, "P" + std::to_string(i));
    claims.push_back({world.sequence, dzd(80)});
  }
  const ClosingDecision decision = run(closing(claims, claims.back().claim));
  EXPECT_EQ(decision.claims_each, 20);
  EXPECT_EQ(bordereau(1).claims.size(), 20U);
  EXPECT_EQ(bordereau(2).claims.front().claim, claims[20].claim);
  EXPECT_EQ(bordereau(3).claims.size(), 5U);
  EXPECT_EQ(bordereau(3).total, dzd(400));
  EXPECT_EQ(std::get<Presentation>(world.rows[presentation_row()]).bordereaux, 3U);
}

TEST_F(LongClosing, ChangesABoundedNumberOfRows) {
  Rulebook rulebook = *world.reference.rulebook_of(test::code<FundCode>(test::kFund));
  for (Parameters& period : rulebook.periods) period.bordereau_claims_max = 5;
  world.reference.put(rulebook);
  std::vector<ListedClaim> claims;
  for (std::size_t i = 0; i < kClosingClaimsMax; ++i) {
    world.put(test::product("P" + std::to_string(i), dzd(100)));
    approved(100, "P" + std::to_string(i));
    claims.push_back({world.sequence, dzd(80)});
  }
  const Command command = closing(claims, claims.back().claim);
  RowSet rows = world.rows_for(command);
  const Decision decision = core::decide(command, rows, world.reference, world.now);
  const Touched touched =
      apply(command, decision, {world.sequence + 1, world.now}, "answer", rows, world.reference);
  const std::size_t changed = test::rows_changed(touched);
  EXPECT_EQ(changed, 100U + 100U + 20U + 20U + 2U);
  EXPECT_LE(changed, 256U);
}

}  // namespace
}  // namespace wasl::core
