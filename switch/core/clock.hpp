#pragma once
// The two clocks, as a seam: the real ones are wired in `cli`, simulated ones in tests. Any thread.

#include <chrono>

#include "core/calendar.hpp"

namespace wasl::core {

class Clock {
 public:
  virtual ~Clock() = default;
  // May jump: what the operating system believes the civil time to be.
  [[nodiscard]] virtual Instant wall() const = 0;
  // Never jumps.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point monotonic() const = 0;
};

}  // namespace wasl::core
