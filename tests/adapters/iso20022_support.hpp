#pragma once
// Files of a bank as texts, and the schemas of ISO 20022 that judge them and ours.

#include <string>
#include <string_view>

#include "iso20022/bank_file.hpp"

namespace wasl::test {

inline constexpr std::string_view kPain001 = "pain.001.001.09";
inline constexpr std::string_view kPain002 = "pain.002.001.10";
inline constexpr std::string_view kCamt052 = "camt.052.001.08";

// Empty if the document is valid against the schema, else what the validator says.
[[nodiscard]] std::string schema_problems(std::string_view schema, const std::string& document);

// The text with the first occurrence of `what` replaced; the test fails if there is none.
[[nodiscard]] std::string with(std::string text, std::string_view what, std::string_view instead);

// "line 7", where the first occurrence of `what` begins.
[[nodiscard]] std::string line_of(std::string_view text, std::string_view what);

// pain.002.001.10: three payouts, one rejected, one pending; every element that is read.
[[nodiscard]] std::string status_report();

// camt.054.001.08 of the given Ntry elements.
[[nodiscard]] std::string notification(std::string_view entries);
// camt.052.001.08 of the same: its Ntry is of the same type, ReportEntry10.
[[nodiscard]] std::string account_report(std::string_view entries);
// Two payouts booked together, one return, one payout announced; every element that is read.
[[nodiscard]] std::string sample_entries();

[[nodiscard]] const iso20022::Expected& expected();
// The error of a file that must not be read, as core::describe() tells it.
[[nodiscard]] std::string problem_of(std::string_view file);

}  // namespace wasl::test
