// GetRights and UpdateCard. From a provider both need the card's proof: checks 1 to 3, 5 and 6,
// with the parameters of today. From a centre or desk they need none, and a centre or desk may look
// up the rights behind a card that is barred, since helping its holder is why they ask.

#include <algorithm>

#include "core/claim_facts.hpp"

namespace wasl::core {
namespace {

bool from_provider(const Situation& s) { return s.command.from.role == Role::kProvider; }

// Shared by both requests, which have the same fields.
template <typename CardService>
Reason check_service(const Situation& s, const CardService& request, KnownCard& card,
                     RightsDecision& decision) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return reason;
  if (from_provider(s)) {
    const bool own = request.provider == s.command.from.id;
    if (!s.check(3, own, [] { return words("provider is who asks"); })) {
      return Reason::kProviderUnknown;
    }
  }
  card = find_card(s, request.card.number);
  if (card.known()) decision.insured = card.account->insured;
  const bool look_up = std::is_same_v<CardService, GetRights> && !from_provider(s);
  if (look_up && card.known() && card.rulebook != nullptr) return Reason::kNone;
  const Reason barred = check_card(s, card);
  if (barred != Reason::kNone || !from_provider(s)) return barred;
  const std::uint8_t window = card.rulebook->at(card.today).atc_window;
  const Reason unproven = check_proofs(s, card, request.card, window);
  decision.marks_atc = unproven == Reason::kNone;
  return unproven;
}

std::optional<Day> latest_end(const std::vector<Interval>& rights, std::optional<Day> latest) {
  for (const Interval& each : rights) latest = std::max(latest.value_or(each.until), each.until);
  return latest;
}

BeneficiaryRights rights_today(const Situation& s, const KnownCard& card,
                               const Beneficiary& beneficiary) {
  const Parameters& parameters = card.rulebook->at(card.today);
  BeneficiaryRights rights;
  rights.rank = beneficiary.rank;
  rights.birth = beneficiary.birth;
  std::vector<Interval> open;
  std::ranges::copy_if(beneficiary.rights, std::back_inserter(open),
                       [&](const Interval& each) { return each.contains(card.today); });
  rights.open = !open.empty();
  rights.until = latest_end(open, std::nullopt);
  rights.long_term = has_treatment(beneficiary, card.today);
  const bool exempt =
      rights.long_term && parameters.limits_exempt == LimitsExempt::kLongTermBeneficiary;
  if (!parameters.prescriptions_per_quarter || exempt) return rights;
  const HistoryView history(s.rows.get<History>(history_slot(beneficiary.rank)),
                            history_bounds(*card.rulebook, card.today));
  const std::uint32_t most = *parameters.prescriptions_per_quarter;
  const std::uint32_t used = history.counted_in(quarter_of(card.today));
  rights.prescriptions_left = static_cast<std::uint8_t>(most - std::min(most, used));
  return rights;
}

}  // namespace

RightsDecision decide_rights(const Situation& s, const GetRights& request) {
  RightsDecision decision;
  KnownCard card;
  decision.reason = check_service(s, request, card, decision);
  if (decision.reason != Reason::kNone) return decision;
  decision.rights_until = card.rights_until();
  for (const Beneficiary& beneficiary : card.account->beneficiaries) {
    if (!card.covers(beneficiary.rank)) continue;
    decision.beneficiaries.push_back(rights_today(s, card, beneficiary));
  }
  return decision;
}

// The earlier of a year from today and the latest end of any rights on the account; it may shorten
// what the card held. An account whose rights have all ended before today is not updated.
RightsDecision decide_update(const Situation& s, const UpdateCard& request) {
  RightsDecision decision;
  KnownCard card;
  decision.reason = check_service(s, request, card, decision);
  if (decision.reason != Reason::kNone) return decision;
  std::optional<Day> latest;
  for (const Beneficiary& each : card.account->beneficiaries) {
    latest = latest_end(each.rights, latest);
  }
  if (!latest || *latest < card.today) {
    decision.reason = Reason::kRightsEnded;
    return decision;
  }
  const int months = card.rulebook->at(card.today).card_update_months;
  decision.rights_until = std::min(months_after(card.today, months), *latest);
  return decision;
}

}  // namespace wasl::core
