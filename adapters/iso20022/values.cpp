#include "iso20022/values.hpp"

#include <algorithm>

namespace wasl::iso20022 {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::size_t kUnitDigitsMax = 16;
constexpr std::size_t kCentDigits = 2;
constexpr std::size_t kCountDigitsMax = 15;
constexpr std::size_t kDateBytes = 10;  // YYYY-MM-DD
constexpr std::size_t kTimeBytes = 8;   // hh:mm:ss
constexpr std::size_t kZoneBytes = 6;   // +hh:mm
constexpr std::size_t kMillisecondDigits = 3;
constexpr std::size_t kFractionDigitsMax = 9;
constexpr std::int64_t kZoneHoursMax = 14;

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

// Of at most eighteen digits.
std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// "09:30" within 00:00 to hours_max:59.
std::optional<minutes> hours_and_minutes(std::string_view text, std::int64_t hours_max) {
  if (text[2] != ':' || !are_digits(text.substr(0, 2)) || !are_digits(text.substr(3, 2))) {
    return std::nullopt;
  }
  const std::int64_t hours = number(text.substr(0, 2));
  const std::int64_t minutes_of_hour = number(text.substr(3, 2));
  if (hours > hours_max || minutes_of_hour > 59) return std::nullopt;
  return std::chrono::hours{hours} + minutes{minutes_of_hour};
}

// "Z", "+01:00" or, for none, the given one.
std::optional<minutes> zone(std::string_view text, minutes otherwise) {
  if (text.empty()) return otherwise;
  if (text == "Z") return minutes{0};
  if (text.size() != kZoneBytes || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto offset = hours_and_minutes(text.substr(1), kZoneHoursMax);
  if (!offset || *offset > std::chrono::hours{kZoneHoursMax}) return std::nullopt;
  return text[0] == '-' ? -*offset : *offset;
}

// Takes ".123" from the beginning; what is finer than a millisecond is cut off.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  if (!text.starts_with('.')) return milliseconds{0};
  const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
  std::string_view digits = text.substr(1, end - 1);
  if (digits.empty() || digits.size() > kFractionDigitsMax) return std::nullopt;
  text.remove_prefix(end);
  std::int64_t value = 0;
  for (std::size_t i = 0; i < kMillisecondDigits; ++i) {
    value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return milliseconds{value};
}

}  // namespace

std::optional<core::Cents> parse_amount(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view units = text.substr(0, point);
  const std::string_view cents = text.substr(std::min(point + 1, text.size()));
  if (units.empty() || units.size() > kUnitDigitsMax || !are_digits(units)) return std::nullopt;
  if ((point < text.size() && cents.empty()) || cents.size() > kCentDigits || !are_digits(cents)) {
    return std::nullopt;
  }
  const std::int64_t tenths_to_cents = cents.size() == 1 ? 10 : 1;
  return core::Cents{number(units) * 100 + number(cents) * tenths_to_cents};
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  if (text.empty() || text.size() > kCountDigitsMax || !are_digits(text)) return std::nullopt;
  return static_cast<std::uint64_t>(number(text));
}

std::optional<core::Day> parse_date(std::string_view text) {
  const auto day = core::parse_day(text.substr(0, kDateBytes));
  if (!day || !zone(text.substr(kDateBytes), minutes{0})) return std::nullopt;
  return day;
}

std::optional<core::Instant> parse_instant(std::string_view text, minutes utc_offset) {
  const auto day = core::parse_day(text.substr(0, kDateBytes));
  if (!day || text.size() < kDateBytes + 1 + kTimeBytes || text[kDateBytes] != 'T') {
    return std::nullopt;
  }
  const std::string_view time = text.substr(kDateBytes + 1, kTimeBytes);
  const auto minute = hours_and_minutes(time, 23);
  if (!minute || time[5] != ':' || !are_digits(time.substr(6))) return std::nullopt;
  const std::chrono::seconds second{number(time.substr(6))};
  if (second >= minutes{1}) return std::nullopt;
  std::string_view rest = text.substr(kDateBytes + 1 + kTimeBytes);
  const auto fraction = take_fraction(rest);
  if (!fraction) return std::nullopt;
  const auto offset = zone(rest, utc_offset);
  if (!offset) return std::nullopt;
  return *day + *minute + second + *fraction - *offset;
}

std::optional<core::Day> parse_day_of_instant(std::string_view text) {
  if (!parse_instant(text, minutes{0})) return std::nullopt;
  return core::parse_day(text.substr(0, kDateBytes));
}

}  // namespace wasl::iso20022
