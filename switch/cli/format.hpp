#pragma once
// How a listing is printed: for people, or for machines as JSON or as CSV with a header line.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace wasl::cli {

enum class Format : std::uint8_t { kText, kJson, kCsv };

[[nodiscard]] constexpr Format format_of(bool json, bool csv) {
  if (json) return Format::kJson;
  return csv ? Format::kCsv : Format::kText;
}

// Dinars as people read them: "1,234,567.89". Machines get centimes.
[[nodiscard]] std::string amount_for_people(std::int64_t cents);

// Centimes of an amount in dinars as people type it, "400" or "1,234.50", below 10^14
// dinars. kMalformed otherwise.
[[nodiscard]] core::Result<std::int64_t> parse_amount(std::string_view typed);

}  // namespace wasl::cli
