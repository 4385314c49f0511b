#pragma once
// What the store does beside all claims, at its start and then again and again, on a thread that
// gives way to all others: it looks at what waits, then keeps what ended business days closed with.
// Each holds a snapshot while it goes on; the applier waits while a batch of closings is inserted.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "core/clock.hpp"
#include "core/mutex.hpp"
#include "core/pending.hpp"
#include "core/result.hpp"
#include "store/day_closings.hpp"
#include "store/pending_scan.hpp"

namespace wasl::store {

class Rocks;

struct RoundsOptions {
  const core::Clock* clock = nullptr;  // Outlives the store. nullptr: there are no rounds.
  std::function<void(core::PendingReport)> pending;  // Told what waits, once a round.
  // Told why a part of a round failed; the next round comes all the same.
  std::function<void(const core::Error&)> failed;
  // From the end of a round to the next. Deadlines are days; alerts wait for an hour.
  std::chrono::milliseconds every{60'000};
};

class Rounds {
 public:
  // The rows outlive the rounds.
  Rounds(Rocks& rocks, RoundsOptions options);
  ~Rounds();
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

  // Ends a round where it is; nobody is told of that one.
  void stop();

 private:
  void run();
  void keep_closings();
  void look_at_pending();
  // False: stopped.
  bool pause();

  Rocks& rocks_;
  DayClosings closings_;
  PendingScan scan_;
  const RoundsOptions options_;
  std::atomic<bool> stopped_ = false;
  core::Mutex mutex_;  // Held to change and to await `stopped_`.
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace wasl::store
