// CorrectClaim: a rejected claim's place is taken by another, decided by the same checks.
// docs/settlement.md.

#include "core/claim_facts.hpp"

namespace wasl::core {
namespace {

ClaimDecision declined(Reason reason) {
  ClaimDecision decision;
  decision.reason = reason;
  return decision;
}

Reason check_original(const Situation& s, const CorrectClaim& request) {
  const auto* original = s.rows.get<RequestRow>(Slot::kOriginal);
  if (original == nullptr || !original->answered) return Reason::kOriginalUnknown;
  if (original->state == RequestState::kDone || request.original == s.command.request_id) {
    return Reason::kOriginalNotAClaim;
  }
  return original->state == RequestState::kRejected ? Reason::kNone : Reason::kNotInThisState;
}

}  // namespace

Claim corrected_claim(const CorrectClaim& request, const RequestRow& original,
                      const ParticipantId& provider) {
  return {.kind = original.kind,
          .provider = provider,
          .terminal = request.terminal,
          .card = {.number = original.card, .fund = original.fund, .key_version = 0},
          .rank = original.rank,
          .service_date = original.service_date,
          .first_act_date = original.service_date,
          .prescription = request.prescription,
          .lines = request.lines};
}

ClaimDecision decide_correction(const Situation& s, const CorrectClaim& request) {
  const Reason asked = check_request(s);
  if (asked != Reason::kNone) return declined(asked);
  const Reason reason = check_original(s, request);
  if (reason != Reason::kNone) return declined(reason);
  const auto& original = *s.rows.get<RequestRow>(Slot::kOriginal);
  const Claim claim = corrected_claim(request, original, s.command.from.id);
  ClaimDecision decision = decide_claim(s, claim, &original);
  if (decision.outcome == Outcome::kDeclined) return decision;
  if (decision.insurer > original.insurer) return declined(Reason::kCorrectionAboveOriginal);
  decision.corrects = original.sequence;
  return decision;
}

}  // namespace wasl::core
