#pragma once
// The keys of a rulebook file, their bounds, and where their values go. Private to the reader.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/request.hpp"

namespace wasl::rulebook {

struct NumberKey {
  std::string_view name;
  std::int64_t min;
  std::int64_t max;
  bool may_be_none;  // "none" takes the limit away.
  void (*set)(core::Parameters&, std::int64_t);
  void (*clear)(core::Parameters&);  // nullptr unless may_be_none.
};

// Of [[period]]; each but `from` is carried over from the period before where it is not given.
[[nodiscard]] std::span<const NumberKey> number_keys();

inline constexpr std::string_view kFrom = "from";
inline constexpr std::string_view kPrescriberChecked = "prescriber_checked";
inline constexpr std::string_view kLimitsExempt = "limits_exempt";

[[nodiscard]] std::span<const std::string_view> period_keys();
[[nodiscard]] std::span<const std::string_view> file_keys();

// The known key with the fewest edits from the one given; empty if none is near.
[[nodiscard]] std::string_view nearest(std::string_view given,
                                       std::span<const std::string_view> known);

}  // namespace wasl::rulebook
