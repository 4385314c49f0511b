#include "core/row_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "samples.hpp"
#include "support/random_fields.hpp"

namespace wasl::test {
namespace {

using namespace wasl::core;

// A store of rows that answers keys_needed() until nothing is missing.
class NeededRows : public testing::Test {
 protected:
  NeededRows() {
    stored_[registration_key(provider())] = Registration{};
    stored_[card_key(account_.cards[0].number)] = CardLink{account_.insured};
    stored_[account_key(account_.insured)] = account_;
  }

  std::vector<Slot> all_of(Request request) {
    Command command = submit_sample();
    command.request = std::move(request);
    std::vector<Slot> slots;
    RowSet rows;
    std::vector<Need> needs;
    for (keys_needed(command, rows, needs); !needs.empty(); keys_needed(command, rows, needs)) {
      for (const Need& need : needs) {
        EXPECT_EQ(rows.at(need.slot), nullptr);
        rows[need.slot] = &stored_[need.key];
        slots.push_back(need.slot);
      }
    }
    EXPECT_LE(slots.size(), kKeysNeededMax);
    return slots;
  }

  Account account_ = account_sample();
  std::map<RowKey, Row> stored_;
};

TEST_F(NeededRows, OfAClaimAreThoseOfItsBeneficiary) {
  const std::vector<Slot> claim{Slot::kParticipant, Slot::kRequest, Slot::kCard, Slot::kAccount,
                                history_slot(2)};
  EXPECT_EQ(all_of(SubmitClaim{claim_sample()}), claim);
  EXPECT_EQ(all_of(QuoteClaim{claim_sample()}), claim);
}

TEST_F(NeededRows, OfAClaimAreAskedForInTwoRounds) {
  Command command = submit_sample();
  command.request = SubmitClaim{claim_sample()};
  RowSet rows;
  std::vector<Need> needs;
  int rounds = 0;
  for (keys_needed(command, rows, needs); !needs.empty(); keys_needed(command, rows, needs)) {
    for (const Need& need : needs) rows[need.slot] = &stored_[need.key];
    ++rounds;
  }
  EXPECT_EQ(rounds, 2);
}

TEST_F(NeededRows, OfAClaimEndWhereTheCardIsNotKnown) {
  const Claim claim = claim_sample();
  stored_.erase(card_key(account_.cards[0].number));
  EXPECT_EQ(all_of(SubmitClaim{claim}),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard}));
}

TEST_F(NeededRows, OfAnAnsweredRequestAreAskedForNoMore) {
  RequestRow answered = request_row_sample();
  stored_[request_key(provider(), request_id(1), 0)] = answered;
  EXPECT_EQ(all_of(SubmitClaim{claim_sample()}),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard}));
}

TEST_F(NeededRows, OfAnAnsweredRequestIncludeWhoAsks) {
  RowSet rows;
  Row answered = request_row_sample();
  rows[Slot::kRequest] = &answered;
  std::vector<Need> needs;
  keys_needed(submit_sample(), rows, needs);
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs.front().slot, Slot::kParticipant);
}

TEST_F(NeededRows, OfALateOriginalAreAllThereBehindItsTombstone) {
  RequestRow tombstone;
  tombstone.state = RequestState::kReversed;
  stored_[request_key(provider(), request_id(1), 0)] = tombstone;
  EXPECT_EQ(all_of(SubmitClaim{claim_sample()}).size(), 5U);
}

TEST_F(NeededRows, OfAReversalAreTheOriginalAndTheHistoryItReleases) {
  const std::vector<Slot> unseen{Slot::kParticipant, Slot::kRequest, Slot::kOriginal};
  EXPECT_EQ(all_of(ReverseClaim{request_id(2), ReversalCause::kNoAnswer}), unseen);

  RequestRow original = request_row_sample();
  stored_[request_key(provider(), request_id(2), 0)] = original;
  EXPECT_EQ(all_of(ReverseClaim{request_id(2), ReversalCause::kNoAnswer}),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kOriginal, history_slot(2)}));

  original.state = RequestState::kReversed;
  stored_[request_key(provider(), request_id(2), 0)] = original;
  EXPECT_EQ(all_of(ReverseClaim{request_id(2), ReversalCause::kNoAnswer}), unseen);
}

TEST_F(NeededRows, OfAStatusQueryHaveNoRequestOfItsOwn) {
  EXPECT_EQ(all_of(GetClaim{request_id(2), true}),
            (std::vector{Slot::kParticipant, Slot::kOriginal}));
  EXPECT_EQ(all_of(ListClaims{}), (std::vector{Slot::kParticipant}));
  EXPECT_EQ(all_of(ListPriorAgreements{}), (std::vector{Slot::kParticipant}));
  EXPECT_EQ(all_of(ListBalances{}), (std::vector{Slot::kParticipant}));
  EXPECT_EQ(all_of(ListPostings{}), (std::vector{Slot::kParticipant}));
}

