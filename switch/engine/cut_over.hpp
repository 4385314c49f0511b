#pragma once
// When the switch itself asks that a fund's next business day begin (core/business_day.hpp). Engine
// thread only.

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/reference.hpp"
#include "core/request.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

class CutOver {
 public:
  // One command for each fund whose business day, by its rulebook and this time, is later than the
  // last one asked for; after a start that is not known, and asking again changes nothing. By fund.
  // It looks once a second, by the clock that never stands still.
  [[nodiscard]] std::vector<core::Command> due(const core::Reference& reference, core::Instant now,
                                               MonotonicTime monotonic);
  // The command was not carried out: it is due again, at the next look.
  void forget(const core::Command& command);

 private:
  std::unordered_map<core::FundCode, core::Day> asked_;
  std::optional<MonotonicTime> looked_;
};

}  // namespace wasl::engine
