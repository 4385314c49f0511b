#include "engine/parking.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace wasl::engine {
namespace {

// Registrations and card links are read by thousands of commands and written by few: their readers
// take them as they are and queue for nothing.
bool ordered(core::Slot slot) {
  return slot != core::Slot::kParticipant && slot != core::Slot::kCard;
}

// Its row is in memory with the whole reference, not in the cache, so no entry keeps these in
// order.
bool changes_reference(const Pending& pending) {
  switch (core::deed_of(pending.submission.command.request)) {
    case core::Deed::kPutPrescriber:
    case core::Deed::kPutProduct:
    case core::Deed::kPutTarif:
    case core::Deed::kPutRulebook:
      return true;
    default:
      return false;
  }
}

core::Lane lane_of(const core::Command& command) {
  const core::Deed deed = core::deed_of(command.request);
  const bool reserved = deed == core::Deed::kReverseClaim || deed == core::Deed::kGetClaim;
  return reserved ? core::Lane::kReserved : core::Lane::kClaims;
}

// An upper bound of what core::keys_needed() can ask for over all its rounds.
std::uint32_t entries_needed_max(const core::Command& command) {
  switch (core::deed_of(command.request)) {
    case core::Deed::kSubmitClaim:
    case core::Deed::kQuoteClaim:
    case core::Deed::kCorrectClaim:
    case core::Deed::kReverseClaim:
      // Participant, request, card or original, account, history; of a repeat its bordereau, of a
      // reversal bordereau and what is owed instead of the account.
      return 6;
    case core::Deed::kGetClaim:
      return 3;  // Participant, original, bordereau.
    case core::Deed::kReviewBordereau: {
      const auto& review = std::get<core::ReviewBordereau>(command.request);
      return static_cast<std::uint32_t>(3 + 2 * review.verdicts.size());
    }
    case core::Deed::kCloseBordereau: {
      const auto& closing = std::get<core::CloseBordereau>(command.request);
      return static_cast<std::uint32_t>(4 + closing.claims.size());
    }
    case core::Deed::kCollectRun:  // Participant, request, run; of each item four more.
      return static_cast<std::uint32_t>(3 + (command.owed ? 4 * command.owed->owed.size() : 0));
    case core::Deed::kCancelRun:  // The same, payouts, and the items of those of one step.
      return 3 + 2 * core::kPayoutItemsMax;
    case core::Deed::kExportRun:
      return 3 + core::kStepItemsMax + core::kPayoutItemsMax;
    case core::Deed::kApplyStatuses:  // Participant, request, desk, file, part, and as many.
      return 5 + core::kStepItemsMax + core::kPayoutItemsMax;
    case core::Deed::kReceiveStatuses: {
      const auto& part = std::get<core::ReceiveStatuses>(command.request);
      return static_cast<std::uint32_t>(4 + part.entries.size());
    }
    default:
      return core::kSlots;
  }
}

Keep keep_of(core::Slot slot) {
  const bool request =
      slot == core::Slot::kRequest || slot == core::Slot::kOriginal || slot == core::Slot::kListed;
  return request ? Keep::kUntilApplied : Keep::kByUse;
}

bool later(const Pending* a, const Pending* b) { return a->arrival > b->arrival; }

}  // namespace

bool Parking::admit(Submission& submission, MonotonicTime now) {
  const std::uint32_t needed = entries_needed_max(submission.command);
  const bool reserved = lane_of(submission.command) == core::Lane::kReserved;
  const std::size_t bound = reserved ? entries_max_ + entries_max_ / 4 : entries_max_;
  if (entries_reserved_ + needed > bound) return false;

  auto pending = std::make_unique<Pending>();
  pending->submission = std::move(submission);
  pending->arrival = ++arrivals_;
  pending->admitted = now;
  pending->reserved = needed;
  entries_reserved_ += needed;
  Pending* const admitted = pending.get();
  commands_.emplace(admitted->arrival, std::move(pending));
  if (changes_reference(*admitted)) reference_order_.push_back(admitted);
  examine(admitted);
  return true;
}

