#pragma once
// How the claims of the demo's story become payable, told: the pharmacy closes its day, its payment
// centre accepts and rejects, a rejected claim is corrected, a person is refunded, and the fund's
// books balance. Blocking.

#include <ostream>

#include "cli/demo_shop.hpp"

namespace wasl::cli {

// Claims of the story.
struct DemoSettlement {
  std::uint64_t presented = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t corrected = 0;
  bool trial_balance_zero = false;  // Debits less credits, of every fund that was asked.

  // Every claim was decided, and what was rejected is corrected.
  [[nodiscard]] bool is_whole() const {
    return presented > 0 && presented == accepted + rejected && rejected == corrected;
  }
};

// `fund` is the one with which the shop works.
[[nodiscard]] core::Result<DemoSettlement> tell_settlement(const DemoPeople& people, DemoShop& shop,
                                                           DemoPeer& clerk, DemoPeer& fund,
                                                           std::ostream& out);

}  // namespace wasl::cli
