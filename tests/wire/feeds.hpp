#pragma once
// Feeds and look-ups, right in every field.

#include "wire/requests.hpp"

namespace wasl::test {

inline v1::Envelope echo() {
  v1::Envelope envelope;
  envelope.mutable_echo()->set_data("hello");
  return envelope;
}

// Without a provider's name and proof: of a centre or desk.
inline v1::Envelope counter_rights() {
  v1::Envelope envelope = get_rights();
  v1::GetRights& rights = *envelope.mutable_get_rights();
  rights.clear_provider_id();
  rights.clear_proofs();
  rights.set_purpose(v1::BY_TELEPHONE);
  return envelope;
}

inline void fill_account_card(v1::Card& card) {
  card.set_number("160012345678");
  card.set_kind(v1::Card::FAMILY);
  card.set_key_version(3);
  card.set_active(true);
}

inline v1::Account account() {
  v1::Account account;
  account.set_insured_number("1600123456");
  account.set_fund("CNAS");
  fill_account_card(*account.add_cards());
  v1::Beneficiary& first = *account.add_beneficiaries();
  first.set_rank(1);
  first.set_birth_date("1961-07-05");
  first.set_rate_basis(v1::Beneficiary::EXEMPT);
  first.add_rights()->set_from("2020-01-01");
  v1::Treatment& treatment = *first.add_treatments();
  treatment.set_condition("E11");
  treatment.mutable_in_force()->set_from("2021-01-01");
  treatment.mutable_in_force()->set_until("2027-01-01");
  treatment.add_inns("METFORMIN-850");
  v1::PriorAgreement& agreement = *account.add_agreements();
  agreement.set_id(1ULL << 63 | 5);
  agreement.set_rank(1);
  agreement.set_state(v1::PriorAgreement::GRANTED);
  agreement.mutable_in_force()->set_from("2026-01-01");
  agreement.set_product_code("P-0001");
  account.set_payout_account("00799999001234567890");
  account.set_source_version(5);
  return account;
}

inline v1::Envelope put_account() {
  v1::Envelope envelope;
  envelope.set_correlation_id(50);
  envelope.mutable_put_account()->set_batch_id(id_bytes());
  *envelope.mutable_put_account()->add_items() = account();
  return envelope;
}

inline v1::Envelope put_card() {
  v1::Envelope envelope;
  envelope.mutable_put_card()->set_batch_id(id_bytes());
  v1::CardItem& item = *envelope.mutable_put_card()->add_items();
  item.set_insured_number("1600123456");
  fill_account_card(*item.mutable_card());
  item.set_source_version(6);
  return envelope;
}

inline v1::Envelope put_provider() {
  v1::Envelope envelope;
  envelope.mutable_put_provider()->set_batch_id(id_bytes());
  v1::Registration& item = *envelope.mutable_put_provider()->add_items();
  item.set_id("16-004512");
  v1::FundAgreement& agreement = *item.add_agreements();
  agreement.set_fund("CNAS");
  agreement.mutable_in_force()->set_from("2020-01-01");
  item.set_centre_id("16-001");
  item.set_signing_key(std::string(91, 'k'));
  item.set_payout_account("00799999001234567890");
  item.set_name("\xd8\xb5 Pharmacie du Centre");
  item.set_source_version(1);
  return envelope;
}

inline v1::Envelope put_centre() {
  v1::Envelope envelope;
  envelope.mutable_put_centre()->set_batch_id(id_bytes());
  v1::Registration& item = *envelope.mutable_put_centre()->add_items();
  item.set_id("16-001");
  item.set_suspended(true);
  item.set_source_version(1);
  return envelope;
}

inline v1::Envelope put_prescriber() {
  v1::Envelope envelope;
  envelope.mutable_put_prescriber()->set_batch_id(id_bytes());
  v1::Prescriber& item = *envelope.mutable_put_prescriber()->add_items();
  item.set_id("M-4711");
  item.set_name("Dr. B.");
  item.set_source_version(1);
  return envelope;
}

inline v1::Envelope put_product() {
  v1::Envelope envelope;
  envelope.mutable_put_product()->set_batch_id(id_bytes());
  v1::Product& item = *envelope.mutable_put_product()->add_items();
  item.set_catalogue("DZ");
  item.set_code("P-0001");
  item.mutable_in_force()->set_from("2020-01-01");
  item.set_inn("METFORMIN-850");
  item.set_reimbursable(true);
  item.set_public_price_cents(60'000);
  item.set_rate_basis_points(8'000);
  item.set_quantity_max(6);
  item.set_supply_days_max(90);
  item.set_prior_agreement_above_days(0);
  v1::RestrictionAlternative& alternative = *item.add_restriction();
  alternative.set_age_min(0);
  alternative.set_age_max(14);
  alternative.set_condition("E11");
  item.set_name("Metaformine 850");
  item.set_source_version(1);
  return envelope;
}

inline v1::Envelope put_tarif() {
  v1::Envelope envelope;
  envelope.mutable_put_tarif()->set_batch_id(id_bytes());
  v1::Tarif& item = *envelope.mutable_put_tarif()->add_items();
  item.set_catalogue("DZ");
  item.set_inn("METFORMIN-850");
  item.mutable_in_force()->set_from("2020-01-01");
  item.set_amount_cents(45'000);
  item.set_source_version(1);
  return envelope;
}

inline v1::Envelope put_rulebook() {
  v1::Envelope envelope;
  envelope.mutable_put_rulebook()->set_batch_id(id_bytes());
  v1::RulebookItem& item = *envelope.mutable_put_rulebook()->add_items();
  item.set_content("scheme dz-cnas");
  item.set_source_version(4);
  return envelope;
}

}  // namespace wasl::test
