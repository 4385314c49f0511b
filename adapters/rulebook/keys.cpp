#include "rulebook/keys.hpp"

#include "core/bounds.hpp"

namespace wasl::rulebook {
namespace {

using core::Parameters;

template <auto kMember>
void set_number(Parameters& to, std::int64_t value) {
  using Type = std::remove_reference_t<decltype(to.*kMember)>;
  if constexpr (std::is_same_v<Type, core::BasisPoints>) {
    (to.*kMember).value = static_cast<std::int32_t>(value);
  } else if constexpr (std::is_same_v<Type, std::optional<core::Cents>>) {
    to.*kMember = core::Cents{value};
  } else if constexpr (std::is_same_v<Type, std::optional<std::uint8_t>>) {
    to.*kMember = static_cast<std::uint8_t>(value);
  } else {
    to.*kMember = static_cast<Type>(value);
  }
}

template <auto kMember>
void clear_number(Parameters& to) {
  (to.*kMember).reset();
}

template <auto kMember>
constexpr NumberKey number(std::string_view name, std::int64_t min, std::int64_t max) {
  return {name, min, max, false, &set_number<kMember>, nullptr};
}

template <auto kMember>
constexpr NumberKey limit(std::string_view name, std::int64_t min, std::int64_t max) {
  return {name, min, max, true, &set_number<kMember>, &clear_number<kMember>};
}

// Older files do not have it.
template <auto kMember>
constexpr NumberKey later_number(std::string_view name, std::int64_t min, std::int64_t max) {
  return {name, min, max, false, &set_number<kMember>, nullptr, true};
}

// Two whole quarters at their longest: what a history and a prior agreement are kept for.
constexpr std::int64_t kDaysBackMax = 184;
constexpr std::int64_t kMonthsBackMax = 6;
constexpr std::int64_t kCardMonthsMax = 120;

constexpr NumberKey kNumbers[] = {
    number<&Parameters::service_date_ahead_minutes>("service_date_ahead_minutes", 0,
                                                    core::kMinutesOfADay),
    number<&Parameters::service_date_past_days_max>("service_date_past_days_max", 0, kDaysBackMax),
    number<&Parameters::refund_months_max>("refund_months_max", 0, kMonthsBackMax),
    number<&Parameters::prescription_days_max>("prescription_days_max", 0, kDaysBackMax),
    number<&Parameters::long_term_supply_days_max>("long_term_supply_days_max", 0,
                                                   core::kSupplyDaysMax),
    number<&Parameters::refill_days_left_max>("refill_days_left_max", 0, core::kSupplyDaysMax),
    limit<&Parameters::prescriptions_per_quarter>("prescriptions_per_quarter", 1, UINT8_MAX),
    limit<&Parameters::prescription_ceiling>("prescription_ceiling_centimes", 1,
                                             core::kClaimAmountMax.value),
    number<&Parameters::long_term_rate>("long_term_rate_basis_points", 0, core::kWhole.value),
    number<&Parameters::exempt_rate>("exempt_rate_basis_points", 0, core::kWhole.value),
    number<&Parameters::atc_window>("atc_window", 0, core::kAtcWindowMax),
    number<&Parameters::card_update_months>("card_update_months", 1, kCardMonthsMax),
    later_number<&Parameters::bordereau_claims_max>(
        "bordereau_claims_max", core::kBordereauClaimsLeast, core::kBordereauClaimsMax),
    later_number<&Parameters::payment_days>("payment_days", 1, core::kPaymentDaysMax),
    later_number<&Parameters::presentation_days>("presentation_days", 1, core::kPaymentDaysMax),
    later_number<&Parameters::cut_over_minutes>("cut_over_minutes", 1, core::kMinutesOfADay),
};

}  // namespace

std::span<const NumberKey> number_keys() { return kNumbers; }

const std::vector<std::string>& period_keys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> keys{std::string(kFrom), std::string(kPrescriberChecked),
                                  std::string(kLimitsExempt)};
    for (const NumberKey& each : kNumbers) keys.emplace_back(each.name);
    return keys;
  }();
  return kKeys;
}

const std::vector<std::string>& file_keys() {
  static const std::vector<std::string> kKeys{
      "format", "scheme", "catalogue", "currency", "utc_offset_minutes", "period"};
  return kKeys;
}

}  // namespace wasl::rulebook
