#pragma once
// The books of the demo's funds, asked for by the funds themselves. Blocking.

#include "cli/demo_console.hpp"
#include "cli/demo_peer.hpp"

namespace wasl::cli {

[[nodiscard]] core::Result<v1::BalancesPage> trial_balance_of(DemoPeer& fund);

// Tells the sums of every fund and its business day. Whether the debits of each are its credits,
// and every participant's day is in balance and adds up to what the ledger says is owed.
[[nodiscard]] core::Result<bool> tell_books(const DemoStage& stage, const DemoPeople& people,
                                            std::uint16_t port, DemoConsole& console);

}  // namespace wasl::cli
