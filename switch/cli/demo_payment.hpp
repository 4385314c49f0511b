#pragma once
// How the fund pays what the demo's story made it owe, told: one person proposes a settlement run,
// another one approves it. Blocking.

#include <ostream>

#include "cli/demo_peer.hpp"

namespace wasl::cli {

// The payouts of the run that was approved.
[[nodiscard]] core::Result<std::uint32_t> tell_payment(DemoPeer& proposer, DemoPeer& approver,
                                                       std::ostream& out);

}  // namespace wasl::cli
