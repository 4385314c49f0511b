// ReduceClaim: the fund owes less, or the provider owes the difference back.

#include "core/application.hpp"
#include "core/ledger.hpp"

namespace wasl::core {
namespace {

void owe_less(Application& state, Cents difference) {
  auto& owed = state.change<Owed>(Slot::kOwed);
  WASL_ASSERT(difference <= owed.item.amount);
  owed.item.amount -= difference;
  if (owed.item.amount.value == 0) state.remove(Slot::kOwed);
}

void owe_back(Application& state, const ReduceClaim& request, Cents difference) {
  auto& receivable = state.change<Receivable>(Slot::kReceivable);
  receivable.fund = request.fund;
  receivable.provider = request.provider;
  receivable.amount += difference;
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
    owe_back(state, request, decision.difference);
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
