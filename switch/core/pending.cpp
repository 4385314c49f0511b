#include "core/pending.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/history_view.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// By state.
constexpr std::array<PendingName, kPendingStates> kNames{{{"approved", "provider"},
                                                          {"presented", "centre"},
                                                          {"presented", "fund"},
                                                          {"held", "provider"},
                                                          {"held", "centre"},
                                                          {"held", "fund"},
                                                          {"rejected", "provider"},
                                                          {"accepted", "fund"},
                                                          {"refund", "fund"},
                                                          {"returned", "fund"},
                                                          {"in_run", "fund"},
                                                          {"exported", "bank"},
                                                          {"status_file", "fund"},
                                                          {"account", "centre"},
                                                          {"account", "fund"},
                                                          {"agreement", "fund"}}};

constexpr std::size_t index(PendingState state) { return static_cast<std::size_t>(state); }

PendingState state_of(const OwedItem& item) {
  if (item.came_back) return PendingState::kReturned;
  return std::holds_alternative<RefundItem>(item.of) ? PendingState::kRefund
                                                     : PendingState::kAccepted;
}

PendingState presented_to(Role reviewer) {
  return reviewer == Role::kFund ? PendingState::kPresentedToFund : PendingState::kPresented;
}

PendingState held_for(StepOwner owner) {
  switch (owner) {
    case StepOwner::kProvider:
      return PendingState::kHeldForProvider;
    case StepOwner::kCentre:
      return PendingState::kHeldForCentre;
    case StepOwner::kFund:
      break;
  }
  return PendingState::kHeldForFund;
}

bool is_open(const SettlementRun& run) {
  return run.state != RunState::kCancelled && run.state != RunState::kExported;
}

}  // namespace

const PendingName& name(PendingState state) {
  WASL_ASSERT(state < PendingState::kEnd);
  return kNames[index(state)];
}

void Pending::add(const Pending& more) {
  items += more.items;
  late += more.late;
  if (more.oldest) oldest = std::min(oldest.value_or(*more.oldest), *more.oldest);
}

PendingCount::PendingCount(const Rulebook* rulebook, Instant now) : rulebook_(rulebook), now_(now) {
  if (rulebook == nullptr) return;
  correctable_from_ = history_bounds(*rulebook, day_at(now)).service_from;
  // A claim is approved before its service date by no more than the clocks may differ.
  std::uint16_t ahead = 0;
  for (const Parameters& period : rulebook->periods) {
    ahead = std::max(ahead, period.service_date_ahead_minutes);
  }
  correctable_since_ =
      Instant{correctable_from_} - rulebook->utc_offset - std::chrono::minutes{ahead};
}

Day PendingCount::day_at(Instant at) const {
  return day_of(at, rulebook_ == nullptr ? std::chrono::minutes{0} : rulebook_->utc_offset);
}

Day PendingCount::presented_by(Instant from) const {
  if (rulebook_ == nullptr) return kDayMax;
  const Day day = day_at(from);
  return day + std::chrono::days{rulebook_->at(day).presentation_days};
}

void PendingCount::add(PendingState state, std::uint64_t items, Instant since, Day deadline) {
  if (items == 0) return;
  const bool known = since != Instant{};  // Rows of before it was kept say 1970.
  states_[index(state)].add({.items = items,
                             .late = deadline < day_at(now_) ? items : 0,
                             .oldest = known ? std::optional(since) : std::nullopt});
}

void PendingCount::add_approved(Instant at) {
  add(PendingState::kApproved, 1, at, presented_by(at));
}

void PendingCount::add(const ReviewIndexRow& review, const ReviewPlace& place) {
  WASL_ASSERT(review.held == 0);
  add(presented_to(place.reviewer), review.presented, review.since, place.deadline);
}

void PendingCount::add(const Bordereau& bordereau) {
  const PendingState presented = presented_to(reviewer_of(bordereau).role);
  for (const PresentedClaim& claim : bordereau.claims) {
    if (!is_undecided(claim)) continue;
    const bool held = claim.state == RequestState::kHeld;
    add(held ? held_for(claim.owner) : presented, 1, bordereau.closed_at,
        held ? claim.until : bordereau.due);
  }
}

void PendingCount::add_rejected(Instant at) {
  add(PendingState::kRejected, 1, at, presented_by(at));
}

void PendingCount::add(const Owed& owed) {
  add(state_of(owed.item), 1, owed.item.since, owed.item.due);
}

void PendingCount::add(const SettlementRun& run) {
  const std::uint32_t left = run.payouts - std::min(handled(run), run.payouts);
  const bool only_begun = is_open(run) && run.payouts == 0;
  add(PendingState::kInRun, only_begun ? 1 : left, run.proposed_at, run.value_date);
}

void PendingCount::add(const Payout& payout, const SettlementRun& run) {
  WASL_ASSERT(run.exported.has_value());
  if (payout.state != PayoutState::kExported) return;
  add(PendingState::kExported, 1, run.exported->at, run.value_date);
}

void PendingCount::add(const StatusFile& file) {
  add(PendingState::kStatusFile, 1, file.at, day_at(file.at) + std::chrono::days{1});
}

void PendingCount::add(const PayoutChange& change, Role at) {
  add(at == Role::kFund ? PendingState::kAccountAtFund : PendingState::kAccountAtCentre, 1,
      change.at, day_at(change.at) + kAccountChangeDays);
}

void PendingCount::add(const AgreementIndexRow& agreement, Instant since) {
  add(PendingState::kAgreement, 1, since, agreement.wanted.from);
}

}  // namespace wasl::core
