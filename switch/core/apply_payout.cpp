// SetPayoutAccount: the first entry waits, the second makes the change.

#include "core/application.hpp"

namespace wasl::core {
namespace {

void set_account(Application& state, const SetPayoutAccount& request) {
  if (std::holds_alternative<InsuredNumber>(request.payee)) {
    state.change_versioned<Account>(Slot::kAccount).payout_account = request.account;
  } else {
    state.change_versioned<Registration>(Slot::kTarget).payout_account = request.account;
  }
}

}  // namespace

void apply_to(Application& state, const PayoutDecision& decision, const SetPayoutAccount& request) {
  using Effect = PayoutDecision::Effect;
  state.remember(RequestState::kDone);
  if (decision.effect == Effect::kRefused) return;
  if (decision.effect == Effect::kWaits) {
    state.change<PayoutChange>(Slot::kPayoutChange) = {.payee = request.payee,
                                                       .account = request.account,
                                                       .by = state.command.by,
                                                       .at = state.stamp.now};
    return;
  }
  if (decision.effect == Effect::kSet) set_account(state, request);
  state.remove(Slot::kPayoutChange);
}

}  // namespace wasl::core
