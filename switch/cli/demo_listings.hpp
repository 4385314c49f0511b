#pragma once
// Listings of the switch, asked page by page by a person of the demo's story. Blocking.

#include <vector>

#include "cli/demo_peer.hpp"

namespace wasl::cli {

// What the person's fund owes and no run has taken.
[[nodiscard]] core::Result<std::vector<v1::Owed>> owed_of(DemoPeer& peer);
// The fund's settlement runs, oldest first.
[[nodiscard]] core::Result<std::vector<v1::SettlementRun>> runs_of(DemoPeer& peer);
[[nodiscard]] core::Result<std::vector<v1::Payout>> payouts_of(DemoPeer& peer, std::uint64_t run);
// Of an exported run.
[[nodiscard]] core::Result<std::vector<v1::Transfer>> transfers_of(DemoPeer& peer,
                                                                   std::uint64_t run);

}  // namespace wasl::cli
