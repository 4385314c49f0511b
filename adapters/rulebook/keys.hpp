#pragma once
// The keys of a rulebook file, their bounds, and where their values go. Private to the reader.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/request.hpp"

namespace wasl::rulebook {

struct NumberKey {
  std::string_view name;
  std::int64_t min;
  std::int64_t max;
  bool may_be_none;  // "none" takes the limit away.
  void (*set)(core::Parameters&, std::int64_t);
  void (*clear)(core::Parameters&);  // nullptr unless may_be_none.
  bool has_default = false;          // The first period may leave it out: core::Parameters' value.
};

// Of [[period]]; each but `from` is carried over from the period before where it is not given.
[[nodiscard]] std::span<const NumberKey> number_keys();

inline constexpr std::string_view kFrom = "from";
inline constexpr std::string_view kPrescriberChecked = "prescriber_checked";
inline constexpr std::string_view kLimitsExempt = "limits_exempt";

// All keys of one [[period]], and those of the file around them.
[[nodiscard]] const std::vector<std::string>& period_keys();
[[nodiscard]] const std::vector<std::string>& file_keys();

}  // namespace wasl::rulebook
