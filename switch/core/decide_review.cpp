// ReviewBordereau: what the centre's operator may decide of the claims presented to it.
// docs/settlement.md.

#include "core/bordereau.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

Reason check_verdict(const ReviewVerdict& verdict, const PresentedClaim* claim, Day today) {
  if (claim == nullptr) return Reason::kNotPresented;
  const bool hold = verdict.verdict == Verdict::kHold;
  const bool allowed = hold ? claim->state == RequestState::kPresented : is_undecided(*claim);
  if (!allowed) return Reason::kNotInThisState;
  const bool in_time =
      verdict.until >= today && verdict.until - today <= std::chrono::days{kHoldDaysMax};
  return hold && !in_time ? Reason::kHoldDateInvalid : Reason::kNone;
}

void count(const ReviewVerdict& verdict, Cents insurer, ReviewDecision& decision) {
  switch (verdict.verdict) {
    case Verdict::kAccept:
      return decision.accepted.add(insurer);
    case Verdict::kReject:
      return decision.rejected.add(insurer);
    case Verdict::kHold:
      decision.undecided.add(insurer);
      return decision.held.add(insurer);
  }
}

// The claims that no verdict names.
void count_rest(const ReviewBordereau& request, const Bordereau& bordereau,
                ReviewDecision& decision) {
  for (const PresentedClaim& claim : bordereau.claims) {
    if (!is_undecided(claim) || named_in(request, claim.claim)) continue;
    const bool accepted = request.accept_rest && claim.state == RequestState::kPresented;
    (accepted ? decision.accepted : decision.undecided).add(claim.insurer);
  }
}

ReviewDecision refused(Reason reason, ClaimId claim = 0) {
  ReviewDecision decision;
  decision.reason = reason;
  decision.claim = claim;
  return decision;
}

}  // namespace

ReviewDecision decide_review(const Situation& s, const ReviewBordereau& request) {
  const Reason asked = check_request(s);
  if (asked != Reason::kNone) return refused(asked);
  const auto* bordereau = s.rows.get<Bordereau>(Slot::kBordereau);
  const Reason reason = check_reviewer(bordereau, s.command.from);
  if (reason != Reason::kNone) return refused(reason);
  const Rulebook* rulebook = s.reference.rulebook_of(request.fund);
  if (rulebook == nullptr) return refused(Reason::kRulebookUnknown);
  const Day today = day_of(s.now, rulebook->utc_offset);
  ReviewDecision decision;
  for (const ReviewVerdict& verdict : request.verdicts) {
    const PresentedClaim* claim = presented_claim(*bordereau, verdict.claim);
    const Reason broken = check_verdict(verdict, claim, today);
    if (broken != Reason::kNone) return refused(broken, verdict.claim);
    count(verdict, claim->insurer, decision);
  }
  count_rest(request, *bordereau, decision);
  const bool changes = !request.verdicts.empty() || decision.accepted.claims > 0;
  return changes ? decision : refused(Reason::kNotInThisState);
}

}  // namespace wasl::core
