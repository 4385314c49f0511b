// What verify asks of claims that were reduced: the claim, what is owed or owed back, what runs
// withhold, and the postings, as the records alone moved them. Each damage of a row is named.

#include "core/ledger.hpp"
#include "store/settlement_followed.hpp"

namespace wasl::store {
namespace {

using core::BankWord;
using core::OwedVerdict;
using core::RunState;
using Effect = core::ReductionDecision::Effect;
using test::dzd;

constexpr auto kNotAsDecided = "its bordereau does not hold it as it was presented, reviewed and";
constexpr auto kNotWhereItWas = "is not where the records put it, or not so";
constexpr auto kNotOwedBackSo = "what a provider owes a fund back is not as the records left it";

// An accepted claim is worth 80.
class ReductionChecked : public test::SettlementFollowed {
 protected:
  core::Command reducing(core::ClaimId claim, core::Cents insurer) {
    std::uint32_t number = 0;
    for (const auto& [key, row] : world.rows) {
      const auto* bordereau = std::get_if<core::Bordereau>(&row);
      if (bordereau == nullptr) continue;
      if (core::presented_claim(*bordereau, claim) != nullptr) number = bordereau->number;
    }
    return reduction(number, claim, insurer);
  }
  void lower(core::ClaimId claim, core::Cents insurer, Effect effect) {
    EXPECT_EQ(ask<core::ReductionDecision>(reducing(claim, insurer)).effect, effect);
  }
  core::ClaimId reduced() {
    const core::ClaimId claim = accept_claim();
    lower(claim, dzd(50), Effect::kOwedLess);
    return claim;
  }
  core::ClaimId paid() {
    const core::ClaimId claim = accept_claim();
    export_run();
    hear({says(payouts().back(), BankWord::kBooked)});
    return claim;
  }
  core::ClaimId owed_back() {
    const core::ClaimId claim = paid();
    lower(claim, dzd(50), Effect::kOwedBack);
    return claim;
  }
  // Of another claim, less what is owed back.
  core::Payout withheld() {
    owed_back();
    accept_claim();
    export_run();
    return payouts().back();
  }
  core::PresentedClaim& claim() { return only<core::Bordereau>().claims[0]; }
  // The set of that cause is another one.
  void repost(core::PostingCause cause, const core::PostingSet& other) {
    for (auto& [key, bytes] : world.index) {
      const auto set = core::decode_postings(core::as_bytes(bytes));
      if (core::posting_place(key) && set->cause == cause) bytes = core::encode_postings(other);
    }
  }
  core::RowKey receivables_key() { return core::receivable_key(fund(), pharmacy()); }
};

TEST_F(ReductionChecked, AcceptsThatLessIsOwedOrNothing) {
  lower(reduced(), dzd(20), Effect::kOwedLess);
  lower(accept_claim(), core::Cents{}, Effect::kOwedLess);
  EXPECT_EQ(owed_rows().size(), 1U);
  export_run();
  hear({says(payouts()[0], BankWord::kBooked)});
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(ReductionChecked, AcceptsARefusedReduction) {
  const core::ClaimId claim = reduced();
  lower(claim, dzd(50), Effect::kRefused);
  export_run();
  lower(claim, dzd(20), Effect::kRefused);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(ReductionChecked, AcceptsWhatIsOwedBackAndWithheld) {
  lower(owed_back(), dzd(40), Effect::kOwedBack);
  EXPECT_EQ(receivable(), dzd(40));
  accept_claim();
  export_run();
  hear({says(payouts().back(), BankWord::kBooked)});
  EXPECT_EQ(payouts().back().withheld, dzd(40));
  EXPECT_EQ(receivable(), core::Cents{});
  EXPECT_EQ(found(), std::vector<std::string>{});
}

// Given back by a cancelled run, rejected by the bank, and returned after it was booked.
TEST_F(ReductionChecked, AcceptsThatWhatWasWithheldIsOwedBackAgain) {
  owed_back();
  accept_claim();
  cancel_run(fill_run());
  EXPECT_EQ(receivable(), dzd(30));
  export_run();
  hear({says(payouts().back(), BankWord::kRejected, "AM05")});
  EXPECT_EQ(receivable(), dzd(30));
  export_run();
  hear({says(payouts().back(), BankWord::kBooked)});
  EXPECT_EQ(receivable(), core::Cents{});
  hear({says(payouts().back(), BankWord::kReturned, "AM05")});
  EXPECT_EQ(receivable(), dzd(30));
  cancel_run(fill_run());
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(ReductionChecked, AcceptsThatAPayeeIsLeftOutWhoOwesMore) {
  lower(paid(), core::Cents{}, Effect::kOwedBack);
  accept_claim();
  const core::Sequence run = propose_run();
  EXPECT_EQ(ask<core::CollectDecision>(step(run)).verdicts[0], OwedVerdict::kOwesMore);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(ReductionChecked, NamesAClaimOfAnotherAmount) {
  reduced();
  claim().insurer += core::Cents{1};
  expect_named(kNotAsDecided);
}

TEST_F(ReductionChecked, NamesAClaimThatWasReducedByAnotherAmount) {
  reduced();
  claim().reduced += core::Cents{1};
  expect_named(kNotAsDecided);
}

TEST_F(ReductionChecked, NamesAClaimThatAnotherRecordReduced) {
  reduced();
  ++claim().reduced_by;
  expect_named(kNotAsDecided);
}

TEST_F(ReductionChecked, NamesAClaimThatWasReducedForAnotherReason) {
  reduced();
  claim().reason = core::ReviewReason::kWrongTarif;
  expect_named(kNotAsDecided);
}

TEST_F(ReductionChecked, NamesWhatIsOwedAsIfNothingHadBeenReduced) {
  reduced();
  only<core::Owed>().item.amount = dzd(80);
  expect_named(kNotWhereItWas);
}

TEST_F(ReductionChecked, NamesWhatIsOwedThoughItWasReducedToNothing) {
  const core::ClaimId claim = accept_claim();
  const core::Owed owed = owed_rows()[0];
  lower(claim, core::Cents{}, Effect::kOwedLess);
  world.rows[core::owed_key(owed.fund, owed.payee, owed.item.record)] = owed;
  expect_named(kNotWhereItWas);
}

TEST_F(ReductionChecked, NamesAnotherAmountThatIsOwedBack) {
  owed_back();
  only<core::Receivable>().amount += core::Cents{1};
  EXPECT_EQ(found(), std::vector<std::string>{std::string("settlement: ") + kNotOwedBackSo});
}

TEST_F(ReductionChecked, NamesWhatIsOwedBackAndInNoRow) {
  owed_back();
  world.rows.erase(receivables_key());
  EXPECT_EQ(found(),
            std::vector<std::string>{"settlement: owed back to a fund, and in no row of it: 1"});
}

TEST_F(ReductionChecked, NamesWhatIsOwedBackStillThoughItWasWithheld) {
  withheld();
  world.rows[receivables_key()] = core::Receivable{fund(), pharmacy(), dzd(30)};
  expect_named(kNotOwedBackSo);
}

TEST_F(ReductionChecked, NamesWhatCameBackAndIsNotOwedBackAgain) {
  hear({says(withheld(), BankWord::kReturned, "AM05")});
  world.rows.erase(receivables_key());
  expect_named("owed back to a fund, and in no row of it: 1");
}

TEST_F(ReductionChecked, NamesAReductionWithoutPostings) {
  reduced();
  std::erase_if(world.index, [](const auto& each) {
    const auto set = core::decode_postings(core::as_bytes(each.second));
    return core::posting_place(each.first) && set->cause == core::PostingCause::kReduction;
  });
  expect_named("ledger: sets of postings that are missing: 1");
}

TEST_F(ReductionChecked, NamesAReductionThatIsPostedAsIfItHadBeenPaid) {
  reduced();
  repost(core::PostingCause::kReduction,
         core::reduction_postings({.claim = claim().claim,
                                   .request_id = claim().request_id,
                                   .kind = core::ClaimKind::kThirdParty,
                                   .insurer = claim().reduced},
                                  1, true, world.now));
  expect_named("its postings are not what it did");
}

TEST_F(ReductionChecked, NamesAPayoutThatDoesNotSayWhatWasWithheld) {
  const core::Payout payout = withheld();
  auto& row = std::get<core::Payout>(world.rows.at(core::payout_key(fund(), payout.id)));
  row.amount += row.withheld;
  row.withheld = {};
  expect_named("the payout 1 of the run " + std::to_string(payout.id.run) +
               " is not as its records left it");
}

TEST_F(ReductionChecked, NamesAPayoutThatIsNotLessByWhatWasWithheld) {
  const core::Payout payout = withheld();
  std::get<core::Payout>(world.rows.at(core::payout_key(fund(), payout.id))).amount = dzd(80);
  expect_named("is not the sum of its items, less what is withheld");
}

TEST_F(ReductionChecked, NamesAnExportThatSentWhatWasWithheldToTheBank) {
  core::Payout whole = withheld();
  whole.withheld = {};
  repost(core::PostingCause::kExport, core::export_postings(whole, dzd(80), world.now));
  expect_named("its postings are not what it did");
}

TEST_F(ReductionChecked, NamesAReturnOfWhatTheBankNeverSaw) {
  core::Payout whole = withheld();
  hear({says(whole, BankWord::kReturned, "AM05")});
  whole.withheld = {};
  repost(core::PostingCause::kReturn, core::return_postings(whole, dzd(80), false, world.now));
  expect_named("its postings are not what it did");
}

TEST_F(ReductionChecked, NamesAStepThatWithholdsAnotherAmount) {
  owed_back();
  accept_claim();
  const core::Command collecting = step(propose_run());
  auto told = std::get<core::CollectDecision>(world.decide(collecting));
  ASSERT_EQ(told.withheld, std::vector{dzd(30)});
  told.withheld[0] = dzd(20);
  follow(world.sequence + 1, collecting, told);
  expect_named(": withholds something else than the payee owes the fund");
}

TEST_F(ReductionChecked, NamesAReductionOfAnotherAmount) {
  core::Command reduction = reducing(accept_claim(), dzd(50));
  const core::Decision decided = world.decide(reduction);
  std::get<core::ReduceClaim>(reduction.request).insurer = dzd(40);
  follow(world.sequence + 1, reduction, decided);
  expect_named(", which is no accepted claim of that amount");
}

TEST_F(ReductionChecked, NamesAReductionOfWhatIsNotPaidAsIfItWere) {
  const core::Command reduction = reducing(accept_claim(), dzd(50));
  auto told = std::get<core::ReductionDecision>(world.decide(reduction));
  told.effect = Effect::kOwedBack;
  follow(world.sequence + 1, reduction, told);
  expect_named(", as if it had been paid");
}

TEST_F(ReductionChecked, NamesAReductionOfWhatARunTook) {
  const core::Command reduction = reducing(accept_claim(), dzd(50));
  const core::Decision decided = world.decide(reduction);
  fill_run();
  follow(world.sequence + 1, reduction, decided);
  expect_named(", which is not owed, or less");
}

}  // namespace
}  // namespace wasl::store
