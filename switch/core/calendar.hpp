#pragma once
// Civil days and instants. A day is counted at the network's offset from
// UTC, which has no daylight saving; an instant is milliseconds since 1970-01-01 UTC.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wasl::core {

using Day = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// Days accepted from outside: 1900-01-01 to 2199-12-31, so that no date arithmetic can overflow.
inline constexpr Day kDayMin = Day{std::chrono::year{1900} / 1 / 1};
inline constexpr Day kDayMax = Day{std::chrono::year{2199} / 12 / 31};

// Both ends included; open-ended intervals end at kDayMax.
struct Interval {
  Day from{kDayMin};
  Day until{kDayMax};

  [[nodiscard]] constexpr bool contains(Day day) const { return from <= day && day <= until; }
  friend auto operator<=>(const Interval&, const Interval&) = default;
};

// Quarters are numbered year * 4 + (0..3), so the one before is one less.
[[nodiscard]] std::int32_t quarter_of(Day day);
[[nodiscard]] Day first_day_of_quarter(std::int32_t quarter);
// The same day of the month n months later, or that month's last day.
[[nodiscard]] Day months_after(Day day, int months);
[[nodiscard]] int completed_years(Day birth, Day at);
// The civil day of an instant at an offset from UTC.
[[nodiscard]] Day day_of(Instant instant, std::chrono::minutes utc_offset);

// "2026-03-10"
[[nodiscard]] std::string to_text(Day day);
// Exactly YYYY-MM-DD, a real day within kDayMin..kDayMax.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
// "2026-03-10T08:30:00.123Z"
[[nodiscard]] std::string to_text(Instant instant);

}  // namespace wasl::core