void Parking::take_loaded(std::vector<core::LoadedRow> rows) {
  for (core::LoadedRow& loaded : rows) {
    if (loaded.as_of) {
      cache_.offer(loaded.key, std::move(loaded.row), *loaded.as_of);
      continue;
    }
    Entry* entry = cache_.find(loaded.key);
    WASL_ASSERT(entry != nullptr && entry->loading);
    entry->loading = false;
    // A row written while its load was under way is newer than what was read.
    if (entry->changed_at == 0) entry->row = std::move(loaded.row);
    for (Pending* waiting : std::exchange(entry->awaiting, {})) {
      WASL_ASSERT(waiting->loads > 0);
      if (--waiting->loads == 0) examine(waiting);
    }
  }
}

Pending* Parking::next_ready() {
  while (!ready_.empty()) {
    std::pop_heap(ready_.begin(), ready_.end(), later);
    Pending* pending = ready_.back();
    ready_.pop_back();
    pending->listed = false;
    // What it waited for may have led to further rows since.
    if (pending->loads == 0 && hold_needed(pending) && first_on_all(pending)) return pending;
  }
  return nullptr;
}

void Parking::release(Pending* pending) {
  WASL_ASSERT(pending->loads == 0 && !pending->listed);
  const auto owner = commands_.extract(pending->arrival);
  const std::unique_ptr<Pending>& owned = owner.mapped();
  entries_reserved_ -= owned->reserved;
  for (const Held& held : owned->held) {
    WASL_ASSERT(held.entry->pins > 0);
    --held.entry->pins;
    Waiting& order = held.entry->order;
    if (ordered(held.slot)) order.erase(std::ranges::remove(order, pending).begin(), order.end());
  }
  for (const Held& held : owned->held) {
    if (!held.entry->order.empty()) examine(held.entry->order.front());
  }
  if (reference_order_.empty() || reference_order_.front() != pending) return;
  reference_order_.pop_front();
  if (!reference_order_.empty()) examine(reference_order_.front());
}

// Moves a command on as far as it can go: asks for rows, or lists it as ready.
void Parking::examine(Pending* pending) {
  if (pending->listed || pending->loads > 0) return;
  if (!hold_needed(pending) || !first_on_all(pending)) return;
  pending->listed = true;
  ready_.push_back(pending);
  std::push_heap(ready_.begin(), ready_.end(), later);
}

// True when every row that the command needs, by what the rows now say, is here and held.
bool Parking::hold_needed(Pending* pending) {
  for (;;) {
    needs_.clear();
    core::keys_needed(pending->submission.command, pending->rows, needs_);
    if (needs_.empty()) return true;
    for (const core::Need& need : needs_) hold(pending, need);
    WASL_ASSERT(pending->held.size() <= pending->reserved);
    if (pending->loads > 0) return false;
  }
}

void Parking::hold(Pending* pending, const core::Need& need) {
  for (const Held& held : pending->held) {
    if (held.slot != need.slot || held.index != need.index) continue;
    WASL_ASSERT(!held.entry->loading);  // Its loads are done: `loads` was zero on entry.
    pending->rows.provide(need, &held.entry->row);
    return;
  }
  Entry* entry = cache_.find(need.key);
  if (entry == nullptr) {
    entry = &cache_.insert_loading(need.key, keep_of(need.slot));
    Loads& loads = loads_;
    const bool reserved = lane_of(pending->submission.command) == core::Lane::kReserved;
    (reserved ? loads.reserved : loads.claims)
        .push_back(core::wanted(pending->submission.command, need));
  }
  ++entry->pins;
  pending->held.push_back({.entry = entry, .slot = need.slot, .index = need.index});
  if (ordered(need.slot)) {
    const auto place = std::upper_bound(
        entry->order.begin(), entry->order.end(), pending,
        [](const Pending* a, const Pending* b) { return a->arrival < b->arrival; });
    entry->order.insert(place, pending);
  }
  if (entry->loading) {
    entry->awaiting.push_back(pending);
    ++pending->loads;
  } else {
    pending->rows.provide(need, &entry->row);
  }
}

bool Parking::first_on_all(const Pending* pending) const {
  if (changes_reference(*pending) && reference_order_.front() != pending) return false;
  return std::all_of(pending->held.begin(), pending->held.end(), [&](const Held& held) {
    return !ordered(held.slot) || held.entry->order.front() == pending;
  });
}

}  // namespace wasl::engine
