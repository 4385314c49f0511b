#include "core/pending.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// By state.
constexpr std::array<PendingName, kPendingStates> kNames{{{"approved", "provider"},
                                                          {"presented", "centre"},
                                                          {"held", "centre"},
                                                          {"accepted", "fund"},
                                                          {"refund", "fund"},
                                                          {"returned", "fund"},
                                                          {"in_run", "fund"},
                                                          {"exported", "bank"},
                                                          {"status_file", "fund"}}};

constexpr std::size_t index(PendingState state) { return static_cast<std::size_t>(state); }

PendingState state_of(const OwedItem& item) {
  if (item.came_back) return PendingState::kReturned;
  return std::holds_alternative<RefundItem>(item.of) ? PendingState::kRefund
                                                     : PendingState::kAccepted;
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

PendingCount::PendingCount(const Rulebook* rulebook, Instant now)
    : rulebook_(rulebook), now_(now) {}

Day PendingCount::day_at(Instant at) const {
  return day_of(at, rulebook_ == nullptr ? std::chrono::minutes{0} : rulebook_->utc_offset);
}

void PendingCount::add(PendingState state, std::uint64_t items, Instant since, Day deadline) {
  if (items == 0) return;
  const bool known = since != Instant{};  // Rows of before it was kept say 1970.
  states_[index(state)].add({.items = items,
                             .late = deadline < day_at(now_) ? items : 0,
                             .oldest = known ? std::optional(since) : std::nullopt});
}

void PendingCount::add_approved(Instant at) {
  const Day approved = day_at(at);
  const Day deadline =
      rulebook_ == nullptr
          ? kDayMax
          : approved + std::chrono::days{rulebook_->at(approved).presentation_days};
  add(PendingState::kApproved, 1, at, deadline);
}

void PendingCount::add(const ReviewIndexRow& review, Day deadline) {
  add(PendingState::kPresented, review.presented, review.since, deadline);
  add(PendingState::kHeld, review.held, review.since, deadline);
}

void PendingCount::add(const Owed& owed) {
  add(state_of(owed.item), 1, owed.item.since, owed.item.due);
}

void PendingCount::add(const SettlementRun& run) {
  const std::uint32_t left = run.payouts - std::min(handled(run), run.payouts);
  add(PendingState::kInRun, left, run.proposed_at, run.value_date);
}

void PendingCount::add(const Payout& payout, const SettlementRun& run) {
  WASL_ASSERT(run.exported.has_value());
  if (payout.state != PayoutState::kExported) return;
  add(PendingState::kExported, 1, run.exported->at, run.value_date);
}

void PendingCount::add(const StatusFile& file) {
  add(PendingState::kStatusFile, 1, file.at, day_at(file.at) + std::chrono::days{1});
}

}  // namespace wasl::core
