#pragma once
// Makes groups durable, on a thread of its own: one append and one sync each, then the engine is
// told, then the group goes to the applier. Behind the replies it advances the head, fills the next
// segment and looks at the free space: what can wait does not begin when that becomes scarce.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "core/durable.hpp"
#include "core/files.hpp"
#include "core/observer.hpp"
#include "journal/journal.hpp"
#include "store/applier.hpp"
#include "store/failure.hpp"
#include "store/mailbox.hpp"

namespace wasl::store {

// The head is at most this late (docs/data_format.md "Head").
inline constexpr std::chrono::milliseconds kHeadLateMax{5};
// No group for this long behind a reply is idleness: longer than the way of the next group under
// load, a fraction of kHeadLateMax.
inline constexpr std::chrono::microseconds kIdleAfter{500};
// A disk fills by at most some 20 MB in this time; the reserve is far larger.
inline constexpr std::chrono::milliseconds kSpaceSampled{100};

class Committer {
 public:
  // All outlive the committer.
  struct Links {
    core::Completions& completions;
    Failure& failure;
    Applier& applier;
    core::Observer& observer;
    Rocks& rocks;
    std::vector<core::Directory*> places;  // Whose free space counts.
    std::uint64_t disk_reserve_bytes = 0;
  };
  Committer(journal::Journal journal, Links links);
  ~Committer();

  // At most one in flight.
  void commit(core::Group group);
  // Any thread; the smallest of the places, at most kSpaceSampled old while no sync hangs.
  [[nodiscard]] std::uint64_t free_bytes() const {
    return free_bytes_.load(std::memory_order_relaxed);
  }
  // How long the group in flight has been here; zero for none. Any thread.
  [[nodiscard]] std::chrono::nanoseconds commit_age() const;
  // Finishes what was given and advances the head.
  void stop();
  [[nodiscard]] std::uint64_t group_bytes_max() const { return group_bytes_max_; }

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr Clock::time_point kNoAppend = Clock::time_point::max();

  void run();
  [[nodiscard]] Clock::time_point wake_at() const;
  void append(core::Group group);
  void tend(bool idle);
  void advance_head();
  void prepare_segment(Clock::time_point now);
  void sample_space(Clock::time_point now);
  [[nodiscard]] core::Result<void> allow_compactions(std::uint64_t free);

  journal::Journal journal_;
  const std::uint64_t group_bytes_max_;
  Links links_;
  Mailbox<core::Group> inbox_;
  // Commit thread only.
  std::vector<core::ByteView> payloads_;
  Clock::time_point head_due_;  // While the head lags.
  Clock::time_point last_append_;
  Clock::time_point space_due_;
  Clock::time_point slice_retry_;  // Not before, after a slice that had no space.

  std::atomic<std::uint64_t> free_bytes_ = 0;
  std::atomic<Clock::time_point> append_began_{kNoAppend};
  std::thread thread_;
};

}  // namespace wasl::store
