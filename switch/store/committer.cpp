#include "store/committer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/assert.hpp"
#include "store/free_space.hpp"

namespace wasl::store {

namespace {

std::int64_t milliseconds(core::Instant now) {
  using std::chrono::duration_cast;
  return duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
}

}  // namespace

Committer::Committer(journal::Journal journal, Links links)
    : journal_(std::move(journal)),
      group_bytes_max_(journal_.group_bytes_max()),
      links_(std::move(links)) {
  sample_space(Clock::now());
  thread_ = std::thread([this] { run(); });
}

Committer::~Committer() { stop(); }

void Committer::commit(core::Group group) { inbox_.put(std::move(group)); }

std::chrono::nanoseconds Committer::commit_age() const {
  const Clock::time_point began = append_began_.load(std::memory_order_relaxed);
  return began == kNoAppend ? std::chrono::nanoseconds{0} : Clock::now() - began;
}

void Committer::stop() {
  inbox_.close();
  if (thread_.joinable()) thread_.join();
}

void Committer::run() {
  while (!links_.failure.happened()) {
    std::optional<core::Group> group = inbox_.take_until(wake_at());
    const bool idle = !group.has_value();
    if (idle && inbox_.closed()) break;
    if (!idle) append(std::move(*group));
    if (!links_.failure.happened()) tend(idle);
  }
  if (!links_.failure.happened()) advance_head();
}

Committer::Clock::time_point Committer::wake_at() const {
  const Clock::time_point idle_at = last_append_ + kIdleAfter;
  Clock::time_point due = space_due_;
  if (!journal_.next_segment_ready()) due = std::min(due, std::max(slice_retry_, idle_at));
  return journal_.head_lag() == 0 ? due : std::min({due, head_due_, idle_at});
}

void Committer::append(core::Group group) {
  WASL_ASSERT(group.first == journal_.last().sequence + 1);
  const bool head_was_current = journal_.head_lag() == 0;
  payloads_.clear();
  for (const std::string& payload : group.payloads) payloads_.push_back(core::as_bytes(payload));

  const Clock::time_point began = Clock::now();
  append_began_.store(began, std::memory_order_relaxed);
  const auto appended = journal_.append_group(milliseconds(group.now), payloads_);
  if (!appended) {
    links_.failure.report(appended.error());
    return;
  }
  append_began_.store(kNoAppend, std::memory_order_relaxed);
  links_.observer.stage(core::Stage::kSync, Clock::now() - began);
  links_.observer.journal_synced(appended->stored_bytes, appended->anchor.sequence);
  core::Committed committed{group.first, {}};
  committed.receipts.reserve(appended->receipts.size());
  for (const journal::Receipt& receipt : appended->receipts) {
    committed.receipts.push_back(receipt.hash);
  }
  DurableGroup durable{std::move(group.changes), committed.receipts, appended->anchor,
                       appended->stored_bytes};
  links_.completions.committed(std::move(committed));
  links_.applier.apply(std::move(durable));

  last_append_ = Clock::now();
  if (head_was_current) head_due_ = last_append_ + kHeadLateMax;
}

// Everything that replies do not wait for.
void Committer::tend(bool idle) {
  const Clock::time_point now = Clock::now();
  if (journal_.head_lag() > 0 && (idle || now >= head_due_)) advance_head();
  if (idle || journal_.slice_urgent()) prepare_segment(now);
  if (now >= space_due_) sample_space(now);
}

void Committer::advance_head() {
  if (auto advanced = journal_.advance_head(); !advanced) {
    links_.failure.report(advanced.error());
    return;
  }
  links_.observer.journal_head(journal_.last().sequence);
}

// Below the reserve the rest is left for groups: when the segment is needed, append_group fills it.
// Without space this fails and is tried again.
void Committer::prepare_segment(Clock::time_point now) {
  if (journal_.next_segment_ready() || now < slice_retry_) return;
  if (free_bytes() < links_.disk_reserve_bytes || !journal_.prepare_slice()) {
    slice_retry_ = now + kSpaceSampled;
  }
}

void Committer::sample_space(Clock::time_point now) {
  const std::uint64_t free = least_free_bytes(links_.places);
  if (auto allowed = allow_compactions(free); !allowed) links_.failure.report(allowed.error());
  free_bytes_.store(free, std::memory_order_relaxed);
  space_due_ = now + kSpaceSampled;
}

// They begin again a quarter of the reserve above where they stopped, not at each sample.
core::Result<void> Committer::allow_compactions(std::uint64_t free) {
  const std::uint64_t reserve = links_.disk_reserve_bytes;
  const std::uint64_t again =
      links_.rocks.compactions_allowed() ? 0 : core::last_of_reserve(reserve);
  return links_.rocks.allow_compactions(free >= compaction_bytes_min(reserve) + again);
}

}  // namespace wasl::store
