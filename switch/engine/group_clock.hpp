#pragma once
// The time that groups are stamped with: the wall clock, held against the monotonic one, never
// below the last stamp. While the wall clock is more than the tolerance ahead of where the
// monotonic clock says it should be, stamps follow the monotonic clock and alarmed() is true. While
// it is behind the last stamp, stamps stand still, and above kClockBehindMax alarmed() is true: a
// decision would be dated wrongly. Either ends when the clocks agree again or an operator confirms.
// Engine thread only.

#include <chrono>

#include "core/calendar.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

// How far behind the last stamp the clock may be without a word of an operator: more than the
// correction of a drift, less than takes a claim to another day.
inline constexpr std::chrono::hours kClockBehindMax{1};

// Times that can be right, so that every date a decision makes of them fits the stored format,
// which ends with 2199. Outside them no confirmation helps.
inline constexpr core::Instant kClockFrom{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
inline constexpr core::Instant kClockUntil{std::chrono::sys_days{std::chrono::year{2150} / 1 / 1}};
[[nodiscard]] constexpr bool can_be_right(core::Instant wall) {
  return kClockFrom <= wall && wall < kClockUntil;
}

class GroupClock {
 public:
  // `last` is the stamp of the journal's last record; `tolerance` the greatest step believed (60 s
  // by default: NTP slews far less, and a civil day must not be skipped by mistake).
  GroupClock(core::Instant last, std::chrono::milliseconds tolerance)
      : last_(last), tolerance_(tolerance) {}

  // Takes both clocks; to be called before each group.
  void observe(core::Instant wall, MonotonicTime monotonic);
  // The wall clock is right, whatever the step: from now on it is followed again, once it has
  // passed the last stamp. Without effect on a time that can not be right.
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
  bool behind_confirmed_ = false;  // That the wall clock is right and the last stamp was not.
};

}  // namespace wasl::engine
