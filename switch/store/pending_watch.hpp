#pragma once
// Looks at what waits, at its start and then again and again, on a thread of its own that gives way
// to all others. It holds one snapshot while it looks, and never makes anybody wait.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "core/clock.hpp"
#include "core/mutex.hpp"
#include "core/pending.hpp"
#include "core/result.hpp"

namespace wasl::store {

class Rocks;

struct PendingWatching {
  const core::Clock* clock = nullptr;  // Outlives the store. nullptr: nobody watches.
  // Of each look: what it found, or why it failed; the next one comes all the same.
  std::function<void(const core::Result<core::PendingReport>&)> told;
  // From the end of a look to the next. Deadlines are days; alerts wait for an hour.
  std::chrono::milliseconds every{60'000};
};

class PendingWatch {
 public:
  // The rows outlive the watch.
  PendingWatch(const Rocks& rocks, PendingWatching watching);
  ~PendingWatch();
  PendingWatch(const PendingWatch&) = delete;
  PendingWatch& operator=(const PendingWatch&) = delete;

  // Ends a look where it is; nobody is told of that one.
  void stop();

 private:
  void run();
  // False: stopped.
  bool pause();

  const Rocks& rocks_;
  const PendingWatching watching_;
  std::atomic<bool> stopped_ = false;
  core::Mutex mutex_;  // Held to change and to await `stopped_`.
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace wasl::store
