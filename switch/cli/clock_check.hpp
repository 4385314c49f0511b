#pragma once
// Whether the wall clock can be right, by what the journal's last record says of the time: a wrong
// date decides wrongly, and the journal never goes back. Asked before anything is written. Pure.

#include <chrono>

#include "core/calendar.hpp"
#include "core/result.hpp"

namespace wasl::cli {

// A switch rarely stands still longer; a clock that was never set is off by years.
inline constexpr std::chrono::days kClockAheadMax{7};

// `last` is 1970 for a journal without records: then only a time that cannot be right is refused.
// More than engine::kClockBehindMax behind the last record is refused too: until the clock has
// caught up, stamps stand still. kConfiguration, with the way out, unless an operator has said
// --accept-clock, which helps no time that cannot be right.
[[nodiscard]] core::Result<void> check_clock(core::Instant last, core::Instant now, bool accepted);

}  // namespace wasl::cli
