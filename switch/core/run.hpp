#pragma once
// What the steps of a settlement run are made of: whose fund it is, which rows an item names, what
// one step gives back or exports. docs/settlement.md "Settlement runs". Pure.

#include <string>
#include <utility>
#include <vector>

#include "core/decision.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// The fund under whose code a participant speaks.
[[nodiscard]] FundCode fund_spoken_for(const Participant& fund);

// Of an approved refund: it is owed, and no run has taken it.
[[nodiscard]] bool is_owed(const RequestRow& refund);

// What is owed, where a page of a step names it. Pages of records of before format 5 knew not since
// when and until when: that is the row's to say.
[[nodiscard]] Owed named_by(const Owed& on_page, const OwedItem& row);

// The row that says which payout pays the item: a bordereau, or a refund's claim.
[[nodiscard]] RowKey source_key(const FundCode& fund, const Payee& payee, const OwedItem& item);
// The row that says where the payee is paid, and that; its account is empty if there is none.
[[nodiscard]] RowKey payee_key(const Payee& payee);
[[nodiscard]] Destination destination_of(const Row* payee);

// By which the bank names a payout, and never another one: "CNAS-48213-12". At most 35 characters
// while a run's number has 13 digits, and a payout's 7.
[[nodiscard]] std::string end_to_end_id(const FundCode& fund, const PayoutId& payout);
// Nothing: it is no such id of this fund.
[[nodiscard]] std::optional<PayoutId> payout_named(const FundCode& fund, std::string_view id);

// What the payout pays by whom its postings stand: its provider, or the centres whose refunds it
// pays, each once, in the order of its items. Of all its items, or of those that came back before.
using Share = std::pair<Participant, Cents>;
[[nodiscard]] std::vector<Share> shares(const Payout& payout);
[[nodiscard]] std::vector<Share> shares_that_came_back(const Payout& payout);

// A run's cursor at an item that was looked at, and behind everything that its payee is owed.
[[nodiscard]] std::string cursor_at(const Owed& owed);
[[nodiscard]] std::string cursor_behind_payee(const Owed& owed);

// How many of the run's payouts are given back, or exported: always the first ones, so that a step
// which was asked for before another one added payouts still names the right ones.
[[nodiscard]] std::uint32_t handled(const SettlementRun& run);
// What a step that handles a payout counts it as: its items, and one more for what is withheld.
[[nodiscard]] std::size_t step_items(const Payout& payout);
// How many of the payouts in kListed one step can handle: the first, and as many as have so many
// items together.
[[nodiscard]] std::uint32_t step_payouts(const RowSet& rows, std::size_t items_max = kStepItemsMax);

// A step whose rows were loaded before another one was decided, which handled these payouts. It
// cannot be decided by them: whoever replays its record has the rows of then.
[[nodiscard]] bool is_overtaken(const Command& command, const RowSet& rows);

}  // namespace wasl::core
