#pragma once
// How a listing is printed: for people, or for machines as JSON or as CSV with a header line.

#include <cstdint>

namespace wasl::cli {

enum class Format : std::uint8_t { kText, kJson, kCsv };

[[nodiscard]] constexpr Format format_of(bool json, bool csv) {
  if (json) return Format::kJson;
  return csv ? Format::kCsv : Format::kText;
}

}  // namespace wasl::cli
