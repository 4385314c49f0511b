#pragma once
// The schemas' simple types as values of ours; nothing for a text that is not exactly one. Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/calendar.hpp"
#include "core/money.hpp"

namespace wasl::iso20022 {

// Eighteen digits, two of them behind the point: totalDigits of amounts and control sums. Two of
// them added stay within int64.
inline constexpr core::Cents kAmountMax{999'999'999'999'999'999};

// "1200", "1200.5" or "1200.50", at most kAmountMax, no sign.
[[nodiscard]] std::optional<core::Cents> parse_amount(std::string_view text);

// Max15NumericText: 1 to 15 digits.
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text);

// ISODate: the day as it is written; a zone may follow it and changes nothing.
[[nodiscard]] std::optional<core::Day> parse_date(std::string_view text);

// ISODateTime to the millisecond; without a zone it is a time at the given offset from UTC.
[[nodiscard]] std::optional<core::Instant> parse_instant(std::string_view text,
                                                         std::chrono::minutes utc_offset);

// Of an ISODateTime, the day as it is written.
[[nodiscard]] std::optional<core::Day> parse_day_of_instant(std::string_view text);

}  // namespace wasl::iso20022
