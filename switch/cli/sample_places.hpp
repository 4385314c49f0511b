#pragma once
// The fixed lists of the sample: wilayas, long-term conditions, funds, words that names are made
// of.

#include <cstdint>
#include <span>
#include <string_view>

namespace wasl::cli {

struct SampleWilaya {
  std::string_view code;
  std::string_view name_fr;
  std::string_view name_ar;
  std::uint32_t weight;  // Share of centres, pharmacies and people; about thousands of inhabitants.
};
// All 69, by code.
[[nodiscard]] std::span<const SampleWilaya> sample_wilayas();

struct SampleCondition {
  char letter;  // As in the lists of active substances.
  std::string_view code;
  std::string_view name_fr;
  std::string_view name_ar;
  std::uint32_t weight;  // How often it is drawn for a person who has one.
};
[[nodiscard]] std::span<const SampleCondition> sample_conditions();
[[nodiscard]] std::string_view sample_condition_code(char letter);

struct SampleFund {
  std::string_view code;
  std::string_view scheme;
  std::string_view catalogue;
  std::string_view name;
  std::uint32_t weight;  // Share of the accounts, in per cent.
};
[[nodiscard]] std::span<const SampleFund> sample_funds();

// A word in both scripts, for the names of pharmacies.
struct SampleWord {
  std::string_view fr;
  std::string_view ar;
};
[[nodiscard]] std::span<const SampleWord> sample_pharmacy_words();

}  // namespace wasl::cli
