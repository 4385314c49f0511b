#include "core/bordereau.hpp"

#include <algorithm>

namespace wasl::core {
namespace {

template <typename Claims>
auto* find_claim(Claims& claims, ClaimId claim) {
  const auto found = std::ranges::lower_bound(claims, claim, {}, &PresentedClaim::claim);
  return found == claims.end() || found->claim != claim ? nullptr : &*found;
}

// Of what a payout pays.
RequestState state_of_claim(PayoutState state) {
  switch (state) {
    case PayoutState::kTaken:
      return RequestState::kInRun;
    case PayoutState::kExported:
      return RequestState::kExported;
    case PayoutState::kPaid:
      return RequestState::kPaid;
    case PayoutState::kReturned:
      return RequestState::kReturned;
  }
  return RequestState::kInRun;
}

}  // namespace

const PresentedClaim* presented_claim(const Bordereau& bordereau, ClaimId claim) {
  return find_claim(bordereau.claims, claim);
}

PresentedClaim* presented_claim(Bordereau& bordereau, ClaimId claim) {
  return find_claim(bordereau.claims, claim);
}

std::optional<PaidBy> paid_by(const Bordereau& bordereau, const PresentedClaim& claim) {
  if (claim.state != RequestState::kAccepted) return std::nullopt;
  const auto paid =
      std::ranges::find(bordereau.paid, claim.reviewed_by, &AcceptancePaid::acceptance);
  if (paid == bordereau.paid.end()) return std::nullopt;
  return paid->by;
}

RequestState state_now(const Bordereau& bordereau, const PresentedClaim& claim) {
  const std::optional<PaidBy> by = paid_by(bordereau, claim);
  return by ? state_of_claim(by->state) : claim.state;
}

RequestState state_now(const RequestRow& row, const Bordereau* bordereau) {
  if (row.paid) return state_of_claim(row.paid->state);
  if (row.state != RequestState::kPresented || bordereau == nullptr) return row.state;
  const PresentedClaim* claim = presented_claim(*bordereau, row.sequence);
  return claim == nullptr ? row.state : state_now(*bordereau, *claim);
}

Cents reduced_since(const RequestRow& row, const Bordereau* bordereau) {
  const PresentedClaim* claim =
      bordereau == nullptr ? nullptr : presented_claim(*bordereau, row.sequence);
  return claim == nullptr ? Cents{} : claim->reduced;
}

Reason check_reviewer(const Bordereau* bordereau, const Participant& from) {
  if (bordereau == nullptr) return Reason::kBordereauUnknown;
  const bool may = from == reviewer_of(*bordereau) || from == fund_of(*bordereau);
  return may ? Reason::kNone : Reason::kBordereauOfAnother;
}

bool is_undecided(const PresentedClaim& claim) {
  return claim.state == RequestState::kPresented || claim.state == RequestState::kHeld;
}

bool named_in(const ReviewBordereau& request, ClaimId claim) {
  return std::ranges::binary_search(request.verdicts, claim, {}, &ReviewVerdict::claim);
}

Participant fund_of(const Bordereau& bordereau) {
  // A fund speaks under its code.
  return {Role::kFund, ParticipantId::make(bordereau.fund.view()).value_or(ParticipantId{})};
}

Participant reviewer_of(const Bordereau& bordereau) {
  if (bordereau.centre.empty()) return fund_of(bordereau);
  return {Role::kCentre, bordereau.centre};
}

std::optional<OpenReview> open_review(const Bordereau& bordereau) {
  ReviewIndexRow row;
  row.fund = bordereau.fund;
  row.provider = bordereau.provider;
  row.since = bordereau.closed_at;
  Day deadline = kDayMax;
  for (const PresentedClaim& claim : bordereau.claims) {
    if (!is_undecided(claim)) continue;
    const bool held = claim.state == RequestState::kHeld;
    ++(held ? row.held : row.presented);
    row.amount += claim.insurer;
    deadline = std::min(deadline, held ? claim.until : bordereau.due);
  }
  if (row.presented + row.held == 0) return std::nullopt;
  return OpenReview{.key = review_index_key(reviewer_of(bordereau), deadline, bordereau.closed_by,
                                            bordereau.number),
                    .row = row};
}

}  // namespace wasl::core
