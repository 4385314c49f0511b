#pragma once
// What the steps of a settlement run are made of: whose fund it is, which rows an item names, what
// one step gives back. docs/settlement.md "Settlement runs". Pure.

#include "core/decision.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// The fund under whose code a participant speaks.
[[nodiscard]] FundCode fund_spoken_for(const Participant& fund);

// Of an approved refund: it is owed, and no run has taken it.
[[nodiscard]] bool is_owed(const RequestRow& refund);

// The row that says which payout pays the item: a bordereau, or a refund's claim.
[[nodiscard]] RowKey source_key(const FundCode& fund, const Payee& payee, const OwedItem& item);
// The row that says where the payee is paid, and that account; empty if there is none.
[[nodiscard]] RowKey payee_key(const Payee& payee);
[[nodiscard]] std::string account_of(const Row* payee);

// A run's cursor at an item that was looked at, and behind everything that its payee is owed.
[[nodiscard]] std::string cursor_at(const Owed& owed);
[[nodiscard]] std::string cursor_behind_payee(const Owed& owed);

// The index-th payout that is given back next: the first one first, so that a step which was asked
// for before another one added payouts still names the right ones.
[[nodiscard]] PayoutId next_to_release(const SettlementRun& run, std::size_t index);
// How many of the payouts in kListed one step gives back: as many as have kStepItemsMax items
// together.
[[nodiscard]] std::uint32_t releasable(const RowSet& rows);

// A CancelRun whose rows were loaded before another one was decided, which gave these payouts back.
// It cannot be decided by them: whoever replays its record has the rows of then.
[[nodiscard]] bool is_overtaken(const Command& command, const RowSet& rows);

}  // namespace wasl::core
