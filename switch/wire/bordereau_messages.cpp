// Pages of bordereaux and of their open reviews.

#include "core/bordereau.hpp"
#include "core/codec.hpp"
#include "core/run.hpp"
#include "wire/answer_messages.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::RequestState::kDone, v1::DONE));
static_assert(same(core::RequestState::kPresented, v1::PRESENTED));
static_assert(same(core::RequestState::kCorrected, v1::CORRECTED));
static_assert(same(core::RequestState::kInRun, v1::IN_RUN));
static_assert(same(core::RequestState::kExported, v1::EXPORTED));
static_assert(same(core::RequestState::kPaid, v1::PAID));
static_assert(same(core::RequestState::kReturned, v1::RETURNED));
static_assert(same(core::ReviewReason::kWrongTarif, v1::WRONG_TARIF));
static_assert(same(core::ReviewReason::kMedicalControl, v1::MEDICAL_CONTROL));
static_assert(same(core::StepOwner::kProvider, v1::STEP_OF_PROVIDER));
static_assert(same(core::StepOwner::kFund, v1::STEP_OF_FUND));
static_assert(same(core::Verdict::kAccept, v1::ReviewVerdict::ACCEPT));
static_assert(same(core::Verdict::kHold, v1::ReviewVerdict::HOLD));

void set_claims(const core::Bordereau& from, v1::Bordereau& out) {
  for (const core::PresentedClaim& each : from.claims) {
    v1::PresentedClaim& claim = *out.add_claims();
    claim.set_claim_id(each.claim);
    claim.set_request_id(std::string(core::as_text(each.request_id)));
    claim.set_insurer_cents(each.insurer.value);
    claim.set_state(static_cast<v1::State>(core::state_now(from, each)));
    claim.set_reason(static_cast<v1::ReviewReason>(each.reason));
    claim.set_reviewed_by(each.reviewed_by);
    claim.set_reduced_cents(each.reduced.value);
    claim.set_reduced_by(each.reduced_by);
    const std::optional<core::PaidBy> by = core::paid_by(from, each);
    if (by) claim.set_payment_reference(core::end_to_end_id(from.fund, by->payout));
    if (each.state != core::RequestState::kHeld) continue;
    claim.set_until(core::to_text(each.until));
    claim.set_owner(static_cast<v1::StepOwner>(each.owner));
  }
}

core::Cents sum_of(const core::Bordereau& bordereau, core::RequestState state) {
  core::Cents sum;
  for (const core::PresentedClaim& each : bordereau.claims) {
    if (each.state == state) sum += each.insurer;
  }
  return sum;
}

core::Cents sum_reduced(const core::Bordereau& bordereau) {
  core::Cents sum;
  for (const core::PresentedClaim& each : bordereau.claims) sum += each.reduced;
  return sum;
}

void set_bordereau(const core::Bordereau& from, v1::Bordereau& out) {
  set_participant(from.provider, *out.mutable_provider());
  out.set_fund(std::string(from.fund.view()));
  out.set_number(from.number);
  out.set_closed_by(from.closed_by);
  out.set_up_to(from.up_to);
  out.set_closed_at_ms(from.closed_at.time_since_epoch().count());
  out.set_due(core::to_text(from.due));
  out.set_count(static_cast<std::uint32_t>(from.claims.size()));
  out.set_total_cents(from.total.value);
  out.set_centre(std::string(from.centre.view()));
  out.set_accepted_cents(sum_of(from, core::RequestState::kAccepted).value);
  out.set_rejected_cents(sum_of(from, core::RequestState::kRejected).value);
  out.set_reduced_cents(sum_reduced(from).value);
}

}  // namespace

void fill(const core::Listed& listed, v1::BordereauxPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    if (!row) continue;  // `wasl verify` names it.
    const auto& bordereau = std::get<core::Bordereau>(*row);
    v1::Bordereau& shown = *out.add_bordereaux();
    set_bordereau(bordereau, shown);
    if (listed.deed == core::Deed::kGetBordereau) set_claims(bordereau, shown);
  }
  if (!listed.more || out.bordereaux().empty()) return;
  const v1::Bordereau& last = *out.bordereaux().rbegin();
  out.set_next_after(last.number());
  *out.mutable_next_provider() = last.provider();
}

void fill(const core::Listed& listed, v1::ReviewsPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto place = core::review_place(key);
    const auto row = core::decode_review_index_row(core::as_bytes(value));
    if (!place || !row) continue;  // `wasl verify` names it.
    v1::OpenReview& shown = *out.add_reviews();
    set_participant(row->provider, *shown.mutable_provider());
    shown.set_fund(std::string(row->fund.view()));
    shown.set_number(place->number);
    shown.set_closed_by(place->closing);
    shown.set_deadline(core::to_text(place->deadline));
    shown.set_presented(row->presented);
    shown.set_held(row->held);
    shown.set_insurer_cents(row->amount.value);
  }
  if (!listed.more || out.reviews().empty()) return;
  const v1::OpenReview& last = *out.reviews().rbegin();
  out.set_next_after_deadline(last.deadline());
  out.set_next_after_closed_by(last.closed_by());
  out.set_next_after_number(last.number());
}

}  // namespace wasl::wire
