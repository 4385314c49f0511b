#include "core/bounds.hpp"
#include "wire/convert.hpp"
#include "wire/limits.hpp"

namespace wasl::wire {
namespace {

std::uint64_t version(std::uint64_t given, const Fields& at) {
  return at.number<std::uint64_t>("source_version", given, 1, kSourceVersionMax);
}

core::RestrictionAlternative alternative(const v1::RestrictionAlternative& given,
                                         const Fields& at) {
  core::RestrictionAlternative out;
  if (given.has_age_min()) {
    out.age_min = at.number<std::uint8_t>("age_min", given.age_min(), 0, core::kAgeMax);
  }
  if (given.has_age_max()) {
    out.age_max = at.number<std::uint8_t>("age_max", given.age_max(), 0, core::kAgeMax);
  }
  out.condition = at.code_or_empty<core::ConditionCode>("condition", given.condition());
  return out;
}

void limits(const v1::Product& given, const Fields& at, core::Product& out) {
  if (given.has_quantity_max()) {
    out.quantity_max =
        at.number<std::uint32_t>("quantity_max", given.quantity_max(), 1, core::kQuantityMax);
  }
  if (given.has_supply_days_max()) {
    out.supply_days_max = at.number<std::uint16_t>("supply_days_max", given.supply_days_max(), 0,
                                                   core::kSupplyDaysMax);
  }
  if (given.has_prior_agreement_above_days()) {
    out.prior_agreement_above_days = at.number<std::uint16_t>(
        "prior_agreement_above_days", given.prior_agreement_above_days(), 0, core::kSupplyDaysMax);
  }
}

}  // namespace

core::PutRegistration convert(const v1::Registration& given, core::Role role, const Fields& at) {
  const bool provider = role == core::Role::kProvider;
  core::Registration out;
  out.participant = {role, at.code<core::ParticipantId>("id", given.id())};
  out.suspended = given.suspended();
  at.require(provider || given.agreements_size() == 0, "agreements", "of providers only");
  for (int i = 0; i < given.agreements_size(); ++i) {
    const Fields item = at.in("agreements", i);
    out.agreements.push_back(
        {item.code<core::FundCode>("fund", given.agreements(i).fund()),
         item.interval("in_force", given.agreements(i).in_force(), Fields::End::kMayBeOpen)});
  }
  at.require(provider || given.centre_id().empty(), "centre_id", "of providers only");
  out.centre = at.code_or_empty<core::ParticipantId>("centre_id", given.centre_id());
  out.signing_key = at.text("signing_key", given.signing_key(), core::kSigningKeyBytesMax);
  out.payout_account = at.payout_account("payout_account", given.payout_account());
  out.name = at.text("name", given.name(), core::kNameBytesMax);
  out.source_version = version(given.source_version(), at);
  return {std::move(out)};
}

core::PutPrescriber convert(const v1::Prescriber& given, const Fields& at) {
  core::Prescriber out;
  out.id = at.code<core::PrescriberId>("id", given.id());
  out.suspended = given.suspended();
  out.name = at.text("name", given.name(), core::kNameBytesMax);
  out.source_version = version(given.source_version(), at);
  return {std::move(out)};
}

core::PutProduct convert(const v1::Product& given, const Fields& at) {
  core::Product out;
  out.catalogue = at.code<core::CatalogueCode>("catalogue", given.catalogue());
  out.code = at.code<core::ProductCode>("code", given.code());
  out.in_force = at.interval("in_force", given.in_force(), Fields::End::kMayBeOpen);
  out.inn = at.code<core::InnCode>("inn", given.inn());
  out.reimbursable = given.reimbursable();
  out.public_price = at.price("public_price_cents", given.public_price_cents());
  out.rate =
      core::BasisPoints{at.number<std::int32_t>("rate_basis_points", given.rate_basis_points(), 0,
                                                static_cast<std::uint64_t>(core::kWhole.value))};
  limits(given, at, out);
  for (int i = 0; i < given.restriction_size(); ++i) {
    out.restriction.push_back(alternative(given.restriction(i), at.in("restriction", i)));
  }
  out.name = at.text("name", given.name(), core::kNameBytesMax);
  out.source_version = version(given.source_version(), at);
  return {std::move(out)};
}

core::PutTarif convert(const v1::Tarif& given, const Fields& at) {
  core::Tarif out;
  out.catalogue = at.code<core::CatalogueCode>("catalogue", given.catalogue());
  out.inn = at.code<core::InnCode>("inn", given.inn());
  out.in_force = at.interval("in_force", given.in_force(), Fields::End::kMayBeOpen);
  out.amount = at.price("amount_cents", given.amount_cents());
  out.source_version = version(given.source_version(), at);
  return {std::move(out)};
}

core::PutRulebook convert(const v1::RulebookItem& given, RulebookReader read, const Fields& at) {
  core::PutRulebook out;
  out.content = at.text("content", given.content(), core::kRulebookBytesMax);
  out.source_version = version(given.source_version(), at);
  core::Result<core::Rulebook> rulebook = read(out.content);
  if (!rulebook) {
    at.fail("content", rulebook.error().context.c_str());
    return out;
  }
  out.rulebook = std::move(*rulebook);
  out.rulebook.source_version = out.source_version;
  return out;
}

}  // namespace wasl::wire
