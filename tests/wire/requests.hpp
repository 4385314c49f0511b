#pragma once
// Requests as terminals, centres and funds send them, right in every field, and how tests look at
// what becomes of them.

#include <gtest/gtest.h>

#include <string>

#include "wasl/v1/envelope.pb.h"
#include "wire/decode.hpp"

namespace wasl::test {

inline core::Participant participant(core::Role role, std::string_view id) {
  return {role, *core::ParticipantId::make(id)};
}
inline core::Participant pharmacy() { return participant(core::Role::kProvider, "16-004512"); }
inline core::Participant centre() { return participant(core::Role::kCentre, "16-001"); }
inline core::Participant fund() { return participant(core::Role::kFund, "CNAS"); }
inline core::Participant authority() { return participant(core::Role::kAuthority, "DZ"); }
inline core::Participant desk() { return participant(core::Role::kDesk, "16"); }
inline core::Participant clerk() { return participant(core::Role::kCentreOperator, "16-001:042"); }
inline core::Participant fund_clerk() { return participant(core::Role::kFundOperator, "CNAS:007"); }

// 16 bytes 01 02 .. 10, the last one chosen.
inline std::string id_bytes(char last = 0x10) {
  std::string id;
  for (char c = 1; c <= 16; ++c) id += c;
  id.back() = last;
  return id;
}

inline void fill_card(v1::CardReference& card) {
  card.set_number("160012345678");
  card.set_fund("CNAS");
  card.set_key_version(3);
}

inline void fill_proof(v1::Proof& proof, std::uint32_t atc) {
  proof.set_atc(atc);
  proof.set_unpredictable("\x0a\x0b\x0c\x0d");
  proof.set_mac("\x11\x12\x13\x14\x15\x16\x17\x18");
}

inline void add_line(v1::Claim& claim, const std::string& product, std::uint32_t quantity,
                     std::int64_t unit_price_cents, std::uint32_t supply_days) {
  v1::ClaimLine& line = *claim.add_lines();
  line.set_product_code(product);
  line.set_quantity(quantity);
  line.set_unit_price_cents(unit_price_cents);
  line.set_supply_days(supply_days);
}

// Of three lines.
inline v1::Claim claim() {
  v1::Claim claim;
  claim.set_kind(v1::THIRD_PARTY);
  claim.set_provider_id("16-004512");
  claim.set_terminal_id("T1");
  fill_card(*claim.mutable_card());
  claim.set_beneficiary_rank(2);
  claim.set_service_date("2026-03-10");
  v1::PrescriptionKey& key = *claim.mutable_prescription()->mutable_key();
  key.set_prescriber_id("M-4711");
  key.set_number("RX-1");
  key.set_date("2026-03-09");
  claim.mutable_prescription()->set_type(v1::Prescription::ACUTE);
  add_line(claim, "P-0001", 2, 60'000, 7);
  add_line(claim, "P-0002", 1, 35'050, 0);
  add_line(claim, "P-0003", 1, 120'000, 30);
  return claim;
}

inline v1::Envelope submit() {
  v1::Envelope envelope;
  envelope.set_correlation_id(42);
  v1::SubmitClaim& submit = *envelope.mutable_submit_claim();
  submit.set_request_id(id_bytes());
  *submit.mutable_claim() = claim();
  fill_proof(*submit.mutable_proofs()->mutable_card(), 7);
  fill_proof(*submit.mutable_proofs()->mutable_professional(), 9'001);
  submit.mutable_proofs()->set_professional_key_version(1);
  return envelope;
}

inline v1::Envelope quote() {
  v1::Envelope envelope = submit();
  v1::QuoteClaim quote;
  quote.set_request_id(envelope.submit_claim().request_id());
  *quote.mutable_claim() = envelope.submit_claim().claim();
  *quote.mutable_proofs() = envelope.submit_claim().proofs();
  *envelope.mutable_quote_claim() = quote;
  return envelope;
}

inline v1::Envelope refund() {
  v1::Envelope envelope = submit();
  v1::SubmitClaim& refund = *envelope.mutable_submit_claim();
  refund.mutable_claim()->set_kind(v1::REFUND);
  refund.mutable_claim()->clear_provider_id();
  refund.clear_proofs();
  return envelope;
}

inline v1::Envelope reverse() {
  v1::Envelope envelope;
  envelope.set_correlation_id(43);
  v1::ReverseClaim& reverse = *envelope.mutable_reverse_claim();
  reverse.set_request_id(id_bytes(0x20));
  reverse.set_original_request_id(id_bytes());
  reverse.set_cause(v1::NO_ANSWER);
  return envelope;
}

inline v1::Envelope get_claim() {
  v1::Envelope envelope;
  envelope.set_correlation_id(44);
  envelope.mutable_get_claim()->set_original_request_id(id_bytes());
  envelope.mutable_get_claim()->set_close_if_absent(true);
  return envelope;
}

inline v1::Envelope list_claims() {
  v1::Envelope envelope;
  envelope.mutable_list_claims()->set_from("2026-03-01");
  envelope.mutable_list_claims()->set_until("2026-03-31");
  return envelope;
}

inline v1::Envelope get_rights() {
  v1::Envelope envelope;
  v1::GetRights& rights = *envelope.mutable_get_rights();
  rights.set_request_id(id_bytes());
  rights.set_provider_id("16-004512");
  rights.set_terminal_id("T1");
  fill_card(*rights.mutable_card());
  rights.set_purpose(v1::CARD_PRESENTED);
  fill_proof(*rights.mutable_proofs()->mutable_card(), 8);
  return envelope;
}

inline v1::Envelope update_card() {
  v1::Envelope envelope;
  const v1::Envelope rights = get_rights();
  v1::UpdateCard& update = *envelope.mutable_update_card();
  update.set_request_id(id_bytes());
  update.set_provider_id(rights.get_rights().provider_id());
  update.set_terminal_id("T1");
  fill_card(*update.mutable_card());
  update.set_purpose(v1::CARD_PRESENTED);
  *update.mutable_proofs() = rights.get_rights().proofs();
  return envelope;
}

inline v1::Envelope report_card() {
  v1::Envelope envelope;
  v1::ReportCard& report = *envelope.mutable_report_card();
  report.set_request_id(id_bytes());
  report.set_card_number("160012345678");
  report.set_action(v1::BLACKLIST);
  report.set_until("2026-12-31");
  return envelope;
}

inline v1::Envelope request_agreement() {
  v1::Envelope envelope;
  v1::RequestPriorAgreement& ask = *envelope.mutable_request_prior_agreement();
  ask.set_request_id(id_bytes());
  ask.set_card_number("160012345678");
  ask.set_beneficiary_rank(2);
  ask.mutable_wanted()->set_from("2026-03-01");
  ask.mutable_wanted()->set_until("2026-06-30");
  ask.set_product_code("P-0001");
  return envelope;
}

inline v1::Envelope decide_agreement() {
  v1::Envelope envelope;
  v1::DecidePriorAgreement& decide = *envelope.mutable_decide_prior_agreement();
  decide.set_request_id(id_bytes());
  decide.set_insured_number("1600123456");
  decide.set_agreement_id(17);
  decide.set_granted(true);
  decide.mutable_in_force()->set_from("2026-03-01");
  return envelope;
}

inline v1::Envelope list_agreements() {
  v1::Envelope envelope;
  envelope.mutable_list_prior_agreements()->set_page_size(10);
  return envelope;
}

inline v1::Envelope close_bordereau() {
  v1::Envelope envelope;
  v1::CloseBordereau& closing = *envelope.mutable_close_bordereau();
  closing.set_request_id(std::string(16, '\xa0'));
  closing.set_fund("CNAS");
  closing.set_up_to(78);
  v1::ClaimToPresent& first = *closing.add_claims();
  first.set_claim_id(77);
  first.set_insurer_cents(96'000);
  v1::ClaimToPresent& second = *closing.add_claims();
  second.set_claim_id(78);
  second.set_insurer_cents(4);
  closing.set_count(2);
  closing.set_total_cents(96'004);
  closing.set_digest(std::string(32, '\xd0'));
  closing.set_signing_key("key");
  closing.set_signature("signature");
  return envelope;
}

inline v1::Envelope list_bordereaux(const char* fund = "CNAS") {
  v1::Envelope envelope;
  envelope.mutable_list_bordereaux()->set_fund(fund);
  return envelope;
}

inline v1::Envelope correct_claim() {
  v1::Envelope envelope;
  v1::CorrectClaim& correction = *envelope.mutable_correct_claim();
  const v1::Envelope original = submit();
  const v1::Claim& claim = original.submit_claim().claim();
  correction.set_request_id(std::string(16, '\xc0'));
  correction.set_original_request_id(original.submit_claim().request_id());
  correction.set_terminal_id("T1");
  *correction.mutable_prescription() = claim.prescription();
  *correction.mutable_lines() = claim.lines();
  return envelope;
}

inline void name_bordereau(auto& message) {
  message.set_fund("CNAS");
  message.mutable_provider()->set_role(v1::PROVIDER);
  message.mutable_provider()->set_id("16-004512");
  message.set_number(3);
}

inline v1::Envelope review_bordereau() {
  v1::Envelope envelope;
  v1::ReviewBordereau& review = *envelope.mutable_review_bordereau();
  review.set_request_id(std::string(16, '\xb0'));
  name_bordereau(review);
  v1::ReviewVerdict& rejected = *review.add_verdicts();
  rejected.set_claim_id(77);
  rejected.set_verdict(v1::ReviewVerdict::REJECT);
  rejected.set_reason(v1::WRONG_TARIF);
  v1::ReviewVerdict& held = *review.add_verdicts();
  held.set_claim_id(78);
  held.set_verdict(v1::ReviewVerdict::HOLD);
  held.set_reason(v1::MISSING_PRESCRIPTION);
  held.set_until("2026-03-20");
  held.set_owner(v1::STEP_OF_PROVIDER);
  review.set_accept_rest(true);
  return envelope;
}

inline v1::Envelope list_reviews() {
  v1::Envelope envelope;
  envelope.mutable_list_reviews();
  return envelope;
}

inline v1::Envelope set_payout_account() {
  v1::Envelope envelope;
  v1::SetPayoutAccount& set = *envelope.mutable_set_payout_account();
  set.set_request_id(std::string(16, '\xe0'));
  set.mutable_payee()->set_insured_number("1600123456");
  set.set_payout_account("00799999002345678941");
  return envelope;
}

inline v1::Envelope list_payout_changes() {
  v1::Envelope envelope;
  envelope.mutable_list_payout_changes();
  return envelope;
}

inline v1::Envelope propose_run() {
  v1::Envelope envelope;
  v1::ProposeRun& propose = *envelope.mutable_propose_run();
  propose.set_request_id(std::string(16, '\xe1'));
  propose.set_value_date("2026-03-25");
  propose.set_minimum_cents(10'000);
  return envelope;
}

inline v1::Envelope collect_run() {
  v1::Envelope envelope;
  envelope.mutable_collect_run()->set_request_id(std::string(16, '\xe2'));
  envelope.mutable_collect_run()->set_run(77);
  return envelope;
}

inline v1::Envelope approve_run() {
  v1::Envelope envelope;
  v1::ApproveRun& approve = *envelope.mutable_approve_run();
  approve.set_request_id(std::string(16, '\xe3'));
  approve.set_run(77);
  approve.set_payouts(2);
  approve.set_total_cents(123'456);
  return envelope;
}

inline v1::Envelope cancel_run() {
  v1::Envelope envelope;
  envelope.mutable_cancel_run()->set_request_id(std::string(16, '\xe4'));
  envelope.mutable_cancel_run()->set_run(77);
  return envelope;
}

inline v1::Envelope list_owed() {
  v1::Envelope envelope;
  envelope.mutable_list_owed();
  return envelope;
}

inline v1::Envelope list_runs() {
  v1::Envelope envelope;
  envelope.mutable_list_runs();
  return envelope;
}

inline v1::Envelope list_payouts() {
  v1::Envelope envelope;
  envelope.mutable_list_payouts()->set_run(77);
  return envelope;
}

using Answer = std::expected<wire::Decoded, wire::Refusal>;

// What the tests' rulebooks say: a text of "scheme CODE", else it is refused.
inline core::Result<core::Rulebook> read_rulebook(std::string_view content) {
  constexpr std::string_view kStart = "scheme ";
  if (!content.starts_with(kStart)) {
    return core::fail(core::Errc::kConfiguration, "line 1: expected scheme");
  }
  core::Rulebook book;
  book.scheme = core::SchemeCode::make(content.substr(kStart.size())).value_or(core::SchemeCode{});
  book.catalogue = *core::CatalogueCode::make("DZ");
  book.currency = "DZD";
  book.periods.resize(1);
  return book;
}

inline Answer decode(std::string_view bytes, const core::Participant& from) {
  wire::Decoder decoder(read_rulebook);
  return decoder.decode(core::as_bytes(bytes), from);
}
inline Answer decode(const v1::Envelope& envelope, const core::Participant& from) {
  return decode(envelope.SerializeAsString(), from);
}

// "claim.lines[3].quantity: 0 is outside 1..9999", or "taken".
inline std::string verdict(const v1::Envelope& envelope, const core::Participant& from) {
  const Answer answer = decode(envelope, from);
  return answer ? "taken" : answer.error().sentence;
}
inline std::string faulty_field(const v1::Envelope& envelope, const core::Participant& from) {
  const Answer answer = decode(envelope, from);
  return answer ? "taken" : answer.error().field;
}

}  // namespace wasl::test
