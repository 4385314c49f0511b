#pragma once
// How late what is listed is: against its last day, which the switch names. utc_today() reads the
// clock; the rest is pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/calendar.hpp"

namespace wasl::cli {

// By which a deadline is late: the UTC day, in Algeria the civil day but for its first hour.
[[nodiscard]] core::Day utc_today();

// Days between a deadline, YYYY-MM-DD, and a later `today`; 0: not late, or the text is no day.
[[nodiscard]] std::int64_t days_late(std::string_view deadline, core::Day today);

// "LATE 3 days", "today", or nothing.
[[nodiscard]] std::string urgency(std::string_view deadline, core::Day today);

}  // namespace wasl::cli
