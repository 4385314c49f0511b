#include "cli/counter_typed.hpp"

#include <charconv>

#include "cli/format.hpp"
#include "core/counter.hpp"

namespace wasl::cli {

using core::Errc;

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

core::Result<std::string> hold_day_in(const std::string& line, core::Day today) {
  using std::chrono::days;
  const std::optional<core::Day> day = core::parse_day(line);
  if (!day) return core::fail(Errc::kMalformed, "a day is written YYYY-MM-DD");
  if (*day >= today && *day - today <= days{core::kHoldDaysMax + 1}) return line;
  return core::fail(Errc::kOutOfRange,
                    fmt::format("choose a day from {} to {}", core::to_text(today),
                                core::to_text(today + days{core::kHoldDaysMax})));
}

core::Result<std::int64_t> amount_below(const v1::PresentedClaim& claim, const std::string& line) {
  core::Result<std::int64_t> amount = parse_amount(line);
  if (!amount || *amount < claim.insurer_cents()) return amount;
  return core::fail(Errc::kOutOfRange, fmt::format("it is to be less than {}",
                                                   amount_for_people(claim.insurer_cents())));
}

}  // namespace wasl::cli
