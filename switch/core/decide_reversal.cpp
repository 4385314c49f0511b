// ReverseClaim and GetClaim: what the row of the request id they name says.

#include "core/bordereau.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

ReversalDecision refused(Reason reason) {
  ReversalDecision decision;
  decision.reason = reason;
  return decision;
}

ReversalDecision released(const RequestRow& original) {
  return {.effect = ReversalDecision::Effect::kReleased,
          .reason = Reason::kNone,
          .claim = original.sequence,
          .insurer = original.insurer,
          .patient = original.patient};
}

// Of a claim that was presented: reversing it would change what the centre reviews or has reviewed.
Reason refusal_of(const Situation& s, const RequestRow& original) {
  const RequestState state = state_now(original, s.rows.get<Bordereau>(Slot::kBordereau));
  return state == RequestState::kPresented ? Reason::kAlreadyPresented : Reason::kNotInThisState;
}

}  // namespace

// A suspended participant may still reverse, so check 3 is not asked.
ReversalDecision decide_reversal(const Situation& s, const ReverseClaim& request) {
  using Effect = ReversalDecision::Effect;
  const Reason reason = check_request_id(s);
  if (reason != Reason::kNone) return refused(reason);
  if (request.original == s.command.request_id) return refused(Reason::kOriginalNotAClaim);

  ReversalDecision decision;
  const auto* original = s.rows.get<RequestRow>(Slot::kOriginal);
  if (original == nullptr) {
    decision.effect = Effect::kTombstone;
    return decision;
  }
  if (original->answered) decision.claim = original->sequence;
  switch (original->state) {
    case RequestState::kApproved:
      return original->paid ? refused(Reason::kNotInThisState) : released(*original);
    case RequestState::kReversed:
      decision.effect = Effect::kAlreadyReversed;
      return decision;
    case RequestState::kDeclined:
    case RequestState::kClosed:
      decision.effect = Effect::kNothingToRelease;
      return decision;
    case RequestState::kPresented:
    case RequestState::kHeld:
    case RequestState::kAccepted:
    case RequestState::kRejected:
    case RequestState::kCorrected:
    case RequestState::kInRun:
    case RequestState::kExported:
    case RequestState::kPaid:
    case RequestState::kReturned:
      decision.reason = refusal_of(s, *original);
      return decision;
    case RequestState::kDone:
      break;
  }
  return refused(Reason::kOriginalNotAClaim);
}

StatusDecision decide_status(const Situation& s, const GetClaim& request) {
  using Finding = StatusDecision::Finding;
  const auto* original = s.rows.get<RequestRow>(Slot::kOriginal);
  if (original == nullptr) {
    return {.finding = request.close_if_absent ? Finding::kClosed : Finding::kNotSeen,
            .writes_tombstone = request.close_if_absent};
  }
  if (original->state == RequestState::kDone) return {.finding = Finding::kNotAClaim};
  // What was said to be final stays so when the late original was declined since. A claim that was
  // approved and then reversed was found: its row names the insured person.
  if (original->state == RequestState::kClosed) return {.finding = Finding::kClosed};
  const bool reversed_first =
      original->state == RequestState::kReversed && original->insured.empty();
  return {.finding = reversed_first ? Finding::kReversed : Finding::kFound};
}

}  // namespace wasl::core
