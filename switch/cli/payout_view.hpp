#pragma once
// Accounts as operators type them, and what `wasl counter` prints of the changes that wait for a
// second one. Pure.

#include <span>
#include <string>
#include <string_view>

#include "cli/format.hpp"
#include "core/result.hpp"
#include "wasl/v1/payout.pb.h"

namespace wasl::cli {

// Twenty digits with their key, as they are sent; spaces between them are left out. kMalformed says
// what is wrong with the number, and does not repeat it.
[[nodiscard]] core::Result<std::string> parse_payout_account(std::string_view typed);

[[nodiscard]] std::string payout_changes(std::span<const v1::PayoutChange> changes, Format format);

}  // namespace wasl::cli
