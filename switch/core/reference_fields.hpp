#pragma once
// The fields of catalogue, tarifs, prescribers, funds and rulebooks, in the order of
// docs/data_format.md "Rows". Private to core's codecs.

#include "core/bounds.hpp"
#include "core/fields.hpp"
#include "core/reference.hpp"
#include "core/request.hpp"

namespace wasl::core {

static_assert(2 * kClosingClaimsMax + 2 * kClosingClaimsMax / kBordereauClaimsLeast + 2 <= 256,
              "request and index rows, bordereaux and theirs, presentation, answer: rows of one "
              "command");

void rate_field(auto& io, Is<BasisPoints> auto& rate) { io.integer(rate.value, 0, kWhole.value); }

void fields(auto& io, Is<RestrictionAlternative> auto& alternative) {
  io.optional(alternative.age_min, [&](auto& age) { io.integer(age); });
  io.optional(alternative.age_max, [&](auto& age) { io.integer(age); });
  io.code_or_empty(alternative.condition);
}

void fields(auto& io, Is<Product> auto& product) {
  io.code(product.catalogue);
  io.code(product.code);
  fields(io, product.in_force);
  io.code(product.inn);
  io.boolean(product.reimbursable);
  io.cents(product.public_price, kUnitPriceMax);
  rate_field(io, product.rate);
  io.optional(product.quantity_max, [&](auto& quantity) { io.integer(quantity); });
  io.optional(product.supply_days_max, [&](auto& days) { io.integer(days); });
  io.optional(product.prior_agreement_above_days, [&](auto& days) { io.integer(days); });
  io.list(product.restriction, kListItemsMax);
  io.text(product.name, 0, kNameBytesMax);
  io.integer(product.source_version);
}

void fields(auto& io, Is<Tarif> auto& tarif) {
  io.code(tarif.catalogue);
  io.code(tarif.inn);
  fields(io, tarif.in_force);
  io.cents(tarif.amount, kUnitPriceMax);
  io.integer(tarif.source_version);
}

void fields(auto& io, Is<Prescriber> auto& prescriber) {
  io.code(prescriber.id);
  io.boolean(prescriber.suspended);
  io.text(prescriber.name, 0, kNameBytesMax);
  io.integer(prescriber.source_version);
}

void fields(auto& io, Is<Fund> auto& fund) {
  io.code(fund.code);
  io.code(fund.scheme);
  io.text(fund.name, 0, kNameBytesMax);
  io.integer(fund.source_version);
}

void fields(auto& io, Is<Parameters> auto& period) {
  io.day(period.from);
  io.integer(period.service_date_ahead_minutes);
  io.integer(period.service_date_past_days_max);
  io.integer(period.refund_months_max);
  io.integer(period.prescription_days_max);
  io.boolean(period.prescriber_checked);
  io.integer(period.long_term_supply_days_max);
  io.integer(period.refill_days_left_max);
  io.choice(period.limits_exempt, LimitsExempt::kNone, LimitsExempt::kLongTermBeneficiary);
  io.optional(period.prescriptions_per_quarter, [&](auto& count) { io.integer(count); });
  io.optional(period.prescription_ceiling,
              [&](auto& ceiling) { io.cents(ceiling, kClaimAmountMax); });
  rate_field(io, period.long_term_rate);
  rate_field(io, period.exempt_rate);
  io.integer(period.atc_window, 0, kAtcWindowMax);
  io.integer(period.card_update_months);
  if (io.format() < 2) return;
  io.integer(period.bordereau_claims_max, kBordereauClaimsLeast, kBordereauClaimsMax);
  io.integer(period.payment_days, 1, kPaymentDaysMax);
  if (io.format() < 5) return;
  io.integer(period.presentation_days, 1, kPaymentDaysMax);
  io.integer(period.cut_over_minutes, 1, kMinutesOfADay);
}

// The offset is kept as i16 minutes; a Rulebook holds it as a duration.
template <typename Io>
void offset_field(Io& io, Is<Rulebook> auto& rulebook) {
  auto minutes = static_cast<std::int16_t>(rulebook.utc_offset.count());
  io.integer(minutes, -kUtcOffsetMinutesMax, kUtcOffsetMinutesMax);
  if constexpr (!std::is_const_v<std::remove_reference_t<decltype(rulebook)>>) {
    rulebook.utc_offset = std::chrono::minutes{minutes};
  }
  io.check(rulebook.utc_offset.count() == minutes);
}

[[nodiscard]] inline bool periods_in_order(const std::vector<Parameters>& periods) {
  if (periods.empty() || periods.front().from != kDayMin) return false;
  for (std::size_t i = 1; i < periods.size(); ++i) {
    if (periods[i - 1].from >= periods[i].from) return false;
  }
  return true;
}

void fields(auto& io, Is<Rulebook> auto& rulebook) {
  io.code(rulebook.scheme);
  io.code(rulebook.catalogue);
  io.text(rulebook.currency, kCurrencyBytes, kCurrencyBytes);
  offset_field(io, rulebook);
  io.list(rulebook.periods, kListItemsMax);
  io.check(periods_in_order(rulebook.periods));
  io.array(rulebook.hash);
  io.integer(rulebook.source_version);
}

}  // namespace wasl::core
