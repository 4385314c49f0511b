// ReduceClaim: what the fund pays of an accepted claim becomes less. docs/settlement.md
// "Reductions".

#include "core/bordereau.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

using Effect = ReductionDecision::Effect;

ReductionDecision refused(Reason reason) {
  return {.effect = Effect::kRefused, .reason = reason, .difference = {}};
}

// In which states a claim may be reduced, and what that does; refused otherwise.
ReductionDecision judge_state(RequestState state) {
  switch (state) {
    case RequestState::kAccepted:
      return {.effect = Effect::kOwedLess, .reason = Reason::kNone, .difference = {}};
    case RequestState::kPaid:
      return {.effect = Effect::kOwedBack, .reason = Reason::kNone, .difference = {}};
    case RequestState::kInRun:
    case RequestState::kExported:
      return refused(Reason::kInSettlement);
    default:
      return refused(Reason::kNotInThisState);
  }
}

// What the provider owes back stays far below what the sum of it and of all that payouts withhold
// and may give back could hold.
bool has_room(const Situation& s, Cents difference) {
  const auto* receivable = s.rows.get<Receivable>(Slot::kReceivable);
  return receivable == nullptr || difference <= kBordereauAmountMax - receivable->amount;
}

}  // namespace

ReductionDecision decide_reduction(const Situation& s, const ReduceClaim& request) {
  const Reason asked = check_request(s);
  if (asked != Reason::kNone) return refused(asked);
  const auto* bordereau = s.rows.get<Bordereau>(Slot::kBordereau);
  const Reason reason = check_reviewer(bordereau, s.command.from);
  if (reason != Reason::kNone) return refused(reason);
  const PresentedClaim* claim = presented_claim(*bordereau, request.claim);
  if (claim == nullptr) return refused(Reason::kNotPresented);
  ReductionDecision decision = judge_state(state_now(*bordereau, *claim));
  if (decision.effect == Effect::kRefused) return decision;
  if (request.insurer >= claim->insurer) return refused(Reason::kNotAReduction);
  decision.difference = claim->insurer - request.insurer;
  return has_room(s, decision.difference) ? decision : refused(Reason::kNotAReduction);
}

}  // namespace wasl::core
