// CloseBordereau: the provider's list against what the switch holds. docs/settlement.md.

#include <algorithm>

#include "core/situation.hpp"

namespace wasl::core {
namespace {

Cents sum_of(const std::vector<ListedClaim>& claims) {
  Cents sum;
  for (const ListedClaim& claim : claims) sum += claim.insurer;
  return sum;
}

// What the list says of itself, and who signed it.
Reason check_list(const Situation& s, const CloseBordereau& request) {
  if (request.claims.empty()) return Reason::kBordereauEmpty;
  if (request.count != request.claims.size()) return Reason::kBordereauCountWrong;
  if (request.total != sum_of(request.claims)) return Reason::kBordereauTotalWrong;
  const ListVerdict verdict = s.command.closing.list;
  if (verdict == ListVerdict::kDigestWrong) return Reason::kBordereauDigestWrong;
  const auto* provider = s.rows.get<Registration>(Slot::kParticipant);
  WASL_ASSERT(provider != nullptr);  // check_request() has passed.
  if (provider->signing_key.empty()) return Reason::kSigningKeyMissing;
  const bool right = request.signing_key == provider->signing_key && verdict == ListVerdict::kRight;
  return right ? Reason::kNone : Reason::kSignatureInvalid;
}

Reason check_reach(const CloseBordereau& request, const Presentation* before,
                   const Holdings& holdings) {
  const Sequence presented = before == nullptr ? 0 : before->up_to;
  if (request.up_to > holdings.as_of) return Reason::kBordereauAhead;
  // Holdings of another presentation are gathered anew before anything is decided by them.
  if (request.up_to <= presented || holdings.after != presented) {
    return Reason::kBordereauClosedAlready;
  }
  return holdings.whole ? Reason::kNone : Reason::kBordereauTooLong;
}

// Both sides are in the order of the claims' ids. A claim that was reversed since the scan still
// waits in `holdings`; its row, which is here if it is listed, knows.
std::vector<ListDifference> differences(const Situation& s, const CloseBordereau& request,
                                        const Holdings& holdings) {
  std::vector<ListDifference> found;
  auto held = holdings.claims.begin();
  const auto only_held = [&] {
    found.push_back({.claim = held->claim, .side = ListSide::kOnlyHeld, .held = held->insurer});
    ++held;
  };
  for (std::size_t i = 0; i < request.claims.size(); ++i) {
    const ListedClaim& listed = request.claims[i];
    while (held != holdings.claims.end() && held->claim < listed.claim) only_held();
    const bool on_both = held != holdings.claims.end() && held->claim == listed.claim;
    const RequestRow* row = on_both ? s.rows.get<RequestRow>(Slot::kListed, i) : nullptr;
    if (row == nullptr || row->state != RequestState::kApproved) {
      found.push_back({.claim = listed.claim, .side = ListSide::kOnlyListed, .held = {}});
    } else if (row->insurer != listed.insurer) {
      found.push_back(
          {.claim = listed.claim, .side = ListSide::kAmountDiffers, .held = row->insurer});
    }
    if (on_both) ++held;
  }
  while (held != holdings.claims.end()) only_held();
  return found;
}

}  // namespace

ClosingDecision decide_closing(const Situation& s, const CloseBordereau& request) {
  WASL_ASSERT(s.command.closing.holdings.has_value());
  const Holdings& holdings = *s.command.closing.holdings;
  const auto* before = s.rows.get<Presentation>(Slot::kPresentation);
  const Rulebook* rulebook = s.reference.rulebook_of(request.fund);
  ClosingDecision decision;
  decision.reason = check_request(s);
  if (decision.reason == Reason::kNone && s.reference.fund(request.fund) == nullptr) {
    decision.reason = Reason::kFundUnknown;
  }
  if (decision.reason == Reason::kNone && rulebook == nullptr) {
    decision.reason = Reason::kRulebookUnknown;
  }
  if (decision.reason == Reason::kNone) decision.reason = check_list(s, request);
  if (decision.reason == Reason::kNone) decision.reason = check_reach(request, before, holdings);
  if (decision.reason != Reason::kNone) return decision;
  decision.differences = differences(s, request, holdings);
  if (!decision.differences.empty()) {
    decision.reason = Reason::kBordereauDiffers;
    return decision;
  }
  const Day today = day_of(s.now, rulebook->utc_offset);
  const Parameters& parameters = rulebook->at(today);
  decision.first = before == nullptr ? 1 : before->bordereaux + 1;
  decision.claims_each = parameters.bordereau_claims_max;
  decision.due = std::min(today + std::chrono::days{parameters.payment_days}, kDayMax);
  return decision;
}

}  // namespace wasl::core
