#pragma once
// How a listing is printed: for people, or for machines as JSON or as CSV with a header line.

#include <cstdint>
#include <string>

namespace wasl::cli {

enum class Format : std::uint8_t { kText, kJson, kCsv };

[[nodiscard]] constexpr Format format_of(bool json, bool csv) {
  if (json) return Format::kJson;
  return csv ? Format::kCsv : Format::kText;
}

// Dinars as people read them: "1,234,567.89". Machines get centimes.
[[nodiscard]] std::string amount_for_people(std::int64_t cents);

}  // namespace wasl::cli
