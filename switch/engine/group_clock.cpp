#include "engine/group_clock.hpp"

#include <algorithm>

namespace wasl::engine {

void GroupClock::observe(core::Instant wall, MonotonicTime monotonic) {
  wall_ = wall;
  monotonic_ = monotonic;
  if (!started_) confirm();
  const core::Instant expected =
      anchor_wall_ +
      std::chrono::duration_cast<std::chrono::milliseconds>(monotonic - anchor_monotonic_);
  const bool ahead = wall > std::max(expected, last_) + tolerance_;
  const bool behind = wall < last_ - kClockBehindMax;
  behind_confirmed_ = behind && behind_confirmed_;
  alarmed_ = ahead || (behind && !behind_confirmed_) || !can_be_right(wall);
  now_ = ahead ? expected : wall;
  // A long step back moves no anchor: its end would look like a step forward.
  if (alarmed_ || wall < expected - tolerance_) return;
  anchor_wall_ = wall;
  anchor_monotonic_ = monotonic;
}

void GroupClock::confirm() {
  started_ = true;
  if (!can_be_right(wall_)) return;
  alarmed_ = false;
  behind_confirmed_ = true;
  anchor_wall_ = wall_;
  anchor_monotonic_ = monotonic_;
  now_ = wall_;
}

}  // namespace wasl::engine
