// Closings, reviews, corrections and the pages of bordereaux as they travel.

#include <gtest/gtest.h>

#include "core/bordereau.hpp"
#include "core/codec.hpp"
#include "wire/pages.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

core::CloseBordereau taken(const v1::Envelope& envelope) {
  const auto answer = test::decode(envelope, test::pharmacy());
  EXPECT_TRUE(answer) << answer.error().sentence;
  return answer ? std::get<core::CloseBordereau>(answer->commands.front().request)
                : core::CloseBordereau{};
}

TEST(CloseBordereau, BringsTheListAsItWasSigned) {
  const core::CloseBordereau closing = taken(test::close_bordereau());
  EXPECT_EQ(closing.fund.view(), "CNAS");
  EXPECT_EQ(closing.up_to, 78U);
  const std::vector<core::ListedClaim> claims{{77, core::Cents{96'000}}, {78, core::Cents{4}}};
  EXPECT_EQ(closing.claims, claims);
  EXPECT_EQ(closing.count, 2U);
  EXPECT_EQ(closing.total, core::Cents{96'004});
  EXPECT_EQ(closing.digest[0], 0xd0);
  EXPECT_EQ(closing.signing_key, "key");
  EXPECT_EQ(closing.signature, "signature");
}

TEST(CloseBordereau, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change) {
    v1::Envelope envelope = test::close_bordereau();
    change(*envelope.mutable_close_bordereau());
    return test::faulty_field(envelope, test::pharmacy());
  };
  EXPECT_EQ(broken([](auto& it) { it.set_fund(""); }), "fund");
  EXPECT_EQ(broken([](auto& it) { it.set_up_to(0); }), "up_to");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(1)->set_claim_id(77); }), "claims[1].claim_id");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_claim_id(0); }), "claims[0].claim_id");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_insurer_cents(0); }),
            "claims[0].insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.mutable_claims(0)->set_insurer_cents(INT64_MAX); }),
            "claims[0].insurer_cents");
  EXPECT_EQ(broken([](auto& it) { it.set_total_cents(-1); }), "total_cents");
  EXPECT_EQ(broken([](auto& it) { it.set_digest("short"); }), "digest");
  EXPECT_EQ(broken([](auto& it) { it.set_signing_key(""); }), "signing_key");
  EXPECT_EQ(broken([](auto& it) { it.set_signature(std::string(142, 's')); }), "signature");
  EXPECT_EQ(broken([](auto& it) {
              for (int i = 0; i < 99; ++i) *it.add_claims() = it.claims(0);
            }),
            "claims");
}

TEST(GetBordereau, OfAFundNamesTheProvider) {
  v1::Envelope envelope;
  envelope.mutable_get_bordereau()->set_number(1);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "provider");
  envelope.mutable_get_bordereau()->mutable_provider()->set_role(v1::PROVIDER);
  envelope.mutable_get_bordereau()->mutable_provider()->set_id("16-004512");
  EXPECT_EQ(test::verdict(envelope, test::fund()), "taken");
  envelope.mutable_get_bordereau()->set_number(0);
  EXPECT_EQ(test::faulty_field(envelope, test::fund()), "number");
}

// Both name the pharmacy; the fund of a fund's operator is its own.
TEST(GetBordereau, OfAnOperatorNamesFundAndProvider) {
  v1::Envelope envelope;
  v1::GetBordereau& get = *envelope.mutable_get_bordereau();
  get.set_number(1);
  EXPECT_EQ(test::faulty_field(envelope, test::clerk()), "fund");
  get.set_fund("CNAS");
  EXPECT_EQ(test::faulty_field(envelope, test::clerk()), "provider");
  test::name_bordereau(get);
  EXPECT_EQ(test::verdict(envelope, test::clerk()), "taken");
  EXPECT_EQ(test::verdict(envelope, test::fund_clerk()), "taken");
  get.set_fund("CASNOS");
  EXPECT_EQ(test::verdict(envelope, test::clerk()), "taken");
  EXPECT_EQ(test::faulty_field(envelope, test::fund_clerk()), "fund");
}