TEST_F(NeededRows, OfAClosingAreThoseOfTheClaimsThatBothSidesKnow) {
  Command command = submit_sample();
  CloseBordereau closing;
  closing.fund = code<FundCode>("CNAS");
  closing.claims = {{3, Cents{1}}, {5, Cents{1}}, {9, Cents{1}}};
  command.request = closing;
  RowSet rows;
  std::vector<Need> needs;
  keys_needed(command, rows, needs);
  ASSERT_EQ(needs.size(), 3U) << "participant, request, presentation: nothing was scanned yet";
  for (const Need& need : needs) rows.provide(need, &stored_[need.key]);

  command.closing.holdings = Holdings{.claims = {{3, request_id(3), Cents{1}},
                                                 {4, request_id(4), Cents{1}},
                                                 {9, request_id(9), Cents{1}}}};
  keys_needed(command, rows, needs);
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].index, 0U);
  EXPECT_EQ(needs[0].key, request_key(command.from, request_id(3), 0));
  EXPECT_EQ(needs[1].index, 2U);
  EXPECT_EQ(needs[1].key, request_key(command.from, request_id(9), 0));
  for (const Need& need : needs) rows.provide(need, &stored_[need.key]);
  keys_needed(command, rows, needs);
  EXPECT_TRUE(needs.empty());
}

// Of a presented claim: its bordereau knows how it stands.
TEST_F(NeededRows, OfAPresentedClaimIncludeItsBordereau) {
  RequestRow presented = request_row_sample();
  presented.state = RequestState::kPresented;
  presented.bordereau = 12;
  stored_[request_key(provider(), request_id(2), 0)] = presented;
  const std::vector of_original{Slot::kParticipant, Slot::kRequest, Slot::kOriginal,
                                Slot::kBordereau};
  EXPECT_EQ(all_of(ReverseClaim{request_id(2), ReversalCause::kNoAnswer}), of_original);
  EXPECT_EQ(all_of(GetClaim{request_id(2), false}),
            (std::vector{Slot::kParticipant, Slot::kOriginal, Slot::kBordereau}));
  stored_[request_key(provider(), request_id(1), 0)] = presented;
  EXPECT_EQ(all_of(SubmitClaim{claim_sample()}),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard, Slot::kBordereau}))
      << "a repeat: what was asked for before its row was known, then the bordereau";
}

TEST_F(NeededRows, OfACorrectionAreTheAccountAndHistoryOfTheRejectedClaim) {
  RequestRow original = request_row_sample();
  stored_[request_key(provider(), request_id(2), 0)] = original;
  const CorrectClaim correction{
      .original = request_id(2), .terminal = {}, .prescription = {}, .lines = {}};
  const std::vector refused{Slot::kParticipant, Slot::kRequest, Slot::kOriginal};
  EXPECT_EQ(all_of(correction), refused);
  original.state = RequestState::kRejected;
  original.bordereau = 12;
  stored_[request_key(provider(), request_id(2), 0)] = original;
  EXPECT_EQ(all_of(correction), (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kOriginal,
                                             Slot::kAccount, history_slot(original.rank)}));
}

TEST_F(NeededRows, OfAReviewAreThoseOfTheClaimsThatItRejects) {
  Bordereau bordereau;
  bordereau.claims.resize(2);
  bordereau.claims[0].claim = 3;
  bordereau.claims[0].request_id = request_id(3);
  bordereau.claims[1].claim = 5;
  bordereau.claims[1].request_id = request_id(5);
  stored_[bordereau_key(code<FundCode>("CNAS"), provider(), 12)] = bordereau;
  RequestRow presented = request_row_sample();
  presented.state = RequestState::kPresented;
  stored_[request_key(provider(), request_id(5), 0)] = presented;
  ReviewBordereau review;
  review.fund = code<FundCode>("CNAS");
  review.provider = provider();
  review.number = 12;
  review.verdicts.resize(3);
  review.verdicts[0].claim = 3;
  review.verdicts[1].claim = 5;
  review.verdicts[1].verdict = Verdict::kReject;
  review.verdicts[2].claim = 9;
  review.verdicts[2].verdict = Verdict::kReject;
  Command command = submit_sample();
  command.from = {Role::kCentre, code<ParticipantId>("16-01")};
  command.request = review;
  RowSet rows;
  std::vector<Need> needs;
  keys_needed(command, rows, needs);
  ASSERT_EQ(needs.size(), 3U);
  for (const Need& need : needs) rows.provide(need, &stored_[need.key]);
  keys_needed(command, rows, needs);
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs[0].slot, Slot::kListed);
  EXPECT_EQ(needs[0].index, 1U);
  EXPECT_EQ(needs[0].key, request_key(provider(), request_id(5), 0));
  for (const Need& need : needs) rows.provide(need, &stored_[need.key]);
  keys_needed(command, rows, needs);
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs[0].slot, Slot::kListedHistory);
  EXPECT_EQ(needs[0].key, history_key(presented.insured, presented.rank));
  for (const Need& need : needs) rows.provide(need, &stored_[need.key]);
  keys_needed(command, rows, needs);
  EXPECT_TRUE(needs.empty());
}

