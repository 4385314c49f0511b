// RequestPriorAgreement and DecidePriorAgreement.

#include <algorithm>

#include "core/account_change.hpp"
#include "core/card_check.hpp"
#include "core/codec.hpp"

namespace wasl::core {
namespace {

// With the agreement on it and outdated ones gone, the row must still fit.
bool has_room(const Situation& s, const Account& account, const RequestPriorAgreement& request) {
  Account after = account;
  const Day today = day_of(s.now, std::chrono::minutes{0});
  std::erase_if(after.agreements,
                [&](const PriorAgreement& each) { return is_outdated(each, today); });
  after.agreements.push_back({.id = 0,
                              .rank = request.rank,
                              .state = AgreementState::kPending,
                              .in_force = request.wanted,
                              .subject = request.subject});
  return encoded_bytes(after) <= kAccountBytesMax;
}

bool is_pending(const Account& account, Sequence id) {
  return std::ranges::any_of(account.agreements, [&](const PriorAgreement& each) {
    return each.id == id && each.state == AgreementState::kPending;
  });
}

Reason check_request_for(const Situation& s, const RequestPriorAgreement& request,
                         KnownCard& card) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return reason;
  card = find_card(s, request.card);
  const Reason barred = check_card(s, card);
  if (barred != Reason::kNone) return barred;
  if (!card.covers(request.rank)) return Reason::kBeneficiaryNotCovered;
  return has_room(s, *card.account, request) ? Reason::kNone : Reason::kAccountFull;
}

Reason check_decision(const Situation& s, const DecidePriorAgreement& request,
                      const Account* account) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return reason;
  if (account == nullptr) return Reason::kAccountUnknown;
  if (!is_owner(s.command.from, account->fund)) return Reason::kNotOwner;
  return is_pending(*account, request.agreement) ? Reason::kNone : Reason::kAgreementUnknown;
}

}  // namespace

PlainDecision decide_agreement_request(const Situation& s, const RequestPriorAgreement& request) {
  PlainDecision decision;
  KnownCard card;
  decision.reason = check_request_for(s, request, card);
  if (decision.reason == Reason::kNone) decision.insured = card.account->insured;
  return decision;
}

PlainDecision decide_agreement(const Situation& s, const DecidePriorAgreement& request) {
  const auto* account = s.rows.get<Account>(Slot::kAccount);
  PlainDecision decision;
  decision.reason = check_decision(s, request, account);
  if (decision.reason != Reason::kNone) return decision;
  decision.insured = account->insured;
  decision.agreement = request.agreement;
  return decision;
}

}  // namespace wasl::core
