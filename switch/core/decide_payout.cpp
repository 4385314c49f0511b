// SetPayoutAccount: who may change where a payee is paid, and that two people did.

#include <algorithm>

#include "core/rib.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

// A centre pays any insured person, a fund its own.
Reason check_payee(const Situation& s, const InsuredNumber&) {
  const auto* account = s.rows.get<Account>(Slot::kAccount);
  if (account == nullptr) return Reason::kAccountUnknown;
  const Participant& from = s.command.from;
  const bool may = from.role == Role::kCentre || is_owner(from, account->fund);
  return may ? Reason::kNone : Reason::kNotOwner;
}

// A provider's own centre, and each fund that has an agreement with it. A fund sets the account
// that it pays from itself.
Reason check_payee(const Situation& s, const Participant& payee) {
  const Participant& from = s.command.from;
  if (payee.role == Role::kFund) return payee == from ? Reason::kNone : Reason::kNotOwner;
  const auto* provider = s.rows.get<Registration>(Slot::kTarget);
  if (provider == nullptr || payee.role != Role::kProvider) return Reason::kProviderUnknown;
  const bool may = from.role == Role::kCentre
                       ? provider->centre == from.id
                       : std::ranges::any_of(provider->agreements, [&](const FundAgreement& each) {
                           return is_owner(from, each.fund);
                         });
  return may ? Reason::kNone : Reason::kNotOwner;
}

PayoutDecision refused(Reason reason) {
  return {.effect = PayoutDecision::Effect::kRefused, .reason = reason};
}

PayoutDecision done(PayoutDecision::Effect effect) {
  return {.effect = effect, .reason = Reason::kNone};
}

}  // namespace

PayoutDecision decide_payout(const Situation& s, const SetPayoutAccount& request) {
  using Effect = PayoutDecision::Effect;
  Reason reason = check_request(s);
  if (reason == Reason::kNone) {
    reason = std::visit([&](const auto& payee) { return check_payee(s, payee); }, request.payee);
  }
  if (reason != Reason::kNone) return refused(reason);
  const auto* waiting = s.rows.get<PayoutChange>(Slot::kPayoutChange);
  if (request.withdraw) {
    return waiting == nullptr ? refused(Reason::kPayoutChangeUnknown) : done(Effect::kWithdrawn);
  }
  if (!is_rib(request.account)) return refused(Reason::kPayoutAccountInvalid);
  if (waiting == nullptr) return done(Effect::kWaits);
  if (waiting->account != request.account) return refused(Reason::kPayoutChangeDiffers);
  if (waiting->by == s.command.by) return refused(Reason::kSameOperator);
  return done(Effect::kSet);
}

}  // namespace wasl::core
