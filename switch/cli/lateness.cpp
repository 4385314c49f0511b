#include "cli/lateness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace wasl::cli {

core::Day utc_today() {
  return core::Day{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

std::int64_t days_late(std::string_view deadline, core::Day today) {
  const auto last = core::parse_day(deadline);
  return last ? std::max<std::int64_t>(0, (today - *last).count()) : 0;
}

std::string urgency(std::string_view deadline, core::Day today) {
  const std::int64_t late = days_late(deadline, today);
  if (late > 0) return fmt::format("LATE {} day{}", late, late == 1 ? "" : "s");
  return deadline == core::to_text(today) ? "today" : "";
}

}  // namespace wasl::cli
