// ReportCard.

#include "core/situation.hpp"

namespace wasl::core {
namespace {

// A replacement is final: lifting it would bring the old card back beside the new one.
bool can_be_lifted(const Card& card) {
  return card.reported_bar != CardBar::kNone && card.reported_bar != CardBar::kReplaced;
}

bool replacement_known(const Situation& s, const Account& account, const ReportCard& request) {
  const auto* link = s.rows.get<CardLink>(Slot::kReplacement);
  return request.replacement != request.card && link != nullptr &&
         link->insured == account.insured && account.card(request.replacement) != nullptr;
}

Reason check_report(const Situation& s, const ReportCard& request, const Account* account) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return reason;
  const bool linked = s.rows.get<CardLink>(Slot::kCard) != nullptr && account != nullptr;
  const Card* card = linked ? account->card(request.card) : nullptr;
  if (card == nullptr) return Reason::kCardUnknown;
  const Participant& from = s.command.from;
  if (from.role == Role::kFund && !is_owner(from, account->fund)) return Reason::kNotOwner;
  if (request.action == CardAction::kLift && !can_be_lifted(*card)) return Reason::kNothingToLift;
  if (request.action == CardAction::kReplace && !replacement_known(s, *account, request)) {
    return Reason::kReplacementUnknown;
  }
  return Reason::kNone;
}

}  // namespace

PlainDecision decide_report(const Situation& s, const ReportCard& request) {
  const auto* account = s.rows.get<Account>(Slot::kAccount);
  PlainDecision decision;
  decision.reason = check_report(s, request, account);
  if (decision.reason == Reason::kNone) decision.insured = account->insured;
  return decision;
}

}  // namespace wasl::core