TEST(ReviewBordereau, BringsEachVerdict) {
  const auto answer = test::decode(test::review_bordereau(), test::clerk());
  ASSERT_TRUE(answer) << answer.error().sentence;
  const auto& review = std::get<core::ReviewBordereau>(answer->commands.front().request);
  EXPECT_EQ(review.fund.view(), "CNAS");
  EXPECT_EQ(review.provider, test::pharmacy());
  EXPECT_EQ(review.number, 3U);
  EXPECT_TRUE(review.accept_rest);
  ASSERT_EQ(review.verdicts.size(), 2U);
  EXPECT_EQ(review.verdicts[0].claim, 77U);
  EXPECT_EQ(review.verdicts[0].verdict, core::Verdict::kReject);
  EXPECT_EQ(review.verdicts[0].reason, core::ReviewReason::kWrongTarif);
  EXPECT_EQ(review.verdicts[1].verdict, core::Verdict::kHold);
  EXPECT_EQ(core::to_text(review.verdicts[1].until), "2026-03-20");
  EXPECT_EQ(review.verdicts[1].owner, core::StepOwner::kProvider);
}

TEST(ReviewBordereau, IsMalformedOutsideItsBounds) {
  const auto broken = [](auto change) {
    v1::Envelope envelope = test::review_bordereau();
    change(*envelope.mutable_review_bordereau());
    return test::faulty_field(envelope, test::clerk());
  };
  EXPECT_EQ(broken([](auto& it) { it.set_number(0); }), "number");
  EXPECT_EQ(broken([](auto& it) { it.clear_provider(); }), "provider");
  EXPECT_EQ(broken([](auto& it) {
              it.clear_verdicts();
              it.set_accept_rest(false);
            }),
            "verdicts");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(1)->set_claim_id(77); }),
            "verdicts[1].claim_id");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(0)->clear_verdict(); }),
            "verdicts[0].verdict");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(0)->clear_reason(); }), "verdicts[0].reason");
  EXPECT_EQ(
      broken([](auto& it) { it.mutable_verdicts(0)->set_verdict(v1::ReviewVerdict::ACCEPT); }),
      "verdicts[0].reason");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(0)->set_until("2026-03-20"); }),
            "verdicts[0].until");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(1)->clear_until(); }), "verdicts[1].until");
  EXPECT_EQ(broken([](auto& it) { it.mutable_verdicts(1)->clear_owner(); }), "verdicts[1].owner");
  EXPECT_EQ(broken([](auto& it) {
              for (int i = 0; i < 39; ++i) *it.add_verdicts() = it.verdicts(0);
            }),
            "verdicts");
}

TEST(ListReviews, GoOnBehindTheLastRow) {
  v1::Envelope envelope = test::list_reviews();
  v1::ListReviews& list = *envelope.mutable_list_reviews();
  list.set_after_number(2);
  EXPECT_EQ(test::faulty_field(envelope, test::clerk()), "after_number");
  list.set_after_deadline("2026-03-25");
  list.set_after_closed_by(9);
  const auto answer = test::decode(envelope, test::clerk());
  ASSERT_TRUE(answer);
  const auto& taken = std::get<core::ListReviews>(answer->commands.front().request);
  EXPECT_EQ(core::to_text(*taken.after_day), "2026-03-25");
  EXPECT_EQ(taken.after_closing, 9U);
  EXPECT_EQ(taken.after_number, 2U);
}

TEST(CorrectClaim, BringsWhatMayChange) {
  const auto answer = test::decode(test::correct_claim(), test::pharmacy());
  ASSERT_TRUE(answer) << answer.error().sentence;
  const auto& correction = std::get<core::CorrectClaim>(answer->commands.front().request);
  const auto original = test::decode(test::submit(), test::pharmacy());
  const auto& claim = std::get<core::SubmitClaim>(original->commands.front().request).claim;
  EXPECT_EQ(correction.original, original->commands.front().request_id);
  EXPECT_EQ(correction.prescription, claim.prescription);
  EXPECT_EQ(correction.lines, claim.lines);
}

