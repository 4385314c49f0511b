// ReduceClaim: the fund owes less, or the provider owes the difference back.

#include "core/payout_changes.hpp"

namespace wasl::core {
namespace {

void owe_less(Application& state, Cents difference) {
  auto& owed = state.change<Owed>(Slot::kOwed);
  WASL_ASSERT(difference <= owed.item.amount);
  owed.item.amount -= difference;
  if (owed.item.amount.value == 0) state.remove(Slot::kOwed);
}

}  // namespace

void apply_to(Application& state, const ReductionDecision& decision, const ReduceClaim& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  PresentedClaim* claim = presented_claim(state.change<Bordereau>(Slot::kBordereau), request.claim);
  WASL_ASSERT(claim != nullptr && claim->insurer == request.insurer + decision.difference);
  claim->insurer = request.insurer;
  claim->reduced += decision.difference;
  claim->reduced_by = state.stamp.sequence;
  claim->reason = request.reason;
  const bool paid = decision.effect == ReductionDecision::Effect::kOwedBack;
  if (paid) {
    owe_back(state.change<Receivable>(Slot::kReceivable), request.fund, request.provider,
             decision.difference);
  } else {
    owe_less(state, decision.difference);
  }
  state.touched.inserted.emplace_back(
      posting_key(request.fund, request.provider, state.stamp.sequence),
      encode_postings(reduction_postings({.claim = claim->claim,
                                          .request_id = claim->request_id,
                                          .kind = ClaimKind::kThirdParty,
                                          .insurer = decision.difference},
                                         request.bordereau, paid, state.stamp.now)));
}

}  // namespace wasl::core
