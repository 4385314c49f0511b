#pragma once
// Algerian account numbers: RIB of a bank, RIP of the post, 20 digits: bank 3, branch 5, account
// 10, key 2. Instruction 06-2004 of the Bank of Algeria. Pure.

#include <string_view>

namespace wasl::core {

inline constexpr std::size_t kRibDigits = 20;

// Twenty digits whose key is 97 - ((branch, account) * 100 mod 97), 97 for 0; the bank is no part
// of it.
[[nodiscard]] bool is_rib(std::string_view text);

}  // namespace wasl::core
