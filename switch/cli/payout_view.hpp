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

// "insured", "provider" or, of the account that a fund pays from, "fund"; and the id.
[[nodiscard]] std::string_view kind_of(const v1::Payee& payee);
[[nodiscard]] const std::string& id_of(const v1::Payee& payee);
[[nodiscard]] bool same_payee(const v1::Payee& a, const v1::Payee& b);
// For people: "pharmacy 16-004512".
[[nodiscard]] std::string payee_for_people(const v1::Payee& payee);
// What is shown of an account.
[[nodiscard]] std::string_view last_digits(std::string_view account);

[[nodiscard]] std::string payout_changes(std::span<const v1::PayoutChange> changes, Format format);

}  // namespace wasl::cli