TEST(CorrectClaim, NamesAnotherRequestThanItself) {
  v1::Envelope envelope = test::correct_claim();
  envelope.mutable_correct_claim()->set_original_request_id(envelope.correct_claim().request_id());
  EXPECT_EQ(test::faulty_field(envelope, test::pharmacy()), "original_request_id");
  envelope = test::correct_claim();
  envelope.mutable_correct_claim()->clear_lines();
  EXPECT_EQ(test::faulty_field(envelope, test::pharmacy()), "lines");
}

core::Bordereau reviewed() {
  core::Bordereau bordereau;
  bordereau.fund = *core::FundCode::make("CNAS");
  bordereau.provider = test::pharmacy();
  bordereau.number = 3;
  bordereau.centre = test::centre().id;
  bordereau.closed_by = 90;
  bordereau.due = *core::parse_day("2026-03-25");
  for (const core::ClaimId claim : {77U, 78U, 79U}) {
    bordereau.claims.emplace_back().claim = claim;
    bordereau.claims.back().insurer = core::Cents{static_cast<std::int64_t>(claim)};
    bordereau.total += bordereau.claims.back().insurer;
  }
  core::PresentedClaim& held = bordereau.claims[0];
  held.state = core::RequestState::kHeld;
  held.reason = core::ReviewReason::kMedicalControl;
  held.until = *core::parse_day("2026-03-20");
  held.owner = core::StepOwner::kFund;
  held.reviewed_by = 91;
  bordereau.claims[1].state = core::RequestState::kAccepted;
  bordereau.claims[1].reviewed_by = 91;
  return bordereau;
}

