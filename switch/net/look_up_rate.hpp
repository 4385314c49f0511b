#pragma once
// How many look-ups without a card (GetRights, UpdateCard from a centre or desk) and days of its
// own (Reconcile from a provider or centre) one certificate may ask in a minute: enough for a busy
// counter, too few to list a nation's families or to keep the scanner from others. Any thread;
// the mutex is on no claim's way.

#include <chrono>
#include <cstdint>
#include <map>

#include "core/bytes.hpp"
#include "core/mutex.hpp"

namespace wasl::net {

class LookUpRate {
 public:
  // One each two seconds by default: a clerk who works fast.
  explicit LookUpRate(std::uint32_t per_minute_max = 30) : per_minute_max_(per_minute_max) {}

  // True if one more is within the bound; it is then counted.
  [[nodiscard]] bool admit(const core::Sha256& certificate,
                           std::chrono::steady_clock::time_point now);

 private:
  using Minute = std::chrono::steady_clock::time_point;

  const std::uint32_t per_minute_max_;
  core::Mutex mutex_;
  Minute began_ WASL_GUARDED_BY(mutex_){};  // Counting starts anew each minute, for all.
  std::map<core::Sha256, std::uint32_t> used_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::net
