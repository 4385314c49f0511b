#include "core/calendar.hpp"

#include <cstdio>

namespace wasl::core {
namespace {

using std::chrono::year_month_day;

constexpr int kMonthsPerQuarter = 3;
constexpr int kQuartersPerYear = 4;
constexpr std::size_t kDayTextBytes = 10;  // YYYY-MM-DD

// All of the text must be digits.
std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::int32_t quarter_of(Day day) {
  const year_month_day date{day};
  const int month_index = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  return static_cast<int>(date.year()) * kQuartersPerYear + month_index / kMonthsPerQuarter;
}

Day first_day_of_quarter(std::int32_t quarter) {
  const auto month = static_cast<unsigned>(quarter % kQuartersPerYear * kMonthsPerQuarter + 1);
  return Day{std::chrono::year{quarter / kQuartersPerYear} / std::chrono::month{month} / 1};
}

Day months_after(Day day, int months) {
  const year_month_day date{day};
  const year_month_day same_day = date + std::chrono::months{months};
  if (same_day.ok()) return Day{same_day};
  return Day{same_day.year() / same_day.month() / std::chrono::last};
}

int completed_years(Day birth, Day at) {
  const year_month_day born{birth};
  const year_month_day date{at};
  const int years = static_cast<int>(date.year()) - static_cast<int>(born.year());
  const bool birthday_to_come =
      date.month() < born.month() || (date.month() == born.month() && date.day() < born.day());
  return birthday_to_come ? years - 1 : years;
}

Day day_of(Instant instant, std::chrono::minutes utc_offset) {
  return std::chrono::floor<std::chrono::days>(instant + utc_offset);
}

std::string to_text(Day day) {
  const year_month_day date{day};
  char text[24];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != kDayTextBytes || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const auto date = std::chrono::year{*year} / *month / *day;
  if (!date.ok() || Day{date} < kDayMin || Day{date} > kDayMax) return std::nullopt;
  return Day{date};
}

std::string to_text(Instant instant) {
  const Day day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  char text[24];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return to_text(day) + text;
}

}  // namespace wasl::core
