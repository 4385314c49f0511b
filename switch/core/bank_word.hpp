#pragma once
// What follows from what a bank says of a payout. docs/settlement.md "What the bank says". Pure.

#include <optional>
#include <string_view>

#include "core/decision.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// Where a payout stands behind it; nothing: it cannot be said of a payout that stands there.
[[nodiscard]] std::optional<PayoutState> state_behind(BankWord word, PayoutState now);

// `payout` is that of the entry; nullptr: there is none.
[[nodiscard]] StatusVerdict judge(const StatusEntry& entry, const Payout* payout);

// Whether the payee must have another account before it is paid again: the bank names its account
// or name (ISO 20022's AC01, AC03, AC04, AC06, AC07, AC14, AG01, MD07, and all that begin with BE
// or RC), or the payee's bank sent the payout back and gave no code that says why.
[[nodiscard]] bool is_accounts_fault(BankWord word, std::string_view reasons);

// Of an ApplyStatuses: how many entries of kStatusPart, from the file's next one on, this step
// carries out: the first, and as many as have kStepItemsMax items together. kListed holds their
// payouts.
[[nodiscard]] std::uint32_t step_entries(const RowSet& rows);

// The same as is_overtaken() of core/run.hpp, of OpenStatusFile and ApplyStatuses.
[[nodiscard]] bool is_overtaken_by_file(const Command& command, const RowSet& rows);

}  // namespace wasl::core
