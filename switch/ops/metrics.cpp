#include "ops/metrics.hpp"

#include <algorithm>
#include <utility>

#include "ops/metric_cells.hpp"

namespace wasl::ops {
namespace {

std::size_t own_shard() noexcept {
  static std::atomic<std::size_t> threads{0};
  static thread_local const std::size_t kShard =
      threads.fetch_add(1, std::memory_order_relaxed) % kShards;
  return kShard;
}

template <std::size_t kBounds>
std::size_t bucket(const std::array<std::uint64_t, kBounds>& bounds, std::uint64_t value) {
  return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), value) -
                                  bounds.begin());
}

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

}  // namespace

Metrics::Metrics(std::string version)
    : version_(std::move(version)), shards_(std::make_unique<Shard[]>(kShards)) {}

Metrics::~Metrics() = default;

void Metrics::count(std::size_t cell, std::uint64_t by) noexcept {
  WASL_ASSERT(cell < Cells::kEnd);
  shards_[own_shard()].cells[cell].fetch_add(by, std::memory_order_relaxed);
}

void Metrics::set(Gauge gauge, std::uint64_t value) noexcept {
  gauges_[index(gauge)].store(value, std::memory_order_relaxed);
}

std::uint64_t Metrics::get(Gauge gauge) const noexcept {
  return gauges_[index(gauge)].load(std::memory_order_relaxed);
}

void Metrics::stage(core::Stage stage, std::chrono::nanoseconds duration) noexcept {
  WASL_ASSERT(stage < core::Stage::kEnd);
  const auto nanoseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
  const std::size_t first = Cells::kStages + index(stage) * Cells::kStageCells;
  count(first + bucket(kDurationBounds, nanoseconds));
  count(first + kDurationBounds.size() + 1, nanoseconds);
}

void Metrics::group_committed(std::uint64_t commands) noexcept {
  count(Cells::kGroup + bucket(kGroupBounds, commands));
  count(Cells::kGroup + kGroupBounds.size() + 1, commands);
}

void Metrics::decided(core::Deed deed, core::Outcome outcome, core::Reason reason) noexcept {
  const bool granted = outcome != core::Outcome::kDeclined;
  count(Cells::kRequests + 2 * index(deed) + (granted ? 0 : 1));
  if (deed != core::Deed::kSubmitClaim && deed != core::Deed::kCorrectClaim) return;
  const std::size_t declined = 2 + index(reason);
  count(Cells::kClaims + (granted ? index(outcome) - index(core::Outcome::kApproved) : declined));
}

void Metrics::line_declined(core::Reason reason) noexcept { count(Cells::kLines + index(reason)); }

void Metrics::repeated() noexcept { count(Cells::kRepeats); }

void Metrics::busy(core::BusyCause cause) noexcept { count(Cells::kBusy + index(cause)); }

void Metrics::refused(core::Refusal refusal) noexcept { count(Cells::kRefused + index(refusal)); }

void Metrics::queue_depth(std::uint64_t commands) noexcept { set(Gauge::kQueue, commands); }

void Metrics::parked(std::uint64_t commands) noexcept { set(Gauge::kParked, commands); }

void Metrics::cache(std::uint64_t hits, std::uint64_t misses) noexcept {
  count(Cells::kCacheHits, hits);
  count(Cells::kCacheMisses, misses);
}

void Metrics::accept_refused(core::AcceptRefusal refusal) noexcept {
  count(Cells::kAccepts + index(refusal));
}

void Metrics::handshake_done(core::HandshakeResult result) noexcept {
  count(Cells::kHandshakes + index(result));
}

void Metrics::connection_opened(core::Role role) noexcept { count(Cells::kOpened + index(role)); }

void Metrics::connection_closed(core::Role role, core::CloseCause cause) noexcept {
  count(Cells::kClosed + index(role));
  count(Cells::kCloseCauses + index(cause));
}

void Metrics::frame_refused(core::FrameRefusal refusal) noexcept {
  count(Cells::kFrames + index(refusal));
}

void Metrics::journal_synced(std::uint64_t bytes, core::Sequence last) noexcept {
  count(Cells::kJournalBytes, bytes);
  set(Gauge::kSequence, last);
}

void Metrics::journal_head(core::Sequence head) noexcept { set(Gauge::kHead, head); }
void Metrics::store_applied(core::Sequence applied) noexcept { set(Gauge::kApplied, applied); }
void Metrics::disk_free(std::uint64_t bytes) noexcept { set(Gauge::kDiskFree, bytes); }
void Metrics::disk_reserve(std::uint64_t bytes) noexcept { set(Gauge::kDiskReserve, bytes); }
void Metrics::clock_alarm(bool raised) noexcept { set(Gauge::kClockAlarm, raised ? 1 : 0); }
void Metrics::ready(bool is_ready) noexcept { set(Gauge::kReady, is_ready ? 1 : 0); }

void Metrics::reloaded(bool done) noexcept { count(Cells::kReloads + (done ? 0 : 1)); }

void Metrics::pending(core::PendingReport report) {
  const core::MutexLock lock(pending_mutex_);
  pending_ = std::move(report);
}

core::PendingReport Metrics::last_pending() const {
  const core::MutexLock lock(pending_mutex_);
  return pending_;
}

void Metrics::log_left_out(std::uint64_t events) noexcept { set(Gauge::kLogLeftOut, events); }

void Metrics::expires(Expiring what, core::Instant at) noexcept {
  WASL_ASSERT(what < Expiring::kEnd);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
  expires_[index(what)].store(seconds, std::memory_order_relaxed);
}

}  // namespace wasl::ops
