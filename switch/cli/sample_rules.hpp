#pragma once
// Which substances of the sample are restricted, and to whom.

#include <span>
#include <string_view>

namespace wasl::cli {

// Who may have a substance at the fund's expense; several rows of a name are alternatives.
struct SampleRule {
  std::string_view inn_name;
  std::string_view age_min;  // Completed years; empty: any.
  std::string_view age_max;
  char condition;  // Letter of the condition asked for; '-': none.
};
[[nodiscard]] std::span<const SampleRule> sample_rules();

[[nodiscard]] bool sample_restricted(std::string_view inn_name);

}  // namespace wasl::cli