TEST(BordereauxPage, TellsHowEachClaimStands) {
  const core::Bordereau row = reviewed();
  core::Listed listed;
  listed.deed = core::Deed::kGetBordereau;
  std::string bytes;
  core::encode_row(row, bytes);
  listed.rows = {{core::bordereau_key(row.fund, row.provider, row.number), bytes}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::Bordereau& shown = envelope.bordereaux_page().bordereaux(0);
  EXPECT_EQ(shown.centre(), test::centre().id.view());
  EXPECT_EQ(shown.accepted_cents(), 78);
  EXPECT_EQ(shown.rejected_cents(), 0);
  EXPECT_EQ(shown.claims(0).state(), v1::HELD);
  EXPECT_EQ(shown.claims(0).reason(), v1::MEDICAL_CONTROL);
  EXPECT_EQ(shown.claims(0).until(), "2026-03-20");
  EXPECT_EQ(shown.claims(0).owner(), v1::STEP_OF_FUND);
  EXPECT_EQ(shown.claims(0).reviewed_by(), 91U);
  EXPECT_EQ(shown.claims(1).state(), v1::ACCEPTED);
  EXPECT_EQ(shown.claims(2).state(), v1::PRESENTED);
  EXPECT_EQ(shown.claims(2).until(), "");
}

TEST(BordereauxPage, TellsWhatWasReduced) {
  core::Bordereau row = reviewed();
  core::PresentedClaim& accepted = row.claims[1];
  accepted.insurer = core::Cents{70};
  accepted.reduced = core::Cents{8};
  accepted.reduced_by = 93;
  accepted.reason = core::ReviewReason::kWrongTarif;
  const v1::Envelope envelope = test::page_of(test::page_with(
      core::Deed::kGetBordereau, core::bordereau_key(row.fund, row.provider, row.number), row));
  const v1::Bordereau& shown = envelope.bordereaux_page().bordereaux(0);
  EXPECT_EQ(shown.total_cents(), 77 + 78 + 79);
  EXPECT_EQ(shown.accepted_cents(), 70);
  EXPECT_EQ(shown.reduced_cents(), 8);
  EXPECT_EQ(shown.claims(1).insurer_cents(), 70);
  EXPECT_EQ(shown.claims(1).reduced_cents(), 8);
  EXPECT_EQ(shown.claims(1).reduced_by(), 93U);
  EXPECT_EQ(shown.claims(1).reviewed_by(), 91U);
  EXPECT_EQ(shown.claims(1).reason(), v1::WRONG_TARIF);
  EXPECT_EQ(shown.claims(0).reduced_by(), 0U);
}

// Each state of the payout is one of the claims that it pays; the other claims have no reference.
TEST(BordereauxPage, NamesThePayoutOfAClaimAndWhereItStands) {
  const std::pair<core::PayoutState, v1::State> table[] = {
      {core::PayoutState::kTaken, v1::IN_RUN},
      {core::PayoutState::kExported, v1::EXPORTED},
      {core::PayoutState::kPaid, v1::PAID},
      {core::PayoutState::kReturned, v1::RETURNED}};
  for (const auto& [payout, claim] : table) {
    core::Bordereau row = reviewed();
    row.paid = {{.acceptance = 91, .by = {.payout = {.run = 95, .number = 2}, .state = payout}}};
    core::Listed listed;
    listed.deed = core::Deed::kGetBordereau;
    std::string bytes;
    core::encode_row(row, bytes);
    listed.rows = {{core::bordereau_key(row.fund, row.provider, row.number), bytes}};
    const v1::Envelope envelope = test::page_of(listed);
    const v1::Bordereau& shown = envelope.bordereaux_page().bordereaux(0);
    EXPECT_EQ(shown.claims(1).state(), claim);
    EXPECT_EQ(shown.claims(1).payment_reference(), "CNAS-95-2");
    EXPECT_EQ(shown.claims(0).payment_reference(), "");
    EXPECT_EQ(shown.claims(2).payment_reference(), "");
  }
}

TEST(ReviewsPage, NamesTheBordereauItsDeadlineAndWhatWaits) {
  const auto open = core::open_review(reviewed());
  ASSERT_TRUE(open);
  core::Listed listed;
  listed.deed = core::Deed::kListReviews;
  listed.more = true;
  listed.rows = {{open->key, core::encode_index_row(open->row)}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::ReviewsPage& page = envelope.reviews_page();
  EXPECT_EQ(page.reviews(0).provider().id(), test::pharmacy().id.view());
  EXPECT_EQ(page.reviews(0).number(), 3U);
  EXPECT_EQ(page.reviews(0).deadline(), "2026-03-20");
  EXPECT_EQ(page.reviews(0).held(), 1U);
  EXPECT_EQ(page.reviews(0).presented(), 1U);
  EXPECT_EQ(page.reviews(0).insurer_cents(), 77 + 79);
  EXPECT_EQ(page.next_after_deadline(), "2026-03-20");
  EXPECT_EQ(page.next_after_closed_by(), 90U);
  EXPECT_EQ(page.next_after_number(), 3U);
}

TEST(ListBordereaux, OfAPharmacyAreItsOwn) {
  v1::Envelope envelope;
  envelope.mutable_list_bordereaux()->set_fund("CNAS");
  envelope.mutable_list_bordereaux()->set_after(7);
  const auto answer = test::decode(envelope, test::pharmacy());
  ASSERT_TRUE(answer);
  const auto& list = std::get<core::ListBordereaux>(answer->commands.front().request);
  EXPECT_EQ(list.provider, test::pharmacy());
  EXPECT_EQ(list.after_provider, test::pharmacy());
  EXPECT_EQ(list.after, 7U);
  v1::ParticipantName& behind = *envelope.mutable_list_bordereaux()->mutable_after_provider();
  behind.set_role(v1::PROVIDER);
  behind.set_id(std::string(test::pharmacy().id.view()));
  EXPECT_EQ(test::verdict(envelope, test::pharmacy()), "taken");
  behind.set_id("16-000002");
  EXPECT_EQ(test::faulty_field(envelope, test::pharmacy()), "after_provider");
}

}  // namespace
}  // namespace wasl::wire
