#pragma once
// Carries durable groups into RocksDB, behind the replies, on a thread of its own. What it has not
// applied yet is in memory and in the journal; its lag is what the engine bounds. A batch covers
// whole groups and only the last version of each row.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <thread>
#include <vector>

#include "core/durable.hpp"
#include "core/mutex.hpp"
#include "core/observer.hpp"
#include "journal/format.hpp"
#include "store/failure.hpp"
#include "store/mailbox.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// A group that is durable in the journal.
struct DurableGroup {
  std::vector<core::RowChange> changes;
  std::vector<core::Sha256> receipts;
  journal::Anchor anchor;
  std::uint64_t stored_bytes = 0;  // In the journal.
};

// The tail that recovery replays is bounded by forcing a flush at either of these: at 20
// microseconds a record well below the five seconds a restart may take.
struct FlushBounds {
  std::uint64_t records = 50'000;
  std::uint64_t journal_bytes = 128ULL * 1024 * 1024;
};

// One batch holds no more than this unless a single group is larger: it bounds the time until what
// was written becomes readable.
inline constexpr std::size_t kBatchBytesMax = 4ULL * 1024 * 1024;

// From the beginning of one batch to that of the next at least, unless somebody waits: under load a
// batch then holds some hundred claims, and sorted rows that lie closer together are inserted at a
// fraction of the cost. What is applied later is in the engine's memory and in the journal.
inline constexpr std::chrono::milliseconds kBatchPace{20};

class Applier {
 public:
  // All outlive the applier.
  struct Links {
    Rocks& rocks;
    core::Completions& completions;
    Failure& failure;
    core::Observer& observer;
  };
  Applier(const Links& links, const FlushBounds& bounds);
  // Drops what is not applied yet: it is in the journal.
  ~Applier();

  // Commit thread only, in order.
  void apply(DurableGroup group);

  // Any thread.
  [[nodiscard]] core::Lag lag() const;
  [[nodiscard]] core::Sequence applied() const { return applied_.load(std::memory_order_acquire); }
  // False if stop() came first. For scans.
  [[nodiscard]] bool wait_until_applied(core::Sequence sequence);
  // Wakes those who wait; with `drain` after everything given was applied.
  void stop(bool drain);

 private:
  void run();
  void gather();
  void apply_some(std::deque<DurableGroup>& groups);
  void finish(const std::vector<DurableGroup>& groups);
  void flush_if_due();

  Links links_;
  FlushBounds bounds_;
  Mailbox<DurableGroup> inbox_;
  // Apply thread only.
  RocksBatch batch_;
  std::uint64_t unflushed_records_ = 0;
  std::uint64_t unflushed_bytes_ = 0;
  std::chrono::steady_clock::time_point batch_began_;

  std::atomic<core::Sequence> given_;
  std::atomic<core::Sequence> applied_;
  std::atomic<std::uint64_t> lag_bytes_ = 0;
  core::Mutex mutex_;  // Only for waiting: until something is applied, until somebody does.
  std::condition_variable advanced_;
  std::condition_variable hurried_;
  std::size_t waiting_ WASL_GUARDED_BY(mutex_) = 0;
  bool stopping_ WASL_GUARDED_BY(mutex_) = false;
  bool stopped_ WASL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wasl::store
