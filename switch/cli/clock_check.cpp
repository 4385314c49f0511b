#include "cli/clock_check.hpp"

#include "engine/group_clock.hpp"

namespace wasl::cli {

core::Result<void> check_clock(core::Instant last, core::Instant now, bool accepted) {
  if (!engine::can_be_right(now)) {
    return core::fail(core::Errc::kConfiguration, "the clock says " + core::to_text(now) +
                                                      ", which can not be: set it between " +
                                                      core::to_text(engine::kClockFrom) + " and " +
                                                      core::to_text(engine::kClockUntil));
  }
  if (accepted || last == core::Instant{}) return {};
  if (now > last + kClockAheadMax) {
    return core::fail(core::Errc::kConfiguration,
                      "the clock says " + core::to_text(now) +
                          ", more than 7 days after the last record (" + core::to_text(last) +
                          "): correct the clock, or give --accept-clock if it is right");
  }
  if (now < last - engine::kClockBehindMax) {
    return core::fail(core::Errc::kConfiguration,
                      "the clock says " + core::to_text(now) + ", but the last record is of " +
                          core::to_text(last) +
                          ": correct the clock; if it is right and that record was written under a "
                          "wrong one, --accept-clock goes on, and every decision is dated " +
                          core::to_text(last) + " until the clock has passed it");
  }
  return {};
}

}  // namespace wasl::cli
