#include "cli/demo_claim.hpp"

#include <algorithm>

#include "card/issue.hpp"
#include "card/proof.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

// The version under which the demo's pharmacies hold their keys.
constexpr std::uint16_t kProfessionalKeyVersion = 1;
// Who works at a centre's counter.
constexpr const char* kOperator = "OP1";

std::string bytes_of(const core::RequestId& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

void fill(const core::CardReference& card, v1::CardReference& out) {
  out.set_number(std::string(card.number.view()));
  out.set_fund(std::string(card.fund.view()));
  out.set_key_version(card.key_version);
}

// What a claim and a correction have in common.
template <typename Message>
void fill(const DemoClaim& from, Message& claim) {
  claim.set_terminal_id(from.terminal);
  v1::Prescription& prescription = *claim.mutable_prescription();
  prescription.set_type(v1::Prescription::ACUTE);
  prescription.mutable_key()->set_prescriber_id(from.prescriber);
  prescription.mutable_key()->set_number(from.prescription);
  prescription.mutable_key()->set_date(core::to_text(from.today));
  for (const DemoLine& line : from.lines) {
    v1::ClaimLine& added = *claim.add_lines();
    added.set_product_code(std::string(line.medicine->code.view()));
    added.set_quantity(line.quantity);
    added.set_unit_price_cents(line.medicine->public_price.value);
    added.set_supply_days(line.supply_days);
  }
}

void fill(const DemoClaim& from, const DemoCard& card, v1::Claim& claim) {
  fill(from, claim);
  fill(card.reference, *claim.mutable_card());
  claim.set_beneficiary_rank(card.rank);
  claim.set_service_date(core::to_text(from.today));
}

core::Result<core::Proof> proof_under(const card::KeyName& name, core::Proof proof,
                                      const core::Sha256& digest, const card::KeyProvider& keys,
                                      card::Cmac& cmac) {
  const core::Result<card::Key> key = keys.derive(name);
  if (!key) return std::unexpected(key.error());
  return card::make_proof(cmac, *key, proof, digest);
}

// GetRights and UpdateCard have the same fields.
template <typename CardService>
void fill(const core::CardReference& card, const core::RequestId& request_id,
          CardService& request) {
  request.set_request_id(bytes_of(request_id));
  request.set_terminal_id(kOperator);
  fill(card, *request.mutable_card());
  request.set_purpose(v1::AT_COUNTER);
}

}  // namespace

core::Result<v1::Envelope> signed_claim(const DemoClaim& claim, DemoCard& card,
                                        const card::KeyProvider& keys, card::Cmac& cmac) {
  v1::Envelope envelope;
  v1::SubmitClaim& submit = *envelope.mutable_submit_claim();
  submit.set_request_id(bytes_of(claim.request_id));
  submit.mutable_claim()->set_kind(v1::THIRD_PARTY);
  submit.mutable_claim()->set_provider_id(std::string(claim.pharmacy.id.view()));
  fill(claim, card, *submit.mutable_claim());
  const core::Result<core::Command> checked = wire::checked(envelope, claim.pharmacy);
  if (!checked) return std::unexpected(checked.error());

  core::Proof blank{.atc = ++card.counter, .unpredictable = {}, .mac = {}};
  std::copy_n(claim.request_id.begin(), blank.unpredictable.size(), blank.unpredictable.begin());
  const auto of_card =
      proof_under(card::card_key_name(card.reference), blank, checked->content, keys, cmac);
  if (!of_card) return std::unexpected(of_card.error());
  const auto of_professional = proof_under(
      card::professional_key_name(card.reference.fund, claim.pharmacy.id, kProfessionalKeyVersion),
      blank, checked->content, keys, cmac);
  if (!of_professional) return std::unexpected(of_professional.error());
  wire::set_proof(*of_card, *submit.mutable_proofs()->mutable_card());
  wire::set_proof(*of_professional, *submit.mutable_proofs()->mutable_professional());
  submit.mutable_proofs()->set_professional_key_version(kProfessionalKeyVersion);
  return envelope;
}

v1::Envelope reversal_of(const core::RequestId& original, const core::RequestId& request_id) {
  v1::Envelope envelope;
  v1::ReverseClaim& reverse = *envelope.mutable_reverse_claim();
  reverse.set_request_id(bytes_of(request_id));
  reverse.set_original_request_id(bytes_of(original));
  reverse.set_cause(v1::CUSTOMER_CANCELLED);
  return envelope;
}

v1::Envelope correction_of(const core::RequestId& original, const DemoClaim& claim) {
  v1::Envelope envelope;
  v1::CorrectClaim& correction = *envelope.mutable_correct_claim();
  correction.set_request_id(bytes_of(claim.request_id));
  correction.set_original_request_id(bytes_of(original));
  fill(claim, correction);
  return envelope;
}

v1::Envelope refund_of(const DemoClaim& claim, const DemoCard& card) {
  v1::Envelope envelope;
  v1::SubmitClaim& submit = *envelope.mutable_submit_claim();
  submit.set_request_id(bytes_of(claim.request_id));
  submit.mutable_claim()->set_kind(v1::REFUND);
  fill(claim, card, *submit.mutable_claim());
  submit.mutable_claim()->set_terminal_id(kOperator);
  return envelope;
}

v1::Envelope rights_of(const core::CardReference& card, const core::RequestId& request_id) {
  v1::Envelope envelope;
  fill(card, request_id, *envelope.mutable_get_rights());
  return envelope;
}

v1::Envelope update_of(const core::CardReference& card, const core::RequestId& request_id) {
  v1::Envelope envelope;
  fill(card, request_id, *envelope.mutable_update_card());
  return envelope;
}

v1::Envelope report_of(const core::CardNumber& card, v1::CardAction action,
                       const core::RequestId& request_id) {
  v1::Envelope envelope;
  v1::ReportCard& report = *envelope.mutable_report_card();
  report.set_request_id(bytes_of(request_id));
  report.set_card_number(std::string(card.view()));
  report.set_action(action);
  return envelope;
}

v1::Envelope registration_of(const core::Registration& known, const core::FundCode& fund,
                             const std::string& signing_key, const core::RequestId& batch_id) {
  v1::Envelope envelope;
  v1::PutProvider& put = *envelope.mutable_put_provider();
  put.set_batch_id(bytes_of(batch_id));
  v1::Registration& item = *put.add_items();
  item.set_id(std::string(known.participant.id.view()));
  item.set_centre_id(std::string(known.centre.view()));
  item.set_signing_key(signing_key);
  item.set_name(known.name);
  item.set_source_version(known.source_version + 1);
  for (const core::FundAgreement& each : known.agreements) {
    if (each.fund != fund) continue;  // The others are other funds' to state.
    v1::FundAgreement& agreement = *item.add_agreements();
    agreement.set_fund(std::string(fund.view()));
    agreement.mutable_in_force()->set_from(core::to_text(each.in_force.from));
    agreement.mutable_in_force()->set_until(core::to_text(each.in_force.until));
  }
  return envelope;
}

}  // namespace wasl::cli
