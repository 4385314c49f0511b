#pragma once
// Every exported series: docs/operating.md explains each, tests/golden/metrics.txt pins the names.
// Labels are closed enums, never a card, person or participant but a fund by its code, and every
// series is there from the start, those of funds from the first look on. Counting is a relaxed add
// to the calling thread's own shard: no lock, no allocation, any thread. Shards are merged when
// Prometheus asks.

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/mutex.hpp"
#include "core/observer.hpp"
#include "core/pending.hpp"

namespace wasl::ops {

// Funds that have series of their own, by code; what waits in the others is one. A country has a
// handful: 28 series each.
inline constexpr std::size_t kFundsShownMax = 31;

// Whose end is watched.
enum class Expiring : std::uint8_t { kServerCertificate, kAuthority, kRevocationList, kEnd };

class Metrics final : public core::Observer, public prometheus::Collectable {
 public:
  // The version is that of this build.
  explicit Metrics(std::string version);
  ~Metrics() override;
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void stage(core::Stage stage, std::chrono::nanoseconds duration) noexcept override;
  void decided(core::Deed deed, core::Outcome outcome, core::Reason reason) noexcept override;
  void line_declined(core::Reason reason) noexcept override;
  void repeated() noexcept override;
  void busy(core::BusyCause cause) noexcept override;
  void refused(core::Refusal refusal) noexcept override;
  void group_committed(std::uint64_t commands) noexcept override;
  void queue_depth(std::uint64_t commands) noexcept override;
  void parked(std::uint64_t commands) noexcept override;
  void cache(std::uint64_t hits, std::uint64_t misses) noexcept override;
  void accept_refused(core::AcceptRefusal refusal) noexcept override;
  void handshake_done(core::HandshakeResult result) noexcept override;
  void connection_opened(core::Role role) noexcept override;
  void connection_closed(core::Role role, core::CloseCause cause) noexcept override;
  void frame_refused(core::FrameRefusal refusal) noexcept override;
  void journal_synced(std::uint64_t bytes, core::Sequence last) noexcept override;
  void journal_head(core::Sequence head) noexcept override;
  void store_applied(core::Sequence applied) noexcept override;
  void disk_free(std::uint64_t bytes) noexcept override;
  void clock_alarm(bool raised) noexcept override;

  // As last told; for a health check.
  [[nodiscard]] bool clock_alarmed() const noexcept { return get(Gauge::kClockAlarm) != 0; }

  // What only the wiring knows.
  void disk_reserve(std::uint64_t bytes) noexcept;
  void ready(bool is_ready) noexcept;
  // After SIGHUP; false: everything stayed as it was.
  void reloaded(bool done) noexcept;
  // Of the log, since the start.
  void log_left_out(std::uint64_t events) noexcept;
  void expires(Expiring what, core::Instant at) noexcept;
  // What waits, as last looked at; not on a claim's way.
  void pending(core::PendingReport report);

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  enum class Gauge : std::uint8_t {
    kQueue,
    kParked,
    kSequence,
    kHead,
    kApplied,
    kDiskFree,
    kDiskReserve,
    kClockAlarm,
    kReady,
    kLogLeftOut,
    kEnd
  };
  struct Shard;
  struct Collector;

  void count(std::size_t cell, std::uint64_t by = 1) noexcept;
  void set(Gauge gauge, std::uint64_t value) noexcept;
  [[nodiscard]] std::uint64_t get(Gauge gauge) const noexcept;
  [[nodiscard]] core::PendingReport last_pending() const;

  const std::string version_;
  std::unique_ptr<Shard[]> shards_;
  std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Gauge::kEnd)> gauges_{};
  // Seconds since 1970; 0 until told.
  std::array<std::atomic<std::int64_t>, static_cast<std::size_t>(Expiring::kEnd)> expires_{};
  mutable core::Mutex pending_mutex_;  // Held to put the report or copy it.
  core::PendingReport pending_ WASL_GUARDED_BY(pending_mutex_);
};

// The page that Prometheus reads.
[[nodiscard]] std::string metrics_page(const prometheus::Collectable& metrics);

}  // namespace wasl::ops
