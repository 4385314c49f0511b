#pragma once
// What a clerk types into the dialogue of a payment centre, word by word. Pure.

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/calendar.hpp"
#include "core/result.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

[[nodiscard]] std::optional<std::size_t> number_in(std::string_view text);

// By name, or by its number in the list that was shown.
template <typename Choice>
[[nodiscard]] core::Result<Choice> choice_in(const std::string& line,
                                             core::Result<Choice> (&parse)(std::string_view),
                                             int largest) {
  const std::optional<std::size_t> number = number_in(line);
  if (!number) return parse(line);
  if (*number >= 1 && *number <= static_cast<std::size_t>(largest)) {
    return static_cast<Choice>(*number);
  }
  return core::fail(core::Errc::kOutOfRange, fmt::format("choose 1 to {}", largest));
}

// The last day of a hold. The switch's day may be one ahead of `today`: what only then is in time
// is the switch's to judge.
[[nodiscard]] core::Result<std::string> hold_day_in(const std::string& line, core::Day today);

// In centimes, less than the fund pays of the claim.
[[nodiscard]] core::Result<std::int64_t> amount_below(const v1::PresentedClaim& claim,
                                                      const std::string& line);

}  // namespace wasl::cli
