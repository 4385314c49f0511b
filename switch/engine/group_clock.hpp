#pragma once
// The time that groups are stamped with: the wall clock, held against the monotonic one, never
// below the last stamp. While the wall clock is more than the tolerance ahead of where the
// monotonic clock says it should be, stamps follow the monotonic clock and alarmed() is true; it
// ends when the clocks agree again or an operator confirms. A wall clock that fell back is no
// alarm: stamps stand still until it has caught up. Engine thread only.

#include <chrono>

#include "core/calendar.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

class GroupClock {
 public:
  // `last` is the stamp of the journal's last record; `tolerance` the greatest step believed (60 s
  // by default: NTP slews far less, and a civil day must not be skipped by mistake).
  GroupClock(core::Instant last, std::chrono::milliseconds tolerance)
      : last_(last), tolerance_(tolerance) {}

  // Takes both clocks; to be called before each group.
  void observe(core::Instant wall, MonotonicTime monotonic);
  // The wall clock is right, whatever the step: from now on it is followed again.
  void confirm();

  [[nodiscard]] bool alarmed() const { return alarmed_; }
  // The time as last observed, without stamping it.
  [[nodiscard]] core::Instant now() const { return std::max(now_, last_); }
  // now(), remembered as the last stamp.
  [[nodiscard]] core::Instant stamp() { return last_ = now(); }

 private:
  core::Instant last_;
  std::chrono::milliseconds tolerance_;
  core::Instant now_{};
  core::Instant wall_{};         // As last observed.
  core::Instant anchor_wall_{};  // A pair of readings that is believed.
  MonotonicTime anchor_monotonic_{};
  MonotonicTime monotonic_{};
  bool started_ = false;
  bool alarmed_ = false;
};

}  // namespace wasl::engine
