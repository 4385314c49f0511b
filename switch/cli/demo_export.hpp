#pragma once
// How the fund's bank pays, told: a run is exported, the bank answers its file with files of its
// own, they are imported, and what came back is paid again. Blocking.

#include <ostream>

#include "cli/demo_payment.hpp"

namespace wasl::cli {

// Payouts of exported runs, as the switch has them in the end.
struct DemoPayouts {
  std::uint64_t settled = 0;   // That went to the bank.
  std::uint64_t paid = 0;      // Booked by it.
  std::uint64_t returned = 0;  // Came back; a later one pays what they paid.
};

// `run`: approved; of its payouts the bank returns the last.
[[nodiscard]] core::Result<DemoPayouts> tell_banking(const DemoTreasury& treasury,
                                                     const DemoRun& run, std::ostream& out);

}  // namespace wasl::cli