TEST_F(NeededRows, OfALookUpCoverEveryRankOfTheCard) {
  GetRights request;
  request.card = claim_sample().card;
  EXPECT_EQ(all_of(request), (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard,
                                          Slot::kAccount, history_slot(1), history_slot(2)}));
  account_.cards[0].kind = CardKind::kIndividual;
  account_.cards[0].rank = 2;
  stored_[account_key(account_.insured)] = account_;
  EXPECT_EQ(all_of(request), (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard,
                                          Slot::kAccount, history_slot(2)}));
}

TEST_F(NeededRows, OfAFullFamilyAreTheMost) {
  account_.beneficiaries.clear();
  for (std::uint8_t rank = 1; rank <= kRankMax; ++rank) {
    account_.beneficiaries.push_back({rank, day(2000, 1, 1), RateBasis::kStandard, {}, {}});
  }
  stored_[account_key(account_.insured)] = account_;
  GetRights request;
  request.card = claim_sample().card;
  EXPECT_EQ(all_of(request).size(), kKeysNeededMax);
}

TEST_F(NeededRows, OfACardUpdateOrReportHaveNoHistory) {
  UpdateCard update;
  update.card = claim_sample().card;
  const std::vector<Slot> of_card{Slot::kParticipant, Slot::kRequest, Slot::kCard, Slot::kAccount};
  EXPECT_EQ(all_of(update), of_card);
  EXPECT_EQ(all_of(RequestPriorAgreement{update.card.number, 1, {}, {}}), of_card);
  ReportCard report;
  report.card = update.card.number;
  EXPECT_EQ(all_of(report), of_card);
  report.action = CardAction::kReplace;
  report.replacement = code<CardNumber>("2");
  EXPECT_EQ(all_of(report), (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kCard,
                                         Slot::kReplacement, Slot::kAccount}));
}

TEST_F(NeededRows, OfAFeedShowWhetherACardIsSomebodyElses) {
  Account fed = account_;
  fed.cards.resize(kFeedCardsMax, fed.cards[0]);
  std::vector<Slot> expected{Slot::kParticipant, Slot::kRequest, Slot::kAccount};
  for (std::size_t i = 0; i < kFeedCardsMax; ++i) expected.push_back(link_slot(i));
  EXPECT_EQ(all_of(PutAccount{fed}), expected);
  PutCard card;
  card.insured = account_.insured;
  card.card = account_.cards[0];
  EXPECT_EQ(all_of(card),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kAccount, Slot::kReplacement}));
}

TEST_F(NeededRows, OfOtherFeedsAndDecisions) {
  const std::vector<Slot> own{Slot::kParticipant, Slot::kRequest};
  EXPECT_EQ(all_of(PutProduct{}), own);
  EXPECT_EQ(all_of(PutTarif{}), own);
  EXPECT_EQ(all_of(PutPrescriber{}), own);
  EXPECT_EQ(all_of(PutRulebook{}), own);
  PutRegistration registration;
  registration.registration.participant = {Role::kCentre, code<ParticipantId>("16")};
  EXPECT_EQ(all_of(registration), (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kTarget}));
  EXPECT_EQ(all_of(DecidePriorAgreement{account_.insured, 9, true, {}}),
            (std::vector{Slot::kParticipant, Slot::kRequest, Slot::kAccount}));
}

TEST(NeededRowsOfAnOperator, AreNone) {
  Command command;
  std::vector<Need> needs;
  for (const Request& request : {Request{ConfirmClock{}}, Request{Import{}}}) {
    command.request = request;
    keys_needed(command, RowSet{}, needs);
    EXPECT_TRUE(needs.empty());
  }
}

}  // namespace
}  // namespace wasl::test
